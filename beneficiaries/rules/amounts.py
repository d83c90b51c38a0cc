"""Amounts of money as lists write them: 1500000, 1.500.000đ, 1,500,000, 1500.000, 1,5 triệu. Whole đồng, never float."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from beneficiaries.rules.findings import NONE, Finding, Findings

FIELD: Final = "amount"

_UNIT: Final = re.compile(r"\s*(?:đồng|dong|vnđ|vnd|đ|d|₫)\s*\.?\s*(?:/\s*người)?$", re.IGNORECASE)
_GROUPED: Final = re.compile(r"\d{1,3}(?:([.,\s\u00a0])\d{3})(?:\1\d{3})*|\d+[.,]\d{3}|\d+")
_DECIMALS: Final = re.compile(r"(.*\d)(?:,00?|\.00?)$")
_MILLIONS: Final = re.compile(r"(\d+)(?:[.,](\d{1,3}))?\s*(?:triệu|trieu|tr)\s*(\d{1,3})?\.?", re.IGNORECASE)
_LARGEST: Final = 10**15  # more than the state has; a number beyond it is no amount
_LONGEST: Final = 24
_FEW_MILLIONS: Final = re.compile(r"\d{1,4}[.,]\d{1,2}")
_THOUSANDS: Final = re.compile(r"(\d+(?:[.,]\d{3})*)\s*(?:nghìn|ngàn|nghin|ngan|k)\.?", re.IGNORECASE)


def read_amount(cell: object, *, is_typed: bool = True, unit: int = 1) -> tuple[int | None, Findings]:
    """Whole đồng and what was repaired; None with AMOUNT_MISSING, or with AMOUNT_WRONG when no number can be made out.

    `is_typed` is False for sources that know text only (CSV): there, plain digits are no repair. `unit` is what the header
    counts in (nghìn, triệu đồng); a cell that is plainly in đồng already is taken as such.
    """
    if unit > 1:
        return _in_units(cell, is_typed, unit)
    if isinstance(cell, int | float) and not abs(cell) < _LARGEST:
        return None, (Finding("AMOUNT_WRONG", FIELD, f"{cell:.0f}"[:20]),)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell, NONE
    if isinstance(cell, float):
        if cell.is_integer():
            return int(cell), NONE
        return None, (Finding("AMOUNT_WRONG", FIELD, str(cell)),)
    if cell is None:
        return None, (Finding("AMOUNT_MISSING", FIELD),)
    return _read_text(str(cell), is_typed)


def _in_units(cell: object, is_typed: bool, unit: int) -> tuple[int | None, Findings]:
    written = str(cell).strip()
    if unit == 1_000_000 and not isinstance(cell, bool) and _FEW_MILLIONS.fullmatch(written):
        amount = int(Decimal(written.replace(",", ".")) * unit)
        return amount, (Finding("AMOUNT_TEXT", FIELD, written),) if isinstance(
            cell, str
        ) and is_typed else NONE
    value, findings = read_amount(cell, is_typed=is_typed)
    return (value * unit if value is not None and value < 1_000_000 else value), findings


@lru_cache(maxsize=4_096)
def _read_text(raw: str, is_typed: bool) -> tuple[int | None, Findings]:
    text = " ".join(raw.split()).strip("'’ ")
    if not any(letter.isalnum() for letter in text):
        return None, (Finding("AMOUNT_MISSING", FIELD, text),)
    bare = _UNIT.sub("", text)
    value = _value_of(bare)
    if value is None:
        return None, (Finding("AMOUNT_WRONG", FIELD, raw),)
    if not is_typed and raw.isdigit():
        return value, NONE
    return value, (Finding("AMOUNT_TEXT", FIELD, raw),)


def _value_of(text: str) -> int | None:
    if len(text) > _LONGEST:
        return None
    decimals = _DECIMALS.fullmatch(text)
    if decimals and _GROUPED.fullmatch(decimals[1]):
        text = decimals[1]
    if _GROUPED.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    millions = _MILLIONS.fullmatch(text)
    if millions and not (millions[2] and millions[3]):
        part = (millions[2] or millions[3] or "0").ljust(3, "0")
        return int(millions[1]) * 1_000_000 + int(part) * 1_000
    thousands = _THOUSANDS.fullmatch(text)
    if thousands:
        return int(re.sub(r"\D", "", thousands[1])) * 1_000
    return None
