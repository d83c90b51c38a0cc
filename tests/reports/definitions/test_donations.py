"""Donations by donor, the register, and what became of the donors' money."""

import datetime as dt

import pytest

from accounts.enums import Role
from accounts.models import User
from disbursements.enums import DonorKind
from disbursements.models import FundingSource
from disbursements.services.goods_donations import DonationPaper, correct_donation, record_donation
from disbursements.services.results import record_all_paid_except
from tests.factories import payments as make
from tests.factories.goods import rice, store
from tests.factories.people import OUTSIDE_DISTRICT, PROVINCE, user
from tests.reports.definitions.reading import body_of, line_of, rows_of, total_of

pytestmark = pytest.mark.django_db
AUGUST, SEPTEMBER = dt.date(2021, 8, 20), dt.date(2021, 9, 20)
COMPANY = "Công ty Lương thực A"


@pytest.fixture
def staff() -> make.Staff:
    return make.Staff()


@pytest.fixture(autouse=True)
def _given(staff: make.Staff) -> None:
    into, me = store(staff), staff.accountant
    for paper in (
        DonationPaper(COMPANY, DonorKind.ORGANISATION, "1/PT", AUGUST, amount=5_000_000),
        DonationPaper(COMPANY, DonorKind.ORGANISATION, "2/PT", SEPTEMBER, amount=2_000_000),
        DonationPaper(COMPANY, DonorKind.ORGANISATION, "3/PT", SEPTEMBER, 9_000_000, rice(), 600, into),
        DonationPaper("Nguyễn Văn B", DonorKind.PERSON, "4/PT", SEPTEMBER, amount=500_000),
    ):
        record_donation(actor=me, paper=paper)
    wrong = record_donation(
        actor=me,
        paper=DonationPaper("Nguyễn Văn C", DonorKind.PERSON, "5/PT", SEPTEMBER, amount=7_000_000),
    )
    correct_donation(actor=me, donation=wrong, reason="Ghi trùng phiếu")


@pytest.fixture
def leader() -> User:
    return user(Role.LEADER, area=PROVINCE)


def test_each_donor_in_the_period_and_to_date(leader: User) -> None:
    body = body_of("donations", leader)
    company = line_of(body, COMPANY, "Tổ chức, doanh nghiệp")
    assert {key: value for key, value in company.items() if key != "label"} == {
        "period_gifts": 2,
        "period_cash": 2_000_000,
        "period_goods_value": 9_000_000,
        "gifts": 3,
        "cash": 7_000_000,
        "goods_value": 9_000_000,
        "rice": 600,
    }
    assert total_of(body, "cash") == 7_500_000


def test_the_register_holds_what_stands(leader: User) -> None:
    rows = rows_of(body_of("donation_register", leader))
    assert [(row["receipt"], row["cash"], row["quantity"], row["goods_value"]) for row in rows] == [
        ("2/PT", 2_000_000, None, None),
        ("3/PT", None, 600, 9_000_000),
        ("4/PT", 500_000, None, None),
    ]


def test_what_became_of_the_money_is_in_the_ledger(leader: User, staff: make.Staff) -> None:
    source = FundingSource.objects.get(name=COMPANY)
    made = make.approved_list(2, staff=staff)
    line = make.budget_line(made, source.code)
    make._allocate(line, staff.accountant.pk, 3_000_000)
    batch = make.released_batch(made)
    record_all_paid_except(actor=staff.accountant, batch=batch, exceptions={})
    found = line_of(body_of("donation_use", leader), COMPANY)
    assert (found["donated"], found["allotted"], found["not_allotted"]) == (7_000_000, 3_000_000, 4_000_000)
    line.refresh_from_db()
    assert (found["paid_amount"], found["paid_people"], found["left"]) == (line.paid, 2, line.available)
    assert line.paid == 3_000_000


def test_an_outsider_sees_no_donor() -> None:
    outsider = user(Role.LEADER, area=OUTSIDE_DISTRICT)
    assert body_of("donations", outsider).sections == ()
    assert rows_of(body_of("donation_register", outsider)) == []
