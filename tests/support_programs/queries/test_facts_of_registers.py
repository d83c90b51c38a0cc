"""What an entry of a register says of a case, and what was stated otherwise beside it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Household, HouseholdMember, Person, Status
from core.transitions import TransitionRefused
from support_programs.models import Case, EligibilityDetermination
from support_programs.queries.register_entries import changed_since_judged
from support_programs.services.appraisal import mark_eligible, verify_cases
from support_programs.services.claims import open_claim
from support_programs.services.determinations import determine_cases
from tests.factories import cases as made
from tests.factories.cases import Staff
from tests.factories.claims import applicant
from tests.factories.people import COMMUNE, OTHER_COMMUNE, user

pytestmark = pytest.mark.django_db
DAY = dt.date(2021, 9, 20)
_numbers = iter(range(1, 1000))


@pytest.fixture
def officer() -> User:
    return user(Role.COMMUNE_OFFICER)


def entry(person: Person, register: str, category: str, **changes: Any) -> Status:
    details = changes.pop("details", {})
    return Status.objects.create(
        **_dated(person, **changes),
        reference=f"ST-2021-{next(_numbers):08d}",
        register=register,
        category=category,
        details=details,
        person=person,
    )


def poor(person: Person, category: str = "poor", **changes: Any) -> Status:
    home = Household.objects.create(
        reference=f"HG-2021-{next(_numbers):08d}",
        area_code=COMMUNE,
        head_name=person.full_name,
        head_name_sort="x",
    )
    HouseholdMember.objects.create(**_dated(person, **changes), household=home, person=person, relation="Con")
    return Status.objects.create(
        **_dated(person),
        reference=f"ST-2021-{next(_numbers):08d}",
        register="poor_households",
        category=category,
        household=home,
    )


def _dated(person: Person, **changes: Any) -> dict[str, Any]:
    return {
        "area_code": person.area_code,
        "valid_from": dt.date(2021, 1, 1),
        "source": "typed",
        "recorded_by_id": 1,
        "recorded_by_name": "Cán bộ",
        "recorded_on": DAY,
        **changes,
    }


def claim(officer: User, programme: str = "GAO_HO_TRO", **answers: Any) -> Case:
    return open_claim(
        programme=programme, received_on=DAY, actor=officer, applicant=applicant(), answers=answers
    )


def claim_of_another(officer: User) -> Case:
    """Somebody whom nobody takes for the first one."""
    typed = {"full_name": "Chau Sóc Vanh", "dob": "03/03/1961", "sex": "Nam", "id_number": "089061044444"}
    return open_claim(
        programme="GAO_HO_TRO", received_on=DAY, actor=officer, applicant=applicant(**typed), answers={}
    )


def judged(case: Case, officer: User) -> dict[str, Any]:
    determine_cases(Case.objects.filter(pk=case.pk), actor=officer)
    return EligibilityDetermination.objects.filter(case=case).latest("id").facts


def test_a_household_on_the_list_makes_its_member_poor(officer: User) -> None:
    case = claim(officer, present_locally="true")
    assert case.result == "undetermined"
    status = poor(case.person, "near_poor")
    assert judged(case, officer)["group"] == {
        "value": "near_poor",
        "source": "register",
        "by": status.reference,
        "on": "2021-01-01",
    }
    case.refresh_from_db()
    assert case.result == "eligible"


def test_what_was_stated_otherwise_stays_with_the_fact_and_is_marked_on_the_page(
    officer: User, client: Client
) -> None:
    case = claim(officer, group="poor", present_locally="true")
    poor(case.person, "near_poor")
    group = judged(case, officer)["group"]
    assert (group["value"], group["stated"]["value"]) == ("near_poor", "poor")
    assert Case.objects.get(pk=case.pk).facts["group"]["value"] == "poor"
    client.force_login(officer)
    page = client.get(f"/cases/{case.reference}/").content.decode()
    assert "Hồ sơ ghi khác" in page
    assert "Khi xét, hệ thống lấy thông tin của sổ." in page


def test_the_same_answer_is_no_contradiction(officer: User, client: Client) -> None:
    case = claim(officer, group="poor", present_locally="true")
    poor(case.person)
    assert "stated" not in judged(case, officer)["group"]
    client.force_login(officer)
    page = client.get(f"/cases/{case.reference}/").content.decode()
    assert "Thông tin lấy từ các sổ" in page
    assert "Hồ sơ ghi khác" not in page


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        (dt.date(2021, 1, 1), None, True),
        (dt.date(2021, 1, 1), DAY, True),
        (DAY, DAY, True),
        (dt.date(2021, 1, 1), dt.date(2021, 9, 19), False),
        (dt.date(2021, 9, 21), None, False),
    ],
)
def test_an_entry_counts_on_the_day_of_receipt(
    officer: User, first: dt.date, last: dt.date | None, counts: bool
) -> None:
    case = claim(officer, present_locally="true")
    entry(case.person, "social_protection", "k6_severe", valid_from=first, valid_to=last)
    assert ("group" in judged(case, officer)) is counts


def test_a_replaced_entry_and_a_household_that_was_left_say_nothing(officer: User) -> None:
    case = claim(officer, present_locally="true")
    entry(case.person, "social_protection", "k6_severe", is_replaced=True)
    poor(case.person, valid_to=dt.date(2021, 8, 1), end_reason="Chuyển đi")
    assert "group" not in judged(case, officer)


def test_of_several_groups_the_highest_allowance_counts(officer: User) -> None:
    case = open_claim(
        programme="BTXH_THANG",
        received_on=DAY,
        actor=officer,
        applicant=applicant(),
        answers={"event_start": "01/09/2021", "category": "k5c"},
    )
    entry(case.person, "social_protection", "k5c")
    entry(case.person, "social_protection", "k6_special")
    assert judged(case, officer)["category"]["value"] == "k6_special"
    case.refresh_from_db()
    assert case.amount_proposed == 720_000


def test_somebody_joined_tells_for_both(officer: User) -> None:
    case, other = claim(officer, present_locally="true"), claim_of_another(officer)
    entry(other.person, "social_protection", "k8")
    Person.objects.filter(pk=case.person_id).update(joined_to=other.person)
    assert judged(case, officer)["group"]["value"] == "social_assistance"


def test_the_register_of_free_workers_answers_what_the_list_left_open(officer: User) -> None:
    case = claim(officer, "LD_TU_DO", residence="permanent", claims_elsewhere="false")
    details = {
        "lost_work_on": "2021-07-09",
        "monthly_income": 0,
        "has_labour_contract": False,
        "occupation": "Phụ hồ",
    }
    entry(case.person, "free_workers", "tho_ho_phu_ho", details=details)
    facts = judged(case, officer)
    told = {code: fact["value"] for code, fact in facts.items() if fact.get("by", "").startswith("ST-")}
    assert told == {
        "occupation_group": "tho_ho_phu_ho",
        "has_labour_contract": False,
        "lost_income_on": "2021-07-09",
        "monthly_income": 0,
    }
    # the list's own words were read as another group
    assert facts["occupation_group"]["stated"]["value"] == "ban_ve_so_luu_dong"
    case.refresh_from_db()
    assert case.result == "eligible"


# --- what changed since -------------------------------------------------------------------------------------------------


def test_an_entry_written_changed_or_ended_since_is_noticed(officer: User) -> None:
    case, other = claim(officer, present_locally="true"), claim_of_another(officer)
    assert changed_since_judged([case.pk, other.pk]) == []
    status = entry(case.person, "social_protection", "k8")
    entry(other.person, "merit", "war_invalid")
    assert changed_since_judged([case.pk, other.pk]) == [case.pk]
    judged(case, officer)
    assert changed_since_judged([case.pk]) == []
    # the same answer from another entry is no change
    entry(case.person, "social_protection", "k5c")
    assert changed_since_judged([case.pk]) == []
    Status.objects.filter(person=case.person).exclude(pk=status.pk).update(is_replaced=True)
    Status.objects.filter(pk=status.pk).update(
        valid_to=dt.date(2021, 9, 1), end_reason="Hết hạn", ended_by_id=1
    )
    assert changed_since_judged([case.pk]) == [case.pk]


def test_the_page_offers_to_check_again_and_does(officer: User, client: Client) -> None:
    case = claim(officer, present_locally="true")
    entry(case.person, "social_protection", "k8")
    client.force_login(officer)
    address = f"/cases/{case.reference}/"
    assert "Kiểm tra lại theo sổ" in client.get(address).content.decode()
    assert client.post(f"{address}recheck/").status_code == 302
    page = client.get(address).content.decode()
    assert "Kiểm tra lại theo sổ" not in page
    case.refresh_from_db()
    assert case.result == "eligible"
    client.force_login(user(Role.AUDITOR))
    assert client.post(f"{address}recheck/").status_code == 403
    client.force_login(user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE))
    assert client.post(f"{address}recheck/").status_code == 404


@pytest.fixture
def appraised() -> tuple[Staff, Case]:
    """A free worker at the district whom the rules find eligible."""
    who = made.staff()
    return who, Case.objects.get(case_list=made.list_at_district(who))


def test_what_the_registers_say_otherwise_by_now_is_not_found_eligible_unseen(
    appraised: tuple[Staff, Case],
) -> None:
    who, case = appraised
    details = {"has_labour_contract": True}
    entry(case.person, "free_workers", "ban_ve_so_luu_dong", details=details)
    with pytest.raises(TransitionRefused, match="Mục của sổ đã thay đổi"):
        mark_eligible(case, actor=who.officer)
    report = verify_cases(Case.objects.filter(pk=case.pk), actor=who.officer)
    assert report.done == 0
    assert "Không đạt: Không có giao kết hợp đồng lao động" in report.needs_eyes[0].reason
    case.refresh_from_db()
    assert (case.status, case.result) == ("appraising", "not_eligible")


def test_what_the_registers_confirm_goes_on(appraised: tuple[Staff, Case]) -> None:
    who, case = appraised
    entry(case.person, "free_workers", "ban_ve_so_luu_dong", details={"has_labour_contract": False})
    assert verify_cases(Case.objects.filter(pk=case.pk), actor=who.officer).done == 1
