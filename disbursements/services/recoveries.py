"""Money that was paid wrongly comes back: opened, decided, planned, received, handed back to the budget, or let go.

The database posts each step to the ledger, adds the receipts up and ends a recovery when all is back (sql/after.sql).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.dates import format_date
from core.money import format_dong
from core.queries.references import next_reference
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import InstructionStatus, RecoveryKind, RecoveryState
from disbursements.models import (
    PaymentInstruction,
    Recovery,
    RecoveryHandBack,
    RecoveryInstalment,
    RecoveryReceipt,
)
from disbursements.permissions import NOT_ACCOUNTANT, may_manage_recoveries
from support_programs.services.scope import check_area, check_no_number, check_past, check_role

MOST_INSTALMENTS: Final = 60


@dataclass(frozen=True, slots=True)
class WrongPayment:
    """Why a payment was wrong, and how much of it (whole đồng)."""

    kind: str
    amount: int
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionPaper:
    """A decision as its paper says: number, day, who signed it."""

    number: str
    signed_on: dt.date
    signer: str


@dataclass(frozen=True, slots=True)
class MoneyPaper:
    """A receipt, or the slip by which money went to the budget: number, day, whole đồng."""

    number: str
    on: dt.date
    amount: int


@dataclass(frozen=True, slots=True)
class Due:
    """One instalment: how much by when."""

    on: dt.date
    amount: int


@transaction.atomic
def open_recovery(*, actor: Actor, line: PaymentInstruction, wrong: WrongPayment) -> Recovery:
    """Ask a payment back, or a part of it.

    Refused: another role or area, a line that isn't paid, a kind that only joining two people opens, an amount that is not
    between 1 đồng and what was paid, no reason, a payment that is asked back already.
    """
    _check_may(actor, line.area_code)
    paid = PaymentInstruction.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if paid.status != InstructionStatus.PAID:
        raise TransitionRefused(_("Chỉ thu hồi được khoản đã chi trả."))
    if wrong.kind not in RecoveryKind.by_hand():
        raise TransitionRefused(_("Loại: hãy chọn vì sao phải thu hồi."))
    if not 0 < wrong.amount <= paid.amount:
        raise TransitionRefused(
            _("Số tiền thu hồi phải từ 1 đồng đến số đã chi %(paid)s đồng.")
            % {"paid": format_dong(paid.amount)}
        )
    earlier = Recovery.objects.filter(entitlement=paid.entitlement_id).exclude(state=RecoveryState.CANCELLED)
    if (found := earlier.first()) is not None:
        raise TransitionRefused(_("Khoản này đã mở thu hồi %(ref)s.") % {"ref": found.reference})
    recovery = Recovery.objects.create(
        reference=next_reference("TH"),
        area_code=paid.area_code,
        entitlement_id=paid.entitlement_id,
        instruction=paid,
        person_id=paid.entitlement.claimant_id,
        kind=wrong.kind,
        amount=wrong.amount,
        reason=_words(wrong.reason, _("Lý do: hãy ghi vì sao phải thu hồi.")),
        opened_by_id=actor.pk,
        opened_by_name=actor.full_name,
        opened_on=clock.today(),
    )
    record_event(
        "recovery.opened_by_hand",
        recovery,
        actor=actor,
        reason=recovery.reason,
        change={
            "case": paid.case_reference,
            "kind": str(RecoveryKind(wrong.kind).label),
            "amount": format_dong(wrong.amount),
        },
    )
    return recovery


@transaction.atomic
def record_recovery_decision(*, actor: Actor, recovery: Recovery, decision: DecisionPaper) -> Recovery:
    """Write down by which decision the money is asked back; recorded again, the event says what stood before.

    Refused: a recovery that has ended, a day in the future, a missing number or signer.
    """
    current = _open(actor, recovery)
    before = current.decision_number
    _check_decision(decision)
    current.decision_number, current.decision_on = decision.number.strip(), decision.signed_on
    current.decision_signer = decision.signer.strip()
    current.save(update_fields=["decision_number", "decision_on", "decision_signer"])
    change = {"number": current.decision_number, "day": format_date(decision.signed_on), "before": before}
    record_event("recovery.decided", current, actor=actor, change=change)
    return current


@transaction.atomic
def plan_instalments(*, actor: Actor, recovery: Recovery, dues: Sequence[Due]) -> list[RecoveryInstalment]:
    """Agree on instalments for what is still to come back; a new plan takes the place of the one before, which stays to be read.

    Refused: a recovery that has ended, no instalment or more than 60, a day before the recovery was opened or not after the
    instalment before, amounts that don't add up to what is still to come back.
    """
    current = _open(actor, recovery)
    _check_dues(current, dues)
    earlier = RecoveryInstalment.objects.filter(recovery=current).aggregate(last=Max("plan"))["last"] or 0
    total, rows = current.recovered, []
    for ordinal, due in enumerate(dues, start=1):
        total += due.amount
        rows.append(
            RecoveryInstalment(
                recovery=current,
                area_code=current.area_code,
                plan=earlier + 1,
                ordinal=ordinal,
                due_on=due.on,
                amount=due.amount,
                due_total=total,
                planned_by_id=actor.pk,
                planned_by_name=actor.full_name,
            )
        )
    made = RecoveryInstalment.objects.bulk_create(rows)
    change = {"count": len(made), "last": format_date(made[-1].due_on), "plan": earlier + 1}
    record_event("recovery.planned", current, actor=actor, change=change)
    return made


@transaction.atomic
def record_receipt(*, actor: Actor, recovery: Recovery, paper: MoneyPaper) -> RecoveryReceipt:
    """Record money that came back; with the last đồng the recovery ends by itself.

    Refused: a recovery that has ended, an amount above what is still to come back, a receipt recorded before, a day in the
    future or before the payment.
    """
    current = _open(actor, recovery)
    _check_paper(paper, current.left, _("còn phải thu"))
    if RecoveryReceipt.objects.filter(recovery=current, document_number=paper.number.strip()).exists():
        raise TransitionRefused(_("Chứng từ %(number)s đã được ghi.") % {"number": paper.number.strip()})
    paid_on = PaymentInstruction.objects.get(pk=current.instruction_id).resulted_on
    if paid_on is not None and paper.on < paid_on:
        raise TransitionRefused(
            _("Ngày thu không được trước ngày chi %(day)s.") % {"day": format_date(paid_on)}
        )
    receipt = RecoveryReceipt.objects.create(
        recovery=current,
        area_code=current.area_code,
        document_number=paper.number.strip(),
        received_on=paper.on,
        amount=paper.amount,
        recorded_by_id=actor.pk,
        recorded_by_name=actor.full_name,
    )
    change = {"number": receipt.document_number, "amount": format_dong(paper.amount)}
    record_event("recovery.received", current, actor=actor, change=change)
    return receipt


@transaction.atomic
def hand_back(*, actor: Actor, recovery: Recovery, paper: MoneyPaper) -> RecoveryHandBack:
    """Record that recovered money went to the budget; also after the recovery has ended.

    Refused: more than came back and is not handed back yet, a slip recorded before, a day in the future.
    """
    _check_may(actor, recovery.area_code)
    current = Recovery.objects.select_for_update(of=("self",)).get(pk=recovery.pk)
    _check_paper(paper, current.to_hand_back, _("đã thu, chưa nộp"))
    if RecoveryHandBack.objects.filter(recovery=current, document_number=paper.number.strip()).exists():
        raise TransitionRefused(_("Chứng từ %(number)s đã được ghi.") % {"number": paper.number.strip()})
    handed = RecoveryHandBack.objects.create(
        recovery=current,
        area_code=current.area_code,
        document_number=paper.number.strip(),
        handed_on=paper.on,
        amount=paper.amount,
        recorded_by_id=actor.pk,
        recorded_by_name=actor.full_name,
    )
    change = {"number": handed.document_number, "amount": format_dong(paper.amount)}
    record_event("recovery.handed_back", current, actor=actor, change=change)
    return handed


@transaction.atomic
def waive_recovery(*, actor: Actor, recovery: Recovery, decision: DecisionPaper, reason: str) -> Recovery:
    """End a recovery by a decision that lets the rest go; what came back stays recorded.

    Refused: a recovery that has ended, a missing number, signer or reason, a day in the future.
    """
    current = _open(actor, recovery)
    _check_decision(decision)
    left = current.left
    current.state, current.ended_on = RecoveryState.WAIVED, decision.signed_on
    current.waiver_number = decision.number.strip()
    said = _words(reason, _("Lý do: hãy ghi vì sao miễn thu hồi."))
    current.ended_reason = _("Quyết định %(number)s, %(signer)s ký: %(reason)s") % {
        "number": current.waiver_number,
        "signer": decision.signer.strip(),
        "reason": said,
    }
    current.ended_reason = current.ended_reason[:500]
    current.save(update_fields=["state", "ended_on", "ended_reason", "waiver_number"])
    change = {"number": current.waiver_number, "amount": format_dong(left)}
    record_event("recovery.waived", current, actor=actor, reason=said, change=change)
    return current


def _check_may(actor: Actor, area_code: str) -> None:
    check_role(actor, may_manage_recoveries, NOT_ACCOUNTANT)
    check_area(actor, area_code)


def _open(actor: Actor, recovery: Recovery) -> Recovery:
    """The recovery, locked; refused once it has ended."""
    _check_may(actor, recovery.area_code)
    current = Recovery.objects.select_for_update(of=("self",)).get(pk=recovery.pk)
    if current.state != RecoveryState.OPEN:
        raise TransitionRefused(
            _("Khoản thu hồi đã kết thúc: %(state)s.") % {"state": RecoveryState(current.state).label}
        )
    return current


def _words(typed: str, missing: str) -> str:
    said = typed.strip()
    if not said:
        raise TransitionRefused(missing)
    check_no_number(said)
    return said[:500]


def _check_decision(decision: DecisionPaper) -> None:
    if not decision.number.strip() or not decision.signer.strip():
        raise TransitionRefused(_("Hãy ghi số quyết định và người ký."))
    check_past(decision.signed_on, _("Ngày quyết định"))


def _check_paper(paper: MoneyPaper, most: int, what: str) -> None:
    if not paper.number.strip():
        raise TransitionRefused(_("Số chứng từ: hãy ghi số của chứng từ."))
    if not 0 < paper.amount <= most:
        raise TransitionRefused(
            _("Số tiền phải từ 1 đồng đến số %(what)s %(most)s đồng.")
            % {"what": what, "most": format_dong(most)}
        )
    check_past(paper.on, _("Ngày chứng từ"))


def _check_dues(recovery: Recovery, dues: Sequence[Due]) -> None:
    if not 0 < len(dues) <= MOST_INSTALMENTS:
        raise TransitionRefused(_("Hãy ghi từ 1 đến %(most)d kỳ.") % {"most": MOST_INSTALMENTS})
    before = recovery.opened_on - dt.timedelta(days=1)
    for ordinal, due in enumerate(dues, start=1):
        if due.amount <= 0:
            raise TransitionRefused(_("Kỳ %(ordinal)d: số tiền phải lớn hơn 0.") % {"ordinal": ordinal})
        if due.on <= before:
            raise TransitionRefused(
                _("Kỳ %(ordinal)d: hạn nộp phải sau kỳ trước và không trước ngày mở thu hồi.")
                % {"ordinal": ordinal}
            )
        before = due.on
    total = sum(due.amount for due in dues)
    if total != recovery.left:
        raise TransitionRefused(
            _("Các kỳ cộng lại là %(total)s đồng, còn phải thu %(left)s đồng. Hãy sửa cho khớp.")
            % {"total": format_dong(total), "left": format_dong(recovery.left)}
        )
