"""Coefficients, the base over time, and the ages of the groups of Điều 5 NĐ 20/2021."""

import datetime as dt
from decimal import Decimal

import pytest

from beneficiaries.rules.social_protection import allowance_of, base_on, fits_age, read_coefficient

DAY = dt.date(2021, 9, 1)


@pytest.mark.parametrize(
    ("category", "day", "allowance"),
    [
        ("k1_u4", DAY, 900_000),
        ("k3_4_16", DAY, 720_000),
        ("k4_per_child", DAY, 360_000),
        ("k5d", DAY, 1_080_000),
        ("k6_special_child_elder", DAY, 900_000),
        ("k8", dt.date(2024, 6, 30), 540_000),
        ("k8", dt.date(2024, 7, 1), 750_000),
        ("k8", dt.date(2021, 6, 30), None),
        ("unknown", DAY, None),
    ],
)
def test_the_allowance_is_base_times_coefficient(category: str, day: dt.date, allowance: int | None) -> None:
    assert allowance_of(category, day) == allowance


def test_there_is_no_base_before_the_decree() -> None:
    assert (base_on(dt.date(2021, 6, 30)), base_on(dt.date(2021, 7, 1))) == (None, 360_000)


@pytest.mark.parametrize(
    ("category", "birth", "fits"),
    [
        ("k1_u4", dt.date(2017, 9, 2), True),
        ("k1_u4", dt.date(2017, 9, 1), False),
        ("k5c", dt.date(1941, 9, 1), True),
        ("k5c", dt.date(1941, 9, 2), False),
        # of a year alone either age of that year is good
        ("k5c", 1941, True),
        ("k5c", 1942, False),
        ("k5b", 1941, True),
        ("k5b", 1940, False),
        ("k6_severe", dt.date(2020, 1, 1), True),
        ("k7", None, True),
    ],
)
def test_ages_at_their_borders(category: str, birth: dt.date | int | None, fits: bool) -> None:
    assert fits_age(category, birth, DAY) is fits


@pytest.mark.parametrize("text", ["", "một rưỡi", "NaN", "sNaN", "Infinity", "-inf"])
def test_what_is_no_coefficient_is_none(text: str) -> None:
    """ "sNaN" in a cell would stop the check of a whole list where it is compared."""
    assert read_coefficient(text) is None
    assert read_coefficient("1.50") == Decimal("1.5")
