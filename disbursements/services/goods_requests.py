"""Asking for a round of handing out, and putting it together: once per request, everybody in one statement or nobody."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import area_name
from core import clock
from core.audit import record_event
from core.money import format_dong
from core.queries.references import next_reference
from core.services.jobs import JobRefused, JobRun, start_job
from core.text import inside_sentence
from core.transitions import TransitionRefused, perform, perform_many
from core.workflow import Actor
from disbursements.enums import HandoutStatus
from disbursements.models import Goods, Handout, HandoutLine, Store
from disbursements.permissions import may_make_handout
from disbursements.queries.goods_people import HandoutPreview, HandoutScope, preview, receivable
from disbursements.services.requests import RequestConflict
from disbursements.workflow import HANDOUT_WORKFLOW
from support_programs.models import Entitlement, Programme
from support_programs.services.scope import check_no_number
from support_programs.workflow import ENTITLEMENT_WORKFLOW

BUILD_HANDOUT_JOB: Final = "disbursements.build_handout"
_AREA_DIGITS: Final = (5, 10)

# `picked` locks the entitlements in the order of their ids, so that two builds can't wait for each other in a circle
_INSERT: Final = """
WITH picked (id) AS MATERIALIZED ({picked})
INSERT INTO disbursements_handoutline
      (reference, area_code, status, status_changed_at, version, created_at, handout_id, handout_reference, entitlement_id,
       case_reference, case_list_id, decision_number, attempt, position, quantity, unit, version_hash, payee_name, payee_sort,
       payee_key, birth_date, birth_year, payee_number_encrypted, payee_number_last3, hamlet, entered_by_id, list_approved_by_id,
       money_approved_by_id, made_by_id)
SELECT next_reference('LP', %s), e.area_code, 'waiting', now(), 1, now(), h.id, h.reference, e.id,
       e.reference, e.case_list_id, l.decision_number,
       1 + (SELECT count(*) FROM disbursements_handoutline p WHERE p.entitlement_id = e.id),
       row_number() OVER (ORDER BY e.area_code, c.name_sort, e.id), e.quantity, e.unit, e.version_hash, e.payee_name, c.name_sort,
       c.name_key, c.birth_date, c.birth_year, e.payee_number_encrypted, e.payee_number_last3, c.hamlet, e.entered_by_id,
       e.list_approved_by_id, e.money_approved_by_id, h.created_by_id
  FROM picked
  JOIN support_programs_entitlement e ON e.id = picked.id
  JOIN support_programs_case c ON c.id = e.case_id
  JOIN support_programs_caselist l ON l.id = e.case_list_id
  JOIN disbursements_handout h ON h.id = %s
 ORDER BY e.id
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class HandoutRequest:
    """What an accountant asks for. `key` names the request: the same key again is the same request."""

    programme: str
    area_code: str
    store: Store
    goods: Goods
    key: str
    title: str = ""
    decision: str = ""

    def scope_of(self, actor: Actor) -> HandoutScope:
        return HandoutScope(self.programme, self.area_code, self.goods.unit, actor.pk, self.decision)

    def content_hash(self, actor: Actor) -> str:
        content = [
            self.programme,
            self.area_code,
            self.store.pk,
            self.goods.pk,
            self.title,
            self.decision,
            actor.pk,
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def request_handout(*, actor: Actor, request: HandoutRequest) -> Handout:
    """Record a round and hand its building to a worker; gives the round, in preparation.

    The same key with the same content gives the same round again and starts nothing. Refused with a sentence: not an accountant
    (PermissionDenied), an area or store outside one's own, nobody to hand out to, another round of the area in preparation, a key
    that was used for another request (RequestConflict). Too little in the store is no refusal: goods may still be on their way.
    """
    if not actor.is_active or not may_make_handout(actor):
        raise PermissionDenied(_("Việc này do kế toán làm."))
    _check_places(actor, request)
    check_no_number(request.title)
    with transaction.atomic():
        _lock(f"key:{request.key}")
        known = Handout.objects.filter(idempotency_key=request.key).first()
        if known is not None:
            return _same_request(known, request, actor)
        lock_round(request.programme, request.area_code)
        _check_alone(request)
        found = preview(request.scope_of(actor), request.store, request.goods)
        _check_people(found)
        handout = _create(actor, request, found)
        handout.job = start_job(
            BUILD_HANDOUT_JOB,
            params={"handout_id": handout.pk, "actor_id": actor.pk},
            actor=actor,
            idempotency_key=f"handout:{handout.pk}",
            return_url=reverse("disbursements:handout_page", args=[handout.reference]),
        )
        handout.save(update_fields=["job"])
    return handout


def build_handout(run: JobRun) -> None:
    """Job handler: the lines of a round, all in one transaction. A redelivered job finds it prepared and changes nothing."""
    actor = User.objects.get(pk=run.params["actor_id"])
    with run.fenced():
        handout = Handout.objects.get(pk=run.params["handout_id"])
    try:
        with run.fenced():
            prepare_handout(handout=handout, actor=actor)
    except TransitionRefused as refusal:
        with run.fenced():
            perform(
                HANDOUT_WORKFLOW,
                handout,
                "handout.cancel",
                actor=actor,
                reason=str(refusal),
                changes={"cancel_reason": str(refusal), "cancelled_on": clock.today()},
            )
        raise JobRefused(str(refusal)) from refusal
    run.result = {"handout": handout.reference}


@transaction.atomic
def prepare_handout(*, handout: Handout, actor: Actor) -> Handout:
    """Write the lines of a round, commit their entitlements and freeze it; does nothing when that was done before.

    All or nothing, in a constant number of statements. TransitionRefused when nobody is left.
    """
    current = Handout.objects.select_for_update(of=("self",)).select_related("goods").get(pk=handout.pk)
    if current.status != HandoutStatus.PREPARING:
        return current
    lock_round(current.programme_id, current.area_code)
    scope = HandoutScope(
        current.programme_id,
        current.area_code,
        current.goods.unit,
        current.created_by_id,
        current.decision_number,
    )
    if _insert_lines(current, scope) == 0:
        raise TransitionRefused(_("Không còn ai để cấp phát: những người này vừa được đưa vào đợt khác."))
    committed = perform_many(
        ENTITLEMENT_WORKFLOW,
        Entitlement.objects.filter(handout_lines__handout=current),
        "entitlement.commit",
        actor=actor,
        event={"handout": current.reference},
    )
    if committed.refused:
        raise TransitionRefused(committed.refused[0].reason)
    sums = HandoutLine.objects.filter(handout=current).aggregate(people=Count("pk"), total=Sum("quantity"))
    return perform(
        HANDOUT_WORKFLOW,
        current,
        "handout.prepare",
        actor=actor,
        changes={"line_count": sums["people"], "total_quantity": sums["total"]},
        event={"people": sums["people"], "quantity": sums["total"]},
    )


def lock_round(programme: str, area_code: str) -> None:
    """Wait until no other round of this programme and district is being put together; held until the transaction ends."""
    _lock(f"round:{programme}:{area_code[:5]}")


def _insert_lines(handout: Handout, scope: HandoutScope) -> int:
    """The one statement: a line per entitlement that nothing stands in the way of; gives their number."""
    picked: Any = (
        receivable(scope)
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
        .values_list("pk", flat=True)
    )
    inner, params = picked.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_INSERT.format(picked=inner), [*params, clock.today().year, handout.pk])
        return int(cursor.rowcount)


