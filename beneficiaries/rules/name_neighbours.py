"""Words that somebody may have meant: other spellings of a name, and one wrong, missing, doubled or swapped letter."""

from __future__ import annotations

from functools import lru_cache
from string import ascii_lowercase
from typing import Final

from beneficiaries.rules.name_variants import word_variants
from beneficiaries.rules.syllables import is_plain_syllable

_SHORTEST: Final = 3  # letters: one letter makes any shorter word into any other


@lru_cache(maxsize=1_024)
def neighbours_of(word: str) -> tuple[str, ...]:
    """The words near to this one (search keys), sorted: its other spellings, and syllables one letter away.

    Of a word that is no syllable (Khmer, Cham, or mistyped) every word one letter away.
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return tuple(sorted(word_variants(word)))
    near = _one_letter_away(word)
    if _is_syllable(word):
        near = {each for each in near if _is_syllable(each)}
    return tuple(sorted(word_variants(word) | near))


def _is_syllable(word: str) -> bool:
    # "quyen" stands as "quien" in a search key
    return is_plain_syllable(word) or (word.startswith("qui") and is_plain_syllable(f"quy{word[3:]}"))


def _one_letter_away(word: str) -> set[str]:
    heads = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    missing = {head + tail[1:] for head, tail in heads if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in heads if len(tail) > 1}
    wrong = {head + letter + tail[1:] for head, tail in heads if tail for letter in ascii_lowercase}
    doubled = {head + letter + tail for head, tail in heads for letter in ascii_lowercase}
    return (missing | swapped | wrong | doubled) - {word}
