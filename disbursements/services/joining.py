"""Payments of people who are joined: what was paid twice is to come back, what sits in a batch is not doubled under it."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from beneficiaries.queries.joining import Joining, JoinRefused, Json, register_mover
from core.audit import record_event
from core.queries.references import next_reference
from disbursements.enums import InstructionStatus, RecoveryState
from disbursements.models import PaymentInstruction, Recovery
from support_programs.enums import VND, EntitlementStatus
from support_programs.models import Entitlement
from support_programs.services.joining import doubled_by

MOVER: Final = "payments"


def register() -> None:
    register_mover(MOVER, open_recoveries, cancel_recoveries, 20)


def open_recoveries(joining: Joining, earlier: Mapping[str, Json]) -> Json:
    """A recovery for each entitlement that was paid although it doubles another one ("chi trùng").

    Refused while such an entitlement sits in a batch: not sent yet, the batch is cancelled first; sent, its result comes first.
    """
    doubled = doubled_by(earlier)
    rows = Entitlement.objects.filter(pk__in=doubled).order_by("pk")
    kept = dict(Entitlement.objects.filter(pk__in=doubled.values()).values_list("pk", "reference"))
    # an officer may have asked it back already, for another reason
    asked = Recovery.objects.filter(entitlement__in=rows).exclude(state=RecoveryState.CANCELLED)
    asked_back = set(asked.values_list("entitlement", flat=True))
    opened = []
    for row in rows:
        if row.status == EntitlementStatus.COMMITTED:
            raise JoinRefused(_why_not(row))
        # what was handed out in kind is no money to ask back
        if row.status == EntitlementStatus.PAID and row.unit == VND and row.pk not in asked_back:
            opened.append(_open(row, kept[doubled[row.pk]], joining).pk)
    return {"recoveries": opened}


def cancel_recoveries(joining: Joining, moved: Json) -> None:
    """With the join undone nothing was paid twice: its recoveries are no longer asked for. Refused once money came back."""
    rows = list(
        Recovery.objects.filter(pk__in=moved["recoveries"]).order_by("pk").select_for_update(of=("self",))
    )
    if any(row.recovered for row in rows):
        raise JoinRefused(_("Tiền chi trùng đã được thu hồi nên không gỡ được lần gộp này."))
    reason = _("Gỡ gộp người: %(reason)s") % {"reason": joining.reason}
    for row in rows:
        if row.state == RecoveryState.OPEN:
            row.state, row.ended_on, row.ended_reason = RecoveryState.CANCELLED, joining.on, reason[:500]
            row.save(update_fields=["state", "ended_on", "ended_reason"])
            record_event("recovery.cancelled", row, actor=joining.actor, reason=joining.reason)


def _open(row: Entitlement, other: str, joining: Joining) -> Recovery:
    recovery = Recovery.objects.create(
        reference=next_reference("TH"),
        area_code=row.area_code,
        entitlement=row,
        instruction=PaymentInstruction.objects.get(entitlement=row, status=InstructionStatus.PAID),
        person_id=joining.root_id,
        amount=row.amount,
        reason=_("Chi trùng với hồ sơ %(other)s của cùng một người.") % {"other": other},
        opened_by_id=joining.actor.pk,
        opened_by_name=joining.actor.full_name,
        opened_on=joining.on,
    )
    record_event(
        "recovery.opened",
        recovery,
        actor=joining.actor,
        reason=joining.reason,
        change={"case": row.reference, "amount": row.amount},
    )
    return recovery


def _why_not(row: Entitlement) -> str:
    if row.unit != VND:
        return _(
            "Hồ sơ %(case)s là hồ sơ trùng, đang ở một đợt cấp phát hiện vật. "
            "Hãy đề nghị kế toán hủy đợt đó hoặc ghi kết quả cấp phát trước, rồi gộp hai người."
        ) % {"case": row.reference}
    line = PaymentInstruction.objects.filter(entitlement=row, status__in=InstructionStatus.live()).latest(
        "pk"
    )
    named = {"case": row.reference, "batch": line.batch_reference}
    if line.status == InstructionStatus.QUEUED:
        return (
            _(
                "Hồ sơ %(case)s là hồ sơ trùng, đang ở đợt chi %(batch)s chưa bắt đầu chi. "
                "Hãy đề nghị kế toán hủy đợt chi đó, gộp hai người, rồi lập lại đợt chi."
            )
            % named
        )
    return (
        _(
            "Hồ sơ %(case)s là hồ sơ trùng, đang được chi ở đợt %(batch)s. Hãy chờ ghi kết quả chi của hồ sơ này rồi gộp."
        )
        % named
    )
