"""Goods in stores over a period, and rounds of handing out: sums of the stock papers and of the rounds' lines."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Substr

from core.querysets import Viewer
from disbursements.enums import HandoutLineStatus, HandoutStatus, StockKind
from disbursements.models import Handout, HandoutLine, StockMovement
from disbursements.queries.goods_quotas import RICE_PROGRAMME
from reports.queries.areas import AreaChoice

RICE: Final = "GAO"
# the paper's kind under the name that a table gives its column
MOVES: Final = {
    "received": StockKind.RECEIPT,
    "came": StockKind.ARRIVAL,
    "leftover": StockKind.LEFTOVER,
    "issued": StockKind.ISSUE,
    "went": StockKind.SENDING,
    "lost": StockKind.LOSS,
    "corrected": StockKind.CORRECTION,
}
_RESULTS: Final = {
    "waiting": HandoutLineStatus.WAITING,
    "received": HandoutLineStatus.RECEIVED,
    "missed": HandoutLineStatus.MISSED,
}


@dataclass(frozen=True, slots=True)
class StockSum:
    """One kind of goods in one store: what was there before the period, what each kind of paper changed (signed), what is left.

    `underway` left the store until the end and had not arrived by then.
    """

    area_code: str
    store: str
    goods: str
    unit: str
    before: int
    moved: dict[str, int]
    underway: int

    @property
    def left(self) -> int:
        return self.before + sum(self.moved.values())


@dataclass(frozen=True, slots=True)
class Handed:
    """People and kg of rounds by result."""

    waiting_people: int = 0
    waiting_kg: int = 0
    received_people: int = 0
    received_kg: int = 0
    missed_people: int = 0
    missed_kg: int = 0
    period_people: int = 0
    period_kg: int = 0


def stock_sums(
    viewer: Viewer, area_code: str, first: dt.date, last: dt.date, goods: str = ""
) -> list[StockSum]:
    """By area, store and goods; one query. `goods` is a code, "" for all kinds."""
    rows: QuerySet[StockMovement] = StockMovement.objects.visible_to(viewer).in_area(area_code)
    rows = rows.filter(moved_on__lte=last)
    if goods:
        rows = rows.filter(goods__code=goods)
    in_period = Q(moved_on__gte=first)
    not_arrived = Q(arrival__isnull=True) | Q(arrival__moved_on__gt=last)
    # last the names that hide a column
    sums: dict[str, Any] = {
        "before": Sum("change", filter=~in_period, default=0),
        "underway": Sum("change", filter=Q(kind=StockKind.SENDING) & not_arrived, default=0),
    }
    for name, kind in MOVES.items():
        sums[f"moved_{name}"] = Sum("change", filter=in_period & Q(kind=kind), default=0)
    keys = {
        "of_area": F("store__area_code"),
        "of_store": F("store__name"),
        "of_goods": F("goods__name"),
        "of_unit": F("goods__unit"),
    }
    found: Any = rows.order_by().values("store", "goods_id", **keys).annotate(**sums)
    return [
        StockSum(
            row["of_area"],
            row["of_store"],
            row["of_goods"],
            row["of_unit"],
            row["before"],
            {name: row[f"moved_{name}"] for name in MOVES},
            -row["underway"],
        )
        for row in found.order_by("of_area", "of_store", "of_goods")
    ]


def rice_by_unit(viewer: Viewer, choice: AreaChoice, first: dt.date, last: dt.date) -> dict[str, Handed]:
    """Rice of the rounds of the epidemic by the unit where people live; one query."""
    rows: QuerySet[HandoutLine] = HandoutLine.objects.visible_to(viewer).in_area(choice.unit.area_code)
    rows = rows.filter(handout__programme=RICE_PROGRAMME)
    of_unit = Substr("area_code", 1, choice.prefix_length)
    found: Any = _summed(rows, first, last, of_unit=of_unit)
    return {row.pop("of_unit"): Handed(**row) for row in found}


def rice_rounds(
    viewer: Viewer, area_code: str, first: dt.date, last: dt.date
) -> list[tuple[Handout, Handed]]:
    """Rounds of rice made until the end, by area and day, cancelled ones aside, each with its figures; two queries."""
    rounds: QuerySet[Handout] = Handout.objects.visible_to(viewer).in_area(area_code)
    rounds = rounds.filter(goods__code=RICE, made_on__lte=last).exclude(status=HandoutStatus.CANCELLED)
    found = list(rounds.order_by("area_code", "made_on", "pk"))
    lines = HandoutLine.objects.filter(handout__in=found)
    figures = {
        row.pop("of_round"): Handed(**row) for row in _summed(lines, first, last, of_round=F("handout"))
    }
    return [(one, figures.get(one.pk, Handed())) for one in found]


def _summed(lines: QuerySet[HandoutLine], first: dt.date, last: dt.date, **by: Any) -> Any:
    done = Q(status=HandoutLineStatus.RECEIVED, resulted_on__lte=last)
    wanted = {name: Q(status=status) for name, status in _RESULTS.items()}
    wanted |= {"received": done, "period": done & Q(resulted_on__gte=first)}
    sums: dict[str, Any] = {}
    for name, fits in wanted.items():
        sums[f"{name}_people"] = Count("pk", filter=fits)
        sums[f"{name}_kg"] = Sum("quantity", filter=fits, default=0)
    return lines.order_by().annotate(**by).values(*by).annotate(**sums).order_by(*by)
