"""A dossier goes back with its wrong places marked; meanwhile its clock stands still, and runs on when it is completed."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from core.models import Event
from core.transitions import StaleRecord, TransitionRefused
from support_programs.enums import CaseStatus
from support_programs.models import Case, SupplementRequest
from support_programs.queries.supplements import marks_of, open_request_of, places_of, waiting_since
from support_programs.services import appraisal, approval, lists
from support_programs.services.supplements import answer_supplement, ask_supplement
from tests.factories import cases as make
from tests.factories.people import OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
MARKED = {("applicant", "address"): "Ghi lại ấp theo sổ hộ khẩu", ("other", "other"): "Đơn chưa ký"}


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def a_case(who: make.Staff, rows: int = 1) -> Case:
    """At the district since Monday 27/09/2021, two working days: due on Wednesday 29/09."""
    return Case.objects.filter(case_list=make.list_at_district(who, rows)).order_by("position")[0]


def ask(case: Case, who: make.Staff, **said: Any) -> Case:
    words = {"marked": MARKED, "reason": "", **said}
    return ask_supplement(case, actor=who.officer, **words)


def test_marks_are_kept_with_why_and_the_clock_stands_still(who: make.Staff) -> None:
    case = a_case(who)
    assert case.due_on == dt.date(2021, 9, 29)
    gone = ask(case, who, answer_by=dt.date(2021, 10, 5))
    assert (gone.status, gone.due_on, gone.case_list_id) == (CaseStatus.NEEDS_SUPPLEMENT, None, None)
    kept = SupplementRequest.objects.get()
    assert [(item["kind"], item["code"], item["label"], item["why"]) for item in kept.items] == [
        ("applicant", "address", "Khóm, ấp", "Ghi lại ấp theo sổ hộ khẩu"),
        ("other", "other", "Điều khác", "Đơn chưa ký"),
    ]
    assert kept.reason == "Khóm, ấp: Ghi lại ấp theo sổ hộ khẩu. Điều khác: Đơn chưa ký."
    assert (kept.days_left, kept.due_before) == (2, dt.date(2021, 9, 29))
    assert (kept.asked_on, kept.answer_by) == (dt.date(2021, 9, 27), dt.date(2021, 10, 5))
    assert kept.asked_by_name == who.officer.full_name
    assert marks_of(gone).applicant == {"address": "Ghi lại ấp theo sổ hộ khẩu"}
    assert waiting_since([gone.pk]) == {gone.pk: dt.date(2021, 9, 27)}
    assert Event.objects.get(action="case.ask_supplement").reason == kept.reason


def test_the_clock_runs_on_for_the_days_that_were_left(who: make.Staff, settings: Any) -> None:
    """Two days left on Monday 27/09; completed on Friday 08/10: Monday the 11th and Tuesday the 12th."""
    case = ask(a_case(who), who)
    settings.BUSINESS_DATE = dt.date(2021, 10, 8)
    back = answer_supplement(case, note="Xã đã đối chiếu", done=["Ấp Mỹ Phú", ""], actor=who.commune)
    assert (back.status, back.due_on) == (CaseStatus.APPRAISING, dt.date(2021, 10, 12))
    kept = SupplementRequest.objects.get()
    assert kept.answer == "Khóm, ấp: Ấp Mỹ Phú\nXã đã đối chiếu"
    assert (kept.answered_on, kept.answered_by_name) == (dt.date(2021, 10, 8), who.commune.full_name)
    assert not marks_of(back)
    assert open_request_of(back) is None


def test_it_may_stand_still_twice_and_what_is_late_stays_late(who: make.Staff, settings: Any) -> None:
    case = ask(a_case(who), who)
    settings.BUSINESS_DATE = dt.date(2021, 10, 8)
    back = answer_supplement(case, note="Lần một", done=[], actor=who.commune)
    settings.BUSINESS_DATE = dt.date(2021, 10, 11)
    again = ask(back, who)
    assert SupplementRequest.objects.order_by("pk")[1].days_left == 1
    settings.BUSINESS_DATE = dt.date(2021, 10, 15)
    back = answer_supplement(again, note="Lần hai", done=[], actor=who.commune)
    assert back.due_on == dt.date(2021, 10, 18)
    settings.BUSINESS_DATE = dt.date(2021, 10, 20)
    third = ask(back, who)
    assert SupplementRequest.objects.order_by("-pk")[0].days_left == -2
    settings.BUSINESS_DATE = dt.date(2021, 10, 25)
    assert answer_supplement(third, note="Lần ba", done=[], actor=who.commune).due_on == dt.date(2021, 10, 18)


def test_a_new_list_gives_its_own_clock_and_settles_what_was_asked(who: make.Staff, settings: Any) -> None:
    case = a_case(who, rows=2)
    appraisal.verify_cases(Case.objects.filter(case_list=case.case_list), actor=who.officer)
    case_list = case.case_list
    case = ask(Case.objects.get(pk=case.pk), who)
    approval.approve_list(case_list, number="1/QĐ", date=case.received_on, actor=who.head)
    settings.BUSINESS_DATE = dt.date(2021, 10, 8)
    with pytest.raises(TransitionRefused, match="danh sách mới"):
        appraisal.supplement_case(case, note="Đã nộp", actor=who.commune)
    listed = answer_supplement(case, note="", done=["Ấp Mỹ Phú"], actor=who.commune)
    assert (listed.status, listed.case_list_id != case_list.pk) == (CaseStatus.LISTED, True)
    assert listed.case_list is not None
    assert listed.due_on == listed.case_list.due_on == dt.date(2021, 10, 13)
    assert SupplementRequest.objects.get().answer == "Khóm, ấp: Ấp Mỹ Phú"


def test_the_answer_has_no_number_in_it_and_holds_the_new_list_before_the_case(who: make.Staff) -> None:
    """Who puts the same case into that list by its page holds the list first, too: neither waits for the other for ever."""
    case = a_case(who, rows=2)
    case_list = case.case_list
    case = ask(case, who)
    appraisal.verify_cases(Case.objects.filter(case_list=case_list), actor=who.officer)
    approval.approve_list(case_list, number="1/QĐ", date=case.received_on, actor=who.head)
    draft = make.draft_list(who)
    with pytest.raises(TransitionRefused, match="Đừng ghi số CCCD"), transaction.atomic():
        answer_supplement(case, note="Số mới 089178001234", done=[], actor=who.commune)
    with CaptureQueriesContext(connection) as queries:
        listed = answer_supplement(case, note="Đã nộp", done=[], actor=who.commune)
    assert listed.case_list == draft
    locking = [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]
    of_draft = [
        n for n, sql in enumerate(locking) if "'draft'" in sql and '"support_programs_caselist"' in sql
    ]
    of_case = [n for n, sql in enumerate(locking) if 'FROM "support_programs_case" ' in sql]
    assert of_draft[0] < of_case[0]


def test_a_case_put_into_a_list_without_an_answer_waits_no_more(who: make.Staff) -> None:
    case = ask(a_case(who), who)
    lists.list_cases(Case.objects.filter(pk=case.pk), actor=who.commune)
    case.refresh_from_db()
    assert case.case_list is not None
    answer = SupplementRequest.objects.get().answer
    assert answer == f"Đã bổ sung, đưa vào danh sách {case.case_list.reference}."


def test_a_withdrawn_case_waits_for_nothing(who: make.Staff) -> None:
    case = ask(a_case(who), who)
    appraisal.withdraw_case(case, reason="Người dân rút", actor=who.commune)
    assert SupplementRequest.objects.get().answer == "Người dân rút hồ sơ."


def test_rows_taken_out_together_each_keep_their_clock_in_as_many_statements(who: make.Staff) -> None:
    counts = []
    for rows in (1, 1, 3):
        chosen = Case.objects.filter(case_list=make.list_at_district(who, rows))
        ids = list(chosen.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as queries:
            appraisal.exclude_cases(
                chosen, to=CaseStatus.NEEDS_SUPPLEMENT, reason="Thiếu đơn", actor=who.officer
            )
        counts.append(len(queries))
        kept = SupplementRequest.objects.filter(case_id__in=ids)
        assert list(kept.values_list("days_left", "reason", "items")) == [(2, "Thiếu đơn", [])] * rows
    assert counts[1] == counts[2], counts


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"marked": {}}, "Hãy ghi lý do"),
        ({"marked": {("applicant", "address"): " "}}, "Hãy ghi điều cần bổ sung ở «Khóm, ấp»"),
        ({"marked": {("answer", "nothing"): "Sai"}}, "không có mục «nothing»"),
        ({"answer_by": dt.date(2021, 9, 27)}, "phải sau hôm nay"),
        ({"marked": {("applicant", "number"): "Trên thẻ là 089178001234"}}, "Đừng ghi số CCCD"),
        ({"reason": "Số đúng là 089 178 001 234"}, "Đừng ghi số CCCD"),
    ],
)
def test_what_can_not_be_asked_is_refused_and_nothing_changes(
    who: make.Staff, said: dict[str, Any], words: str
) -> None:
    case = a_case(who)
    with pytest.raises(TransitionRefused, match=words), transaction.atomic():
        ask(case, who, **said)
    case.refresh_from_db()
    assert (case.status, SupplementRequest.objects.count()) == (CaseStatus.APPRAISING, 0)


def test_another_desk_or_a_page_out_of_date_asks_nothing(who: make.Staff) -> None:
    case = a_case(who)
    outsider = user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)
    for actor in (who.commune, outsider, who.approver):
        with pytest.raises(PermissionDenied):
            ask_supplement(case, marked=MARKED, reason="", actor=actor)
    with pytest.raises(StaleRecord):
        ask(case, who, expected_version=case.version + 1)
    with pytest.raises(TransitionRefused):
        answer_supplement(case, note="Đã nộp", done=[], actor=who.commune)
    case.refresh_from_db()
    assert (case.status, SupplementRequest.objects.count()) == (CaseStatus.APPRAISING, 0)


def test_the_places_of_a_dossier_name_papers_applicant_and_answers(who: make.Staff) -> None:
    groups = {group.title: group.places for group in places_of(a_case(who))}
    assert list(groups) == ["Giấy tờ", "Người đề nghị", "Thông tin trong hồ sơ", "Khác"]
    address = next(place for place in groups["Người đề nghị"] if place.code == "address")
    assert address.shown == "Ấp Mỹ Lương"
    number = next(place for place in groups["Người đề nghị"] if place.code == "number")
    assert number.shown.startswith("••• ")


def test_the_database_keeps_what_was_asked_and_answered(who: make.Staff) -> None:
    case = ask(a_case(who), who)
    requests = SupplementRequest.objects.filter(case=case)
    for rewriting in ({"days_left": 9}, {"reason": "Khác"}, {"items": []}):
        with pytest.raises(IntegrityError), transaction.atomic():
            requests.update(**rewriting)
    answer_supplement(case, note="Đã nộp", done=[], actor=who.commune)
    with pytest.raises(IntegrityError), transaction.atomic():
        requests.update(answer="Khác")
    with pytest.raises(IntegrityError), transaction.atomic():
        requests.update(answered_on=None)
