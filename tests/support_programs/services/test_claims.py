"""One case by hand: taken in at its desk, judged at once; what can't be is refused at its field, and nothing is left behind."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from beneficiaries.models import Employer, IdentityDocument, PayoutAccount, Person
from core.models import Event
from support_programs.models import Case, CaseChild, CaseList
from support_programs.queries.programmes import NoRuleInForce
from support_programs.services.claims import ClaimRefused, open_claim
from support_programs.services.lists import list_cases
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import (
    COMMUNE,
    DISTRICT,
    OTHER_COMMUNE,
    OUTSIDE_DISTRICT,
    PROVINCE,
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


# --- by kind of beneficiary -------------------------------------------------------------------------------------------


def test_a_person_is_registered_and_judged_at_once(who: make.Staff) -> None:
    case = claims.claim("F0_F1", who.commune, applicant=claims.applicant(full_name="Phạm Thị Loan"))
    assert (case.status, case.area_code, case.received_on, case.entered_by_id) == (
        "draft",
        COMMUNE,
        MONDAY,
        who.commune.pk,
    )
    assert (case.applicant_name, case.birth_year, case.sex, case.number_kind) == (
        "Phạm Thị Loan",
        1990,
        "F",
        "CCCD",
    )
    assert (case.period, case.result, case.amount_proposed) == ("F0-210801", "eligible", 800_000)
    assert case.person is not None
    assert case.person.area_code == COMMUNE
    assert case.facts["event_start"] == {
        "value": "2021-08-01",
        "source": "commune",
        "by": who.commune.full_name,
        "on": "2021-09-27",
    }
    event = Event.objects.get(action="case.created", object_ref=case.reference)
    assert event.change == {"version": "v1", "received_on": "2021-09-27"}


def test_an_account_and_the_permanent_address_go_into_the_register(who: make.Staff) -> None:
    typed = claims.applicant(
        permanent_address="Số 5, xã Phú Thạnh", bank="Agribank", account="6700205123456", account_holder=""
    )
    case = claims.claim("LD_TU_DO", who.commune, applicant=typed)
    account = PayoutAccount.objects.get(person=case.person)
    assert (account.bank_name, account.account_last3) == ("Agribank", "456")
    assert case.person.permanent_address == "Số 5, xã Phú Thạnh"


def test_who_is_registered_already_is_found_by_the_number(who: make.Staff) -> None:
    typed = claims.applicant()
    first = claims.claim("LD_TU_DO", who.commune, applicant=typed)
    second = claims.claim("F0_F1", who.commune, applicant={**typed, "job": "Làm vườn", "address": "Ấp Long"})
    assert second.person_id == first.person_id
    # place and work are those of this dossier
    assert (second.occupation, second.hamlet) == ("Làm vườn", "Ấp Long")
    assert Person.objects.count() == 1


def test_a_household_business_has_its_owner_and_itself(who: make.Staff) -> None:
    answers = {**claims.STOPPED, "tax_code": claims.tax_code()}
    case = claims.claim("HO_KD", who.commune, answers=answers)
    business = Employer.objects.get()
    assert case.employer == business
    assert (business.owner, business.kind, business.area_code) == (case.person, "household_business", COMMUNE)
    assert (business.name, business.tax_code) == ("Tạp hóa Mỹ Lương", answers["tax_code"])
    assert case.applicant_name == case.person.full_name


def test_a_household_business_needs_no_tax_code(who: make.Staff) -> None:
    case = claims.claim("HO_KD", who.commune)
    assert case.employer is not None
    assert case.employer.tax_code == ""


def test_the_claim_of_an_employer_has_no_person() -> None:
    typed = claims.employer(DISTRICT)
    case = claims.claim("DAO_TAO", claims.reviewer(), employer=typed)
    assert (case.person, case.area_code, case.status) == (None, PROVINCE, "draft")
    assert (case.applicant_name, case.number_kind, case.number_last3) == (
        "Công ty TNHH May Vĩnh Thạnh",
        "MST",
        typed["tax_code"][-3:],
    )
    assert (case.result, case.amount_proposed) == ("eligible", 20_000_000)
    assert case.facts["workers"]["source"] == "officer"


def test_a_worker_stands_in_the_draft_list_of_the_employer(who: make.Staff) -> None:
    firm = claims.employer(DISTRICT)
    first = claims.claim("TAM_HOAN", who.officer, employer=firm)
    second = claims.claim("TAM_HOAN", who.officer, employer=firm)
    other = claims.claim("TAM_HOAN", who.officer, employer=claims.employer(DISTRICT, name="Công ty B"))
    assert (first.status, first.position, second.position) == ("listed", 1, 2)
    assert first.case_list_id == second.case_list_id != other.case_list_id
    assert first.employer is None
    home = CaseList.objects.get(pk=first.case_list_id)
    assert (home.employer.tax_code, home.area_code) == (firm["tax_code"], DISTRICT)
    assert (first.result, first.amount_proposed) == ("eligible", 3_710_000)


def test_the_kind_that_the_register_knows_is_no_second_question(who: make.Staff) -> None:
    answers = {code: value for code, value in claims.SUSPENDED.items() if code != "employer_kind"}
    case = claims.claim("TAM_HOAN", who.officer, answers=answers)
    assert (case.facts["employer_kind"]["value"], case.result) == ("enterprise", "eligible")


def test_loose_cases_go_into_the_list_of_their_commune(who: make.Staff) -> None:
    case = claims.claim("LD_TU_DO", who.commune)
    assert case.stream == "VE_SO"
    list_cases(Case.objects.filter(pk=case.pk), actor=who.commune)
    case.refresh_from_db()
    assert case.status == "listed"


def test_the_stream_follows_the_work_and_else_is_asked(who: make.Staff) -> None:
    typed = claims.applicant(job="Việc lạ")
    refusal = refused(
        programme="LD_TU_DO",
        received_on=MONDAY,
        answers={},
        applicant=typed,
        actor=who.commune,
        keeps_warnings=True,
    )
    assert list(refusal.errors) == ["stream"]
    case = claims.claim("LD_TU_DO", who.commune, applicant=typed, stream="KHAC")
    assert case.stream == "KHAC"


# --- receipt and version ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "after_hours", "expected"),
    [
        (dt.date(2021, 9, 24), False, dt.date(2021, 9, 24)),
        (dt.date(2021, 9, 24), True, MONDAY),  # Friday after hours
        (dt.date(2021, 9, 25), False, MONDAY),  # Saturday
        (dt.date(2021, 9, 2), False, dt.date(2021, 9, 6)),  # a holiday before a weekend
    ],
)
def test_a_dossier_of_a_day_off_counts_from_the_next_working_day(
    who: make.Staff, typed: dt.date, after_hours: bool, expected: dt.date
) -> None:
    case = claims.claim("F0_F1", who.commune, received_on=typed, is_after_hours=after_hours)
    assert case.received_on == expected
    told = Event.objects.get(action="case.created").change
    assert told["received_on"] == expected.isoformat()
    assert told.get("typed_on") == (typed.isoformat() if typed != expected else None)


def test_a_friday_evening_may_bring_the_next_version(who: make.Staff, settings: object) -> None:
    settings.BUSINESS_DATE = dt.date(2021, 11, 5)
    case = claims.claim("F0_F1", who.commune, is_after_hours=True)
    assert (case.received_on, case.version_used.code) == (dt.date(2021, 11, 8), "v2")


@pytest.mark.parametrize(("day", "version"), [(dt.date(2021, 10, 7), "v1"), (dt.date(2021, 10, 8), "v2")])
def test_the_day_of_receipt_chooses_the_version(
    who: make.Staff, settings: object, day: dt.date, version: str
) -> None:
    settings.BUSINESS_DATE = dt.date(2021, 10, 11)
    case = claims.claim("HO_KD", who.commune, received_on=day)
    assert case.version_used.code == version


def test_the_term_of_the_first_step_runs_from_the_receipt(who: make.Staff) -> None:
    case = claims.claim("HO_KD", who.commune, received_on=dt.date(2021, 9, 24))
    assert case.due_on == dt.date(2021, 9, 29)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2021, 9, 28), "ở sau ngày làm việc hiện tại 27/09/2021"),
        (dt.date(2021, 7, 1), "chính sách chưa có hiệu lực: quy định áp dụng từ 07/07/2021"),
    ],
)
def test_a_day_of_receipt_that_cant_be_is_refused_at_its_field(
    who: make.Staff, day: dt.date, words: str
) -> None:
    refusal = refused(
        programme="F0_F1",
        received_on=day,
        answers=claims.TREATED,
        applicant=claims.applicant(),
        actor=who.commune,
    )
    assert list(refusal.errors) == ["received_on"]
    assert words in refusal.errors["received_on"][0]


def test_a_programme_without_rules_is_said(who: make.Staff) -> None:
    with pytest.raises(NoRuleInForce):
        open_claim(programme="KHONG_CO", received_on=MONDAY, answers={}, actor=who.commune)


# --- who --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("programme", "role", "words"),
    [
        ("TAM_HOAN", "commune", "do Phòng LĐ-TBXH cấp huyện tiếp nhận"),
        ("DAO_TAO", "officer", "do Sở LĐ-TBXH tiếp nhận"),
        ("HO_KD", "officer", "do UBND cấp xã tiếp nhận"),
        ("BO_SUNG", "commune", "không nhận hồ sơ riêng"),
        ("LD_TU_DO", "reviewer", "do UBND cấp xã tiếp nhận"),
        ("TAM_HOAN", "head", "chuyên viên Phòng LĐ-TBXH"),
        ("DAO_TAO", "approver", "chuyên viên Sở LĐ-TBXH"),
    ],
)
def test_only_the_desk_of_the_programme_takes_it_in(
    who: make.Staff, programme: str, role: str, words: str
) -> None:
    before = everything()
    with pytest.raises(PermissionDenied, match=words):
        open_claim(
            programme=programme,
            received_on=MONDAY,
            answers={},
            applicant=claims.applicant(),
            actor=getattr(who, role),
        )
    assert everything() == before


def test_nobody_takes_in_for_another_area(who: make.Staff) -> None:
    with pytest.raises(PermissionDenied, match="đơn vị khác"):
        claims.claim("F0_F1", who.commune, area_code=OTHER_COMMUNE)
    with pytest.raises(PermissionDenied, match="đơn vị khác"):
        claims.claim("TAM_HOAN", who.officer, area_code=OUTSIDE_DISTRICT)
