"""Public references such as `HS-2021-00001236`: kind, year, seven running digits and a check digit.

The check digit is Verhoeff's over the last two digits of the year and the seven running digits ("21" + "0000123" gives 6).
It catches every single wrong digit and every swap of neighbours, within the year's last two digits too. References are made
in bulk by the database with the function of `core/sql/public_reference.sql`, which gives the same text.
"""

import re
from dataclasses import dataclass
from typing import Final

RUNNING_DIGITS: Final = 7
LARGEST_NUMBER: Final = 10**RUNNING_DIGITS - 1
YEARS: Final = range(2000, 2100)

_REFERENCE: Final = re.compile(r"([A-Z]{2})-(20[0-9]{2})-([0-9]{7})([0-9])")
_PREFIX: Final = re.compile(r"[A-Z]{2}")
_TYPED: Final = re.compile(r"([A-Z]{2})(20[0-9]{2})([0-9]{1,8})")
_LOOKALIKES: Final = str.maketrans("OIL", "011")
# Verhoeff's scheme: the symmetries of a pentagon, and a permutation that is applied once more at every place. Statements of
# banks have a hundred thousand references, for which the general implementation of python-stdnum takes seconds (the tests
# compare with it).
_PERMUTATION: Final = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
_CYCLE: Final = 8


def _product(one: int, other: int) -> int:
    if one < 5:
        return (one + other) % 5 + (5 if other >= 5 else 0)
    return (one - other) % 5 + (0 if other >= 5 else 5)


def _permuted(digit: int, times: int) -> int:
    for _ in range(times):
        digit = _PERMUTATION[digit]
    return digit


_PRODUCTS: Final = tuple(tuple(_product(one, other) for other in range(10)) for one in range(10))
_INVERSES: Final = "".join(str(row.index(0)) for row in _PRODUCTS)
# the row of a place gives what each digit counts there; the last digit before the check digit is at place 1
_PLACES: Final = tuple(
    {str(digit): _permuted(digit, times) for digit in range(10)} for times in range(_CYCLE)
)


@dataclass(frozen=True, slots=True)
class Reference:
    """The parts of a valid reference; `str()` gives its one written form."""

    prefix: str
    year: int
    number: int

    def __str__(self) -> str:
        return format_reference(self.prefix, self.year, self.number)


def check_digit(digits: str) -> str:
    """Return Verhoeff's check digit of a string of ASCII digits; ValueError for anything else."""
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("a check digit is computed from digits only")
    sum_of_places = 0
    for place, digit in enumerate(reversed(digits), 1):
        sum_of_places = _PRODUCTS[sum_of_places][_PLACES[place % _CYCLE][digit]]
    return _INVERSES[sum_of_places]


def format_reference(prefix: str, year: int, number: int) -> str:
    """Return the reference of the `number`-th object of that kind and year: ("HS", 2021, 123) gives HS-2021-00001236.

    ValueError when the prefix is not two capital letters, the year is outside 2000-2099 or the number has more than seven
    digits.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"prefix of a reference must be two capital letters: {prefix!r}")
    if year not in YEARS or not 0 <= number <= LARGEST_NUMBER:
        raise ValueError(f"reference out of range: year {year}, number {number}")
    running = f"{number:0{RUNNING_DIGITS}d}"
    return f"{prefix}-{year}-{running}{check_digit(f'{year % 100:02d}{running}')}"


def is_valid_reference(text: str) -> bool:
    """Is this exactly the written form of a reference, with the right check digit?"""
    match = _REFERENCE.fullmatch(text)
    return match is not None and format_reference(match[1], int(match[2]), int(match[3])) == text


def parse_reference(typed: str) -> Reference | None:
    """Read a reference as people type it, or return None when it is none or its check digit is wrong.

    Lower case, spaces, dots, other or missing dashes, leading zeros left out, and the letters O, I, L in place of 0 and 1
    are all understood: " hs 2021 1236" is HS-2021-00001236.
    """
    signs = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
    match = _TYPED.fullmatch(signs[:2] + signs[2:].translate(_LOOKALIKES))
    if match is None:
        return None
    digits = match[3].zfill(RUNNING_DIGITS + 1)
    reference = Reference(prefix=match[1], year=int(match[2]), number=int(digits[:RUNNING_DIGITS]))
    return reference if str(reference)[-1] == digits[-1] else None
