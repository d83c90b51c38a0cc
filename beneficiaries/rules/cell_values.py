"""Cells of further columns: yes or no, one of several choices, whole numbers, months and the days of an event.

Each reader gives the value or raises Unreadable; blank cells are not its business (`is_empty`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from beneficiaries.rules.amounts import read_amount
from beneficiaries.rules.dates import read_birth
from core.text import search_key

# Two digits of a year up to this one are of this century; an event of 1950 is in no list.
_LATEST: Final = dt.date(2049, 12, 31)
# the last two are what a tick of the font Wingdings is underneath
_TICKS: Final = frozenset("✓✔√☑☒✗✘üþ")
_YES: Final = frozenset({"x", "v", "co", "1", "true", "dung", "yes"})
_NO: Final = frozenset({"khong", "ko", "k", "0", "false", "sai", "no", "chua"})
_NEGATION: Final = frozenset({"khong", "chua", "ngoai", "ko"})
_FEWEST_LETTERS: Final = 3
_MONTH: Final = re.compile(
    r"(?:tháng|thang|t)?\s*(\d{1,2})\s*(?:[/\-.,]|năm|nam|\s)\s*(?:năm|nam)?\s*(\d{4})", re.IGNORECASE
)
_ISO_MONTH: Final = re.compile(r"(\d{4})\s*[/\-.]\s*(\d{1,2})")
_WHOLE: Final = re.compile(r"[^\d\-/%]*?(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,]0+)?[^\d\-/%]*")
_MOST_DIGITS: Final = 15


class Unreadable(ValueError):
    """The cell holds something else; `suggestion` is what it may have meant, "" when nobody should guess."""

    def __init__(self, suggestion: str = "") -> None:
        super().__init__(suggestion)
        self.suggestion = suggestion


def is_empty(cell: object) -> bool:
    """True for a blank cell and for one with only dashes, dots or the like."""
    if cell is None:
        return True
    return isinstance(cell, str) and not any(sign.isalnum() or sign in _TICKS for sign in cell)


def read_event_day(cell: object) -> str:
    """A day as "YYYY-MM-DD"; a year or a month alone is none. A day and month that exist only turned are suggested turned."""
    value, findings = read_birth(cell, _LATEST)
    if len(value) != 10:
        turned = next((found.suggestion for found in findings if "/" in found.suggestion), "")
        raise Unreadable(turned)
    return value


def read_month(cell: object) -> str:
    """A month as "YYYY-MM": 4/2021, tháng 4 năm 2021, 2021-04, or any day of it."""
    if isinstance(cell, dt.date):
        return f"{cell:%Y-%m}"
    text = " ".join(str(cell).split()).strip("'’ ")
    found, iso = _MONTH.fullmatch(text), _ISO_MONTH.fullmatch(text)
    month, year = (int(found[1]), int(found[2])) if found else (int(iso[2]), int(iso[1])) if iso else (0, 0)
    if 1 <= month <= 12 and 1900 <= year <= _LATEST.year:
        return f"{year}-{month:02d}"
    return read_event_day(cell)[:7]


def read_whole(cell: object) -> int:
    """A whole number, with what stands around it left out ("02 con", "3 tháng"); "không" is 0. Never a part of one."""
    if isinstance(cell, bool):
        raise Unreadable
    if isinstance(cell, int):
        return cell
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 10**_MOST_DIGITS:
            return int(cell)
        raise Unreadable
    if search_key(str(cell)) in _NO:
        return 0
    found = _WHOLE.fullmatch(str(cell).strip())
    if not found or len(found[1]) > _MOST_DIGITS:
        raise Unreadable
    return int(re.sub(r"\D", "", found[1]))


def read_percent(cell: object) -> int:
    """A whole share of a hundred: 61, "61%", "61 %", or the 0.61 that Excel keeps of 61%."""
    if isinstance(cell, float) and 0 < cell <= 1 and (cell * 100).is_integer():
        return int(cell * 100)
    return read_whole(cell.strip().removesuffix("%") if isinstance(cell, str) else cell)


def read_money(cell: object, unit: int = 1) -> int:
    """Whole đồng; `unit` is what the header counts in."""
    amount, _findings = read_amount(cell, unit=unit)
    if amount is None:
        raise Unreadable
    return amount


def read_flag(cell: object, label: str = "") -> bool:
    """A tick, x, có, 1 are yes, 0 and không are no; so is what begins with them, and the words of the label are yes."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, str) and _TICKS & set(cell):
        return True
    key = search_key(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell))
    if key in _YES or key in _NO:
        return key in _YES
    first = key.split(" ")[0]
    if first in ("co", "khong"):
        return first == "co"
    if " " in key and _holds(search_key(label), key):
        return True
    raise Unreadable


def read_choice(cell: object, choices: Sequence[tuple[str, str]]) -> str:
    """The code of the choice that the cell names: by its code, its label without marks, or words that only one label shares.

    A word of two letters ("vợ", "mẹ") has to begin the label. A label inside a longer text counts, the longest wins; behind
    "không", "chưa", "ngoài" that the label lacks it does not.
    """
    text = str(cell).strip()
    key = search_key(text)
    for code, label in choices:
        if text.lower() == code.lower() or key == search_key(label):
            return code
    labels = [(code, search_key(label)) for code, label in choices]
    inside = [(code, label) for code, label in labels if label and _holds(key, label)]
    if inside:
        longest = max(len(label) for _code, label in inside)
        best = [(code, label) for code, label in inside if len(label) == longest]
        words = set(key.split())
        if len(best) == 1 and not _NEGATION & words - set(best[0][1].split()):
            return best[0][0]
        raise Unreadable
    around = [code for code, label in labels if _is_part(key, label)]
    if len(around) == 1:
        return around[0]
    raise Unreadable


def _is_part(key: str, label: str) -> bool:
    """Two letters are too few to be looked for in the middle of a label."""
    return _holds(label, key) if len(key) >= _FEWEST_LETTERS else len(key) > 1 and label.startswith(f"{key} ")


def _holds(text: str, words: str) -> bool:
    return f" {words} " in f" {text} "
