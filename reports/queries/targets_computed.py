"""Figures of targets that the system knows: from the figures engine and the register of poor households, never typed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Q, Value
from django.db.models.functions import Substr

from beneficiaries.enums import RegisterCode
from beneficiaries.models import Status
from core.querysets import Viewer, area_filter
from reports.models import TargetIndicator
from reports.queries.areas import AreaChoice
from reports.queries.figures import Dimension, Fact, FigureQuery, Figures, Time, What, measure, read_figures
from reports.rules.targets import PERIODS_PER_YEAR, period_bounds

# figures by period, of an indicator and a unit
Values = dict[tuple[int, str], dict[int, Decimal]]
APPROVED: Final = measure(Fact.APPROVED, What.PEOPLE, Time.PERIOD)
PAID: Final = measure(Fact.PAID, What.PEOPLE, Time.PERIOD)
_POOR: Final = "poor"
_CENT: Final = Decimal("0.01")


def computed_values(
    viewer: Viewer, choice: AreaChoice, indicators: Iterable[TargetIndicator], year: int, on: dt.date
) -> Values:
    """What the system says of a year for an area, and of the province for each district; the running period as of `on`.

    Three statements at most, whatever the number of indicators. Of a share there is no figure where nothing was approved yet.
    """
    asked = [one for one in indicators if one.is_computed]
    first, last = dt.date(year, 1, 1), min(on, dt.date(year, 12, 31))
    if not asked or last < first:
        return {}
    values: Values = {}
    of_money = [one for one in asked if one.measure != "poor_households"]
    if of_money:
        values |= _money_values(viewer, choice, of_money, first, last)
    for one in asked:
        if one.measure == "poor_households":
            values |= _poor_values(viewer, choice, one, year, last)
    return values


def areas_of(choice: AreaChoice) -> tuple[str, ...]:
    """The area itself and, of the province, its districts: those that targets are told of."""
    own = choice.unit.area_code
    return (own, *(unit.area_code for unit in choice.units)) if len(own) == 2 else (own,)


def _money_values(
    viewer: Viewer, choice: AreaChoice, indicators: list[TargetIndicator], first: dt.date, last: dt.date
) -> Values:
    programmes = tuple(sorted({code for one in indicators for code in one.programmes}))
    is_province = len(choice.unit.area_code) == 2
    by = (Dimension.PROGRAMME, Dimension.MONTH, *([Dimension.UNIT] if is_province else []))
    figures = read_figures(viewer, FigureQuery(choice, first, last, (APPROVED, PAID), by, programmes))
    values: Values = {}
    for one in indicators:
        for area in areas_of(choice):
            key = (area,) if is_province and area != choice.unit.area_code else ()
            values[one.pk, area] = _by_period(one, figures, key, last)
    return values


def _by_period(
    one: TargetIndicator, figures: Figures, unit: tuple[str, ...], last: dt.date
) -> dict[int, Decimal]:
    """Months made into the indicator's periods: people paid in each, or the share paid since the year began."""
    found: dict[int, Decimal] = {}
    approved = paid = 0
    for number in range(1, PERIODS_PER_YEAR[one.period] + 1):
        first, end = period_bounds(one.period, last.year, number)
        if first > last:
            break
        months = [dt.date(last.year, month, 1) for month in range(first.month, end.month + 1)]
        keys = [(code, month, *unit) for code in one.programmes for month in months]
        new_paid = sum(figures.of(PAID, *key) for key in keys)
        approved, paid = approved + sum(figures.of(APPROVED, *key) for key in keys), paid + new_paid
        if one.measure == "paid_people":
            found[number] = Decimal(new_paid)
        elif approved:
            found[number] = (Decimal(100 * paid) / approved).quantize(_CENT)
    return found


def _poor_values(
    viewer: Viewer, choice: AreaChoice, one: TargetIndicator, year: int, last: dt.date
) -> Values:
    """Households in the register of the poor on the last day of each period."""
    days = {
        number: min(end, last)
        for number in range(1, PERIODS_PER_YEAR[one.period] + 1)
        for first, end in [period_bounds(one.period, year, number)]
        if first <= last
    }
    own = choice.unit.area_code
    rows = Status.objects.visible_to(viewer).filter(
        area_filter(own), register=RegisterCode.POOR_HOUSEHOLDS, category=_POOR, is_replaced=False
    )
    unit: Any = Substr("area_code", 1, 5) if len(own) == 2 else Value(own)
    counts: dict[str, Any] = {
        f"day_{number}": Count(
            "pk", filter=Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        )
        for number, day in days.items()
    }
    counted: Any = rows.order_by().annotate(unit=unit).values("unit").annotate(**counts)
    found: dict[str, Mapping[str, int]] = {row["unit"]: row for row in counted}
    values: Values = {}
    for area in areas_of(choice):
        parts = list(found.values()) if area == own else [found[area]] if area in found else []
        values[one.pk, area] = {
            number: Decimal(sum(part[f"day_{number}"] for part in parts)) for number in days
        }
    return values
