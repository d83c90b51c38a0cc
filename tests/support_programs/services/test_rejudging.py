"""A dossier handed in again is judged by that day's version; regimes that shut each other out (boundary cases 7 and 14)."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from core.models import Event
from core.transitions import TransitionRefused
from support_programs.models import Case, EligibilityDetermination, Entitlement
from support_programs.queries.differences import difference_of
from support_programs.services import posting
from support_programs.services.agencies import record_confirmation, send_to_agency, submit_to_department
from support_programs.services.appraisal import exclude_case, mark_eligible, reopen_case, withdraw_case
from support_programs.services.facts import confirm_facts
from support_programs.services.lists import list_cases
from support_programs.services.rejudging import judge_anew
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import OTHER_COMMUNE, user

pytestmark = pytest.mark.django_db
UNREGISTERED = {**claims.STOPPED, "household_kind": "unregistered", "member_is_free_worker": "false"}


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def listed(case: Case, actor: Any) -> Case:
    list_cases(Case.objects.filter(pk=case.pk), actor=actor)
    return Case.objects.get(pk=case.pk)


def at_district(case: Case, who: make.Staff, posted: dt.date = dt.date(2021, 9, 22)) -> Case:
    """The way of a household business: posted, sent to the tax office, confirmed there."""
    case = listed(case, who.commune)
    posting.post_list(case.case_list, place="UBND", posting_from=posted, actor=who.commune)
    posting.close_posting(case.case_list, actor=who.commune)
    sent = send_to_agency(case.case_list, actor=who.commune)
    record_confirmation(sent, number="7/CCT", signed_on=posted, actor=who.commune)
    return Case.objects.get(pk=case.pk)


def refused_business(who: make.Staff, **changes: object) -> Case:
    """A household that need not register: v1 refuses it."""
    case = claims.claim(
        "HO_KD", who.commune, answers=UNREGISTERED, received_on=dt.date(2021, 9, 20), **changes
    )
    case = at_district(case, who)
    exclude_case(case, to="ineligible", reason="Hộ không đăng ký (Điều 35)", actor=who.officer)
    return Case.objects.get(pk=case.pk)


# --- handed in again --------------------------------------------------------------------------------------------------


def test_refused_in_september_and_accepted_on_8_october_with_the_same_facts(
    who: make.Staff, settings: Any
) -> None:
    case = refused_business(who)
    facts = dict(case.facts)
    assert (case.version_used.code, case.result) == ("v1", "not_eligible")
    settings.BUSINESS_DATE = dt.date(2021, 10, 8)
    case = reopen_case(case, reason="Nghị quyết 126", actor=who.officer)
    assert (case.version_used.code, case.result, case.amount_proposed) == ("v2", "eligible", 3_000_000)
    assert (case.status, case.case_list) == ("needs_supplement", None)
    # the first receipt stays in its column, the second is a fact
    assert case.received_on == dt.date(2021, 9, 20)
    assert case.facts.pop("received_on") == {
        "value": "2021-10-08",
        "source": "officer",
        "by": who.officer.full_name,
        "on": "2021-10-08",
    }
    assert case.facts == facts
    told = Event.objects.get(action="case.judged_anew").change
    assert (told["before"], told["after"], told["received_on"]) == ("v1", "v2", "2021-10-08")
    kept = list(EligibilityDetermination.objects.filter(case=case).order_by("id"))
    assert (kept[0].version_used.code, kept[0].result) == ("v1", "not_eligible")
    assert (kept[-1].version_used.code, kept[-1].result) == ("v2", "eligible")
    # and it goes the whole way to an entitlement, in a list of the newer version
    settings.BUSINESS_DATE = dt.date(2021, 10, 14)
    case = at_district(case, who, posted=dt.date(2021, 10, 11))
    assert case.case_list.version_used.code == "v2"
    mark_eligible(case, actor=who.officer)
    owed = Entitlement.objects.get(case=case)
    assert (owed.amount, owed.second_group, owed.claimant, owed.employer) == (
        3_000_000,
        "free_worker_or_household",
        case.person,
        case.employer,
    )


def test_the_difference_names_every_criterion(who: make.Staff, settings: Any) -> None:
    case = refused_business(who)
    assert difference_of(case) is None
    settings.BUSINESS_DATE = dt.date(2021, 10, 8)
    case = reopen_case(case, reason="Nghị quyết 126", actor=who.officer)
    found = difference_of(case)
    assert found is not None
    assert (found.before.version, found.before.result, found.after.version, found.after.result) == (
        "v1",
        "not_eligible",
        "v2",
        "eligible",
    )
    kinds = {row.statement: (row.kind, row.before, row.after) for row in found.rows}
    assert ("changed", "not_met", "met") in kinds.values()
    assert [row.kind for row in found.rows if row.kind == "gone"] == ["gone"]
    assert any(row.kind == "new" for row in found.rows)
    assert any(row.kind == "same" for row in found.rows)
    assert all(row.article for row in found.rows)
    assert found.rows[-1].kind == "same"


def test_without_a_newer_version_it_goes_back_into_its_list(who: make.Staff) -> None:
    case = refused_business(who)
    again = reopen_case(case, reason="Có giấy tờ mới", actor=who.officer)
    assert (again.status, again.version_used.code) == ("appraising", "v1")
    assert again.case_list_id is not None
    assert "received_on" not in again.facts


def test_a_cause_that_counts_from_a_day_sees_the_new_receipt(who: make.Staff, settings: Any) -> None:
    """The causes of NQ 128 count for dossiers received from 06/11/2021, inside one version."""
    settings.BUSINESS_DATE = dt.date(2021, 11, 3)
    case = claims.claim("HO_KD", who.commune, answers={**claims.STOPPED, "stop_cause": "resolution_128"})
    assert (case.version_used.code, case.result) == ("v2", "not_eligible")
    settings.BUSINESS_DATE = dt.date(2021, 11, 8)
    case = judge_anew(case, actor=who.commune, received_again_on=dt.date(2021, 11, 5))
    assert case.result == "not_eligible"
    case = judge_anew(case, actor=who.commune, received_again_on=dt.date(2021, 11, 6))  # a Saturday
    assert (case.result, case.facts["received_on"]["value"]) == ("eligible", "2021-11-08")
    assert difference_of(case) is None


def test_who_gives_the_new_day_of_receipt_has_entered_the_case(who: make.Staff, settings: Any) -> None:
    """The day chooses the rules: who gives it doesn't appraise by them (I7)."""
    settings.BUSINESS_DATE = dt.date(2021, 10, 8)
    case = claims.claim("HO_KD", who.commune, answers=UNREGISTERED, received_on=dt.date(2021, 9, 27))
    case = judge_anew(case, actor=who.officer, received_again_on=dt.date(2021, 10, 8))
    assert case.also_entered_by == [who.officer.pk]


