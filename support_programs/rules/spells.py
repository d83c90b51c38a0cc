"""Spells of days: clipped to a window, counted with both ends, without the days that are taken already."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[dt.date, dt.date]


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
    """The parts of a span that no taken span covers, in order."""
    free = [span] if span else []
    for first, last in sorted(taken):
        free = (
            [
                piece
                for start, end in free
                for piece in (
                    (start, min(end, first - dt.timedelta(1))),
                    (max(start, last + dt.timedelta(1)), end),
                )
                if piece[0] <= piece[1]
            ]
            if first <= last
            else free
        )
    return tuple(_merged(free))


def _merged(spans: list[Span]) -> list[Span]:
    # a taken span outside a piece gives that piece twice or once: keep each day once
    kept: list[Span] = []
    for start, end in sorted(set(spans)):
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], end))
        else:
            kept.append((start, end))
    return kept


def total(spans: Iterable[Span]) -> int:
    return sum(length(span) for span in spans)


def read_spans(stored: Iterable[Iterable[str | dt.date]]) -> tuple[Span, ...]:
    """Spans as the register gives them: pairs of days, also as ISO text."""
    spans = []
    for first, last in stored:
        spans.append(
            tuple(dt.date.fromisoformat(day) if isinstance(day, str) else day for day in (first, last))
        )
    return tuple((first, last) for first, last in spans)
