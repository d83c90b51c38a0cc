"""What the overview shows: progress by unit, late lists, money that came back, payments by week, each beside the plan."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from accounts.enums import AreaLevel
from core import clock
from core.querysets import Viewer
from reports.queries.areas import AreaChoice, level_of
from reports.queries.figures import (
    Dimension,
    Fact,
    FigureQuery,
    Figures,
    Time,
    What,
    measure,
    read_figures,
    waiting_in,
)
from reports.queries.freshness import Freshness, freshness
from reports.queries.payment_days import PaymentDays, days_to_payment
from reports.queries.periods import BEGINNING, monday_of
from reports.queries.plan import Plan, plan_of
from reports.queries.progress import Measure, Progress, UnitProgress, progress_by_unit
from support_programs.models import CaseList

CACHE_SECONDS: Final = 5
WEEKS_SHOWN: Final = 8
LATE_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class LateList:
    """A list that lies at a step beyond its due day, and how many in it are neither refused nor gone."""

    reference: str
    area_code: str
    title: str
    step: str
    due_on: dt.date
    people: int


@dataclass(frozen=True, slots=True)
class Week:
    """What was paid in the week that starts on a Monday, and what was planned for it, if anything was."""

    monday: dt.date
    paid: Measure
    plan: Measure | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """All figures of the overview, read together."""

    units: tuple[UnitProgress, ...]
    late_by_unit: dict[str, int]
    waiting_by_unit: dict[str, Measure]
    returned_by_unit: dict[str, Measure]
    late_lists: tuple[LateList, ...]
    weeks: tuple[Week, ...]
    days: PaymentDays
    plan: Plan
    fresh: Freshness
    read_at: dt.datetime

    @property
    def total(self) -> Progress:
        return sum((row.total for row in self.units), Progress())

    @property
    def by_programme(self) -> dict[str, Progress]:
        """The figures of each programme that has any."""
        found: dict[str, Progress] = {}
        for row in self.units:
            for code, progress in row.by_programme.items():
                found[code] = found.get(code, Progress()) + progress
        return found

    @property
    def late(self) -> int:
        """Late lists."""
        return sum(self.late_by_unit.values())

    @property
    def waiting(self) -> Measure:
        """People who wait in late lists, and their đồng."""
        return sum(self.waiting_by_unit.values(), Measure())

    @property
    def returned(self) -> Measure:
        return sum(self.returned_by_unit.values(), Measure())


def overview(
    viewer: Viewer, choice: AreaChoice, first: dt.date, last: dt.date, programmes: tuple[str, ...] = ()
) -> Overview:
    """The figures of an area and of some programmes, or all; those of the whole province are kept for some seconds, as everybody
    there asks for the same.
    """
    if level_of(choice.unit.area_code) != AreaLevel.PROVINCE or not viewer.sees_records:
        return _read(viewer, choice, first, last, programmes)
    key = f"overview:{viewer.area_code}:{first}:{last}:{clock.today()}:{','.join(programmes)}"
    kept: Overview | None = cache.get(key)
    if kept is None:
        kept = _read(viewer, choice, first, last, programmes)
        cache.set(key, kept, CACHE_SECONDS)
    return kept


def late_lists(
    viewer: Viewer, area_code: str, on: dt.date, programmes: tuple[str, ...] = ()
) -> QuerySet[CaseList]:
    """Lists whose running step is beyond its due day."""
    shown: QuerySet[CaseList] = CaseList.objects.visible_to(viewer).in_area(area_code).filter(due_on__lt=on)
    return shown.filter(programme__in=programmes) if programmes else shown


def _read(
    viewer: Viewer, choice: AreaChoice, first: dt.date, last: dt.date, programmes: tuple[str, ...]
) -> Overview:
    area_code, today = choice.unit.area_code, clock.today()
    late = late_lists(viewer, area_code, today, programmes)
    unit = Substr("area_code", 1, choice.prefix_length)
    plan = plan_of(viewer, area_code, programmes, last)
    standing = _states(viewer, choice, today, programmes)
    return Overview(
        units=progress_by_unit(viewer, choice, first, last, programmes),
        late_by_unit=dict(Counter(late.annotate(unit=unit).values_list("unit", flat=True))),
        waiting_by_unit=_by_unit(standing, Fact.LATE),
        returned_by_unit=_by_unit(standing, Fact.RETURNED),
        late_lists=_latest(viewer, late),
        weeks=_weeks(viewer, choice, last, programmes, plan),
        days=days_to_payment(viewer, choice, first, last, programmes),
        plan=plan,
        fresh=freshness(viewer, area_code),
        read_at=clock.now(),
    )


def _states(viewer: Viewer, choice: AreaChoice, today: dt.date, programmes: tuple[str, ...]) -> Figures:
    """What is the case now, whatever the period: who waits in late lists, whose money came back."""
    measures = tuple(measure(fact, what) for fact in (Fact.LATE, Fact.RETURNED) for what in What)
    return read_figures(
        viewer, FigureQuery(choice, BEGINNING, today, measures, (Dimension.UNIT,), programmes)
    )


def _by_unit(figures: Figures, fact: Fact) -> dict[str, Measure]:
    people, amount = measure(fact, What.PEOPLE), measure(fact, What.AMOUNT)
    found = {key[0]: Measure(figures.of(people, *key), figures.of(amount, *key)) for key in figures}
    return {code: one for code, one in found.items() if one.people}


def _latest(viewer: Viewer, late: QuerySet[CaseList]) -> tuple[LateList, ...]:
    """The lists that are late for the longest, first; who waits in them is counted for these only."""
    rows = list(late.order_by("due_on", "pk")[:LATE_SHOWN])
    counted = (
        waiting_in(viewer, [row.pk for row in rows]).order_by().values_list("case_list").annotate(Count("pk"))
    )
    people: dict[int | None, int] = dict(counted)
    return tuple(
        LateList(
            row.reference,
            row.area_code,
            row.title,
            row.get_current_step_display(),
            row.due_on,
            people.get(row.pk, 0),
        )
        for row in rows
        if row.due_on
    )


def _weeks(
    viewer: Viewer, choice: AreaChoice, last: dt.date, programmes: tuple[str, ...], plan: Plan
) -> tuple[Week, ...]:
    start = monday_of(last) - dt.timedelta(weeks=WEEKS_SHOWN - 1)
    people, amount = (measure(Fact.PAID, what, Time.PERIOD) for what in What)
    figures = read_figures(
        viewer, FigureQuery(choice, start, last, (people, amount), (Dimension.WEEK,), programmes)
    )
    mondays = (start + dt.timedelta(weeks=turn) for turn in range(WEEKS_SHOWN))
    return tuple(
        Week(day, Measure(figures.of(people, day), figures.of(amount, day)), plan.weeks.get(day))
        for day in mondays
    )
