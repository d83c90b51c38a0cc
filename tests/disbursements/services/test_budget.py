"""Papers that move allotted money: to another line, back to the budget, a wrong record taken back; new sources (I10, I16)."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.enums import Role
from core.models import Event
from core.transitions import TransitionRefused
from disbursements.enums import FundingKind
from disbursements.models import Allocation, BudgetLine, BudgetMovement, FundingSource, LedgerPosting
from disbursements.queries.ledger import line_money
from disbursements.queries.ledger_check import first_difference
from disbursements.services.allocations import AllocationPaper, record_allocation
from disbursements.services.batches import cancel_batch
from disbursements.services.budget import (
    add_source,
    correct_allocation,
    return_money,
    transfer_money,
)
from disbursements.services.budget_checks import MovementPaper, NewLine
from support_programs.models import CaseList
from tests.factories.payments import (
    AMOUNT,
    ApprovedList,
    approved_list,
    budget_line,
    payable_list,
    prepared_batch,
)
from tests.factories.people import DISTRICT, OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
DAY = dt.date(2021, 9, 27)
MOVE = """
INSERT INTO disbursements_budgetmovement (reference, area_code, kind, line_id, allocation_id, amount, document_number, moved_on,
                                          reason, recorded_by_id, recorded_by_name, created_at)
