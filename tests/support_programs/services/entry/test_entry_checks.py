"""What is said of a form while it is typed: of what stands in it, and before it is handed in."""

import pytest

from accounts.enums import Role
from beneficiaries.models import Person
from core.models import Event
from support_programs.models import Case
from support_programs.queries.claims import rules_of_today
from support_programs.services.entry_checks import Checked, check_typed
from tests.factories import cases as make
from tests.factories import claims, registered
from tests.factories.people import user

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def check(who: make.Staff, programme: str = "LD_TU_DO", **typed: str) -> Checked:
    fields = {name.replace("__", "-"): value for name, value in typed.items()}
    return check_typed(rules_of_today()[programme], fields, who.commune)


def test_an_empty_form_is_not_scolded(who: make.Staff) -> None:
    checked = check(who, received_on="27/09/2021", applicant__full_name="", applicant__job="")
    assert (checked.wrong, checked.doubtful, checked.likely) == ({}, {}, [])


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("applicant__id_number", "08918", "chữ số"),
        ("applicant__dob", "31/2/1985", "31/2/1985"),
        ("received_on", "28/09/2021", "sau ngày làm việc hiện tại"),
        ("received_on", "hôm qua", "hôm qua"),
    ],
)
def test_a_field_that_cannot_be_is_told_at_once(who: make.Staff, field: str, typed: str, words: str) -> None:
    checked = check(who, **{field: typed})
    assert list(checked.wrong) == [field.replace("__", "-")]
    assert words in " ".join(checked.wrong[field.replace("__", "-")])


def test_the_number_is_held_against_sex_and_year(who: make.Staff) -> None:
    fits = check(who, applicant__id_number="089185000123", applicant__sex="Nữ", applicant__dob="5/9/85")
    assert (fits.wrong, fits.doubtful) == ({}, {})
    man = check(who, applicant__id_number="089185000123", applicant__sex="Nam", applicant__dob="5/9/85")
    older = check(who, applicant__id_number="089185000123", applicant__sex="Nữ", applicant__dob="5/9/75")
    for found in (man, older):
        assert {**found.wrong, **found.doubtful} != {}


def test_the_field_under_the_pen_is_left_alone(who: make.Staff) -> None:
    checked = check(who, applicant__id_number="0891", applicant__dob="31/2")
    assert set(checked.without("applicant-id_number").wrong) == {"applicant-dob"}


def test_days_of_the_answers_are_held_together(who: make.Staff) -> None:
    checked = check(who, "F0_F1", answers__event_start="10/8/2021", answers__event_end="1/8/2021")
    assert "trước ngày bắt đầu" in checked.wrong["answers-event_end"][0]


def test_a_live_claim_of_the_same_person_is_told_before_the_rest_is_typed(who: make.Staff) -> None:
    applicant = claims.applicant()
    claims.claim("LD_TU_DO", who.commune, applicant=applicant)
    checked = check(
        who, applicant__id_number=applicant["id_number"], applicant__full_name=applicant["full_name"]
    )
    assert "Đã có hồ sơ" in checked.wrong["applicant-id_number"][0]
    other = check(who, applicant__id_number=applicant["id_number"], applicant__full_name="Lâm Văn Khác")
    assert "Đã có hồ sơ" not in str(other.wrong)
    assert "applicant-id_number" in other.wrong


def test_somebody_likely_the_same_is_shown_and_logged(who: make.Staff) -> None:
    registered.person("Néang Sóc Kha", number="089178000222", sex="F", phone="0913456788")
    typed = {
        "applicant__full_name": "Neang Soc Kha",
        "applicant__dob": "04/03/1978",
        "applicant__id_number": "089178000223",
    }
    checked = check(who, **typed)
    assert [likely.person for likely in checked.likely] == [Person.objects.get()]
    assert Event.objects.filter(action="person.hinted", actor_id=who.commune.pk).count() == 1


def test_asked_too_often_the_rest_is_still_judged(who: make.Staff) -> None:
    claims.claim("LD_TU_DO", user(Role.COMMUNE_OFFICER), applicant=claims.applicant(full_name="Lý Thị Hoa"))
    typed = {
        "applicant__full_name": "Lý Thị Hoa",
        "applicant__dob": "12/05/1990",
        "applicant__id_number": "1",
    }
    for _ in range(45):
        checked = check(who, **typed)
    assert "applicant-id_number" in checked.wrong
    assert "cùng họ tên" not in str(checked.doubtful)
    assert Case.objects.count() == 1
