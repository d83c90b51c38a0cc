"""Working days of State offices: Monday to Friday, without public holidays, with the Saturdays worked in exchange.

Pure: a calendar is given its days and never asks the clock. The days themselves are data that the administrator edits; the
file in `core/data` fills them the first time. A term counts from the working day after the receipt of a complete dossier.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ONE_DAY: Final = dt.timedelta(days=1)
OFFICE_CLOSES: Final = dt.time(17, 0)
_SATURDAY: Final = 5
_LONGEST_BREAK: Final = 366
SHIPPED_DAYS: Final = Path(__file__).parent / "data" / "holidays_vn_2021_2022.csv"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One exception to Monday-to-Friday: a day off, or a weekend day worked in exchange (`is_working`)."""

    date: dt.date
    name: str
    is_working: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a term stands still, first and last included (a dossier sent back for completion)."""

    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked. `days_off` and `days_on` are the exceptions to Monday to Friday; a day in both is worked."""

    days_off: frozenset[dt.date] = field(default_factory=frozenset)
    days_on: frozenset[dt.date] = field(default_factory=frozenset)

    @classmethod
    def of(cls, days: Iterable[CalendarDay]) -> "Calendar":
        """The calendar of these exceptions."""
        known = list(days)
        return cls(
            days_off=frozenset(day.date for day in known if not day.is_working),
            days_on=frozenset(day.date for day in known if day.is_working),
        )

    def is_working_day(self, day: dt.date) -> bool:
        """Do State offices work on this day?"""
        if day in self.days_on:
            return True
        return day.weekday() < _SATURDAY and day not in self.days_off

    def covers(self, year: int) -> bool:
        """Have the holidays of this year been entered? If not, due dates in it may be too early: pages say so."""
        return any(day.year == year for day in self.days_off)

    def next_working_day(self, day: dt.date) -> dt.date:
        """The first working day after this one."""
        return self._first_working_day(day + ONE_DAY)

    def on_or_after(self, day: dt.date) -> dt.date:
        """This day if it is worked, else the next that is: where a term ends on a day off (Bộ luật Dân sự, Điều 148)."""
        return self._first_working_day(day)

    def received_on(self, arrived: dt.datetime, closes: dt.time = OFFICE_CLOSES) -> dt.date:
        """The day on which something counts as received: the next working day when it came on a day off or after hours.

        `arrived` is local time in Vietnam; the closing minute itself still counts.
        """
        day = arrived.date()
        if self.is_working_day(day) and arrived.time().replace(second=0, microsecond=0) <= closes:
            return day
        return self.next_working_day(day)

    def add_working_days(self, start: dt.date, count: int, pauses: Sequence[Pause] = ()) -> dt.date:
        """The last day of a term of `count` working days; the day `start` itself is not counted.

        Friday 27/08/2021 and two days give Tuesday 31/08. With 0 it is the start, or the next working day after a start on a
        day off. Days inside a pause don't count. ValueError for a negative count.
        """
        if count < 0:
            raise ValueError(f"a term has no negative length: {count}")
        if count == 0:
            return self.on_or_after(start)
        day = start
        while count:
            day = self._first_working_day(day + ONE_DAY)
            if not any(day in pause for pause in pauses):
                count -= 1
        return day

    def working_days_between(self, start: dt.date, end: dt.date, pauses: Sequence[Pause] = ()) -> int:
        """How many working days lie after `start`, up to and including `end`; negative when `end` comes first.

        The opposite of `add_working_days`: from a due date to today it is the number of working days of lateness.
        """
        if end < start:
            return -self.working_days_between(end, start, pauses)
        days = (start + ONE_DAY * ahead for ahead in range(1, (end - start).days + 1))
        return sum(
            1 for day in days if self.is_working_day(day) and not any(day in pause for pause in pauses)
        )

    def _first_working_day(self, day: dt.date) -> dt.date:
        for ahead in range(_LONGEST_BREAK):
            candidate = day + ONE_DAY * ahead
            if self.is_working_day(candidate):
                return candidate
        raise ValueError(f"the calendar has no working day in the year after {day}")


def read_calendar_days(path: Path = SHIPPED_DAYS) -> list[CalendarDay]:
    """Read a calendar file (columns `date`, `name_vi`, `kind`); ValueError names the file and line that can't be read."""
    days: list[CalendarDay] = []
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            try:
                is_working = {"holiday": False, "working": True}[row["kind"]]
                days.append(CalendarDay(dt.date.fromisoformat(row["date"]), row["name_vi"], is_working))
            except (KeyError, ValueError, TypeError) as error:
                raise ValueError(
                    f"{path.name}, line {line}: date, name_vi, kind (holiday or working) expected"
                ) from error
    return days
