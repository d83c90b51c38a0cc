"""How well a name fits what somebody typed: pure, so that who comes first can be read and tested without a database."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from beneficiaries.rules.names import one_tone_style

# kinds of hamlets: somebody may write them or not
HAMLET_KINDS: Final = frozenset(("ap", "khom", "kp", "khu", "pho", "to"))


class Fit(IntEnum):
    """What of a typed text stands in a name, best first."""

    NAME = 1  # this whole name; with the typed marks, where any were typed
    OTHER_MARKS = 2  # the same letters with other marks
    IN_ORDER = 3  # a part of the name, word by word as typed
    ANY_ORDER = 4  # every typed word is one of the name
    BEGUN = 5  # every typed word begins one of the name
    ELSEWHERE = 6  # some words are not of the name: of the hamlet, or spelled in another way


class Closeness(NamedTuple):
    """What tells names apart that were found by one text; the smaller comes first.

    `lacks_end`: the name doesn't end as typed; "Thị Lan" means "Trần Thị Lan" more than "Thị Lan Anh".
    """

    fit: Fit
    only_begun: int  # typed words that are no whole word of the name
    fewer_same_marks: int  # counts only where marks were typed
    lacks_end: bool
    is_other_given_name: bool
    words: int
    fewer_same_letters: int


@dataclass(frozen=True)
class Typed:
    """A typed name: its search key, and the words as typed, with marks."""

    key: str
    written: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(self.key.split())

    @cached_property
    def marked(self) -> frozenset[str]:
        """The words as typed, in small letters and one tone style."""
        return _marked(self.written)

    @cached_property
    def has_marks(self) -> bool:
        return unicodedata.normalize("NFD", self.written.lower().replace("đ", "d")) != self.written.lower()

    def closeness(self, name_key: str, full_name: str) -> Closeness:
        """How near a name is to the typed one."""
        words = name_key.split()
        fewer = -len(self.marked & _marked(full_name))
        return Closeness(
            self._fit(name_key, words, full_name),
            sum(typed not in words for typed in self.words),
            fewer if self.has_marks else 0,
            not f" {name_key}".endswith(f" {self.key}"),
            not (words and words[-1].startswith(self.words[-1])),
            len(words),
            fewer,
        )

    def hamlet_closeness(self, name_key: str, hamlet_key: str) -> int:
        """How well a text of both is split between name and hamlet: 0 "Lan Mỹ Lương" of Trần Thị Lan, ấp Mỹ Lương; 1 where
        the name has more behind; 2 where the words stand here and there.
        """
        words = [word for word in self.words if word not in HAMLET_KINDS]
        splits = [(words[:place], words[place:]) for place in range(1, len(words))]
        best = 2
        for one, other in splits:
            for of_name, of_hamlet in ((one, other), (other, one)):
                name, hamlet = " ".join(of_name), " ".join(of_hamlet)
                if f" {name} " in f" {name_key} " and f" {hamlet} " in f" {hamlet_key} ":
                    best = min(best, 0 if f" {name_key}".endswith(f" {name}") else 1)
        return best

    def _fit(self, name_key: str, words: list[str], full_name: str) -> Fit:
        if name_key == self.key:
            return Fit.OTHER_MARKS if self.has_marks and self.marked != _marked(full_name) else Fit.NAME
        if f" {self.key} " in f" {name_key} ":
            return Fit.IN_ORDER
        left = list(words)
        for typed in self.words:
            if typed not in left:
                return Fit.BEGUN if self._begins(words) else Fit.ELSEWHERE
            left.remove(typed)
        return Fit.ANY_ORDER

    def _begins(self, words: list[str]) -> bool:
        return all(any(word.startswith(typed) for word in words) for typed in self.words)


@lru_cache(maxsize=8_192)
def _marked(name: str) -> frozenset[str]:
    return frozenset(one_tone_style(name).lower().split())