SELECT 'CK-2021-99999991', area_code, {}, '1/QĐ', '2021-09-27', 'x', 1, 'x', now() FROM {}
"""
REFUSED_SQL = [
    (
        MOVE.format("'return', id, NULL, available + 1", "disbursements_budgetline"),
        "budget_line_not_exceeded",
    ),
    (
        MOVE.format("'correction', line_id, id, amount - 1", "disbursements_allocation"),
        "does not take its allocation back",
    ),
    ("UPDATE disbursements_budgetline SET available = available + 1", "permission denied"),
    ("UPDATE disbursements_allocation SET amount = amount + 1", "a correction is a new row"),
    ("UPDATE disbursements_ledgerposting SET amount = 0", "permission denied"),
    ("INSERT INTO disbursements_ledgerposting (entry) VALUES (1)", "permission denied"),
]


def paper(
    amount: int = 0, number: str = "12/QĐ-UBND", on: dt.date = DAY, reason: str = "Thừa"
) -> MovementPaper:
    return MovementPaper(number, on, reason, amount)


def left(*lines: BudgetLine) -> list[int]:
    money = line_money(lines)
    return [money[line.pk].left for line in lines]


def refused(sentence: str) -> Any:
    return pytest.raises(TransitionRefused, match=sentence)


@pytest.fixture(autouse=True)
def _whole(db: None) -> Any:
    yield
    difference = first_difference()
    assert difference is None, difference.sentence


@pytest.fixture
def made() -> ApprovedList:
    """Three people whose money has arrived."""
    return payable_list(3)


class TestTransfer:
    def test_money_moves_and_both_lines_say_so(self, made: ApprovedList) -> None:
        line, other = budget_line(made), budget_line(made, source="HUYEN")
        moved = transfer_money(actor=made.staff.accountant, line=line, to=other, paper=paper(2 * AMOUNT))
        assert left(line, other) == [AMOUNT, 2 * AMOUNT]
        event = Event.objects.get(object_ref=moved.reference)
        assert (event.action, event.reason) == ("budget.transferred", "Thừa")
        assert event.change["sum"] == "3.000.000"
        legs = LedgerPosting.objects.filter(object_ref=moved.reference).order_by("amount")
        assert list(legs.values_list("budget_line", "account", "amount")) == [
            (line.pk, "available", -2 * AMOUNT),
            (other.pk, "available", 2 * AMOUNT),
        ]

    def test_what_a_batch_holds_stays(self, made: ApprovedList) -> None:
        batch = prepared_batch(made)
        line, other = budget_line(made), budget_line(made, source="HUYEN")
        sentence = f"Dòng {line.reference} chỉ còn 0 đồng chưa đưa vào đợt chi, không đủ 1.500.000 đồng"
        with refused(sentence):
            transfer_money(actor=made.staff.accountant, line=line, to=other, paper=paper(AMOUNT))
        cancel_batch(actor=made.staff.accountant, batch=batch, reason="Lập lại")
        transfer_money(actor=made.staff.accountant, line=line, to=other, paper=paper(AMOUNT))
        assert left(line, other) == [2 * AMOUNT, AMOUNT]

    def test_a_line_takes_no_more_than_its_decision_has_for_the_district(self, made: ApprovedList) -> None:
        poor = payable_list(2, staff=made.staff)
        with refused("chỉ còn được phân bổ 0 đồng"):
            transfer_money(
                actor=made.staff.accountant, line=budget_line(made), to=budget_line(poor), paper=paper(AMOUNT)
            )

    def test_between_districts_the_department_does_it(self, made: ApprovedList) -> None:
        far = approved_list(2, staff=made.staff, area=OUTSIDE_COMMUNE, decision=made.decision)
        line, to = budget_line(made), NewLine(made.decision.pk, OUTSIDE_DISTRICT)
        with pytest.raises(PermissionDenied):
            transfer_money(actor=made.staff.accountant, line=line, to=to, paper=paper(AMOUNT))
        assert not BudgetLine.objects.filter(area_code=OUTSIDE_DISTRICT).exists()
        department = user(Role.ACCOUNTANT, area="89")
        moved = transfer_money(actor=department, line=line, to=to, paper=paper(AMOUNT))
        assert moved.to_line is not None
        assert (moved.to_line.area_code, moved.to_line.source_id) == (OUTSIDE_DISTRICT, line.source_id)
        assert left(line, moved.to_line) == [2 * AMOUNT, AMOUNT]
        assert budget_line(far) == moved.to_line

    def test_another_programme_and_the_same_line_are_refused(self, made: ApprovedList) -> None:
        line = budget_line(made)
        with refused("một dòng kinh phí khác"):
            transfer_money(actor=made.staff.accountant, line=line, to=line, paper=paper(AMOUNT))
        with refused("không có người được duyệt"):
            transfer_money(
                actor=user(Role.ACCOUNTANT, area="89"),
                line=line,
                to=NewLine(made.decision.pk, OUTSIDE_DISTRICT),
                paper=paper(AMOUNT),
            )
        assert not BudgetMovement.objects.exists()

    def test_the_same_paper_is_recorded_once(self, made: ApprovedList) -> None:
        line, other = budget_line(made), budget_line(made, source="HUYEN")
        transfer_money(actor=made.staff.accountant, line=line, to=other, paper=paper(AMOUNT))
        with refused("Văn bản 12/QĐ-UBND đã được ghi cho dòng này"):
            transfer_money(actor=made.staff.accountant, line=line, to=other, paper=paper(AMOUNT))
        assert BudgetMovement.objects.count() == 1


class TestReturn:
    def test_money_goes_back_and_may_be_allotted_again(self, made: ApprovedList) -> None:
        line = budget_line(made)
        return_money(actor=made.staff.accountant, line=line, paper=paper(AMOUNT))
        assert left(line) == [2 * AMOUNT]
        with refused(r"còn được phân bổ 1\.500\.000 đồng"):
            record_allocation(
                actor=made.staff.accountant,
                decision_id=made.decision.pk,
                paper=AllocationPaper(DISTRICT, "TINH", "9/TB", DAY, AMOUNT + 1),
            )
        record_allocation(
            actor=made.staff.accountant,
            decision_id=made.decision.pk,
            paper=AllocationPaper(DISTRICT, "TINH", "9/TB", DAY, AMOUNT),
        )
        assert left(line) == [3 * AMOUNT]

    @pytest.mark.parametrize(
        ("bad", "sentence"),
        [
            (paper(0), "lớn hơn 0"),
            (paper(-5), "lớn hơn 0"),
            (paper(AMOUNT, number=" "), "số văn bản và lý do"),
            (paper(AMOUNT, reason=" "), "số văn bản và lý do"),
            (paper(AMOUNT, on=dt.date(2100, 1, 1)), "sau ngày làm việc"),
            (paper(AMOUNT, on=dt.date(2021, 9, 23)), r"trước ngày tiền được phân bổ .*24/09/2021"),
            (paper(AMOUNT, reason="Số CCCD 089193000412"), "Đừng ghi số CCCD"),
            (paper(3 * AMOUNT + 1), "không đủ 4.500.001 đồng"),
        ],
    )
    def test_what_is_typed_wrong_is_refused_and_nothing_changes(
        self, made: ApprovedList, bad: MovementPaper, sentence: str
    ) -> None:
        with refused(sentence):
            return_money(actor=made.staff.accountant, line=budget_line(made), paper=bad)
        assert not BudgetMovement.objects.exists()

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.ACCOUNTANT])
    def test_only_accountants_do_it(self, made: ApprovedList, role: Role) -> None:
        with pytest.raises(PermissionDenied):
            return_money(actor=user(role), line=budget_line(made), paper=paper(AMOUNT))

    def test_nobody_does_it_for_another_district(self, made: ApprovedList) -> None:
        with pytest.raises(PermissionDenied):
            return_money(
                actor=user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT),
                line=budget_line(made),
                paper=paper(AMOUNT),
            )


class TestCorrection:
    def test_a_wrong_record_goes_whole_and_the_paper_can_be_recorded_again(self) -> None:
        made = approved_list(3)
        actor = made.staff.accountant
        wrong = AllocationPaper(DISTRICT, "TINH", "77/TB-STC", DAY, 2 * AMOUNT)
        first = record_allocation(actor=actor, decision_id=made.decision.pk, paper=wrong)
        due = CaseList.objects.get(pk=made.case_list.pk).due_on
        assert due is not None
        with refused("đã được ghi cho huyện này"):
            record_allocation(actor=actor, decision_id=made.decision.pk, paper=wrong)
        correct_allocation(actor=actor, allocation=first, paper=paper())
        assert left(first.line) == [0]
        right = AllocationPaper(DISTRICT, "TINH", "77/TB-STC", DAY, 3 * AMOUNT)
        second = record_allocation(actor=actor, decision_id=made.decision.pk, paper=right)
        assert left(second.line) == [3 * AMOUNT]
        # the days of the payment step run on from the first record
        assert CaseList.objects.get(pk=made.case_list.pk).due_on == due

    def test_not_twice_and_not_when_a_part_is_in_a_batch(self, made: ApprovedList) -> None:
        actor, first = made.staff.accountant, Allocation.objects.get()
        batch = prepared_batch(made)
        with refused("chỉ còn 0 đồng chưa đưa vào đợt chi"):
            correct_allocation(actor=actor, allocation=first, paper=paper())
        cancel_batch(actor=actor, batch=batch, reason="Lập lại")
        correct_allocation(actor=actor, allocation=first, paper=paper())
        with refused(f"{first.reference} đã được hủy ghi nhận"):
            correct_allocation(actor=actor, allocation=first, paper=paper(number="13/QĐ"))


class TestAllocation:
    def test_one_paper_feeds_two_lines_each_once(self) -> None:
        made = approved_list(3)
        for source in ("TINH", "HUYEN"):
            record_allocation(
                actor=made.staff.accountant,
                decision_id=made.decision.pk,
                paper=AllocationPaper(DISTRICT, source, "5/TB", DAY, AMOUNT),
            )
        first = Allocation.objects.order_by("pk")[0]
        first.pk, first.reference, first.amount = None, "PB-2021-99999990", 1
        with pytest.raises(IntegrityError, match="allocation_paper_once"), transaction.atomic():
            first.save(force_insert=True)

    def test_money_of_a_group_needs_people_of_the_group(self) -> None:
        made = approved_list(3, stream="khac")
        kept = AllocationPaper(DISTRICT, "TINH", "5/TB", DAY, AMOUNT, stream="khac")
        found = record_allocation(actor=made.staff.accountant, decision_id=made.decision.pk, paper=kept)
        assert found.line.stream == "khac"
        with refused("không có người thuộc nhóm"):
            record_allocation(
                actor=made.staff.accountant,
                decision_id=made.decision.pk,
                paper=AllocationPaper(DISTRICT, "TINH", "6/TB", DAY, AMOUNT, stream="ve_so"),
            )

    def test_the_department_has_money_of_its_own_only_for_people_of_its_own(self, made: ApprovedList) -> None:
        """A decision for districts' people gives the department's line nothing, and starts nobody's clock."""
        with refused("Hãy chọn quyết định và huyện"):
            record_allocation(
                actor=user(Role.ACCOUNTANT, area="89"),
                decision_id=made.decision.pk,
                paper=AllocationPaper("89", "TINH", "5/TB", DAY, AMOUNT),
            )
        assert CaseList.objects.get().allocated_on is None


