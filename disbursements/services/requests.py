"""Asking for a batch: once per request, never over nothing, never beside one that is being put together."""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import AdministrativeUnit
from core import clock
from core.audit import record_event
from core.money import format_dong
from core.queries.references import next_reference
from core.services.jobs import start_job
from core.text import inside_sentence
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import BatchStatus, PayoutChannel
from disbursements.models import Batch
from disbursements.permissions import may_request_batch
from disbursements.queries.payable import DISTRICT_DIGITS, BatchPreview, BatchScope, preview, scope_means
from disbursements.queries.payout_warnings import WarningGroup, preview_warnings
from disbursements.queries.request_choices import payer_accounts
from support_programs.models import Programme

BUILD_JOB: Final = "disbursements.build_batch"
_COMMUNE_DIGITS: Final = 10
_PROVINCE_DIGITS: Final = 2


class RequestConflict(TransitionRefused):
    """The idempotency key was used before, for another request."""


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What an accountant asks for. `key` names the request: the same key again is the same request.

    `source` is the code of a funding source, `payer_account` the account that a bank transfer goes out of; `warnings_seen` are
    codes of the warnings that the accountant took note of (queries/payout_warnings.py).
    """

    programme: str
    area_code: str
    stream: str
    channel: PayoutChannel
    key: str
    title: str = ""
    decision: str = ""
    source: str = ""
    is_retry: bool = False
    payer_account: int | None = None
    warnings_seen: frozenset[str] = frozenset()

    def scope_of(self, actor: Actor) -> BatchScope:
        return BatchScope(
            self.programme,
            self.area_code,
            self.stream,
            self.channel.value,
            actor.pk,
            self.decision,
            self.source,
            self.is_retry,
        )

    def content_hash(self, actor: Actor) -> str:
        """Everything that decides who is paid from what and by whom; a choice not made is named as before there was it."""
        content: list[object] = [
            self.programme, self.area_code, self.stream, self.channel.value, self.title, actor.pk
        ]  # fmt: skip
        content += [self.decision] if self.decision else []
        later = {"source": self.source, "retry": self.is_retry, "payer": self.payer_account}
        chosen = {name: value for name, value in later.items() if value}
        content += [chosen] if chosen else []
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def request_batch(*, actor: Actor, request: BatchRequest) -> Batch:
    """Record a batch and hand its building to a worker; gives the batch, in preparation.

    The same key with the same content gives the same batch again and starts nothing. Refused with a sentence: not an
    accountant (PermissionDenied), an area outside one's own, nobody to pay, more than what was allocated, decisions of all
    the provincial approvers mixed so that none may approve it, a warning that was not taken note of, an account to pay from
    that is none of the office's, another batch of the area in preparation, and a key that was used for another request
    (RequestConflict).
    """
    if not actor.is_active or not may_request_batch(actor):
        raise PermissionDenied(_("Việc này do kế toán làm."))
    _check_area(actor, request.area_code)
    _check_payer_account(actor, request)
    scope = request.scope_of(actor)
    with transaction.atomic():
        _lock("batch key", request.key)
        known = Batch.objects.filter(idempotency_key=request.key).first()
        if known is not None:
            return _same_request(known, request, actor)
        if not try_lock_scope(scope):
            raise TransitionRefused(_("Đang lập một đợt chi khác của huyện này. Hãy thử lại sau ít phút."))
        _check_alone(scope)
        means = scope_means(scope)
        found = preview(scope, means)
        _check_payable(found)
        warned = preview_warnings(scope, means, clock.today())
        _check_seen(request, warned)
        batch = _create(actor, request, found, warned)
        batch.job = start_job(
            BUILD_JOB,
            params={"batch_id": batch.pk, "actor_id": actor.pk},
            actor=actor,
            idempotency_key=f"batch:{batch.pk}",
            return_url=reverse("disbursements:batch_page", args=[batch.reference]),
        )
        batch.save(update_fields=["job"])
    return batch


def lock_scope(scope: BatchScope) -> None:
    """Wait until no other batch of this programme and district is being put together; held until the transaction ends."""
    _lock("batch", _scope_name(scope))


def try_lock_scope(scope: BatchScope) -> bool:
    """As `lock_scope`, without waiting: False when somebody else holds it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtext('batch'), hashtext(%s))", [_scope_name(scope)]
        )
        return bool(cursor.fetchone()[0])


def _lock(kind: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), hashtext(%s))", [kind, name])


def _scope_name(scope: BatchScope) -> str:
    return f"{scope.programme}:{scope.district}"


def _check_area(actor: Actor, area_code: str) -> None:
    # the department's own people are asked for with the province's code, by an accountant of the department
    is_department = area_code == actor.area_code and len(area_code) == _PROVINCE_DIGITS
    is_fitting = len(area_code) in (DISTRICT_DIGITS, _COMMUNE_DIGITS)
    if not (is_department or (is_fitting and area_code.startswith(actor.area_code))):
        raise TransitionRefused(_("Hãy chọn huyện hoặc xã trong địa bàn của bạn."))


