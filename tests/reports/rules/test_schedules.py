"""When a report falls due, and of which days it tells: no day twice, none left out, whatever the month."""

import datetime as dt
from itertools import pairwise

import pytest

from reports.rules.schedules import Occurrence, Rhythm, next_due, occurrence_on, occurrences

DAY = dt.date
SEVEN = dt.time(7, 0)
DAILY = Rhythm("day", SEVEN)
MONDAYS = Rhythm("week", SEVEN, weekday=1)
FIRSTS = Rhythm("month", SEVEN, month_day=1)
LASTS = Rhythm("month", SEVEN, month_day=31)


def at(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute)  # noqa: DTZ001 Vietnam's time, as the rule takes it


def test_a_daily_report_tells_of_the_day_before_from_its_minute_on() -> None:
    start = DAY(2021, 9, 27)
    assert list(occurrences(DAILY, start, at(2021, 9, 27, 6, 59))) == []
    assert list(occurrences(DAILY, start, at(2021, 9, 27, 7, 0))) == [
        Occurrence(start, DAY(2021, 9, 26), DAY(2021, 9, 26))
    ]


def test_three_days_missed_are_three_reports_oldest_first() -> None:
    found = list(occurrences(DAILY, DAY(2021, 9, 28), at(2021, 9, 30)))
    assert [one.due_on.day for one in found] == [28, 29, 30]
    assert [(one.first, one.last) for one in found] == [
        (DAY(2021, 9, day), DAY(2021, 9, day)) for day in (27, 28, 29)
    ]


def test_a_weekly_report_tells_of_the_seven_days_before() -> None:
    assert occurrence_on(MONDAYS, DAY(2021, 9, 27)) == Occurrence(
        DAY(2021, 9, 27), DAY(2021, 9, 20), DAY(2021, 9, 26)
    )
    assert [one.due_on for one in occurrences(MONDAYS, DAY(2021, 9, 21), at(2021, 10, 5))] == [
        DAY(2021, 9, 27),
        DAY(2021, 10, 4),
    ]


def test_a_report_of_the_first_tells_of_the_month_before() -> None:
    assert occurrence_on(FIRSTS, DAY(2022, 1, 1)) == Occurrence(
        DAY(2022, 1, 1), DAY(2021, 12, 1), DAY(2021, 12, 31)
    )
    assert occurrence_on(FIRSTS, DAY(2024, 3, 1)).last == DAY(2024, 2, 29)


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    found = list(occurrences(LASTS, DAY(2021, 1, 1), at(2021, 6, 30)))
    assert [(one.due_on.month, one.due_on.day) for one in found] == [
        (1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30)
    ]  # fmt: skip
    assert next_due(LASTS, DAY(2024, 2, 1), at(2024, 2, 1)) == at(2024, 2, 29, 7)


@pytest.mark.parametrize("rhythm", [DAILY, MONDAYS, FIRSTS, LASTS, Rhythm("month", SEVEN, month_day=30)])
def test_over_two_years_each_day_is_told_once(rhythm: Rhythm) -> None:
    found = list(occurrences(rhythm, DAY(2021, 1, 1), at(2022, 12, 31)))
    for before, after in pairwise(found):
        assert after.first == before.last + dt.timedelta(days=1)
        assert after.first == before.due_on


def test_the_next_one_is_after_this_moment() -> None:
    assert next_due(DAILY, DAY(2021, 9, 1), at(2021, 9, 27, 6, 59)) == at(2021, 9, 27, 7)
    assert next_due(DAILY, DAY(2021, 9, 1), at(2021, 9, 27, 7, 0)) == at(2021, 9, 28, 7)
    assert next_due(MONDAYS, DAY(2021, 9, 1), at(2021, 9, 27, 8)) == at(2021, 10, 4, 7)
    assert next_due(FIRSTS, DAY(2021, 12, 5), at(2021, 9, 27)) == at(2022, 1, 1, 7)
