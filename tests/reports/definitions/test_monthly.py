"""Monthly regimes: who is in the register, entitled and paid for the month, each human once."""

import datetime as dt
from typing import Any

import pytest

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Person
from disbursements.enums import LedgerAccount
from disbursements.models import LedgerPosting, PaymentInstruction
from disbursements.services.results import record_all_paid_except
from reports.definitions import DEFINITIONS
from reports.definitions.building import build_report
from support_programs.models import Case, Entitlement
from tests.factories import payments as make
from tests.factories.people import OUTSIDE_DISTRICT, PROVINCE, user
from tests.factories.registers import entry_of, resident
from tests.reports.definitions.reading import body_of, line_of, params_for, total_of

pytestmark = pytest.mark.django_db
PROGRAMME = "BTXH_THANG"
SEVERE = "Người khuyết tật nặng"
OLD = "Người từ 80 tuổi không có lương hưu, trợ cấp"


@pytest.fixture
def leader() -> User:
    return user(Role.LEADER, area=PROVINCE)


@pytest.fixture(autouse=True)
def _september(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four people entitled for September, three of them paid; three of the four and two others are in the register."""
    owed = make._entitlement

    def of_september(case: Case, *args: Any) -> Entitlement:
        Case.objects.filter(pk=case.pk).update(period="2021-09")
        entitlement = owed(case, *args)
        entitlement.period = "2021-09"
        return entitlement

    monkeypatch.setattr(make, "PROGRAMME", PROGRAMME)
    monkeypatch.setattr(make, "_entitlement", of_september)
    made = make.payable_list(4, amount=540_000)
    officer, batch = made.staff.enterer, make.released_batch(made)
    last = PaymentInstruction.objects.filter(batch=batch).order_by("position").last()
    assert last is not None
    record_all_paid_except(
        actor=made.staff.accountant, batch=batch, exceptions={last.reference: "Vắng mặt khi chi trả"}
    )
    people = [entitlement.claimant for entitlement in made.entitlements]
    for person in people[1:]:
        assert person is not None
        entry_of(person, officer)
    both = resident(born=1938)
    entry_of(both, officer)
    entry_of(both, officer, category="k5c")
    entry_of(resident(born=1939), officer, category="k5c", valid_from="20/09/2021")
    # ended before the month, and of a later one
    entry_of(resident(), officer, valid_to="31/08/2021")
    entry_of(resident(), officer, valid_from="01/10/2021")


def test_everybody_counts_once_in_their_first_group(leader: User) -> None:
    body = body_of("monthly_regimes", leader, params_for(leader, programmes=(PROGRAMME,)))
    severe, old = line_of(body, SEVERE, "Huyện Phú Tân"), line_of(body, OLD)
    # the register's order decides for who is in two groups: 80 years and older stands before the disabled
    assert (old["named"], old["entitled_people"]) == (2, 0)
    assert {key: value for key, value in severe.items() if key != "label"} == {
        "named": 3,
        "entitled_people": 3,
        "entitled_amount": 1_620_000,
        "paid_people": 2,
        "paid_amount": 1_080_000,
        "paid_named": 2,
        "unpaid_named": 1,
    }
    outside = line_of(body, "Được duyệt, không có trong sổ")
    assert (outside["named"], outside["paid_people"], outside["paid_named"]) == (0, 1, 0)
    report = build_report(DEFINITIONS["monthly_regimes"], params_for(leader, programmes=(PROGRAMME,)), leader)
    assert (report.totals["named"], report.totals["share"]) == (5, 0.4)
    assert body.charts[0].summary == "Tháng 09/2021 đã chi cho 2 trong 5 người có trong sổ."


def test_paid_money_is_the_ledgers(leader: User) -> None:
    body = body_of("monthly_regimes", leader, params_for(leader, programmes=(PROGRAMME,)))
    paid = LedgerPosting.objects.filter(account=LedgerAccount.PAID, programme=PROGRAMME)
    assert total_of(body, "paid_amount") == sum(row.amount for row in paid) == 1_620_000
    assert total_of(body, "paid_people") == sum(row.people for row in paid)


def test_another_month_has_its_own_people(leader: User) -> None:
    october = params_for(
        leader, first=dt.date(2021, 10, 1), last=dt.date(2021, 10, 15), programmes=(PROGRAMME,)
    )
    body = body_of("monthly_regimes", leader, october)
    assert (total_of(body, "named"), total_of(body, "entitled_people")) == (6, 0)


def test_joined_people_are_one(leader: User) -> None:
    first, second = (
        Person.objects.filter(birth_year=1938).first(),
        Person.objects.filter(birth_year=1939).first(),
    )
    assert first
    assert second
    Person.objects.filter(pk=second.pk).update(joined_to=first)
    body = body_of("monthly_regimes", leader, params_for(leader, programmes=(PROGRAMME,)))
    assert total_of(body, "named") == 4


def test_an_outsider_sees_nobody() -> None:
    outsider = user(Role.LEADER, area=OUTSIDE_DISTRICT)
    assert body_of("monthly_regimes", outsider).sections == ()
    administrator = user(Role.ADMINISTRATOR)
    assert body_of("monthly_regimes", administrator).sections == ()
