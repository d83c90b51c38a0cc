"""Until when an office says that it takes a grievance up, and until when it answers; the terms are data."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from core.working_days import Calendar

SHIPPED: Final = Path(__file__).resolve().parents[1] / "data" / "grievance_clocks.toml"
ACCEPT: Final = "accept"
ANSWER: Final = "answer"
DAYS: Final = "days"
WORKING_DAYS: Final = "working_days"


@dataclass(frozen=True, slots=True)
class Term:
    """How long one step of one kind lasts, where the figure stands, and what of it nobody has checked ("" = checked)."""

    kind: str
    step: str
    limit: int
    unit: str
    basis: str
    verify: str

    def due_on(self, start: dt.date, calendar: Calendar) -> dt.date:
        """The last day of the term; the first day is not counted. Calendar days that end on a day off run to the next working
        day (Bộ luật Dân sự, Điều 148).
        """
        if self.unit == WORKING_DAYS:
            return calendar.add_working_days(start, self.limit)
        return calendar.on_or_after(start + dt.timedelta(days=self.limit))


def read_terms(text: str) -> dict[tuple[str, str], Term]:
    """The terms of a file by kind and step; ValueError names the entry that can't be read."""
    found: dict[tuple[str, str], Term] = {}
    for place, entry in enumerate(tomllib.loads(text).get("clock", []), start=1):
        term = Term(
            kind=str(entry.get("kind", "")),
            step=str(entry.get("step", "")),
            limit=int(entry.get("limit", 0)),
            unit=str(entry.get("unit", "")),
            basis=str(entry.get("basis", "")),
            verify="" if entry.get("verified") else str(entry.get("verify", "")),
        )
        is_readable = term.kind and term.step in (ACCEPT, ANSWER) and term.unit in (DAYS, WORKING_DAYS)
        if not is_readable or term.limit < 1 or (term.kind, term.step) in found:
            raise ValueError(f"clock {place}: kind, step, limit, unit expected, each pair once")
        if not entry.get("verified") and not term.verify:
            raise ValueError(f"clock {place}: says neither that it is verified nor what to verify")
        found[term.kind, term.step] = term
    return found


@lru_cache(maxsize=1)
def shipped_terms() -> dict[tuple[str, str], Term]:
    """The terms in use."""
    return read_terms(SHIPPED.read_text("utf-8"))


def term_of(kind: str, step: str) -> Term:
    """The term of one step of one kind; KeyError for a kind without."""
    return shipped_terms()[kind, step]
