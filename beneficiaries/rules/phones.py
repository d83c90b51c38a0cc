"""Telephone numbers of Vietnam in 2021: ten digits from 0; eleven-digit mobile numbers were changed in September 2018."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from beneficiaries.rules.findings import NONE, Finding, Findings

FIELD: Final = "phone"

_NEW_PREFIXES: Final = {
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037", "0168": "038", "0169": "039",
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
_SEPARATORS: Final = re.compile(r"[\s.\-()_\u00a0]+")
_GOOD: Final = re.compile(r"0(?:[35789]\d{8}|2\d{8,9})")
_SEVERAL: Final = re.compile(r"\s*[/;,\n]\s*|\s+-\s+")


def read_phone(cell: object) -> tuple[str, Findings]:
    """The number with its leading 0 and what was repaired. Nothing here is refused: a list may go without phones."""
    if isinstance(cell, str):
        if _GOOD.fullmatch(cell):
            return cell, NONE
        return _read_text(cell) if cell else ("", NONE)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and float(cell).is_integer():
        return _repaired(str(int(cell)), str(int(cell)))
    return ("", NONE) if cell is None else ("", (Finding("PHONE_UNUSUAL", FIELD, str(cell)),))


@lru_cache(maxsize=4_096)
def _read_text(raw: str) -> tuple[str, Findings]:
    text = raw.strip(" '’\t\r\n\u00a0")
    if not any(letter.isdigit() for letter in text):
        return "", NONE
    first = _SEVERAL.split(text)[0]
    digits = _SEPARATORS.sub("", first)
    if digits.startswith("+84"):
        digits = "0" + digits[3:].lstrip("0")
    elif digits.startswith("84") and len(digits) in (11, 12):
        digits = "0" + digits[2:]
    number, findings = _repaired(digits, raw)
    if first != text:
        findings = (*findings, Finding("PHONE_SEVERAL", FIELD, raw))
    return number, findings


def _repaired(digits: str, raw: str) -> tuple[str, Findings]:
    findings: Findings = NONE
    if (
        len(digits) in (9, 10)
        and digits[:1] != "0"
        and (_GOOD.fullmatch("0" + digits) or "0" + digits[:3] in _NEW_PREFIXES)
    ):
        digits = "0" + digits
        findings = (Finding("PHONE_LOST_ZERO", FIELD, raw),)
    if len(digits) == 11 and digits[:4] in _NEW_PREFIXES:
        digits = _NEW_PREFIXES[digits[:4]] + digits[4:]
        findings = (*findings, Finding("PHONE_OLD_PREFIX", FIELD, raw))
    if not _GOOD.fullmatch(digits):
        findings = (*findings, Finding("PHONE_UNUSUAL", FIELD, raw))
    return digits, findings
