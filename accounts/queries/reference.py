"""Reference data as the administrator's pages show it: the calendar, the units with their successors, background jobs."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db.models import Prefetch, Q

from accounts.enums import AreaLevel
from accounts.models import AdministrativeUnit, Succession
from core import clock
from core.enums import JobState
from core.models import CalendarDay, Job
from core.text import search_key

MOST_JOBS: Final = 200


@dataclass(frozen=True, slots=True)
class SuccessorRow:
    """A unit of 2025 that took over one of 2021, wholly or in part."""

    code: str
    name: str
    is_partial: bool


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One unit of the area on the business date."""

    code: str
    area_code: str
    name: str
    level: AreaLevel
    parent_name: str
    valid_from: dt.date
    valid_to: dt.date | None
    successors: tuple[SuccessorRow, ...]


def special_days(year: int) -> list[CalendarDay]:
    """The days of a year that differ from the ordinary week, in order; entries that were taken back are left out."""
    entries = CalendarDay.objects.filter(day__year=year).order_by("day")
    return [entry for entry in entries if entry.is_working == (entry.day.weekday() >= 5)]


def calendar_years() -> list[int]:
    """The years of the calendar, and this one and the next."""
    known = {day.year for day in CalendarDay.objects.dates("day", "year")}
    this_year = clock.today().year
    return sorted(known | {this_year, this_year + 1})


def areas_of(area_code: str, *, within: str = "", text: str = "") -> list[AreaRow]:
    """The units of an area on the business date with what became of them, in the order of their codes; two queries."""
    successions = Succession.objects.select_related("successor").order_by("successor__sort_key")
    units = (
        AdministrativeUnit.objects.within(area_code)
        .filter(Q(area_code__startswith=within))
        .valid_on(clock.today())
        .select_related("parent")
        .prefetch_related(Prefetch("successions", successions))
    )
    key = search_key(text)
    return [_area_row(unit) for unit in units if key in unit.search_key or text.strip() == unit.code]


def troubled_jobs(area_code: str) -> list[Job]:
    """Jobs that wait, run or failed, newest first; what they work on is not read."""
    states = (*JobState.unfinished(), JobState.FAILED)
    jobs = Job.objects.in_area(area_code).filter(state__in=states).order_by("-pk")
    return list(jobs.defer("params", "result", "error_text", "progress_text")[:MOST_JOBS])


def _area_row(unit: AdministrativeUnit) -> AreaRow:
    return AreaRow(
        code=unit.code,
        area_code=unit.area_code,
        name=unit.name,
        level=AreaLevel(unit.level),
        parent_name=unit.parent.name if unit.parent else "",
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        successors=tuple(
            SuccessorRow(row.successor.code, row.successor.name, row.is_partial)
            for row in unit.successions.all()
        ),
    )
