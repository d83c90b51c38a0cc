"""Money to come back, to the end of a day: opened, received, handed to the budget, let go, left; by unit and kind."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Substr

from core.querysets import Viewer
from disbursements.enums import RecoveryState
from disbursements.models import Recovery, RecoveryHandBack, RecoveryReceipt
from disbursements.queries.recoveries import overdue_recoveries
from reports.queries.areas import AreaChoice

# ended without all of it back; what is all back ends by itself and has nothing left
_LET_GO: Final = (RecoveryState.WAIVED, RecoveryState.CANCELLED)
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RecoverySum:
    """People and đồng. `let_go_*` was waived or no longer asked for, as far as it had not come back."""

    period_people: int = 0
    period_amount: int = 0
    people: int = 0
    amount: int = 0
    received_period: int = 0
    received: int = 0
    handed_back: int = 0
    let_go_people: int = 0
    let_go_amount: int = 0

    @property
    def left(self) -> int:
        return self.amount - self.received - self.let_go_amount

    @property
    def to_hand_back(self) -> int:
        return self.received - self.handed_back


def recovery_sums_by_kind(
    viewer: Viewer, choice: AreaChoice, first: dt.date, last: dt.date
) -> dict[Key, RecoverySum]:
    """By (unit, kind) in their order, counted by the days of the papers; three queries."""
    area, length = choice.unit.area_code, choice.prefix_length
    opened: QuerySet[Recovery] = Recovery.objects.visible_to(viewer).in_area(area).filter(opened_on__lte=last)
    in_period, gone = Q(opened_on__gte=first), Q(state__in=_LET_GO, ended_on__lte=last)
    found = {
        key: RecoverySum(**row)
        for key, row in _grouped(
            opened,
            length,
            "kind",
            period_people=Count("pk", filter=in_period),
            period_amount=Sum("amount", filter=in_period, default=0),
            people=Count("pk"),
            let_go_people=Count("pk", filter=gone),
            let_go_amount=Sum(F("amount") - F("recovered"), filter=gone, default=0),
            # last: it hides the column of its name
            amount=Sum("amount", default=0),
        )
    }
    receipts = RecoveryReceipt.objects.filter(recovery__in=opened, received_on__lte=last)
    in_time = Sum("amount", filter=Q(received_on__gte=first), default=0)
    for key, row in _grouped(
        receipts, length, "recovery__kind", received_period=in_time, received=Sum("amount")
    ):
        found[key] = replace(found[key], **row)
    back = RecoveryHandBack.objects.filter(recovery__in=opened, handed_on__lte=last)
    for key, row in _grouped(back, length, "recovery__kind", handed_back=Sum("amount")):
        found[key] = replace(found[key], **row)
    return dict(sorted(found.items()))


def recoveries_named(viewer: Viewer, area_code: str, last: dt.date) -> Iterator[dict[str, Any]]:
    """One row per recovery opened until a day, by commune and number; `is_late` by its plan of instalments on that day."""
    late = set(overdue_recoveries(viewer, last).values_list("pk", flat=True))
    rows: QuerySet[Recovery] = Recovery.objects.visible_to(viewer).in_area(area_code)
    names = ("pk", "reference", "area_code", "kind", "amount", "recovered", "handed_back", "state", "opened_on",
             "decision_number", "decision_on")  # fmt: skip
    found: Any = rows.filter(opened_on__lte=last).order_by("area_code", "pk")
    for row in found.values(
        *names,
        name=F("instruction__payee_name"),
        birth_year=F("instruction__birth_year"),
        last3=F("instruction__payee_number_last3"),
        programme=F("entitlement__programme"),
    ).iterator(chunk_size=2000):
        yield {**row, "is_late": row["pk"] in late}


def _grouped(
    rows: QuerySet[Any], length: int, kind: str, **sums: Any
) -> Iterator[tuple[Key, dict[str, int]]]:
    counted: Any = (
        rows.order_by()
        .annotate(unit=Substr("area_code", 1, length), of_kind=F(kind))
        .values("unit", "of_kind")
        .annotate(**sums)
    )
    for row in counted:
        yield (row.pop("unit"), row.pop("of_kind")), row
