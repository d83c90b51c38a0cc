"""Who has to report which figure by when, and what waits for whom."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.querysets import Viewer, area_filter
from core.workflow import Actor
from reports.enums.targets import TargetPeriod, TargetSource, TargetStatus
from reports.models import TargetEntry, TargetIndicator
from reports.permissions import approves_targets, enters_targets
from reports.queries.areas import Unit
from reports.rules.targets import PERIODS_PER_YEAR, due_on, last_ended, period_bounds
from support_programs.queries.queues import QueueRows


@dataclass(frozen=True, slots=True)
class DuePeriod:
    """A period that has ended and is to be reported by a day."""

    year: int
    number: int
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class MissingFigure:
    """A figure that a unit has not submitted; `status` is "" where nothing was typed yet."""

    unit: Unit
    indicator: TargetIndicator
    period: DuePeriod
    status: str
    is_late: bool


def due_periods(one: TargetIndicator, on: dt.date) -> list[DuePeriod]:
    """The periods of an indicator that ended before a day, from the first that is asked for."""
    found = []
    for year in range(one.reported_from.year, on.year + 1):
        for number in range(1, PERIODS_PER_YEAR[one.period] + 1):
            _first, end = period_bounds(one.period, year, number)
            if one.reported_from <= end < on:
                found.append(DuePeriod(year, number, due_on(one.period, year, number, one.due_days)))
    return found


def missing_figures(
    viewer: Viewer, area_code: str, units: Sequence[Unit], on: dt.date
) -> list[MissingFigure]:
    """What these units have not submitted of the periods that ended, late first, then by unit; two statements."""
    indicators = TargetIndicator.objects.filter(is_active=True, source=TargetSource.ENTERED)
    entries = TargetEntry.objects.visible_to(viewer).filter(area_filter(area_code))
    # of an approved figure and its correction under way the approved one counts: the unit has reported
    states: dict[tuple[int, str, int, int], str] = {}
    for row in entries.only("indicator_id", "area_code", "year", "period", "status"):
        place = (row.indicator_id, row.area_code, row.year, row.period)
        if states.get(place, "") not in TargetStatus.reported():
            states[place] = row.status
    missing = []
    for one in indicators:
        periods = due_periods(one, on)
        for unit in units:
            if not one.is_reported_by(unit.area_code):
                continue
            for period in periods:
                status = states.get((one.pk, unit.area_code, period.year, period.number), "")
                if status not in TargetStatus.reported():
                    missing.append(MissingFigure(unit, one, period, status, period.due_on < on))
    return sorted(missing, key=lambda row: (not row.is_late, row.unit.area_code, row.period.due_on))


def figures_to_report(area_code: str, on: dt.date) -> tuple[QuerySet[TargetIndicator], Q]:
    """The indicators of which a unit has not submitted the period that ended last, and which of them are late."""
    asked, late = Q(pk__isnull=True), Q(pk__isnull=True)
    for kind in TargetPeriod.values:
        year, number = last_ended(kind, on)
        reported = TargetEntry.objects.filter(
            indicator=OuterRef("pk"),
            area_code=area_code,
            year=year,
            period=number,
            status__in=TargetStatus.reported(),
        )
        end = period_bounds(kind, year, number)[1]
        asked |= Q(~Exists(reported), period=kind, reported_from__lte=end)
        late |= Q(period=kind, due_days__lt=(on - end).days)
    level = Q(of_province=True) if len(area_code) == 2 else Q(of_districts=True)
    rows = TargetIndicator.objects.filter(level, asked, is_active=True, source=TargetSource.ENTERED)
    return rows, late


def target_queues(actor: Actor) -> Iterator[QueueRows]:
    """The counters of who reports figures and of who approves them."""
    own = TargetEntry.objects.filter(area_code=actor.area_code)
    if enters_targets(actor):
        rows, late = figures_to_report(actor.area_code, clock.today())
        yield QueueRows(_("Chỉ tiêu chưa báo cáo"), reverse("reports:target_missing"), rows, hot=late)
        back = own.filter(status=TargetStatus.SENT_BACK)
        address = f"{reverse('reports:target_entries')}?status={TargetStatus.SENT_BACK}"
        yield QueueRows(_("Số liệu chỉ tiêu bị trả lại"), address, back, is_hot=True)
    if approves_targets(actor):
        waiting = own.filter(status=TargetStatus.SUBMITTED).exclude(
            Q(entered_by_id=actor.pk) | Q(submitted_by_id=actor.pk)
        )
        address = f"{reverse('reports:target_entries')}?status={TargetStatus.SUBMITTED}"
        yield QueueRows(_("Số liệu chỉ tiêu chờ duyệt"), address, waiting)
