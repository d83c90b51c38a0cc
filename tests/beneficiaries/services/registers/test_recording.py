"""Entries typed by hand: written with their days, refused where they overlap, changed by a new row, ended with a reason."""

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.enums import Role
from beneficiaries.models import Person, Status
from beneficiaries.services.registers import (
    StatusRefused,
    change_status,
    end_status,
    record_status,
    typed_entry,
)
from core.fence import fenced
from core.models import Event
from tests.factories.people import COMMUNE, OTHER_COMMUNE, OUTSIDE_COMMUNE, user
from tests.factories.registers import entry_of, household_of, resident

pytestmark = pytest.mark.django_db

TYPED = {
    "category": "k6_severe",
    "disability_degree": "severe",
    "monthly_amount": "540.000",
    "valid_from": "01/07/2021",
    "decision_number": "12/QĐ-UBND",
    "decided_on": "20/06/2021",
}


def refused(**typed: str) -> StatusRefused:
    with pytest.raises(StatusRefused) as caught:
        record_status(
            register="social_protection",
            person=resident(),
            typed={**TYPED, **typed},
            actor=user(Role.COMMUNE_OFFICER),
        )
    assert not Status.objects.exists()
    return caught.value


def test_an_officer_writes_an_entry_with_its_decision() -> None:
    officer, person = user(Role.COMMUNE_OFFICER, name="Lê Thị Cán Bộ"), resident()
    made = record_status(register="social_protection", person=person, typed=TYPED, actor=officer)
    made.refresh_from_db()
    assert made.reference.startswith("DT-")
    assert (made.person, made.area_code, made.source) == (person, person.area_code, "typed")
    assert made.details == {"disability_degree": "severe", "monthly_amount": 540_000, "coefficient": "1.5"}
    assert (made.valid_from, made.valid_to) == (dt.date(2021, 7, 1), None)
    assert (made.decision_number, made.decided_on) == ("12/QĐ-UBND", dt.date(2021, 6, 20))
    assert (made.recorded_by_id, made.recorded_by_name) == (officer.pk, "Lê Thị Cán Bộ")
    event = Event.objects.get(action="status.recorded")
    assert (event.object_ref, event.change["subject"]) == (made.reference, person.reference)


@pytest.mark.parametrize(
    ("typed", "field", "part"),
    [
        ({"category": ""}, "category", "Hãy chọn nhóm đối tượng"),
        ({"category": "k99"}, "category", "Hãy chọn một mục"),
        ({"valid_from": ""}, "valid_from", "Hãy ghi từ ngày"),
        ({"valid_to": "30/06/2021"}, "valid_to", "Đến ngày phải từ ngày bắt đầu"),
        ({"monthly_amount": "nhiều"}, "monthly_amount", "Không đọc được số tiền"),
        ({"decided_on": "01/01/2039"}, "decided_on", "không được sau hôm nay"),
    ],
)
def test_what_is_missing_or_unreadable_is_refused_at_its_field(
    typed: dict[str, str], field: str, part: str
) -> None:
    errors = refused(**typed).errors
    assert list(errors) == [field]
    assert part in errors[field][0]


def test_what_does_not_fit_is_asked_about_and_taken_once_it_is_kept() -> None:
    warnings = refused(monthly_amount="500.000", disability_degree="special_severe").warnings
    assert set(warnings) == {"monthly_amount", "disability_degree"}
    assert "500.000" in warnings["monthly_amount"][0]
    assert "chưa chắc chắn" in warnings["monthly_amount"][0]
    kept = record_status(
        register="social_protection",
        person=resident(),
        typed={**TYPED, "monthly_amount": "500.000"},
        actor=user(Role.COMMUNE_OFFICER),
        keeps_warnings=True,
    )
    assert kept.details["monthly_amount"] == 500_000


def test_the_same_group_on_the_same_days_is_refused_with_the_entry_that_stands() -> None:
    officer, person = user(Role.COMMUNE_OFFICER), resident()
    first = entry_of(person, officer)
    with pytest.raises(StatusRefused) as caught:
        entry_of(person, officer, valid_from="01/09/2021")
    assert first.reference in caught.value.errors["valid_from"][0]
    # another group of the same days, and the same group before it, stand beside it
    entry_of(person, officer, category="k8", valid_from="01/09/2021")
    entry_of(person, officer, valid_from="01/01/2021", valid_to="30/06/2021")
    assert Status.objects.filter(person=person).count() == 3


def test_a_change_is_a_new_row_and_the_old_one_stays() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    old = entry_of(resident(), officer, monthly_amount="540.000")
    typed = typed_entry(old)
    assert typed["valid_from"] == "01/07/2021"
    new = change_status(
        status=old, typed={**typed, "monthly_amount": "600.000"}, reason="Quyết định mới", actor=officer
    )
    old.refresh_from_db()
    assert (old.is_replaced, old.details["monthly_amount"]) == (True, 540_000)
    assert (new.replaces, new.reason, new.details["monthly_amount"]) == (old, "Quyết định mới", 600_000)
    assert Event.objects.get(action="status.changed").change["before"] == old.reference
    # the old one is history
    for act in (
        lambda: change_status(status=old, typed=typed, reason="x", actor=officer),
        lambda: end_status(status=old, on=dt.date(2021, 9, 1), reason="x", actor=officer),
    ):
        with pytest.raises(StatusRefused) as caught:
            act()
        assert "đã được thay" in caught.value.errors[""][0]


