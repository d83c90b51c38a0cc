"""Why a payment came back: the codes of banks (ISO 20022) and the words of people, as one of the reasons that the system knows.

The codes stand in `data/bank_return_reasons.csv` (`data/SOURCES.md`). The reasons are the values of `ReturnReason`.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from core.text import search_key
from disbursements.rules.statements.words import result_words

_DATA: Final = Path(__file__).resolve().parents[2] / "data" / "bank_return_reasons.csv"
_OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class BankReason:
    """One code of a bank: our reason for it, and its Vietnamese words."""

    code: str
    reason: str
    words: str


@cache
def _by_code() -> dict[str, BankReason]:
    with _DATA.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: BankReason(row["code"], row["reason"], row["words"]) for row in csv.DictReader(file)
        }


@cache
def _codes() -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9A-Z])({'|'.join(sorted(_by_code()))})(?![0-9A-Z])")


def bank_reason(text: str) -> BankReason | None:
    """The first code of a bank that stands in a text as a word of its own ("RETURN AC04 CLOSED"), or None."""
    found = _codes().search(text.upper())
    return _by_code()[found[1]] if found else None


def reason_code_of(words: str, bank_code: str = "") -> str:
    """The reason that a bank's code or these words mean: "Sai số tài khoản: thiếu một số" is "wrong_account"; "other" if none."""
    if bank_code in _by_code():
        return _by_code()[bank_code].reason
    coded = bank_reason(words)
    if coded is not None:
        return coded.reason
    key = f" {search_key(words)} "
    for reason, parts in result_words().reasons.items():
        if any(f" {part} " in key for part in parts):
            return reason
    return _OTHER
