"""Amounts in figures and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import LARGEST_IN_WORDS, amount_in_words, format_dong, number_in_words

DIGITS = {
    "không": 0,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
}
DIGITS |= {"mốt": 1, "tư": 4, "lăm": 5}
SCALES = {"nghìn": 10**3, "triệu": 10**6}


def read_words(text: str) -> int:
    """Read the words back, by another way than they are made: left to right."""
    total = below_billion = group = 0
    pending: int | None = None
    for word in text.split():
        if word in DIGITS:
            pending = DIGITS[word]
        elif word == "trăm":
            group, pending = group + (pending or 0) * 100, None
        elif word == "mươi":
            group, pending = group + (pending or 0) * 10, None
        elif word == "mười":
            group += 10
        elif word in SCALES:
            below_billion += (group + (pending or 0)) * SCALES[word]
            group, pending = 0, None
        elif word == "tỷ":
            total += (below_billion + group + (pending or 0)) * 10**9
            below_billion, group, pending = 0, 0, None
        else:
            assert word == "linh", word
    return total + below_billion + group + (pending or 0)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (55, "Năm mươi lăm đồng"),
        (105, "Một trăm linh năm đồng"),
        (110, "Một trăm mười đồng"),
        (1_001, "Một nghìn không trăm linh một đồng"),
        (80_000, "Tám mươi nghìn đồng"),
        (1_500_000, "Một triệu năm trăm nghìn đồng"),
        (1_855_000, "Một triệu tám trăm năm mươi lăm nghìn đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (7_090_500_000, "Bảy tỷ không trăm chín mươi triệu năm trăm nghìn đồng"),
        (1_000_000_000_000, "Một nghìn tỷ đồng"),
        (1_005_000_000_001, "Một nghìn không trăm linh năm tỷ không trăm linh một đồng"),
        (10**15, "Một triệu tỷ đồng"),
    ],
)
def test_amount_in_words(amount: int, words: str) -> None:
    assert amount_in_words(amount) == words


@given(st.integers(0, LARGEST_IN_WORDS))
def test_the_words_say_the_number(number: int) -> None:
    assert read_words(number_in_words(number)) == number


@pytest.mark.parametrize("amount", [-1, 10**18])
def test_amounts_outside_are_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        amount_in_words(amount)


@pytest.mark.parametrize(
    ("amount", "figures"), [(0, "0"), (999, "999"), (1_500_000, "1.500.000"), (-1_500_000, "-1.500.000")]
)
def test_figures_have_dots(amount: int, figures: str) -> None:
    assert format_dong(amount) == figures
