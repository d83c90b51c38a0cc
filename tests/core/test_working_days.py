"""Terms in working days: Tết, weekends, swapped Saturdays, closing time, year's end, pauses."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.working_days import Calendar, CalendarDay, Pause, read_calendar_days

VIETNAM = Calendar.of(read_calendar_days())
DAYS = st.dates(dt.date(2021, 1, 1), dt.date(2022, 12, 31))


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=dt.UTC).date()


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [
        ("27/08/2021", 2, "31/08/2021"),  # Friday
        ("01/09/2021", 2, "07/09/2021"),  # 2 and 3 September, then a weekend
        ("09/02/2021", 1, "17/02/2021"),  # Tết Tân Sửu, 10 to 16 February
        ("28/01/2022", 1, "07/02/2022"),  # Tết Nhâm Dần, 31 January to 4 February
        ("28/01/2022", 3, "09/02/2022"),
        ("20/04/2021", 1, "22/04/2021"),  # Giỗ Tổ, a Wednesday
        ("29/04/2021", 1, "04/05/2021"),  # 30 April, 1 May and its day in lieu
        ("30/12/2021", 1, "31/12/2021"),
        ("31/12/2021", 1, "04/01/2022"),  # year's end: Saturday, Sunday, day in lieu
        ("24/12/2021", 5, "31/12/2021"),
        ("25/09/2021", 3, "29/09/2021"),  # received on a Saturday
        ("26/09/2021", 3, "29/09/2021"),  # or on a Sunday
        ("27/09/2021", 0, "27/09/2021"),
        ("25/09/2021", 0, "27/09/2021"),
    ],
)
def test_due_dates(received: str, limit: int, due: str) -> None:
    assert VIETNAM.add_working_days(day(received), limit) == day(due)


def test_a_swapped_saturday_is_worked_and_its_friday_is_not() -> None:
    swapped = Calendar.of(
        [
            CalendarDay(day("03/09/2021"), "Nghỉ hoán đổi", is_working=False),
            CalendarDay(day("11/09/2021"), "Làm bù", is_working=True),
        ]
    )
    assert swapped.is_working_day(day("11/09/2021"))
    assert not swapped.is_working_day(day("03/09/2021"))
    assert swapped.add_working_days(day("10/09/2021"), 1) == day("11/09/2021")
    assert swapped.add_working_days(day("02/09/2021"), 6) == day("11/09/2021")
    assert swapped.working_days_between(day("10/09/2021"), day("13/09/2021")) == 2


@pytest.mark.parametrize(
    ("arrived", "received"),
    [
        ("27/09/2021 07:30", "27/09/2021"),
        ("27/09/2021 17:00", "27/09/2021"),
        ("27/09/2021 17:01", "28/09/2021"),
        ("27/09/2021 23:59", "28/09/2021"),
        ("24/09/2021 23:59", "27/09/2021"),  # Friday night
        ("25/09/2021 09:00", "27/09/2021"),  # Saturday
        ("01/09/2021 17:30", "06/09/2021"),  # before the national day
        ("31/12/2021 23:59", "04/01/2022"),
        ("01/02/2022 10:00", "07/02/2022"),  # in Tết
    ],
)
def test_what_arrives_after_hours_counts_as_received_on_the_next_working_day(
    arrived: str, received: str
) -> None:
    moment = dt.datetime.strptime(arrived, "%d/%m/%Y %H:%M").replace(tzinfo=dt.UTC)
    assert VIETNAM.received_on(moment) == day(received)


@pytest.mark.parametrize(
    "holiday", ["31/01/2022", "01/02/2022", "02/02/2022", "03/02/2022", "04/02/2022", "05/02/2022"]
)
def test_a_deadline_inside_tet_moves_to_the_first_working_day_after_it(holiday: str) -> None:
    assert not VIETNAM.is_working_day(day(holiday))
    assert VIETNAM.on_or_after(day(holiday)) == day("07/02/2022")
    assert VIETNAM.next_working_day(day(holiday)) == day("07/02/2022")


def test_days_of_a_pause_do_not_count() -> None:
    """Three days received on Friday 27/08; sent back on Tuesday, completed on Thursday the 9th of September."""
    pause = Pause(day("31/08/2021"), day("09/09/2021"))
    assert VIETNAM.add_working_days(day("27/08/2021"), 3, [pause]) == day("13/09/2021")
    assert VIETNAM.working_days_between(day("27/08/2021"), day("13/09/2021"), [pause]) == 3


def test_two_pauses_that_overlap_count_once() -> None:
    pauses = [Pause(day("28/09/2021"), day("30/09/2021")), Pause(day("29/09/2021"), day("01/10/2021"))]
    assert VIETNAM.add_working_days(day("27/09/2021"), 1, pauses) == day("04/10/2021")


@given(DAYS, st.integers(0, 60))
def test_counting_back_gives_the_term(start: dt.date, count: int) -> None:
    due = VIETNAM.add_working_days(start, count)
    assert VIETNAM.is_working_day(due)
    assert VIETNAM.working_days_between(start, due) == (
        count if count or VIETNAM.is_working_day(start) else 1
    )


@given(DAYS, DAYS, DAYS)
def test_working_days_add_up(one: dt.date, two: dt.date, three: dt.date) -> None:
    between = VIETNAM.working_days_between
    assert between(one, two) + between(two, three) == between(one, three)
    assert between(one, two) == -between(two, one)


@given(DAYS, st.integers(0, 40), st.integers(0, 40))
def test_a_longer_term_ends_later(start: dt.date, shorter: int, more: int) -> None:
    assert VIETNAM.add_working_days(start, shorter) <= VIETNAM.add_working_days(start, shorter + more)


def test_years_without_holidays_are_known_as_such() -> None:
    assert VIETNAM.covers(2021)
    assert VIETNAM.covers(2022)
    assert not VIETNAM.covers(2023)


def test_a_calendar_without_working_days_says_so() -> None:
    closed = Calendar(
        days_off=frozenset(day("01/01/2021") + dt.timedelta(days=ahead) for ahead in range(800))
    )
    with pytest.raises(ValueError, match="no working day"):
        closed.add_working_days(day("01/01/2021"), 1)


def test_a_negative_term_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        VIETNAM.add_working_days(day("27/09/2021"), -1)


def test_the_shipped_calendar_has_29_days_off() -> None:
    days = read_calendar_days()
    assert len(days) == len({entry.date for entry in days}) == 29
    assert not any(entry.is_working for entry in days)


@pytest.mark.parametrize("row", ["2021-13-01,x,holiday", "2021-01-01,x,feast", "2021-01-01"])
def test_a_bad_line_of_a_calendar_file_is_named(tmp_path: Path, row: str) -> None:
    path = tmp_path / "days.csv"
    path.write_text(f"date,name_vi,kind\n2021-09-02,Quốc khánh,holiday\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"days\.csv, line 3"):
        read_calendar_days(path)
