"""Speed, lateness, refusals and people left behind over the demo's random records, against a plain count of the rows."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.queries.calendar import working_calendar
from disbursements.models import PaymentInstruction
from reports.definitions import DEFINITIONS
from reports.definitions.left_behind import BY_REGISTER
from reports.queries.step_times import MEDIAN, NINETY, quantile
from support_programs.models import Case, CaseList, CaseListStep, Outreach
from support_programs.queries.left_behind import Sought, left_behind, programmes_of_people
from support_programs.queries.programmes import definition_of
from tests.reports.conftest import person
from tests.reports.definitions.reading import (
    FIRST,
    TODAY,
    body_of,
    line_of,
    params_for,
    rows_of,
    total_of,
)

pytestmark = pytest.mark.usefixtures("province")
PHU_TAN = "89888"
BEGINNING = dt.date(2021, 8, 1)
STEPS = {
    "commune_review": "Xã rà soát, lập danh sách",
    "posting": "Niêm yết công khai",
    "district_appraisal": "Huyện thẩm định, duyệt danh sách",
}


@pytest.fixture
def leader() -> User:
    return person("lanhdao")


@pytest.mark.parametrize(
    ("days", "percent", "expected"),
    [
        ([], MEDIAN, None),
        ([4], NINETY, 4),
        ([1, 2, 3, 10], MEDIAN, 2),
        ([1, 2, 3], MEDIAN, 2),
        (list(range(1, 11)), NINETY, 9),
        ([2] * 9 + [30], NINETY, 2),
        ([2] * 8 + [30] * 2, NINETY, 30),
    ],
)
def test_a_quantile_is_a_number_of_days_that_somebody_had(
    days: list[int], percent: int, expected: int | None
) -> None:
    assert quantile(Counter(days), percent) == expected


@pytest.mark.parametrize(("step", "name"), STEPS.items())
@pytest.mark.parametrize("first", [BEGINNING, dt.date(2021, 9, 20)])
def test_steps_by_unit_are_the_plain_count(leader: User, step: str, name: str, first: dt.date) -> None:
    body = body_of("step_speed", leader, params_for(leader, first=first))
    units = {unit.area_code: unit.name for unit in params_for(leader).area.units}
    calendar, ended, running = working_calendar(), dict[str, list[CaseListStep]](), Counter[str]()
    for row in CaseListStep.objects.filter(step=step):
        if row.finished_on and first <= row.finished_on <= TODAY:
            ended.setdefault(row.area_code[:5], []).append(row)
        elif row.started_on <= TODAY and (row.finished_on is None or row.finished_on > TODAY):
            running[row.area_code[:5]] += 1
    assert ended
    for code in {*ended, *running}:
        line, rows = line_of(body, units[code], name), ended.get(code, [])
        days = sorted(
            calendar.working_days_between(row.started_on, row.finished_on) for row in rows if row.finished_on
        )
        in_time = sum(1 for row in rows if row.due_on is None or (row.finished_on or TODAY) <= row.due_on)
        assert (line["ended"], line["in_time"]) == (len(rows), in_time)
        assert line["late"] == len(rows) - in_time
        assert line["median"] == (days[(len(days) - 1) // 2] if days else None)
        assert line["longest"] == (days[-1] if days else None)
        assert line["running"] == running[code]
    assert len([line for part in body.sections if part.label == name for line in part.lines]) == len(
        {*ended, *running}
    )


def test_all_passes_are_told_in_a_sentence(leader: User) -> None:
    body = body_of("step_speed", leader)
    passes = CaseListStep.objects.filter(finished_on__gte=FIRST, finished_on__lte=TODAY).count()
    assert total_of(body, "ended") == passes
    assert body.notes[0].startswith(f"Tất cả các bước: {passes} lượt xong trong kỳ")
    empty = params_for(leader, first=dt.date(2021, 7, 1), last=dt.date(2021, 7, 2))
    assert body_of("step_speed", leader, empty).notes[0] == "Không có lượt nào xong trong kỳ."


def test_days_from_receipt_to_payment(leader: User) -> None:
    body = body_of("waiting_time", leader, params_for(leader, first=BEGINNING))
    waited: dict[str, list[int]] = {}
    for line in PaymentInstruction.objects.filter(status="paid").select_related("entitlement__case"):
        assert line.resulted_on is not None
        days = (line.resulted_on - line.entitlement.case.received_on).days
        waited.setdefault(line.area_code[:5], []).append(days)
    every = sorted(day for days in waited.values() for day in days)
    assert body.totals is not None
    assert body.totals["people"] == len(every) > 0
    assert body.totals["median"] == every[(len(every) - 1) // 2]
    assert body.totals["ninety"] == every[-(-len(every) * 9 // 10) - 1]
    for unit in params_for(leader).area.units:
        of_unit, of_people = line_of(body, unit.name), sorted(waited.get(unit.area_code, []))
        assert of_unit["people"] == len(of_people)
        assert of_unit["shortest"] == (of_people[0] if of_people else None)
        assert of_unit["longest"] == (of_people[-1] if of_people else None)
    assert [point.label for point in body.charts[0].points] == [
        unit.name for unit in params_for(leader).area.units if unit.area_code in waited
    ]


def test_late_lists_with_the_office_that_has_them(leader: User) -> None:
    rows = rows_of(body_of("late_lists", leader))
    late = [row for row in CaseList.objects.all() if row.due_on and row.due_on < TODAY]
    assert {row["reference"] for row in rows} == {row.reference for row in late}
    assert rows == sorted(rows, key=lambda row: str(row["due_on"]))
    for row in rows:
        assert row["due_on"] == next(each.due_on for each in late if each.reference == row["reference"])
        assert int(str(row["days_late"])) > 0
        assert row["holder"] != ""
    assert body_of("late_lists", leader).row_count == len(late) > 0
    assert rows_of(body_of("late_lists", leader, params_for(leader, programmes=("F0_F1",)))) == []


@pytest.mark.parametrize("first", [BEGINNING, dt.date(2021, 9, 20)])
def test_refusals_once_each_and_every_failed_criterion(leader: User, first: dt.date) -> None:
    body = body_of("refusal_reasons", leader, params_for(leader, first=first))
    main: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for case in Case.objects.filter(status="ineligible"):
        if case.appraised_on is None or not first <= case.appraised_on <= TODAY:
            continue
        criteria = definition_of(case.version_used_id).criteria
        told = [criteria[place].statement for place, letter in enumerate(case.outcomes) if letter == "n"]
        main[told[0]] += 1
        failed.update(told)
    assert main
    lines = [line for part in body.sections for line in part.lines]
    assert {str(line["label"]): line["claims"] for line in lines} == {label: main[label] for label in failed}
    assert {str(line["label"]): line["failed"] for line in lines} == dict(failed)
    assert all(line["article"] for line in lines)
    figure = total_of(
        body_of("programme_summary", leader, params_for(leader, programmes=("LD_TU_DO",))),
        "refused_people_to_date",
    )
    if first == BEGINNING:
        assert sum(main.values()) == figure


def test_the_programmes_that_read_a_register() -> None:
    assert {each.programme for each in programmes_of_people() if each.registers} == set(BY_REGISTER)


@pytest.mark.parametrize("programme", BY_REGISTER)
def test_people_left_behind_are_those_that_the_page_finds(leader: User, programme: str) -> None:
    params = params_for(leader, PHU_TAN, first=BEGINNING, programmes=(programme,))
    body = body_of("left_behind", leader, params)
    (definition,) = [each for each in programmes_of_people() if each.programme == programme]
    found = left_behind(Sought(definition, PHU_TAN, is_registered=True), on=TODAY, limit=1)
    sums = body.sections[0].sums
    assert (sums["eligible"], sums["undetermined"]) == (found.eligible, found.undetermined)
    assert sums["with_case"] == found.with_case
    assert sums["with_case"] or programme != "LD_TU_DO"
    assert body.notes[0] == f"Chính sách: {definition.short_name}."


def test_what_communes_answered(leader: User) -> None:
    body = body_of("left_behind", leader, params_for(leader, first=BEGINNING, programmes=("LD_TU_DO",)))
    handed = Outreach.objects.filter(handed_on__gte=BEGINNING, handed_on__lte=TODAY, programme="LD_TU_DO")
    states = Counter(handed.values_list("state", flat=True))
    assert total_of(body, "handed") == handed.count() > 0
    for state in ("waiting", "invited", "declined", "not_entitled", "moved"):
        assert total_of(body, state) == states[state]


def test_no_report_of_others_leaks(leader: User) -> None:
    outsider, foreign = (
        person("chauphu"),
        params_for(leader, PHU_TAN, first=BEGINNING, programmes=("LD_TU_DO",)),
    )
    for code, key in (("step_speed", "ended"), ("waiting_time", "people"), ("left_behind", "with_case")):
        assert total_of(body_of(code, leader, foreign), key) > 0
        assert total_of(body_of(code, outsider, foreign), key) == 0
    assert rows_of(body_of("late_lists", outsider, foreign)) == []
    assert body_of("refusal_reasons", outsider, foreign).sections == ()


@pytest.mark.parametrize(
    "code", ["step_speed", "waiting_time", "refusal_reasons", "duplicates", "left_behind"]
)
def test_as_many_queries_for_a_province_as_for_a_district(leader: User, code: str) -> None:
    assert leader.sees_records
    counts = []
    for area in ("", PHU_TAN):
        params = params_for(leader, area, programmes=("LD_TU_DO",))
        body_of(code, leader, params)  # what is kept per process is read once
        with CaptureQueriesContext(connection) as queries:
            DEFINITIONS[code].read(params, leader)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30
