"""Figures of units as they were typed: one period of one unit, lists by state."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet

from core.querysets import Viewer
from reports.enums.targets import TargetSource, TargetStatus
from reports.models import TargetEntry, TargetIndicator


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """What a unit's page of a period knows of one indicator: the approved row, and the one under way."""

    indicator: TargetIndicator
    approved: TargetEntry | None
    under_way: TargetEntry | None

    @property
    def is_open(self) -> bool:
        """May the unit type into the cell now?"""
        if self.under_way is not None:
            return self.under_way.status in TargetStatus.open_to_change()
        return self.approved is None

    @property
    def shown(self) -> TargetEntry | None:
        """The row whose figure the cell shows."""
        return self.under_way or self.approved


def indicators_reported(area_code: str) -> list[TargetIndicator]:
    """The indicators whose figures a unit of this level types."""
    level = {"of_province": True} if len(area_code) == 2 else {"of_districts": True}
    if len(area_code) > 5:
        return []
    return list(TargetIndicator.objects.filter(is_active=True, source=TargetSource.ENTERED, **level))


def unit_figures(
    viewer: Viewer, area_code: str, indicators: list[TargetIndicator], year: int, period: int
) -> list[UnitFigure]:
    """One period of one unit, an entry per indicator; one statement."""
    rows = TargetEntry.objects.visible_to(viewer).filter(
        area_code=area_code, year=year, period=period, indicator__in=indicators
    )
    approved: dict[int, TargetEntry] = {}
    under_way: dict[int, TargetEntry] = {}
    for row in rows.exclude(status=TargetStatus.REPLACED).order_by("pk"):
        (approved if row.status == TargetStatus.APPROVED else under_way)[row.indicator_id] = row
    return [UnitFigure(one, approved.get(one.pk), under_way.get(one.pk)) for one in indicators]


def figures_for_table(figures: list[UnitFigure]) -> Mapping[int, tuple[Decimal, str]]:
    """Figure and note by indicator, for a workbook."""
    return {
        each.indicator.pk: (each.shown.value, each.shown.note) for each in figures if each.shown is not None
    }


def entries_seen(viewer: Viewer, status: str = "") -> QuerySet[TargetEntry]:
    """The figures of a person's area, newest first; an unknown status asks for all."""
    rows: QuerySet[TargetEntry] = (
        TargetEntry.objects.visible_to(viewer).select_related("indicator").order_by("-year", "-pk")
    )
    return rows.filter(status=status) if status in TargetStatus.values else rows


def entry_counts(viewer: Viewer) -> dict[str, int]:
    """How many figures of a person's area are in each state; one statement."""
    rows = TargetEntry.objects.visible_to(viewer).order_by().values_list("status")
    return dict(rows.annotate(n=Count("pk")))
