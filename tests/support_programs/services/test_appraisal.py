"""The district appraises: ready rows at once, the others by a person, rows out of the list with a reason."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from core.models import Event
from core.transitions import StaleRecord, TransitionRefused
from support_programs.enums import CaseStatus
from support_programs.models import Case, Entitlement, Exclusion
from support_programs.services import appraisal, approval
from support_programs.services.lists import list_cases
from tests.factories import cases as make
from tests.factories.people import DISTRICT, PROVINCE, promoted, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def test_an_eligible_case_gets_its_entitlement_with_lines_and_snapshot(who: make.Staff) -> None:
    make.verified_list(who)
    owed, case = Entitlement.objects.get(), Case.objects.get()
    assert (owed.amount, owed.cap, owed.status, owed.reference) == (
        1_500_000,
        1_500_000,
        "proposed",
        case.reference,
    )
    assert owed.lines == [
        {"label": "Hỗ trợ một lần cho lao động tự do", "article": "QĐ 1856/QĐ-UBND", "amount": 1_500_000}
    ]
    assert (owed.payee_name, owed.payee_number_last3, owed.exclusive_group) == (
        case.applicant_name,
        case.number_last3,
        "cash_once",
    )
    assert owed.version_hash == case.version_used.content_hash


def test_a_bulk_verify_does_the_ready_and_names_the_others_with_reasons(who: make.Staff) -> None:
    case_list = make.list_at_district(who, rows=4)
    ready, review, twin, failing = Case.objects.filter(case_list=case_list).order_by("position")
    Case.objects.filter(pk=review.pk).update(outcomes="mmrmmmmm")
    Case.objects.filter(pk=failing.pk).update(result="not_eligible", outcomes="nmmmmmmm")
    other = Case.objects.get(case_list=make.draft_list(who))
    Case.objects.filter(pk=other.pk).update(name_key=twin.name_key, birth_year=twin.birth_year)
    report = appraisal.verify_cases(Case.objects.filter(case_list=case_list), actor=who.officer)
    assert report.done == 1
    reasons = {row.pk: row.reason for row in report.needs_eyes}
    assert set(reasons) == {review.pk, twin.pk, failing.pk}
    assert "Cần xem: Công việc thuộc nhóm được hỗ trợ (QĐ 1856/QĐ-UBND)." in reasons[review.pk]
    assert "cùng họ tên và năm sinh" in reasons[twin.pk]
    assert "Không đạt: Không có giao kết hợp đồng lao động (khoản 12 Mục II NQ 68)." in reasons[failing.pk]
    assert list(Entitlement.objects.values_list("case_id", flat=True)) == [ready.pk]
    appraisal.mark_eligible(Case.objects.get(pk=twin.pk), actor=who.officer)
    with pytest.raises(TransitionRefused, match="chưa kết luận đủ điều kiện"):
        appraisal.mark_eligible(Case.objects.get(pk=failing.pk), actor=who.officer)


def test_the_statements_of_a_bulk_verify_do_not_grow_with_the_rows(who: make.Staff) -> None:
    counts = []
    for rows in (1, 1, 3):  # the first run fills what is read once
        case_list = make.list_at_district(who, rows=rows)
        with CaptureQueriesContext(connection) as queries:
            appraisal.verify_cases(Case.objects.filter(case_list=case_list), actor=who.officer)
        counts.append(len(queries))
    assert counts[1] == counts[2], counts


def test_a_row_is_excluded_with_its_reason_and_the_rest_goes_on(who: make.Staff) -> None:
    case_list = make.verified_list(who, rows=2)
    first, second = Case.objects.filter(case_list=case_list).order_by("position")
    appraisal.exclude_case(first, to=CaseStatus.INELIGIBLE, reason="Đang hưởng lương hưu", actor=who.officer)
    first.refresh_from_db()
    assert (first.status, first.case_list_id) == (CaseStatus.INELIGIBLE, None)
    kept = Exclusion.objects.get()
    assert (kept.case_list_id, kept.reason, kept.excluded_by_name) == (
        case_list.pk,
        "Đang hưởng lương hưu",
        who.officer.full_name,
    )
    assert dict(Entitlement.objects.values_list("case_id", "status")) == {
        first.pk: "cancelled",
        second.pk: "proposed",
    }
    assert Event.objects.filter(action="list.rows_excluded", object_id=case_list.pk).count() == 1
    approval.approve_list(case_list, number="1/QĐ", date=first.received_on, actor=who.head)


def test_no_reason_no_exclusion(who: make.Staff) -> None:
    case = Case.objects.get(case_list=make.list_at_district(who))
    with pytest.raises(TransitionRefused, match="Hãy ghi lý do"):
        appraisal.exclude_case(case, to=CaseStatus.INELIGIBLE, reason=" ", actor=who.officer)
    assert Exclusion.objects.count() == 0


def test_a_supplemented_case_goes_back_into_its_list_or_waits_for_a_new_one(who: make.Staff) -> None:
    case_list = make.list_at_district(who, rows=2)
    first, second = Case.objects.filter(case_list=case_list).order_by("position")
    for case in (first, second):
        appraisal.exclude_case(case, to=CaseStatus.NEEDS_SUPPLEMENT, reason="Thiếu đơn", actor=who.officer)
    back = appraisal.supplement_case(first, note="Đã nộp đơn", actor=who.commune)
    assert (back.status, back.case_list_id) == (CaseStatus.APPRAISING, case_list.pk)
    appraisal.mark_eligible(back, actor=who.officer)
    approval.approve_list(case_list, number="1/QĐ", date=first.received_on, actor=who.head)
    with pytest.raises(TransitionRefused, match="danh sách mới"):
        appraisal.supplement_case(second, note="Đã nộp", actor=who.commune)
    result = list_cases(Case.objects.filter(pk__in=[first.pk, second.pk]), actor=who.commune)
    second.refresh_from_db()
    assert (result.done, [row.pk for row in result.refused]) == (1, [first.pk])
    assert (second.status, second.position, second.case_list_id != case_list.pk) == (
        CaseStatus.LISTED,
        1,
        True,
    )


def test_a_refused_case_is_reopened_with_a_reason(who: make.Staff) -> None:
    case = Case.objects.get(case_list=make.list_at_district(who))
    appraisal.exclude_case(case, to=CaseStatus.INELIGIBLE, reason="Sai", actor=who.officer)
    again = appraisal.reopen_case(case, reason="Có giấy tờ mới", actor=who.officer)
    assert again.status == CaseStatus.APPRAISING
    assert again.case_list_id is not None


def test_a_person_withdraws_at_any_time_before_the_money_is_approved(who: make.Staff) -> None:
    case = Case.objects.get(case_list=make.list_at_department(who))
    gone = appraisal.withdraw_case(case, reason="Đã có việc làm", actor=who.commune)
    assert gone.status == CaseStatus.WITHDRAWN
    assert Entitlement.objects.get(case=case).status == "cancelled"
    _case_list, _decision = make.decided_list(who)
    approved = Case.objects.get(status=CaseStatus.APPROVED)
    with pytest.raises(TransitionRefused, match="Đã phê duyệt"):
        appraisal.withdraw_case(approved, reason="x", actor=who.commune)


def test_eligible_is_taken_back_before_the_approval(who: make.Staff) -> None:
    case = Case.objects.get(case_list=make.verified_list(who))
    again = appraisal.reconsider_case(case, reason="Cần xem lại", actor=who.officer)
    assert (again.status, again.appraised_by_id) == (CaseStatus.APPRAISING, None)
    appraisal.mark_eligible(again, actor=who.officer)
    assert sorted(Entitlement.objects.values_list("status", flat=True)) == ["cancelled", "proposed"]


def test_a_case_changed_meanwhile_is_noticed(who: make.Staff) -> None:
    case = Case.objects.get(case_list=make.list_at_district(who))
    with pytest.raises(StaleRecord):
        appraisal.mark_eligible(case, actor=who.officer, expected_version=case.version - 1)


def test_whoever_entered_a_case_does_not_appraise_it(who: make.Staff) -> None:
    case = Case.objects.get(case_list=make.list_at_district(who))
    both = promoted(who.commune, Role.DISTRICT_OFFICER, area=DISTRICT)
    with pytest.raises(TransitionRefused, match="Bạn đã nhập hồ sơ này"):
        appraisal.mark_eligible(case, actor=both)
    report = appraisal.verify_cases(Case.objects.filter(pk=case.pk), actor=both)
    assert (report.done, len(report.needs_eyes)) == (0, 1)


def test_whoever_appraised_a_row_does_not_approve_the_list(who: make.Staff) -> None:
    both = user(Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD, area=DISTRICT)
    case_list = make.list_at_district(who)
    appraisal.verify_cases(Case.objects.filter(case_list=case_list), actor=both)
    with pytest.raises(TransitionRefused, match="nên không được duyệt"):
        approval.approve_list(case_list, number="1/QĐ", date=case_list.list_date, actor=both)


def test_the_approver_is_nobody_who_acted_before(who: make.Staff) -> None:
    both = user(Role.PROVINCIAL_REVIEWER, Role.PROVINCIAL_APPROVER, area=PROVINCE)
    case_list = make.list_at_department(who)
    approval.appraise_money(case_list, finance_number="1", finance_date=case_list.list_date, actor=both)
    with pytest.raises(TransitionRefused, match="không được phê duyệt kinh phí"):
        approval.approve_money(
            [case_list], paper=approval.DecisionPaper("1/QĐ", case_list.list_date), actor=both
        )
