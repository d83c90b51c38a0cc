"""Money that nobody took goes back to the budget by a paper, person by person; who turns up later is reopened with a reason."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.money import format_dong
from core.queries.references import next_reference
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import MovementKind
from disbursements.models import (
    BudgetLine,
    BudgetMovement,
    PaymentInstruction,
    UnclaimedItem,
    UnclaimedReturn,
)
from disbursements.permissions import NOT_ACCOUNTANT, may_return_unclaimed
from disbursements.queries.unclaimed import unclaimed_of, waiting_days
from support_programs.models import Entitlement
from support_programs.services.scope import check_area, check_no_number, check_past, check_role


@dataclass(frozen=True, slots=True)
class UnclaimedPaper:
    """Whose money goes back, by the references of their lines, and the paper's number and day.

    `people` and `amount` are what the page showed: refused where they are no longer so.
    """

    district: str
    programme: str
    references: Collection[str]
    document_number: str
    returned_on: dt.date
    people: int
    amount: int


@transaction.atomic
def return_unclaimed(*, actor: Actor, paper: UnclaimedPaper) -> UnclaimedReturn:
    """Give the money of these people back to where it came from: a movement per budget line, a row per person.

    They are kept out of batches from now on. Refused as a whole: another role or area, nobody, somebody who was paid, put into a
    batch or given back since, or whose money has not waited long enough, other sums than the page showed, a paper recorded
    before, a day in the future, a budget line that no longer has the money.
    """
    check_role(actor, may_return_unclaimed, NOT_ACCOUNTANT)
    check_area(actor, paper.district)
    _check_typed(paper)
    lines = _locked_lines(paper)
    total = sum(line.amount for line in lines)
    if (len(lines), total) != (paper.people, paper.amount):
        raise TransitionRefused(
            _("Danh sách vừa thay đổi: nay là %(people)s người, %(amount)s đồng. Hãy xem lại rồi ghi.")
            % {"people": format_dong(len(lines)), "amount": format_dong(total)}
        )
    made = UnclaimedReturn.objects.create(
        reference=next_reference("HN"),
        area_code=paper.district,
        programme_id=paper.programme,
        document_number=paper.document_number.strip(),
        returned_on=paper.returned_on,
        waited_days=waiting_days(),
        people=len(lines),
        amount=total,
        recorded_by_id=actor.pk,
        recorded_by_name=actor.full_name,
    )
    moved = {line: _move(actor, made, line, money) for line, money in _money_of(lines).items()}
    UnclaimedItem.objects.bulk_create(
        UnclaimedItem(
            unclaimed=made,
            area_code=line.area_code,
            movement=moved[line.budget_line_id],
            instruction=line,
            entitlement_id=line.entitlement_id,
            amount=line.amount,
        )
        for line in lines
    )
    change = {
        "people": format_dong(made.people),
        "amount": format_dong(total),
        "number": made.document_number,
    }
    record_event("unclaimed.returned", made, actor=actor, change=change)
    return made


@transaction.atomic
def reopen_unclaimed(*, actor: Actor, item: UnclaimedItem, reason: str) -> UnclaimedItem:
    """Let somebody whose money went back be paid after all; new money has to be allotted before a batch takes them.

    Refused: another role or area, somebody reopened already, no reason.
    """
    check_role(actor, may_return_unclaimed, NOT_ACCOUNTANT)
    check_area(actor, item.area_code)
    current = UnclaimedItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    said = reason.strip()
    if current.reopened_on is not None:
        raise TransitionRefused(_("Người này đã được mở lại."))
    if not said:
        raise TransitionRefused(_("Lý do: hãy ghi vì sao mở lại, ví dụ người nhận đã về địa phương."))
    check_no_number(said)
    current.reopened_on, current.reopened_reason = clock.today(), said[:500]
    current.reopened_by_id, current.reopened_by_name = actor.pk, actor.full_name
    current.save(update_fields=["reopened_on", "reopened_reason", "reopened_by_id", "reopened_by_name"])
    record_event(
        "unclaimed.reopened",
        current.unclaimed,
        actor=actor,
        reason=said,
        change={"case": current.instruction.case_reference},
    )
    return current


def _check_typed(paper: UnclaimedPaper) -> None:
    if not paper.references:
        raise TransitionRefused(_("Hãy chọn ít nhất một người."))
    number = paper.document_number.strip()
    if not number:
        raise TransitionRefused(_("Số văn bản: hãy ghi số của văn bản hoàn trả."))
    check_past(paper.returned_on, _("Ngày văn bản"))
    if UnclaimedReturn.objects.filter(area_code=paper.district, document_number=number).exists():
        raise TransitionRefused(_("Văn bản %(number)s đã được ghi cho huyện này.") % {"number": number})


def _locked_lines(paper: UnclaimedPaper) -> list[PaymentInstruction]:
    """The lines of these people, who can be put into no batch meanwhile: a build locks the same entitlements first."""
    asked = set(paper.references)
    named = PaymentInstruction.objects.in_area(paper.district).filter(reference__in=asked)
    owed = Entitlement.objects.filter(pk__in=named.values("entitlement")).order_by("pk")
    list(owed.select_for_update(of=("self",)).values_list("pk", flat=True))
    rows = unclaimed_of(paper.district, clock.today()).filter(
        reference__in=asked, batch__programme=paper.programme
    )
    lines = list(rows.order_by("pk"))
    missing = sorted(asked - {line.reference for line in lines})
    if missing:
        raise TransitionRefused(
            _(
                "%(ref)s không còn trong danh sách: người này đã được chi, đã vào đợt chi khác, đã hoàn trả, "
                "hoặc chưa đủ %(days)d ngày. Hãy bỏ chọn."
            )
            % {"ref": missing[0], "days": waiting_days()}
        )
    return lines


def _money_of(lines: list[PaymentInstruction]) -> dict[int, int]:
    sums: dict[int, int] = defaultdict(int)
    for line in lines:
        sums[line.budget_line_id] += line.amount
    return dict(sorted(sums.items()))


def _move(actor: Actor, made: UnclaimedReturn, line: int, money: int) -> BudgetMovement:
    """Take the money off one budget line, locked; the ledger follows by itself."""
    budget = BudgetLine.objects.select_for_update(of=("self",), no_key=True).get(pk=line)
    if budget.available < money:
        raise TransitionRefused(
            _(
                "Dòng kinh phí %(line)s chỉ còn %(left)s đồng, không đủ hoàn trả %(money)s đồng. "
                "Hãy xem sổ chi tiết của dòng này."
            )
            % {
                "line": budget.reference,
                "left": format_dong(budget.available),
                "money": format_dong(money),
            }
        )
    return BudgetMovement.objects.create(
        reference=next_reference("CK"),
        area_code=budget.area_code,
        kind=MovementKind.UNCLAIMED,
        line=budget,
        amount=money,
        document_number=made.document_number,
        moved_on=made.returned_on,
        reason=_("Tiền chi chưa được quá %(days)d ngày không có người nhận (%(ref)s)")
        % {"days": made.waited_days, "ref": made.reference},
        recorded_by_id=actor.pk,
        recorded_by_name=actor.full_name,
    )
