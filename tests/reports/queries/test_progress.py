"""Figures against a plain count over the same random records."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disbursements.models import PaymentInstruction
from reports.queries.areas import AreaChoice, area_choice
from reports.queries.figures import Fact, records_of
from reports.queries.overview import late_lists, overview
from reports.queries.people import Asked, Stage, people_behind, person_lines
from reports.queries.periods import BEGINNING
from reports.queries.progress import Measure, progress_by_unit
from support_programs.models import Case, CaseList, Entitlement
from tests.reports.conftest import person

pytestmark = pytest.mark.usefixtures("two_programmes")
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


Counted = dict[tuple[str, str, str, str, bool], Measure]


def counted(first: dt.date, last: dt.date, length: int) -> Counted:
    """(unit, programme, stream, stage, in the period) -> people and đồng, record by record."""
    found: Counted = defaultdict(Measure)
    for area_code, programme, stream, stage, amount, on in facts():
        if on is not None and on <= last:
            found[area_code[:length], programme, stream, stage, False] += Measure(1, amount)
            if on >= first:
                found[area_code[:length], programme, stream, stage, True] += Measure(1, amount)
    return found


def facts() -> Iterator[tuple[str, str, str, str, int, dt.date | None]]:
    """Area, programme, stream, stage, đồng and day of everything that happened to anybody."""
    for case in Case.objects.exclude(status__in=("draft", "withdrawn")):
        key = (case.area_code, case.programme_id, case.stream)
        yield *key, "proposed", case.amount_proposed, case.received_on
    for owed in Entitlement.objects.select_related("decision", "case_list"):
        if owed.status in ("approved", "committed", "paid") and owed.decision:
            key = (owed.area_code, owed.programme_id, owed.case_list.stream)
            yield *key, "approved", owed.amount, owed.decision.signed_on
    for line in PaymentInstruction.objects.filter(status="paid").select_related("case_list", "batch"):
        key = (line.area_code, line.batch.programme_id, line.case_list.stream)
        yield *key, "paid", line.amount, line.resulted_on


@pytest.mark.parametrize(("first", "last"), PERIODS)
@pytest.mark.parametrize(("username", "area"), [("lanhdao", ""), ("lanhdao", "89886"), ("xem888", "")])
def test_every_figure_is_the_plain_count(username: str, area: str, first: dt.date, last: dt.date) -> None:
    choice = choice_of(username, area)
    plain = {
        key: measured
        for key, measured in counted(first, last, choice.prefix_length).items()
        if key[0].startswith(choice.unit.area_code)
    }
    assert len({programme for _unit, programme, *_rest in plain}) > 1
    found: Counted = {}
    for row in progress_by_unit(person(username), choice, first, last):
        for (programme, stream), progress in row.parts.items():
            for stage in ("proposed", "approved", "paid"):
                for is_period in (True, False):
                    figures = progress.period if is_period else progress.cumulative
                    key = (row.unit.area_code, programme, stream, stage, is_period)
                    found[key] = getattr(figures, stage)
    # nothing more and nothing less; figures of nothing may be left out on either side
    assert {key: one for key, one in found.items() if one != Measure()} == {
        key: one for key, one in plain.items() if one != Measure()
    }


def test_of_one_programme_only_its_figures() -> None:
    choice = choice_of("lanhdao")
    plain = counted(BEGINNING, TODAY, choice.prefix_length)
    for code in ("LD_TU_DO", "TAM_HOAN"):
        rows = progress_by_unit(person("lanhdao"), choice, BEGINNING, TODAY, (code,))
        assert {programme for row in rows for programme in row.by_programme} == {code}
        for stage in ("proposed", "approved", "paid"):
            expected = sum(
                (
                    one
                    for (_unit, programme, _stream, of, is_period), one in plain.items()
                    if (programme, of, is_period) == (code, stage, False)
                ),
                Measure(),
            )
            total = sum((getattr(row.total.cumulative, stage) for row in rows), Measure())
            assert total == expected


def test_units_add_up_to_the_province() -> None:
    leader = person("lanhdao")
    *districts, desk = progress_by_unit(leader, choice_of("lanhdao"), BEGINNING, TODAY)
    assert len(districts) == 11
    # the department's own dossiers belong to no district
    assert desk.unit.area_code == "89"
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
    waiting = records_of(Fact.LATE, leader, "89", TODAY)
    for one in found.late_lists:
        assert one.people == waiting.filter(case_list__reference=one.reference).count()
    unpaid = set()
    for line in PaymentInstruction.objects.filter(status__in=("returned", "failed")):
        others = PaymentInstruction.objects.filter(entitlement=line.entitlement_id)
        if not others.filter(status__in=("queued", "sent", "unknown", "paid")).exists():
            unpaid.add(line.entitlement_id)
    assert unpaid
    assert found.returned.people == len(unpaid) == records_of(Fact.RETURNED, leader, "89", TODAY).count()


@pytest.mark.parametrize("programmes", [(), ("LD_TU_DO",)])
@pytest.mark.parametrize(
    ("stage", "first"),
    [(stage, None) for stage in Stage]
    # what is the case now has no period
    + [
        (stage, dt.date(2021, 9, 13)) for stage in (Stage.PROPOSED, Stage.APPROVED, Stage.PAID, Stage.REFUSED)
    ],
)
def test_the_people_behind_a_figure_are_as_many_as_it_says(
    stage: Stage, first: dt.date | None, programmes: tuple[str, ...]
) -> None:
    leader, area = person("lanhdao"), "89888"
    found = overview(leader, choice_of("lanhdao", area), first or BEGINNING, TODAY, programmes)
    time = found.total.period if first else found.total.cumulative
    figures = {
        Stage.RETURNED: found.returned,
        Stage.LATE: found.waiting,
        Stage.REFUSED: refused(area, first, programmes),
    }
    expected = figures[stage] if stage in figures else getattr(time, stage.value)
    people = people_behind(leader, stage, Asked(area, first, TODAY, programmes))
    assert people.count() == expected.people
    assert expected.people or stage in figures
    lines = person_lines(people)
    assert sum(line.amount for line in lines) == expected.amount
    assert all(line.area_code.startswith(area) and line.name for line in lines)


def refused(area: str, first: dt.date | None, programmes: tuple[str, ...]) -> Measure:
    found = Measure()
    for case in Case.objects.filter(status="ineligible", area_code__startswith=area):
        on = case.appraised_on
        is_asked = not programmes or case.programme_id in programmes
        if is_asked and on and (first is None or on >= first):
            found += Measure(1, case.amount_proposed)
    return found


def test_pages_of_the_people_hold_everybody_once() -> None:
    people = people_behind(person("lanhdao"), Stage.PAID, Asked("89", None, TODAY))
    paid = PaymentInstruction.objects.filter(status="paid").count()
    assert len(people) == paid > 7
    pages = [people[start : start + 7] for start in range(0, len(people), 7)]
    shown = [(type(record), record.pk) for page in pages for record in page]
    assert len(shown) == len(set(shown)) == paid


def test_the_own_desk_shows_its_own_people_only() -> None:
    leader = person("lanhdao")
    desk = progress_by_unit(leader, choice_of("lanhdao"), BEGINNING, TODAY)[-1]
    people = people_behind(leader, Stage.PROPOSED, Asked("89", None, TODAY, is_own=True))
    assert people.count() == desk.total.cumulative.proposed.people > 0
    assert {line.area_code for line in person_lines(people)} == {"89"}


def test_who_waits_in_a_late_list_is_neither_refused_nor_paid() -> None:
    found = overview(person("lanhdao"), choice_of("lanhdao"), BEGINNING, TODAY)
    paid = set(Entitlement.objects.filter(status="paid").values_list("case_id", flat=True))
    waiting = Measure()
    for case in Case.objects.select_related("case_list"):
        due = case.case_list.due_on if case.case_list else None
        if due and due < TODAY and case.status not in ("ineligible", "withdrawn") and case.pk not in paid:
            waiting += Measure(1, case.amount_proposed)
    assert found.waiting == waiting
    assert waiting.people > 0


def test_weeks_hold_all_that_was_paid() -> None:
    found = overview(person("lanhdao"), choice_of("lanhdao"), BEGINNING, TODAY)
    assert found.weeks[-1].monday == TODAY
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
    assert len(queries) == 4
