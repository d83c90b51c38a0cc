"""Households: registered with their head, joined, left with a reason, led by another; a person is in one at a time."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from beneficiaries.models import Household, HouseholdMember, Person
from beneficiaries.services.households import (
    HouseholdRefused,
    add_member,
    change_head,
    correct_household,
    end_membership,
    members_of,
    register_household,
)
from core.fence import fenced
from core.models import Event
from core.transitions import StaleRecord
from tests.factories.people import COMMUNE, OTHER_COMMUNE, OUTSIDE_COMMUNE, user
from tests.factories.registers import household_of, resident

pytestmark = pytest.mark.django_db

JULY = dt.date(2021, 7, 1)
BEGAN = dt.date(2021, 1, 1)


def test_an_officer_registers_a_household_with_its_head_and_a_child() -> None:
    officer, head, child = user(Role.COMMUNE_OFFICER), resident("Trần Văn Bảy"), resident("Trần Thị Bé")
    household = household_of(head, officer, code="H-01", hamlet="Khóm Mỹ Lương")
    member = add_member(household=household, person=child, relation="Con", valid_from=JULY, actor=officer)
    household.refresh_from_db()
    assert household.reference.startswith("HG-")
    assert (household.area_code, household.code, household.head_name) == (COMMUNE, "H-01", "Trần Văn Bảy")
    assert [(one.person, one.relation, one.is_head) for one in members_of(household)] == [
        (head, "Chủ hộ", True),
        (child, "Con", False),
    ]
    assert (member.source, member.recorded_by_id, member.valid_from) == ("typed", officer.pk, JULY)
    actions = Event.objects.filter(object_ref=household.reference).order_by("pk")
    assert [event.action for event in actions] == [
        "household.registered",
        "household.member_added",
        "household.member_added",
    ]


def test_a_number_belongs_to_one_household_of_the_commune() -> None:
    officer = user(Role.DISTRICT_OFFICER)
    first = household_of(resident(), officer, code="H-01")
    with pytest.raises(HouseholdRefused) as caught:
        household_of(resident(), officer, code="H-01")
    assert first.reference in caught.value.errors["code"][0]
    household_of(resident(area=OTHER_COMMUNE), officer, code="H-01")
    second = household_of(resident(), officer)
    with pytest.raises(HouseholdRefused):
        correct_household(household=second, typed={"code": "H-01"}, reason="Ghi nhầm", actor=officer)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"relation": " "}, "relation"),
        ({"valid_from": dt.date(2039, 1, 1)}, "valid_from"),
        ({"relation": "x" * 61}, "relation"),
    ],
)
def test_a_member_needs_a_relation_and_a_day_that_was(values: dict[str, object], field: str) -> None:
    officer = user(Role.COMMUNE_OFFICER)
    household = household_of(resident(), officer)
    asked = {"person": resident(), "relation": "Con", "valid_from": JULY, **values}
    with pytest.raises(HouseholdRefused) as caught:
        add_member(household=household, actor=officer, **asked)  # type: ignore[arg-type]
    assert list(caught.value.errors) == [field]
    assert members_of(household).count() == 1


def test_who_moves_leaves_the_other_household_with_a_reason() -> None:
    officer, child = user(Role.COMMUNE_OFFICER), resident()
    first, second = household_of(resident("Trần Văn Bảy"), officer), household_of(resident(), officer)
    before = add_member(household=first, person=child, relation="Con", valid_from=BEGAN, actor=officer)
    with pytest.raises(HouseholdRefused) as caught:
        add_member(household=second, person=child, relation="Cháu", valid_from=JULY, actor=officer)
    assert first.reference in caught.value.errors["move_reason"][0]
    assert "Trần Văn Bảy" in caught.value.errors["move_reason"][0]
    moved = add_member(
        household=second,
        person=child,
        relation="Cháu",
        valid_from=JULY,
        actor=officer,
        move_reason="Về ở với bà",
    )
    before.refresh_from_db()
    assert (before.valid_to, before.end_reason, before.ended_by_id) == (
        dt.date(2021, 6, 30),
        "Về ở với bà",
        officer.pk,
    )
    assert (moved.household, moved.valid_from) == (second, JULY)
    left = Event.objects.get(action="household.member_left")
    assert (left.object_ref, left.change["person"], left.change["on"]) == (
        first.reference,
        child.reference,
        "30/06/2021",
    )
    # the same person twice in one household
    with pytest.raises(HouseholdRefused) as caught:
        add_member(household=second, person=child, relation="Con", valid_from=JULY, actor=officer)
    assert "đã là thành viên" in caught.value.errors["person"][0]


def test_a_household_of_another_area_lets_nobody_go_by_this_officer() -> None:
    child = resident()
    other = household_of(resident(area=OUTSIDE_COMMUNE), user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE))
    add_member(
        household=other,
        person=child,
        relation="Con",
        valid_from=BEGAN,
        actor=user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE),
    )
    officer = user(Role.COMMUNE_OFFICER)
    with pytest.raises(HouseholdRefused) as caught:
        add_member(
            household=household_of(resident(), officer),
            person=child,
            relation="Con",
            valid_from=JULY,
            actor=officer,
            move_reason="x",
        )
    assert "địa bàn khác" in caught.value.errors["person"][0]


def test_the_head_goes_last_or_hands_over_first() -> None:
    officer, head, wife = user(Role.COMMUNE_OFFICER), resident("Trần Văn Bảy"), resident("Lê Thị Tám")
    household = household_of(head, officer)
    add_member(household=household, person=wife, relation="Vợ", valid_from=BEGAN, actor=officer)
    of_head = members_of(household).get(person=head)
    with pytest.raises(HouseholdRefused) as caught:
        end_membership(member=of_head, on=JULY, reason="Đi làm xa", actor=officer)
    assert "Hãy đổi chủ hộ trước" in caught.value.errors[""][0]

    made = change_head(
        household=household,
        person=wife,
        relation_of_former="Chồng",
        on=JULY,
        reason="Chủ hộ đi làm xa",
        actor=officer,
    )
    household.refresh_from_db()
    assert (household.head_name, household.version) == ("Lê Thị Tám", 2)
    assert [(one.person, one.relation, one.is_head) for one in members_of(household)] == [
        (wife, "Chủ hộ", True), (head, "Chồng", False),
    ]  # fmt: skip
    of_head.refresh_from_db()
    assert (of_head.valid_to, of_head.is_head) == (dt.date(2021, 6, 30), True)
    assert made.reason == "Chủ hộ đi làm xa"
    end_membership(
        member=members_of(household).get(person=head),
        on=dt.date(2021, 8, 1),
        reason="Đi làm xa",
        actor=officer,
    )
    last = members_of(household).get()
    end_membership(member=last, on=dt.date(2021, 9, 1), reason="Hộ giải thể", actor=officer)
    assert not members_of(household).exists()
    assert HouseholdMember.objects.filter(household=household).count() == 4


@pytest.mark.parametrize(
    ("who", "values", "field"),
    [
        ("stranger", {}, "person"),
        ("head", {}, "person"),
        ("wife", {"reason": ""}, "reason"),
        ("wife", {"relation_of_former": ""}, "relation_of_former"),
        ("wife", {"on": BEGAN}, "on"),
    ],
)
def test_a_new_head_is_another_member_and_has_a_reason(
    who: str, values: dict[str, object], field: str
) -> None:
    officer = user(Role.COMMUNE_OFFICER)
    people = {"head": resident(), "wife": resident(), "stranger": resident()}
    household = household_of(people["head"], officer)
    add_member(household=household, person=people["wife"], relation="Vợ", valid_from=BEGAN, actor=officer)
    asked = {"relation_of_former": "Chồng", "on": JULY, "reason": "Đổi", **values}
    with pytest.raises(HouseholdRefused) as caught:
        change_head(household=household, person=people[who], actor=officer, **asked)  # type: ignore[arg-type]
    assert list(caught.value.errors) == [field]
    assert members_of(household).get(is_head=True).person == people["head"]


def test_a_correction_needs_a_reason_and_the_version_that_was_seen() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    household = household_of(resident(), officer, code="H-01", hamlet="Khóm A")
    with pytest.raises(HouseholdRefused) as caught:
        correct_household(household=household, typed={"hamlet": "Khóm B"}, reason="", actor=officer)
    assert list(caught.value.errors) == ["reason"]
    corrected = correct_household(
        household=household,
        typed={"hamlet": "Khóm B"},
        reason="Ghi nhầm khóm",
        actor=officer,
        expected_version=1,
    )
    assert (corrected.hamlet, corrected.code, corrected.version) == ("Khóm B", "H-01", 2)
    event = Event.objects.get(action="household.corrected")
    assert (event.reason, event.change["before"], event.change["after"]) == (
        "Ghi nhầm khóm", {"hamlet": "Khóm A"}, {"hamlet": "Khóm B"},
    )  # fmt: skip
    with pytest.raises(StaleRecord):
        correct_household(household=household, typed={}, reason="x", actor=officer, expected_version=1)


def test_a_household_stands_in_a_commune_and_its_head_is_nobody_joined() -> None:
    officer, head = user(Role.DISTRICT_OFFICER), resident()
    with pytest.raises(HouseholdRefused) as caught:
        register_household(area_code="89888", head=head, typed={}, valid_from=BEGAN, actor=officer)
    assert list(caught.value.errors) == ["area_code"]
    Person.objects.filter(pk=head.pk).update(joined_to=resident())
    with pytest.raises(HouseholdRefused) as caught:
        household_of(head, officer)
    assert "đã gộp" in caught.value.errors["head"][0]
    assert not Household.objects.exists()


def test_only_officers_of_the_area_write() -> None:
    household = household_of(resident(), user(Role.COMMUNE_OFFICER))
    for stranger in (
        user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE),
        user(Role.DISTRICT_HEAD),
        user(Role.AUDITOR),
    ):
        with pytest.raises(PermissionDenied):
            add_member(
                household=household, person=resident(), relation="Con", valid_from=JULY, actor=stranger
            )
        with pytest.raises(PermissionDenied):
            end_membership(member=members_of(household).get(), on=JULY, reason="x", actor=stranger)


def test_a_household_that_this_desk_does_not_see_keeps_its_people() -> None:
    child = resident()
    there = user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE)
    other = household_of(resident(area=OUTSIDE_COMMUNE), there)
    add_member(household=other, person=child, relation="Con", valid_from=BEGAN, actor=there)
    officer = user(Role.COMMUNE_OFFICER)
    household = household_of(resident(), officer)
    with fenced(officer.pk, COMMUNE), pytest.raises(HouseholdRefused) as caught:
        add_member(
            household=household,
            person=child,
            relation="Con",
            valid_from=JULY,
            actor=officer,
            move_reason="Về ở với bà",
        )
    assert "địa bàn khác" in caught.value.errors["person"][0]