class TestSources:
    def test_a_donor_is_named_once(self, made: ApprovedList) -> None:
        source = add_source(actor=made.staff.accountant, name="Công ty  ABC")
        assert (source.name, source.kind, source.code) == ("Công ty ABC", "donor", "TT0001")
        with refused("«Công ty ABC» đã có"):
            add_source(actor=made.staff.accountant, name="CÔNG TY ABC")
        with refused("có sẵn trong danh mục"):
            add_source(actor=made.staff.accountant, name="Ngân sách khác", kind=FundingKind.CENTRAL)
        with pytest.raises(PermissionDenied):
            add_source(actor=made.staff.approver, name="Hội X")
        assert FundingSource.objects.filter(kind="donor").count() == 1


class TestRawSql:
    """I10, I16: what the services refuse, the database refuses whoever writes."""

    @pytest.mark.parametrize(("statement", "why"), REFUSED_SQL)
    def test_is_refused(self, made: ApprovedList, statement: str, why: str) -> None:
        with pytest.raises(DatabaseError, match=why), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    def test_a_transfer_above_the_decision_is_refused(self, made: ApprovedList) -> None:
        poor = payable_list(2, staff=made.staff)
        with pytest.raises(DatabaseError, match=r"allotted .* approved"), transaction.atomic():
            BudgetMovement.objects.create(
                reference="CK-2021-99999993",
                area_code=DISTRICT,
                kind="transfer",
                line=budget_line(made),
                to_line=budget_line(poor),
                amount=AMOUNT,
                document_number="1/QĐ",
                moved_on=DAY,
                reason="x",
                recorded_by_id=1,
                recorded_by_name="x",
            )

    def test_papers_stay(self, made: ApprovedList) -> None:
        return_money(actor=made.staff.accountant, line=budget_line(made), paper=paper(AMOUNT))
        for statement in (
            "UPDATE disbursements_budgetmovement SET amount = 1",
            "DELETE FROM disbursements_budgetmovement",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
