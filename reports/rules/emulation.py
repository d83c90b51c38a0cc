"""Points from figures, and places from points. Points have two decimals; ties share a place and the next one is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TypeVar

K = TypeVar("K")
_CENT: Final = Decimal("0.01")
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line: no points at `zero_at` per cent, `most` at `full_at`, nothing beyond either end. Where less is better
    `zero_at` is the higher one. `full_when_empty`: a unit of which there is nothing to measure gets all points, else none.
    """

    most: Decimal
    zero_at: Decimal
    full_at: Decimal
    full_when_empty: bool = False


def share_percent(part: int, whole: int) -> Decimal | None:
    """The share in per cent with two decimals; None where there is nothing to share."""
    if whole == 0:
        return None
    return (Decimal(part) * _HUNDRED / Decimal(whole)).quantize(_CENT, ROUND_HALF_UP)


def points_of_share(scale: Scale, share: Decimal | None) -> Decimal:
    """Points of a share on a scale. ValueError for a scale whose ends are the same."""
    if scale.zero_at == scale.full_at:
        raise ValueError("the ends of a scale differ")
    if share is None:
        return scale.most if scale.full_when_empty else Decimal(0).quantize(_CENT)
    along = (share - scale.zero_at) / (scale.full_at - scale.zero_at)
    return (scale.most * min(max(along, Decimal(0)), Decimal(1))).quantize(_CENT, ROUND_HALF_UP)


def points_of_entered(most: Decimal, given: Sequence[Decimal]) -> Decimal:
    """The confirmed points of a unit's achievements, at most what the criterion can give."""
    return min(sum(given, Decimal(0)), most).quantize(_CENT, ROUND_HALF_UP)


def places(points: Mapping[K, Decimal]) -> dict[K, int]:
    """Who has how many more before them, plus one: two firsts are followed by a third."""
    ordered = sorted(points.values(), reverse=True)
    return {key: ordered.index(value) + 1 for key, value in points.items()}
