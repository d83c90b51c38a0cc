"""Birth dates as lists write them: dd/mm/yyyy in all its forms, the year alone, real dates, Excel's day numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from beneficiaries.rules.findings import NONE, Finding, Findings

FIELD: Final = "dob"
OLDEST_YEAR: Final = 1900

_PLAIN: Final = re.compile(r"(\d\d)/(\d\d)/(\d{4})")
_LOOSE: Final = re.compile(
    r"(?:ngày|sinh|ngay)?\s*:?\s*(\d{1,2})\s*(?:[/\-.,\\|]|tháng|thang|\s)\s*(\d{1,2})\s*(?:[/\-.,\\|]|năm|nam|\s)\s*(\d{4}|\d{2})\.?",
    re.IGNORECASE,
)
_RUN: Final = re.compile(r"(\d{1,2})(\d\d)(\d{4})")
_ISO: Final = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_MIDNIGHT: Final = re.compile(r"(?<=\d)[ T]+(?:00?|12):00(?::00)?(?:\.0+)?(?: ?[AaSs][Mm]?)?$")
_ENGLISH: Final = re.compile(
    r"(?P<day>\d{1,2})[\s\-/.]+(?P<month>[a-z]{3,9})[\s\-/.,]+(?P<year>\d{4}|\d\d)"
    r"|(?P<month2>[a-z]{3,9})[\s\-/.]+(?P<day2>\d{1,2})[\s\-/.,]+(?P<year2>\d{4})",
    re.IGNORECASE,
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NO_DAY: Final = re.compile(r"(?:(?:[?.…_\-x]|xx|\.\.+|…)\s*/\s*){2}(\d{4})", re.IGNORECASE)
_DOUBTFUL_YEAR: Final = re.compile(r"\D*((?:19|20)\d\d)\D*")
_YEAR: Final = re.compile(
    r"(?:năm sinh|năm|nam|sn|ns|sinh)?\s*[.:]?[\s/\-._]*(\d{4})(?:\.0+)?", re.IGNORECASE
)
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})\s*[/\-.]\s*(\d{4})")
_TWO_FIRST: Final = re.compile(r"\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*\d{2,4}")
_EPOCH: Final = dt.date(1899, 12, 30)


def read_birth(cell: object, on: dt.date, year_hint: int = 0) -> tuple[str, Findings]:
    """The birth date in a cell as "YYYY-MM-DD", or "YYYY" where only the year is known, or "" with DOB_MISSING, DOB_INVALID.

    `on` is the day of the list: a later birth is impossible, and a year of two digits is the latest one that is not.
    `year_hint`, the year that the identity number tells, decides the century of two digits if it agrees with them.
    """
    if isinstance(cell, str):
        plain = _PLAIN.fullmatch(cell)
        if plain and plain[2] != "00":
            return _checked(int(plain[1]), int(plain[2]), int(plain[3]), cell, on, NONE)
        return _read_text(cell, on, year_hint)
    if cell is None or isinstance(cell, bool):
        return "", (Finding("DOB_MISSING", FIELD),)
    if isinstance(cell, dt.datetime | dt.date):
        return _checked(cell.day, cell.month, cell.year, f"{cell:%d/%m/%Y}", on, NONE)
    if isinstance(cell, int | float) and float(cell).is_integer():
        return _read_number(int(cell), on, year_hint)
    return "", (Finding("DOB_INVALID", FIELD, str(cell)),)


def _read_number(number: int, on: dt.date, year_hint: int) -> tuple[str, Findings]:
    if OLDEST_YEAR <= number <= on.year:
        return str(number), (Finding("DOB_YEAR_ONLY", FIELD, str(number)),)
    if 3_654 < number < 60_000:  # Excel's number of a day, from 1910 on
        day = _EPOCH + dt.timedelta(days=number)
        return _checked(
            day.day, day.month, day.year, str(number), on, (Finding("DOB_OTHER_FORMAT", FIELD, str(number)),)
        )
    text = str(number)
    return _read_text(text.zfill(8) if len(text) == 7 else text, on, year_hint)


@lru_cache(maxsize=16_384)
def _read_text(raw: str, on: dt.date, year_hint: int) -> tuple[str, Findings]:
    text = _MIDNIGHT.sub("", " ".join(raw.split()).strip("'’ "))
    if not text or not any(letter.isalnum() for letter in text):
        return "", (Finding("DOB_MISSING", FIELD, text),)
    plain = _LOOSE.fullmatch(text) or _RUN.fullmatch(text)
    if plain:
        return _read_parts(plain, raw, on, year_hint)
    iso = _ISO.fullmatch(text)
    if iso:
        return _checked(
            int(iso[3]), int(iso[2]), int(iso[1]), raw, on, (Finding("DOB_OTHER_FORMAT", FIELD, raw),)
        )
    year_only = _YEAR.fullmatch(text) or _NO_DAY.fullmatch(text)
    if year_only:
        return _year_only(int(year_only[1]), raw, on)
    month_year = _MONTH_YEAR.fullmatch(text)
    if month_year and 0 <= int(month_year[1]) <= 12:
        return _year_only(int(month_year[2]), raw, on)
    if text.isdigit() and len(text) == 5 and 3_654 < int(text) < 60_000:
        return _read_number(int(text), on, year_hint)
    english = _ENGLISH.fullmatch(text)
    if english and (month := (english["month"] or english["month2"])[:3].lower()) in _MONTHS:
        year = int(english["year"] or english["year2"])
        year = _full_year(year, on, year_hint) if year < 100 else year
        day = int(english["day"] or english["day2"])
        written = (Finding("DOB_OTHER_FORMAT", FIELD, raw),)
        return _checked(day, _MONTHS.index(month) + 1, year, raw, on, written)
    doubtful = _DOUBTFUL_YEAR.fullmatch(text)
    return "", (Finding("DOB_INVALID", FIELD, text, suggestion=doubtful[1] if doubtful else ""),)


def _read_parts(parts: re.Match[str], raw: str, on: dt.date, year_hint: int) -> tuple[str, Findings]:
    """Day, month and year, of two or four digits; eight digits in one run may also be yyyymmdd."""
    day, month, year = int(parts[1]), int(parts[2]), int(parts[3])
    if len(parts[3]) == 2:
        year = _full_year(year, on, year_hint)
    if day == month == 0:
        return _year_only(year, raw, on)
    run = parts.group()
    if len(run) == 8 and run.isdigit() and not _exists(year, month, day):
        turned = int(run[:4]), int(run[4:6]), int(run[6:])
        if _exists(*turned) and turned[0] >= OLDEST_YEAR:
            year, month, day = turned
    return _checked(day, month, year, raw, on, (Finding("DOB_OTHER_FORMAT", FIELD, raw),))


def _full_year(two_digits: int, on: dt.date, year_hint: int) -> int:
    if year_hint and year_hint % 100 == two_digits:
        return year_hint
    return 2000 + two_digits if 2000 + two_digits <= on.year else 1900 + two_digits


def _year_only(year: int, found: str, on: dt.date) -> tuple[str, Findings]:
    if OLDEST_YEAR <= year <= on.year:
        return str(year), (Finding("DOB_YEAR_ONLY", FIELD, found),)
    return "", (Finding("DOB_INVALID", FIELD, found),)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _checked(
    day: int, month: int, year: int, found: str, on: dt.date, findings: Findings
) -> tuple[str, Findings]:
    try:
        born = dt.date(year, month, day)
    except ValueError:
        turned = f"{month:02d}/{day:02d}/{year}" if _exists(year, day, month) else ""
        return "", (Finding("DOB_INVALID", FIELD, found, suggestion=turned),)
    if year < OLDEST_YEAR or born > on:
        return "", (Finding("DOB_INVALID", FIELD, found),)
    return born.isoformat(), findings


def turned(birth: str) -> str:
    """The other date that the same figures make when day and month change places; "" when there is none."""
    year, month, day = birth[:4], birth[5:7], birth[8:]
    return f"{year}-{day}-{month}" if day and day <= "12" and day != month else ""


def are_month_first(cells: Iterable[object]) -> bool:
    """True when a column of dates seems to be written, or to have been taken by Excel, as month/day/year.

    Either its plain cases are so (03/25/1985), or Excel made dates of all that had a day up to 12 and left the rest as text.
    """
    month_first = day_first = open_text = low = high = 0
    for cell in cells:
        if isinstance(cell, str):
            found = _TWO_FIRST.match(cell)
            if found:
                first, second = int(found[1]), int(found[2])
                month_first += first <= 12 < second <= 31
                day_first += second <= 12 < first <= 31
                open_text += first <= 12 and second <= 12
        elif isinstance(cell, dt.date):
            low += cell.day <= 12
            high += cell.day > 12
    return (month_first >= 2 and month_first > day_first) or (
        low >= 5 and day_first >= 2 and not high and not open_text
    )


def age_on(birth: str, on: dt.date) -> int | None:
    """Full years on that day; of a year alone, the years that the calendar year gives; None when the birth is unknown."""
    if len(birth) == 4:
        return on.year - int(birth)
    if not birth:
        return None
    year, month, day = int(birth[:4]), int(birth[5:7]), int(birth[8:])
    return on.year - year - ((on.month, on.day) < (month, day))


def read_day(cell: object, on: dt.date) -> str:
    """A date that is only noted (issued on): ISO, a year, or "" when it can't be read; never a finding."""
    if cell is None or cell == "":
        return ""
    return read_birth(cell, on)[0]