def _check_places(actor: Actor, request: HandoutRequest) -> None:
    if not request.area_code.startswith(actor.area_code) or len(request.area_code) not in _AREA_DIGITS:
        raise TransitionRefused(_("Hãy chọn huyện hoặc xã trong địa bàn của bạn."))
    store = request.store
    serves = request.area_code.startswith(store.area_code) or store.area_code.startswith(request.area_code)
    if not (store.is_active and store.area_code.startswith(actor.area_code) and serves):
        raise TransitionRefused(_("Hãy chọn kho trong địa bàn của bạn và phục vụ địa bàn cấp phát."))


def _check_alone(request: HandoutRequest) -> None:
    busy = Handout.objects.filter(programme=request.programme, status=HandoutStatus.PREPARING)
    for other in busy.filter(area_code__startswith=request.area_code[:5]).order_by("pk"):
        if other.area_code.startswith(request.area_code) or request.area_code.startswith(other.area_code):
            raise TransitionRefused(
                _("Đợt cấp phát %(ref)s của địa bàn này đang được lập. Hãy chờ lập xong.")
                % {"ref": other.reference}
            )


def _check_people(found: HandoutPreview) -> None:
    if found.people:
        return
    groups = "; ".join(
        _("%(people)s người: %(reason)s") % {"people": format_dong(group.people), "reason": group.reason}
        for group in found.left_out
    )
    sentence = _("Không có ai để cấp phát: chưa có người nào được duyệt và chưa ở đợt cấp phát nào.")
    raise TransitionRefused(f"{sentence} {groups}".strip())


def _same_request(known: Handout, request: HandoutRequest, actor: Actor) -> Handout:
    if known.request_hash != request.content_hash(actor):
        raise RequestConflict(
            _(
                "Yêu cầu này đã được dùng để lập đợt cấp phát %(ref)s với nội dung khác. Hãy mở lại trang lập đợt."
            )
            % {"ref": known.reference}
        )
    return known


def _create(actor: Actor, request: HandoutRequest, found: HandoutPreview) -> Handout:
    handout = Handout.objects.create(
        reference=next_reference("CP"),
        area_code=request.area_code,
        status=HandoutStatus.PREPARING,
        programme_id=request.programme,
        goods=request.goods,
        store=request.store,
        store_name=request.store.name,
        title=request.title or _title(request),
        decision_number=request.decision,
        idempotency_key=request.key,
        request_hash=request.content_hash(actor),
        made_on=clock.today(),
        created_by_id=actor.pk,
        created_by_name=actor.full_name,
    )
    record_event(
        "handout.created", handout, actor=actor, change={"people": found.people, "quantity": found.quantity}
    )
    return handout


def _title(request: HandoutRequest) -> str:
    earlier = Handout.objects.filter(area_code=request.area_code, programme=request.programme)
    return _("Đợt cấp phát %(n)d %(area)s, %(programme)s") % {
        "n": earlier.exclude(status=HandoutStatus.CANCELLED).count() + 1,
        "area": inside_sentence(area_name(request.area_code)),
        "programme": Programme.objects.get(pk=request.programme).short_name.lower(),
    }


def _lock(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('goods'), hashtext(%s))", [name])
