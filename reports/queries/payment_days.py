"""Days from the receipt of a claim to its payment, exactly: a histogram by day, of which median and 90th percentile are read."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Sum
from django.db.models.functions import Substr

from core.querysets import Viewer
from reports.models import FigureSum
from reports.queries.areas import AreaChoice

MEDIAN: Final = 50
NINTH: Final = 90
# the name of these sums in `FigureSum`
_WAITED: Final = "waited"


@dataclass(frozen=True, slots=True)
class Spread:
    """How many days people waited: number of people by days. A percentile is the smallest number of days within which that share
    of them was paid.
    """

    by_days: Mapping[int, int] = field(default_factory=dict)

    @property
    def people(self) -> int:
        return sum(self.by_days.values())

    def percentile(self, percent: int) -> int | None:
        """Within how many days `percent` of them had their money; None where nobody was paid."""
        needed, reached = percent * self.people, 0
        for days in sorted(self.by_days):
            reached += self.by_days[days]
            if 100 * reached >= needed:
                return days
        return None

    @property
    def median(self) -> int | None:
        return self.percentile(MEDIAN)

    @property
    def ninth(self) -> int | None:
        return self.percentile(NINTH)


@dataclass(frozen=True, slots=True)
class PaymentDays:
    """Of everybody, and of each unit that paid anybody."""

    total: Spread
    by_unit: Mapping[str, Spread]


def days_to_payment(
    viewer: Viewer, choice: AreaChoice, first: dt.date, last: dt.date, programmes: tuple[str, ...] = ()
) -> PaymentDays:
    """Of the payments that reached people in a period; calendar days, one statement. Goods are not counted."""
    rows = FigureSum.objects.visible_to(viewer).in_area(choice.unit.area_code).filter(fact=_WAITED)
    rows = rows.filter(day__gte=first, day__lte=last)
    if programmes:
        rows = rows.filter(programme__in=programmes)
    counted = (
        rows.annotate(unit=Substr("area_code", 1, choice.prefix_length))
        .values("unit", "days")
        .order_by("unit", "days")
        .annotate(heads=Sum("people"))
    )
    by_unit: dict[str, Counter[int]] = {}
    for row in counted:
        days = row["days"]
        if row["heads"] and days is not None:
            by_unit.setdefault(row["unit"], Counter())[days] += row["heads"]
    return PaymentDays(
        Spread(sum(by_unit.values(), Counter())), {unit: Spread(found) for unit, found in by_unit.items()}
    )
