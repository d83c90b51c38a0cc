"""Two desks at once over the same people: a pair has one answer, nobody is paid twice, and nothing is half done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from accounts.enums import Role
from beneficiaries.models import DuplicateCandidate, Person, PersonJoin
from beneficiaries.services.duplicates.answering import answer_pair
from beneficiaries.services.joining import join_people
from core.transitions import TransitionRefused
from disbursements.models import Batch, PaymentInstruction
from disbursements.services.building import prepare_batch
from disbursements.services.requests import request_batch
from support_programs.models import Case, Entitlement
from support_programs.services import appraisal
from tests.factories import cases
from tests.factories import payments as make
from tests.factories.pairs import pair
from tests.factories.people import user

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_db")]


def together(*work: Callable[[], object]) -> list[str]:
    """Run each in a thread of its own, all at the same moment; gives "ok" or the refusal of each, in their order."""
    barrier = Barrier(len(work))

    def one(act: Callable[[], object]) -> str:
        try:
            barrier.wait(timeout=30)
            act()
        except TransitionRefused as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return "ok"

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


def people_of(made: make.ApprovedList) -> list[Person]:
    return [Person.objects.get(pk=row.claimant_id) for row in made.entitlements]


def test_a_pair_has_one_answer() -> None:
    first, second = people_of(make.payable_list(2))
    made = pair(first, second)
    officers = [user(Role.DISTRICT_OFFICER) for _n in range(4)]
    said = ("same", "different", "same", "verifying")

    def answering(number: int) -> Callable[[], object]:
        return lambda: answer_pair(
            candidate=made,
            answer=said[number],
            keep=(first, second)[number // 2],
            reason=f"Cán bộ {number}",
            actor=officers[number],
        )

    answers = together(*(answering(number) for number in range(4)))
    assert answers.count("ok") == 1, answers
    assert all("Cặp này vừa được trả lời" in answer for answer in answers if answer != "ok")
    winner = answers.index("ok")
    pair_now = DuplicateCandidate.objects.get()
    assert (pair_now.state, pair_now.answer_reason) == (said[winner], f"Cán bộ {winner}")
    assert PersonJoin.objects.count() == (said[winner] == "same")


def test_a_and_b_are_joined_both_ways_at_once() -> None:
    first, second = people_of(make.payable_list(2))
    officer = user(Role.DISTRICT_OFFICER)
    answers = together(
        lambda: join_people(kept=first, joined=second, reason="x", actor=officer),
        lambda: join_people(kept=second, joined=first, reason="y", actor=officer),
    )
    assert answers.count("ok") == 1, answers
    assert Person.objects.filter(joined_to__isnull=False).count() == 1
    assert Entitlement.objects.filter(doubles__isnull=True).count() == 1


@pytest.mark.parametrize("round_number", range(3))
def test_people_are_joined_while_a_batch_takes_them_in(round_number: int) -> None:
    made = make.payable_list(4)
    first, second, *_others = people_of(made)
    accountant, officer = made.staff.accountant, user(Role.DISTRICT_OFFICER)
    batch = request_batch(actor=accountant, request=make.request_for(f"k{round_number}"))
    answers = together(
        lambda: prepare_batch(batch=batch, actor=accountant),
        lambda: join_people(kept=first, joined=second, reason="Một người", actor=officer),
    )
    assert answers[0] == "ok", answers
    lines = PaymentInstruction.objects.filter(batch=batch)
    if answers[1] == "ok":
        assert not lines.filter(entitlement__doubles__isnull=False).exists()
        assert lines.count() == 3
    else:
        assert batch.reference in answers[1]
        assert lines.count() == 4
        assert not PersonJoin.objects.exists()
    frozen = Batch.objects.get(pk=batch.pk)
    assert (frozen.line_count, frozen.status) == (lines.count(), "prepared")
    # one human has one live entitlement, and no line of what doubles it
    live = Entitlement.objects.filter(doubles__isnull=True).values_list("claimant", flat=True)
    assert len(live) == len(set(live))


def test_people_are_joined_while_their_support_is_granted() -> None:
    who = cases.staff()
    case_list = cases.list_at_district(who, rows=2)
    one, other = Case.objects.filter(case_list=case_list).select_related("person").order_by("pk")
    assert one.person is not None
    assert other.person is not None
    kept, joined = one.person, other.person
    appraisal.mark_eligible(one, actor=who.officer)
    together(
        lambda: appraisal.mark_eligible(other, actor=who.officer),
        lambda: join_people(kept=kept, joined=joined, reason="Một người", actor=user(Role.DISTRICT_OFFICER)),
    )
    # granted before the join it doubles the first; after it there is none
    assert PersonJoin.objects.count() == 1
    found = list(Entitlement.objects.order_by("pk").values_list("claimant", "doubles"))
    first = Entitlement.objects.order_by("pk")[0].pk
    assert found in ([(kept.pk, None)], [(kept.pk, None), (kept.pk, first)])
