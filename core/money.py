"""Amounts of money: whole đồng as figures and as words.

Words follow the standard schoolbook Vietnamese of official papers: "nghìn" (not "ngàn"), "linh" for an empty tens place
(not "lẻ"), "mốt", "tư", "lăm" after tens, "tỷ"; an empty group of three is left out. A reader in the South says "lẻ" and
"ngàn" and reads the standard form without doubt, so one form serves every document.
"""

from typing import Final

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_EMPTY_TENS: Final = "linh"
_GROUPS: Final = ("", " nghìn", " triệu")
_BILLION: Final = 10**9
LARGEST_IN_WORDS: Final = 10**18 - 1


def _units_after_tens(tens: int, units: int) -> str:
    if units == 5:
        return "lăm"
    if units == 1 and tens > 1:
        return "mốt"
    if units == 4 and tens > 1:
        return "tư"
    return _DIGITS[units]


def _three_digits(value: int, *, is_first: bool) -> str:
    """Read 1..999; a group that follows another is read in full ("không trăm linh năm")."""
    hundreds, tens, units = value // 100, value // 10 % 10, value % 10
    words: list[str] = []
    if hundreds or not is_first:
        words += [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        if units:
            words += [_EMPTY_TENS, _DIGITS[units]] if words else [_DIGITS[units]]
    else:
        words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
        if units:
            words.append(_units_after_tens(tens, units))
    return " ".join(words)


def _below_billion(value: int, *, is_first: bool) -> str:
    parts: list[str] = []
    for place in (2, 1, 0):
        group = value // 1000**place % 1000
        if group:
            parts.append(_three_digits(group, is_first=is_first and not parts) + _GROUPS[place])
    return " ".join(parts)


def number_in_words(value: int) -> str:
    """Return a whole number from 0 to 10^18 - 1 in lower-case Vietnamese words; ValueError outside of it."""
    if not 0 <= value <= LARGEST_IN_WORDS:
        raise ValueError(f"number out of range for words: {value}")
    if value == 0:
        return _DIGITS[0]
    billions, rest = divmod(value, _BILLION)
    parts: list[str] = []
    if billions:
        parts.append(_below_billion(billions, is_first=True) + " tỷ")
    if rest:
        parts.append(_below_billion(rest, is_first=not parts))
    return " ".join(parts)


def amount_in_words(amount: int) -> str:
    """Return an amount as documents write it after "Bằng chữ:": "Một triệu năm trăm nghìn đồng".

    Whole đồng from 0 ("Không đồng") to 10^18 - 1; ValueError outside of it.
    """
    words = number_in_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def format_dong(amount: int) -> str:
    """Return the figures with dots between thousands: 1500000 gives "1.500.000". The unit is written by the caller."""
    return f"{amount:,}".replace(",", ".")
