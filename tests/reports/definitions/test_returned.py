"""Money that came back, and what of it went to the budget: by reason and age, and person by person."""

import datetime as dt
from typing import Any

import pytest

from accounts.enums import Role
from accounts.models import User
from disbursements.models import LedgerPosting, PaymentInstruction
from disbursements.services.results import record_all_paid_except
from disbursements.services.unclaimed import UnclaimedPaper, return_unclaimed
from tests.factories import payments as make
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, PROVINCE, user
from tests.reports.definitions.reading import body_of, line_of, params_for, rows_of, total_of

pytestmark = pytest.mark.django_db
PAID_ON = dt.date(2021, 9, 27)
LATER = PAID_ON + dt.timedelta(days=90)
ABSENT, MOVED = "Vắng mặt khi chi trả", "Đã chuyển đi nơi khác"


@pytest.fixture(autouse=True)
def _ninety_days_later(settings: Any) -> None:
    """Of four people one was paid, one moved away, two were absent; the money of one of the absent went back to the budget."""
    settings.BUSINESS_DATE = PAID_ON
    made = make.payable_list(4)
    batch = make.released_batch(made)
    lines = list(PaymentInstruction.objects.filter(batch=batch).order_by("position"))
    unpaid = {lines[0].reference: ABSENT, lines[1].reference: ABSENT, lines[2].reference: MOVED}
    record_all_paid_except(actor=made.staff.accountant, batch=batch, exceptions=unpaid)
    settings.BUSINESS_DATE = LATER
    return_unclaimed(
        actor=made.staff.accountant,
        paper=UnclaimedPaper(
            district=DISTRICT,
            programme=make.PROGRAMME,
            references=[lines[0].reference],
            document_number="77/TLĐTBXH",
            returned_on=LATER,
            people=1,
            amount=lines[0].amount,
        ),
    )


@pytest.fixture
def leader() -> User:
    return user(Role.LEADER, area=PROVINCE)


def test_by_reason_and_age(leader: User) -> None:
    body = body_of("returned", leader, params_for(leader, last=LATER))
    absent, moved = line_of(body, ABSENT, "Huyện Phú Tân"), line_of(body, MOVED)
    assert (absent["all_people"], absent["all_amount"]) == (2, 3_000_000)
    assert (absent["quarter_people"], absent["old_people"]) == (2, 0)
    assert (absent["gone_people"], absent["gone_amount"]) == (1, 1_500_000)
    assert (moved["all_people"], moved["gone_people"]) == (1, 0)
    assert len(body.sections) == 11
    assert body.charts[0].summary == f"Nhiều nhất: {ABSENT}, 2 trong 3 người."
    # ten days after the payment they were younger, a day before it there was nobody
    young = body_of("returned", leader, params_for(leader, last=PAID_ON + dt.timedelta(days=10)))
    assert (total_of(young, "month_people"), total_of(young, "all_people")) == (3, 3)
    none = body_of("returned", leader, params_for(leader, last=PAID_ON - dt.timedelta(days=1)))
    assert total_of(none, "all_people") == 0


def test_person_by_person(leader: User) -> None:
    rows = rows_of(body_of("returned_people", leader, params_for(leader, last=LATER)))
    assert [(row["reason"], row["state"], row["days"]) for row in rows] == [
        (ABSENT, "Tiền đã hoàn trả ngân sách", 90),
        (ABSENT, "Chờ chi lại", 90),
        (MOVED, "Chờ chi lại", 90),
    ]
    assert all(str(row["number"]).startswith("••• ••• ••• ") for row in rows)
    assert sum(int(str(row["amount"])) for row in rows) == 4_500_000


def test_nobody_who_was_sick_is_named(leader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.definitions.returned.TOTALS_ONLY", frozenset({make.PROGRAMME}))
    row = rows_of(body_of("returned_people", leader, params_for(leader, last=LATER)))[0]
    assert row["name"] == "(Không ghi tên: người nhiễm, người cách ly)"
    assert (row["birth"], row["number"], row["hamlet"], row["amount"]) == ("", "", "", 1_500_000)


def test_papers_that_gave_money_back_tie_to_the_ledger(leader: User) -> None:
    body = body_of("unclaimed", leader, params_for(leader, first=LATER, last=LATER))
    (line,) = body.sections[0].lines
    assert str(line["label"]).startswith("77/TLĐTBXH ngày 26/12/2021")
    assert (body.sections[0].label, line["people"], line["waited"]) == ("Huyện Phú Tân", 1, "90")
    given_back = LedgerPosting.objects.filter(kind="unclaimed", account="source")
    assert line["amount"] == sum(row.amount for row in given_back)
    assert body_of("unclaimed", leader, params_for(leader, last=PAID_ON)).sections == ()


def test_an_outsider_sees_nobody() -> None:
    outsider = user(Role.LEADER, area=OUTSIDE_DISTRICT)
    params = params_for(outsider, first=PAID_ON, last=LATER)
    assert total_of(body_of("returned", outsider, params), "all_people") == 0
    assert rows_of(body_of("returned_people", outsider, params)) == []
    assert body_of("unclaimed", outsider, params).sections == ()
