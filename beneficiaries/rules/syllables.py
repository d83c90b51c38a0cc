"""Which words can be Vietnamese syllables: an onset, a rime and a tone that go together.

Serves to tell readable text from text in the wrong encoding. Names of Khmer and Cham people need not pass; a score
compares two readings of one cell, it never refuses a name.
"""

from __future__ import annotations

import itertools
import unicodedata
from functools import lru_cache
from typing import Final

_RIMES_TEXT: Final = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng "
    "eo ep et ê êch êm ên ênh êp êt êu êc êng i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o "
    "oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on "
    "ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât "
    "uây uê uêch uênh uơ uy uya uych uyên uyêt uyn uynh uyt uyu uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn "
    "ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu ynh ych"
)
_RIMES: Final = tuple(_RIMES_TEXT.split())
_AFTER_Q_TEXT: Final = (
    "a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây âu e en eo et ê êch ên ênh êt i "
    "ich in inh it iên iêt iu y ych ynh yên yêt yt yn yu ơ ôc ô ương ươi"
)
_AFTER_Q: Final = tuple(_AFTER_Q_TEXT.split())
_ONSETS_TEXT: Final = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph r s t th tr v x"
_ONSETS: Final = tuple(_ONSETS_TEXT.split())
_FRONT: Final = "eêiy"  # vowels before which c, g, ng are written k, gh, ngh
_TONES: Final = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOPS: Final = ("c", "ch", "p", "t")


def _goes(onset: str, rime: str) -> bool:
    front = rime[0] in _FRONT
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "g", "ng"):
        return not front
    return True


def _all_syllables() -> frozenset[str]:
    found = set(_RIMES)
    found.update(onset + rime for onset in _ONSETS for rime in _RIMES if _goes(onset, rime))
    found.update("qu" + rime for rime in _AFTER_Q)
    found.update(("gi", "gin", "giêng", "giêt"))
    return frozenset(found)


_SYLLABLES: Final = _all_syllables()


@lru_cache(maxsize=32_768)
def is_syllable(word: str) -> bool:
    """True when the word, in any case, is a possible Vietnamese syllable with a tone that its ending allows."""
    tone = ""
    letters: list[str] = []
    for sign in unicodedata.normalize("NFD", word.lower()):
        if sign in _TONES:
            if tone:
                return False
            tone = sign
        else:
            letters.append(sign)
    plain = unicodedata.normalize("NFC", "".join(letters))
    if plain not in _SYLLABLES:
        return False
    if (plain.endswith(_STOPS) and plain[-1] != "h") or plain.endswith("ch"):
        return tone in ("\u0301", "\u0323")
    return True


@lru_cache(maxsize=32_768)
def is_plain_syllable(word: str) -> bool:
    """True when the unmarked word could be a syllable that lost its marks: "Nguyen", "Duoc", but not "Mah" or "Khonl"."""
    return word.lower() in _UNMARKED


def _unmarked(word: str) -> str:
    return "".join(
        sign
        for sign in unicodedata.normalize("NFD", word.replace("đ", "d"))
        if not unicodedata.combining(sign)
    )


_UNMARKED: Final = frozenset(_unmarked(syllable) for syllable in _SYLLABLES)
_LETTERS: Final = frozenset(
    unicodedata.normalize("NFC", base + mark + tone)
    for base, marks in {
        "a": "\u0302\u0306",
        "e": "\u0302",
        "o": "\u0302\u031b",
        "u": "\u031b",
        "i": "",
        "y": "",
    }.items()
    for mark in ["", *marks]
    for tone in ["", *_TONES]
) | frozenset("abcdefghijklmnopqrstuvwxyzđ")


@lru_cache(maxsize=32_768)
def score_word(word: str) -> int:
    """How Vietnamese one word looks: 3 for a syllable, 0 for letters that make none, -4 for letters Vietnamese has not."""
    lowered = word.lower()
    if not all(letter in _LETTERS or (not letter.isalpha() and letter in "-'.,") for letter in lowered):
        return -4
    if any(a.islower() and b.isupper() for a, b in itertools.pairwise(word)):
        return -2
    return 3 if is_syllable(lowered) else 0


def score(text: str) -> int:
    """Sum over the words; only good for comparing readings of the same cell."""
    return sum(score_word(word) for word in text.split())


def is_readable(text: str) -> bool:
    """True when every word is a possible syllable in ordinary capitals: nothing to suspect."""
    return all(score_word(word) == 3 for word in text.split())
