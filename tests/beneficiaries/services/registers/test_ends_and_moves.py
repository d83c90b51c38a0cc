"""Days that were written stay what they are: an end is not undone by a change, nobody was in two households on one day."""

import datetime as dt

import pytest

from accounts.enums import Role
from beneficiaries.models import Household, HouseholdMember, ImportRow, Status
from beneficiaries.services.households import HouseholdRefused, add_member, end_membership, members_of
from beneficiaries.services.people import correct_details
from beneficiaries.services.registers import (
    StatusRefused,
    change_status,
    end_status,
    record_status,
    typed_entry,
)
from core.models import Event
from tests.beneficiaries.lists import codes
from tests.beneficiaries.services.registers.lists import NUMBERS, checked, sheet, taken_in
from tests.beneficiaries.services.registers.test_household_lists import HEADER, head, member
from tests.beneficiaries.services.registers.test_person_lists import HEADER as RECIPIENTS
from tests.beneficiaries.services.registers.test_person_lists import recipient
from tests.factories.people import user
from tests.factories.registers import household_of, resident

pytestmark = pytest.mark.django_db

JUNE_30 = dt.date(2021, 6, 30)


def poor_household() -> tuple[Household, Status]:
    officer = user(Role.COMMUNE_OFFICER)
    household = household_of(resident("Trần Văn Bảy"), officer)
    typed = {"category": "poor", "year": "2021", "monthly_income": "650.000"}
    return household, record_status(
        register="poor_households", household=household, typed=typed, actor=officer
    )


def test_a_change_of_a_household_s_entry_keeps_the_end_that_was_written() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    _household, entry = poor_household()
    ended = end_status(status=entry, on=JUNE_30, reason="Đã chuyển đi tỉnh khác", actor=officer)
    with pytest.raises(StatusRefused) as caught:
        change_status(status=ended, typed=typed_entry(ended), reason="Sửa", actor=officer)
    assert "Chưa có gì thay đổi" in caught.value.errors[""][0]
    typed = {**typed_entry(ended), "monthly_income": "600.000"}
    after = change_status(status=ended, typed=typed, reason="Ghi sai thu nhập", actor=officer)
    assert (after.valid_to, after.end_reason, after.ended_by_id) == (
        JUNE_30,
        "Đã chuyển đi tỉnh khác",
        officer.pk,
    )
    # an entry of another year is another matter: the end was of the year before
    moved = change_status(
        status=after, typed={**typed_entry(after), "year": "2020"}, reason="Ghi sai năm", actor=officer
    )
    assert (moved.valid_from, moved.valid_to, moved.ended_by_id) == (
        dt.date(2020, 1, 1),
        dt.date(2020, 12, 31),
        None,
    )


def test_nobody_comes_into_a_household_on_a_day_when_they_were_in_another() -> None:
    officer, child = user(Role.COMMUNE_OFFICER), resident("Trần Thị Bé")
    first, second = (household_of(resident(), officer) for _ in range(2))
    stay = add_member(
        household=first, person=child, relation="Con", valid_from=dt.date(2021, 2, 1), actor=officer
    )
    end_membership(member=stay, on=JUNE_30, reason="Ở với ông bà", actor=officer)
    with pytest.raises(HouseholdRefused) as caught:
        add_member(household=second, person=child, relation="Cháu", valid_from=JUNE_30, actor=officer)
    assert list(caught.value.errors) == ["valid_from"]
    assert first.reference in caught.value.errors["valid_from"][0]
    assert "30/06/2021" in caught.value.errors["valid_from"][0]
    add_member(
        household=second,
        person=child,
        relation="Cháu",
        valid_from=JUNE_30 + dt.timedelta(days=1),
        actor=officer,
    )
    assert members_of(second).count() == 2


def test_a_list_brings_a_member_in_after_the_days_in_another_household() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    taken_in(
        sheet(HEADER, head(), member("Trần Thị Bé", "089199000123", "con", born="05/06/1999")),
        "poor_households",
        officer,
    )
    stay = HouseholdMember.objects.get(person__full_name="Trần Thị Bé")
    end_membership(member=stay, on=JUNE_30, reason="Lấy chồng", actor=officer)
    again = sheet(
        HEADER,
        head("Lê Văn Tám", NUMBERS[1], code="H-002"),
        member("Trần Thị Bé", "089199000123", "vợ", code="H-002", born="05/06/1999"),
    )
    taken_in(again, "poor_households", officer)
    now = HouseholdMember.objects.get(person=stay.person, valid_to__isnull=True)
    assert (now.household.code, now.valid_from) == ("H-002", dt.date(2021, 7, 1))


def test_two_numbers_of_a_list_are_two_households_also_where_one_of_that_head_has_none() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    known = household_of(resident("Trần Văn Bảy"), officer, hamlet="Khóm Mỹ Lương")
    taken_in(
        sheet(
            HEADER,
            head("Trần Văn Bảy", NUMBERS[0], code="H-001"),
            head("Trần Văn Bảy", NUMBERS[1], code="H-002", born="02/03/1985"),
        ),
        "poor_households",
        officer,
    )
    known.refresh_from_db()
    assert known.code == ""
    assert Status.objects.filter(household=known).count() == 0


def test_a_number_that_a_list_gives_a_household_is_in_its_log() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    known = household_of(resident("Trần Văn Bảy"), officer, hamlet="Khóm Mỹ Lương")
    taken_in(sheet(HEADER, head()), "poor_households", officer)
    known.refresh_from_db()
    assert (known.code, known.version) == ("H-001", 2)
    event = Event.objects.get(action="household.corrected", object_id=known.pk)
    assert (event.change["fields"], event.change["before"], event.change["after"]) == (
        ["code"],
        {"code": ""},
        {"code": "H-001"},
    )
    assert event.reason


def test_a_household_bears_the_name_of_its_head_as_it_is_corrected() -> None:
    officer, person = user(Role.COMMUNE_OFFICER), resident("Trần Văn Bảy", hamlet="Khóm Mỹ Lương")
    household = household_of(person, officer)
    person.refresh_from_db()
    typed = {
        "full_name": "Trần Văn Bẩy",
        "dob": "1985",
        "sex": "Nam",
        "address": "Khóm Mỹ Lương",
        "job": "",
        "phone": "",
    }
    correct_details(person=person, typed=typed, reason="Theo CCCD", actor=officer, keeps_warnings=True)
    household.refresh_from_db()
    assert (household.head_name, household.version) == ("Trần Văn Bẩy", 2)


def test_what_is_too_long_for_a_register_is_cut_with_a_word_on_it() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    row = head(code="H" * 31)
    row[-1] = "1" + "x" * 60
    made = checked(
        sheet(HEADER, row, head("Lê Văn Tám", NUMBERS[1], code="H" * 30)), "poor_households", officer
    )
    assert codes(made, 5) == {"VALUE_TOO_LONG"}
    assert {
        finding["field"] for finding in ImportRow.objects.get(list_import=made, row_number=5).findings
    } == {
        "household_number",
        "decision_number",
    }
    assert codes(made, 6) == set()


def test_a_list_s_decision_is_not_of_a_day_to_come() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    row = recipient()
    row[-1] = "01/01/2039"
    made = checked(sheet(RECIPIENTS, row, recipient("Lê Văn Tám", NUMBERS[1])), "social_protection", officer)
    assert codes(made, 5) == {"DAY_TO_COME"}
    finding = ImportRow.objects.get(list_import=made, row_number=5).findings[0]
    assert (finding["field"], finding["severity"]) == ("decided_on", "error")
    assert finding["found"] == "01/01/2039"
    assert codes(made, 6) == set()
