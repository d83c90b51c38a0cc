"""Acts on batches that a machine of random acts may do, in any order and by anybody; refusals are part of the play.

Two lists of one district, the second in another commune and with bank accounts; the accountant, three who may approve (one of
them the accountant of another desk too), and one who may nothing of it.
"""

import inspect
from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from accounts.enums import Role
from beneficiaries.models import Person, PersonJoin
from beneficiaries.queries.joining import JoinRefused
from beneficiaries.services.joining import join_people, undo_join
from core import clock
from core.models import Event
from core.transitions import TransitionRefused
from disbursements.enums import RecoveryKind
from disbursements.models import Batch, PaymentInstruction
from disbursements.services.allocations import AllocationPaper, record_allocation
from disbursements.services.batches import approve_batch, cancel_batch, close_batch, release_batch
from disbursements.services.building import prepare_batch
from disbursements.services.recoveries import WrongPayment, open_recovery
from disbursements.services.requests import request_batch
from disbursements.services.results import Results, mark_unknown, record_all_paid_except, record_results
from support_programs.models import Entitlement
from tests.factories.payments import AMOUNT, Staff, allocation, approved_list, prepared_batch, request_for
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, PROVINCE, user
from tests.invariants.breaking import copy_of
from tests.invariants.whole import BY_SERVICES_ALONE, Memory, broken

BATCHES = st.integers(0, 5)
LINES = st.sets(st.integers(0, 8))
ANSWERS = st.fixed_dictionaries(dict.fromkeys(("paid", "returned", "failed", "unknown"), LINES))
PEOPLE = st.integers(0, 4)
REFUSALS = (TransitionRefused, PermissionDenied, JoinRefused)
# what no service would write: each is refused, or leaves everything whole
SABOTAGE = (
    "UPDATE disbursements_batch SET status = '{batch}'",
    "UPDATE disbursements_paymentinstruction SET status = '{line}'",
    "UPDATE disbursements_paymentinstruction SET status = '{line}', recorded_by_id = 1, result_reason = 'x', resulted_on = now()",
    "UPDATE support_programs_entitlement SET status = '{owed}'",
    "UPDATE disbursements_paymentinstruction SET attempt = attempt + 1",
    "UPDATE disbursements_batch SET approved_by_id = created_by_id",
    "UPDATE disbursements_batch SET total_amount = total_amount + 1 WHERE status <> 'preparing'",
    "UPDATE disbursements_budgetline SET available = available + 1",
    copy_of("disbursements_ledgerposting", "t.amount > 0", id="99999"),
    "DELETE FROM disbursements_paymentinstruction",
    "DELETE FROM disbursements_allocation",
    "UPDATE disbursements_paymentinstruction SET amount = 1",
)
STATES = st.fixed_dictionaries({
    "batch": st.sampled_from(["preparing", "prepared", "approved", "released", "closed", "cancelled"]),
    "line": st.sampled_from(["queued", "sent", "unknown", "paid", "failed", "returned", "cancelled"]),
    "owed": st.sampled_from(["proposed", "approved", "committed", "paid", "cancelled"]),
})  # fmt: skip


class MoneyMachine(RuleBasedStateMachine):
    """What all acts stand on: the people and lists, and how something is tried. `heard` counts acts done and refused."""

    heard: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.staff = Staff()
        self.lists = [
            approved_list(3, staff=self.staff),
            approved_list(2, staff=self.staff, area=OTHER_COMMUNE, with_accounts=2),
        ]
        self.people = [
            self.staff.accountant,
            self.staff.approver,
            self.staff.money_approver,
            user(Role.DISTRICT_HEAD),
            user(Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER, area=PROVINCE),
        ]
        self.officer = user(Role.DISTRICT_OFFICER)
        self.memory = Memory()
        self.papers = 0
        self.keys = 0
        self.is_changed = True

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def attempt(self, work: Callable[[], object]) -> None:
        """Do it, or hear why not; a refusal leaves nothing behind, and no service lets the database refuse it."""
        events = Event.objects.count()
        act = inspect.stack()[1].function
        try:
            with transaction.atomic():
                work()
                deferred_checks()
        except REFUSALS:
            self.heard[f"{act} refused"] += 1
            assert Event.objects.count() == events
        else:
            self.heard[act] += 1
            self.is_changed = True

    def attempt_sql(self, statement: str) -> None:
        """Write past the services, as the application's role: the database refuses, or what it lets through harms nothing."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
                deferred_checks()
                found = [said for said in broken() if not said.startswith(BY_SERVICES_ALONE)]
                assert not found, f"{statement} broke {found}"
                transaction.set_rollback(True)
        except DatabaseError:
            return

    def batch(self, number: int) -> Batch | None:
        return one_of(Batch.objects.all(), number)

    def references(self, batch: Batch, places: set[int]) -> list[str]:
        lines = PaymentInstruction.objects.filter(batch=batch).order_by("pk")
        known = list(lines.values_list("reference", flat=True))
        return [known[place] for place in sorted(places) if place < len(known)]

    def person(self, number: int) -> Person:
        rows = Entitlement.objects.filter(case_list__in=[made.case_list for made in self.lists]).order_by(
            "pk"
        )
        return Person.objects.get(pk=list(rows.values_list("case__person", flat=True))[number])


def one_of(rows: QuerySet[Any], number: int) -> Any:
    """The row at this place, round and round; None where there is none."""
    found = list(rows.order_by("pk"))
    return found[number % len(found)] if found else None


def deferred_checks() -> None:
    """What the database would find at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


