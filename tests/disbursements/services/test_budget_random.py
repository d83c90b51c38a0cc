"""I10 over random acts: whatever papers and batches come, in whatever order and also at once, no line falls below 0, nothing goes
above a decision's money for its district, and the ledger is what the papers say.
"""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from core.fence import fenced
from core.transitions import TransitionRefused
from disbursements.models import Allocation, Batch, BudgetLine
from disbursements.queries.allocations import decisions_money
from disbursements.queries.ledger_check import first_difference
from disbursements.services.allocations import AllocationPaper, record_allocation
from disbursements.services.batches import cancel_batch
from disbursements.services.budget import correct_allocation, return_money, transfer_money
from disbursements.services.budget_checks import MovementPaper
from disbursements.services.building import prepare_batch
from disbursements.services.requests import request_batch
from tests.factories.payments import AMOUNT, ApprovedList, approved_list, request_for
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE

DAY = dt.date(2021, 9, 27)
SOURCES = ("TINH", "HUYEN")
REFUSALS = (TransitionRefused, PermissionDenied)


@dataclass(slots=True)
class Office:
    """One accountant, two decisions of 3 and 2 people; acts by number, refusals are part of the play."""

    lists: list[ApprovedList]
    numbers: Iterator[int] = field(default_factory=count)
    done: list[str] = field(default_factory=list)

    def act(self, what: int, where: int, dong: int) -> None:
        """One random act, whole or not at all."""
        acts: tuple[Callable[[int, int], object], ...] = (
            self._allocate,
            self._transfer,
            self._return,
            self._correct,
            self._batch,
            self._cancel,
        )
        chosen = acts[what % len(acts)]
        try:
            with transaction.atomic():
                chosen(where, dong)
        except REFUSALS:
            return
        self.done.append(chosen.__name__)

    @property
    def actor(self) -> User:
        return self.lists[0].staff.accountant

    def _paper(self, dong: int) -> MovementPaper:
        return MovementPaper(f"{next(self.numbers)}/QĐ", DAY, "Theo văn bản", dong)

    def _line(self, where: int) -> BudgetLine:
        lines = list(BudgetLine.objects.order_by("pk"))
        if not lines:
            raise TransitionRefused("no line yet")
        return lines[where % len(lines)]

    def _allocate(self, where: int, dong: int) -> None:
        made = self.lists[where % 2]
        paper = AllocationPaper(DISTRICT, SOURCES[where % 3 % 2], f"{next(self.numbers)}/TB", DAY, dong)
        record_allocation(actor=self.actor, decision_id=made.decision.pk, paper=paper)

    def _transfer(self, where: int, dong: int) -> None:
        line, to = self._line(where), self._line(where + 1 + where % 2)
        transfer_money(actor=self.actor, line=line, to=to, paper=self._paper(dong))

    def _return(self, where: int, dong: int) -> None:
        return_money(actor=self.actor, line=self._line(where), paper=self._paper(dong))

    def _correct(self, where: int, dong: int) -> None:
        papers = list(Allocation.objects.order_by("pk"))
        if papers:
            correct_allocation(actor=self.actor, allocation=papers[where % len(papers)], paper=self._paper(0))

    def _batch(self, where: int, dong: int) -> None:
        area = (COMMUNE, OTHER_COMMUNE)[where % 2]
        asked = request_for(f"key{next(self.numbers)}", area=area, source=SOURCES[where // 2 % 2])
        batch = request_batch(actor=self.actor, request=asked)
        prepare_batch(batch=batch, actor=self.actor)

    def _cancel(self, where: int, dong: int) -> None:
        batches = list(Batch.objects.order_by("pk"))
        if batches:
            cancel_batch(actor=self.actor, batch=batches[where % len(batches)], reason="Thử")


def office() -> Office:
    first = approved_list(3)
    return Office([first, approved_list(2, staff=first.staff, area=OTHER_COMMUNE)])


def check() -> None:
    """I10, and the ledger as the tables."""
    difference = first_difference()
    assert difference is None, difference.sentence
    for line in BudgetLine.objects.all():
        assert min(line.available, line.committed, line.sent, line.paid) >= 0, line.reference
    for money in decisions_money("89"):
        assert 0 <= money.allocated <= money.approved, money


ACTS = st.lists(
    st.tuples(
        st.integers(0, 5), st.integers(0, 5), st.sampled_from([1, AMOUNT - 1, AMOUNT, 2 * AMOUNT, 3 * AMOUNT])
    ),
    min_size=8,
    max_size=20,
)


@pytest.mark.django_db
@settings(
    max_examples=5,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=ACTS)
def test_whatever_papers_come_no_line_is_overdrawn(acts: list[tuple[int, int, int]]) -> None:
    with transaction.atomic():
        played = office()
        played.act(0, 0, 3 * AMOUNT)
        for what, where, dong in acts:
            played.act(what, where, dong)
            check()
        transaction.set_rollback(True)


@pytest.mark.faults
def test_papers_and_batches_at_once_overdraw_no_line(committed_db: None) -> None:
    """Eight people at once, each with a dozen acts: nobody waits in a circle, and everything ties afterwards."""
    played = office()
    played.act(0, 0, 3 * AMOUNT)
    played.act(0, 1, 2 * AMOUNT)
    played.act(4, 3, 0)
    gate, failures = threading.Barrier(8), []

    def run(number: int) -> None:
        random = Random(number)
        try:
            gate.wait()
            for _turn in range(12):
                with fenced(played.actor.pk, DISTRICT):
                    played.act(
                        random.choice((0, 1, 1, 2, 3, 4, 4, 5)),
                        random.randrange(6),
                        random.choice((AMOUNT, 2 * AMOUNT, 3 * AMOUNT)),
                    )
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures
    check()
    assert {"_transfer", "_return", "_batch", "_allocate"} <= set(played.done)


@pytest.mark.faults
def test_fifty_threads_return_the_same_money_once(committed_db: None) -> None:
    """The same đồng asked for by fifty papers at once leaves the line once."""
    played = office()
    played.act(0, 0, 3 * AMOUNT)
    line = BudgetLine.objects.get()
    gate, refusals = threading.Barrier(50), []

    def run(number: int) -> None:
        try:
            gate.wait()
            with fenced(played.actor.pk, DISTRICT):
                return_money(
                    actor=played.actor,
                    line=line,
                    paper=MovementPaper(f"R{number}/QĐ", DAY, "Thừa", 2 * AMOUNT),
                )
        except TransitionRefused as refusal:
            refusals.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 49
    assert {f"Dòng {line.reference} chỉ còn 1.500.000 đồng" in text for text in refusals} == {True}
    line.refresh_from_db()
    assert line.available == AMOUNT
    check()
