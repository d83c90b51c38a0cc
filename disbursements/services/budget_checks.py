"""What papers about allotted money are asked before anything is written; pages ask the same for their confirmation."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from accounts.queries import area_name
from core.dates import format_date
from core.money import format_dong
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import MovementKind
from disbursements.models import Allocation, BudgetLine, BudgetMovement
from disbursements.permissions import NOT_ACCOUNTANT, may_move_budget
from disbursements.queries.allocations import decision_money
from disbursements.queries.ledger import line_money
from support_programs.services.scope import check_area, check_no_number, check_past, check_role


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
    area_code: str


def check_movers(actor: Actor, *area_codes: str) -> None:
    """PermissionDenied for who is no accountant of all these areas."""
    check_role(actor, may_move_budget, NOT_ACCOUNTANT)
    check_area(actor, *area_codes)


def check_transfer(line: BudgetLine, to: BudgetLine | NewLine, paper: MovementPaper) -> None:
    """TransitionRefused for a transfer that `transfer_money` would refuse."""
    if isinstance(to, NewLine):
        check_new_line(line, to)
    elif line.pk == to.pk:
        raise TransitionRefused(_("Hãy chọn một dòng kinh phí khác để nhận tiền."))
    elif line.programme_id != to.programme_id:
        raise _other_programme(to.reference)
    _check_paper(line, paper, MovementKind.TRANSFER, None if isinstance(to, NewLine) else to)
    _check_left(line, paper.amount)
    if (line.decision_id, line.area_code) != (to.decision_id, to.area_code):
        _check_room(to, paper.amount)


def check_new_line(line: BudgetLine, new: NewLine) -> None:
    """TransitionRefused for a line to be opened that the decision has no people for, or of another programme."""
    money = decision_money(new.decision_id, new.area_code)
    if money is None:
        raise TransitionRefused(_("Quyết định đã chọn không có người được duyệt trên địa bàn đó."))
    if money.programme != line.programme_id:
        raise _other_programme(money.number)


def check_return(line: BudgetLine, paper: MovementPaper) -> None:
    """TransitionRefused for what `return_money` would refuse."""
    _check_paper(line, paper, MovementKind.RETURN)
    _check_left(line, paper.amount)


def check_correction(allocation: Allocation, paper: MovementPaper) -> MovementPaper:
    """The paper with the amount of the whole record; TransitionRefused for what `correct_allocation` would refuse."""
    if BudgetMovement.objects.filter(allocation=allocation).exists():
        raise TransitionRefused(_("%(ref)s đã được hủy ghi nhận từ trước.") % {"ref": allocation.reference})
    whole = replace(paper, amount=allocation.amount)
    _check_paper(allocation.line, whole, MovementKind.CORRECTION, since=allocation.allocated_on)
    left = line_money([allocation.line])[allocation.line_id].left
    if allocation.amount > left:
        raise TransitionRefused(
            _(
                "Chỉ hủy được cả văn bản, mà %(sum)s đồng của %(ref)s chỉ còn %(left)s đồng chưa đưa vào đợt chi hay chuyển đi. "
                "Hãy hủy đợt chi chưa bắt đầu đang giữ tiền, hoặc ghi hoàn trả ngân sách phần còn lại."
            )
            % {"ref": allocation.reference, "left": format_dong(left), "sum": format_dong(allocation.amount)}
        )
    return whole


def _other_programme(name: str) -> TransitionRefused:
    return TransitionRefused(
        _(
            "%(to)s thuộc chính sách khác. Muốn chuyển sang chính sách khác, hãy ghi hoàn trả ngân sách "
            "rồi ghi phân bổ mới."
        )
        % {"to": name}
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
    first = since or _first_money_on(line)
    if first is not None and paper.moved_on < first:
        raise TransitionRefused(
            _("Ngày văn bản không được trước ngày tiền được phân bổ về dòng này (%(day)s).")
            % {"day": format_date(first)}
        )
    if paper.amount <= 0:
        raise TransitionRefused(_("Số tiền phải lớn hơn 0."))
    if kind != MovementKind.CORRECTION:
        _check_once(line, paper, kind, target)


def _first_money_on(line: BudgetLine) -> dt.date | None:
    days = (
        Allocation.objects.filter(line=line).order_by("allocated_on").values_list("allocated_on", flat=True)
    )
    return days.first()


def _check_once(
    line: BudgetLine, paper: MovementPaper, kind: MovementKind, target: BudgetLine | None
) -> None:
    before = BudgetMovement.objects.filter(
        kind=kind, line=line, to_line=target, document_number=paper.document_number.strip()
    ).first()
    if before is not None:
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


def _check_room(to: BudgetLine | NewLine, amount: int) -> None:
    money = decision_money(to.decision_id, to.area_code)
    room = money.left if money else 0
    if amount > room:
        raise TransitionRefused(
            _(
                "Dòng nhận không nhận được %(sum)s đồng: %(area)s theo Quyết định %(number)s chỉ còn được phân bổ "
                "%(left)s đồng. Hãy ghi số nhỏ hơn hoặc chọn dòng khác."
            )
            % {
                "sum": format_dong(amount),
                "area": area_name(to.area_code),
                "number": money.number if money else "",
                "left": format_dong(room),
            }
        )
