"""Each list goes the way of its chain and no other, and each desk works on its own lists."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from core.transitions import TransitionRefused
from support_programs.models import Case, CaseList
from support_programs.queries.list_steps import stepper
from support_programs.queries.lists import offered_actions
from support_programs.queries.programmes import version_for
from support_programs.services import agencies, approval, posting
from support_programs.services.appraisal import (
    exclude_case,
    mark_eligible,
    reopen_case,
    supplement_case,
    verify_cases,
)
from support_programs.services.lists import create_list, list_cases
from support_programs.workflow import LIST_WORKFLOW
from tests.factories import cases as make
from tests.factories import chains, claims
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_DISTRICT, PROVINCE, user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2021, 9, 27)


def offered(case_list: CaseList, actor: object) -> list[str]:
    return [action.code for action in offered_actions(LIST_WORKFLOW, case_list, actor)]


class TestEachGoesItsOwnWay:
    """The ways of other chains are refused with their sentence, and not offered."""

    def test_free_workers_take_no_short_way(self) -> None:
        who = make.staff()
        case_list = make.confirmed_list(who)
        assert offered(case_list, who.commune) == ["list.post"]
        for act, sentence in (
            (agencies.send_to_agency, "không có bước xác nhận của cơ quan khác"),
            (agencies.submit_to_department, "do huyện thẩm định và duyệt"),
        ):
            with pytest.raises(TransitionRefused, match=sentence):
                act(case_list, actor=who.commune)
        with pytest.raises(TransitionRefused, match="niêm yết công khai trước"):
            posting.submit_list(case_list, letter_number="1", letter_date=MONDAY, actor=who.commune)
        assert CaseList.objects.get().status == "draft"

    def test_nor_past_the_appraisal_of_their_money(self) -> None:
        who = make.staff()
        case_list = make.verified_list(who)
        approval.approve_list(case_list, number="45/QĐ", date=MONDAY, actor=who.head)
        case_list.refresh_from_db()
        assert offered(case_list, who.officer) == ["list.forward"]
        with pytest.raises(TransitionRefused, match="thẩm định trước"):
            approval.forward_to_province(case_list, actor=who.officer)
        forwarded = approval.forward_list(case_list, actor=who.officer)
        with pytest.raises(TransitionRefused, match="do huyện thẩm định và duyệt"):
            approval.conclude_list(forwarded, actor=who.reviewer)

    def test_suspended_workers_are_not_posted_and_not_submitted_without_confirmation(self) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.drafted("TAM_HOAN", at)
        assert offered(case_list, at.intake) == ["list.send_to_agency"]
        with pytest.raises(TransitionRefused, match="không có bước niêm yết"):
            posting.post_list(case_list, place="UBND", actor=at.intake)
        with pytest.raises(TransitionRefused, match="Chưa có xác nhận"):
            posting.submit_list(case_list, letter_number="1", letter_date=MONDAY, actor=at.intake)

    def test_their_money_has_no_appraisal_of_its_own(self) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.verified("TAM_HOAN", at)
        approval.approve_list(case_list, number="45/QĐ", date=MONDAY, actor=at.who.head)
        case_list.refresh_from_db()
        assert offered(case_list, at.appraiser) == ["list.forward_to_province"]
        with pytest.raises(TransitionRefused, match="không có bước thẩm định kinh phí"):
            approval.forward_list(case_list, actor=at.appraiser)

    def test_household_businesses_go_from_the_posting_to_the_tax_office(self) -> None:
        at = chains.desks("HO_KD")
        case_list = chains.drafted("HO_KD", at)
        assert offered(case_list, at.intake) == ["list.post"]
        assert offered(chains.posted(at, case_list), at.intake) == ["list.send_to_agency", "list.rework"]

    def test_the_departments_lists_see_no_district(self) -> None:
        at = chains.desks("CHAM_DUT")
        case_list = chains.drafted("CHAM_DUT", at)
        assert offered(case_list, at.intake) == ["list.submit_to_department"]
        with pytest.raises(TransitionRefused, match="không qua huyện"):
            posting.submit_list(case_list, letter_number="1", letter_date=MONDAY, actor=at.intake)
        up = agencies.submit_to_department(case_list, actor=at.intake)
        assert offered(up, at.appraiser) == ["list.conclude"]
        with pytest.raises(TransitionRefused, match="không qua huyện"):
            approval.return_to_district(up, reason="Sai", actor=at.appraiser)
        with pytest.raises(TransitionRefused, match="không có bước thẩm định kinh phí"):
            approval.appraise_money(up, finance_number="1", finance_date=MONDAY, actor=at.appraiser)

    def test_what_is_filed_with_the_department_itself_stays_there(self) -> None:
        """A hospital of the province sends its patients' list to the department, though the chain names the district."""
        one, other = user(Role.PROVINCIAL_REVIEWER), user(Role.PROVINCIAL_REVIEWER)
        case = claims.claim("F0_F1", one)
        list_cases(Case.objects.filter(pk=case.pk), actor=one)
        case_list = CaseList.objects.get()
        assert (case_list.area_code, case_list.has_list_approval) == (PROVINCE, False)
        up = agencies.submit_to_department(case_list, actor=one)
        assert up.current_step == "district_appraisal"
        assert [str(step.label) for step in stepper(up)][:2] == ["Tiếp nhận, lập danh sách", "Sở thẩm định"]
        assert verify_cases(Case.objects.filter(pk=case.pk), actor=other).done == 1
        assert approval.conclude_list(up, actor=other).status == "at_province"


