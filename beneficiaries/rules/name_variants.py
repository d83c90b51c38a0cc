"""Words of a name that one family writes in more than one way, by search key.

Southern and northern forms of one Sino-Vietnamese word (Huỳnh and Hoàng, Võ and Vũ), and the spellings in which registrars
wrote one Cham name (Mohamad, Mohamath, Mohamach). Common knowledge, no published table: they bring a pair to an officer's
eyes and decide nothing.
"""

from __future__ import annotations

from typing import Final

SURNAME_GROUPS: Final = (
    frozenset({"huynh", "hoang"}),
    frozenset({"vo", "vu"}),
    frozenset({"chau", "chu"}),
    frozenset({"mohamad", "mohamath", "mohamach", "mohamat", "mohamed"}),
)
_GROUP_OF: Final = {word: group for group in SURNAME_GROUPS for word in group}


def variants_of(word: str) -> frozenset[str]:
    """The other spellings of a surname (search keys)."""
    return _GROUP_OF.get(word, frozenset()) - {word}


def is_surname_variant(a: str, b: str) -> bool:
    """Two spellings of one surname."""
    return a != b and a in _GROUP_OF and _GROUP_OF[a] is _GROUP_OF.get(b)
