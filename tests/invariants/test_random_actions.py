"""Whatever people do in whatever order, every invariant of money holds after each step, and the ledger ties (F15)."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as how
from hypothesis.stateful import invariant, run_state_machine_as_test

from disbursements.queries.ledger_check import first_difference
from tests.invariants.budget_acts import AfterActs, BudgetActs
from tests.invariants.money_acts import BatchActs, OtherHands, deferred_checks
from tests.invariants.whole import broken

pytestmark = [pytest.mark.django_db, pytest.mark.scale]
IS_FULL = os.environ.get("SCALE") == "full"
# what has to have been done, not only refused, in a long run
ACTS = (
    "allocate", "ask", "build", "approve", "release", "record", "doubt", "pay_all_except", "cancel", "close",
    "transfer", "give_back", "correct", "ask_back", "decide_recovery", "plan", "receive", "hand_to_budget", "waive",
    "give_unclaimed_back", "reopen", "join", "take_apart",
)  # fmt: skip


class Money(BatchActs, BudgetActs, AfterActs, OtherHands):
    """All acts together; after each the database, the questions of `whole`, the memory and the ledger's own check are asked."""

    @invariant()
    def every_invariant_holds(self) -> None:
        """Asked whenever something was done: what is refused leaves nothing behind, as `attempt` sees by itself."""
        if not self.is_changed:
            return
        self.is_changed = False
        deferred_checks()
        assert broken() == []
        assert self.memory.changed() == []
        found = first_difference()
        assert found is None, found.sentence


def test_whatever_people_do_the_invariants_hold(settings: Any) -> None:
    # nobody waits for ninety days here
    settings.UNCLAIMED_DAYS = 0
    run_state_machine_as_test(
        Money,
        settings=how(
            max_examples=100 if IS_FULL else 8,
            stateful_step_count=80 if IS_FULL else 50,
            deadline=None,
            database=None,
            # to shorten a failing sequence takes minutes: only where there is time for it
            phases=list(Phase) if IS_FULL else [Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
    if IS_FULL:
        assert [act for act in ACTS if not Money.heard[act]] == [], Money.heard
