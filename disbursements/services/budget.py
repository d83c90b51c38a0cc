"""What papers do to money that was allotted: moved to another line, given back, a wrong record taken back; and new sources.

Everything is a new row (I16); the database posts it and refuses what a line does not hold (I10). What the lines say before is
asked under their locks.
"""

from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.audit import record_event
from core.money import format_dong
from core.queries.references import next_reference
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import FundingKind, MovementKind
from disbursements.models import Allocation, BudgetLine, BudgetMovement, FundingSource
from disbursements.permissions import NOT_ACCOUNTANT, may_move_budget
from disbursements.services.budget_checks import (
    MovementPaper,
    NewLine,
    check_correction,
    check_movers,
    check_new_line,
    check_return,
    check_transfer,
)
from support_programs.services.scope import check_no_number, check_role

REASON_MAX: Final = 500
# sources that officers add themselves; those of the State come with the system
ADDED_KINDS: Final = (FundingKind.DONOR, FundingKind.OTHER)


@transaction.atomic
def transfer_money(
    *, actor: Actor, line: BudgetLine, to: BudgetLine | NewLine, paper: MovementPaper
) -> BudgetMovement:
    """Move money of one line to another of the same programme, by a decision; what batches hold stays.

    Refused: who is no accountant of both areas (PermissionDenied: between districts the department's does it), another
    programme, more than the line has left, more than the other decision's money for its district, a paper recorded before.
    """
    check_movers(actor, line.area_code, to.area_code)
    lock_decision(to.decision_id, to.area_code)
    target = to if isinstance(to, BudgetLine) else _opened(actor, line, to)
    _lock(line, target)
    check_transfer(line, target, paper)
    movement = _moved(actor, line, MovementKind.TRANSFER, paper, to_line=target)
    record_event(
        "budget.transferred", movement, actor=actor, reason=paper.reason, change=_change(movement, to=target)
    )
    return movement


@transaction.atomic
def return_money(*, actor: Actor, line: BudgetLine, paper: MovementPaper) -> BudgetMovement:
    """Give money of a line back to the budget that it came from. Refused as `transfer_money`, where it concerns one line."""
    check_movers(actor, line.area_code)
    _lock(line)
    check_return(line, paper)
    movement = _moved(actor, line, MovementKind.RETURN, paper)
    record_event("budget.returned", movement, actor=actor, reason=paper.reason, change=_change(movement))
    return movement


@transaction.atomic
def correct_allocation(*, actor: Actor, allocation: Allocation, paper: MovementPaper) -> BudgetMovement:
    """Take a wrongly recorded paper back, whole, so that the right one can be recorded; the payment step's days stay as they run.

    Refused: who is no accountant of the area, a record taken back before, money of which a batch or a transfer took a part.
    """
    check_movers(actor, allocation.area_code)
    line = allocation.line
    _lock(line)
    whole = check_correction(allocation, paper)
    movement = _moved(actor, line, MovementKind.CORRECTION, whole, allocation=allocation)
    change = {**_change(movement), "allocation": allocation.reference}
    record_event("budget.corrected", movement, actor=actor, reason=paper.reason, change=change)
    return movement


@transaction.atomic
def add_source(
    *, actor: Actor, name: str, kind: FundingKind = FundingKind.DONOR, note: str = ""
) -> FundingSource:
    """Name a donor, or another source that the catalogue lacks, so that its money can be recorded.

    Refused: another role, a name that is there already (in capitals or not), a budget of the State or a fund.
    """
    check_role(actor, may_move_budget, NOT_ACCOUNTANT)
    name = " ".join(name.split())
    if kind not in ADDED_KINDS:
        raise TransitionRefused(
            _("Nguồn ngân sách và quỹ có sẵn trong danh mục; chỉ thêm nhà tài trợ hoặc nguồn khác.")
        )
    check_no_number(name, note)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('funding source'))")
    known = FundingSource.objects.filter(name__iexact=name).first()
    if known is not None:
        raise TransitionRefused(
            _("Nguồn «%(name)s» đã có trong danh mục. Hãy chọn nguồn đó.") % {"name": known.name}
        )
    number = FundingSource.objects.filter(code__startswith="TT").count() + 1
    source = FundingSource.objects.create(code=f"TT{number:04d}", name=name, kind=kind, note=note.strip())
    record_event(
        "budget.source_added",
        source,
        actor=actor,
        change={"name": name, "code": source.code},
        area_code=actor.area_code,
    )
    return source


def lock_decision(decision_id: int, district: str) -> None:
    """Papers about one decision's money in one district come one after the other; taken before any line's lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('allocation'), hashtext(%s))",
            [f"{decision_id}:{district}"],
        )


def _lock(*lines: BudgetLine) -> None:
    """In the order of their ids, as batches and the ledger's trigger do."""
    keys = sorted({line.pk for line in lines})
    list(BudgetLine.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk"))


def _opened(actor: Actor, line: BudgetLine, new: NewLine) -> BudgetLine:
    check_new_line(line, new)
    target, is_made = BudgetLine.objects.get_or_create(
        area_code=new.area_code,
        decision_id=new.decision_id,
        source_id=line.source_id,
        stream=line.stream,
        defaults={"reference": next_reference("KP"), "programme_id": line.programme_id},
    )
    if is_made:
        record_event("budget.line_opened", target, actor=actor)
    return target


def _moved(
    actor: Actor,
    line: BudgetLine,
    kind: MovementKind,
    paper: MovementPaper,
    *,
    to_line: BudgetLine | None = None,
    allocation: Allocation | None = None,
) -> BudgetMovement:
    return BudgetMovement.objects.create(
        reference=next_reference("CK"),
        area_code=line.area_code,
        kind=kind,
        line=line,
        to_line=to_line,
        allocation=allocation,
        amount=paper.amount,
        document_number=paper.document_number.strip(),
        moved_on=paper.moved_on,
        reason=paper.reason.strip()[:REASON_MAX],
        recorded_by_id=actor.pk,
        recorded_by_name=actor.full_name,
    )


def _change(movement: BudgetMovement, *, to: BudgetLine | None = None) -> dict[str, object]:
    change: dict[str, object] = {
        "line": movement.line.reference,
        "amount": movement.amount,
        "sum": format_dong(movement.amount),
        "document": movement.document_number,
    }
    return {**change, "to": to.reference} if to else change
