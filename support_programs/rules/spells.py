"""Spells of days: clipped to a window, counted with both ends, without the days that are taken already."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

Span = tuple[dt.date, dt.date]
_DAY: Final = dt.timedelta(1)


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which a rule counts, both ends included."""

    first: dt.date
    last: dt.date

    def clip(self, start: dt.date, end: dt.date) -> Span | None:
        """The part of a spell inside the window; None where there is none, also for an end before the start."""
        first, last = max(start, self.first), min(end, self.last)
        return (first, last) if first <= last else None

    def days(self, start: dt.date, end: dt.date) -> int:
        """Days of a spell that count: never more than the window has, 0 for an end before the start."""
        span = self.clip(start, end)
        return length(span) if span else 0

    def most(self, start: dt.date) -> int:
        """The most days that a spell with this start can still have inside the window."""
        return self.days(start, self.last)


def length(span: Span) -> int:
    return (span[1] - span[0]).days + 1


def without(span: Span | None, taken: Iterable[Span]) -> tuple[Span, ...]:
    """The parts of a span that no taken span covers, in order. A taken span with its end before its start takes nothing."""
    if span is None:
        return ()
    free: list[Span] = []
    start, end = span
    for first, last in sorted(each for each in taken if each[0] <= each[1]):
        if last < start:
            continue
        if first > end:
            break
        if start < first:
            free.append((start, first - _DAY))
        if last >= end:
            return tuple(free)
        start = last + _DAY
    return (*free, (start, end))


def total(spans: Iterable[Span]) -> int:
    return sum(length(span) for span in spans)


def read_spans(stored: Iterable[Iterable[str | dt.date]]) -> tuple[Span, ...]:
    """Spans as the register gives them: pairs of days, also as ISO text."""
    return tuple((_day(first), _day(last)) for first, last in stored)


def _day(day: str | dt.date) -> dt.date:
    return dt.date.fromisoformat(day) if isinstance(day, str) else day
