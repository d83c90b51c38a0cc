"""The batches of an area narrowed down, and what they hold together."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.querysets import area_filter
from disbursements.enums import BatchStatus, LedgerAccount, LedgerKind, PayoutChannel
from disbursements.models import Batch, LedgerPosting, PaymentInstruction
from disbursements.queries.ledger import Tally, flows


@dataclass(frozen=True, slots=True)
class BatchFilter:
    """What the list of batches is narrowed to; "" lets everything through, what the address does not know counts as not asked."""

    status: str = ""
    programme: str = ""
    area: str = ""
    channel: str = ""
    decision: str = ""

    @classmethod
    def from_query(cls, asked: Mapping[str, str]) -> "BatchFilter":
        """From an address."""
        area, status, channel = asked.get("area", ""), asked.get("status", ""), asked.get("channel", "")
        return cls(
            status=status if status in BatchStatus.values else "",
            programme=asked.get("programme", "")[:20],
            area=area if area.isdecimal() and len(area) <= 10 else "",
            channel=channel if channel in PayoutChannel.values else "",
            decision=asked.get("decision", "").strip()[:60],
        )

    @property
    def is_narrow(self) -> bool:
        """Something beside the state is asked for."""
        return bool(self.programme or self.area or self.channel or self.decision)

    def apply(self, batches: QuerySet[Batch]) -> QuerySet[Batch]:
        """Batches of these; a decision is found in what the batch was asked for and in its lines."""
        for name in ("status", "programme", "channel"):
            if value := getattr(self, name):
                batches = batches.filter(**{name: value})
        if self.area:
            batches = batches.filter(area_filter(self.area))
        if self.decision:
            lines = PaymentInstruction.objects.filter(batch=OuterRef("pk"), decision_number=self.decision)
            batches = batches.filter(Q(decision_number=self.decision) | Q(Exists(lines)))
        return batches


@dataclass(frozen=True, slots=True)
class BatchTotals:
    """What batches hold together, as the ledger says: people and đồng taken in and not cancelled, and paid."""

    taken: Tally
    paid: Tally


def batch_totals(batches: QuerySet[Batch]) -> BatchTotals:
    """The sums of all these batches, one query however many."""
    postings = LedgerPosting.objects.filter(batch__in=batches.order_by().values("pk"))
    moved = flows(postings).get((), {})
    into = moved.get((LedgerKind.COMMITMENT, LedgerAccount.COMMITTED), Tally())
    back = moved.get((LedgerKind.CANCELLATION, LedgerAccount.AVAILABLE), Tally())
    paid = moved.get((LedgerKind.PAYMENT, LedgerAccount.PAID), Tally())
    return BatchTotals(into + -back, paid)


def decisions_of(batches: QuerySet[Batch]) -> list[str]:
    """The numbers of the decisions that batches of this area were asked for, for the filter's suggestions."""
    numbers = batches.filter(decision_number__gt="").order_by("-decision_number")
    return list(numbers.values_list("decision_number", flat=True).distinct()[:100])