def test_while_the_citizen_must_act_the_clock_stands_still_all_the_same(who: make.Staff) -> None:
    """Judged by another day of receipt, the case isn't due before it was completed."""
    case = make.list_at_district(who).cases.get()
    exclude_case(case, to="needs_supplement", reason="Thiếu đơn", actor=who.officer)
    case.refresh_from_db()
    again = judge_anew(case, actor=who.commune, received_again_on=dt.date(2021, 9, 27))
    assert (again.status, again.due_on) == ("needs_supplement", None)


def test_days_and_people_that_cant_be_change_nothing(who: make.Staff, settings: Any) -> None:
    settings.BUSINESS_DATE = dt.date(2021, 10, 8)
    case = claims.claim("HO_KD", who.commune, answers=UNREGISTERED, received_on=dt.date(2021, 9, 27))
    before = list(Case.objects.values()), EligibilityDetermination.objects.count(), Event.objects.count()
    for day, words in (
        (dt.date(2021, 10, 9), "ở sau ngày làm việc hiện tại"),
        (dt.date(2021, 9, 24), "ở trước ngày tiếp nhận 27/09/2021"),
    ):
        with pytest.raises(TransitionRefused, match=words):
            judge_anew(case, actor=who.commune, received_again_on=day)
    for actor in (who.head, who.reviewer, user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE)):
        with pytest.raises(PermissionDenied):
            judge_anew(case, actor=actor)
    assert before == (
        list(Case.objects.values()),
        EligibilityDetermination.objects.count(),
        Event.objects.count(),
    )
    in_list = listed(case, who.commune)
    with pytest.raises(TransitionRefused, match="danh sách lập theo phiên bản v1"):
        judge_anew(in_list, actor=who.commune)
    withdraw_case(in_list, reason="Người dân rút", actor=who.commune)
    with pytest.raises(TransitionRefused, match="«Người dân rút hồ sơ»"):
        judge_anew(in_list, actor=who.commune)


# --- boundary case 7: one cash regime, F0 beside it -------------------------------------------------------------------


def eligible_ended_contract(who: make.Staff, typed: dict[str, str]) -> Case:
    """CHAM_DUT, found eligible by the department: its entitlement is live."""
    actor = claims.reviewer()
    case = listed(claims.claim("CHAM_DUT", actor, applicant=typed), actor)
    submit_to_department(case.case_list, actor=actor)
    return mark_eligible(case, actor=claims.reviewer())


