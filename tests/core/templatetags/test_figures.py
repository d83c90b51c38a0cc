"""How figures, dates and numbers are written on screen."""

import datetime as dt

import pytest

from core.templatetags import figures


def test_money_is_written_with_dots_and_the_sign() -> None:
    assert figures.money(1_500_000) == "1.500.000 đ"
    assert figures.money(0) == "0 đ"
    assert figures.money(None) == "Chưa có"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (78_402_000_000, "78,402 tỷ đồng"),
        (1_500_000_000, "1,5 tỷ đồng"),
        (2_000_000_000, "2 tỷ đồng"),
        (999_999, "0 tỷ đồng"),
    ],
)
def test_billions_keep_three_places_at_most(amount: int, shown: str) -> None:
    assert figures.billions(amount) == shown


def test_shares_have_one_decimal_with_a_comma() -> None:
    assert figures.percent_of(78_277, 93_645) == "83,6%"
    assert figures.percent_of(0, 0) == "0,0%"


def test_days_are_day_month_year() -> None:
    assert figures.day(dt.date(2021, 9, 5)) == "05/09/2021"
    assert figures.day(None) == "Chưa có"
    assert figures.day_in_words(dt.date(2021, 10, 4)) == "ngày 04 tháng 10 năm 2021"
    assert figures.day_in_words(dt.date(2021, 2, 14)) == "ngày 14 tháng 02 năm 2021"
    assert figures.day_in_words(dt.date(2021, 9, 14)) == "ngày 14 tháng 9 năm 2021"


def test_moments_are_shown_in_the_time_of_vietnam() -> None:
    late = dt.datetime(2021, 9, 26, 18, 30, tzinfo=dt.UTC)
    assert figures.moment(late) == "27/09/2021, 01:30"
    assert figures.day(late) == "27/09/2021"


def test_only_the_last_digits_of_numbers_are_shown() -> None:
    assert figures.masked("089193000412") == "••• ••• ••• 412"
    assert figures.masked("351234655") == "••• ••• 655"
    assert figures.masked("") == "Chưa có"
    assert figures.grouped("089193000412") == "089 193 000 412"
    assert figures.masked_account("6700205550927") == "••••0927"


def test_initials_are_of_the_given_name() -> None:
    assert figures.initials("Trần Thị Mỹ Duyên") == "MD"
    assert figures.initials("An") == "A"
