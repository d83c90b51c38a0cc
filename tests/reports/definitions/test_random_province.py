"""Budget, poverty, returned money and the audit log over the demo's random records, against a plain count of the rows."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import HouseholdMember, Status
from core.audit import record_event
from core.models import Event
from core.querysets import area_filter
from disbursements.models import BudgetLine, LedgerPosting
from reports.demo.acting import on_day
from reports.queries.figures import Fact, records_of
from tests.factories.people import user
from tests.reports.conftest import person
from tests.reports.definitions.reading import FIRST, TODAY, body_of, line_of, params_for, rows_of, total_of

pytestmark = pytest.mark.usefixtures("province")
PHU_TAN = "89888"
ON_LINES = ("available", "committed", "sent", "unknown", "paid")


@pytest.fixture
def taken_back(province: None) -> Iterator[None]:
    """What the test writes is gone after it: the province is everybody's."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def leader() -> User:
    return person("lanhdao")


def ledger(first: dt.date = dt.date.min, area: str = "89", last: dt.date = TODAY) -> Counter[str]:
    """Đồng by account, and «given», of the lines of an area, posting by posting."""
    lines = dict(BudgetLine.objects.values_list("pk", "area_code"))
    sums: Counter[str] = Counter()
    for row in LedgerPosting.objects.all():
        if lines[row.budget_line_id].startswith(area) and first <= row.business_date <= last:
            sums[row.account] += row.amount
            sums["given"] += row.amount if row.account in ON_LINES else 0
    return sums


@pytest.mark.parametrize("code", ["budget_sources", "budget_districts", "budget_decisions"])
@pytest.mark.parametrize(("area", "last"), [("89", TODAY), (PHU_TAN, TODAY), ("89", dt.date(2021, 9, 15))])
def test_the_budget_is_the_ledger(leader: User, code: str, area: str, last: dt.date) -> None:
    body = body_of(code, leader, params_for(leader, area, last=last))
    at_end, moved = ledger(area=area, last=last), ledger(FIRST, area, last)
    assert at_end["given"] > 0
    assert {key: total_of(body, key) for key in ("given", "given_period", "paid_period", "left")} == {
        "given": at_end["given"],
        "given_period": moved["given"],
        "paid_period": moved["paid"],
        "left": at_end["available"],
    }
    assert total_of(body, "committed_amount") == at_end["committed"]
    assert total_of(body, "sent_amount") == at_end["sent"] + at_end["unknown"]
    assert total_of(body, "paid_amount") == at_end["paid"]
    together = sum(total_of(body, f"{name}_amount") for name in ("committed", "sent", "paid"))
    assert total_of(body, "given") == together + total_of(body, "left")


def test_a_commune_has_no_budget_line(leader: User) -> None:
    commune = BudgetLine.objects.order_by("area_code").values_list("area_code", flat=True)[0] + "30280"
    assert body_of("budget_sources", leader, params_for(leader, commune)).sections == ()


def test_other_programmes_have_no_money_here(leader: User) -> None:
    body = body_of("budget_sources", leader, params_for(leader, programmes=("F0_F1",)))
    assert body.sections == ()


def test_poor_households_and_their_members(leader: User) -> None:
    def holds(row: Status | HouseholdMember) -> bool:
        return not row.is_replaced and row.valid_from <= TODAY and not (row.valid_to and row.valid_to < TODAY)

    counted: Counter[tuple[str, str, str]] = Counter()
    for status in filter(holds, Status.objects.filter(register="poor_households")):
        unit = status.area_code[:5]
        counted[unit, status.category, "households"] += 1
        for _member in filter(holds, HouseholdMember.objects.filter(household=status.household_id)):
            counted[unit, status.category, "members"] += 1
    assert counted
    body = body_of("poverty", leader)
    for unit in params_for(leader).area.units:
        line = line_of(body, unit.name)
        for kind in ("poor", "near_poor"):
            for what in ("households", "members"):
                assert line[f"{kind}_{what}_end"] == counted[unit.area_code, kind, what]
    # the entries are of the year: at its beginning there was none
    year = body_of("poverty", leader, params_for(leader, first=dt.date(2021, 1, 1)))
    assert total_of(year, "poor_households_start") == 0
    assert total_of(year, "poor_households_change") == total_of(body, "poor_households_end")
    assert [point.label for point in year.charts[0].points] == [f"{month:02d}/2021" for month in range(1, 10)]


def test_returned_money_is_what_the_overview_counts(leader: User) -> None:
    rows = list(records_of(Fact.RETURNED, leader, "89", TODAY))
    body = body_of("returned", leader)
    assert rows
    assert total_of(body, "all_people") == len(rows)
    assert total_of(body, "all_amount") == sum(row.amount for row in rows)
    ages = sum(total_of(body, f"{age}_people") for age in ("week", "month", "quarter", "old"))
    assert ages == len(rows)
    assert len(rows_of(body_of("returned_people", leader))) == len(rows)


class TestAudit:
    def test_every_line_counts_once(self) -> None:
        auditor = person("thanhtra")
        events = [
            event
            for event in Event.objects.filter(area_filter("89"))
            if FIRST <= event.business_date <= TODAY
        ]
        people = body_of("audit_people", auditor)
        assert total_of(people, "events") == len(events)
        names = dict(User.objects.values_list("pk", "username"))
        by_person = Counter(names.get(event.actor_id or 0, "") for event in events)
        for line in people.sections[0].lines:
            if line["username"]:
                assert line["events"] == by_person[str(line["username"])]
        assert total_of(body_of("audit_actions", auditor), "events") == len(events)
        lines = rows_of(body_of("audit_events", auditor))
        assert len(lines) == len(events)

    def test_who_saw_and_who_was_refused(self, taken_back: None) -> None:
        auditor, officer = person("thanhtra"), person("cv888a")
        with on_day(TODAY):
            record_event("person.number_revealed", officer, actor=officer)
            record_event("returned.exported", officer, actor=officer, change={"rows": "3"})
            record_event("access.denied", officer, actor=officer, change={"path": "/x/", "status": 403})
            record_event("access.denied", officer, actor=officer, change={"path": "/y/", "status": 404})
        line = line_of(body_of("audit_people", auditor), officer.full_name)
        assert [line[key] for key in ("reveals", "exports", "forbidden", "outside")] == [1, 1, 1, 1]
        assert len(rows_of(body_of("audit_personal_data", auditor))) == 2
        refused = rows_of(body_of("audit_denials", auditor))
        assert [row["action"] for row in refused] == [
            "Bị từ chối: không có quyền",
            "Bị từ chối: ngoài địa bàn hoặc không có",
        ]

    def test_an_auditor_of_a_district_reads_their_district(self, taken_back: None) -> None:
        auditor = user(Role.AUDITOR, area=PHU_TAN)
        events = Event.objects.filter(
            area_filter(PHU_TAN), business_date__gte=FIRST, business_date__lte=TODAY
        )
        assert total_of(body_of("audit_people", auditor), "events") == events.count() > 0
