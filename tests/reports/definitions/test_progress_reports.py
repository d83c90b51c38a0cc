"""Reports of progress, NQ 68 and programmes against a plain count of the same random records, and against the ledger."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.money import amount_in_words
from disbursements.models import LedgerPosting
from reports.definitions import DEFINITIONS
from reports.definitions.base import Figures, Params
from reports.definitions.nq68 import POLICIES
from reports.definitions.progress import DAILY_PROGRESS, WEEKLY_PROGRESS, period_before
from reports.forms.asking import first_asked
from reports.queries.areas import with_communes
from support_programs.models import Case, CaseList, Entitlement
from tests.reports.conftest import person
from tests.reports.definitions.reading import FIRST, TODAY, body_of, line_of, params_for, rows_of, total_of

pytestmark = pytest.mark.usefixtures("province")
PHU_TAN, HOA_LAC = "89888", "8988830406"
MONDAY, SUNDAY = dt.date(2021, 9, 20), dt.date(2021, 9, 26)
BEGINNING = dt.date(2021, 8, 1)
PROGRAMME = ("LD_TU_DO",)
QUIET = ("Thành phố Châu Đốc", "Huyện Tịnh Biên")
UNDECIDED = ("draft", "withdrawn")
DECIDED = ("approved", "committed", "paid")


@pytest.fixture
def leader() -> User:
    return person("lanhdao")


def plain(params: Params) -> Callable[[str], Counter[str]]:
    """The figures of an area by the codes of their measures, record by record."""
    found: dict[str, Counter[str]] = {}

    def add(area: str, fact: str, people: int, amount: int, on: dt.date | None) -> None:
        if on is None or on > params.last:
            return
        for length in (2, 5, 10):
            sums = found.setdefault(area[:length], Counter())
            for time in ("to_date", "period") if on >= params.first else ("to_date",):
                sums[f"{fact}_people_{time}"] += people
                sums[f"{fact}_amount_{time}"] += amount

    for case in Case.objects.exclude(status__in=UNDECIDED):
        add(case.area_code, "proposed", 1, case.amount_proposed, case.received_on)
        refused_on = case.appraised_on if case.status == "ineligible" else None
        add(case.area_code, "refused", 1, case.amount_proposed, refused_on)
    for owed in Entitlement.objects.filter(status__in=DECIDED).select_related("decision"):
        signed_on = owed.decision.signed_on if owed.decision else None
        for fact in ("approved", "remaining"):
            add(owed.area_code, fact, 1, owed.amount, signed_on)
    for posting in LedgerPosting.objects.filter(account="paid"):
        add(posting.area_code, "paid", posting.people, posting.amount, posting.business_date)
        add(posting.area_code, "remaining", -posting.people, -posting.amount, posting.business_date)
    return lambda area: found.get(area, Counter())


def agrees(line: Figures, expected: Counter[str]) -> int:
    """Every measure of the line is the plain one; gives how many weren't 0."""
    codes = [code for code in line if str(code).endswith(("_period", "_to_date"))]
    counted = [code for code in codes if not str(code).startswith(("before_", "late_", "returned_"))]
    assert {code: line[code] for code in counted} == {code: expected[code] for code in counted}
    return sum(1 for code in counted if line[code])


@pytest.mark.parametrize("code", ["daily_progress", "weekly_progress"])
@pytest.mark.parametrize(("username", "area"), [("lanhdao", ""), ("lanhdao", PHU_TAN), ("xem888", "")])
@pytest.mark.parametrize(("first", "last"), [(MONDAY, SUNDAY), (SUNDAY, SUNDAY), (FIRST, TODAY)])
def test_progress_is_the_plain_count(
    code: str, username: str, area: str, first: dt.date, last: dt.date
) -> None:
    reader = person(username)
    params = params_for(reader, area, first=first, last=last)
    body, expected = body_of(code, reader, params), plain(params)
    (section,) = body.sections
    assert [line["label"] for line in section.lines] == [unit.name for unit in params.area.units]
    units = zip(section.lines, params.area.units, strict=True)
    assert sum(agrees(line, expected(unit.area_code)) for line, unit in units)
    keys = {column.key for column in DEFINITIONS[code].columns(params)} - {"ordinal"}
    assert all(set(line) == keys for line in section.lines)
    for line in section.lines:
        approved = int(str(line["approved_people_to_date"]))
        share = int(str(line["paid_people_to_date"])) / approved if approved else None
        assert line["paid_share"] == share


