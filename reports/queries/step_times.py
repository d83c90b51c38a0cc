"""How long the steps of lists take, in working days."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from core.queries.calendar import working_calendar
from core.querysets import Viewer, area_filter
from support_programs.models import CaseListStep

MEDIAN: Final = 50
NINETY: Final = 90


@dataclass(slots=True)
class StepTimes:
    """The passes of lists through a step at one unit: those that ended in the period by their working days; those that run.

    A pass without a limit can't be late; it counts as in time.
    """

    ended: Counter[int] = field(default_factory=Counter)
    in_time: int = 0
    running: int = 0
    running_late: int = 0

    @property
    def count(self) -> int:
        return self.ended.total()

    @property
    def late(self) -> int:
        return self.count - self.in_time

    def __add__(self, other: "StepTimes") -> "StepTimes":
        return StepTimes(
            self.ended + other.ended,
            self.in_time + other.in_time,
            self.running + other.running,
            self.running_late + other.running_late,
        )


Key = tuple[str, str]


def step_times(
    viewer: Viewer,
    area_code: str,
    width: int,
    first: dt.date,
    last: dt.date,
    programmes: tuple[str, ...] = (),
) -> dict[Key, StepTimes]:
    """By (step, unit of the list): passes that ended in a period, and those that had begun and not ended on its last day.

    Two statements; a pass takes the working days from its beginning to its end, 0 when both are one day.
    """
    rows: QuerySet[CaseListStep] = CaseListStep.objects.visible_to(viewer).filter(area_filter(area_code))
    if programmes:
        rows = rows.filter(case_list__programme__in=programmes)
    unit = Substr("area_code", 1, width)
    calendar, found = working_calendar(), defaultdict[Key, StepTimes](StepTimes)
    ended = rows.filter(finished_on__gte=first, finished_on__lte=last).order_by().annotate(unit=unit)
    for step, code, began, due, finished, count in ended.values_list(
        "step", "unit", "started_on", "due_on", "finished_on"
    ).annotate(n=Count("pk")):
        times = found[step, code]
        times.ended[max(calendar.working_days_between(began, finished), 0)] += count
        times.in_time += count if due is None or finished <= due else 0
    is_running = Q(finished_on__isnull=True) | Q(finished_on__gt=last)
    running = rows.filter(is_running, started_on__lte=last).order_by().annotate(unit=unit)
    for step, code, count, late in running.values_list("step", "unit").annotate(
        n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=last))
    ):
        times = found[step, code]
        times.running, times.running_late = count, late
    return dict(found)


def quantile(days: Mapping[int, int], percent: int) -> int | None:
    """The number of days within which this part of all was done (50: the median, 90: P90); None of nobody.

    It is a number of days that somebody really had, the smallest that reaches the part.
    """
    total = sum(days.values())
    place, reached = -(-total * percent // 100), 0
    for day in sorted(days):
        reached += days[day]
        if reached >= place:
            return day
    return None
