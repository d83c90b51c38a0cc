"""Money that nobody took goes back to the budget, person by person, once; who turns up is reopened with a reason."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.enums import Role
from core.models import Event
from core.transitions import TransitionRefused
from disbursements.models import (
    BudgetMovement,
    LedgerPosting,
    PaymentInstruction,
    UnclaimedItem,
    UnclaimedReturn,
)
from disbursements.queries.unclaimed import (
    money_went_back,
    unclaimed_groups,
    unclaimed_lines,
    unclaimed_of,
)
from disbursements.services.results import record_all_paid_except
from disbursements.services.unclaimed import UnclaimedPaper, reopen_unclaimed, return_unclaimed
from support_programs.models import Entitlement
from tests.factories import payments as make
from tests.factories.department import department_list
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def business_day(settings: Any) -> Callable[[dt.date], None]:
    return lambda day: setattr(settings, "BUSINESS_DATE", day)


PAID_ON = dt.date(2021, 9, 27)
LATER = PAID_ON + dt.timedelta(days=90)


@pytest.fixture
def waiting(business_day: Callable[[dt.date], None]) -> tuple[make.ApprovedList, list[PaymentInstruction]]:
    """Three people, two of whom were absent, ninety days later."""
    business_day(PAID_ON)
    made = make.payable_list(3)
    batch = make.released_batch(made)
    lines = list(PaymentInstruction.objects.filter(batch=batch).order_by("position"))
    absent = {line.reference: "Vắng mặt khi chi trả" for line in lines[:2]}
    record_all_paid_except(actor=made.staff.accountant, batch=batch, exceptions=absent)
    business_day(LATER)
    return made, lines


def paper(lines: list[PaymentInstruction], **other: Any) -> UnclaimedPaper:
    given = {
        "district": DISTRICT,
        "programme": make.PROGRAMME,
        "references": [line.reference for line in lines],
        "document_number": "77/TLĐTBXH",
        "returned_on": LATER,
        "people": len(lines),
        "amount": sum(line.amount for line in lines),
    }
    return UnclaimedPaper(**{**given, **other})


def test_only_what_waited_long_enough_is_offered(
    waiting: Any, business_day: Callable[[dt.date], None]
) -> None:
    _made, lines = waiting
    (group,) = unclaimed_groups("89", LATER)
    assert (group.district, group.programme, group.people, group.amount, group.oldest) == (
        DISTRICT,
        make.PROGRAMME,
        2,
        3_000_000,
        PAID_ON,
    )
    assert not unclaimed_lines("89", LATER - dt.timedelta(days=1)).exists()
    assert {line.pk for line in unclaimed_lines(DISTRICT, LATER)} == {line.pk for line in lines[:2]}
    assert not unclaimed_lines(OUTSIDE_DISTRICT, LATER).exists()


def test_it_goes_back_with_names_and_the_people_stay_out_of_batches(waiting: Any) -> None:
    made, lines = waiting
    me = made.staff.accountant
    done = return_unclaimed(actor=me, paper=paper(lines[:2]))
    assert (done.people, done.amount, done.waited_days, done.items.count()) == (2, 3_000_000, 90, 2)
    movement = BudgetMovement.objects.get(kind="unclaimed")
    assert (movement.amount, movement.document_number, movement.moved_on) == (3_000_000, "77/TLĐTBXH", LATER)
    legs = LedgerPosting.objects.filter(object_ref=movement.reference)
    assert {row.account: row.amount for row in legs} == {"available": -3_000_000, "source": 3_000_000}
    line = movement.line
    assert (line.available, line.paid) == (0, 1_500_000)
    gone = Entitlement.objects.filter(money_went_back())
    assert {row.reference for row in gone} == {line.case_reference for line in lines[:2]}
    assert not unclaimed_lines("89", LATER).exists()
    assert Event.objects.get(action="unclaimed.returned").change == {
        "people": "2",
        "amount": "3.000.000",
        "number": "77/TLĐTBXH",
    }


def test_who_turns_up_is_reopened_and_needs_new_money(waiting: Any) -> None:
    made, lines = waiting
    me = made.staff.accountant
    item = return_unclaimed(actor=me, paper=paper(lines[:2])).items.get(instruction=lines[0])
    make.allocation(made, amount=1_500_000, on="2021-12-01")
    with pytest.raises(IntegrityError, match="money of a payee went back"):
        make.bare_line(make.bare_batch(user(Role.ACCOUNTANT)), item.entitlement, attempt=2)


def test_reopening(waiting: Any) -> None:
    made, lines = waiting
    me = made.staff.accountant
    item = return_unclaimed(actor=me, paper=paper(lines[:2])).items.get(instruction=lines[0])
    with pytest.raises(TransitionRefused, match="vì sao mở lại"):
        reopen_unclaimed(actor=me, item=item, reason=" ")
    with pytest.raises(PermissionDenied):
        reopen_unclaimed(actor=user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT), item=item, reason="Đã về")
    reopen_unclaimed(actor=me, item=item, reason="Đã về địa phương")
    assert not Entitlement.objects.filter(money_went_back(), pk=item.entitlement_id).exists()
    with pytest.raises(TransitionRefused, match="đã được mở lại"):
        reopen_unclaimed(actor=me, item=item, reason="Lần nữa")
    # what went back once doesn't go back again
    assert not unclaimed_lines("89", LATER).exists()


class TestRefused:
    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"references": [], "people": 0, "amount": 0}, "ít nhất một người"),
            ({"document_number": " "}, "Số văn bản"),
            ({"returned_on": LATER + dt.timedelta(days=1)}, "sau ngày làm việc"),
            ({"people": 3}, "nay là 2 người, 3.000.000 đồng"),
            ({"amount": 1}, "nay là 2 người, 3.000.000 đồng"),
            ({"programme": "KHONG_CO"}, "không còn trong danh sách"),
        ],
    )
    def test_as_a_whole(self, waiting: Any, change: dict[str, Any], sentence: str) -> None:
        made, lines = waiting
        with pytest.raises(TransitionRefused, match=sentence):
            return_unclaimed(actor=made.staff.accountant, paper=paper(lines[:2], **change))
        assert not UnclaimedReturn.objects.exists()
        assert not UnclaimedItem.objects.exists()

    def test_somebody_who_was_paid(self, waiting: Any) -> None:
        made, lines = waiting
        with pytest.raises(TransitionRefused, match=f"{lines[2].reference} không còn trong danh sách"):
            return_unclaimed(actor=made.staff.accountant, paper=paper(lines))
        assert not BudgetMovement.objects.exists()

    def test_who_is_in_a_batch_again(self, waiting: Any) -> None:
        made, lines = waiting
        make.prepared_batch(made)
        with pytest.raises(TransitionRefused, match="không còn trong danh sách"):
            return_unclaimed(actor=made.staff.accountant, paper=paper(lines[:2]))

    def test_the_same_paper_twice(self, waiting: Any) -> None:
        made, lines = waiting
        return_unclaimed(actor=made.staff.accountant, paper=paper(lines[:1]))
        with pytest.raises(TransitionRefused, match="77/TLĐTBXH đã được ghi"):
            return_unclaimed(actor=made.staff.accountant, paper=paper(lines[1:2]))

    def test_somebody_else(self, waiting: Any) -> None:
        _made, lines = waiting
        for actor in (user(Role.DISTRICT_HEAD), user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT)):
            with pytest.raises(PermissionDenied):
                return_unclaimed(actor=actor, paper=paper(lines[:2]))

    def test_a_line_whose_money_was_given_to_others(self, waiting: Any) -> None:
        made, lines = waiting
        line = lines[0].budget_line
        BudgetMovement.objects.create(
            reference="CK-2021-90000001",
            area_code=DISTRICT,
            kind="return",
            line=line,
            amount=2_000_000,
            document_number="1/STC",
            moved_on=LATER,
            reason="Hoàn trả",
            recorded_by_id=1,
            recorded_by_name="x",
        )
        with pytest.raises(TransitionRefused, match=f"{line.reference} chỉ còn 1.000.000 đồng"):
            return_unclaimed(actor=made.staff.accountant, paper=paper(lines[:2]))


def test_a_cancelled_try_hides_nobody(waiting: Any) -> None:
    from disbursements.services.batches import cancel_batch

    made, _lines = waiting
    again = make.prepared_batch(made)
    cancel_batch(actor=made.staff.accountant, batch=again, reason="Nhầm")
    assert unclaimed_lines(DISTRICT, LATER).count() == 2


def test_the_department_gives_back_for_its_own_people_alone(business_day: Callable[[dt.date], None]) -> None:
    business_day(PAID_ON)
    staff = make.Staff(accountant=user(Role.ACCOUNTANT, area="89"))
    lines: dict[str, PaymentInstruction] = {}
    of_district = make.payable_list(1, staff=staff)
    for made, area in ((of_district, DISTRICT), (department_list(1, staff=staff), "89")):
        batch = make.released_batch(made, area=area)
        lines[area] = PaymentInstruction.objects.get(batch=batch)
        record_all_paid_except(
            actor=staff.accountant, batch=batch, exceptions={lines[area].reference: "Vắng mặt khi chi trả"}
        )
    business_day(LATER)
    assert {group.district: group.people for group in unclaimed_groups("89", LATER)} == {"89": 1, DISTRICT: 1}
    assert [line.area_code for line in unclaimed_of("89", LATER)] == ["89"]
    with pytest.raises(TransitionRefused, match=f"{lines[DISTRICT].reference} không còn trong danh sách"):
        return_unclaimed(actor=staff.accountant, paper=paper(list(lines.values()), district="89"))
    done = return_unclaimed(actor=staff.accountant, paper=paper([lines["89"]], district="89"))
    assert (done.area_code, done.people) == ("89", 1)
