"""Both parents at once: one claim has the child, the other hears where it is counted, and nothing is half done."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from core.models import Event
from support_programs.models import Case, CaseChild
from support_programs.services.children import add_child
from support_programs.services.claims import ClaimRefused
from tests.factories import cases as make
from tests.factories import claims

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_db")]


def test_two_parents_ask_for_one_child() -> None:
    who = make.staff()
    baby = claims.child()
    parents = [claims.claim("TAM_HOAN", who.officer) for _parent in range(4)]
    barrier = Barrier(len(parents))

    def add(case: Case) -> str:
        try:
            barrier.wait(timeout=30)
            add_child(case, typed=baby, actor=who.officer)
        except ClaimRefused as refusal:
            return " ".join(refusal.errors["number"])
        finally:
            connections.close_all()
        return "ok"

    with ThreadPoolExecutor(len(parents)) as pool:
        answers = list(pool.map(add, parents))
    assert answers.count("ok") == 1, answers
    assert all("đã được tính hỗ trợ ở hồ sơ khác" in answer for answer in answers if answer != "ok"), answers
    assert CaseChild.objects.count() == 1
    assert Event.objects.filter(action="case.child_added").count() == 1
    assert sorted(Case.objects.values_list("amount_proposed", flat=True)) == [3_710_000] * 3 + [4_710_000]


def test_one_person_is_taken_in_twice_at_once() -> None:
    who = make.staff()
    typed = claims.applicant()
    barrier = Barrier(4)

    def open_one(_number: int) -> str:
        try:
            barrier.wait(timeout=30)
            claims.claim("LD_TU_DO", who.commune, applicant=typed)
        except ClaimRefused as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return "ok"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(open_one, range(4)))
    assert answers.count("ok") == 1, answers
    assert all("Đã có hồ sơ" in answer for answer in answers if answer != "ok"), answers
    assert Case.objects.count() == 1
