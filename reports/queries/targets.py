"""How far the sector's targets are: plans, approved figures of units, figures of the system, compared."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.querysets import Viewer, area_filter
from reports.enums.targets import TargetAdding, TargetStanding, TargetStatus
from reports.models import TargetEntry, TargetIndicator, TargetPlan
from reports.queries.areas import AreaChoice, Unit
from reports.queries.targets_computed import Values, areas_of, computed_values
from reports.rules.targets import PERIODS_PER_YEAR, period_bounds, share_of_plan, standing_of, year_figure


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One indicator of one unit in a year: what was planned, what was done by period and so far, and how that compares.

    `reporting`: of what districts add up to, how many of how many have a figure of the last period; None elsewhere.
    """

    indicator: TargetIndicator
    area_code: str
    plan: Decimal | None
    values: dict[int, Decimal]
    done: Decimal | None
    standing: TargetStanding
    reporting: tuple[int, int] | None = None

    @property
    def share(self) -> Decimal | None:
        """Done of planned, 1 being all of it."""
        return share_of_plan(self.done, self.plan)

    @property
    def last_period(self) -> int:
        """The last period that has a figure; 0 where none has."""
        return max(self.values, default=0)

    @property
    def trend(self) -> str:
        """«up», «down» or «same» from the period before; "" where there are no two."""
        numbers = sorted(self.values)
        if len(numbers) < 2:
            return ""
        before, now = self.values[numbers[-2]], self.values[numbers[-1]]
        return "up" if now > before else "down" if now < before else "same"

    def done_within(self, first: int, last: int) -> Decimal | None:
        """The figure of some periods: their sum, or the last one of them."""
        return year_figure(
            {n: v for n, v in self.values.items() if first <= n <= last}, self.indicator.adding
        )


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """The targets of an area in a year; of the province also those of each district."""

    year: int
    on: dt.date
    unit: Unit
    units: tuple[Unit, ...]
    indicators: tuple[TargetIndicator, ...]
    plans: dict[tuple[int, str], Decimal]
    values: Values

    def line(self, one: TargetIndicator, area_code: str) -> TargetLine:
        """One indicator of one unit."""
        values, reporting = self._values(one, area_code)
        plan, done = self.plans.get((one.pk, area_code)), year_figure(values, one.adding)
        standing = standing_of(one.direction, one.adding, plan, done, self._elapsed(one, values))
        return TargetLine(one, area_code, plan, values, done, TargetStanding(standing), reporting)

    def lines(self, area_code: str) -> list[TargetLine]:
        """Every indicator that is told of this unit, in the order of the pages."""
        return [self.line(one, area_code) for one in self.indicators if is_told_of(one, area_code)]

    def _values(
        self, one: TargetIndicator, area_code: str
    ) -> tuple[dict[int, Decimal], tuple[int, int] | None]:
        is_sum = len(area_code) == 2 and not one.of_province and not one.is_computed
        if not is_sum:
            return self.values.get((one.pk, area_code), {}), None
        parts = [self.values.get((one.pk, unit.area_code), {}) for unit in self.units]
        numbers = sorted({number for part in parts for number in part})
        summed = {n: sum((part[n] for part in parts if n in part), Decimal(0)) for n in numbers}
        last = numbers[-1] if numbers else 0
        return summed, (sum(last in part for part in parts), len(parts))

    def _elapsed(self, one: TargetIndicator, values: dict[int, Decimal]) -> Decimal:
        """The part of the year that the figures cover: by periods, of the system's own by days."""
        if one.is_computed:
            days = (min(self.on, dt.date(self.year, 12, 31)) - dt.date(self.year - 1, 12, 31)).days
            return Decimal(days) / (dt.date(self.year, 12, 31) - dt.date(self.year - 1, 12, 31)).days
        return Decimal(max(values, default=0)) / PERIODS_PER_YEAR[one.period]


def is_told_of(one: TargetIndicator, area_code: str) -> bool:
    """Has a unit of this level a line for it? The province has all: its own, or what districts add up to."""
    return len(area_code) == 2 or (len(area_code) == 5 and one.of_districts)


def target_progress(
    viewer: Viewer, choice: AreaChoice, year: int, on: dt.date, only: Iterable[str] = ()
) -> TargetProgress:
    """The targets as far as the viewer's area reaches, in a constant number of statements; `only` some codes.

    Figures of periods that had not begun by `on` are left out. Below the district there are none.
    """
    indicators = TargetIndicator.objects.filter(is_active=True)
    codes = tuple(only)
    found = tuple(indicators.filter(code__in=codes) if codes else indicators)
    areas = areas_of(choice)
    plans = plans_in_force(viewer, choice.unit.area_code, year)
    values = _begun(found, _approved_values(viewer, choice.unit.area_code, year), year, on)
    is_below = len(choice.unit.area_code) > 5
    if not is_below:
        values |= computed_values(viewer, choice, found, year, on)
    return TargetProgress(
        year,
        on,
        choice.unit,
        choice.units if len(areas) > 1 else (),
        () if is_below else found,
        {key: plan.value for key, plan in plans.items() if plan.value is not None},
        values,
    )


def plans_in_force(viewer: Viewer, area_code: str, year: int) -> dict[tuple[int, str], TargetPlan]:
    """The newest plan row of each indicator and unit; one whose value is None was taken back."""
    rows = TargetPlan.objects.visible_to(viewer).filter(
        area_filter(area_code), year=year, replaced_by__isnull=True
    )
    return {(row.indicator_id, row.area_code): row for row in rows.order_by("pk")}


def _approved_values(viewer: Viewer, area_code: str, year: int) -> Values:
    rows = TargetEntry.objects.visible_to(viewer).filter(
        area_filter(area_code), year=year, status=TargetStatus.APPROVED
    )
    values: Values = {}
    for indicator, area, period, value in rows.values_list("indicator", "area_code", "period", "value"):
        values.setdefault((indicator, area), {})[period] = value
    return values


def _begun(indicators: Iterable[TargetIndicator], values: Values, year: int, on: dt.date) -> Values:
    """What units reported of the periods that had begun by a day: a report of July tells nothing of August."""
    kinds = {one.pk: one.period for one in indicators}
    return {
        key: {n: value for n, value in of.items() if period_bounds(kinds[key[0]], year, n)[0] <= on}
        for key, of in values.items()
        if key[0] in kinds
    }


def adds_up(one: TargetIndicator) -> bool:
    """Are its periods added to the year's figure?"""
    return one.adding == TargetAdding.SUM