def test_the_week_before_stands_beside_this_one(leader: User) -> None:
    params = params_for(leader, first=MONDAY, last=SUNDAY)
    before = period_before(params)
    assert (before.first, before.last) == (dt.date(2021, 9, 13), dt.date(2021, 9, 19))
    body = body_of("weekly_progress", leader, params)
    assert total_of(body, "before_paid_amount_period") == plain(before)("89")["paid_amount_period"] > 0
    groups = {column.group for column in DEFINITIONS["weekly_progress"].columns(params)}
    assert {"Đã chi trong tuần", "Đã chi tuần trước"} <= groups
    other = DEFINITIONS["weekly_progress"].columns(params_for(leader))
    assert {"Đã chi trong kỳ", "Đã chi kỳ trước"} <= {column.group for column in other}


def test_who_is_late_is_told_in_a_sentence_and_a_picture(leader: User) -> None:
    body = body_of("daily_progress", leader)
    late: Counter[str] = Counter()
    for row in CaseList.objects.filter(due_on__lt=TODAY):
        waiting = row.cases.exclude(status__in=("ineligible", "withdrawn"))
        late[row.area_code[:5]] += waiting.exclude(entitlements__status="paid").count()
    assert total_of(body, "late_people_to_date") == sum(late.values()) > 0
    _district, most = late.most_common(1)[0]
    (chart,) = [chart for chart in body.charts if chart.kind == "bars"]
    assert (chart.points[0].value, sum(point.value for point in chart.points)) == (most, late.total())
    assert chart.points[0].label in body.notes[0]
    assert f"{most} hồ sơ" in chart.summary
    assert "quá hạn" in body_of("daily_progress", leader, params_for(leader, PHU_TAN)).notes[0]


@pytest.mark.parametrize(("code", "steps"), [("daily_progress", 7), ("weekly_progress", 8)])
def test_money_of_the_last_days_and_weeks(leader: User, code: str, steps: int) -> None:
    chart = body_of(code, leader).charts[0]
    start = TODAY - dt.timedelta(days=6) if steps == 7 else dt.date(2021, 8, 9)
    postings = LedgerPosting.objects.filter(
        account="paid", business_date__gte=start, business_date__lte=TODAY
    )
    assert len(chart.points) == steps
    assert sum(point.value for point in chart.points) == sum(row.amount for row in postings) > 0


def test_totals_are_the_ledger_and_said_in_words(leader: User) -> None:
    params = params_for(leader)
    ledger = sum(row.amount for row in LedgerPosting.objects.filter(account="paid", business_date__lte=TODAY))
    words = DEFINITIONS["daily_progress"].in_words({"paid_amount_to_date": ledger})
    assert words == (f"Số tiền đã chi lũy kế (bằng chữ): {amount_in_words(ledger)}.",)
    for code in ("daily_progress", "weekly_progress", "nq68_result", "nq68_policies"):
        assert total_of(body_of(code, leader, params), "paid_amount_to_date") == ledger


def test_each_policy_of_the_resolution_with_its_districts(leader: User) -> None:
    params = params_for(leader)
    expected = plain(params)
    body = body_of("nq68_result", leader, params)
    (section,) = body.sections  # the others have nothing and are named in a note
    assert section.label == "Lao động tự do"
    names = {unit.name: unit.area_code for unit in params.area.units}
    assert sum(agrees(line, expected(names[str(line["label"])])) for line in section.lines)
    assert section.sums["proposed_people_to_date"] == expected("89")["proposed_people_to_date"]
    assert body.notes[0].startswith("Chưa phát sinh hồ sơ: ")
    assert body.notes[0].count(";") == len(POLICIES) - 2
    only = body_of("nq68_result", leader, params_for(leader, programmes=("F0_F1",)))
    assert only.sections == ()


def test_every_policy_has_a_line_for_one_area(leader: User) -> None:
    params = params_for(leader, PHU_TAN)
    body = body_of("nq68_policies", leader, params)
    (section,) = body.sections
    assert len(section.lines) == len(POLICIES)
    assert agrees(line_of(body, "Lao động tự do"), plain(params)(PHU_TAN))
    assert line_of(body, "Vay vốn trả lương")["proposed_people_to_date"] == 0


