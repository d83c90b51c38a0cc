"""Entries of registers, members, carers: what the services refuse, the database refuses too."""

import json
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.enums import Role
from beneficiaries.models import HouseholdMember, Status
from beneficiaries.services.care import record_care
from beneficiaries.services.households import add_member
from beneficiaries.services.registers import record_status
from tests.factories.people import user
from tests.factories.registers import entry_of, household_of, resident

pytestmark = pytest.mark.django_db

STATUS, MEMBER, CARE = "beneficiaries_status", "beneficiaries_householdmember", "beneficiaries_care"


def run(sql: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(match: str) -> Any:
    return pytest.raises(DatabaseError, match=match)


def copied(table: str, pk: int, **changes: object) -> None:
    """Insert a copy of a row with some columns changed, given as JSON."""
    if table == STATUS:
        changes = {"reference": "XX-1", **changes}
    run(
        f"INSERT INTO {table} SELECT (jsonb_populate_record(t, %s::jsonb)).* FROM {table} t WHERE id = %s",
        json.dumps({"id": 999_999, **changes}),
        pk,
    )


@pytest.mark.parametrize(
    "change",
    [
        "category = 'k8'",
        "details = '{}'",
        "valid_from = valid_from - 1",
        "decision_number = 'khác'",
        "reason = 'khác'",
        "person_id = NULL",
        "area_code = '8988930463'",
        "recorded_by_id = 1",
    ],
)
def test_an_entry_never_changes(change: str) -> None:
    entry = entry_of(resident(), user(Role.COMMUNE_OFFICER))
    with refused("never changed|policy"):
        run(f"UPDATE {STATUS} SET {change} WHERE id = %s", entry.pk)


def test_an_entry_is_never_deleted() -> None:
    entry = entry_of(resident(), user(Role.COMMUNE_OFFICER))
    with refused("permission denied"):
        run(f"DELETE FROM {STATUS} WHERE id = %s", entry.pk)


def test_two_entries_of_one_group_never_share_a_day() -> None:
    entry = entry_of(resident(), user(Role.COMMUNE_OFFICER), valid_to="31/12/2021")
    for days in (
        {},
        {"valid_from": "2021-12-31", "valid_to": None},
        {"valid_from": "2021-01-01", "valid_to": "2021-07-01"},
        {"valid_from": "2021-01-01", "valid_to": None},
    ):
        with refused("one_status_of_a_kind_a_day"):
            copied(STATUS, entry.pk, **days)
    copied(STATUS, entry.pk, valid_from="2022-01-01", valid_to=None)
    assert Status.objects.count() == 2


def test_a_household_is_never_poor_and_near_poor_on_one_day() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    entry = record_status(
        register="poor_households",
        household=household_of(resident(), officer),
        typed={"category": "poor", "year": "2021"},
        actor=officer,
    )
    with refused("one_status_of_a_household_a_day"):
        copied(STATUS, entry.pk, category="near_poor")


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        (
            {"valid_from": "2021-12-31", "valid_to": "2021-12-01", "category": "k8"},
            "status_ends_after_start|range lower",
        ),
        ({"register": "none"}, "register_known|status_has_its_subject"),
        ({"register": "poor_households"}, "status_has_its_subject"),
        ({"source": "guess", "category": "k8"}, "status_source_known"),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(changes: dict[str, object], match: str) -> None:
    entry = entry_of(resident(), user(Role.COMMUNE_OFFICER))
    with refused(match):
        copied(STATUS, entry.pk, **changes)


def test_a_row_takes_the_place_of_another_only_with_a_reason() -> None:
    entry = entry_of(resident(), user(Role.COMMUNE_OFFICER))
    with refused("status_change_has_reason"):
        copied(STATUS, entry.pk, category="k8", replaces_id=entry.pk)
    copied(STATUS, entry.pk, category="k8", replaces_id=entry.pk, reason="Quyết định mới")


def test_an_end_has_somebody_and_a_reason_and_stays() -> None:
    entry = entry_of(resident(), user(Role.COMMUNE_OFFICER))
    with refused("never changed"):
        run(f"UPDATE {STATUS} SET valid_to = '2021-09-01' WHERE id = %s", entry.pk)
    with refused("status_end_has_reason"):
        run(f"UPDATE {STATUS} SET valid_to = '2021-09-01', ended_by_id = 7 WHERE id = %s", entry.pk)
    run(
        f"UPDATE {STATUS} SET valid_to = '2021-09-01', ended_by_id = 7, end_reason = 'x' WHERE id = %s",
        entry.pk,
    )
    for change in ("valid_to = '2021-10-01'", "valid_to = NULL", "end_reason = 'y'", "ended_by_id = NULL"):
        with refused("never changed|status_end_has_reason"):
            run(f"UPDATE {STATUS} SET {change} WHERE id = %s", entry.pk)


def test_a_replaced_row_never_comes_back() -> None:
    entry = entry_of(resident(), user(Role.COMMUNE_OFFICER))
    run(f"UPDATE {STATUS} SET is_replaced = true WHERE id = %s", entry.pk)
    with refused("never changed"):
        run(f"UPDATE {STATUS} SET is_replaced = false WHERE id = %s", entry.pk)


def test_a_person_is_in_one_household_and_a_household_has_one_head() -> None:
    officer, child = user(Role.COMMUNE_OFFICER), resident()
    first, second = household_of(resident(), officer), household_of(resident(), officer)
    member = add_member(
        household=first,
        person=child,
        relation="Con",
        valid_from=first.members.get().valid_from,
        actor=officer,
    )
    with refused("one_household_at_a_time"):
        copied(MEMBER, member.pk, household_id=second.pk)
    head = HouseholdMember.objects.get(household=first, is_head=True)
    with refused("one_head_per_household"):
        copied(MEMBER, head.pk, person_id=resident().pk)
    with refused("never changed"):
        run(f"UPDATE {MEMBER} SET relation = 'Cháu' WHERE id = %s", member.pk)


def test_a_carer_is_another_and_cares_once() -> None:
    officer, child = user(Role.COMMUNE_OFFICER), resident()
    care = record_care(
        person=child, carer=resident(), typed={"relation": "mother", "valid_from": "1/7/2021"}, actor=officer
    )
    with refused("one_care_of_two_people"):
        copied(CARE, care.pk)
    with refused("carer_is_another"):
        copied(CARE, care.pk, carer_id=child.pk)
