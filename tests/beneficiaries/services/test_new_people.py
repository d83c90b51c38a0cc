"""Somebody new and what is said of them: written together or not at all, everything wrong told at once."""

import datetime as dt

import pytest

from accounts.enums import Role
from beneficiaries.models import Care, Household, HouseholdMember, Person, Status
from beneficiaries.registers import register_of
from beneficiaries.services.dated import RecordRefused
from beneficiaries.services.new_people import MemberTyped, add_new_member, record_new_care
from beneficiaries.services.registers.entering import HouseholdTyped, enter_household, enter_new_person
from tests.factories import registered
from tests.factories.people import COMMUNE, OUTSIDE_COMMUNE, user

pytestmark = pytest.mark.django_db

NUMBER = "089085000411"
TYPED = {
    "full_name": "Nguyễn Văn Bảy",
    "dob": "05/03/1985",
    "sex": "Nam",
    "id_number": NUMBER,
    "address": "Ấp Phú Lợi",
}
ENTRY = {"category": "k6_severe", "disability_degree": "severe", "valid_from": "01/07/2021"}
LONG_AGO = dt.date(2020, 1, 1)


def entered(
    person: dict[str, str] | None = None, entry: dict[str, str] | None = None, *, keeps: bool = False
) -> Status:
    return enter_new_person(
        register=register_of("social_protection"),
        typed_person={**TYPED, **(person or {})},
        typed={**ENTRY, **(entry or {})},
        area_code=COMMUNE,
        actor=user(Role.COMMUNE_OFFICER),
        keeps_warnings=keeps,
    )


def refusal(*args: dict[str, str], keeps: bool = False) -> RecordRefused:
    before = (Person.objects.count(), Status.objects.count())
    with pytest.raises(RecordRefused) as refused:
        entered(*args, keeps=keeps)
    assert (Person.objects.count(), Status.objects.count()) == before
    return refused.value


def test_person_and_entry_come_together() -> None:
    status = entered()
    assert status.person == Person.objects.get()
    assert (status.category, status.area_code) == ("k6_severe", COMMUNE)


def test_nobody_is_registered_without_the_entry() -> None:
    found = refusal({}, {"valid_from": "31/02/2021"}, keeps=True)
    assert set(found.errors) == {"valid_from"}


def test_what_is_wrong_with_both_is_told_at_once() -> None:
    found = refusal({"full_name": "", "id_number": "08908500041"}, {"category": ""})
    assert set(found.errors) == {"new.full_name", "new.id_number", "category"}


def test_a_warning_of_the_entry_is_shown_beside_one_of_the_person_so_that_none_is_kept_unseen() -> None:
    odd = {"category": "k5c", "disability_degree": ""}  # for people of 80 and more
    found = refusal({"id_number": ""}, odd)
    assert set(found.warnings) == {"new.id_number", "category"}
    assert found.errors == {}
    assert entered({"id_number": ""}, odd, keeps=True).category == "k5c"


def test_who_lives_elsewhere_is_entered_there() -> None:
    registered.person("Nguyễn Văn Bảy", area=OUTSIDE_COMMUNE, number=NUMBER, born=dt.date(1985, 3, 5))
    found = refusal({}, {}, keeps=True)
    assert set(found.errors) == {"new.id_number"}
    assert Person.objects.filter(area_code=COMMUNE).count() == 0


def test_a_household_needs_its_head_and_its_entry_together() -> None:
    with pytest.raises(RecordRefused) as refused:
        enter_household(
            head=None,
            typed_head=TYPED,
            area_code=COMMUNE,
            household=HouseholdTyped({"code": "PM-017"}, LONG_AGO),
            register=register_of("poor_households"),
            typed={"category": "poor", "year": "1850"},
            actor=user(Role.COMMUNE_OFFICER),
            keeps_warnings=True,
        )
    assert set(refused.value.errors) == {"year"}
    assert (Person.objects.count(), Household.objects.count(), Status.objects.count()) == (0, 0, 0)
    household, status = enter_household(
        head=None,
        typed_head=TYPED,
        area_code=COMMUNE,
        household=HouseholdTyped({"code": "PM-017"}, LONG_AGO),
        register=register_of("poor_households"),
        typed={"category": "poor", "year": "2021"},
        actor=user(Role.COMMUNE_OFFICER),
        keeps_warnings=True,
    )
    assert status is not None
    assert (status.household, household.head_name) == (household, "Nguyễn Văn Bảy")
    assert HouseholdMember.objects.get().is_head


def test_a_member_or_a_carer_that_is_refused_leaves_nobody_behind() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    head = registered.person("Trần Văn Tám")
    household, _status = enter_household(
        head=head,
        typed_head={},
        area_code=COMMUNE,
        household=HouseholdTyped({}, LONG_AGO),
        actor=officer,
    )
    with pytest.raises(RecordRefused) as refused:
        add_new_member(
            household=household,
            person=None,
            typed_person=TYPED,
            area_code=COMMUNE,
            member=MemberTyped("", LONG_AGO),
            actor=officer,
            keeps_warnings=True,
        )
    assert set(refused.value.errors) == {"relation"}
    with pytest.raises(RecordRefused) as refused:
        record_new_care(
            person=head,
            is_carer=True,
            other=None,
            typed_other=TYPED,
            area_code=COMMUNE,
            typed={"relation": "father"},
            actor=officer,
            keeps_warnings=True,
        )
    assert set(refused.value.errors) == {"valid_from"}
    assert list(Person.objects.all()) == [head]
    assert not Care.objects.exists()
