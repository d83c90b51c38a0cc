"""Vietnamese text: keys for search and for order, clean spaces, masked numbers.

Names are kept as the papers write them; what is compared is never the name but one of the two keys made here, which are
stored in columns beside it. Both keys are pure functions of the text, so they can be made again at any time.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

# --- spaces ---------------------------------------------------------------------------------------------------------

# Characters that take no room: they come with text copied from web pages and chat programs, in the middle of words.
# The soft hyphen is one of them, but a letter ("ư") in text typed with a TCVN3 font: decode such text first.
_INVISIBLE: Final = dict.fromkeys(
    [0xAD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF]
)


def clean_spaces(text: str) -> str:
    """Return the text on one line with single spaces and no space at either end.

    No-break spaces, tabs and line breaks become a space; characters without width disappear. Letters stay as they are.
    """
    return " ".join(text.translate(_INVISIBLE).split())


def inside_sentence(name: str) -> str:
    """The name of a unit as it stands after other words: "Huyện Phú Tân" is "huyện Phú Tân" there."""
    return name[:1].lower() + name[1:]


def clean_text(text: str) -> str:
    """Return the text with composed letters (Unicode NFC) and clean spaces: the form in which names are stored."""
    return clean_spaces(unicodedata.normalize("NFC", text))


# --- search key -----------------------------------------------------------------------------------------------------

_TO_PLAIN: Final = str.maketrans(
    {
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "'": None,
        "’": None,
        "‘": None,
        "ʼ": None,
        "`": None,
        "´": None,
        "′": None,
    }
)
# "Lý" and "Lí", "Mỹ" and "Mĩ", "Quý" and "Quí" are one name in two spellings. After another vowel, y and i are two
# different sounds ("Hay" and "Hai", "Thúy" and "Thúi") and stay apart.
_FINAL_Y: Final = re.compile(r"(?<![aeiou])y$|(?<=^qu)y")


@lru_cache(maxsize=65_536)
def _plain_word(word: str) -> str:
    plain = "".join(
        letter if letter.isalnum() else " "
        for letter in unicodedata.normalize("NFKD", word.translate(_TO_PLAIN))
        if not unicodedata.combining(letter)
    )
    return " ".join(_FINAL_Y.sub("i", part) for part in plain.casefold().split())


def search_key(text: str) -> str:
    """Return what two spellings of the same words have in common: plain lower-case words with single spaces.

    Tone and vowel marks, place of the tone mark, đ, capitals, the choice of i or y, apostrophes and composed or
    decomposed letters make no difference; hyphens and other signs separate words. "NGUYỄN THỊ  QUÍ" and "Nguyễn thị Quý"
    both give "nguyen thi qui".
    """
    return " ".join(filter(None, map(_plain_word, text.translate(_INVISIBLE).split())))


# --- sort key -------------------------------------------------------------------------------------------------------

_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# One byte per letter. Order of the bytes: space (end of a syllable) < tones < digits < letters, so a syllable comes before
# the longer ones that begin with it, and tones decide only between syllables of the same letters.
_LETTER_CODES: Final = dict(zip(_ALPHABET, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg", strict=True))
_DIGIT_CODES: Final = {digit: digit for digit in "0123456789"}
_TONES: Final = {
    "\u0300": 1,
    "\u0309": 2,
    "\u0303": 3,
    "\u0301": 4,
    "\u0323": 5,
}  # huyền, hỏi, ngã, sắc, nặng
_TONE_CODES: Final = "!#$*+-"  # ngang, then as above
_VOWEL_MARKS: Final = "\u0302\u0306\u031b"  # of â ê ô, ă, ơ ư
_LETTER_MARKS: Final = {
    (plain, mark): unicodedata.normalize("NFC", plain + mark)
    for plain, mark in [
        ("a", "\u0302"),
        ("a", "\u0306"),
        ("e", "\u0302"),
        ("o", "\u0302"),
        ("o", "\u031b"),
        ("u", "\u031b"),
    ]
}


@lru_cache(maxsize=65_536)
def _syllable_key(syllable: str) -> str:
    letters: list[str] = []
    tone = 0
    for sign in unicodedata.normalize("NFD", syllable.lower()):
        if sign in _TONES:
            tone = tone or _TONES[sign]
        elif sign in _VOWEL_MARKS:
            if letters:
                letters[-1] = _LETTER_MARKS.get((letters[-1], sign), letters[-1])
        elif sign.isalnum():
            letters.append(sign)
    if not letters:
        return ""
    return (
        "".join(_LETTER_CODES.get(letter) or _DIGIT_CODES.get(letter) or letter for letter in letters)
        + _TONE_CODES[tone]
    )


def sort_key(name: str) -> str:
    """Return a text whose byte order is the order of a Vietnamese list of names: by given name, then by the rest.

    The last word is the given name. Words are compared one after the other, by the letters of the Vietnamese alphabet
    (a ă â b c d đ e ê ...), then by tone (ngang, huyền, hỏi, ngã, sắc, nặng). Capitals, hyphens and the place of the
    tone mark make no difference. For columns with COLLATE "C"; not meant for people's eyes.
    """
    words = [key for key in map(_syllable_key, name.translate(_INVISIBLE).split()) if key]
    return " ".join([*words[-1:], *words[:-1]])


def sort_names(names: Iterable[str]) -> list[str]:
    """Return the names in the order of a Vietnamese list, for lists that don't come from the database."""
    return sorted(names, key=lambda name: (sort_key(name), name))


