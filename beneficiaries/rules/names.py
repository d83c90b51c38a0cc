"""Names of people as the papers write them: one field, composed letters, single spaces, a capital for each word.

Khmer and Cham names (Chau, Néang, Mách, Mohamath) are names like any other: nothing here requires a surname, a middle
name or Vietnamese syllables.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from beneficiaries.rules.doubts import speaks_against
from beneficiaries.rules.encodings import MOJIBAKE, TCVN3, VNI, read_text
from beneficiaries.rules.findings import NONE, Finding, Findings
from beneficiaries.rules.syllables import is_plain_syllable
from core.text import clean_spaces

FIELD: Final = "full_name"

# Frequent surnames that are never written without marks; who is called "Le" or "Nguyen" lost them on the way.
_MARKED_SURNAMES_TEXT: Final = (
    "nguyen tran le pham huynh hoang vu vo dang bui do ho ngo duong ly doan dinh luong trinh truong lam "
    "ha to ta quach luu tang kieu thai dao dam trieu vuong tong bach au mac ton nghiem luc khuu tieu su "
    "vien thach lu diep lieu hua phung han cu bo ung on"
)
_MARKED_SURNAMES: Final = frozenset(_MARKED_SURNAMES_TEXT.split())
# "Chau" is the surname of Khmer men and complete without marks; followed by one of these it was "Châu".
_CHAU_MIDDLES_TEXT: Final = "van thi huu hoang quoc ngoc tan phuoc cong duc trung tuan hoai thanh minh"
_CHAU_MIDDLES: Final = frozenset(_CHAU_MIDDLES_TEXT.split())
_NEW_STYLE: Final = re.compile(
    r"(?<![qQ])([oO])([àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ])(?=$|[\s\-.,])|(?<![qQ])([uU])([ỳýỷỹỵỲÝỶỸỴ])(?=$|[\s\-.,])"
)
_NAME_SIGNS: Final = re.compile(r"[^\W\d_]")
_ODD: Final = re.compile(r"[^A-Za-zÀ-ɏḀ-ỿ\s\-'’.]|\s-|-\s|[×÷]")
_ABBREVIATED: Final = re.compile(r"[^\W\d_]\.")
_TITLES: Final = ("ông ", "bà ", "anh ", "chị ", "cô ", "chú ", "hộ ", "em ")
_LONGEST_NAME: Final = 7  # words
_NEEDS_LOOK: Final = re.compile(r"[oOuU][àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ]")
_VOWELS: Final = frozenset("aeiouy")
_LEGACY_CODE: Final = {TCVN3: "NAME_TCVN3", VNI: "NAME_VNI", MOJIBAKE: "NAME_BROKEN_UTF8"}


def _unmarked(text: str) -> str:
    return "".join(
        sign for sign in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(sign)
    )


def title_case(name: str) -> str:
    """A capital for each word and each part behind a hyphen: "NGUYỄN THỊ BÉ" -> "Nguyễn Thị Bé"."""
    return " ".join(_capital(word) for word in name.split(" "))


@lru_cache(maxsize=16_384)
def _capital(word: str) -> str:
    start = 1 if word[:1] == "(" else 0
    return word[:start] + "-".join(part[:1].upper() + part[1:].lower() for part in word[start:].split("-"))


def one_tone_style(text: str) -> str:
    """hoà -> hòa, thuý -> thúy: one place for the mark in open syllables, so that one name has one spelling. quý stays."""
    if not _NEEDS_LOOK.search(text):
        return text

    def moved(match: re.Match[str]) -> str:
        first, second = (
            (match.group(1), match.group(2)) if match.group(1) else (match.group(3), match.group(4))
        )
        base, tone = tuple(unicodedata.normalize("NFD", second))
        return unicodedata.normalize("NFC", first + tone) + base

    return _NEW_STYLE.sub(moved, text)


def read_name(cell: object, hint: str = "", sex: str = "") -> tuple[str, Findings]:
    """The name in a cell, and what was repaired or missed. An empty cell gives "" and NAME_MISSING.

    Repairs: composed letters, TCVN3, VNI, broken UTF-8, spaces, capitals. A surname that must carry marks and a name
    without any is NAME_NO_MARKS: kept, for a person to look at.
    """
    return _read_name(cell if isinstance(cell, str) else _as_text(cell), hint, sex)


def read_typed_name(text: str, sex: str = "") -> tuple[str, Findings]:
    """A name that an officer typed: kept in the capitals and the tone style they chose, only composed and on one line."""
    name = clean_spaces(unicodedata.normalize("NFC", text))
    if not name or not _NAME_SIGNS.search(name):
        return "", (Finding("NAME_MISSING", FIELD, name),)
    findings = [Finding("NAME_NO_MARKS", FIELD, name)] if name.isascii() and lost_marks(name, sex) else []
    return name, tuple(findings)


def _as_text(cell: object) -> str:
    return "" if cell is None else str(cell)


@lru_cache(maxsize=16_384)
def _read_name(raw: str, hint: str, sex: str) -> tuple[str, Findings]:
    findings: list[Finding] = []
    text, encoding = read_text(raw, hint)
    if encoding:
        findings.append(Finding(_LEGACY_CODE[encoding], FIELD, raw))
    elif text != raw:
        findings.append(Finding("NAME_NFD", FIELD, raw))
    clean = clean_spaces(text)
    if not clean or not _NAME_SIGNS.search(clean):
        return "", (Finding("NAME_MISSING", FIELD, clean),)
    if clean != text:
        findings.append(Finding("NAME_SPACES", FIELD, raw))
    name = title_case(clean)
    if name != clean and not encoding:
        findings.append(
            Finding(
                "NAME_LOWER" if clean.islower() else "NAME_UPPER" if clean.isupper() else "NAME_CAPITALS",
                FIELD,
                clean,
            )
        )
    one_style = one_tone_style(name)
    if one_style != name:
        findings.append(Finding("NAME_TONE_STYLE", FIELD, name))
        name = one_style
    if name.isascii() and lost_marks(name, sex):
        findings.append(Finding("NAME_NO_MARKS", FIELD, name))
    if _ODD.search(name):
        findings.append(Finding("NAME_ODD_SIGNS", FIELD, name))
    elif _holds_more(clean, name):
        findings.append(Finding("NAME_WITH_NOTE", FIELD, clean))
    return name, tuple(findings) if findings else NONE


def _holds_more(written: str, name: str) -> bool:
    """True when the cell may hold more, or less, than one whole name: a form of address, a remark, initials."""
    words = written.split(" ")
    return (
        len(words) >= _LONGEST_NAME
        or name.lower().startswith(_TITLES)
        or bool(_ABBREVIATED.search(name))
        # "Nguyễn Văn An chuyển đi": capitals, then a tail without
        or (
            len(words) > 3
            and words[0][:1].isupper()
            and words[1][:1].isupper()
            and all(word.islower() for word in words[-2:])
        )
        or speaks_against(written)
        or not any(letter in _VOWELS for letter in _unmarked(name))
    )


def lost_marks(name: str, sex: str = "") -> bool:
    """True for a Vietnamese name without a single mark whose surname can't be written so."""
    words = name.lower().split()
    if len(words) < 2 or not name.isascii() or not all(is_plain_syllable(word) for word in words):
        return False
    if words[0] == "chau":
        return sex == "F" or words[1] in _CHAU_MIDDLES
    return words[0] in _MARKED_SURNAMES
