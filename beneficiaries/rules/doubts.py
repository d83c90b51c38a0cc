"""Words that speak against a payment: in the note of a row, behind a name, in a heading between rows, in a title.

They decide nothing; a person has to look (chết, chuyển đi, đã nhận, không đủ điều kiện).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from beneficiaries.rules.encodings import read_text
from core.text import clean_spaces, search_key

# Read against search keys: no marks, i for y.
_AGAINST: Final = re.compile(
    r"\bchet\b|tu tran|qua doi|tu vong|\bda mat\b|chu[iy]en (?:di|noi|ho khau)|da chu[iy]en|bo dia phuong"
    r"|\bda (?:nhan|huong|chi tra)\b|chua du dieu kien|khong (?:con )?(?:du dieu kien|thuoc (?:doi tuong|dien)"
    r"|dung doi tuong|duoc (?:ho tro|nhan)|ho tro|de nghi|dong [iy]|cu tru|o dia phuong)"
    r"|de nghi (?:loai|xoa|bo|rut)|\bloai (?:khoi|ra)\b|\bbi loai\b|\b(?:gach|xoa) ten\b"
    r"|\btrung (?:ten|ho|doi tuong|cmnd|cccd|so|danh sach|voi)\b"
)
_WHOLE: Final = frozenset({"mat", "bo", "xoa", "loai", "trung", "khong", "rut", "chuyen", "ko", "k"})


@lru_cache(maxsize=8_192)
def speaks_against(text: str, hint: str = "") -> bool:
    """True when a note, or a heading, says that somebody should not be paid."""
    key = search_key(read_text(text, hint)[0]).strip(" .,;:()-")
    return key in _WHOLE or bool(_AGAINST.search(key))


def heading_against(text: str) -> str:
    """The heading, cleaned, when those below it are not to be paid; else ""."""
    clean = clean_spaces(read_text(text)[0])
    return clean if speaks_against(text) else ""
