"""What papers do to money that was allotted: moved to another line, given back, a wrong record taken back; and new sources.

Everything is a new row (I16); the database posts it and refuses what a line does not hold (I10). What the lines say before is
asked under their locks.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.queries import area_name
from core.audit import record_event
from core.dates import format_date
from core.money import format_dong
from core.queries.references import next_reference
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import FundingKind, MovementKind
from disbursements.models import Allocation, BudgetLine, BudgetMovement, FundingSource
from disbursements.permissions import NOT_ACCOUNTANT, may_move_budget
from disbursements.queries.allocations import decision_money
from disbursements.queries.ledger import line_money
from support_programs.services.scope import check_area, check_no_number, check_past, check_role

REASON_MAX: Final = 500
# sources that officers add themselves; those of the State come with the system
ADDED_KINDS: Final = (FundingKind.DONOR, FundingKind.OTHER)


@dataclass(frozen=True, slots=True)
class MovementPaper:
    """The paper by which money moves, and why; `amount` in đồng (of a correction: that of the wrong record)."""

    document_number: str
    moved_on: dt.date
    reason: str
    amount: int = 0


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line whose first money is a transfer: of a decision in a district, with the source and group of where it comes from."""

    decision_id: int
    district: str


@transaction.atomic
def transfer_money(
    *, actor: Actor, line: BudgetLine, to: BudgetLine | NewLine, paper: MovementPaper
) -> BudgetMovement:
    """Move money of one line to another of the same programme, by a decision; what batches hold stays.

    Refused: who is no accountant of both areas (PermissionDenied: between districts the department's does it), another
    programme, more than the line has left, more than the other decision's money for its district, a paper recorded before.
    """
    check_role(actor, may_move_budget, NOT_ACCOUNTANT)
    check_area(actor, line.area_code, to.area_code if isinstance(to, BudgetLine) else to.district)
    decision, district = (
        (to.decision_id, to.area_code) if isinstance(to, BudgetLine) else (to.decision_id, to.district)
    )
    lock_decision(decision, district)
    target = to if isinstance(to, BudgetLine) else _opened(actor, line, to)
    _check_target(line, target)
    _lock(line, target)
    _check_paper(line, paper, MovementKind.TRANSFER, target)
    _check_left(line, paper.amount)
    if (line.decision_id, line.area_code) != (target.decision_id, target.area_code):
        _check_room(target, paper.amount)
    movement = _moved(actor, line, MovementKind.TRANSFER, paper, to_line=target)
    record_event(
        "budget.transferred", movement, actor=actor, reason=paper.reason, change=_change(movement, to=target)
    )
    return movement


@transaction.atomic
def return_money(*, actor: Actor, line: BudgetLine, paper: MovementPaper) -> BudgetMovement:
    """Give money of a line back to the budget that it came from. Refused as `transfer_money`, where it concerns one line."""
    check_role(actor, may_move_budget, NOT_ACCOUNTANT)
    check_area(actor, line.area_code)
    _lock(line)
    _check_paper(line, paper, MovementKind.RETURN)
    _check_left(line, paper.amount)
    movement = _moved(actor, line, MovementKind.RETURN, paper)
    record_event("budget.returned", movement, actor=actor, reason=paper.reason, change=_change(movement))
    return movement


@transaction.atomic
def correct_allocation(*, actor: Actor, allocation: Allocation, paper: MovementPaper) -> BudgetMovement:
    """Take a wrongly recorded paper back, whole, so that the right one can be recorded; the payment step's days stay as they run.

    Refused: who is no accountant of the area, a record taken back before, money of which a batch or a transfer took a part.
    """
    check_role(actor, may_move_budget, NOT_ACCOUNTANT)
    check_area(actor, allocation.area_code)
    line = allocation.line
    _lock(line)
    if BudgetMovement.objects.filter(allocation=allocation).exists():
        raise TransitionRefused(_("%(ref)s đã được hủy ghi nhận từ trước.") % {"ref": allocation.reference})
    whole = MovementPaper(paper.document_number, paper.moved_on, paper.reason, allocation.amount)
    _check_paper(line, whole, MovementKind.CORRECTION, since=allocation.allocated_on)
    _check_left(line, allocation.amount)
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
    target, is_made = BudgetLine.objects.get_or_create(
        area_code=new.district,
        decision_id=new.decision_id,
        source_id=line.source_id,
        stream=line.stream,
        defaults={"reference": next_reference("KP"), "programme_id": line.programme_id},
    )
    if is_made:
        record_event("budget.line_opened", target, actor=actor)
    return target


def _check_target(line: BudgetLine, target: BudgetLine) -> None:
    if line.pk == target.pk:
        raise TransitionRefused(_("Hãy chọn một dòng kinh phí khác để nhận tiền."))
    if line.programme_id != target.programme_id:
        raise TransitionRefused(
            _(
                "Dòng %(to)s thuộc chính sách khác. Muốn chuyển sang chính sách khác, hãy ghi hoàn trả ngân sách "
                "rồi ghi phân bổ mới."
            )
            % {"to": target.reference}
        )


def _check_paper(
    line: BudgetLine,
    paper: MovementPaper,
    kind: MovementKind,
    target: BudgetLine | None = None,
    since: dt.date | None = None,
) -> None:
    if not paper.document_number.strip() or not paper.reason.strip():
        raise TransitionRefused(_("Hãy ghi số văn bản và lý do."))
    check_no_number(paper.reason)
    check_past(paper.moved_on, _("Ngày văn bản"))
    first = since or (
        Allocation.objects.filter(line=line)
        .order_by("allocated_on")
        .values_list("allocated_on", flat=True)
        .first()
    )
    if first is not None and paper.moved_on < first:
        raise TransitionRefused(
            _("Ngày văn bản không được trước ngày tiền được phân bổ về dòng này (%(day)s).")
            % {"day": format_date(first)}
        )
    if paper.amount <= 0:
        raise TransitionRefused(_("Số tiền phải lớn hơn 0."))
    before = BudgetMovement.objects.filter(
        kind=kind, line=line, to_line=target, document_number=paper.document_number.strip()
    ).first()
    if before is not None and kind != MovementKind.CORRECTION:
        raise TransitionRefused(
            _("Văn bản %(number)s đã được ghi cho dòng này (%(ref)s, %(sum)s đồng).")
            % {
                "number": before.document_number,
                "ref": before.reference,
                "sum": format_dong(before.amount),
            }
        )


def _check_left(line: BudgetLine, amount: int) -> None:
    left = line_money([line])[line.pk].left
    if amount > left:
        raise TransitionRefused(
            _(
                "Dòng %(line)s chỉ còn %(left)s đồng chưa đưa vào đợt chi, không đủ %(sum)s đồng. Hãy ghi số nhỏ hơn, "
                "hoặc hủy đợt chi chưa bắt đầu đang giữ tiền của dòng này."
            )
            % {"line": line.reference, "left": format_dong(left), "sum": format_dong(amount)}
        )


def _check_room(target: BudgetLine, amount: int) -> None:
    money = decision_money(target.decision_id, target.area_code)
    room = money.left if money else 0
    if amount > room:
        raise TransitionRefused(
            _(
                "Dòng %(line)s không nhận được %(sum)s đồng: %(area)s theo quyết định này chỉ còn được phân bổ "
                "%(left)s đồng. Hãy ghi số nhỏ hơn hoặc chọn dòng khác."
            )
            % {
                "line": target.reference,
                "sum": format_dong(amount),
                "area": area_name(target.area_code),
                "left": format_dong(room),
            }
        )


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
