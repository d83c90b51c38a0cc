"""The plan of payments as it stands: the rows that no later one replaces."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import QuerySet, Sum

from accounts.enums import AreaLevel
from core.querysets import Viewer
from reports.models import PlanEntry
from reports.queries.areas import Unit, area_choice
from reports.queries.progress import Measure

PROVINCE_DIGITS: Final = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned for an area: by week, up to the end of the period, and for the whole.

    `to_date` sums the weeks that have begun by the period's last day; None where no week is planned. `whole` None likewise.
    `by_area` is `to_date` district by district, or the whole where no week is planned. A commune has no plan of its own.
    """

    weeks: Mapping[dt.date, Measure] = field(default_factory=dict)
    to_date: Measure | None = None
    until: dt.date | None = None
    whole: Measure | None = None
    by_area: Mapping[str, Measure] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return self.to_date is None and self.whole is None


def entries_in_force(viewer: Viewer, area_code: str, programmes: tuple[str, ...] = ()) -> QuerySet[PlanEntry]:
    """The figures of the plan in an area that no later row replaces."""
    shown: QuerySet[PlanEntry] = PlanEntry.objects.visible_to(viewer).in_area(area_code)
    shown = shown.filter(replaced_by__isnull=True)
    return shown.filter(programme__in=programmes) if programmes else shown


def plan_of(viewer: Viewer, area_code: str, programmes: tuple[str, ...], last: dt.date) -> Plan:
    """The plan of an area and of some programmes, or all; one statement."""
    entries = entries_in_force(viewer, area_code, programmes).values("area_code", "week")
    found = {
        (row["area_code"], row["week"]): Measure(row["heads"], row["dong"])
        for row in entries.order_by("week").annotate(heads=Sum("people"), dong=Sum("amount"))
    }
    weeks: dict[dt.date, Measure] = {}
    by_area: dict[str, Measure] = {}
    for (area, monday), planned in found.items():
        if monday is not None:
            weeks[monday] = weeks.get(monday, Measure()) + planned
            if monday <= last:
                by_area[area] = by_area.get(area, Measure()) + planned
    begun = [monday for monday in weeks if monday <= last]
    whole = {area: planned for (area, monday), planned in found.items() if monday is None}
    return Plan(
        weeks=weeks,
        to_date=sum(by_area.values(), Measure()) if begun else None,
        until=max(begun) + dt.timedelta(days=6) if begun else None,
        whole=sum(whole.values(), Measure()) if whole else None,
        by_area=by_area if begun else whole,
    )


def plan_units(viewer: Viewer, on: dt.date) -> tuple[Unit, ...]:
    """Whose plans a viewer sees: the districts of the province and the department's own people, or the viewer's district."""
    choice = area_choice(viewer, viewer.area_code[:PROVINCE_DIGITS], on) or area_choice(viewer, "", on)
    if choice is None or choice.level == AreaLevel.COMMUNE:
        return ()
    if choice.level == AreaLevel.DISTRICT:
        return (choice.unit,)
    return (*choice.units, choice.own) if choice.own else choice.units


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """The plan of one programme as the list of plans shows it: the whole, and how many weeks have figures."""

    whole: Measure | None
    weeks: int
    of_weeks: Measure


def plans_by_programme(viewer: Viewer) -> dict[str, ProgrammePlan]:
    """The plans that stand in the viewer's area, by programme; one statement."""
    rows = (
        entries_in_force(viewer, viewer.area_code).values("programme", "week").order_by("programme", "week")
    )
    found: dict[str, ProgrammePlan] = {}
    for row in rows.annotate(heads=Sum("people"), dong=Sum("amount")):
        before = found.get(row["programme"], ProgrammePlan(None, 0, Measure()))
        planned = Measure(row["heads"], row["dong"])
        found[row["programme"]] = (
            ProgrammePlan(planned, before.weeks, before.of_weeks)
            if row["week"] is None
            else ProgrammePlan(before.whole, before.weeks + 1, before.of_weeks + planned)
        )
    return found


def standing_entries(viewer: Viewer, programme: str, week: dt.date | None) -> dict[str, PlanEntry]:
    """The figures of one programme and week (None: the whole) that stand, by area."""
    rows = entries_in_force(viewer, viewer.area_code, (programme,))
    rows = rows.filter(week__isnull=True) if week is None else rows.filter(week=week)
    return {row.area_code: row for row in rows}


def planned_weeks(viewer: Viewer, programme: str) -> dict[dt.date, Measure]:
    """The weeks of a programme that have figures, the newest first."""
    rows = entries_in_force(viewer, viewer.area_code, (programme,)).filter(week__isnull=False).values("week")
    found: dict[dt.date, Measure] = {}
    for row in rows.order_by("-week").annotate(heads=Sum("people"), dong=Sum("amount")):
        if row["week"] is not None:
            found[row["week"]] = Measure(row["heads"], row["dong"])
    return found


def plan_history(viewer: Viewer, programme: str) -> QuerySet[PlanEntry]:
    """Every figure of a programme that was ever written, the newest first."""
    shown: QuerySet[PlanEntry] = PlanEntry.objects.visible_to(viewer).filter(programme=programme)
    return shown.select_related("replaces").order_by("-pk")
