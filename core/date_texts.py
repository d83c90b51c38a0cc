"""Dates as Vietnamese papers write them, and what of a date can be found in typed text; pure, for rules too.

Typed dates are always day, month, year: 05/09 is the fifth of September. Nothing is guessed beyond the century of a
two-digit year, which is the latest one that doesn't lie after the day given by the caller.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

_WEEKDAYS: Final = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

_DAY_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[\s/.\-]+(\d{1,2})[\s/.\-]+(\d{4}|\d{2})")
_YEAR_MONTH_DAY: Final = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_EIGHT_DIGITS: Final = re.compile(r"(\d{2})(\d{2})(\d{4})")
_IN_WORDS: Final = re.compile(
    r"(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*(?:năm|,)?\s*(\d{4}|\d{2})", re.IGNORECASE
)
_MONTH_YEAR: Final = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*(?:[/.\-]|năm)\s*(\d{4})", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:năm\s*)?(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which month or day may be unknown, as for elderly people who have only a year of birth."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def is_complete(self) -> bool:
        return self.month is not None and self.day is not None

    @property
    def date(self) -> dt.date | None:
        """The date, when day and month are known."""
        if self.month is None or self.day is None:
            return None
        return dt.date(self.year, self.month, self.day)

    @property
    def first(self) -> dt.date:
        """The earliest day that it can be."""
        return dt.date(
            self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day
        )

    @property
    def last(self) -> dt.date:
        """The latest day that it can be."""
        month = 12 if self.month is None else self.month
        return dt.date(
            self.year, month, self.day if self.day is not None else calendar.monthrange(self.year, month)[1]
        )

    def __str__(self) -> str:
        parts = [f"{part:02d}" for part in (self.day, self.month) if part is not None]
        return "/".join([*parts, str(self.year)])


# --- writing --------------------------------------------------------------------------------------------------------


def format_date(day: dt.date) -> str:
    """04/10/2021."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_long_date(day: dt.date) -> str:
    """The date line of an official paper: "ngày 04 tháng 10 năm 2021".

    Days under 10 and the months 1 and 2 get a leading zero, other months none (NĐ 30/2020/NĐ-CP, Phụ lục I).
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def weekday_name(day: dt.date) -> str:
    """Thứ Hai ... Thứ Bảy, Chủ nhật."""
    return _WEEKDAYS[day.weekday()]


def format_weekday_date(day: dt.date) -> str:
    """Thứ Hai, 04/10/2021."""
    return f"{weekday_name(day)}, {format_date(day)}"


def format_moment(moment: dt.datetime) -> str:
    """14:05 ngày 04/10/2021, in the time zone that the moment already has."""
    return f"{moment.hour:02d}:{moment.minute:02d} ngày {format_date(moment.date())}"


def format_period(first: dt.date, last: dt.date) -> str:
    """The period of a report: "Từ ngày 01/09/2021 đến ngày 27/09/2021", or "Ngày 27/09/2021" for one day."""
    if first == last:
        return f"Ngày {format_date(first)}"
    return f"Từ ngày {format_date(first)} đến ngày {format_date(last)}"


# --- reading --------------------------------------------------------------------------------------------------------


def _full_year(typed: str, latest: dt.date) -> int:
    if len(typed) == 4:
        return int(typed)
    year = latest.year - latest.year % 100 + int(typed)
    return year if year <= latest.year else year - 100


def find_parts(text: str, latest: dt.date) -> PartialDate | None:
    """Day, month and year as they were typed, whether or not there is such a day; None where no date was found."""
    for pattern in (_DAY_MONTH_YEAR, _EIGHT_DIGITS, _IN_WORDS):
        if match := pattern.fullmatch(text):
            return PartialDate(_full_year(match[3], latest), int(match[2]), int(match[1]))
    if match := _YEAR_MONTH_DAY.fullmatch(text):
        return PartialDate(int(match[1]), int(match[2]), int(match[3]))
    if match := _MONTH_YEAR.fullmatch(text):
        return PartialDate(int(match[2]), int(match[1]))
    if match := _YEAR.fullmatch(text):
        return PartialDate(int(match[1]))
    return None


def find_day(text: str, latest: dt.date) -> dt.date | None:
    """The day that was typed; None where there is none, or no such day."""
    parts = find_parts(" ".join(text.split()), latest)
    try:
        return parts.date if parts else None
    except ValueError:
        return None
