"""Periods, typed figures and how a figure compares with its plan."""

import datetime as dt
from decimal import Decimal

import pytest

from reports.rules.targets import (
    Bounds,
    WrongFigure,
    due_on,
    ended_periods,
    format_figure,
    last_ended,
    period_bounds,
    read_figure,
    share_of_plan,
    standing_of,
    year_figure,
)

COUNT = Bounds(0, Decimal(0))
RATE = Bounds(2, Decimal(0), Decimal(100))


@pytest.mark.parametrize(
    ("kind", "number", "first", "last"),
    [
        ("month", 2, dt.date(2021, 2, 1), dt.date(2021, 2, 28)),
        ("quarter", 3, dt.date(2021, 7, 1), dt.date(2021, 9, 30)),
        ("half", 2, dt.date(2021, 7, 1), dt.date(2021, 12, 31)),
        ("year", 1, dt.date(2021, 1, 1), dt.date(2021, 12, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(kind: str, number: int, first: dt.date, last: dt.date) -> None:
    assert period_bounds(kind, 2021, number) == (first, last)


def test_the_last_period_is_the_one_before_a_day() -> None:
    assert last_ended("month", dt.date(2021, 9, 27)) == (2021, 8)
    assert last_ended("month", dt.date(2021, 9, 30)) == (2021, 8), "on its last day a month is not over"
    assert last_ended("month", dt.date(2021, 10, 1)) == (2021, 9)
    assert last_ended("half", dt.date(2021, 6, 30)) == (2020, 2)
    assert ended_periods("quarter", 2021, dt.date(2021, 9, 30)) == 3
    assert due_on("month", 2021, 8, 10) == dt.date(2021, 9, 10)
    with pytest.raises(ValueError, match="no quarter 5"):
        period_bounds("quarter", 2021, 5)


@pytest.mark.parametrize(
    ("typed", "bounds", "expected"),
    [
        ("1.234", COUNT, "1234"),
        (" 12 ", COUNT, "12"),
        ("1.234.567", COUNT, "1234567"),
        (1250, COUNT, "1250"),
        (1250.0, COUNT, "1250"),
        ("71,3", RATE, "71.30"),
        ("71.3", RATE, "71.30"),
        ("71,35 %", RATE, "71.35"),
        (71.3, RATE, "71.30"),
        ("−0,5", Bounds(2, Decimal(-100), Decimal(100)), "-0.50"),
        ("0", COUNT, "0"),
    ],
)
def test_figures_are_read_as_people_write_them(typed: str | float, bounds: Bounds, expected: str) -> None:
    assert str(read_figure(typed, bounds)) == expected


@pytest.mark.parametrize(
    ("typed", "bounds", "code"),
    [
        ("mười", COUNT, "number"),
        ("", COUNT, "number"),
        ("1.23.4", COUNT, "number"),
        ("1e5", COUNT, "number"),
        (True, COUNT, "number"),
        ("12,5", COUNT, "whole"),
        ("71,345", RATE, "decimals"),
        ("-1", COUNT, "low"),
        ("101", RATE, "high"),
        ("71.300", RATE, "high"),
        ("999999999999", COUNT, "high"),
        (float("inf"), COUNT, "high"),
    ],
)
def test_what_is_no_figure_is_refused_with_its_reason(typed: str | float, bounds: Bounds, code: str) -> None:
    with pytest.raises(WrongFigure) as refused:
        read_figure(typed, bounds)
    assert refused.value.code == code


def test_figures_are_written_the_vietnamese_way() -> None:
    assert format_figure(Decimal(1234567), 0) == "1.234.567"
    assert format_figure(Decimal("71.30"), 2) == "71,3"
    assert format_figure(Decimal("70.00"), 2) == "70"
    assert format_figure(Decimal("1000.00"), 2) == "1.000"
    assert format_figure(None, 2) == ""


def test_a_year_is_the_sum_of_its_periods_or_the_last_of_them() -> None:
    values = {1: Decimal(10), 3: Decimal(5)}
    assert year_figure(values, "sum") == 15
    assert year_figure(values, "last") == 5
    assert year_figure({}, "sum") is None
    assert share_of_plan(Decimal(15), Decimal(60)) == Decimal("0.25")
    assert share_of_plan(Decimal(15), Decimal(0)) is None


@pytest.mark.parametrize(
    ("direction", "adding", "plan", "done", "elapsed", "expected"),
    [
        ("more", "sum", 100, 100, "0.5", "reached"),
        ("more", "sum", 100, 50, "0.5", "on_track"),
        ("more", "sum", 100, 40, "0.5", "close"),
        ("more", "sum", 100, 39, "0.5", "behind"),
        ("more", "last", 70, 69, "0.5", "close"),
        ("more", "last", 70, 70, "0.5", "reached"),
        ("less", "sum", 10, 5, "0.5", "on_track"),
        ("less", "sum", 10, 6, "0.5", "close"),
        ("less", "sum", 10, 11, "0.5", "exceeded"),
        ("less", "sum", 10, 10, "1", "reached"),
        ("less", "last", 2, 3, "1", "exceeded"),
        ("less", "sum", 0, 0, "0.5", "on_track"),
        ("more", "sum", None, 5, "0.5", "no_plan"),
        ("more", "sum", 5, None, "0.5", "no_figure"),
    ],
)
def test_a_figure_is_compared_with_what_is_due_by_now(
    direction: str, adding: str, plan: int | None, done: int | None, elapsed: str, expected: str
) -> None:
    figures = [None if value is None else Decimal(value) for value in (plan, done)]
    assert standing_of(direction, adding, *figures, Decimal(elapsed)) == expected
