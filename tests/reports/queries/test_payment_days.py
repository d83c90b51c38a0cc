"""Days from receipt to payment, and people who were handed goods, against plain counts."""

import datetime as dt

import pytest

from accounts.enums import Role
from disbursements.models import HandoutLine, PaymentInstruction
from disbursements.services.goods_results import HandoutResults, record_handout_results
from disbursements.services.results import Results, record_results
from reports.queries.areas import AreaChoice, area_choice
from reports.queries.payment_days import Spread, days_to_payment
from reports.queries.people import Asked, Stage, people_behind
from reports.queries.progress import Measure, progress_by_unit
from tests.factories import goods
from tests.factories.payments import payable_list, released_batch
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
FIRST, TODAY = dt.date(2021, 9, 1), dt.date(2021, 9, 27)


def choice(area: str = DISTRICT) -> AreaChoice:
    found = area_choice(user(Role.LEADER), area, TODAY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("days", "median", "ninth"),
    [
        ([], None, None),
        ([3], 3, 3),
        ([1, 2], 1, 2),
        ([1, 2, 3], 2, 3),
        (list(range(1, 11)), 5, 9),
        ([5] * 90 + [40] * 10, 5, 5),
        ([5] * 89 + [40] * 11, 5, 40),
    ],
)
def test_a_percentile_is_within_how_many_days_so_many_had_it(
    days: list[int], median: int | None, ninth: int | None
) -> None:
    spread = Spread({day: days.count(day) for day in days})
    assert (spread.people, spread.median, spread.ninth) == (len(days), median, ninth)


def test_a_payment_line_carries_the_day_of_receipt_and_days_are_counted_from_it() -> None:
    made = payable_list(4)
    batch = released_batch(made)
    lines = list(PaymentInstruction.objects.filter(batch=batch).order_by("pk"))
    assert {line.received_on for line in lines} == {dt.date(2021, 8, 20)}
    paid = Results(paid=frozenset(line.reference for line in lines[:3]))
    record_results(batch=batch, actor=made.staff.accountant, results=paid)
    found = days_to_payment(user(Role.LEADER), choice(), FIRST, TODAY)
    assert found.total.by_days == {38: 3}
    assert found.by_unit[COMMUNE].median == 38
    assert days_to_payment(user(Role.LEADER), choice(), FIRST, TODAY, ("HO_KD",)).total.people == 0
    assert days_to_payment(user(Role.LEADER), choice(), FIRST, dt.date(2021, 9, 26)).total.people == 0
    outsider = user(Role.LEADER, area=OUTSIDE_DISTRICT)
    assert days_to_payment(outsider, choice(), FIRST, TODAY).total.people == 0


def test_who_was_handed_rice_was_paid_and_costs_no_dong() -> None:
    made = goods.rice_list(3)
    handout = goods.started_handout(made)
    lines = HandoutLine.objects.filter(handout=handout).order_by("pk")
    received = HandoutResults(frozenset(line.reference for line in lines[:2]))
    record_handout_results(actor=made.staff.accountant, handout=handout, results=received)
    leader = user(Role.LEADER)
    [row] = [row for row in progress_by_unit(leader, choice(), FIRST, TODAY) if row.parts]
    total = row.total.cumulative
    assert (total.approved, total.paid) == (Measure(3, 0), Measure(2, 0))
    assert total.remaining == Measure(1, 0)
    asked = Asked(DISTRICT, None, TODAY)
    assert people_behind(leader, Stage.PAID, asked).count() == 2
    assert people_behind(leader, Stage.REMAINING, asked).count() == 1
    assert people_behind(leader, Stage.REMAINING, Asked(DISTRICT, None, dt.date(2021, 9, 26))).count() == 3
