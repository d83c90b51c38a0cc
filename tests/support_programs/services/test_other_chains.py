"""Lists beside the way of QĐ 1856: confirmed by another agency, appraised by the department, without an own step for money."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Sum

from accounts.enums import Role
from core.models import Event
from core.page_parts import StepState
from core.transitions import TransitionRefused
from support_programs.models import AgencyConfirmation, Case, CaseList, CaseListStep, Entitlement
from support_programs.queries.list_steps import shown_status, stepper
from support_programs.queries.lists import offered_actions
from support_programs.queries.programmes import version_for
from support_programs.services import agencies, approval, posting
from support_programs.services.appraisal import (
    mark_eligible,
    record_decision_elsewhere,
    verify_cases,
)
from support_programs.services.clocks import start_payment_step
from support_programs.services.facts import confirm_facts, set_case_facts
from support_programs.services.lists import create_list, list_cases
from support_programs.workflow import LIST_WORKFLOW
from tests.factories import chains, claims
from tests.factories.people import DISTRICT, user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2021, 9, 27)


def passes(case_list: CaseList) -> list[tuple[str, dt.date | None]]:
    return list(CaseListStep.objects.filter(case_list=case_list).values_list("step", "due_on"))


def offered(case_list: CaseList, actor: object) -> list[str]:
    return [action.code for action in offered_actions(LIST_WORKFLOW, case_list, actor)]


class TestAllTheWay:
    @pytest.mark.parametrize("programme", chains.PROGRAMMES)
    def test_people_and_money_agree(self, programme: str) -> None:
        at = chains.desks(programme)
        rows = 1 if programme == "DAO_TAO" else 2
        case_list, decision = chains.decided(programme, at, rows)
        owed = Entitlement.objects.filter(case_list=case_list)
        assert case_list.status == "money_approved"
        assert decision.people == rows
        assert owed.aggregate(total=Sum("amount"))["total"] == decision.amount > 0
        assert set(owed.values_list("status", "decision")) == {("approved", decision.pk)}
        assert set(Case.objects.filter(case_list=case_list).values_list("status", flat=True)) == {"approved"}

    @pytest.mark.parametrize("programme", chains.PROGRAMMES)
    def test_the_persons_of_each_act_are_kept_and_differ(self, programme: str) -> None:
        at = chains.desks(programme)
        chains.decided(programme, at)
        owed = Entitlement.objects.get()
        head = at.who.head.pk if owed.has_list_approval else None
        assert owed.has_list_approval is (programme in ("TAM_HOAN", "F0_F1", "HO_KD"))
        assert (owed.entered_by_id, owed.appraised_by_id) == (at.intake.pk, at.appraiser.pk)
        assert (owed.list_approved_by_id, owed.money_appraised_by_id) == (head, None)
        assert owed.money_approved_by_id == at.who.approver.pk
        case_list = CaseList.objects.get()
        assert case_list.concluded_by_id == (None if owed.has_list_approval else at.who.reviewer.pk)

    def test_who_is_owed_follows_the_kind_of_claim(self) -> None:
        for programme in ("TAM_HOAN", "HO_KD", "DAO_TAO"):
            chains.decided(programme, chains.desks(programme))
        worker, household, training = Entitlement.objects.order_by("pk")
        assert (worker.claimant_id is None, worker.employer_id is None) == (False, True)
        assert (household.claimant_id is None, household.employer_id is None) == (False, False)
        assert (training.claimant_id is None, training.employer_id is None) == (True, False)

    def test_without_a_payment_in_the_chain_an_allocation_starts_no_clock(self) -> None:
        case_list, _decision = chains.decided("F0_F1", chains.desks("F0_F1"))
        same = start_payment_step(case_list, allocated_on=MONDAY, actor=user(Role.ACCOUNTANT))
        assert (same.current_step, same.version) == ("money_approval", case_list.version)


class TestClocks:
    def test_the_agencys_days_begin_when_the_list_is_sent(self) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.drafted("TAM_HOAN", at)
        assert passes(case_list) == [("confirmation", None)]
        sent = agencies.send_to_agency(case_list, actor=at.intake)
        assert (sent.current_step, sent.due_on) == ("confirmation", dt.date(2021, 9, 29))
        confirmed = chains.confirmed(at, sent)
        assert (confirmed.current_step, confirmed.due_on) == ("district_appraisal", dt.date(2021, 9, 29))
        assert Case.objects.get().due_on == dt.date(2021, 9, 29)

    def test_the_departments_days_run_from_the_day_on_which_the_dossiers_came_in(self) -> None:
        at = chains.desks("CHAM_DUT")
        case_list = chains.at_province("CHAM_DUT", at)
        assert passes(case_list) == [
            ("department_appraisal", dt.date(2021, 9, 30)),
            ("money_approval", dt.date(2021, 9, 29)),
        ]

    def test_training_plans_have_one_clock_for_appraisal_and_decision(self) -> None:
        case_list = chains.at_province("DAO_TAO", chains.desks("DAO_TAO"))
        assert [step for step, _due in passes(case_list)] == [
            "confirmation",
            "confirmation",
            "money_approval",
        ]
        assert case_list.due_on == dt.date(2021, 10, 4)

    def test_the_stepper_shows_the_chain_of_the_version(self) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.drafted("TAM_HOAN", at)
        labels = [str(step.label) for step in stepper(case_list)]
        assert labels[:3] == [
            "Cơ quan BHXH xác nhận",
            "Huyện thẩm định, duyệt danh sách",
            "UBND tỉnh duyệt kinh phí",
        ]
        assert stepper(case_list)[0].note == "chưa gửi"
        states = [step.state for step in stepper(chains.confirmed(at, chains.sent("TAM_HOAN", at)))]
        assert states[:3] == [StepState.DONE, StepState.CURRENT, StepState.TODO]

    def test_a_list_that_was_sent_back_keeps_its_confirmation(self) -> None:
        at = chains.desks("HO_KD")
        case_list = chains.in_appraisal("HO_KD", at)
        back = posting.send_back_list(case_list, reason="Thiếu dấu", marks={}, actor=at.appraiser)
        shown = {str(step.label): step.state for step in stepper(back)}
        assert shown["Chi cục Thuế thẩm định"] is StepState.DONE
        again = posting.resubmit_list(back, letter_number="13/TTr", letter_date=MONDAY, actor=at.intake)
        assert again.status == "at_district"

    def test_the_department_decides_training_plans_itself(self) -> None:
        case_list = chains.at_province("DAO_TAO", chains.desks("DAO_TAO"))
        assert str(stepper(case_list)[-1].label) == "Sở LĐ-TBXH quyết định"
        assert shown_status(case_list) == "at_department_head"
        assert shown_status(chains.at_province("CHAM_DUT", chains.desks("CHAM_DUT"))) == "at_province"


class TestOtherAgencies:
    def test_its_paper_is_kept_and_the_list_goes_on(self) -> None:
        at = chains.desks("TAM_HOAN")
        chains.confirmed(at, chains.sent("TAM_HOAN", at))
        paper = AgencyConfirmation.objects.get()
        assert (paper.agency, paper.number, paper.signed_on) == ("bhxh", "88/BHXH-XN", MONDAY)
        assert (paper.recorded_by_id, paper.area_code) == (at.intake.pk, DISTRICT)
        assert Case.objects.get().status == "appraising"
        event = Event.objects.get(action="list.confirm_agency")
        assert event.change["agency"] == "bhxh"

    @pytest.mark.parametrize(
        ("number", "day", "sentence"),
        [("  ", MONDAY, "số văn bản xác nhận"), ("1", dt.date(2021, 9, 28), "ở sau ngày làm việc")],
    )
    def test_a_paper_without_number_or_from_the_future_is_refused(
        self, number: str, day: dt.date, sentence: str
    ) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.sent("TAM_HOAN", at)
        with pytest.raises(TransitionRefused, match=sentence):
            agencies.record_confirmation(case_list, number=number, signed_on=day, actor=at.intake)
        assert not AgencyConfirmation.objects.exists()

    def test_a_list_that_was_not_sent_has_nothing_to_record(self) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.drafted("TAM_HOAN", at)
        with pytest.raises(TransitionRefused, match="Xã đang lập"):
            chains.confirmed(at, case_list)
        assert not AgencyConfirmation.objects.exists()

    def test_recorded_twice_it_has_one_effect(self) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.sent("TAM_HOAN", at)
        chains.confirmed(at, case_list)
        with pytest.raises(TransitionRefused):
            chains.confirmed(at, case_list)
        assert AgencyConfirmation.objects.count() == 1

    def test_the_district_records_the_tax_offices_paper_about_a_commune_list(self) -> None:
        at = chains.desks("HO_KD")
        case_list = chains.sent("HO_KD", at)
        assert "list.confirm_agency" in offered(case_list, at.who.officer)
        assert chains.confirmed(at, case_list, actor=at.who.officer).status == "at_district"
        assert AgencyConfirmation.objects.get().agency == "chi_cuc_thue"

    @pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.PROVINCIAL_REVIEWER, Role.DISTRICT_HEAD])
    def test_nobody_else_records_it(self, role: Role) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.sent("TAM_HOAN", at)
        other = user(role)
        assert "list.confirm_agency" not in offered(case_list, other)
        with pytest.raises(PermissionDenied):
            chains.confirmed(at, case_list, actor=other)

    def test_a_refusal_sends_the_list_back_to_be_drawn_up_and_posted_anew(self) -> None:
        at = chains.desks("HO_KD")
        case_list = chains.sent("HO_KD", at)
        with pytest.raises(TransitionRefused, match="lý do"):
            agencies.record_agency_refusal(case_list, reason=" ", actor=at.intake)
        back = agencies.record_agency_refusal(case_list, reason="Hai hộ đã nghỉ", actor=at.intake)
        assert (back.status, back.current_step, back.posting_until) == ("draft", "commune_review", None)
        assert back.sent_back_reason == "Hai hộ đã nghỉ"
        with pytest.raises(TransitionRefused, match="niêm yết công khai trước"):
            agencies.send_to_agency(back, actor=at.intake)
        assert chains.confirmed(at, agencies.send_to_agency(chains.posted(at, back), actor=at.intake))

    def test_an_empty_list_is_not_sent(self) -> None:
        at = chains.desks("TAM_HOAN")
        empty = create_list(version=version_for("TAM_HOAN", MONDAY), area_code=DISTRICT, actor=at.intake)
        with pytest.raises(TransitionRefused, match="chưa có hồ sơ nào"):
            agencies.send_to_agency(empty, actor=at.intake)


class TestProvince:
    def test_a_return_takes_the_approval_of_the_persons_back(self) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.at_province("TAM_HOAN", at)
        with pytest.raises(TransitionRefused, match="lý do"):
            approval.return_from_province(case_list, reason="", actor=at.who.approver)
        back = approval.return_from_province(case_list, reason="Sai mức", actor=at.who.approver)
        assert (back.status, back.current_step) == ("at_district", "district_appraisal")
        assert (back.list_approved_by_id, back.district_number) == (None, "")
        assert Entitlement.objects.get().list_approved_by_id is None
        approval.approve_list(back, number="46/QĐ-UBND", date=MONDAY, actor=at.who.head)
        up = approval.forward_to_province(back, actor=at.appraiser)
        paper = approval.DecisionPaper(number="9/QĐ-UBND", signed_on=MONDAY)
        assert approval.approve_money([up], paper=paper, actor=at.who.approver).people == 1

    def test_and_the_departments_conclusion(self) -> None:
        at = chains.desks("CHAM_DUT")
        case_list = chains.at_province("CHAM_DUT", at)
        back = approval.return_from_province(case_list, reason="Sai mức", actor=at.who.approver)
        assert (back.status, back.concluded_by_id) == ("at_department", None)
        assert approval.conclude_list(back, actor=at.who.reviewer).status == "at_province"

    def test_a_list_with_open_rows_is_not_concluded(self) -> None:
        at = chains.desks("CHAM_DUT")
        case_list = chains.in_appraisal("CHAM_DUT", at)
        with pytest.raises(TransitionRefused, match="chưa thẩm định xong"):
            approval.conclude_list(case_list, actor=at.who.reviewer)

    def test_who_drew_a_department_list_up_does_not_conclude_it(self) -> None:
        at = chains.desks("CHAM_DUT")
        case_list = chains.verified("CHAM_DUT", at)
        with pytest.raises(TransitionRefused, match="Bạn đã nhập hoặc trình"):
            approval.conclude_list(case_list, actor=at.intake)

    def test_nor_appraises_it(self) -> None:
        at = chains.desks("CHAM_DUT")
        case_list = chains.in_appraisal("CHAM_DUT", at)
        report = verify_cases(Case.objects.filter(case_list=case_list), actor=at.intake)
        assert (report.done, "Bạn đã nhập" in report.needs_eyes[0].reason) == (0, True)

    def test_who_confirmed_a_condition_of_a_district_case_does_not_appraise_it(self) -> None:
        """There the same role takes in and appraises."""
        at = chains.desks("TAM_HOAN")
        answers = {code: said for code, said in claims.SUSPENDED.items() if code != "within_contract_term"}
        case = claims.claim("TAM_HOAN", at.intake, answers=answers)
        chains.confirmed(at, agencies.send_to_agency(case.case_list, letter_number="17/CV", actor=at.intake))
        case.refresh_from_db()
        set_case_facts(case, values={"within_contract_term": True}, actor=at.appraiser)
        with pytest.raises(TransitionRefused, match="nhập hồ sơ này"):
            mark_eligible(case, actor=at.appraiser)
        mark_eligible(case, actor=user(Role.DISTRICT_OFFICER))

    def test_nor_who_confirmed_it_for_the_whole_list(self) -> None:
        at = chains.desks("TAM_HOAN")
        answers = {code: said for code, said in claims.SUSPENDED.items() if code != "within_contract_term"}
        case = claims.claim("TAM_HOAN", at.intake, answers=answers)
        confirm_facts(case.case_list, codes=["within_contract_term"], excepted={}, actor=at.appraiser)
        chains.confirmed(at, agencies.send_to_agency(case.case_list, letter_number="17/CV", actor=at.intake))
        case.refresh_from_db()
        with pytest.raises(TransitionRefused, match="nhập hồ sơ này"):
            mark_eligible(case, actor=at.appraiser)
        mark_eligible(case, actor=user(Role.DISTRICT_OFFICER))

    def test_who_concluded_or_recorded_the_paper_does_not_decide(self) -> None:
        at = chains.desks("DAO_TAO")
        both = user(Role.PROVINCIAL_REVIEWER, Role.PROVINCIAL_APPROVER)
        paper = approval.DecisionPaper(number="9/QĐ", signed_on=MONDAY)
        case_list = chains.confirmed(at, chains.sent("DAO_TAO", at), actor=both)
        verify_cases(Case.objects.filter(case_list=case_list), actor=at.appraiser)
        with pytest.raises(TransitionRefused, match="Bạn đã"):
            approval.conclude_list(case_list, actor=both)
        up = approval.conclude_list(case_list, actor=at.appraiser)
        with pytest.raises(TransitionRefused, match="Bạn đã"):
            approval.approve_money([up], paper=paper, actor=both)
        concluder = user(Role.PROVINCIAL_REVIEWER, Role.PROVINCIAL_APPROVER)
        back = approval.return_from_province(up, reason="Xem lại", actor=at.who.approver)
        again = approval.conclude_list(back, actor=concluder)
        with pytest.raises(TransitionRefused, match="Bạn đã thẩm định"):
            approval.approve_money([again], paper=paper, actor=concluder)

    def test_one_decision_takes_lists_of_both_ways(self) -> None:
        """F0 lists of a district and of the department, of the same programme."""
        at = chains.desks("F0_F1")
        district = chains.at_province("F0_F1", at)
        one, other = user(Role.PROVINCIAL_REVIEWER), user(Role.PROVINCIAL_REVIEWER)
        case = claims.claim("F0_F1", one)
        list_cases(Case.objects.filter(pk=case.pk), actor=one)
        case.refresh_from_db()
        up = agencies.submit_to_department(case.case_list, actor=one)
        verify_cases(Case.objects.filter(pk=case.pk), actor=other)
        department = approval.conclude_list(up, actor=other)
        paper = approval.DecisionPaper(number="9/QĐ", signed_on=MONDAY)
        decision = approval.approve_money([district, department], paper=paper, actor=at.who.approver)
        assert decision.people == 2


class TestRegimes:
    def test_another_period_of_the_same_programme_stands_beside(self) -> None:
        at = chains.desks("F0_F1")
        person = claims.applicant()
        for start, end in (("01/07/2021", "05/07/2021"), ("01/08/2021", "10/08/2021")):
            spell = {**claims.TREATED, "event_start": start, "event_end": end}
            claims.claim("F0_F1", at.intake, applicant=person, answers=spell)
        list_cases(Case.objects.all(), actor=at.intake)
        case_list = posting.submit_list(
            CaseList.objects.get(), letter_number="1", letter_date=MONDAY, actor=at.intake
        )
        assert verify_cases(Case.objects.filter(case_list=case_list), actor=at.appraiser).done == 2

    def test_meals_of_the_treated_stand_beside_one_cash_regime(self) -> None:
        person = claims.applicant()
        meals, ended = chains.desks("F0_F1"), chains.desks("CHAM_DUT")
        for programme, at in (("F0_F1", meals), ("CHAM_DUT", ended)):
            case = claims.claim(programme, at.intake, applicant=person)
            list_cases(Case.objects.filter(pk=case.pk), actor=at.intake)
            case_list = CaseList.objects.get(programme=programme)
            if programme == "F0_F1":
                posting.submit_list(case_list, letter_number="1", letter_date=MONDAY, actor=at.intake)
            else:
                agencies.submit_to_department(case_list, actor=at.intake)
            assert mark_eligible(case, actor=at.appraiser).status == "eligible"
        assert set(Entitlement.objects.values_list("programme", "status")) == {
            ("F0_F1", "proposed"),
            ("CHAM_DUT", "proposed"),
        }

    def test_a_second_cash_regime_is_refused(self) -> None:
        person = claims.applicant()
        suspended, ended = chains.desks("TAM_HOAN"), chains.desks("CHAM_DUT")
        first = claims.claim("TAM_HOAN", suspended.intake, applicant=person)
        second = claims.claim("CHAM_DUT", ended.intake, applicant=person)
        sent = agencies.send_to_agency(first.case_list, actor=suspended.intake)
        chains.confirmed(suspended, sent)
        mark_eligible(first, actor=suspended.appraiser)
        list_cases(Case.objects.filter(pk=second.pk), actor=ended.intake)
        second.refresh_from_db()
        agencies.submit_to_department(second.case_list, actor=ended.intake)
        with pytest.raises(TransitionRefused, match=r"một lần|không đạt"):
            mark_eligible(second, actor=ended.appraiser)
        assert Entitlement.objects.count() == 1

    def test_a_claim_whose_amount_is_not_known_yet_is_not_found_eligible(self) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.in_appraisal("TAM_HOAN", at)
        Case.objects.update(amount_proposed=0)
        report = verify_cases(Case.objects.filter(case_list=case_list), actor=at.appraiser)
        assert (report.done, "Chưa tính được mức hỗ trợ" in report.needs_eyes[0].reason) == (0, True)


class TestDecidedElsewhere:
    def test_the_agencys_decision_ends_a_tracked_claim(self) -> None:
        reviewer = user(Role.PROVINCIAL_REVIEWER)
        case = claims.claim("HTTT", reviewer)
        done = record_decision_elsewhere(
            case, agency="BHXH tỉnh An Giang", number="12/QĐ-BHXH", signed_on=MONDAY, actor=reviewer
        )
        assert (done.status, done.outside_number, done.outside_date) == (
            "decided_elsewhere",
            "12/QĐ-BHXH",
            MONDAY,
        )
        with pytest.raises(TransitionRefused, match="Cơ quan khác đã quyết định"):
            record_decision_elsewhere(done, agency="BHXH", signed_on=MONDAY, actor=reviewer)

    def test_it_needs_its_agency_and_a_day_that_has_come(self) -> None:
        reviewer = user(Role.PROVINCIAL_REVIEWER)
        case = claims.claim("HTTT", reviewer)
        with pytest.raises(TransitionRefused, match="cơ quan"):
            record_decision_elsewhere(case, agency=" ", signed_on=MONDAY, actor=reviewer)
        with pytest.raises(TransitionRefused, match="ở sau ngày làm việc"):
            record_decision_elsewhere(case, agency="BHXH", signed_on=dt.date(2021, 9, 28), actor=reviewer)

    def test_claims_that_go_with_a_list_are_not_decided_elsewhere(self) -> None:
        at = chains.desks("CHAM_DUT")
        case = claims.claim("CHAM_DUT", at.intake)
        with pytest.raises(TransitionRefused, match="đi theo danh sách"):
            record_decision_elsewhere(case, agency="BHXH", signed_on=MONDAY, actor=at.who.reviewer)
