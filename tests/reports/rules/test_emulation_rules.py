"""Points on a scale, places with ties, money of awards: plain arithmetic, held to the last hundredth."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules.awards import read_awards, shipped_awards
from reports.rules.emulation import Scale, places, points_of_entered, points_of_share, share_percent

MORE = Scale(Decimal(25), Decimal(40), Decimal(100))
LESS = Scale(Decimal(10), Decimal(30), Decimal(0), full_when_empty=True)


@pytest.mark.parametrize(
    ("scale", "share", "points"),
    [
        (MORE, "40", "0.00"),
        (MORE, "39.99", "0.00"),
        (MORE, "70", "12.50"),
        (MORE, "100", "25.00"),
        (MORE, "66.67", "11.11"),
        (LESS, "30", "0.00"),
        (LESS, "31", "0.00"),
        (LESS, "15", "5.00"),
        (LESS, "0", "10.00"),
    ],
)
def test_points_lie_on_a_straight_line_between_the_ends(scale: Scale, share: str, points: str) -> None:
    assert points_of_share(scale, Decimal(share)) == Decimal(points)


def test_nothing_to_measure_is_all_or_nothing() -> None:
    assert share_percent(0, 0) is None
    assert points_of_share(MORE, None) == 0
    assert points_of_share(LESS, None) == 10


def test_a_scale_without_length_is_an_error() -> None:
    with pytest.raises(ValueError, match="differ"):
        points_of_share(Scale(Decimal(5), Decimal(50), Decimal(50)), Decimal(50))


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_points_stay_within_the_criterion(part: int, whole: int) -> None:
    for scale in (MORE, LESS):
        assert 0 <= points_of_share(scale, share_percent(part, whole)) <= scale.most


def test_entered_points_add_up_to_the_most_there_is() -> None:
    assert points_of_entered(Decimal(10), [Decimal("4.5"), Decimal("3.25")]) == Decimal("7.75")
    assert points_of_entered(Decimal(10), [Decimal(8), Decimal(8)]) == Decimal("10.00")


def test_ties_share_a_place_and_the_next_is_left_out() -> None:
    points = {"a": Decimal(90), "b": Decimal(95), "c": Decimal(95), "d": Decimal(80), "e": Decimal(90)}
    assert places(points) == {"b": 1, "c": 1, "a": 3, "e": 3, "d": 5}


def test_money_of_the_awards() -> None:
    table = shipped_awards()
    found = {
        code: (table.amount(code, is_collective=False), table.amount(code, is_collective=True))
        for code in table.awards
    }
    assert found["giay_khen_so"] == (447_000, 894_000)
    assert found["bang_khen_ubnd"] == found["bang_khen_bo"] == (1_490_000, 2_980_000)
    assert found["bang_khen_tt"][0] == 5_215_000
    assert all(award.verify and award.confidence in ("medium", "low") for award in table.awards.values())


def test_the_council_is_warned_about_by_data() -> None:
    table = shipped_awards()
    assert (table.has_quorum(2, 3), table.has_quorum(6, 9), table.has_quorum(7, 9)) == (False, False, True)
    assert (table.has_majority(1, 2), table.has_majority(2, 3), table.has_majority(0, 0)) == (
        False,
        True,
        False,
    )
    assert table.council_verify


def test_a_file_with_an_unknown_decider_is_refused() -> None:
    text = """
base_salary = 1
base_salary_basis = "x"
[council]
quorum_percent = 1
majority_percent = 1
verify = "x"
[[award]]
code = "a"
decided_by = "nobody"
"""
    with pytest.raises(ValueError, match="decided by nobody known"):
        read_awards(text)
