"""The coverage against a count of everybody, one by one, over the demo's records."""

import io
from collections import defaultdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from beneficiaries.models import HouseholdMember, Person, Status
from core.models import Event
from core.querysets import area_filter
from reports.queries.areas import AreaChoice, area_choice
from reports.queries.coverage import Reach, coverage
from support_programs.models import Case, Entitlement
from tests.reports.conftest import browser_of, person
from tests.reports.queries.test_progress import TODAY

pytestmark = pytest.mark.usefixtures("province")
READS = {
    ("LD_TU_DO", "free_workers"),
    ("GAO_HO_TRO", "poor_households"),
    ("GAO_HO_TRO", "social_protection"),
    ("BTXH_THANG", "social_protection"),
    ("NCC_THANG", "merit"),
}


def choice_of(username: str, area: str = "") -> AreaChoice:
    found = area_choice(person(username), area, TODAY)
    assert found is not None
    return found


def holds(row: Status | HouseholdMember) -> bool:
    return not row.is_replaced and row.valid_from <= TODAY and (row.valid_to is None or row.valid_to >= TODAY)


def counted(area: str, digits: int) -> dict[tuple[str, str, str], Reach]:
    """(programme, register, unit) -> people, in plain Python."""
    root = {one.pk: one.joined_to_id or one.pk for one in Person.objects.all()}
    place = dict(Person.objects.filter(area_filter(area)).values_list("pk", "area_code"))
    named: dict[str, set[int]] = defaultdict(set)
    for status in filter(holds, Status.objects.all()):
        if status.person_id:
            named[status.register].add(root[status.person_id])
        for member in filter(holds, HouseholdMember.objects.filter(household=status.household_id)):
            named[status.register].add(root[member.person_id])
    live = Case.objects.exclude(status__in=["ineligible", "withdrawn"]).values_list("programme", "person")
    claims = {(programme, root[pk]) for programme, pk in live}
    owed = Entitlement.objects.filter(status__in=["approved", "committed", "paid"])
    decided = {(e.programme_id, e.claimant_id) for e in owed}
    paid = {(e.programme_id, e.claimant_id) for e in owed.filter(status="paid")}
    found: dict[tuple[str, str, str], Reach] = defaultdict(Reach)
    for programme, register in READS:
        for pk in named[register] & set(place):
            key = (programme, pk)
            found[programme, register, place[pk][:digits]] += Reach(
                1, int(key in claims), int(key in decided), int(key in paid)
            )
    return found


@pytest.mark.parametrize(
    ("username", "area"), [("lanhdao", ""), ("lanhdao", "89888"), ("lanhdao", "8988830406")]
)
def test_every_figure_is_what_counting_one_by_one_gives(username: str, area: str) -> None:
    choice = choice_of(username, area)
    parts = coverage(person(username), choice, TODAY)
    assert {(part.programme, part.register) for part in parts} == READS
    found = {(p.programme, p.register, unit): reach for p in parts for unit, reach in p.by_unit.items()}
    assert found == counted(choice.unit.area_code, choice.prefix_length)
    workers = next(part for part in parts if part.register == "free_workers")
    if not area:
        assert workers.total.named > workers.total.with_case > workers.total.approved > workers.total.paid > 0


def test_somebody_joined_counts_once_where_they_are_known_by() -> None:
    before = coverage(person("lanhdao"), choice_of("lanhdao", "89888"), TODAY)
    workers = next(part for part in before if part.register == "free_workers").total
    rows = Status.objects.filter(register="free_workers", area_code__startswith="89888")
    kept, joined = (status.person for status in rows.order_by("pk")[:2])
    Person.objects.filter(pk=joined.pk).update(joined_to=kept)
    try:
        after = coverage(person("lanhdao"), choice_of("lanhdao", "89888"), TODAY)
        assert (
            next(part for part in after if part.register == "free_workers").total.named == workers.named - 1
        )
    finally:
        Person.objects.filter(pk=joined.pk).update(joined_to=None)


def test_two_groups_of_one_register_are_one_person_in_its_sum() -> None:
    parts = coverage(person("lanhdao"), choice_of("lanhdao"), TODAY)
    for part in parts:
        assert sum((line.reach for line in part.by_category), Reach()).named >= part.total.named > 0
        # a group of the province is the sum of its districts: everybody lives in one
        groups = {str(group): reach for group, reach in part.by_group}
        for group, reach in groups.items():
            lines = [line.reach for line in part.by_category if str(line.category) == group]
            assert reach == sum(lines, Reach())
        assert set(groups) == {str(line.category) for line in part.by_category}


def test_who_sees_no_records_sees_no_coverage() -> None:
    assert coverage(person("quantri"), choice_of("lanhdao"), TODAY) == ()


def test_few_statements() -> None:
    choice = choice_of("lanhdao", "89888")
    coverage(person("lanhdao"), choice, TODAY)
    with CaptureQueriesContext(connection) as asked:
        coverage(person("lanhdao"), choice, TODAY)
    assert [query["sql"] for query in asked if "beneficiaries_status" in query["sql"]][1:] == []
    assert len(asked) <= 4


def test_the_overview_shows_it_and_gives_it_as_a_workbook() -> None:
    leader = browser_of("lanhdao")
    page = leader.get("/reports/overview/").content.decode()
    assert "Độ bao phủ theo các sổ" in page
    assert "/left-behind/?programme=LD_TU_DO" in page
    assert "Theo nhóm của từng sổ" in page
    assert '<th scope="row">Bán vé số lưu động<span class="meta">Lao động tự do</span></th>' in page
    answer = leader.get("/reports/overview/coverage/?area=89888")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    parts = coverage(person("lanhdao"), choice_of("lanhdao", "89888"), TODAY)
    sums = [row for row in rows if "Cả sổ" in row]
    assert [row[2] for row in sums] == [part.total.named for part in parts]
    assert Event.objects.get(action="report.coverage_exported").change == {"area": "Huyện Phú Tân"}


def test_no_figures_for_communes_and_no_other_district() -> None:
    assert browser_of("xa30409").get("/reports/overview/coverage/").status_code == 403
    assert browser_of("ld888a").get("/reports/overview/coverage/?area=89889").status_code == 404
