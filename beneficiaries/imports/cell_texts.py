"""Cells and values as text, for clean values and for sentences."""

from __future__ import annotations

from functools import lru_cache

from beneficiaries.rules.encodings import read_text
from core.spreadsheets.reading import Cell
from core.text import clean_spaces


def whole_text(cell: Cell) -> str:
    """A number without the decimals that a spreadsheet adds; any text without spaces at its ends."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def plain_text(cell: Cell, hint: str = "") -> str:
    """The cell on one line, decoded from an old font; "" for an empty one."""
    if cell is None or cell == "":
        return ""
    return _cleaned(cell if isinstance(cell, str) else whole_text(cell), hint)


@lru_cache(maxsize=16_384)
def _cleaned(text: str, hint: str) -> str:
    return clean_spaces(read_text(text, hint)[0])


def shown_day(iso: str) -> str:
    """ "2021-08-01" as 01/08/2021."""
    return f"{iso[8:]}/{iso[5:7]}/{iso[:4]}"


def shown_amount(amount: int | None) -> str:
    """đồng in groups of three, without the word; "" for None."""
    return "" if amount is None else f"{amount:,}".replace(",", ".")