def test_a_second_cash_regime_is_blocked_and_f0_is_not(who: make.Staff) -> None:
    typed = claims.applicant()
    eligible_ended_contract(who, typed)
    suspended = claims.claim("TAM_HOAN", who.officer, applicant=typed)
    assert suspended.result == "not_eligible"
    newest = EligibilityDetermination.objects.filter(case=suspended).latest("id")
    said = {row["code"]: row for row in newest.criteria}
    assert [code for code, row in said.items() if row["outcome"] == "not_met"] == ["cash_once"]
    assert said["cash_once"]["sentence"] == "Đã có mức hưởng của chế độ khác: «Chấm dứt hợp đồng lao động»."
    treated = claims.claim("F0_F1", who.commune, applicant=typed)
    assert (treated.result, treated.amount_proposed) == ("eligible", 800_000)


def test_a_regime_that_was_judged_before_is_blocked_when_it_is_found_eligible(who: make.Staff) -> None:
    typed = claims.applicant()
    suspended = claims.claim("TAM_HOAN", who.officer, applicant=typed)
    assert suspended.result == "eligible"
    eligible_ended_contract(who, typed)
    sent = send_to_agency(suspended.case_list, actor=who.officer)
    record_confirmation(sent, number="12/BHXH", signed_on=dt.date(2021, 9, 27), actor=who.officer)
    with pytest.raises(TransitionRefused, match="chế độ tiền mặt một lần"):
        mark_eligible(suspended, actor=user(Role.DISTRICT_OFFICER))


# --- boundary case 14: an unregistered household or a free worker, both ways ------------------------------------------


def free_worker(who: make.Staff, typed: dict[str, str], day: dt.date) -> Case:
    case = listed(claims.claim("LD_TU_DO", who.commune, applicant=typed), who.commune)
    confirm_facts(case.case_list, codes=make.CONFIRMED, excepted={}, actor=who.commune)
    posting.post_list(case.case_list, place="UBND", posting_from=day, actor=who.commune)
    posting.close_posting(case.case_list, actor=who.commune)
    posting.submit_list(case.case_list, letter_number="12/TTr", letter_date=day, actor=who.commune)
    return Case.objects.get(pk=case.pk)


def test_a_free_worker_gets_nothing_for_an_unregistered_household(who: make.Staff, settings: Any) -> None:
    settings.BUSINESS_DATE = dt.date(2021, 10, 15)
    typed = claims.applicant()
    mark_eligible(free_worker(who, typed, dt.date(2021, 10, 11)), actor=who.officer)
    stall = claims.claim("HO_KD", who.commune, applicant=typed, answers=UNREGISTERED)
    assert stall.result == "not_eligible"
    assert "not_free_worker" in failed(stall)
    shop = claims.claim(
        "HO_KD",
        who.commune,
        applicant=claims.applicant(),
        answers={**claims.STOPPED, "tax_code": claims.tax_code()},
    )
    assert shop.result == "eligible"


def test_a_free_worker_may_have_a_registered_household(who: make.Staff, settings: Any) -> None:
    settings.BUSINESS_DATE = dt.date(2021, 10, 15)
    typed = claims.applicant()
    mark_eligible(free_worker(who, typed, dt.date(2021, 10, 11)), actor=who.officer)
    shop = claims.claim("HO_KD", who.commune, applicant=typed, answers=claims.STOPPED)
    assert shop.result == "eligible"


def test_an_unregistered_household_gets_nothing_as_a_free_worker(who: make.Staff, settings: Any) -> None:
    settings.BUSINESS_DATE = dt.date(2021, 10, 15)
    typed = claims.applicant()
    stall = claims.claim("HO_KD", who.commune, applicant=typed, answers=UNREGISTERED)
    mark_eligible(at_district(stall, who, posted=dt.date(2021, 10, 11)), actor=who.officer)
    worker = free_worker(who, typed, dt.date(2021, 10, 11))
    assert worker.result == "not_eligible"
    assert "household" in failed(worker)


def test_the_database_holds_it_too(who: make.Staff, settings: Any) -> None:
    """Both were judged before either was owed: who comes second is refused by the second group."""
    settings.BUSINESS_DATE = dt.date(2021, 10, 15)
    typed = claims.applicant()
    stall = claims.claim("HO_KD", who.commune, applicant=typed, answers=UNREGISTERED)
    stall = at_district(stall, who, posted=dt.date(2021, 10, 11))
    worker = free_worker(who, typed, dt.date(2021, 10, 11))
    mark_eligible(stall, actor=who.officer)
    Case.objects.filter(pk=worker.pk).update(result="eligible")  # as if it had been judged before the other
    with pytest.raises(TransitionRefused, match="vừa được ghi mức hưởng ở hồ sơ khác"):
        mark_eligible(worker, actor=who.officer)


def failed(case: Case) -> list[str]:
    newest = EligibilityDetermination.objects.filter(case=case).latest("id")
    return [row["code"] for row in newest.criteria if row["outcome"] == "not_met"]
