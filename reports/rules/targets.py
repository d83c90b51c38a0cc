"""Periods of the year, typed figures, and how a figure compares with its plan. Figures are decimals, shares are of 1."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

PERIODS_PER_YEAR: Final = {"month": 12, "quarter": 4, "half": 2, "year": 1}
# no paper says from when a figure is "a little" behind: the project's own choice, said so on the page
CLOSE_FROM: Final = Decimal("0.8")
LARGEST: Final = Decimal(10) ** 11
_GROUPED: Final = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_PLAIN: Final = re.compile(r"-?\d+(?:[.,]\d+)?")


def period_bounds(kind: str, year: int, number: int) -> tuple[dt.date, dt.date]:
    """First and last day of a period; KeyError for a kind that doesn't exist, ValueError for a number beyond the year's."""
    per_year = PERIODS_PER_YEAR[kind]
    if not 1 <= number <= per_year:
        raise ValueError(f"a year has no {kind} {number}")
    months = 12 // per_year
    last_month = number * months
    return (
        dt.date(year, last_month - months + 1, 1),
        dt.date(year, last_month, calendar.monthrange(year, last_month)[1]),
    )


def due_on(kind: str, year: int, number: int, days: int) -> dt.date:
    """The day by which a period is to be reported: so many calendar days after its end."""
    return period_bounds(kind, year, number)[1] + dt.timedelta(days=days)


def ended_periods(kind: str, year: int, on: dt.date) -> int:
    """How many periods of a year have ended before or on a day."""
    return sum(period_bounds(kind, year, number)[1] <= on for number in range(1, PERIODS_PER_YEAR[kind] + 1))


def last_ended(kind: str, on: dt.date) -> tuple[int, int]:
    """Year and number of the last period that has ended before a day: what is to be reported now."""
    ended = ended_periods(kind, on.year, on - dt.timedelta(days=1))
    return (on.year, ended) if ended else (on.year - 1, PERIODS_PER_YEAR[kind])


class WrongFigure(ValueError):
    """What was typed is no figure of this indicator; `code` says why: number, whole, decimals, low, high."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Bounds:
    """What figures of an indicator look like."""

    decimals: int
    lowest: Decimal | None = None
    highest: Decimal | None = None


def read_figure(typed: str | float, bounds: Bounds) -> Decimal:
    """A figure as people write it («1.234», «71,3»; a cell of a sheet is a number already). WrongFigure where it is none.

    «1.234» is a thousand and more, never one and some: so a point with three digits after it groups thousands.
    """
    value = _decimal_of(typed)
    if value != round(value, bounds.decimals):
        raise WrongFigure("whole" if bounds.decimals == 0 else "decimals")
    if bounds.lowest is not None and value < bounds.lowest:
        raise WrongFigure("low")
    if value > (LARGEST if bounds.highest is None else bounds.highest):
        raise WrongFigure("high")
    return round(value, bounds.decimals)


def _decimal_of(typed: str | float) -> Decimal:
    if isinstance(typed, bool):
        raise WrongFigure("number")
    if isinstance(typed, int | float):
        return Decimal(repr(typed)) if abs(typed) < LARGEST else _refuse()
    text = typed.strip().replace("\u00a0", "").replace(" ", "").replace("\u2212", "-").removesuffix("%")
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if len(text) <= 20 and text.isascii() and _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    raise WrongFigure("number")


def _refuse() -> Decimal:
    raise WrongFigure("high")


def format_figure(value: Decimal | None, decimals: int) -> str:
    """1234 gives "1.234", 71.30 gives "71,3"; nothing gives ""."""
    if value is None:
        return ""
    text = f"{value:,.{decimals}f}"
    if decimals:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def year_figure(values: dict[int, Decimal], adding: str) -> Decimal | None:
    """The year so far, from its periods: their sum, or the last one; None where there is none."""
    if not values:
        return None
    return sum(values.values(), Decimal(0)) if adding == "sum" else values[max(values)]


def share_of_plan(done: Decimal | None, plan: Decimal | None) -> Decimal | None:
    """Done of planned; None without either, or with a plan of nothing."""
    if done is None or not plan:
        return None
    return done / plan


def standing_of(
    direction: str, adding: str, plan: Decimal | None, done: Decimal | None, elapsed: Decimal
) -> str:
    """How a figure compares with its plan: a code of TargetStanding.

    `elapsed` is the part of the year (0 to 1) that the figure covers: what is added up is compared with that part of the plan,
    a rate with the whole. Of what should be less, a plan is a ceiling.
    """
    if plan is None:
        return "no_plan"
    if done is None:
        return "no_figure"
    expected = plan * elapsed if adding == "sum" else plan
    if direction == "less":
        return _below_ceiling(done, plan, expected, is_whole=adding == "last" or elapsed >= 1)
    if done >= plan:
        return "reached"
    if adding == "sum" and done >= expected:
        return "on_track"
    return "close" if done >= expected * CLOSE_FROM else "behind"


def _below_ceiling(done: Decimal, plan: Decimal, expected: Decimal, *, is_whole: bool) -> str:
    if done > plan:
        return "exceeded"
    if is_whole:
        return "reached"
    return "on_track" if done <= expected else "close"