# --- masks ----------------------------------------------------------------------------------------------------------

_MASK: Final = "••• ••• •••"
_SHORTEST_TO_SHOW: Final = 6


def mask_number(number: str) -> str:
    """Return an identity number or account as staff and the public may see it: `••• ••• ••• 412`.

    Only the last three characters are shown, the length is not; a number under six characters shows nothing of itself, an
    empty one stays empty.
    """
    number = "".join(number.split())
    if not number:
        return ""
    return f"{_MASK} {number[-3:] if len(number) >= _SHORTEST_TO_SHOW else '•••'}"


# as people write them: nine or twelve digits, alone or in groups of three; a hundred million đồng is written like nine digits,
# and is none
_NUMBER: Final = re.compile(
    r"(?<!\w)\d{3}([ .]?)\d{3}\1\d{3}(?:\1\d{3})?(?!\w)(?!\s*(?:đồng|đ|vnđ|vnd)(?!\w))", re.IGNORECASE
)


_BETWEEN_DIGITS: Final = str.maketrans("", "", " .-")


def is_number(text: str) -> bool:
    """Is this text an identity number and nothing else: nine or twelve digits, however they are grouped?"""
    digits = text.translate(_BETWEEN_DIGITS)
    return len(digits) in (9, 12) and digits.isascii() and digits.isdigit()


def without_numbers(text: str) -> str:
    """The text with every identity number in it replaced by `•••`: for what is kept or written in clear beside the numbers."""
    return _NUMBER.sub("•••", text)


# twelve to nineteen digits, with or without spaces: an account, or an identity number grouped in some other way
_LONG: Final = re.compile(r"(?<!\w)\d(?: ?\d){11,18}(?!\w)")
# eight digits or more, however they are grouped: a telephone too
_ANY: Final = re.compile(r"(?<!\w)\+?\d(?:[ .-]?\d){7,}(?!\w)")


def has_number(text: str) -> bool:
    """Does an identity number or an account number stand in this text? Telephones, amounts and references are none."""
    return bool(_NUMBER.search(text) or _LONG.search(text))


def without_any_number(text: str) -> str:
    """The text for everybody: identity numbers, accounts and telephones in it replaced by `•••`."""
    return _ANY.sub("•••", text)
