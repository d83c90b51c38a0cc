"""What people decide of single rows, with a reason and a name: that person's payment, or no payment of this batch."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.money import format_dong
from core.transitions import TransitionRefused, check_permission
from core.workflow import Actor
from disbursements.enums import (
    BatchStatus,
    InstructionStatus,
    LineSaid,
    MatchMethod,
    StatementRow,
)
from disbursements.models import PaymentInstruction, StatementImport, StatementLine
from disbursements.rules.statements.reasons import reason_code_of
from disbursements.workflow import INSTRUCTION_WORKFLOW

_OUTCOMES = {
    LineSaid.PAID: StatementRow.PAID,
    LineSaid.UNPAID: StatementRow.RETURNED,
    LineSaid.FAILED: StatementRow.FAILED,
    LineSaid.PENDING: StatementRow.IN_DOUBT,
}


@transaction.atomic
def match_by_hand(*, actor: Actor, line: StatementLine, reference: str, reason: str) -> StatementLine:
    """Say that a row is about this payment instruction; recording the file then records its result.

    Refused: no reason, a line of another batch, another amount, a line that has its result already or that another row of the
    file is about, a row that doesn't say what became of the payment.
    """
    locked = _open_row(actor, line, reason)
    target = (
        PaymentInstruction.objects.select_for_update(of=("self",))
        .filter(batch=locked.statement.batch, reference=reference)
        .first()
    )
    if target is None:
        raise TransitionRefused(_("Hãy chọn một người trong đợt chi này."))
    _check_target(locked, target)
    StatementLine.objects.filter(pk=locked.pk).update(
        instruction=target,
        outcome=_OUTCOMES[LineSaid(locked.said)],
        method=MatchMethod.HAND,
        result_code=reason_code_of(locked.reason, locked.bank_code)
        if locked.said in (LineSaid.UNPAID, LineSaid.FAILED)
        else "",
        **_settled(actor, reason),
    )
    record_event(
        "statement.matched",
        locked.statement.batch,
        actor=actor,
        reason=reason.strip(),
        change={"row": locked.row, "line": target.reference, "name": locked.statement.file.name},
    )
    locked.refresh_from_db()
    return locked


@transaction.atomic
def set_aside(*, actor: Actor, statement: StatementImport, rows: QuerySet[StatementLine], reason: str) -> int:
    """Say that rows are no payments of this batch, or were looked into: they no longer stand in the way; gives how many.

    Refused: no reason, no row that needs a look, a batch that is closed.
    """
    _may_settle(actor, statement, reason)
    locked = rows.filter(
        statement=statement, outcome__in=StatementRow.refused(), recorded_at=None, resolved_by_id=None
    ).order_by("pk")
    keys = list(locked.select_for_update(of=("self",)).values_list("pk", flat=True))
    if not keys:
        raise TransitionRefused(_("Không còn dòng nào cần xem."))
    StatementLine.objects.filter(pk__in=keys).update(
        outcome=StatementRow.SET_ASIDE, **_settled(actor, reason)
    )
    record_event(
        "statement.set_aside",
        statement.batch,
        actor=actor,
        reason=reason.strip(),
        change={"count": len(keys), "name": statement.file.name},
    )
    return len(keys)


def _settled(actor: Actor, reason: str) -> dict[str, object]:
    return {
        "resolved_by_id": actor.pk,
        "resolved_by_name": actor.full_name,
        "resolved_at": clock.now(),
        "resolution": reason.strip()[:300],
    }


def _may_settle(actor: Actor, statement: StatementImport, reason: str) -> None:
    check_permission(INSTRUCTION_WORKFLOW.transition("instruction.pay"), actor)
    if statement.batch.status != BatchStatus.RELEASED:
        raise TransitionRefused(_("Chỉ xử lý dòng sao kê khi đợt chi đang chi trả."))
    if not reason.strip():
        raise TransitionRefused(_("Hãy ghi lý do."))


def _open_row(actor: Actor, line: StatementLine, reason: str) -> StatementLine:
    locked = (
        StatementLine.objects.select_for_update(of=("self",))
        .select_related("statement__batch", "statement__file")
        .get(pk=line.pk)
    )
    _may_settle(actor, locked.statement, reason)
    if locked.recorded_at is not None or locked.resolved_by_id is not None:
        raise TransitionRefused(_("Dòng này đã được xử lý."))
    if locked.outcome not in StatementRow.refused():
        raise TransitionRefused(_("Dòng này không cần xử lý tay."))
    if LineSaid(locked.said) not in _OUTCOMES:
        raise TransitionRefused(
            _("Dòng %(row)d chưa nói đã chi hay chưa nên chưa đối soát được.") % {"row": locked.row}
        )
    return locked


def _check_target(line: StatementLine, target: PaymentInstruction) -> None:
    if line.amount != target.amount and not (line.amount is None and not line.typed_amount):
        raise TransitionRefused(
            _("Số tiền của dòng không bằng số tiền của lệnh chi (%(amount)s đồng) nên không đối soát được.")
            % {"amount": format_dong(target.amount)}
        )
    if target.status not in InstructionStatus.pending():
        raise TransitionRefused(
            _("Lệnh chi %(ref)s đã được ghi «%(state)s»; kết quả đã ghi không sửa được.")
            % {"ref": target.reference, "state": InstructionStatus(target.status).label}
        )
    taken = StatementLine.objects.filter(
        statement=line.statement, instruction=target, outcome__in=StatementRow.to_record()
    ).exclude(pk=line.pk)
    other = taken.order_by("row").first()
    if other is not None:
        raise TransitionRefused(
            _("Lệnh chi %(ref)s đã có ở dòng %(row)d của tệp này.")
            % {"ref": target.reference, "row": other.row}
        )
