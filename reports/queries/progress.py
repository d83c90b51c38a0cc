"""How far the payments have come, by unit and stream: proposed, approved, paid; people and đồng, in a period and cumulative.

Proposed: cases that a commune has put forward (neither draft nor withdrawn), by the day of receipt. Approved: entitlements under
a decision of the province, by the day on which it was signed. Paid: what reached the ledger's account «đã chi», by the day of
the answer. Every figure is counted from records and ledger at the time of reading; nothing is summed up beforehand.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Substr

from core.querysets import Viewer
from disbursements.enums import InstructionStatus, LedgerAccount
from disbursements.models import LedgerPosting, PaymentInstruction
from disbursements.queries.ledger import LedgerFilter, postings_of
from reports.queries.areas import AreaChoice, Unit
from support_programs.enums import CaseStatus, EntitlementStatus
from support_programs.models import Case, Entitlement

PROGRAMME: Final = "LD_TU_DO"
STAGES: Final = ("proposed", "approved", "paid")


@dataclass(frozen=True, slots=True)
class Measure:
    """People and whole đồng."""

    people: int = 0
    amount: int = 0

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(self.people + other.people, self.amount + other.amount)

    def __sub__(self, other: "Measure") -> "Measure":
        return Measure(self.people - other.people, self.amount - other.amount)


@dataclass(frozen=True, slots=True)
class StageFigures:
    """The three stages of the money's way."""

    proposed: Measure = field(default_factory=Measure)
    approved: Measure = field(default_factory=Measure)
    paid: Measure = field(default_factory=Measure)

    @property
    def remaining(self) -> Measure:
        """Approved and not yet paid."""
        return self.approved - self.paid

    def __add__(self, other: "StageFigures") -> "StageFigures":
        return StageFigures(
            self.proposed + other.proposed, self.approved + other.approved, self.paid + other.paid
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """The figures of one unit and stream: in the period, and from the beginning to the period's end."""

    period: StageFigures = field(default_factory=StageFigures)
    cumulative: StageFigures = field(default_factory=StageFigures)

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(self.period + other.period, self.cumulative + other.cumulative)


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """One unit with its figures by stream; a stream without records is absent."""

    unit: Unit
    by_stream: Mapping[str, Progress]

    @property
    def total(self) -> Progress:
        return sum(self.by_stream.values(), Progress())


def progress_by_unit(
    viewer: Viewer, choice: AreaChoice, first: dt.date, last: dt.date
) -> tuple[UnitProgress, ...]:
    """One entry per unit of the choice, in the order of the codes; three queries, whatever the size."""
    found: dict[tuple[str, str], dict[str, tuple[Measure, Measure]]] = {}
    for stage, rows in (
        ("proposed", _proposed(viewer, choice, first, last)),
        ("approved", _approved(viewer, choice, first, last)),
        ("paid", _paid(viewer, choice, first, last)),
    ):
        for row in rows:
            found.setdefault((row["of_unit"], row["of_stream"]), {})[stage] = (
                Measure(row["period_people"], row["period_amount"]),
                Measure(row["all_people"], row["all_amount"]),
            )
    return tuple(
        UnitProgress(
            unit,
            {
                stream: Progress(_stages(stages, 0), _stages(stages, 1))
                for (area_code, stream), stages in sorted(found.items())
                if area_code == unit.area_code
            },
        )
        for unit in choice.units
    )


def _stages(found: Mapping[str, tuple[Measure, Measure]], which: int) -> StageFigures:
    return StageFigures(*(found.get(stage, (Measure(), Measure()))[which] for stage in STAGES))


def proposed_cases(viewer: Viewer, area_code: str) -> QuerySet[Case]:
    """The cases behind «đề nghị»."""
    shown: QuerySet[Case] = Case.objects.visible_to(viewer).in_area(area_code).filter(programme=PROGRAMME)
    return shown.exclude(status__in=[CaseStatus.DRAFT, CaseStatus.WITHDRAWN])


def _proposed(viewer: Viewer, choice: AreaChoice, first: dt.date, last: dt.date) -> Iterable[dict[str, Any]]:
    rows = proposed_cases(viewer, choice.unit.area_code).filter(received_on__lte=last)
    return _grouped(rows, choice, "stream", "amount_proposed", Q(received_on__gte=first))


def approved_entitlements(viewer: Viewer, area_code: str) -> QuerySet[Entitlement]:
    """The entitlements behind «phê duyệt»."""
    shown: QuerySet[Entitlement] = Entitlement.objects.visible_to(viewer).in_area(area_code)
    return shown.filter(programme=PROGRAMME, status__in=EntitlementStatus.after_decision())


def paid_instructions(viewer: Viewer, area_code: str) -> QuerySet[PaymentInstruction]:
    """The payment instructions behind «đã chi», one by one; sums of them come from the ledger."""
    shown: QuerySet[PaymentInstruction] = PaymentInstruction.objects.visible_to(viewer).in_area(area_code)
    return shown.filter(batch__programme=PROGRAMME, status=InstructionStatus.PAID)


def _approved(viewer: Viewer, choice: AreaChoice, first: dt.date, last: dt.date) -> Iterable[dict[str, Any]]:
    rows = approved_entitlements(viewer, choice.unit.area_code).filter(decision__signed_on__lte=last)
    return _grouped(rows, choice, "case_list__stream", "amount", Q(decision__signed_on__gte=first))


def _paid(viewer: Viewer, choice: AreaChoice, first: dt.date, last: dt.date) -> Iterable[dict[str, Any]]:
    rows = paid_postings(viewer, choice.unit.area_code).filter(business_date__lte=last)
    return _grouped(rows, choice, "stream", "amount", Q(business_date__gte=first), heads=Sum, of="people")


def paid_postings(viewer: Viewer, area_code: str) -> QuerySet[LedgerPosting]:
    """The ledger's postings of «đã chi»: people and đồng by area, group and day."""
    paid = LedgerFilter(area=area_code, programme=PROGRAMME, account=LedgerAccount.PAID)
    return postings_of(viewer, paid)


def _grouped(
    rows: QuerySet[Any],
    choice: AreaChoice,
    stream: str,
    amount: str,
    in_period: Q,
    heads: type[Count | Sum] = Count,
    of: str = "pk",
) -> Iterable[dict[str, Any]]:
    grouped: Iterable[dict[str, Any]] = (
        rows.annotate(of_unit=Substr("area_code", 1, choice.prefix_length), of_stream=F(stream))
        .values("of_unit", "of_stream")
        .order_by("of_unit", "of_stream")
        .annotate(
            all_people=Coalesce(heads(of), 0),
            all_amount=Coalesce(Sum(amount), 0),
            period_people=Coalesce(heads(of, filter=in_period), 0),
            period_amount=Coalesce(Sum(amount, filter=in_period), 0),
        )
    )
    return grouped
