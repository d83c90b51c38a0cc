"""Groups of Điều 5 NĐ 20/2021/NĐ-CP: paragraph, coefficient, and what the base gives them a month."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Final

PARAGRAPHS: Final = {
    "k1_u4": "Khoản 1",
    "k1_4plus": "Khoản 1",
    "k2": "Khoản 2",
    "k3_u4": "Khoản 3",
    "k3_4_16": "Khoản 3",
    "k4_per_child": "Khoản 4",
    "k5a_60_80": "Điểm a khoản 5",
    "k5a_80plus": "Điểm a khoản 5",
    "k5b": "Điểm b khoản 5",
    "k5c": "Điểm c khoản 5",
    "k5d": "Điểm d khoản 5",
    "k6_severe": "Khoản 6",
    "k6_severe_child_elder": "Khoản 6",
    "k6_special": "Khoản 6",
    "k6_special_child_elder": "Khoản 6",
    "k7": "Khoản 7",
    "k8": "Khoản 8",
}
COEFFICIENTS: Final = {
    "k1_u4": Decimal("2.5"),
    "k1_4plus": Decimal("1.5"),
    "k2": Decimal("1.5"),
    "k3_u4": Decimal("2.5"),
    "k3_4_16": Decimal("2.0"),
    "k4_per_child": Decimal("1.0"),
    "k5a_60_80": Decimal("1.5"),
    "k5a_80plus": Decimal("2.0"),
    "k5b": Decimal("1.0"),
    "k5c": Decimal("1.0"),
    "k5d": Decimal("3.0"),
    "k6_severe": Decimal("1.5"),
    "k6_severe_child_elder": Decimal("2.0"),
    "k6_special": Decimal("2.0"),
    "k6_special_child_elder": Decimal("2.5"),
    "k7": Decimal("1.5"),
    "k8": Decimal("1.5"),
}
# the base in đồng a month, from its first day; before it other coefficients held, which we don't have
BASES: Final = ((dt.date(2024, 7, 1), 500_000), (dt.date(2021, 7, 1), 360_000))
# which degree of disability a group is of
DEGREES: Final = {
    "k6_severe": "severe",
    "k6_severe_child_elder": "severe",
    "k6_special": "special_severe",
    "k6_special_child_elder": "special_severe",
}


def base_on(day: dt.date) -> int | None:
    """The base in đồng a month; None before NĐ 20/2021 held."""
    return next((base for first, base in BASES if day >= first), None)


def allowance_of(category: str, day: dt.date) -> int | None:
    """Base times coefficient in đồng a month, of one child for a single parent; None where it can't be told."""
    base, coefficient = base_on(day), COEFFICIENTS.get(category)
    return None if base is None or coefficient is None else int(base * coefficient)


# full years on the first day: from, and below which; None where the group says nothing of it
AGES: Final[dict[str, tuple[int | None, int | None]]] = {
    "k1_u4": (None, 4),
    "k1_4plus": (4, 16),
    "k2": (16, 23),
    "k3_u4": (None, 4),
    "k3_4_16": (4, 16),
    "k5a_60_80": (60, 80),
    "k5a_80plus": (80, None),
    "k5b": (75, 80),
    "k5c": (80, None),
    "k5d": (60, None),
    "k7": (None, 3),
    "k8": (16, None),
}


def fits_age(category: str, birth: dt.date | int | None, day: dt.date) -> bool:
    """Whether somebody born then can be of the group on that day; of a year of birth alone either age of the year is good."""
    least, below = AGES.get(category, (None, None))
    if birth is None:
        return True
    if isinstance(birth, dt.date):
        youngest = oldest = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
    else:
        youngest, oldest = day.year - birth - 1, day.year - birth
    return (least is None or oldest >= least) and (below is None or youngest < below)


def read_coefficient(text: str) -> Decimal | None:
    """ "1.5" or "1.50"; None for anything else."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
