"""Words of a name that are written in more than one way, by search key.

Southern and northern forms of one Sino-Vietnamese word (Huỳnh and Hoàng, Võ and Vũ, Phước and Phúc), words that were avoided
as names of kings, and the spellings in which registrars wrote one Khmer or Cham name (Mohamad, Mohamath, Mohamach). Common
knowledge, no published table: they bring somebody to an officer's eyes and decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

SURNAME_GROUPS: Final = (
    frozenset({"huynh", "hoang"}),
    frozenset({"vo", "vu"}),
    frozenset({"chau", "chu"}),
    frozenset({"mohamad", "mohamath", "mohamach", "mohamat", "mohamed"}),
)
# other words of a name; only the search asks for them
_WORDS: Final = (
    "an yen",
    "bao buu",
    "canh kieng",
    "chinh chanh",
    "cuong cang",
    "hoa hue",
    "hong huong",
    "minh mieng",
    "neang niang",
    "nghia ngai",
    "nhan nhon",
    "nhat nhut",
    "phuc phuoc",
    "phung phuong",
    "qui quoi",
    "soc sok",
    "son san",
    "thai thoi",
    "thanh thinh",
    "tinh tanh",
    "tung tong",
    "truong trang",
    "uy oai",
    "ali aly",
    "fatimah phatimah",
    "hosen hosein",
)


def _groups_of(groups: Iterable[frozenset[str]]) -> Mapping[str, frozenset[str]]:
    return {word: group for group in groups for word in group}


_SURNAMES: Final = _groups_of(SURNAME_GROUPS)
_OTHERS: Final = _groups_of(frozenset(group.split()) for group in _WORDS)


def variants_of(word: str) -> frozenset[str]:
    """The other spellings of a surname (search keys)."""
    return _SURNAMES.get(word, frozenset()) - {word}


def word_variants(word: str) -> frozenset[str]:
    """The other spellings of a word anywhere in a name, surnames among them: "phuc" gives {"phuoc"}."""
    return (_SURNAMES.get(word, frozenset()) | _OTHERS.get(word, frozenset())) - {word}


def is_surname_variant(a: str, b: str) -> bool:
    """Two spellings of one surname."""
    return a != b and a in _SURNAMES and _SURNAMES[a] is _SURNAMES.get(b)
