"""The last day on which a dossier may be filed, where it falls on a day off."""

import datetime as dt
from dataclasses import dataclass

from core.working_days import Calendar


@dataclass(frozen=True, slots=True)
class FilingDeadline:
    """`day` as the law writes it, and `ends_on`, the working day on which the term really ends (Bộ luật Dân sự, Điều 148).

    That a deadline moves is a default until the department answers: until then pages warn.
    """

    day: dt.date
    ends_on: dt.date
    is_weekend: bool

    @property
    def is_moved(self) -> bool:
        """Whether the day itself is a day off."""
        return self.ends_on != self.day

    def is_over(self, on: dt.date) -> bool:
        return on > self.ends_on


def filing_deadline(apply_by: dt.date, calendar: Calendar) -> FilingDeadline:
    """The deadline by the calendar of working days."""
    is_weekend = apply_by.weekday() >= 5 and apply_by not in calendar.days_off
    return FilingDeadline(apply_by, calendar.on_or_after(apply_by), is_weekend)
