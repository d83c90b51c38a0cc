"""Which group a household is of by each standard, at the borders; figures of policies that nobody confirmed."""

import pytest

from beneficiaries.rules.poverty import category_by_standard, standard_of


@pytest.mark.parametrize(
    ("year", "standard"), [(2016, "qd59_2015"), (2021, "qd59_2015"), (2022, "nd07_2021")]
)
def test_the_year_chooses_the_standard(year: int, standard: str) -> None:
    assert standard_of(year) == standard


@pytest.mark.parametrize(
    ("year", "is_urban", "income", "lacks", "group"),
    [
        # 2021, countryside: 700.000 is poor whatever is lacking
        (2021, False, 700_000, 0, "poor"),
        (2021, False, 700_001, 3, "poor"),
        (2021, False, 1_000_000, 2, "near_poor"),
        (2021, False, 1_000_001, 9, ""),
        # 2021, town
        (2021, True, 900_000, None, "poor"),
        (2021, True, 900_001, 2, "near_poor"),
        (2021, True, 1_300_000, 3, "poor"),
        (2021, True, 1_300_001, 3, ""),
        # 2022: the lack of services decides below the line
        (2022, False, 0, 2, "near_poor"),
        (2022, False, 1_500_000, 3, "poor"),
        (2022, False, 1_500_001, 3, ""),
        (2022, True, 2_000_000, 2, "near_poor"),
        (2022, True, 2_000_001, 3, ""),
        # not enough is known
        (2021, False, None, 3, None),
        (2021, False, 800_000, None, None),
        (2022, False, 100_000, None, None),
    ],
)
def test_the_group_by_income_and_lacks(
    year: int, is_urban: bool, income: int | None, lacks: int | None, group: str | None
) -> None:
    assert (
        category_by_standard(year=year, is_urban=is_urban, monthly_income=income, deprivations=lacks) == group
    )
