"""The plan of payments: written by the department, replaced and never changed, all cells or none."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from reports.models import PlanEntry
from reports.queries.areas import area_choice
from reports.queries.overview import overview
from reports.queries.plan import plan_of, plan_units
from reports.queries.progress import Measure
from reports.services.plans import PlanCell, PlanRefused, save_plan
from tests.factories.payments import PROGRAMME
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2021, 9, 20)
TODAY = dt.date(2021, 9, 27)


@pytest.fixture
def officer() -> User:
    return user(Role.PROVINCIAL_REVIEWER)


def save(actor: User, cells: dict[str, PlanCell], **other: Any) -> list[PlanEntry]:
    asked: dict[str, Any] = {
        "programme": PROGRAMME,
        "week": MONDAY,
        "document_number": "12/KH-SLĐTBXH",
        **other,
    }
    return save_plan(actor=actor, cells=cells, **asked)


def test_what_is_written_stands_and_is_told(officer: User) -> None:
    made = save(officer, {DISTRICT: PlanCell(100, 150_000_000), "89": PlanCell(0, 0)})
    assert [(row.area_code, row.people, row.amount) for row in made] == [
        ("89", 0, 0),
        (DISTRICT, 100, 150_000_000),
    ]
    assert Event.objects.filter(action="plan.entered").count() == 2
    told = Event.objects.get(action="plan.entered", area_code=DISTRICT)
    assert told.change["amount"] == 150_000_000
    assert told.change["before"] is None


def test_a_new_figure_replaces_the_old_one_which_stays(officer: User) -> None:
    [first] = save(officer, {DISTRICT: PlanCell(100, 150_000_000)})
    assert save(officer, {DISTRICT: PlanCell(100, 150_000_000, seen=first.pk)}) == []
    [second] = save(officer, {DISTRICT: PlanCell(120, 180_000_000, seen=first.pk)}, document_number="15/KH")
    assert second.replaces == first
    assert PlanEntry.objects.count() == 2
    assert plan_of(officer, "89", (PROGRAMME,), TODAY).weeks == {MONDAY: Measure(120, 180_000_000)}


def test_who_saw_an_older_figure_is_refused_with_the_name(officer: User) -> None:
    other = user(Role.PROVINCIAL_REVIEWER, name="Trần Thị Lan")
    save(other, {DISTRICT: PlanCell(100, 1)})
    with pytest.raises(PlanRefused) as refused:
        save(officer, {DISTRICT: PlanCell(90, 1), OUTSIDE_DISTRICT: PlanCell(5, 1)})
    assert "Trần Thị Lan đã ghi số khác ngày 27/09/2021: 100 người" in refused.value.cells[DISTRICT]
    # all or nothing: the other district has none either
    assert PlanEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("cells", "other", "words"),
    [
        ({DISTRICT: PlanCell(1, 1)}, {"document_number": " "}, "Hãy ghi số văn bản giao kế hoạch."),
        ({DISTRICT: PlanCell(1, 1)}, {"week": dt.date(2021, 9, 21)}, "Tuần của kế hoạch bắt đầu từ thứ Hai."),
        ({DISTRICT: PlanCell(1, 1)}, {"programme": "KHONG_CO"}, "Không có chính sách này."),
        ({COMMUNE: PlanCell(1, 1)}, {}, "Chưa ghi gì: có ô không ghi được."),
    ],
)
def test_what_cannot_be_is_refused_whole(
    officer: User, cells: dict[str, PlanCell], other: dict[str, Any], words: str
) -> None:
    with pytest.raises(PlanRefused, match=words):
        save(officer, cells, **other)
    assert not PlanEntry.objects.exists()


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER])
def test_only_officers_of_the_department_write_it(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        save(user(role), {DISTRICT: PlanCell(1, 1)})
    assert not PlanEntry.objects.exists()


def test_the_database_holds_it(officer: User) -> None:
    [first] = save(officer, {DISTRICT: PlanCell(1, 1)})
    with connection.cursor() as cursor:
        for statement in (
            "UPDATE reports_planentry SET people = 2",
            "DELETE FROM reports_planentry",
            # a second beginning, a second replacement of the same, one of another district
            _copy("replaces_id", "NULL"),
            f"{_copy('replaces_id', str(first.pk))}; {_copy('replaces_id', str(first.pk))}",
            _copy("replaces_id, area_code", f"{first.pk}, '{OUTSIDE_DISTRICT}'"),
            _copy("replaces_id, week", f"{first.pk}, '2021-09-21'"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(statement)
    assert PlanEntry.objects.count() == 1


def _copy(names: str, values: str) -> str:
    columns = ["area_code", "programme_id", "week", "people", "amount", "document_number", "entered_by_id",
               "entered_by_name", "entered_on", "created_at"]  # fmt: skip
    kept = [column for column in columns if column not in names]
    return (
        f"INSERT INTO reports_planentry ({names}, {', '.join(kept)}) "
        f"SELECT {values}, {', '.join(kept)} FROM reports_planentry ORDER BY id LIMIT 1"
    )


def test_the_overview_sums_the_weeks_that_have_begun(officer: User) -> None:
    save(officer, {DISTRICT: PlanCell(100, 100), OUTSIDE_DISTRICT: PlanCell(10, 10)})
    save(officer, {DISTRICT: PlanCell(50, 50)}, week=TODAY)
    save(officer, {DISTRICT: PlanCell(7, 7)}, week=dt.date(2021, 10, 4))
    save(officer, {DISTRICT: PlanCell(900, 900)}, week=None)
    leader = user(Role.LEADER)
    choice = area_choice(leader, "89", TODAY)
    assert choice is not None
    plan = overview(leader, choice, TODAY, TODAY).plan
    assert (plan.to_date, plan.until) == (Measure(160, 160), dt.date(2021, 10, 3))
    assert plan.whole == Measure(900, 900)
    outside = user(Role.LEADER, area=OUTSIDE_DISTRICT)
    assert plan_of(outside, OUTSIDE_DISTRICT, (), TODAY).to_date == Measure(10, 10)
    assert plan_of(outside, DISTRICT, (), TODAY).is_empty
    assert [unit.area_code for unit in plan_units(outside, TODAY)] == [OUTSIDE_DISTRICT]
    assert len(plan_units(leader, TODAY)) == 12
