"""Acts on allotted money: moved to another line, given back, a wrong record taken back; and what comes after a payment."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from core import clock
from disbursements.enums import RecoveryKind
from disbursements.models import Allocation, BudgetLine, PaymentInstruction, Recovery, UnclaimedItem
from disbursements.queries.unclaimed import unclaimed_lines
from disbursements.services.budget import correct_allocation, return_money, transfer_money
from disbursements.services.budget_checks import MovementPaper
from disbursements.services.recoveries import (
    DecisionPaper,
    Due,
    MoneyPaper,
    WrongPayment,
    hand_back,
    open_recovery,
    plan_instalments,
    record_receipt,
    record_recovery_decision,
    waive_recovery,
)
from disbursements.services.unclaimed import UnclaimedPaper, reopen_unclaimed, return_unclaimed
from tests.factories.payments import AMOUNT, PROGRAMME
from tests.factories.people import DISTRICT
from tests.invariants.money_acts import PEOPLE, MoneyMachine, one_of

PLACES = st.integers(0, 3)
SUMS = st.sampled_from([1, 500_000, AMOUNT, 2 * AMOUNT, 3 * AMOUNT])


class BudgetActs(MoneyMachine):
    """Papers about what was allotted; each has a number of its own."""

    def line(self, place: int) -> BudgetLine | None:
        return one_of(BudgetLine.objects.all(), place)

    def paper(self, amount: int = 0) -> MovementPaper:
        self.papers += 1
        return MovementPaper(f"{self.papers}/STC-DC", clock.today(), "Theo văn bản", amount)

    @rule(from_=PLACES, to=PLACES, amount=SUMS, who=PEOPLE)
    def transfer(self, from_: int, to: int, amount: int, who: int) -> None:
        line, target = self.line(from_), self.line(to)
        if line and target:
            paper = self.paper(amount)
            self.attempt(lambda: transfer_money(actor=self.people[who], line=line, to=target, paper=paper))

    @rule(place=PLACES, amount=SUMS)
    def give_back(self, place: int, amount: int) -> None:
        if line := self.line(place):
            paper = self.paper(amount)
            self.attempt(lambda: return_money(actor=self.staff.accountant, line=line, paper=paper))

    @rule(place=PLACES)
    def correct(self, place: int) -> None:
        wrong = one_of(Allocation.objects.all(), place)
        if wrong is not None:
            paper = self.paper()
            self.attempt(
                lambda: correct_allocation(actor=self.staff.accountant, allocation=wrong, paper=paper)
            )


class AfterActs(MoneyMachine):
    """Money paid wrongly comes back; money that nobody took goes back to where it came from."""

    def recovery(self, place: int) -> Recovery | None:
        return one_of(Recovery.objects.all(), place)

    def money(self, amount: int) -> MoneyPaper:
        self.papers += 1
        return MoneyPaper(f"{self.papers}/PT", clock.today(), amount)

    def decision(self) -> DecisionPaper:
        self.papers += 1
        return DecisionPaper(f"{self.papers}/QĐ", clock.today(), "Nguyễn Văn Ký")

    @rule(place=PLACES, amount=SUMS, who=PEOPLE)
    def ask_back(self, place: int, amount: int, who: int) -> None:
        line = one_of(PaymentInstruction.objects.filter(status="paid"), place)
        if line is not None:
            wrong = WrongPayment(RecoveryKind.by_hand()[0], amount, "Chi nhầm người")
            self.attempt(lambda: open_recovery(actor=self.people[who], line=line, wrong=wrong))

    @rule(place=PLACES)
    def decide_recovery(self, place: int) -> None:
        if found := self.recovery(place):
            paper = self.decision()
            self.attempt(
                lambda: record_recovery_decision(actor=self.staff.accountant, recovery=found, decision=paper)
            )

    @rule(place=PLACES, amount=SUMS)
    def plan(self, place: int, amount: int) -> None:
        if found := self.recovery(place):
            dues = [Due(clock.today(), amount), Due(clock.today(), found.amount - amount)]
            self.attempt(lambda: plan_instalments(actor=self.staff.accountant, recovery=found, dues=dues))

    @rule(place=PLACES, amount=SUMS)
    def receive(self, place: int, amount: int) -> None:
        if found := self.recovery(place):
            paper = self.money(amount)
            self.attempt(lambda: record_receipt(actor=self.staff.accountant, recovery=found, paper=paper))

    @rule(place=PLACES, amount=SUMS)
    def hand_to_budget(self, place: int, amount: int) -> None:
        if found := self.recovery(place):
            paper = self.money(amount)
            self.attempt(lambda: hand_back(actor=self.staff.accountant, recovery=found, paper=paper))

    @rule(place=PLACES)
    def waive(self, place: int) -> None:
        if found := self.recovery(place):
            paper = self.decision()
            self.attempt(
                lambda: waive_recovery(
                    actor=self.staff.accountant, recovery=found, decision=paper, reason="Hoàn cảnh khó khăn"
                )
            )

    @rule(kept=st.integers(0, 2))
    def give_unclaimed_back(self, kept: int) -> None:
        lines = list(unclaimed_lines(DISTRICT, clock.today()).order_by("pk"))[kept:]
        if lines:
            self.papers += 1
            paper = UnclaimedPaper(
                district=DISTRICT,
                programme=PROGRAMME,
                references=[line.reference for line in lines],
                document_number=f"{self.papers}/HT",
                returned_on=clock.today(),
                people=len(lines),
                amount=sum(line.amount for line in lines),
            )
            self.attempt(lambda: return_unclaimed(actor=self.staff.accountant, paper=paper))

    @rule(place=PLACES)
    def reopen(self, place: int) -> None:
        item = one_of(UnclaimedItem.objects.all(), place)
        if item is not None:
            self.attempt(
                lambda: reopen_unclaimed(actor=self.staff.accountant, item=item, reason="Đã về địa phương")
            )
