"""Answers of an open case changed later: same checks, nothing else lost, who changes one has entered the case."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from beneficiaries.models import Employer, IdentityDocument, PayoutAccount, Person
from core.models import Event
from core.transitions import StaleRecord, TransitionRefused
from support_programs.models import Case, CaseChild, CaseList
from support_programs.services.appraisal import mark_eligible
from support_programs.services.claims import ClaimRefused, state_facts
from support_programs.services.lists import list_cases
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import (
    DISTRICT,
    OTHER_COMMUNE,
    promoted,
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


def test_an_answer_is_changed_and_nothing_else_is_lost(who: make.Staff) -> None:
    case = claims.claim("F0_F1", who.commune)
    before = dict(case.facts)
    done = state_facts(
        case, answers={"event_end": "20/08/2021"}, actor=who.commune, expected_version=case.version
    )
    assert (done.amount_proposed, done.facts["event_end"]["value"]) == (1_600_000, "2021-08-20")
    assert {code: done.facts[code] for code in before if code != "event_end"} == {
        code: fact for code, fact in before.items() if code != "event_end"
    }
    told = Event.objects.get(action="case.facts_set").change
    assert (told["facts"], told["before"], told["after"]) == (
        ["event_end"],
        {"event_end": "2021-08-10"},
        {"event_end": "2021-08-20"},
    )


def test_an_empty_answer_is_unknown_again(who: make.Staff) -> None:
    case = claims.claim("F0_F1", who.commune)
    done = state_facts(case, answers={"event_end": ""}, actor=who.commune)
    assert ("event_end" in done.facts, done.result, done.amount_proposed) == (False, "undetermined", 0)


def test_said_again_it_keeps_who_said_it_first(who: make.Staff) -> None:
    case = claims.claim("F0_F1", who.commune)
    events = Event.objects.count()
    second = user(Role.COMMUNE_OFFICER)
    done = state_facts(case, answers={"event_end": "10/08/2021"}, actor=second)
    assert (done.facts, done.also_entered_by, Event.objects.count()) == (case.facts, None, events)


def test_the_checks_see_what_was_said_before(who: make.Staff) -> None:
    case = claims.claim("F0_F1", who.commune)
    before = everything()
    for answers, field in (
        ({"event_start": "11/08/2021"}, "answers.event_end"),
        ({"event_end": "hôm qua"}, "answers.event_end"),
        ({"khac": "1"}, "answers.khac"),
    ):
        with pytest.raises(ClaimRefused) as refusal:
            state_facts(case, answers=answers, actor=who.commune)
        assert list(refusal.value.errors) == [field]
    assert everything() == before


def test_days_that_are_another_live_case_are_refused(who: make.Staff) -> None:
    typed = claims.applicant()
    claims.claim("F0_F1", who.commune, applicant=typed)
    later = {**claims.TREATED, "event_start": "02/08/2021"}
    case = claims.claim("F0_F1", who.commune, applicant=typed, answers=later)
    before = everything()
    with pytest.raises(ClaimRefused, match="Đã có hồ sơ"):
        state_facts(case, answers={"event_start": "01/08/2021"}, actor=who.commune)
    assert everything() == before


def test_wrong_people_states_and_pages_change_nothing(who: make.Staff) -> None:
    case = claims.claim("F0_F1", who.commune)
    training = claims.claim("DAO_TAO", claims.reviewer())
    before = everything()
    answers = {"event_end": "20/08/2021"}
    for actor in (who.head, who.reviewer, user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE)):
        with pytest.raises(PermissionDenied):
            state_facts(case, answers=answers, actor=actor)
    with pytest.raises(PermissionDenied):
        state_facts(training, answers={"workers": 11}, actor=who.officer)
    with pytest.raises(StaleRecord):
        state_facts(case, answers=answers, actor=who.commune, expected_version=case.version - 1)
    assert everything() == before
    verified = Case.objects.get(case_list=make.verified_list(who))
    with pytest.raises(TransitionRefused, match="«Đủ điều kiện»"):
        state_facts(verified, answers={"has_labour_contract": True}, actor=who.commune)


def test_who_changed_an_answer_entered_the_case_and_never_appraises_it(who: make.Staff) -> None:
    case = claims.claim("LD_TU_DO", who.commune)
    colleague = user(Role.COMMUNE_OFFICER)
    case = state_facts(case, answers={"has_labour_contract": False}, actor=colleague)
    assert (case.entered_by_id, case.also_entered_by) == (who.commune.pk, [colleague.pk])
    list_cases(Case.objects.filter(pk=case.pk), actor=who.commune)
    case.refresh_from_db()
    make.confirm_facts(case.case_list, codes=make.CONFIRMED, excepted={}, actor=who.commune)
    make.submit(who, case.case_list)
    later = promoted(colleague, Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD, area=DISTRICT)
    with pytest.raises(TransitionRefused, match="Bạn đã nhập"):
        mark_eligible(case, actor=later)
    mark_eligible(case, actor=who.officer)
    with pytest.raises(TransitionRefused, match="nên không được duyệt"):
        make.approval.approve_list(case.case_list, number="1/QĐ", date=MONDAY, actor=later)
