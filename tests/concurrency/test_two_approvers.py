"""Two people decide at once: one succeeds, the other hears a clear sentence, and nothing is half done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from accounts.enums import Role
from core import clock
from core.models import Event
from core.transitions import TransitionRefused
from support_programs.enums import CaseStatus
from support_programs.models import ApprovalDecision, Case, CaseList, Entitlement
from support_programs.services import appraisal, approval
from support_programs.services.posting import send_back_list
from tests.factories import cases as make
from tests.factories.api import Caller
from tests.factories.people import user

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_db")]
THREADS = 4
MANY = 20


def at_once(work: Callable[[int], object], threads: int = THREADS) -> list[str]:
    """Run the work in threads that start together; gives "ok" or the refusal of each."""
    barrier = Barrier(threads)

    def one(number: int) -> str:
        try:
            barrier.wait(timeout=30)
            work(number)
        except TransitionRefused as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return "ok"

    with ThreadPoolExecutor(threads) as pool:
        return sorted(pool.map(one, range(threads)))


def done_once(answers: list[str], said: str) -> None:
    """One succeeded, and everybody else heard this."""
    assert answers.count("ok") == 1, answers
    assert all(said in answer for answer in answers if answer != "ok"), answers


def test_a_case_is_found_eligible_once() -> None:
    who = make.staff()
    officers = [who.officer, *(user(Role.DISTRICT_OFFICER) for _n in range(MANY - 1))]
    case = Case.objects.get(case_list=make.list_at_district(who))
    answers = at_once(lambda number: appraisal.mark_eligible(case, actor=officers[number]), MANY)
    done_once(answers, "«Đủ điều kiện»")
    assert Entitlement.objects.count() == 1
    assert Event.objects.filter(action="case.mark_eligible").count() == 1


def test_the_money_of_a_list_is_approved_once() -> None:
    who = make.staff()
    approvers = [who.approver, *(user(Role.PROVINCIAL_APPROVER) for _n in range(THREADS - 1))]
    case_list = make.appraised_list(who, rows=2)

    def decide(number: int) -> None:
        paper = approval.DecisionPaper(f"{number}/QĐ-UBND", clock.today())
        approval.approve_money([case_list], paper=paper, actor=approvers[number])

    answers = at_once(decide)
    assert answers.count("ok") == 1
    assert all(answer != "" for answer in answers)
    assert ApprovalDecision.objects.count() == 1
    assert Entitlement.objects.filter(status="approved").count() == 2
    assert CaseList.objects.get().money_approved_by_id in {person.pk for person in approvers}


def test_a_case_is_found_eligible_once_through_the_api_too() -> None:
    who = make.staff()
    officers = [who.officer, *(user(Role.DISTRICT_OFFICER) for _n in range(THREADS - 1))]
    case = Case.objects.get(case_list=make.list_at_district(who))
    callers = [Caller(officer) for officer in officers]

    def mark(number: int) -> None:
        path = f"/api/v1/cases/{case.reference}/mark-eligible/"
        answer = callers[number].client.post(path, {}, format="json")
        if answer.status_code == 409:
            raise TransitionRefused(answer.json()["detail"])
        assert answer.status_code == 200, answer.content.decode()

    done_once(at_once(mark), "«Đủ điều kiện»")
    assert Entitlement.objects.count() == 1


def test_bulk_verifies_of_the_same_rows_make_each_entitlement_once() -> None:
    who = make.staff()
    officers = [who.officer, *(user(Role.DISTRICT_OFFICER) for _n in range(THREADS - 1))]
    case_list = make.list_at_district(who, rows=12)
    done = []

    def verify(number: int) -> None:
        report = appraisal.verify_cases(Case.objects.filter(case_list=case_list), actor=officers[number])
        done.append(report.done)

    assert at_once(verify) == ["ok"] * THREADS
    assert sorted(done) == [0, 0, 0, 12]
    assert Entitlement.objects.filter(status="proposed").count() == 12


def test_a_list_is_approved_by_one_of_two_heads() -> None:
    who = make.staff()
    heads = [who.head, *(user(Role.DISTRICT_HEAD) for _n in range(THREADS - 1))]
    case_list = make.verified_list(who, rows=3)
    answers = at_once(
        lambda number: approval.approve_list(
            case_list, number=f"{number}/QĐ-UBND", date=clock.today(), actor=heads[number]
        )
    )
    done_once(answers, "«Huyện đã duyệt danh sách»")
    approved = CaseList.objects.get()
    winner = heads[int(approved.district_number.split("/")[0])]
    assert approved.list_approved_by_id == winner.pk
    assert set(Entitlement.objects.values_list("list_approved_by_id", flat=True)) == {winner.pk}
    assert Event.objects.filter(action="list.approve").count() == 1


def test_decisions_over_overlapping_lists_neither_deadlock_nor_overlap() -> None:
    who = make.staff()
    lists = [make.appraised_list(who, rows=2) for _n in range(3)]
    approvers = [who.approver, *(user(Role.PROVINCIAL_APPROVER) for _n in range(THREADS - 1))]
    chosen = [[lists[0], lists[1]], [lists[1], lists[0]], [lists[2], lists[1]], [lists[1], lists[2]]]

    def decide(number: int) -> None:
        paper = approval.DecisionPaper(f"{number}/QĐ-UBND", clock.today())
        approval.approve_money(chosen[number], paper=paper, actor=approvers[number])

    done_once(at_once(decide), "«Tỉnh đã duyệt kinh phí»")
    decision = ApprovalDecision.objects.get()
    assert (decision.people, decision.amount) == (4, 6_000_000)
    assert CaseList.objects.filter(status="money_approved", decision=decision).count() == 2
    assert Entitlement.objects.filter(status="approved", decision=decision).count() == 4


def test_a_row_leaves_before_the_approval_or_not_at_all() -> None:
    """While the head approves, an officer excludes a row: whoever comes second works with what the first left."""
    who = make.staff()
    case_list = make.verified_list(who, rows=3)
    case = Case.objects.filter(case_list=case_list).earliest("position")

    def act(number: int) -> None:
        if number == 0:
            approval.approve_list(case_list, number="1/QĐ", date=clock.today(), actor=who.head)
        else:
            appraisal.exclude_case(case, to=CaseStatus.INELIGIBLE, reason="Có hợp đồng", actor=who.officer)

    at_once(act, 2)
    case.refresh_from_db()
    assert CaseList.objects.get().status == "district_approved"
    owed = Entitlement.objects.get(case=case)
    if case.status == CaseStatus.INELIGIBLE:
        assert (owed.status, owed.list_approved_by_id) == ("cancelled", None)
    else:
        assert (case.status, owed.status, owed.list_approved_by_id) == ("eligible", "proposed", who.head.pk)
    assert Entitlement.objects.filter(status="proposed", list_approved_by_id=who.head.pk).count() in (2, 3)


def test_a_sent_back_list_is_not_approved_and_the_other_way_round() -> None:
    who = make.staff()
    case_list = make.verified_list(who, rows=2)

    def act(number: int) -> None:
        if number == 0:
            approval.approve_list(case_list, number="1/QĐ", date=clock.today(), actor=who.head)
        else:
            send_back_list(case_list, reason="Sai", marks={}, actor=who.officer)

    answers = at_once(act, 2)
    assert answers.count("ok") == 1
    now = CaseList.objects.get()
    assert (now.status, now.list_approved_by_id) in {("district_approved", who.head.pk), ("sent_back", None)}
    assert set(Entitlement.objects.values_list("list_approved_by_id", flat=True)) == {now.list_approved_by_id}
