"""Names that are written in two ways, by search key ("huynh", "hoang"): which spelling a paper has is often chance.

Northern and southern forms of one word, words that were avoided as names of kings, and transcriptions of Khmer and Cham
names. The tables are ours, from general knowledge; they propose somebody to look at and decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

# of surnames: the first word of a Vietnamese name, the first or any of a Khmer or Cham one
_SURNAMES: Final = (
    "huynh hoang",
    "vo vu",
    "phan phang",
    "chu chau",
    "ngo ngu",
    "duong diong",
    "luu lieu",
    "trinh trieng",
    "doan don",
    "mai may",
    "neang niang nieng",
    "chau chao",
    "mach mat",
    "mohamad mohamath mohamed mohammad mohamach muhamad muhammad",
)
# of any word of a name
_WORDS: Final = (
    "an yen",
    "bao buu",
    "canh kieng",
    "chinh chanh",
    "cuong cang",
    "hoa hue",
    "hong huong",
    "khoi khai",
    "linh lanh",
    "minh mieng",
    "nghia ngai",
    "nhan nhon",
    "nhat nhut",
    "phuc phuoc",
    "phung phuong",
    "qui quoi",
    "son san",
    "tanh tinh",
    "thai thoi",
    "thanh thinh",
    "tong tung",
    "truong trang",
    "uy oai",
    "vinh vanh",
    "soc sok",
    "sarim salim",
    "aly ali",
    "haly hali",
    "fatimah phatimah fatima",
    "hosen hosein huseen",
)


def _spellings(groups: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in groups:
        words = group.split()
        for each in words:
            found.setdefault(each, set()).update(words)
    return {each: frozenset(others - {each}) for each, others in found.items()}


_OF_SURNAME: Final = _spellings(_SURNAMES)
_OF_WORD: Final = _spellings(_WORDS)


def surname_variants(word: str) -> frozenset[str]:
    """The other spellings of a surname: "huynh" gives {"hoang"}; none for a surname with one spelling."""
    return _OF_SURNAME.get(word, frozenset())


def word_variants(word: str) -> frozenset[str]:
    """The other spellings of a word anywhere in a name: "phuc" gives {"phuoc"}; surnames among them."""
    return _OF_WORD.get(word, frozenset()) | surname_variants(word)


def is_surname_variant(one: str, other: str) -> bool:
    """True for two spellings of one surname ("vo", "vu"); False for a surname and itself."""
    return other in surname_variants(one)
