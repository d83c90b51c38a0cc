"""The way of QĐ 1856 from a commune's rows to the decision on their money."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Sum

from core.models import Event
from core.transitions import StaleRecord, TransitionRefused
from support_programs.enums import CaseStatus, ListStatus, Step
from support_programs.models import ApprovalDecision, Case, CaseList, CaseListStep, Entitlement
from support_programs.queries.list_steps import stepper
from support_programs.services import approval, posting
from support_programs.services.appraisal import verify_cases
from support_programs.services.clocks import start_payment_step
from tests.factories import cases as make

pytestmark = pytest.mark.django_db
TODAY = dt.date(2021, 9, 27)


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def statuses(case_list: CaseList) -> set[str]:
    return set(Case.objects.filter(case_list=case_list).values_list("status", flat=True))


def test_a_list_goes_all_the_way_and_people_and_money_agree(who: make.Staff) -> None:
    case_list, decision = make.decided_list(who, rows=3)
    assert (decision.people, decision.amount) == (3, 4_500_000)
    assert statuses(case_list) == {CaseStatus.APPROVED}
    sums = Entitlement.objects.filter(case_list=case_list, status="approved").aggregate(
        n=Count("pk"), s=Sum("amount")
    )
    assert sums == {"n": 3, "s": 4_500_000}
    assert (case_list.status, case_list.decision_number) == (ListStatus.MONEY_APPROVED, "2208/QĐ-UBND")
    actors = Entitlement.objects.values_list(
        "entered_by_id",
        "appraised_by_id",
        "list_approved_by_id",
        "money_appraised_by_id",
        "money_approved_by_id",
    ).distinct()
    assert list(actors) == [(who.commune.pk, who.officer.pk, who.head.pk, who.reviewer.pk, who.approver.pk)]


def test_each_step_has_its_clock_in_working_days(who: make.Staff) -> None:
    case_list, _decision = make.decided_list(who)
    steps = list(
        CaseListStep.objects.filter(case_list=case_list).values_list(
            "step", "started_on", "due_on", "finished_on"
        )
    )
    assert steps == [
        ("commune_review", TODAY, dt.date(2021, 9, 30), TODAY),
        ("posting", TODAY, dt.date(2021, 9, 30), TODAY),
        ("district_appraisal", TODAY, dt.date(2021, 9, 29), TODAY),
        ("money_appraisal", TODAY, dt.date(2021, 9, 29), TODAY),
        ("money_approval", TODAY, None, TODAY),
    ]


def test_posting_days_outside_the_review_by_setting(who: make.Staff, settings: pytest.FixtureRequest) -> None:
    settings.POSTING_INSIDE_REVIEW = False
    case_list = make.confirmed_list(who)
    posting.post_list(case_list, place="UBND", actor=who.commune)
    step = CaseListStep.objects.get(case_list=case_list, step=Step.POSTING)
    assert step.due_on == dt.date(2021, 9, 29)


def test_posting_ends_two_working_days_after_it_began_and_not_before(who: make.Staff) -> None:
    case_list = make.confirmed_list(who)
    posted = posting.post_list(case_list, place="UBND", posting_from=dt.date(2021, 9, 24), actor=who.commune)
    assert posted.posting_until == dt.date(2021, 9, 28)
    with pytest.raises(TransitionRefused, match="Chưa hết số ngày niêm yết"):
        posting.close_posting(case_list, actor=who.commune)


def test_posting_from_tomorrow_or_without_place_is_refused(who: make.Staff) -> None:
    case_list = make.confirmed_list(who)
    with pytest.raises(TransitionRefused, match="sau ngày làm việc hiện tại 27/09/2021"):
        posting.post_list(case_list, place="UBND", posting_from=dt.date(2021, 9, 28), actor=who.commune)
    with pytest.raises(TransitionRefused, match="nơi niêm yết"):
        posting.post_list(case_list, place=" ", actor=who.commune)
    case_list.refresh_from_db()
    assert case_list.status == ListStatus.DRAFT


def test_a_reworked_list_is_posted_again_from_that_day_on(who: make.Staff) -> None:
    case_list = make.list_at_district(who)
    posting.send_back_list(case_list, reason="Sai địa chỉ", marks={}, actor=who.officer)
    posting.rework_list(case_list, actor=who.commune)
    case_list.refresh_from_db()
    with pytest.raises(TransitionRefused, match="phải niêm yết lại từ ngày đó"):
        posting.post_list(case_list, place="UBND", posting_from=dt.date(2021, 9, 24), actor=who.commune)
    assert (
        posting.post_list(case_list, place="UBND", posting_from=TODAY, actor=who.commune).posting_from
        == TODAY
    )


def test_a_list_with_unknown_facts_does_not_go_up(who: make.Staff) -> None:
    case_list = make.draft_list(who)
    posting.post_list(case_list, place="UBND", posting_from=dt.date(2021, 9, 22), actor=who.commune)
    posting.close_posting(case_list, actor=who.commune)
    with pytest.raises(TransitionRefused, match="xã cần xác nhận thông tin"):
        posting.submit_list(case_list, letter_number="1/TTr", letter_date=TODAY, actor=who.commune)


def test_payment_clock_starts_with_the_allocation_once(who: make.Staff) -> None:
    case_list, _decision = make.decided_list(who)
    started = start_payment_step(case_list, allocated_on=dt.date(2021, 9, 24), actor=who.accountant)
    assert (started.current_step, started.due_on) == (Step.PAYMENT, dt.date(2021, 9, 29))
    again = start_payment_step(case_list, allocated_on=TODAY, actor=who.accountant)
    assert again.allocated_on == dt.date(2021, 9, 24)
    assert CaseListStep.objects.filter(case_list=case_list, step=Step.PAYMENT).count() == 1


def test_a_list_sent_back_keeps_what_was_not_marked_and_comes_up_again(who: make.Staff) -> None:
    case_list = make.verified_list(who, rows=3)
    first, *others = Case.objects.filter(case_list=case_list).order_by("position")
    posting.send_back_list(case_list, reason="Sai địa chỉ", marks={first.pk: "Ghi lại ấp"}, actor=who.officer)
    first.refresh_from_db()
    assert (first.status, first.mark_text, first.appraised_by_id) == (CaseStatus.LISTED, "Ghi lại ấp", None)
    assert {case.status for case in Case.objects.filter(pk__in=[c.pk for c in others])} == {
        CaseStatus.ELIGIBLE
    }
    assert list(Entitlement.objects.filter(case=first).values_list("status", flat=True)) == ["cancelled"]
    with pytest.raises(TransitionRefused, match="Còn dòng bị trả lại"):
        posting.resubmit_list(case_list, letter_number="13/TTr", letter_date=TODAY, actor=who.commune)
    from support_programs.services.lists import resolve_mark

    resolve_mark(first, actor=who.commune, note="Đã ghi lại ấp Mỹ Lương")
    again = posting.resubmit_list(case_list, letter_number="13/TTr", letter_date=TODAY, actor=who.commune)
    assert again.status == ListStatus.AT_DISTRICT
    verify_cases(Case.objects.filter(case_list=case_list, status=CaseStatus.APPRAISING), actor=who.officer)
    assert statuses(again) == {CaseStatus.ELIGIBLE}
    assert Entitlement.objects.filter(case=first, status="proposed").count() == 1


def test_sending_back_needs_a_reason_and_rows_of_this_list(who: make.Staff) -> None:
    case_list, other = make.list_at_district(who), make.list_at_district(who)
    stranger = Case.objects.get(case_list=other)
    with pytest.raises(TransitionRefused, match="Hãy ghi lý do"):
        posting.send_back_list(case_list, reason=" ", marks={}, actor=who.officer)
    with pytest.raises(TransitionRefused, match="không còn trong danh sách"):
        posting.send_back_list(case_list, reason="Sai", marks={stranger.pk: "x"}, actor=who.officer)
    assert statuses(case_list) == statuses(other) == {CaseStatus.APPRAISING}


def test_the_department_returns_a_list_and_the_approval_of_its_persons_is_taken_back(who: make.Staff) -> None:
    case_list = make.list_at_department(who)
    returned = approval.return_to_district(case_list, reason="Thiếu chữ ký", actor=who.reviewer)
    assert (returned.status, returned.list_approved_by_id) == (ListStatus.AT_DISTRICT, None)
    assert list(Entitlement.objects.values_list("list_approved_by_id", flat=True)) == [None]
    assert [step.state for step in stepper(returned)] == ["done", "done", "current", "todo", "todo", "todo"]
    approval.approve_list(returned, number="46/QĐ", date=TODAY, actor=who.head)


def test_a_decision_number_is_recorded_once_and_covers_several_lists(who: make.Staff) -> None:
    lists = [make.appraised_list(who, 2), make.appraised_list(who, 1)]
    paper = approval.DecisionPaper("2208/QĐ-UBND", TODAY, "Nguyễn Văn A")
    decision = approval.approve_money(lists, paper=paper, actor=who.approver)
    assert (decision.people, decision.amount) == (3, 4_500_000)
    third = make.appraised_list(who, 1)
    with pytest.raises(TransitionRefused, match="đã được ghi trong hệ thống"):
        approval.approve_money([third], paper=paper, actor=who.approver)
    assert ApprovalDecision.objects.count() == 1
    assert Entitlement.objects.filter(case_list=third, status="proposed").count() == 1


def test_one_refused_list_keeps_all_lists_of_a_decision_as_they_were(who: make.Staff) -> None:
    ready, early = make.appraised_list(who), make.list_at_department(who)
    with pytest.raises(TransitionRefused, match=early.reference):
        approval.approve_money(
            [ready, early], paper=approval.DecisionPaper("1/QĐ", TODAY), actor=who.approver
        )
    ready.refresh_from_db()
    assert ready.status == ListStatus.MONEY_APPRAISED
    assert ApprovalDecision.objects.count() == 0
    assert not Event.objects.filter(action="list.approve_money").exists()


def test_a_form_opened_earlier_is_noticed(who: make.Staff) -> None:
    case_list = make.verified_list(who)
    opened = CaseList.objects.get(pk=case_list.pk).version
    posting.send_back_list(case_list, reason="Sai", marks={}, actor=who.officer)
    posting.resubmit_list(case_list, letter_number="2/TTr", letter_date=TODAY, actor=who.commune)
    with pytest.raises(StaleRecord):
        approval.approve_list(case_list, number="1/QĐ", date=TODAY, actor=who.head, expected_version=opened)


def test_nobody_acts_outside_the_area_or_the_role(who: make.Staff) -> None:
    from accounts.enums import Role
    from tests.factories.people import OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, user

    case_list = make.verified_list(who)
    stranger = user(Role.DISTRICT_HEAD, area=OUTSIDE_DISTRICT)
    with pytest.raises(PermissionDenied):
        approval.approve_list(case_list, number="1/QĐ", date=TODAY, actor=stranger)
    with pytest.raises(PermissionDenied):
        approval.approve_list(case_list, number="1/QĐ", date=TODAY, actor=who.officer)
    draft = make.confirmed_list(who)
    with pytest.raises(PermissionDenied):
        posting.post_list(draft, place="UBND", actor=user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE))
    with pytest.raises(PermissionDenied):
        verify_cases(
            Case.objects.filter(case_list=case_list), actor=user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)
        )
