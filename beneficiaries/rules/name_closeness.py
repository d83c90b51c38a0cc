"""How well a name fits what somebody typed: pure, so that who comes first can be read and tested without a database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from beneficiaries.rules.names import one_tone_style


class Fit(IntEnum):
    """What of a typed text stands in a name, best first."""

    EXACT = 1  # this whole name, in this order
    WORDS = 2  # every typed word is one of the name
    BEGUN = 3  # every typed word begins one of the name
    ELSEWHERE = 4  # some words are not of the name: of the hamlet, or spelled in another way


class Closeness(NamedTuple):
    """What tells two names apart that were both found; the smaller comes first.

    `order`: 0 when the name ends as typed ("Thị Lan" of "Trần Thị Lan"), 1 when it holds the words side by side, else 2.
    """

    fit: Fit
    fewer_same_marks: int
    order: int
    is_other_given_name: bool


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
        return _marked(self.written)

    def closeness(self, name_key: str, full_name: str) -> Closeness:
        """How near a name is to the typed one; compare only what the same text found."""
        words = name_key.split()
        has_order = f" {self.key} " in f" {name_key} "
        order = (0 if f" {name_key}".endswith(f" {self.key}") else 1) if has_order else 2
        is_other = self.words[-1:] != tuple(words[-1:])
        return Closeness(self._fit(name_key, words), -len(self.marked & _marked(full_name)), order, is_other)

    def _fit(self, name_key: str, words: list[str]) -> Fit:
        if name_key == self.key:
            return Fit.EXACT
        left = list(words)
        for typed in self.words:
            if typed not in left:
                return Fit.BEGUN if self._begins(words) else Fit.ELSEWHERE
            left.remove(typed)
        return Fit.WORDS

    def _begins(self, words: list[str]) -> bool:
        return all(any(word.startswith(typed) for word in words) for typed in self.words)


def _marked(name: str) -> frozenset[str]:
    return frozenset(one_tone_style(name).lower().split())
