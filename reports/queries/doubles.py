"""Duplicates found and the money that was kept back or came back because of them, by unit.

Counted plainly: pairs of people who may be one, and what was answered; entitlements that a join found to repeat another one,
those never paid («giữ lại») apart from those that were («chi trùng»), with what came back of them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Substr

from beneficiaries.enums import PairState
from beneficiaries.models import DuplicateCandidate, PersonJoin
from core.querysets import Viewer, area_filter
from disbursements.enums import RecoveryKind, RecoveryState
from disbursements.models import Recovery
from reports.queries.refusals import refused_as_doubles
from support_programs.enums import VND, EntitlementStatus
from support_programs.models import Entitlement

# what a join moved is kept under the name of who moved it (support_programs.services.joining)
_CLAIMS: Final = "claims"


@dataclass(slots=True)
class Doubles:
    """Of one unit; pairs, claims and entitlements are counted, amounts are whole đồng."""

    found: int = 0
    same: int = 0
    different: int = 0
    waiting: int = 0
    refused: int = 0
    held: int = 0
    held_amount: int = 0
    repeated: int = 0
    repeated_amount: int = 0
    recovered_amount: int = 0

    @property
    def saved_amount(self) -> int:
        """Đồng that weren't paid a second time, or were and came back."""
        return self.held_amount + self.recovered_amount


Found = dict[str, Doubles]


def doubles_by_unit(viewer: Viewer, area_code: str, width: int, first: dt.date, last: dt.date) -> Found:
    """Pairs found and answered in the period, those that wait now; refusals and joins of the period with their money.

    A pair counts where its desk is: two communes of one district at the district. What came back is counted until today.
    """
    found: Found = defaultdict(Doubles)
    _add_pairs(found, viewer, area_code, width, first, last)
    for unit, claims in refused_as_doubles(viewer, area_code, first, last, width).items():
        found[unit].refused = claims
    _add_held(found, viewer, area_code, width, first, last)
    _add_recoveries(found, viewer, area_code, width, first, last)
    return dict(found)


def _add_pairs(
    found: Found, viewer: Viewer, area_code: str, width: int, first: dt.date, last: dt.date
) -> None:
    answered = Q(answered_at__date__gte=first, answered_at__date__lte=last)
    rows: QuerySet[Any] = DuplicateCandidate.objects.visible_to(viewer).filter(area_filter(area_code))
    grouped: Iterable[Any] = (
        rows.order_by()
        .annotate(unit=Substr("area_code", 1, width))
        .values("unit")
        .annotate(
            found=Count("pk", filter=Q(found_on__gte=first, found_on__lte=last)),
            same=Count("pk", filter=answered & Q(state=PairState.SAME)),
            different=Count("pk", filter=answered & Q(state=PairState.DIFFERENT)),
            waiting=Count("pk", filter=Q(state__in=PairState.unanswered(), found_on__lte=last)),
        )
    )
    for row in grouped:
        if any(row[name] for name in ("found", "same", "different", "waiting")):
            line = found[row["unit"]]
            line.found, line.same = row["found"], row["same"]
            line.different, line.waiting = row["different"], row["waiting"]


def _add_held(
    found: Found, viewer: Viewer, area_code: str, width: int, first: dt.date, last: dt.date
) -> None:
    """Entitlements in đồng that a join of the period, not undone, found to repeat another, and that nobody paid."""
    joins = PersonJoin.objects.filter(
        made_at__date__gte=first, made_at__date__lte=last, undone_at__isnull=True
    )
    repeated = {
        int(pk)
        for moved in joins.values_list("moved", flat=True)
        for pk in moved.get(_CLAIMS, {}).get("doubled", {})
    }
    rows: QuerySet[Any] = Entitlement.objects.visible_to(viewer).filter(
        area_filter(area_code), pk__in=repeated, doubles__isnull=False, unit=VND
    )
    unpaid = rows.exclude(status=EntitlementStatus.PAID).order_by()
    grouped = unpaid.annotate(of_unit=Substr("area_code", 1, width)).values_list("of_unit")
    for unit, count, amount in grouped.annotate(n=Count("pk"), dong=Sum("amount")):
        found[unit].held, found[unit].held_amount = count, amount


def _add_recoveries(
    found: Found, viewer: Viewer, area_code: str, width: int, first: dt.date, last: dt.date
) -> None:
    rows: QuerySet[Any] = Recovery.objects.visible_to(viewer).filter(
        area_filter(area_code), kind=RecoveryKind.DOUBLE, opened_on__gte=first, opened_on__lte=last
    )
    asked = rows.exclude(state=RecoveryState.CANCELLED).order_by()
    grouped = asked.annotate(of_unit=Substr("area_code", 1, width)).values_list("of_unit")
    for unit, count, amount, back in grouped.annotate(
        n=Count("pk"), dong=Sum("amount"), back=Sum("recovered")
    ):
        line = found[unit]
        line.repeated, line.repeated_amount, line.recovered_amount = count, amount, back
