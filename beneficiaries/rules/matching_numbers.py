"""How far apart two identity numbers are. The digits come in clear and go no further than this comparison."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from typing import Final

from rapidfuzz.distance import Hamming

_CCCD_LENGTH: Final = 12


class NumberDistance(Enum):
    """The nearest two of two people's numbers; UNKNOWN where an old number stands against a new one."""

    UNKNOWN = ""
    SAME = "SAME_NUMBER"
    ONE_DIGIT = "NUMBER_ONE_DIGIT"
    TRANSPOSED = "NUMBER_TRANSPOSED"
    TWO_DIGITS = "NUMBER_TWO_DIGITS"
    FAR_CCCD = "OTHER_CCCD"
    FAR_CMND = "OTHER_CMND"


def distance_of(a: str, b: str) -> NumberDistance:
    """Two numbers of the same kind (12 or 9 digits); UNKNOWN for others."""
    if len(a) != len(b) or len(a) not in (9, _CCCD_LENGTH):
        return NumberDistance.UNKNOWN
    if a == b:
        return NumberDistance.SAME
    wrong = Hamming.distance(a, b)
    if wrong == 1:
        return NumberDistance.ONE_DIGIT
    if wrong == 2:
        first = next(place for place, digit in enumerate(a) if digit != b[place])
        is_turned = a[first : first + 2] == b[first : first + 2][::-1]
        return NumberDistance.TRANSPOSED if is_turned else NumberDistance.TWO_DIGITS
    return NumberDistance.FAR_CCCD if len(a) == _CCCD_LENGTH else NumberDistance.FAR_CMND


_ORDER: Final = {distance: place for place, distance in enumerate(NumberDistance) if distance.value}


def nearest_of(a: Collection[str], b: Collection[str]) -> NumberDistance:
    """The nearest two of all numbers that two people have or had."""
    found = [distance_of(ours, theirs) for ours in a for theirs in b]
    known = [distance for distance in found if distance is not NumberDistance.UNKNOWN]
    return min(known, key=_ORDER.__getitem__, default=NumberDistance.UNKNOWN)


def neighbours_of(number: str) -> list[str]:
    """Every number that is one wrong digit or two turned digits away: 108 and at most 11 for a CCCD."""
    found = [
        f"{number[:place]}{digit}{number[place + 1 :]}"
        for place, own in enumerate(number)
        for digit in "0123456789"
        if digit != own
    ]
    found += [
        f"{number[:place]}{number[place + 1]}{number[place]}{number[place + 2 :]}"
        for place in range(len(number) - 1)
        if number[place] != number[place + 1]
    ]
    return found