def _check_payer_account(actor: Actor, request: BatchRequest) -> None:
    """A transfer goes out of an account of one's own office, once the office has recorded one; other channels have none."""
    own = payer_accounts(actor.area_code, clock.today())
    if request.channel != PayoutChannel.BANK:
        if request.payer_account is not None:
            raise TransitionRefused(_("Tài khoản chi chỉ dùng cho đợt chi chuyển khoản. Hãy để trống."))
        return
    if request.payer_account is None and own.exists():
        raise TransitionRefused(_("Hãy chọn tài khoản chi của đơn vị cho đợt chi chuyển khoản."))
    if request.payer_account is not None and not own.filter(pk=request.payer_account).exists():
        raise TransitionRefused(
            _("Tài khoản chi không phải của đơn vị bạn, hoặc đã ngừng dùng. Hãy chọn tài khoản khác.")
        )


def _check_seen(request: BatchRequest, warned: tuple[WarningGroup, ...]) -> None:
    unseen = [group for group in warned if group.code not in request.warnings_seen]
    if unseen:
        listed = "; ".join(
            _("%(people)s người: %(reason)s") % {"people": format_dong(group.people), "reason": group.label}
            for group in unseen
        )
        sentence = _("Đợt này có cảnh báo chưa xem. Hãy xem rồi đánh dấu «Đã xem các cảnh báo».")
        raise TransitionRefused(f"{sentence} {listed}")


def _check_alone(scope: BatchScope) -> None:
    if len(scope.area_code) < DISTRICT_DIGITS:
        overlapping = Q(area_code=scope.area_code)
    else:
        overlapping = Q(area_code__startswith=scope.area_code) | Q(area_code=scope.district)
    other = Batch.objects.filter(overlapping, programme=scope.programme, status=BatchStatus.PREPARING).first()
    if other is not None:
        raise TransitionRefused(
            _("Đợt chi %(ref)s của địa bàn này đang được lập. Hãy chờ lập xong.") % {"ref": other.reference}
        )


def _check_payable(found: BatchPreview) -> None:
    if found.shortfalls:
        short = found.shortfalls[0]
        raise TransitionRefused(
            _(
                "Dòng kinh phí %(line)s, %(source)s theo Quyết định %(number)s còn %(left)s đồng, đợt chi này cần "
                "%(needed)s đồng. Hãy ghi thêm phân bổ, hoặc chọn ít xã hơn."
            )
            % {
                "line": short.line,
                "source": short.source,
                "number": short.number,
                "left": format_dong(short.left),
                "needed": format_dong(short.needed),
            }
        )
    if found.people == 0:
        reasons = "; ".join(
            _("%(people)s người: %(reason)s") % {"people": format_dong(group.people), "reason": group.reason}
            for group in found.exclusions
        )
        sentence = _(
            "Không có ai để chi: chưa có người nào được duyệt, đã phân bổ kinh phí và chưa vào đợt chi nào."
        )
        raise TransitionRefused(f"{sentence} {reasons}".strip())
    if found.is_stuck:
        raise TransitionRefused(
            _(
                "Đợt này gồm người của nhiều quyết định (%(decisions)s). Ai đã phê duyệt kinh phí thì không được duyệt "
                "đợt chi, nên không còn ai duyệt được đợt này. Hãy chọn một quyết định."
            )
            % {"decisions": ", ".join(dict.fromkeys(share.number for share in found.decisions))}
        )


def _same_request(known: Batch, request: BatchRequest, actor: Actor) -> Batch:
    if known.request_hash != request.content_hash(actor):
        raise RequestConflict(
            _(
                "Yêu cầu này đã được dùng để lập đợt chi %(ref)s với nội dung khác. Hãy mở lại trang lập đợt chi."
            )
            % {"ref": known.reference}
        )
    return known


def _create(
    actor: Actor, request: BatchRequest, found: BatchPreview, warned: tuple[WarningGroup, ...]
) -> Batch:
    batch = Batch.objects.create(
        reference=next_reference("DC"),
        area_code=request.area_code,
        status=BatchStatus.PREPARING,
        programme_id=request.programme,
        title=request.title or _title(request),
        channel=request.channel,
        stream=request.stream,
        decision_number=request.decision,
        source_code=request.source,
        is_retry=request.is_retry,
        payer_account_id=request.payer_account,
        warnings={group.code: group.people for group in warned},
        idempotency_key=request.key,
        request_hash=request.content_hash(actor),
        made_on=clock.today(),
        created_by_id=actor.pk,
        created_by_name=actor.full_name,
    )
    change: dict[str, object] = {"people": found.people, "amount": found.amount}
    if batch.warnings:
        change["warnings"] = batch.warnings
    record_event("batch.created", batch, actor=actor, change=change)
    return batch


def _title(request: BatchRequest) -> str:
    area = (
        AdministrativeUnit.objects.valid_on(clock.today())
        .filter(area_code=request.area_code)
        .values_list("name", flat=True)
    ).first()
    is_department = len(request.area_code) < DISTRICT_DIGITS
    earlier = Batch.objects.filter(area_code=request.area_code, programme=request.programme)
    programme = Programme.objects.get(pk=request.programme).short_name
    words = (
        _("Đợt %(n)d %(area)s, %(programme)s, chi lại")
        if request.is_retry
        else _("Đợt %(n)d %(area)s, %(programme)s")
    )
    return words % {
        "n": earlier.exclude(status=BatchStatus.CANCELLED).count() + 1,
        "area": _("Sở") if is_department else inside_sentence(area or request.area_code),
        "programme": programme.lower(),
    }
