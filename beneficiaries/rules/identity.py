"""Identity numbers: 12 digits on the citizen card (NĐ 137/2015/NĐ-CP điều 13, TT 59/2021/TT-BCA), 9 on the old one.

The 12 digits are PPP C YY RRRRRR: province of birth registration, sex and century, year of birth, chance. There is no
check digit; what can be checked is the province, and sex and year against the row.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import Final

from beneficiaries.rules.findings import NONE, Finding, Findings
from core.text import clean_spaces

FIELD: Final = "id_number"
CITIZEN_CARD: Final = "CCCD"
OLD_CARD: Final = "CMND"

_SEPARATORS: Final = re.compile(r"[\s.,\-_\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2010-\u2014\u2060\ufeff]+")
_LABEL: Final = re.compile(
    r"^(?:(?:số|so)?\s*(?:cccd|cmnd|cmt|căn cước|can cuoc|đdcn)|số|so)\s*(?:số|so)?\s*[:.\-]?\s*",
    re.IGNORECASE,
)
# what may stand behind a number in the same cell: when and where the card was issued
_ISSUED: Final = re.compile(
    r"[\s,;(\-]+(?:ngày\s*cấp|cấp|nơi\s*cấp|do\s|c\.?a\b|công\s*an)[^/;]*(?:/\d+[^/;]*)*$", re.IGNORECASE
)
_RUN: Final = re.compile(r"(?<!\d)\d+(?!\d)")
_BOTH: Final = re.compile(
    r"[\s,;/\-–:.()&+]*(?:(?:và|hoặc|số|cũ|mới|cccd|cmnd|cmt|đdcn|căn cước)[\s,;/\-–:.()&+]*)*", re.IGNORECASE
)
_QUOTED: Final = re.compile(r'^="([^"]*)"$')  # how a CSV keeps Excel from making a number of it
_DECIMAL: Final = re.compile(r"(\d+)\.0+")
_SAME_DIGIT: Final = re.compile(r"(\d)\1*")
_LETTERS_FOR_DIGITS: Final = str.maketrans("OoQDlIiSsBZz", "000011155822"[:12])
_APOSTROPHES: Final = "'’‘`´"


def _province_names() -> dict[str, str]:
    table = resources.files("beneficiaries.rules").joinpath("data/cccd_province_codes.csv")
    lines = table.read_text(encoding="utf-8").splitlines()
    return {row["cccd_code"]: row["province_vi"] for row in csv.DictReader(lines)}


PROVINCES: Final = _province_names()


def is_known_province(code: str) -> bool:
    """True for the 63 provinces and for the countries of birth (100 and above, list not published)."""
    return code in PROVINCES or code >= "100"


def sex_of(number: str) -> str:
    """M or F as digit 4 of twelve says; "" for the old card."""
    return ("F" if int(number[3]) % 2 else "M") if len(number) == 12 else ""


def birth_year_of(number: str) -> int:
    """The year that digits 4 to 6 of twelve say; 0 for the old card."""
    return (19 + int(number[3]) // 2) * 100 + int(number[4:6]) if len(number) == 12 else 0


def kind_of(number: str) -> str:
    """CCCD, CMND, or "" when the number is neither."""
    return {12: CITIZEN_CARD, 9: OLD_CARD}.get(len(number), "")


def read_number(cell: object) -> tuple[str, Findings]:
    """The digits of the number and what was repaired; "" with ID_MISSING. A number with an error keeps what was written.

    Repairs: apostrophe, separators, the zero that Excel drops. Refused: wrong length, letters, a province that does not
    exist; letters that look like digits come back as a suggestion, not as a repair, since a wrong guess pays a stranger.
    """
    if isinstance(cell, str):
        if (len(cell) == 12 and cell.isascii() and cell.isdigit() and cell[:3] in PROVINCES) or (
            len(cell) == 9 and cell.isascii() and cell.isdigit()
        ):
            return cell, _made_up(cell)
        return _read_text(cell)
    if cell is None or isinstance(cell, bool):
        return "", (Finding("ID_MISSING", FIELD),)
    if isinstance(cell, int | float) and float(cell).is_integer():
        return _read_digits(str(int(cell)), (), is_number=True)
    return str(cell), (Finding("ID_NOT_DIGITS", FIELD, str(cell)),)


def read_several(cell: object) -> tuple[str, ...]:
    """The numbers when a cell holds an old and a new one ("351234567 / 089..."), the new card first; else empty.

    Two of the same kind are two people or a doubt: nobody chooses between them.
    """
    if not isinstance(cell, str) or len(cell) < 21:
        return ()
    text = unicodedata.normalize("NFKC", cell)
    parts = _RUN.findall(text)
    if sorted(map(len, parts)) == [9, 12] and all(_BOTH.fullmatch(rest) for rest in _RUN.split(text)):
        return tuple(sorted(parts, key=len, reverse=True))
    return ()


@lru_cache(maxsize=4_096)
def _read_text(raw: str) -> tuple[str, Findings]:
    text = _QUOTED.sub(r"\1", unicodedata.normalize("NFKC", raw).strip())
    findings: list[Finding] = []
    if text[:1] in _APOSTROPHES and text:
        findings.append(Finding("ID_APOSTROPHE", FIELD, raw))
        text = text.lstrip(_APOSTROPHES)
    several = read_several(text)
    if several:
        findings.append(Finding("ID_SEVERAL", FIELD, raw))
        return _read_digits(several[0], tuple(findings), is_number=False)
    decimal = _DECIMAL.fullmatch(text)
    bare = decimal[1] if decimal else _SEPARATORS.sub("", _ISSUED.sub("", _LABEL.sub("", text)))
    if not bare:
        return "", (Finding("ID_MISSING", FIELD),)
    if bare != text or (text != raw.strip() and not findings) or raw != raw.strip():
        findings.append(Finding("ID_SEPARATORS", FIELD, raw))
    if not (bare.isascii() and bare.isdigit()):
        guess = bare.translate(_LETTERS_FOR_DIGITS)
        likely = guess if guess.isdigit() and not _length_findings(guess) else _only_number(text)
        return clean_spaces(text), (Finding("ID_NOT_DIGITS", FIELD, raw, suggestion=likely),)
    return _read_digits(bare, tuple(findings), is_number=False)


def _only_number(text: str) -> str:
    """The one number of a card before other words, to be suggested; "" when it stands elsewhere or there are more."""
    numbers = [run for run in _RUN.findall(text) if len(run) in (9, 12) and not _length_findings(run)]
    return numbers[0] if len(numbers) == 1 and _LABEL.sub("", text).startswith(numbers[0]) else ""


def _read_digits(digits: str, findings: Findings, *, is_number: bool) -> tuple[str, Findings]:
    for zeros, length in (("0", 11), ("00", 10)):
        if len(digits) == length and digits[0] != "0" and (is_number or length == 11):
            whole = zeros + digits
            if is_known_province(whole[:3]):
                return whole, (*findings, Finding("ID_LOST_ZERO", FIELD, digits), *_made_up(whole))
    problems = _length_findings(digits, is_number=is_number) or _made_up(digits)
    return digits, (*findings, *problems) if problems else findings


def _made_up(number: str) -> Findings:
    """ID_UNUSUAL for a sound number that nobody has: one digit over and over, 123456789, or digits that Excel rounded away."""
    if (
        number.endswith("00000")
        or (len(number) == 9 and number in "01234567890987654321")
        or _SAME_DIGIT.fullmatch(number)
    ):
        return (Finding("ID_UNUSUAL", FIELD, number),)
    return NONE


def _length_findings(digits: str, *, is_number: bool = False) -> Findings:
    if len(digits) == 9:
        return NONE
    if len(digits) != 12:
        lost = "0" + digits if is_number and len(digits) == 8 else ""
        return (Finding("ID_BAD_LENGTH", FIELD, digits, str(len(digits)), lost),)
    if not is_known_province(digits[:3]):
        return (Finding("ID_BAD_PROVINCE", FIELD, digits, digits[:3]),)
    if digits[:3] >= "100":
        return (Finding("ID_FOREIGN_BIRTH", FIELD, digits, digits[:3]),)
    return NONE


def check_number(number: str, sex: str, birth: str) -> Findings:
    """ID_SEX_MISMATCH and ID_YEAR_MISMATCH of twelve digits against the row's sex (M, F) and birth ("YYYY..." or "")."""
    if len(number) != 12 or not number.isdigit():
        return NONE
    findings: list[Finding] = []
    sex_digit = int(number[3])
    if sex and (sex == "F") != (sex_digit % 2 == 1):
        findings.append(Finding("ID_SEX_MISMATCH", FIELD, number[3], "F" if sex_digit % 2 else "M"))
    year = (19 + sex_digit // 2) * 100 + int(number[4:6])
    if birth and int(birth[:4]) != year:
        findings.append(Finding("ID_YEAR_MISMATCH", FIELD, str(year), birth[:4]))
    return tuple(findings) if findings else NONE
