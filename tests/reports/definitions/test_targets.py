"""Reports of the targets: figures of the system equal a count in plain Python, words are kept with the run."""

import datetime as dt
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from accounts.enums import Role
from beneficiaries.models import Status
from disbursements.enums import LedgerAccount
from disbursements.models import LedgerPosting
from reports.definitions.base import Params, Report
from reports.definitions.building import build_report
from reports.definitions.targets import HALF_YEAR, PROGRESS
from reports.models import TargetIndicator
from reports.queries.areas import AreaChoice, area_choice
from reports.queries.targets import target_progress
from reports.services.kept import report_of_run
from reports.services.runs import make_report_run
from reports.services.targets_texts import write_texts
from support_programs.enums import EntitlementStatus
from support_programs.models import Entitlement
from tests.factories import targets as make
from tests.factories.people import DISTRICT, PROVINCE, user
from tests.factories.targets import JULY
from tests.reports.conftest import person

pytestmark = pytest.mark.usefixtures("province")
TODAY = dt.date(2021, 9, 27)
FIRST = dt.date(2021, 7, 1)


def choice_of(username: str) -> AreaChoice:
    found = area_choice(person(username), "", TODAY)
    assert found is not None
    return found


def report(username: str, definition: Any = HALF_YEAR) -> Report:
    return build_report(definition, Params(FIRST, TODAY, choice_of(username)), person(username))


def lines_of(made: Report, area: str = PROVINCE) -> dict[str, Any]:
    """The lines of a unit by the name of the indicator, without its unit of measure."""
    section = next(part for part in made.sections if part.area_code == area)
    return {str(line["name"]).rsplit(" (", 1)[0]: line for line in section.lines}


def indicator(code: str) -> TargetIndicator:
    return TargetIndicator.objects.get(code=code)


def test_what_the_system_computes_equals_a_count_row_by_row() -> None:
    progress = target_progress(person("lanhdao"), choice_of("lanhdao"), 2021, TODAY)
    paid: Counter[tuple[str, int]] = Counter()
    approved: Counter[tuple[str, int]] = Counter()
    for posting in LedgerPosting.objects.filter(account=LedgerAccount.PAID, programme="LD_TU_DO"):
        for area in (PROVINCE, posting.area_code[:5]):
            paid[area, posting.business_date.month] += posting.people
    after = EntitlementStatus.after_decision()
    for row in Entitlement.objects.filter(programme="LD_TU_DO", status__in=after).select_related("decision"):
        assert row.decision is not None
        for area in (PROVINCE, row.area_code[:5]):
            approved[area, row.decision.signed_on.month] += 1
    poor: Counter[str] = Counter()
    for entry in Status.objects.filter(register="poor_households", category="poor", is_replaced=False):
        if entry.valid_from <= TODAY and (entry.valid_to is None or entry.valid_to >= TODAY):
            poor.update((PROVINCE, entry.area_code[:5]))
    assert paid[PROVINCE, 9] > 0
    for unit in (progress.unit, *progress.units):
        area = unit.area_code
        turns = progress.line(indicator("free_workers_paid"), area)
        assert turns.values == {month: Decimal(paid[area, month]) for month in range(1, 10)}
        of_year = sum(approved[area, month] for month in range(1, 10))
        share = progress.line(indicator("free_workers_paid_share"), area)
        expected = (
            Decimal(100 * sum(paid[area, month] for month in range(1, 10))) / of_year if of_year else None
        )
        assert share.done == (None if expected is None else round(expected, 2))
        assert progress.line(indicator("poor_households"), area).values[9] == poor[area]


def test_a_district_reads_the_same_of_itself() -> None:
    whole = target_progress(person("lanhdao"), choice_of("lanhdao"), 2021, TODAY)
    own = target_progress(person("xem888"), choice_of("xem888"), 2021, TODAY)
    assert own.units == ()
    for line in own.lines(DISTRICT):
        assert line == whole.line(line.indicator, DISTRICT)


def test_the_half_year_has_plan_half_and_year_with_the_words_below() -> None:
    make.planned(1_000, area=PROVINCE)
    make.planned(100, area=DISTRICT)
    make.approved(make.officer(), 30, JULY)
    make.approved(make.officer(), 20)
    writer = person("lanhdao")
    planner = user(Role.PROVINCIAL_REVIEWER)
    write_texts(
        actor=planner, year=2021, half=2, texts={"general": "Đạt khá.\nDịch bệnh phức tạp.", "next": ""}
    )
    made = report("lanhdao")
    line = lines_of(made)["Số lao động được giải quyết việc làm"]
    assert (line["plan"], line["period"], line["done"], line["share"]) == (1_000, 50, 50, 0.05)
    assert made.words == ("1. Đánh giá chung", "Đạt khá.", "Dịch bệnh phức tạp.")
    assert any(note.startswith("Chưa chắc chắn: Tỷ lệ lao động qua đào tạo.") for note in made.notes)
    assert any(note.startswith("Chưa có số liệu: ") and "Tỷ lệ hộ nghèo" in note for note in made.notes)
    params = Params(FIRST, TODAY, choice_of("lanhdao"))
    run = make_report_run(definition=HALF_YEAR, params=params, actor=writer)
    write_texts(actor=planner, year=2021, half=2, texts={"general": "Viết lại."})
    kept = report_of_run(run)
    assert kept is not None
    assert kept.words == made.words, "what was issued keeps its words"
    assert report("lanhdao").words[1] == "Viết lại."
    assert "Viết lại." not in report("xem888").words


def test_a_report_of_an_earlier_day_tells_nothing_of_later_periods() -> None:
    make.approved(make.officer(), 3, JULY, "workers_abroad")
    make.approved(make.officer(), 2, code="workers_abroad")
    name = indicator("workers_abroad").title
    params = Params(FIRST, dt.date(2021, 7, 31), choice_of("lanhdao"))
    line = lines_of(build_report(HALF_YEAR, params, person("lanhdao")))[name]
    assert (line["period"], line["done"]) == (3, 3)
    assert lines_of(report("lanhdao"))[name]["done"] == 5


def test_progress_has_a_part_for_each_unit_that_its_reader_may_see() -> None:
    whole, own = report("lanhdao", PROGRESS), report("xem888", PROGRESS)
    assert whole.sections[0].area_code == PROVINCE
    assert len(whole.sections) == 12
    assert [part.area_code for part in own.sections] == [DISTRICT]
    assert lines_of(own, DISTRICT) == lines_of(whole, DISTRICT)
