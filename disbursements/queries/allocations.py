"""Decisions, the money that they approve for a district, and what of it has arrived."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Sum
from django.db.models.functions import Substr

from accounts.enums import DISTRICT_DIGITS
from disbursements.models import Allocation, BudgetMovement, FundingSource, LedgerPosting
from disbursements.queries.ledger import Balances, LedgerFilter, balances
from disbursements.queries.request_choices import stream_choices
from support_programs.enums import EntitlementStatus
from support_programs.models import CaseList, Entitlement


@dataclass(frozen=True, slots=True)
class DecisionMoney:
    """A decision in one district: people, đồng approved, đồng arrived."""

    decision_id: int
    programme: str
    number: str
    signed_on: dt.date
    district: str
    people: int
    approved: int
    allocated: int

    @property
    def left(self) -> int:
        """Đồng that may still be allocated."""
        return self.approved - self.allocated


def decision_money(decision_id: int, district: str) -> DecisionMoney | None:
    """One decision in one district, or for the department's own people (`89`); None where it approves nobody there."""
    found = decisions_money(district, decision_id)
    return next((row for row in found if row.district == district), None)


def decisions_money(area_code: str, decision_id: int | None = None) -> list[DecisionMoney]:
    """Every decision with people in an area, one row per district, newest first; two queries.

    Number and day are those that were copied to the lists, so that a district needs nobody else's row.
    """
    entitled = Entitlement.objects.in_area(area_code).exclude(status=EntitlementStatus.CANCELLED)
    if decision_id is None:
        entitled = entitled.filter(decision__isnull=False)
    else:
        entitled = entitled.filter(decision=decision_id)
    moved = LedgerFilter(area=area_code, decision=decision_id).apply(LedgerPosting.objects.all())
    arrived = balances(moved, "decision", "district")
    rows = (
        entitled.annotate(district=Substr("area_code", 1, DISTRICT_DIGITS))
        .values_list(
            "decision", "programme", "case_list__decision_number", "case_list__decision_date", "district"
        )
        .annotate(people=Count("pk"), approved=Sum("amount"))
        .order_by("-case_list__decision_date", "-decision", "district")
    )
    return [
        DecisionMoney(
            decision_id=decision,
            programme=programme,
            number=number,
            signed_on=signed_on,
            district=district,
            people=people,
            approved=approved,
            allocated=arrived.get((decision, district), Balances()).given,
        )
        for decision, programme, number, signed_on, district, people, approved in rows
    ]


def groups_of(decision_id: int, district: str) -> set[str]:
    """The groups of people that a decision approves in a district."""
    lists = CaseList.objects.in_area(district).filter(decision=decision_id)
    return set(lists.order_by().values_list("stream", flat=True).distinct())


def group_choices(rows: list[DecisionMoney], area_code: str) -> list[tuple[str, str]]:
    """(code, name) of the groups that these decisions approve people of, where there are several; one query."""
    lists = CaseList.objects.in_area(area_code).filter(decision__in={row.decision_id for row in rows})
    found = set(lists.exclude(stream="").order_by().values_list("stream", flat=True).distinct())
    names = dict(stream_choices())
    return sorted((code, names.get(code, code)) for code in found) if len(found) > 1 else []


def source_choices() -> list[tuple[str, str]]:
    """(code, name) of the sources that money may come from."""
    return list(FundingSource.objects.filter(is_active=True).values_list("code", "name"))


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """A recorded paper with the number of its decision; one that was wrong and taken back is marked."""

    allocation: Allocation
    decision_number: str
    is_taken_back: bool = False


def allocations_of(area_code: str) -> list[AllocationRow]:
    """The recorded papers of an area, newest first; two queries."""
    taken_back = Exists(BudgetMovement.objects.filter(allocation=OuterRef("pk")))
    papers = list(
        Allocation.objects.in_area(area_code)
        .select_related("line__source")
        .annotate(is_taken_back=taken_back)
        .order_by("-allocated_on", "-id")
    )
    numbers = dict(
        CaseList.objects.filter(decision__in={paper.decision_id for paper in papers}).values_list(
            "decision", "decision_number"
        )
    )
    return [AllocationRow(paper, numbers.get(paper.decision_id, ""), paper.is_taken_back) for paper in papers]
