"""Figures against a plain count over the same random records."""

import datetime as dt
from collections import defaultdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disbursements.models import PaymentInstruction
from reports.queries.areas import AreaChoice, area_choice
from reports.queries.overview import BEGINNING, late_lists, overview, returned_instructions
from reports.queries.people import Stage, people_behind, person_lines
from reports.queries.progress import Measure, progress_by_unit
from support_programs.models import Case, CaseList, Entitlement
from tests.reports.conftest import person

pytestmark = pytest.mark.usefixtures("province")
TODAY = dt.date(2021, 9, 27)
PERIODS = [
    (BEGINNING, TODAY),
    (dt.date(2021, 9, 13), dt.date(2021, 9, 19)),
    (dt.date(2021, 9, 21), dt.date(2021, 9, 21)),
]


def choice_of(username: str, area: str = "") -> AreaChoice:
    found = area_choice(person(username), area, TODAY)
    assert found is not None
    return found


def counted(first: dt.date, last: dt.date, length: int) -> dict[tuple[str, str, str, bool], Measure]:
    """(unit, stream, stage, in the period) -> people and đồng, record by record."""
    found: dict[tuple[str, str, str, bool], Measure] = defaultdict(Measure)

    def add(area_code: str, stream: str, stage: str, amount: int, on: dt.date | None) -> None:
        if on is not None and on <= last:
            found[area_code[:length], stream, stage, False] += Measure(1, amount)
            if on >= first:
                found[area_code[:length], stream, stage, True] += Measure(1, amount)

    for case in Case.objects.all():
        if case.status not in ("draft", "withdrawn"):
            add(case.area_code, case.stream, "proposed", case.amount_proposed, case.received_on)
    for owed in Entitlement.objects.select_related("decision", "case_list"):
        if owed.status in ("approved", "committed", "paid") and owed.decision:
            add(owed.area_code, owed.case_list.stream, "approved", owed.amount, owed.decision.signed_on)
    for line in PaymentInstruction.objects.select_related("case_list"):
        if line.status == "paid":
            add(line.area_code, line.case_list.stream, "paid", line.amount, line.resulted_on)
    return found


@pytest.mark.parametrize(("first", "last"), PERIODS)
@pytest.mark.parametrize(("username", "area"), [("lanhdao", ""), ("lanhdao", "89886"), ("xem888", "")])
def test_every_figure_is_the_plain_count(username: str, area: str, first: dt.date, last: dt.date) -> None:
    choice = choice_of(username, area)
    plain = counted(first, last, choice.prefix_length)
    for row in progress_by_unit(person(username), choice, first, last):
        for stream in ("VE_SO", "KHAC"):
            progress = row.by_stream.get(stream)
            for stage in ("proposed", "approved", "paid"):
                for is_period in (True, False):
                    expected = plain[row.unit.area_code, stream, stage, is_period]
                    figures = progress and (progress.period if is_period else progress.cumulative)
                    assert (getattr(figures, stage) if figures else Measure()) == expected


def test_units_add_up_to_the_province() -> None:
    leader = person("lanhdao")
    districts = progress_by_unit(leader, choice_of("lanhdao"), BEGINNING, TODAY)
    assert len(districts) == 11
    for row in districts:
        communes = progress_by_unit(leader, choice_of("lanhdao", row.unit.area_code), BEGINNING, TODAY)
        together = sum(commune.total.cumulative.paid.people for commune in communes)
        assert together == row.total.cumulative.paid.people


def test_late_and_returned_are_counted_once() -> None:
    leader = person("lanhdao")
    found = overview(leader, choice_of("lanhdao"), BEGINNING, TODAY)
    late = [row for row in CaseList.objects.all() if row.due_on and row.due_on < TODAY]
    assert late
    assert found.late == len(late) == late_lists(leader, "89", TODAY).count()
    unpaid = set()
    for line in PaymentInstruction.objects.filter(status__in=("returned", "failed")):
        others = PaymentInstruction.objects.filter(entitlement=line.entitlement_id)
        if not others.filter(status__in=("queued", "sent", "unknown", "paid")).exists():
            unpaid.add(line.entitlement_id)
    assert unpaid
    assert found.returned.people == len(unpaid) == returned_instructions(leader, "89").count()


@pytest.mark.parametrize("stage", list(Stage))
def test_the_people_behind_a_figure_are_as_many_as_it_says(stage: Stage) -> None:
    leader = person("lanhdao")
    found = overview(leader, choice_of("lanhdao", "89888"), BEGINNING, TODAY)
    now = found.total.cumulative
    expected = found.returned if stage is Stage.RETURNED else getattr(now, stage.value)
    people = people_behind(leader, "89888", stage)
    assert people.count() == expected.people > 0 or stage is Stage.RETURNED
    lines = person_lines(people)
    assert sum(line.amount for line in lines) == expected.amount
    assert all(line.area_code.startswith("89888") and line.name for line in lines)


def test_weeks_hold_all_that_was_paid() -> None:
    found = overview(person("lanhdao"), choice_of("lanhdao"), BEGINNING, TODAY)
    assert sum(week.paid.people for week in found.weeks) == found.total.cumulative.paid.people
    assert all(week.monday.weekday() == 0 for week in found.weeks)


def test_an_outsider_counts_only_their_district() -> None:
    outsider = person("chauphu")
    assert area_choice(outsider, "89888", TODAY) is None
    assert area_choice(outsider, "89", TODAY) is None
    rows = progress_by_unit(outsider, choice_of("chauphu"), BEGINNING, TODAY)
    assert all(row.unit.area_code.startswith("89889") for row in rows)
    # even a choice that somebody else made shows nothing of another district
    foreign = progress_by_unit(outsider, choice_of("lanhdao", "89888"), BEGINNING, TODAY)
    assert sum(row.total.cumulative.proposed.people for row in foreign) == 0


def test_an_administrator_counts_nobody() -> None:
    rows = progress_by_unit(person("quantri"), choice_of("quantri"), BEGINNING, TODAY)
    assert sum(row.total.cumulative.proposed.people for row in rows) == 0


@pytest.mark.parametrize("area", ["89", "89888", "8988830406"])
def test_as_many_queries_for_a_province_as_for_a_commune(area: str) -> None:
    leader, choice = person("lanhdao"), choice_of("lanhdao", area)
    assert leader.sees_records
    with CaptureQueriesContext(connection) as queries:
        progress_by_unit(leader, choice, BEGINNING, TODAY)
    assert len(queries) == 3
