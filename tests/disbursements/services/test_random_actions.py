"""Whatever people do in whatever order, the invariants of money hold after each step (F15: I2-I7, I9-I11, I15)."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Count, F, Max, Q, Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.enums import Role
from core.models import Event
from core.transitions import TransitionRefused
from disbursements.enums import InstructionStatus
from disbursements.models import Allocation, Batch, PaymentInstruction
from disbursements.services.allocations import AllocationPaper, record_allocation
from disbursements.services.batches import approve_batch, cancel_batch, close_batch, release_batch
from disbursements.services.building import prepare_batch
from disbursements.services.requests import request_batch
from disbursements.services.results import Results, record_all_paid_except, record_results
from support_programs.models import Entitlement
from tests.factories.payments import AMOUNT, Staff, approved_list, request_for
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, user

pytestmark = pytest.mark.django_db
BATCHES = st.integers(0, 5)
LINES = st.sets(st.integers(0, 8))


class Payouts(RuleBasedStateMachine):
    """Two lists of one district, one accountant, several approvers; refusals are part of the play."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.staff = Staff()
        self.lists = [
            approved_list(3, staff=self.staff),
            approved_list(2, staff=self.staff, area=OTHER_COMMUNE),
        ]
        self.people = [
            self.staff.accountant,
            self.staff.approver,
            self.staff.money_approver,
            user(Role.DISTRICT_HEAD),
        ]
        self.keys = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def attempt(self, work: Any) -> None:
        """Do it, or hear why not; a refusal leaves nothing behind."""
        events = Event.objects.count()
        try:
            with transaction.atomic():
                work()
        except (TransitionRefused, PermissionDenied):
            assert Event.objects.count() == events

    def batch(self, number: int) -> Batch | None:
        return Batch.objects.order_by("pk")[number : number + 1].first()

    def references(self, batch: Batch, places: set[int]) -> list[str]:
        lines = list(
            PaymentInstruction.objects.filter(batch=batch).order_by("pk").values_list("reference", flat=True)
        )
        return [lines[place] for place in sorted(places) if place < len(lines)]

    @rule(number=st.integers(0, 1), part=st.sampled_from([AMOUNT, 2 * AMOUNT, 3 * AMOUNT]))
    def allocate(self, number: int, part: int) -> None:
        self.keys += 1
        decision = self.lists[number].decision
        decision.refresh_from_db()
        paper = AllocationPaper(DISTRICT, "HUYEN", f"{self.keys}/TB", decision.signed_on, part)
        self.attempt(
            lambda: record_allocation(actor=self.staff.accountant, decision_id=decision.pk, paper=paper)
        )

    @rule(area=st.sampled_from([DISTRICT, COMMUNE, OTHER_COMMUNE]), is_repeated=st.booleans())
    def ask(self, area: str, is_repeated: bool) -> None:
        self.keys += 0 if is_repeated else 1
        request = request_for(f"key{self.keys}", area=area)
        self.attempt(lambda: request_batch(actor=self.staff.accountant, request=request))

    @rule(number=BATCHES)
    def build(self, number: int) -> None:
        if batch := self.batch(number):
            self.attempt(lambda: prepare_batch(batch=batch, actor=self.staff.accountant))

    @rule(number=BATCHES, who=st.integers(0, 3))
    def approve(self, number: int, who: int) -> None:
        if batch := self.batch(number):
            self.attempt(lambda: approve_batch(actor=self.people[who], batch=batch))

    @rule(number=BATCHES)
    def release(self, number: int) -> None:
        if batch := self.batch(number):
            self.attempt(lambda: release_batch(actor=self.staff.accountant, batch=batch))

    @rule(number=BATCHES, paid=LINES, returned=LINES)
    def record(self, number: int, paid: set[int], returned: set[int]) -> None:
        if batch := self.batch(number):
            results = Results(
                frozenset(self.references(batch, paid)),
                dict.fromkeys(self.references(batch, returned - paid), "Vắng mặt"),
            )
            self.attempt(lambda: record_results(actor=self.staff.accountant, batch=batch, results=results))

    @rule(number=BATCHES, absent=LINES)
    def pay_all_except(self, number: int, absent: set[int]) -> None:
        if batch := self.batch(number):
            exceptions = dict.fromkeys(self.references(batch, absent), "Vắng mặt")
            self.attempt(
                lambda: record_all_paid_except(
                    actor=self.staff.accountant, batch=batch, exceptions=exceptions
                )
            )

    @rule(number=BATCHES, who=st.integers(0, 3))
    def cancel(self, number: int, who: int) -> None:
        if batch := self.batch(number):
            self.attempt(lambda: cancel_batch(actor=self.people[who], batch=batch, reason="Nhầm"))

    @rule(number=BATCHES)
    def close(self, number: int) -> None:
        if batch := self.batch(number):
            self.attempt(lambda: close_batch(actor=self.staff.accountant, batch=batch))

    @invariant()
    def the_database_finds_nothing(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    @invariant()
    def everybody_has_one_live_line_at_most_and_the_state_that_fits(self) -> None:
        live = Count("instructions", filter=Q(instructions__status__in=InstructionStatus.live()))
        paid = Count("instructions", filter=Q(instructions__status="paid"))
        for row in Entitlement.objects.annotate(
            live=live, paid=paid, tries=Count("instructions"), last=Max("instructions__attempt")
        ):
            assert (row.live, row.paid) == {"approved": (0, 0), "committed": (1, 0), "paid": (1, 1)}[
                row.status
            ]
            assert row.tries == (row.last or 0)

    @invariant()
    def every_frozen_batch_equals_its_lines(self) -> None:
        for batch in Batch.objects.exclude(status="preparing").annotate(
            lines=Count("instructions"), money=Sum("instructions__amount", default=0)
        ):
            assert (batch.lines, batch.money) == (batch.line_count, batch.total_amount)
            assert batch.approved_by_id != batch.created_by_id
        open_lines = PaymentInstruction.objects.filter(batch__status="closed").exclude(
            status__in=["paid", "returned"]
        )
        assert not open_lines.exists()

    @invariant()
    def money_stays_within_what_was_allocated_and_approved(self) -> None:
        for made in self.lists:
            used = Entitlement.objects.filter(decision=made.decision, status__in=["committed", "paid"])
            arrived = Allocation.objects.filter(decision=made.decision).aggregate(
                sum=Sum("amount", default=0)
            )["sum"]
            assert used.aggregate(sum=Sum("amount", default=0))["sum"] <= arrived <= made.decision.amount

    @invariant()
    def nobody_released_their_own_approval(self) -> None:
        assert not PaymentInstruction.objects.filter(batch__approved_by_id=F("money_approved_by_id")).exists()


def test_whatever_people_do_the_invariants_hold() -> None:
    run_state_machine_as_test(
        Payouts,
        settings=settings(
            max_examples=6,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
