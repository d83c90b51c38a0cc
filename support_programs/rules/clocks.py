"""The clock of a case that waits for the citizen: it stands still, and runs on for the working days that were left."""

import datetime as dt
from dataclasses import dataclass

from core.working_days import Calendar


@dataclass(frozen=True, slots=True)
class StoppedClock:
    """What was left of a step when its clock was stopped.

    `days_left` are working days: 0 on the due day itself, negative when it was late already (-1 too on the days off right after
    the due day), None where the step has no limit. `due_before` is the day on which it would have been due.
    """

    days_left: int | None
    due_before: dt.date | None


def stop_clock(calendar: Calendar, *, due_on: dt.date | None, on: dt.date) -> StoppedClock:
    """The clock of a step that is due on a day, stopped on another."""
    if due_on is None:
        return StoppedClock(None, None)
    left = calendar.working_days_between(on, due_on)
    return StoppedClock(min(left, -1) if due_on < on else left, due_on)


def due_after(calendar: Calendar, clock: StoppedClock, *, answered_on: dt.date) -> dt.date | None:
    """The due day of a clock that runs on from the day of the answer; None where the step has no limit.

    The day of the answer itself is not counted, days off never are. What was late stays late: it keeps its old due day.
    """
    if clock.days_left is None:
        return None
    if clock.days_left < 0:
        return clock.due_before
    return calendar.add_working_days(answered_on, clock.days_left)