class BatchActs(MoneyMachine):
    """From the money's arrival to the locked batch, and back."""

    @initialize(stage=st.integers(0, 6))
    def begin(self, stage: int) -> None:
        """Where the play begins: with nothing, with money, or with a batch that has come so far."""
        for made in self.lists[: stage and 1 + stage % 2]:
            allocation(made)
        if stage < 2:
            return
        batch = prepared_batch(self.lists[0])
        if stage > 2:
            approve_batch(actor=self.staff.approver, batch=batch)
        if stage > 3:
            batch.refresh_from_db()
            release_batch(actor=self.staff.accountant, batch=batch)
        if stage > 4:
            absent = {self.references(batch, {0})[0]: "Vắng mặt"}
            record_all_paid_except(actor=self.staff.accountant, batch=batch, exceptions=absent)
        if stage > 5:
            paid = PaymentInstruction.objects.filter(status="paid").order_by("pk")[0]
            wrong = WrongPayment(RecoveryKind.by_hand()[0], AMOUNT, "Chi nhầm người")
            open_recovery(actor=self.staff.accountant, line=paid, wrong=wrong)

    @rule(
        number=st.integers(0, 1),
        part=st.sampled_from([AMOUNT, 2 * AMOUNT, 3 * AMOUNT]),
        source=st.sampled_from(["TINH", "HUYEN"]),
    )
    def allocate(self, number: int, part: int, source: str) -> None:
        self.papers += 1
        decision = self.lists[number].decision
        decision.refresh_from_db()
        paper = AllocationPaper(DISTRICT, source, f"{self.papers}/TB", decision.signed_on, part)
        self.attempt(
            lambda: record_allocation(actor=self.staff.accountant, decision_id=decision.pk, paper=paper)
        )

    @rule(
        area=st.sampled_from([DISTRICT, COMMUNE, OTHER_COMMUNE]),
        channel=st.sampled_from(["cash", "cash", "bank"]),
        is_repeated=st.booleans(),
    )
    def ask(self, area: str, channel: str, is_repeated: bool) -> None:
        self.keys += 0 if is_repeated else 1
        request = request_for(f"key{self.keys}", area=area, channel=channel)
        self.attempt(lambda: request_batch(actor=self.staff.accountant, request=request))

    @rule(number=BATCHES)
    def build(self, number: int) -> None:
        if batch := self.batch(number):
            self.attempt(lambda: prepare_batch(batch=batch, actor=self.staff.accountant))

    @rule(number=BATCHES, who=PEOPLE)
    def approve(self, number: int, who: int) -> None:
        if batch := self.batch(number):
            self.attempt(lambda: approve_batch(actor=self.people[who], batch=batch))

    @rule(number=BATCHES, who=PEOPLE)
    def release(self, number: int, who: int) -> None:
        if batch := self.batch(number):
            self.attempt(lambda: release_batch(actor=self.people[who], batch=batch))

    @rule(number=BATCHES, answers=ANSWERS)
    def record(self, number: int, answers: dict[str, set[int]]) -> None:
        """Each line has the first answer that names it; sometimes no answer at all."""
        if batch := self.batch(number):
            seen: set[int] = set()
            told: dict[str, list[str]] = {}
            for answer, places in answers.items():
                told[answer] = self.references(batch, places - seen)
                seen |= places
            results = Results(
                paid=frozenset(told["paid"]),
                returned=dict.fromkeys(told["returned"], "Vắng mặt"),
                failed=dict.fromkeys(told["failed"], "Sai số tài khoản"),
                unknown=frozenset(told["unknown"]),
            )
            self.attempt(lambda: record_results(actor=self.staff.accountant, batch=batch, results=results))

    @rule(number=BATCHES, places=st.none() | LINES)
    def doubt(self, number: int, places: set[int] | None) -> None:
        """The bank has not answered: of these lines, or of all that are awaited."""
        if batch := self.batch(number):
            named = None if places is None else self.references(batch, places)
            self.attempt(
                lambda: mark_unknown(
                    actor=self.staff.accountant, batch=batch, on=clock.today(), references=named
                )
            )

    @rule(number=BATCHES, absent=LINES)
    def pay_all_except(self, number: int, absent: set[int]) -> None:
        if batch := self.batch(number):
            exceptions = dict.fromkeys(self.references(batch, absent), "Vắng mặt")
            self.attempt(
                lambda: record_all_paid_except(
                    actor=self.staff.accountant, batch=batch, exceptions=exceptions
                )
            )

    @rule(number=BATCHES, who=PEOPLE)
    def cancel(self, number: int, who: int) -> None:
        if batch := self.batch(number):
            self.attempt(lambda: cancel_batch(actor=self.people[who], batch=batch, reason="Nhầm"))

    @rule(number=BATCHES, who=PEOPLE)
    def close(self, number: int, who: int) -> None:
        if batch := self.batch(number):
            self.attempt(lambda: close_batch(actor=self.people[who], batch=batch))


class OtherHands(MoneyMachine):
    """What goes on beside the money: people found to be one, and statements that no service would write."""

    @rule(first=PEOPLE, second=PEOPLE)
    def join(self, first: int, second: int) -> None:
        kept, joined = self.person(first), self.person(second)
        self.attempt(lambda: join_people(kept=kept, joined=joined, reason="Một người", actor=self.officer))

    @rule()
    def take_apart(self) -> None:
        join = PersonJoin.objects.filter(undone_at__isnull=True).order_by("-pk").first()
        if join is not None:
            self.attempt(lambda: undo_join(join=join, reason="Hai người", actor=self.officer))

    @rule(statement=st.sampled_from(SABOTAGE), to=STATES)
    def write_past_the_services(self, statement: str, to: dict[str, Any]) -> None:
        self.attempt_sql(statement.format(**to))