class TestDesks:
    def test_a_programme_takes_dossiers_in_only_at_its_levels(self) -> None:
        who = make.staff()
        for programme, area, actor in (
            ("LD_TU_DO", DISTRICT, who.officer),
            ("TAM_HOAN", COMMUNE, who.commune),
            ("CHAM_DUT", DISTRICT, who.officer),
        ):
            with pytest.raises(TransitionRefused, match="không nhận hồ sơ ở cấp này"):
                create_list(version=version_for(programme, MONDAY), area_code=area, actor=actor)

    @pytest.mark.parametrize("programme", ["HTTT", "TNLD_BNN", "VAY_VON"])
    def test_tracked_claims_have_no_list(self, programme: str) -> None:
        with pytest.raises(TransitionRefused, match="không lập danh sách"):
            create_list(
                version=version_for(programme, MONDAY),
                area_code=PROVINCE,
                actor=user(Role.PROVINCIAL_REVIEWER),
            )

    def test_a_commune_list_is_not_the_districts_to_draw_up(self) -> None:
        who = make.staff()
        case_list = make.confirmed_list(who)
        for officer in (who.officer, who.reviewer):
            assert offered(case_list, officer) == []
            with pytest.raises(PermissionDenied, match="cấp xã"):
                posting.post_list(case_list, place="UBND", actor=officer)

    def test_an_employers_list_is_the_districts_alone(self) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.drafted("TAM_HOAN", at)
        with pytest.raises(PermissionDenied, match="đơn vị khác"):
            agencies.send_to_agency(case_list, actor=user(Role.COMMUNE_OFFICER))
        with pytest.raises(PermissionDenied, match="đơn vị khác"):
            agencies.send_to_agency(case_list, actor=user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT))
        with pytest.raises(PermissionDenied, match="Phòng LĐ-TBXH"):
            agencies.send_to_agency(case_list, actor=at.who.reviewer)

    def test_the_district_does_not_appraise_for_the_department_nor_the_other_way(self) -> None:
        for programme, stranger in (
            ("CHAM_DUT", user(Role.DISTRICT_OFFICER, area=PROVINCE)),
            ("TAM_HOAN", user(Role.PROVINCIAL_REVIEWER)),
        ):
            case_list = chains.in_appraisal(programme, chains.desks(programme))
            case = Case.objects.get(case_list=case_list)
            with pytest.raises(PermissionDenied):
                mark_eligible(case, actor=stranger)

    def test_a_supplemented_row_goes_back_into_the_list_of_its_appraisers(self) -> None:
        for programme in ("CHAM_DUT", "TAM_HOAN"):
            at = chains.desks(programme)
            case_list = chains.in_appraisal(programme, at, rows=2)
            case = Case.objects.filter(case_list=case_list).earliest("pk")
            exclude_case(case, to="needs_supplement", reason="Thiếu bản sao", actor=at.appraiser)
            supplement_case(case, note="Đã nộp", actor=at.intake)
            case.refresh_from_db()
            assert (case.status, case.case_list_id) == ("appraising", case_list.pk)
            exclude_case(case, to="ineligible", reason="Không đúng", actor=at.appraiser)
            assert reopen_case(case, reason="Có giấy tờ mới", actor=at.appraiser).status == "appraising"

    def test_a_late_supplement_goes_into_a_new_list_of_the_same_employer(self) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.in_appraisal("TAM_HOAN", at, rows=2)
        case = Case.objects.filter(case_list=case_list).earliest("pk")
        exclude_case(case, to="needs_supplement", reason="Thiếu bản sao", actor=at.appraiser)
        verify_cases(Case.objects.filter(case_list=case_list), actor=at.appraiser)
        approval.approve_list(case_list, number="45/QĐ", date=MONDAY, actor=at.who.head)
        with pytest.raises(TransitionRefused, match="danh sách mới"):
            supplement_case(case, note="Đã nộp", actor=at.intake)
        list_cases(Case.objects.filter(pk=case.pk), actor=at.intake)
        case.refresh_from_db()
        assert case.case_list_id != case_list.pk
        assert case.case_list.employer_id == case_list.employer_id
