"""Sex as lists write it; M, F, or "" when the cell does not say."""

from __future__ import annotations

from typing import Final

from beneficiaries.rules.encodings import read_text
from beneficiaries.rules.findings import NONE, Finding, Findings
from core.text import search_key

FIELD: Final = "sex"
_WORDS: Final = {
    "nam": "M",
    "nu": "F",
    "m": "M",
    "f": "F",
    "male": "M",
    "female": "F",
    "trai": "M",
    "gai": "F",
    "ong": "M",
    "ba": "F",
}
_EXACT: Final = {"Nam": "M", "Nữ": "F"}


def read_sex(cell: object, hint: str = "") -> tuple[str, Findings]:
    """M or F; otherwise "" with SEX_MISSING, which also names a word that can't be understood."""
    if isinstance(cell, str):
        known = _EXACT.get(cell)
        if known:
            return known, NONE
        sex = _WORDS.get(search_key(read_text(cell, hint)[0]), "")
        if sex:
            return sex, NONE
    return "", (Finding("SEX_MISSING", FIELD, "" if cell is None else str(cell).strip()),)
