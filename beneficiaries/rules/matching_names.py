"""How two names differ, asked of their search keys (plain lower-case words, `core.text.search_key`), and of their marks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from beneficiaries.rules.name_variants import is_surname_variant
from beneficiaries.rules.names import one_tone_style
from beneficiaries.rules.syllables import is_plain_syllable

_LONG_NAME: Final = 9  # letters: in a shorter one two wrong letters make another name
_HOOK, _TILDE = "\u0309", "\u0303"


@lru_cache(maxsize=262_144)
def compare_names(a: str, b: str) -> str:
    """The code of the agreement (`matching_table`) of two search keys, OTHER_NAME for two names, "" when one is empty."""
    if not a or not b:
        return ""
    if a == b:
        return "SAME_NAME"
    if a.replace(" ", "") == b.replace(" ", ""):
        return "NAME_SPACING"
    ours, theirs = a.split(), b.split()
    if len(ours) == len(theirs) > 1:
        if sorted(ours) == sorted(theirs):
            return "NAME_SWAPPED"
        if ours[1:] == theirs[1:] and is_surname_variant(ours[0], theirs[0]):
            return "SURNAME_VARIANT"
    return _mistyped(a, b, ours, theirs) or _shortened(ours, theirs) or "OTHER_NAME"


def _mistyped(a: str, b: str, ours: list[str], theirs: list[str]) -> str:
    distance = DamerauLevenshtein.distance(a, b, score_cutoff=2)
    if distance > 2 or len(ours) != len(theirs) or min(len(a), len(b)) < 4:
        return ""
    if distance == 1:
        # another letter that makes another name is as often a brother's or a sister's
        is_other_name = (
            ours[-1] != theirs[-1] and is_plain_syllable(ours[-1]) and is_plain_syllable(theirs[-1])
        )
        return "GIVEN_NAME_ONE_LETTER" if is_other_name else "NAME_ONE_LETTER"
    is_long = min(len(a), len(b)) >= _LONG_NAME
    in_given = DamerauLevenshtein.distance(ours[-1], theirs[-1])
    return "NAME_TWO_LETTERS" if is_long and in_given < 2 else ""


def _shortened(ours: list[str], theirs: list[str]) -> str:
    """The same words but for one that is left out, never the given name."""
    shorter, longer = sorted((ours, theirs), key=len)
    if len(longer) != len(shorter) + 1 or len(shorter) < 2 or shorter[-1] != longer[-1]:
        return ""
    is_left_out = any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer) - 1))
    return "NAME_WORD_MISSING" if is_left_out else ""


@lru_cache(maxsize=262_144)
def have_other_marks(a: str, b: str) -> bool:
    """Two names of the same letters, both with marks, that differ in more than hỏi for ngã and the place of the tone."""
    if a == b or a.isascii() or b.isascii():
        return False
    return _folded(a) != _folded(b)


@lru_cache(maxsize=65_536)
def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFD", one_tone_style(name).lower()).replace(_HOOK, _TILDE)
    return "".join(plain.replace("y", "i").split())
