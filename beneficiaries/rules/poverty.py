"""Which poverty standard a year follows, and whether what a household has fits the group that it was put into.

Figures: QĐ 59/2015/QĐ-TTg, carried to 31/12/2021 by NĐ 07/2021/NĐ-CP, which holds from 01/01/2022. Not confirmed by the
department; so a contradiction is asked about and refuses nothing. Money is đồng for one person a month.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

POOR: Final = "poor"
NEAR_POOR: Final = "near_poor"
QD59: Final = "qd59_2015"
ND07: Final = "nd07_2021"
FIRST_YEAR: Final = 2016
LAST_YEAR: Final = 2030
ND07_FROM: Final = 2022
# so many missing basic services make a household of the second band poor
ENOUGH_DEPRIVATIONS: Final = 3


@dataclass(frozen=True, slots=True)
class Standard:
    """Below or at `lower` everybody is poor; up to `upper` who lacks enough services is poor and who does not is near-poor."""

    lower: int
    upper: int


# (standard, is the commune urban): the newer one asks for the lack of services whatever the income
STANDARDS: Final = {
    (QD59, False): Standard(700_000, 1_000_000),
    (QD59, True): Standard(900_000, 1_300_000),
    (ND07, False): Standard(0, 1_500_000),
    (ND07, True): Standard(0, 2_000_000),
}


def standard_of(year: int) -> str:
    """The standard by which households of this calendar year are told poor."""
    return ND07 if year >= ND07_FROM else QD59


def category_by_standard(
    *, year: int, is_urban: bool, monthly_income: int | None, deprivations: int | None
) -> str | None:
    """ "poor", "near_poor", "" (neither) by what is known of the household; None where that is not enough to tell."""
    if monthly_income is None:
        return None
    standard = STANDARDS[standard_of(year), is_urban]
    if monthly_income > standard.upper:
        return ""
    if standard.lower and monthly_income <= standard.lower:
        return POOR
    if deprivations is None:
        return None
    return POOR if deprivations >= ENOUGH_DEPRIVATIONS else NEAR_POOR
