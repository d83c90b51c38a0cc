"""Whole đồng in a cell or a field, as offices and banks write them."""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from core.spreadsheets.reading.grid import Cell, is_blank
from core.text import clean_text

_UNIT: Final = re.compile(r"\s*(đồng|đ|vnd|vnđ)$", re.IGNORECASE)
_GROUPED: Final = re.compile(
    r"(?P<whole>[0-9]{1,3}(?P<sep>[ .,'\u00a0])[0-9]{3}(?:(?P=sep)[0-9]{3})*)(?:[.,]0{1,2})?"
)
_DIGITS: Final = 15
_PLAIN: Final = re.compile(r"[0-9]+(?:[.,]0{1,2})?")


def amount_in(cell: Cell) -> int | None:
    """Whole đồng of a cell: a number, or a text such as "1.500.000 đ", "1,500,000.00 VND"; None for anything else.

    Negative amounts, fractions and groups that are not of three digits ("1.50.000") are none.
    """
    if isinstance(cell, bool) or is_blank(cell):
        return None
    if isinstance(cell, int | float):
        return int(cell) if float(cell).is_integer() and cell >= 0 else None
    text = _UNIT.sub("", clean_text(str(cell)))
    grouped = _GROUPED.fullmatch(text)
    if grouped is not None:
        return int(re.sub(r"[^0-9]", "", grouped["whole"]))
    if _PLAIN.fullmatch(text):
        return int(re.split(r"[.,]", text)[0])
    return None


def whole_dong(text: str) -> int | None:
    """Whole đồng of a field of a statement ("1500000", "1500000,00", "1500000.00"); None for a fraction or no number."""
    if len(text) <= _DIGITS and text.isascii() and text.isdigit():
        return int(text)
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    if not value.is_finite() or value != value.to_integral_value() or abs(value) >= 10**_DIGITS:
        return None
    return int(value)