def test_a_change_needs_a_reason_and_something_that_differs() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    old = entry_of(resident(), officer)
    with pytest.raises(StatusRefused) as caught:
        change_status(status=old, typed=typed_entry(old), reason=" ", actor=officer)
    assert set(caught.value.errors) == {"reason", ""}
    assert Status.objects.count() == 1


def test_an_entry_ends_once_with_a_reason() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    entry = entry_of(resident(), officer)
    for on, reason, field in (
        (dt.date(2021, 9, 1), "", "reason"),
        (dt.date(2021, 6, 30), "Đã chết", "on"),
    ):
        with pytest.raises(StatusRefused) as caught:
            end_status(status=entry, on=on, reason=reason, actor=officer)
        assert list(caught.value.errors) == [field]
    ended = end_status(status=entry, on=dt.date(2021, 9, 1), reason="Đã chết", actor=officer)
    assert (ended.valid_to, ended.end_reason, ended.ended_by_id) == (
        dt.date(2021, 9, 1),
        "Đã chết",
        officer.pk,
    )
    with pytest.raises(StatusRefused) as caught:
        end_status(status=entry, on=dt.date(2021, 8, 1), reason="x", actor=officer)
    assert "đã kết thúc" in caught.value.errors[""][0]
    # a later entry of the same group may begin the day after
    entry_of(entry.person, officer, valid_from="02/09/2021")


def test_a_typed_end_can_come_earlier_but_not_later() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    entry = entry_of(resident(), officer, valid_to="31/12/2021")
    with pytest.raises(StatusRefused) as caught:
        end_status(status=entry, on=dt.date(2022, 1, 1), reason="x", actor=officer)
    assert "31/12/2021" in caught.value.errors["on"][0]
    assert end_status(status=entry, on=dt.date(2021, 10, 1), reason="x", actor=officer).end_reason == "x"


def test_a_household_has_one_group_a_year() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    household = household_of(resident(), officer)
    typed = {"category": "poor", "year": "2021", "monthly_income": "650000"}
    made = record_status(register="poor_households", household=household, typed=typed, actor=officer)
    assert (made.valid_from, made.valid_to) == (dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    assert made.details["standard"] == "qd59_2015"
    with pytest.raises(StatusRefused) as caught:
        record_status(
            register="poor_households",
            household=household,
            typed={"category": "near_poor", "year": "2021"},
            actor=officer,
        )
    assert made.reference in caught.value.errors["year"][0]
    with pytest.raises(StatusRefused) as caught:
        record_status(
            register="poor_households",
            household=household,
            typed={"category": "poor", "year": "2022", "monthly_income": "2.500.000"},
            actor=officer,
        )
    assert "chưa chắc chắn" in caught.value.warnings["category"][0]
    with pytest.raises(ValueError, match="household"):
        record_status(register="poor_households", person=resident(), typed=typed, actor=officer)


def test_who_was_joined_to_another_gets_no_entry() -> None:
    officer, kept = user(Role.COMMUNE_OFFICER), resident()
    joined = resident()
    Person.objects.filter(pk=joined.pk).update(joined_to=kept)
    with pytest.raises(StatusRefused) as caught:
        entry_of(joined, officer)
    assert "đã gộp" in caught.value.errors[""][0]


@pytest.mark.parametrize("area", [OTHER_COMMUNE, OUTSIDE_COMMUNE])
def test_another_commune_s_people_are_not_this_officer_s(area: str) -> None:
    with pytest.raises(PermissionDenied):
        entry_of(resident(area=area), user(Role.COMMUNE_OFFICER))


@pytest.mark.parametrize("role", [Role.DISTRICT_HEAD, Role.ACCOUNTANT, Role.AUDITOR, Role.LEADER])
def test_who_reads_does_not_write(role: Role) -> None:
    entry = entry_of(resident(), user(Role.DISTRICT_OFFICER))
    reader = user(role)
    for act in (
        lambda: entry_of(resident(), reader),
        lambda: change_status(status=entry, typed=typed_entry(entry), reason="x", actor=reader),
        lambda: end_status(status=entry, on=dt.date(2021, 9, 1), reason="x", actor=reader),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_an_entry_of_another_area_s_list_is_refused_without_telling_more_of_it() -> None:
    officer, person = user(Role.COMMUNE_OFFICER), resident()
    entry = entry_of(person, officer)
    # as a list of another commune would have written it: under that commune
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO beneficiaries_status SELECT (jsonb_populate_record(t, %s::jsonb)).* FROM beneficiaries_status t",
            [json.dumps({"id": 99, "reference": "DT-X", "area_code": OTHER_COMMUNE, "category": "k8"})],
        )
    with fenced(officer.pk, COMMUNE), pytest.raises(StatusRefused) as caught:
        entry_of(person, officer, category="k8")
    assert "địa bàn khác" in caught.value.errors["valid_from"][0]
    assert "DT-X" not in caught.value.errors["valid_from"][0]
    assert not Status.objects.filter(area_code=COMMUNE).exclude(pk=entry.pk).exists()
