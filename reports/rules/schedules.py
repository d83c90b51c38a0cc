"""When a report falls due and of which days it tells. Days and times are Vietnam's, which knows no summer time."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

DAILY: Final = "day"
WEEKLY: Final = "week"
MONTHLY: Final = "month"
_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often: each day, on a weekday (1 Monday to 7 Sunday), or on a day of the month; at a time of the day.

    A day that a month lacks is its last: the 31st falls due on 28 February and on 30 April.
    """

    every: str
    at: dt.time
    weekday: int = 1
    month_day: int = 1


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One report that falls due: its day, and the days that it tells of, both included."""

    due_on: dt.date
    first: dt.date
    last: dt.date


def is_due_on(rhythm: Rhythm, day: dt.date) -> bool:
    """Whether a report falls due on this day."""
    if rhythm.every == WEEKLY:
        return day.isoweekday() == rhythm.weekday
    if rhythm.every == MONTHLY:
        return day.day == min(rhythm.month_day, last_of_month(day).day)
    return True


def last_of_month(day: dt.date) -> dt.date:
    """The last day of the month that a day is in."""
    return (day.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY


def occurrence_on(rhythm: Rhythm, due_on: dt.date) -> Occurrence:
    """What is told on a day on which a report falls due: everything since the due day before, until the evening before this
    one. So no day is told twice, and none is left out.
    """
    before = due_on - _DAY
    while not is_due_on(rhythm, before):
        before -= _DAY
    return Occurrence(due_on, before, due_on - _DAY)


def occurrences(rhythm: Rhythm, counts_from: dt.date, moment: dt.datetime) -> Iterator[Occurrence]:
    """Everything that has fallen due from a day on until a moment (local, without zone), oldest first."""
    day = counts_from
    while dt.datetime.combine(day, rhythm.at) <= moment:
        if is_due_on(rhythm, day):
            yield occurrence_on(rhythm, day)
        day += _DAY


def next_due(rhythm: Rhythm, counts_from: dt.date, moment: dt.datetime) -> dt.datetime:
    """When the next report falls due after a moment."""
    day = max(counts_from, moment.date())
    while not is_due_on(rhythm, day) or dt.datetime.combine(day, rhythm.at) <= moment:
        day += _DAY
    return dt.datetime.combine(day, rhythm.at)
