"""What can't be of a claim by hand is refused at its field, in words, and nothing is left behind."""

import datetime as dt
from typing import Any

import pytest

from accounts.enums import Role
from beneficiaries.models import Employer, IdentityDocument, PayoutAccount, Person
from core import crypto
from core.models import Event
from support_programs.models import Case, CaseChild, CaseList
from support_programs.services.appraisal import exclude_case
from support_programs.services.claims import ClaimRefused, open_claim
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import (
    DISTRICT,
    OTHER_COMMUNE,
    user,
)

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2021, 9, 27)


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def everything() -> tuple[object, ...]:
    models = (Case, CaseChild, CaseList, Employer, Person, IdentityDocument, PayoutAccount)
    return (*(list(model.objects.order_by("pk").values()) for model in models), Event.objects.count())


def refused(**given: object) -> ClaimRefused:
    before = everything()
    with pytest.raises(ClaimRefused) as refusal:
        open_claim(**given)
    assert everything() == before
    return refusal.value


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"event_start": "32/07/2021"}, "answers.event_start", "Không đọc được ngày"),
        ({"event_end": "30/06/2021"}, "answers.event_end", "trước ngày bắt đầu"),
        ({"event_end": "05/08/2022"}, "answers.event_end", "400 ngày"),
        ({"event_start": "01/07/1921"}, "answers.event_start", "nằm ngoài khoảng"),
        ({"within_contract_term": "có lẽ"}, "answers.within_contract_term", "Có hoặc Không"),
        ({"employer_kind": "lạ"}, "answers.employer_kind", "Hãy chọn một trong"),
        ({"khong_co": "1"}, "answers.khong_co", "không có mục đó"),
    ],
)
def test_a_wrong_answer_is_refused_at_its_field(
    who: make.Staff, answers: dict[str, object], field: str, words: str
) -> None:
    refusal = refused(
        programme="TAM_HOAN",
        received_on=MONDAY,
        answers={**claims.SUSPENDED, **answers},
        applicant=claims.applicant(),
        employer=claims.employer(DISTRICT),
        actor=who.officer,
    )
    assert list(refusal.errors) == [field]
    assert words in refusal.errors[field][0]


def test_the_mistakes_of_all_parts_are_told_at_once(who: make.Staff) -> None:
    refusal = refused(
        programme="TAM_HOAN",
        received_on=dt.date(2021, 9, 28),
        answers={**claims.SUSPENDED, "event_end": "30/06/2021"},
        applicant=claims.applicant(full_name="", id_number="12"),
        employer=claims.employer(DISTRICT, tax_code="1234567890", name=""),
        children=[claims.child(birth_date="01/01/2022"), claims.child(number="12")],
        actor=who.officer,
    )
    assert {
        "received_on",
        "answers.event_end",
        "applicant.full_name",
        "applicant.id_number",
        "employer.tax_code",
        "employer.name",
        "children.1.birth_date",
        "children.2.number",
    } <= set(refusal.errors)


def test_what_is_not_said_is_unknown_and_never_refuses(who: make.Staff) -> None:
    case = claims.claim("F0_F1", who.commune, answers={"variant": "", "has_competent_decision": None})
    assert (case.result, case.facts, case.period) == ("undetermined", {}, "once")


def test_a_second_live_case_is_refused_and_tells_commune_and_state_only(who: make.Staff) -> None:
    typed = claims.applicant(full_name="Võ Thị Mai")
    first = claims.claim("LD_TU_DO", who.commune, applicant=typed)
    neighbour = user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE)
    refusal = refused(
        programme="LD_TU_DO",
        received_on=MONDAY,
        answers={},
        applicant=typed,
        actor=neighbour,
        keeps_warnings=True,
    )
    (sentence,) = refusal.errors[""]
    assert sentence.startswith("Đã có hồ sơ Lao động tự do ở ")
    assert "«Bản nháp»" in sentence
    assert first.reference not in sentence
    assert "Mai" not in sentence


