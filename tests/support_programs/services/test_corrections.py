"""The applicant corrected after a row came back: by the import's rules, in one piece, the corrector named among the enterers."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from beneficiaries.models import IdentityDocument, Person
from beneficiaries.services.people import PersonRefused
from core import crypto
from core.models import Event
from core.transitions import StaleRecord, TransitionRefused
from support_programs.models import Case
from support_programs.services.appraisal import mark_eligible
from support_programs.services.corrections import correct_applicant
from support_programs.services.posting import send_back_list
from tests.factories import cases as make
from tests.factories.people import DISTRICT, OTHER_COMMUNE, OUTSIDE_COMMUNE, promoted, user

pytestmark = pytest.mark.django_db
NUMBER = "089078555123"


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def typed(case: Case, **changes: str) -> dict[str, str]:
    return {
        "full_name": case.applicant_name,
        "dob": "04/03/1978",
        "sex": "Nam",
        "id_number": "",
        "address": case.hamlet,
        "job": case.occupation,
        "phone": "",
        **changes,
    }


def everything() -> tuple[object, ...]:
    models = (Case, Person, IdentityDocument)
    return (*(list(model.objects.order_by("pk").values()) for model in models), Event.objects.count())


def test_a_row_that_came_back_gets_its_right_number(who: make.Staff) -> None:
    case_list = make.list_at_district(who)
    case = Case.objects.get()
    send_back_list(case_list, reason="Sai số", marks={case.pk: "số CCCD thiếu một số"}, actor=who.officer)
    case.refresh_from_db()
    old = IdentityDocument.objects.get(person=case.person)
    done = correct_applicant(
        case,
        typed=typed(case, full_name="Trần Văn Bình", id_number=NUMBER, dob="1978"),
        reason="Đối chiếu thẻ",
        actor=who.commune,
        expected_version=case.version,
        keeps_warnings=True,
    )
    assert (done.applicant_name, done.number_last3, done.birth_date, done.birth_year) == (
        "Trần Văn Bình",
        "123",
        None,
        1978,
    )
    assert done.version > case.version
    papers = {paper.is_current: paper for paper in IdentityDocument.objects.filter(person=case.person)}
    assert papers[False].pk == old.pk
    assert crypto.decrypt("number", papers[True].number_encrypted) == NUMBER
    assert Person.objects.get(pk=case.person_id).full_name == "Trần Văn Bình"
    event = Event.objects.get(action="case.corrected")
    assert (event.reason, event.change["after"]["full_name"]) == ("Đối chiếu thẻ", "Trần Văn Bình")
    assert NUMBER not in str(event.change)
    assert event.change["after"]["id_number"].endswith("123")


def test_another_job_takes_the_stated_group_back_and_is_judged_again(who: make.Staff) -> None:
    make.confirmed_list(who)
    case = Case.objects.get()
    case.facts["occupation_group"] = {"value": "x", "source": "commune"}
    case.save()
    assert case.result == "eligible"
    done = correct_applicant(case, typed=typed(case, job="Nghề lạ"), reason="Sai việc", actor=who.commune)
    assert "occupation_group" not in done.facts
    assert done.result != "eligible"


def test_what_the_import_refuses_is_refused_at_its_field(who: make.Staff) -> None:
    make.draft_list(who)
    case = Case.objects.get()
    before = everything()
    for changes, field in (
        ({"id_number": "08907855512"[:7]}, "id_number"),
        ({"full_name": " "}, "full_name"),
        ({"sex": "Nữ"}, "id_number"),
    ):
        with pytest.raises(PersonRefused) as refusal:
            correct_applicant(case, typed=typed(case, **changes), reason="Sửa", actor=who.commune)
        assert list(refusal.value.errors) == [field]
    assert everything() == before


def test_somebody_elses_number_is_refused_without_details(who: make.Staff) -> None:
    make.draft_list(who, rows=2)
    case, other = Case.objects.order_by("pk")
    paper = IdentityDocument.objects.get(person=other.person)
    number = crypto.decrypt("number", paper.number_encrypted)
    for area, words in ((case.area_code, "người khác của xã"), (OTHER_COMMUNE, "ở xã khác")):
        Person.objects.filter(pk=other.person_id).update(area_code=area)
        before = everything()
        with pytest.raises(PersonRefused, match=words) as refusal:
            correct_applicant(case, typed=typed(case, id_number=number), reason="Sửa", actor=who.commune)
        assert other.applicant_name not in str(refusal.value)
        assert everything() == before


def test_warnings_are_taken_once_they_are_kept(who: make.Staff) -> None:
    make.draft_list(who)
    case = Case.objects.get()
    cells = typed(case, full_name="Nguyen Van Binh")
    with pytest.raises(PersonRefused) as refusal:
        correct_applicant(case, typed=cells, reason="Sửa", actor=who.commune)
    assert (list(refusal.value.errors), list(refusal.value.warnings)) == ([], ["full_name"])
    done = correct_applicant(case, typed=cells, reason="Sửa", actor=who.commune, keeps_warnings=True)
    assert done.applicant_name == "Nguyen Van Binh"


def test_wrong_state_no_reason_and_an_old_page_change_nothing(who: make.Staff) -> None:
    make.list_at_district(who)
    case = Case.objects.get()
    before = everything()
    with pytest.raises(TransitionRefused, match="không còn ở xã"):
        correct_applicant(case, typed=typed(case), reason="Sửa", actor=who.commune)
    assert everything() == before
    fresh = make.draft_list(who)
    case = Case.objects.get(case_list=fresh)
    with pytest.raises(TransitionRefused, match="lý do"):
        correct_applicant(case, typed=typed(case), reason=" ", actor=who.commune)
    with pytest.raises(StaleRecord):
        correct_applicant(
            case, typed=typed(case), reason="Sửa", actor=who.commune, expected_version=case.version - 1
        )


def test_only_the_commune_of_the_case_corrects(who: make.Staff) -> None:
    make.draft_list(who)
    case = Case.objects.get()
    for actor in (who.officer, who.head, user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE)):
        with pytest.raises(PermissionDenied):
            correct_applicant(case, typed=typed(case), reason="Sửa", actor=actor)


def test_who_corrected_never_appraises_and_nobody_loses_their_share(who: make.Staff) -> None:
    case_list = make.confirmed_list(who)
    case = Case.objects.get()
    second, third = user(Role.COMMUNE_OFFICER), user(Role.COMMUNE_OFFICER)
    for actor in (second, second, who.commune):
        correct_applicant(case, typed=typed(case), reason="Sửa", actor=actor)
    with pytest.raises(TransitionRefused, match="nhờ người đã nhập"):
        correct_applicant(case, typed=typed(case), reason="Sửa", actor=third)
    make.submit(who, case_list)
    for person in (who.commune, second):
        later = promoted(person, Role.DISTRICT_OFFICER, area=DISTRICT)
        with pytest.raises(TransitionRefused, match="Bạn đã nhập"):
            mark_eligible(Case.objects.get(), actor=later)