def test_the_list_of_a_programme_names_each_claim_once(leader: User) -> None:
    params = params_for(leader, PHU_TAN, first=BEGINNING, programmes=PROGRAMME)
    body = body_of("programme_list", leader, params)
    rows = rows_of(body)
    cases = Case.objects.filter(area_code__startswith=PHU_TAN).exclude(status__in=UNDECIDED)
    assert len(rows) == body.row_count == cases.count()
    assert sorted(str(row["name"]) for row in rows) == sorted(case.applicant_name for case in cases)
    assert {str(row["number"]) for row in rows} == {f"•••{case.number_last3}" for case in cases}
    ledger = LedgerPosting.objects.filter(account="paid", area_code__startswith=PHU_TAN)
    assert sum(int(str(row["paid"])) for row in rows) == sum(row.amount for row in ledger) > 0
    for row in rows:
        assert (row["state"] == "Đã chi") == (row["paid_on"] is not None) == (row["paid"] != 0)
        assert row["decision"] or row["state"] != "Chờ chi"
    communes = [str(row["commune"]) for row in rows]
    assert len(set(communes)) == sum(
        1 for at, name in enumerate(communes) if at == 0 or communes[at - 1] != name
    )


def test_the_list_is_of_the_period_of_receipt(leader: User) -> None:
    params = params_for(leader, PHU_TAN, first=MONDAY, last=SUNDAY, programmes=PROGRAMME)
    days = {row["received_on"] for row in rows_of(body_of("programme_list", leader, params))}
    assert days
    assert all(MONDAY <= day <= SUNDAY for day in days if isinstance(day, dt.date))


def test_patients_are_never_listed() -> None:
    listed = DEFINITIONS["programme_list"]
    assert "F0_F1" not in listed.programmes
    assert listed.is_personal
    assert listed.readers(person("lanhdao"))
    assert not listed.readers(person("quantri"))


@pytest.mark.parametrize(("area", "length"), [("", 5), (PHU_TAN, 10), (HOA_LAC, 10)])
def test_the_summary_of_a_programme_by_unit(leader: User, area: str, length: int) -> None:
    params = params_for(leader, area, programmes=PROGRAMME)
    body, expected = body_of("programme_summary", leader, params), plain(params)
    assert [section.label for section in body.sections] == [""]
    assert all(len(unit.area_code) == length for unit in params.area.units)
    for line, unit in zip(body.sections[0].lines, params.area.units, strict=True):
        agrees(line, expected(unit.area_code))
    assert total_of(body, "refused_people_to_date") == expected(area or "89")["refused_people_to_date"]


def test_communes_of_the_province_stand_under_their_districts(leader: User) -> None:
    params = params_for(leader, programmes=PROGRAMME)
    detailed = replace(params, area=with_communes(params.area, TODAY))
    body, expected = body_of("programme_summary", leader, detailed), plain(params)
    assert [section.label for section in body.sections] == [unit.name for unit in params.area.units]
    for section in body.sections:
        assert agrees(section.sums, expected(section.area_code)) or section.label in QUIET
        codes = [
            unit.area_code for unit in detailed.area.units if unit.area_code.startswith(section.area_code)
        ]
        for line, code in zip(section.lines, codes, strict=True):
            agrees(line, expected(code))


def test_an_outsider_reads_nothing_of_another_district(leader: User) -> None:
    outsider, foreign = person("chauphu"), params_for(leader, PHU_TAN, programmes=PROGRAMME)
    assert total_of(body_of("daily_progress", leader, foreign), "paid_people_to_date") > 0
    for code in ("daily_progress", "weekly_progress", "nq68_result", "programme_summary"):
        assert total_of(body_of(code, outsider, foreign), "paid_people_to_date") == 0
    assert rows_of(body_of("programme_list", outsider, foreign)) == []


@pytest.mark.parametrize("code", ["daily_progress", "nq68_result", "programme_summary", "programme_list"])
def test_as_many_queries_for_a_province_as_for_a_district(leader: User, code: str) -> None:
    assert leader.sees_records
    counts = []
    for area in ("", PHU_TAN):
        params = params_for(leader, area, programmes=PROGRAMME)
        with CaptureQueriesContext(connection) as queries:
            body = body_of(code, leader, params)
            list(body.rows or ())
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_the_daily_and_the_weekly_report_open_at_their_own_period() -> None:
    day = dt.date(2021, 9, 29)
    assert first_asked(DAILY_PROGRESS, day) == {"first": "29/09/2021", "last": "29/09/2021"}
    assert first_asked(WEEKLY_PROGRESS, day) == {"first": "27/09/2021", "last": "29/09/2021"}