def test_an_ended_case_does_not_stand_in_the_way(who: make.Staff) -> None:
    case_list = make.list_at_district(who)
    old = Case.objects.get(case_list=case_list)
    exclude_case(old, to="ineligible", reason="Có hợp đồng", actor=who.officer)
    paper = IdentityDocument.objects.get(person=old.person)
    typed = claims.applicant(
        full_name=old.applicant_name,
        dob="04/03/1978",
        sex="Nam",
        id_number=crypto.decrypt("number", paper.number_encrypted),
    )
    assert claims.claim("LD_TU_DO", who.commune, applicant=typed).person_id == old.person_id


def test_an_employer_claims_once(who: make.Staff) -> None:
    typed = claims.employer(DISTRICT)
    actor = claims.reviewer()
    claims.claim("DAO_TAO", actor, employer=typed)
    refusal = refused(
        programme="DAO_TAO", received_on=MONDAY, answers=claims.TRAINING, employer=typed, actor=actor
    )
    assert "Đã có hồ sơ" in refusal.errors[""][0]


def test_two_spells_of_one_person_stand_side_by_side(who: make.Staff) -> None:
    typed = claims.applicant()
    first = claims.claim("F0_F1", who.commune, applicant=typed)
    second = claims.claim(
        "F0_F1",
        who.commune,
        applicant=typed,
        answers={**claims.TREATED, "variant": "F1", "event_start": "11/08/2021", "event_end": "24/08/2021"},
    )
    assert (first.period, second.period) == ("F0-210801", "F1-210811")


def test_namesakes_are_a_warning_to_be_kept(who: make.Staff) -> None:
    claims.claim("LD_TU_DO", who.commune, applicant=claims.applicant(full_name="Lý Thị Hoa"))
    given = {
        "programme": "F0_F1",
        "received_on": MONDAY,
        "answers": claims.TREATED,
        "applicant": claims.applicant(full_name="Lí Thị Hoa"),
        "actor": user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE),
    }
    refusal = refused(**given)
    assert (list(refusal.errors), list(refusal.warnings)) == ([], ["applicant.full_name"])
    assert "cùng họ tên và năm sinh" in refusal.warnings["applicant.full_name"][0]
    assert open_claim(**given, keeps_warnings=True).status == "draft"


def test_the_same_number_in_another_programme_is_a_warning(who: make.Staff) -> None:
    typed = claims.applicant()
    claims.claim("LD_TU_DO", who.commune, applicant=typed)
    refusal = refused(
        programme="F0_F1", received_on=MONDAY, answers=claims.TREATED, applicant=typed, actor=who.commune
    )
    assert "Số này đang có hồ sơ khác" in refusal.warnings["applicant.id_number"][0]


@pytest.mark.parametrize(
    ("received", "words"),
    [
        (dt.date(2022, 1, 28), ""),
        (dt.date(2022, 1, 31), "tính đến ngày làm việc tiếp theo, 07/02/2022"),
        (dt.date(2022, 2, 8), "Ngày 08/02/2022 đã quá hạn nộp"),
    ],
)
def test_a_receipt_after_the_last_day_is_a_warning_to_be_kept(
    who: make.Staff, settings: Any, received: dt.date, words: str
) -> None:
    """31/01/2022 lies in Tết: until the department answers the term moves, and the page says so (boundary case 17)."""
    settings.BUSINESS_DATE = dt.date(2022, 2, 8)
    given = {
        "programme": "HO_KD",
        "received_on": received,
        "answers": claims.STOPPED,
        "applicant": claims.applicant(),
        "actor": who.commune,
    }
    if words:
        refusal = refused(**given)
        assert (list(refusal.errors), list(refusal.warnings)) == ([], ["received_on"])
        assert words in refusal.warnings["received_on"][0]
    assert open_claim(**given, keeps_warnings=bool(words)).status == "draft"
