"""Text of the years before Unicode, read as it was meant: TCVN3 (ABC), VNI-Windows, UTF-8 taken for cp1252, NFD.

The encoding is decided per cell. Some letters (à á ê ô) are good Vietnamese in Unicode and other letters in the old
encodings, so each reading is scored by the syllables it makes; the old reading wins only if it is better, or as good and
the cell is set in a font of that encoding.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from beneficiaries.rules.syllables import is_readable, score

TCVN3: Final = "TCVN3"
VNI: Final = "VNI"
MOJIBAKE: Final = "UTF-8/cp1252"

# TCVN 5712:1993 (VN3) as it looks in a Latin-1 font; capitals with tone do not exist in it.
_TCVN3_MEANT: Final = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TCVN3_SEEN: Final = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"
_FROM_TCVN3: Final = str.maketrans(dict(zip(_TCVN3_SEEN, _TCVN3_MEANT, strict=True)))

_VNI_TONES: Final = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX: Final = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE: Final = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE: Final = {
    "ñ": "đ",
    "í": "í",
    "ì": "ì",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
    "ô": "ơ",
    "ö": "ư",
}


def _vni_pairs() -> dict[str, str]:
    pairs: dict[str, str] = dict(_VNI_SINGLE)
    for seen, tone in _VNI_TONES.items():
        pairs.update({base + seen: unicodedata.normalize("NFC", base + tone) for base in "aeiouy"})
        pairs["ô" + seen] = unicodedata.normalize("NFC", "ơ" + tone)
        pairs["ö" + seen] = unicodedata.normalize("NFC", "ư" + tone)
    for seen, tone in _VNI_CIRCUMFLEX.items():
        pairs.update({base + seen: unicodedata.normalize("NFC", base + "\u0302" + tone) for base in "aeo"})
    for seen, tone in _VNI_BREVE.items():
        pairs["a" + seen] = unicodedata.normalize("NFC", "a\u0306" + tone)
    return pairs


_FROM_VNI: Final = _vni_pairs()
_VNI_PATTERN: Final = re.compile(
    "|".join(sorted(map(re.escape, _FROM_VNI), key=len, reverse=True)), re.IGNORECASE
)
_OLD_SIGNS: Final = re.compile(
    "[\u00a1-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|\u00ad"
)


def from_tcvn3(text: str) -> str:
    return text.translate(_FROM_TCVN3)


def from_vni(text: str) -> str:
    def meant(match: re.Match[str]) -> str:
        seen = match.group()
        letter = _FROM_VNI[seen.lower()]
        return letter.upper() if seen[0].isupper() else letter

    return _VNI_PATTERN.sub(meant, text)


def from_mojibake(text: str) -> str:
    """The text that was UTF-8 before someone read it as cp1252; unchanged when it can't have been."""
    raw = bytearray()
    for letter in text:
        try:
            raw += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:
                return text
            raw.append(ord(letter))  # the five holes of cp1252 come through as control characters
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return text


def encoding_of_font(font: str) -> str:
    """TCVN3 for .VnTime and its family, VNI for VNI-Times and its family, else nothing."""
    lowered = font.lower()
    if lowered.startswith((".vn", "vntime")):
        return TCVN3
    return VNI if lowered.startswith("vni") else ""


def read_text(text: str, hint: str = "") -> tuple[str, str]:
    """The text as it was meant, and the encoding that had to be undone ("" for none).

    `hint` is the encoding that the cell's font, or most of its column, speaks for.
    """
    if text.isascii():
        return text, ""
    composed = unicodedata.normalize("NFC", text)
    if not _OLD_SIGNS.search(composed):
        return composed, ""
    if not hint and is_readable(composed):
        return composed, ""
    best, encoding, best_score = composed, "", 2 * score(composed)
    for candidate, name in (
        (from_tcvn3(composed), TCVN3),
        (from_vni(composed), VNI),
        (from_mojibake(composed), MOJIBAKE),
    ):
        if candidate == composed:
            continue
        judged = (
            candidate.lower() if name == TCVN3 else candidate
        )  # its capitals with marks are set by font, not by code
        candidate_score = 2 * score(unicodedata.normalize("NFC", judged)) + (1 if name == hint else 0)
        if candidate_score > best_score:
            best, encoding, best_score = unicodedata.normalize("NFC", candidate), name, candidate_score
    return best, encoding
