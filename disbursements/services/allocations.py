"""Money that reached a district for a decision, as its paper says."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.enums import DISTRICT_DIGITS
from core import clock
from core.audit import record_event
from core.money import format_dong
from core.queries.references import next_reference
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.models import Allocation, BudgetLine, FundingSource
from disbursements.permissions import NOT_ACCOUNTANT, may_record_allocation
from disbursements.queries.allocations import DecisionMoney, decision_money, groups_of
from disbursements.services.budget import lock_decision
from support_programs.models import CaseList
from support_programs.services.clocks import start_payment_step
from support_programs.services.scope import check_role


@dataclass(frozen=True, slots=True)
class AllocationPaper:
    """What the paper says; `source` is the code of a funding source, `stream` the group that alone may be paid from it,
    `amount` in đồng.
    """

    district: str
    source: str
    document_number: str
    allocated_on: dt.date
    amount: int
    stream: str = ""


@transaction.atomic
def record_allocation(*, actor: Actor, decision_id: int, paper: AllocationPaper) -> Allocation:
    """Record money for a decision in a district; the payment step of the decision's lists there starts on the paper's date,
    if it is the first money of the decision there.

    Refused: another role or area, a paper recorded before for this line, a date before the decision or in the future, a source
    or group that is not known, an amount that is not above 0 or, with earlier papers, exceeds the decision's money for the
    district.
    """
    check_role(actor, may_record_allocation, NOT_ACCOUNTANT)
    lock_decision(decision_id, paper.district)
    money = check_allocation(actor, decision_id, paper)
    line = _line_of(money, paper)
    allocation = Allocation.objects.create(
        reference=next_reference("PB"),
        area_code=paper.district,
        programme_id=money.programme,
        decision_id=decision_id,
        line=line,
        document_number=paper.document_number,
        allocated_on=paper.allocated_on,
        amount=paper.amount,
        recorded_by_id=actor.pk,
    )
    record_event(
        "allocation.recorded",
        allocation,
        actor=actor,
        change={"decision": money.number, "amount": paper.amount, "document": paper.document_number},
    )
    for case_list in _lists_of(decision_id, paper.district):
        start_payment_step(case_list, allocated_on=paper.allocated_on, actor=actor)
    return allocation


def check_allocation(actor: Actor, decision_id: int, paper: AllocationPaper) -> DecisionMoney:
    """The decision's money in the district; TransitionRefused for a paper that `record_allocation` would refuse."""
    money = decision_money(decision_id, paper.district)
    if money is None or not paper.district.startswith(actor.area_code):
        raise TransitionRefused(_("Hãy chọn quyết định và huyện trong địa bàn của bạn."))
    if not FundingSource.objects.filter(code=paper.source, is_active=True).exists():
        raise TransitionRefused(_("Hãy chọn nguồn kinh phí trong danh mục."))
    _check_paper(money, paper)
    return money


def _line_of(money: DecisionMoney, paper: AllocationPaper) -> BudgetLine:
    """The line that the paper feeds, made with the first one."""
    line, _made = BudgetLine.objects.get_or_create(
        area_code=paper.district,
        decision_id=money.decision_id,
        source=FundingSource.objects.get(code=paper.source),
        stream=paper.stream,
        defaults={"reference": next_reference("KP"), "programme_id": money.programme},
    )
    return line


def _lists_of(decision_id: int, district: str) -> QuerySet[CaseList]:
    lists: QuerySet[CaseList] = CaseList.objects.in_area(district).filter(decision=decision_id)
    # the department's own lists, not those of every district
    return (lists if len(district) == DISTRICT_DIGITS else lists.filter(area_code=district)).order_by("pk")


def _check_paper(money: DecisionMoney, paper: AllocationPaper) -> None:
    if paper.amount <= 0:
        raise TransitionRefused(_("Số tiền phải lớn hơn 0."))
    if paper.allocated_on < money.signed_on:
        raise TransitionRefused(
            _("Ngày phân bổ không được trước ngày quyết định (%(day)s).")
            % {"day": f"{money.signed_on:%d/%m/%Y}"}
        )
    if paper.allocated_on > clock.today():
        raise TransitionRefused(_("Ngày phân bổ không được sau hôm nay."))
    before = Allocation.objects.filter(
        area_code=paper.district,
        document_number=paper.document_number,
        line__decision=money.decision_id,
        line__source__code=paper.source,
        line__stream=paper.stream,
        corrections__isnull=True,
    ).first()
    if before is not None:
        raise TransitionRefused(
            _(
                "Văn bản %(number)s đã được ghi cho huyện này (%(ref)s). Nếu ghi sai, hãy hủy ghi nhận đó trước."
            )
            % {"number": paper.document_number, "ref": before.reference}
        )
    if paper.stream and paper.stream not in groups_of(money.decision_id, paper.district):
        raise TransitionRefused(
            _(
                "Quyết định này không có người thuộc nhóm đã chọn trên địa bàn. Hãy chọn nhóm khác hoặc để trống."
            )
        )
    if paper.amount > money.left:
        raise TransitionRefused(
            _(
                "Số tiền vượt kinh phí được duyệt cho huyện: theo Quyết định %(number)s còn được phân bổ %(left)s đồng."
            )
            % {"number": money.number, "left": format_dong(money.left)}
        )
