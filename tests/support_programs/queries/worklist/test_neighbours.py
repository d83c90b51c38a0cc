"""Going through a result: the same rows in the same order as the table shows, one after the other."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from support_programs.enums import CaseStatus
from support_programs.models import Case
from support_programs.queries.worklist import Neighbours, asked_cases, kept_query, neighbours_in
from support_programs.services.appraisal import exclude_case
from tests.factories import cases as make
from tests.factories.people import OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def at(link: str) -> str:
    return urlsplit(link).path.rstrip("/").rsplit("/", 1)[-1]


@pytest.mark.parametrize(
    "sort", ["due", "-due", "name", "-name", "area", "-area", "amount", "-amount", "position"]
)
def test_every_order_is_walked_from_its_first_row_to_its_last_and_back(who: make.Staff, sort: str) -> None:
    case_list = make.list_at_district(who, rows=5)
    rows = list(Case.objects.order_by("pk"))
    days = [dt.date(2021, 10, 4), None, dt.date(2021, 10, 1), None, dt.date(2021, 10, 4)]
    for case, day in zip(rows, days, strict=True):
        Case.objects.filter(pk=case.pk).update(
            due_on=day, position=None if case == rows[1] else case.position
        )
    query = f"list={case_list.reference}&sort={sort}"
    shown = list(asked_cases(who.officer, query).ordered)
    assert len(shown) == 5
    references = [case.reference for case in shown]
    for place, case in enumerate(shown):
        found = neighbours_in(who.officer, query, case)
        assert (found.position, found.total) == (place + 1, 5)
        assert at(found.previous_url) == (references[place - 1] if place else "")
        assert at(found.next_url) == (references[place + 1] if place < 4 else "")


def test_the_links_carry_the_filter_on_and_the_way_back_opens_the_table(who: make.Staff) -> None:
    make.list_at_district(who, rows=3)
    query = "queue=to_appraise&q=nguoi&sort=name&page=2"
    first = asked_cases(who.officer, query).ordered.first()
    found = neighbours_in(who.officer, query, first)
    kept = "queue=to_appraise&q=nguoi&sort=name"
    assert parse_qs(urlsplit(found.next_url).query) == {"from": [kept]}
    assert found.back_url == f"/?{kept}"
    assert str(found.back_label) == "Cần thẩm định"


def test_after_a_decision_one_goes_on_to_the_row_behind(who: make.Staff) -> None:
    """The case has left the queue; where it stood is known from what it was."""
    make.list_at_district(who, rows=3)
    query = "queue=to_appraise&sort=name"
    first, second, third = asked_cases(who.officer, query).ordered
    exclude_case(Case.objects.get(pk=second.pk), to=CaseStatus.INELIGIBLE, reason="x", actor=who.officer)
    found = neighbours_in(who.officer, query, second)
    assert (found.position, found.total) == (None, 2)
    assert (at(found.previous_url), at(found.next_url)) == (first.reference, third.reference)


def test_a_case_outside_ones_area_has_no_neighbours_there(who: make.Staff) -> None:
    make.list_at_district(who, rows=2)
    stranger = user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)
    found = neighbours_in(stranger, "queue=to_appraise", Case.objects.first())
    assert found == Neighbours(None, 0, "", "", "/?queue=to_appraise", found.back_label)


def test_two_queries_however_long_the_result_is(who: make.Staff) -> None:
    make.list_at_district(who, rows=4)
    _roles = who.officer.role_codes
    case = Case.objects.order_by("pk")[1]
    with CaptureQueriesContext(connection) as asked:
        neighbours_in(who.officer, "queue=to_appraise&late=1", case)
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("page=3&size=50&queue=mine&q=lan", "queue=mine&q=lan"),
        ("q=089078000123&programme=LD_TU_DO", "programme=LD_TU_DO"),
        ("q=lan 089 078 000 123", "q=lan+%E2%80%A2%E2%80%A2%E2%80%A2"),
        ("amount_from=150.000.000", "amount_from=150.000.000"),
        ("next=//evil.example", ""),
    ],
)
def test_only_what_names_rows_is_kept_and_never_a_number(query: str, kept: str) -> None:
    assert kept_query(query) == kept


def test_a_queue_of_another_role_is_no_queue(who: make.Staff) -> None:
    make.list_at_district(who, rows=2)
    asked = asked_cases(who.commune, "queue=to_appraise&sort=nonsense")
    assert (asked.queue, asked.sort, asked.rows.count()) == (None, "due", 2)
