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
from support_programs.models import ApprovalDecision, Case, CaseList, Entitlement
from support_programs.services import appraisal, approval
from tests.factories import cases as make
from tests.factories.people import user

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_db")]
THREADS = 4


def at_once(work: Callable[[int], object]) -> list[str]:
    """Run the work in threads that start together; gives "ok" or the refusal of each."""
    barrier = Barrier(THREADS)

    def one(number: int) -> str:
        try:
            barrier.wait(timeout=20)
            work(number)
        except TransitionRefused as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return "ok"

    with ThreadPoolExecutor(THREADS) as pool:
        return sorted(pool.map(one, range(THREADS)))


def test_a_case_is_found_eligible_once() -> None:
    who = make.staff()
    officers = [who.officer, *(user(Role.DISTRICT_OFFICER) for _n in range(THREADS - 1))]
    case = Case.objects.get(case_list=make.list_at_district(who))
    answers = at_once(lambda number: appraisal.mark_eligible(case, actor=officers[number]))
    assert answers.count("ok") == 1
    assert all("Đủ điều kiện" in answer for answer in answers if answer != "ok")
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
