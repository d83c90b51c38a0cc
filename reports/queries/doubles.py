"""Duplicates found and the money that was kept back or came back because of them, by unit.

Counted plainly: pairs of people who may be one, and what was answered; entitlements that a join found to repeat another one,
those never paid apart from those that were («chi trùng»), with what came back of them. Joins and answers have the real time,
not the business day, so that money is told from the beginning, and pairs by the day on which they were found.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Substr

from beneficiaries.enums import PairState
from beneficiaries.models import DuplicateCandidate
from core.querysets import Viewer, area_filter
from disbursements.enums import RecoveryKind, RecoveryState
from disbursements.models import Recovery
from reports.queries.refusals import refused_as_doubles
from support_programs.enums import VND, EntitlementStatus
from support_programs.models import Entitlement


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
    """Pairs found in the period with their answers; to date: claims refused, money not paid a second time, paid twice, back.

    A pair counts where its desk is: two communes of one district at the district. Four statements.
    """
    found: Found = defaultdict(Doubles)
    _add_pairs(found, viewer, area_code, width, first, last)
    for unit, claims in refused_as_doubles(viewer, area_code, dt.date.min, last, width).items():
        found[unit].refused = claims
    _add_held(found, viewer, area_code, width)
    _add_recoveries(found, viewer, area_code, width, last)
    return dict(found)


def _add_pairs(
    found: Found, viewer: Viewer, area_code: str, width: int, first: dt.date, last: dt.date
) -> None:
    rows: QuerySet[Any] = DuplicateCandidate.objects.visible_to(viewer).filter(
        area_filter(area_code), found_on__gte=first, found_on__lte=last
    )
    grouped: Iterable[Any] = (
        rows.order_by()
        .annotate(unit=Substr("area_code", 1, width))
        .values_list("unit")
        .annotate(
            found=Count("pk"),
            same=Count("pk", filter=Q(state=PairState.SAME)),
            different=Count("pk", filter=Q(state=PairState.DIFFERENT)),
            waiting=Count("pk", filter=Q(state__in=PairState.unanswered())),
        )
    )
    for unit, count, same, different, waiting in grouped:
        line = found[unit]
        line.found, line.same, line.different, line.waiting = count, same, different, waiting


def _add_held(found: Found, viewer: Viewer, area_code: str, width: int) -> None:
    """Entitlements in đồng that repeat another of the same human, and that nobody paid."""
    rows: QuerySet[Any] = Entitlement.objects.visible_to(viewer).filter(
        area_filter(area_code), doubles__isnull=False, unit=VND
    )
    unpaid = rows.exclude(status=EntitlementStatus.PAID).order_by()
    grouped = unpaid.annotate(of_unit=Substr("area_code", 1, width)).values_list("of_unit")
    for unit, count, amount in grouped.annotate(n=Count("pk"), dong=Sum("amount")):
        found[unit].held, found[unit].held_amount = count, amount


def _add_recoveries(found: Found, viewer: Viewer, area_code: str, width: int, last: dt.date) -> None:
    rows: QuerySet[Any] = Recovery.objects.visible_to(viewer).filter(
        area_filter(area_code), kind=RecoveryKind.DOUBLE, opened_on__lte=last
    )
    asked = rows.exclude(state=RecoveryState.CANCELLED).order_by()
    grouped = asked.annotate(of_unit=Substr("area_code", 1, width)).values_list("of_unit")
    for unit, count, amount, back in grouped.annotate(
        n=Count("pk"), dong=Sum("amount"), back=Sum("recovered")
    ):
        line = found[unit]
        line.repeated, line.repeated_amount, line.recovered_amount = count, amount, back
