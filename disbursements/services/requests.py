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
from disbursements.queries.payable import DISTRICT_DIGITS, BatchPreview, BatchScope, preview
from support_programs.models import Programme

BUILD_JOB: Final = "disbursements.build_batch"
_COMMUNE_DIGITS: Final = 10


class RequestConflict(TransitionRefused):
    """The idempotency key was used before, for another request."""


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What an accountant asks for. `key` names the request: the same key again is the same request."""

    programme: str
    area_code: str
    stream: str
    channel: PayoutChannel
    key: str
    title: str = ""
    decision: str = ""

    def scope_of(self, actor: Actor) -> BatchScope:
        return BatchScope(
            self.programme, self.area_code, self.stream, self.channel.value, actor.pk, self.decision
        )

    def content_hash(self, actor: Actor) -> str:
        content = [self.programme, self.area_code, self.stream, self.channel.value, self.title, actor.pk]
        # a request for all decisions is named as before there was the choice
        content += [self.decision] if self.decision else []
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def request_batch(*, actor: Actor, request: BatchRequest) -> Batch:
    """Record a batch and hand its building to a worker; gives the batch, in preparation.

    The same key with the same content gives the same batch again and starts nothing. Refused with a sentence: not an
    accountant (PermissionDenied), an area outside one's own, nobody to pay, more than what was allocated, decisions of all
    the provincial approvers mixed so that none may approve it, another batch of the
    area in preparation, and a key that was used for another request (RequestConflict).
    """
    if not actor.is_active or not may_request_batch(actor):
        raise PermissionDenied(_("Việc này do kế toán làm."))
    _check_area(actor, request.area_code)
    scope = request.scope_of(actor)
    with transaction.atomic():
        _lock("batch key", request.key)
        known = Batch.objects.filter(idempotency_key=request.key).first()
        if known is not None:
            return _same_request(known, request, actor)
        if not try_lock_scope(scope):
            raise TransitionRefused(_("Đang lập một đợt chi khác của huyện này. Hãy thử lại sau ít phút."))
        _check_alone(scope)
        found = preview(scope)
        _check_payable(found)
        batch = _create(actor, request, found)
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
    if not area_code.startswith(actor.area_code) or len(area_code) not in (DISTRICT_DIGITS, _COMMUNE_DIGITS):
        raise TransitionRefused(_("Hãy chọn huyện hoặc xã trong địa bàn của bạn."))


def _check_alone(scope: BatchScope) -> None:
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
                "Kinh phí %(source)s theo Quyết định %(number)s còn %(left)s đồng, đợt chi này cần %(needed)s đồng. "
                "Hãy ghi thêm phân bổ, hoặc chọn ít xã hơn."
            )
            % {
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


def _create(actor: Actor, request: BatchRequest, found: BatchPreview) -> Batch:
    batch = Batch.objects.create(
        reference=next_reference("DC"),
        area_code=request.area_code,
        status=BatchStatus.PREPARING,
        programme_id=request.programme,
        title=request.title or _title(request),
        channel=request.channel,
        stream=request.stream,
        decision_number=request.decision,
        idempotency_key=request.key,
        request_hash=request.content_hash(actor),
        made_on=clock.today(),
        created_by_id=actor.pk,
        created_by_name=actor.full_name,
    )
    record_event("batch.created", batch, actor=actor, change={"people": found.people, "amount": found.amount})
    return batch


def _title(request: BatchRequest) -> str:
    area = (
        AdministrativeUnit.objects.valid_on(clock.today())
        .filter(area_code=request.area_code)
        .values_list("name", flat=True)
    ).first()
    earlier = Batch.objects.filter(area_code=request.area_code, programme=request.programme)
    programme = Programme.objects.get(pk=request.programme).short_name
    return _("Đợt %(n)d %(area)s, %(programme)s") % {
        "n": earlier.exclude(status=BatchStatus.CANCELLED).count() + 1,
        "area": inside_sentence(area or request.area_code),
        "programme": programme.lower(),
    }
