"""Dates as papers write them and as people type them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import (
    InvalidDateError,
    PartialDate,
    format_date,
    format_long_date,
    format_moment,
    format_period,
    format_weekday_date,
    parse_date,
    parse_partial_date,
)

TODAY = dt.date(2021, 9, 27)
DAYS = st.dates(dt.date(1900, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (dt.date(2021, 10, 4), "ngày 04 tháng 10 năm 2021"),
        (dt.date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        (dt.date(2021, 2, 14), "ngày 14 tháng 02 năm 2021"),
        (dt.date(2021, 9, 27), "ngày 27 tháng 9 năm 2021"),
    ],
)
def test_the_date_line_of_official_papers(day: dt.date, written: str) -> None:
    assert format_long_date(day) == written


def test_other_written_forms() -> None:
    assert format_date(dt.date(2021, 10, 4)) == "04/10/2021"
    assert format_weekday_date(dt.date(2021, 10, 4)) == "Thứ Hai, 04/10/2021"
    assert format_weekday_date(dt.date(2021, 10, 3)) == "Chủ nhật, 03/10/2021"
    assert format_moment(dt.datetime(2021, 10, 4, 14, 5, tzinfo=dt.UTC)) == "14:05 ngày 04/10/2021"
    assert format_period(dt.date(2021, 9, 1), TODAY) == "Từ ngày 01/09/2021 đến ngày 27/09/2021"
    assert format_period(TODAY, TODAY) == "Ngày 27/09/2021"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("5/9/85", PartialDate(1985, 9, 5)),
        ("05-09-1985", PartialDate(1985, 9, 5)),
        ("5.9.1985", PartialDate(1985, 9, 5)),
        (" 05 / 09 / 1985 ", PartialDate(1985, 9, 5)),
        ("5 9 1985", PartialDate(1985, 9, 5)),
        ("05091985", PartialDate(1985, 9, 5)),
        ("1985-09-05", PartialDate(1985, 9, 5)),
        ("ngày 5 tháng 9 năm 1985", PartialDate(1985, 9, 5)),
        ("Ngày 05 tháng 9, 1985", PartialDate(1985, 9, 5)),
        ("12/5/1985", PartialDate(1985, 5, 12)),  # day first, never month first
        ("1985", PartialDate(1985)),
        ("năm 1985", PartialDate(1985)),
        ("9/1985", PartialDate(1985, 9)),
        ("tháng 9 năm 1985", PartialDate(1985, 9)),
        ("27/9/21", PartialDate(2021, 9, 27)),  # the latest century that is not in the future
        ("27/9/22", PartialDate(1922, 9, 27)),
        ("29/02/1984", PartialDate(1984, 2, 29)),
    ],
)
def test_typed_dates(typed: str, read: PartialDate) -> None:
    assert parse_partial_date(typed, latest=TODAY) == read


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Không đọc được"),
        ("hôm qua", "Không đọc được"),
        ("5/9", "Không đọc được"),
        ("5//1985/2", "Không đọc được"),
        ("31/02/1985", "Không có ngày"),
        ("29/02/1985", "Không có ngày"),
        ("5/13/1985", "Không có ngày"),
        ("13/1985", "Không có ngày"),
        ("0/9/1985", "Không có ngày"),
        ("00/00/1985", "Không có ngày"),
        ("28/09/2021", "sau ngày 27/09/2021"),
        ("2022", "sau ngày"),
        ("1885", "1900"),
    ],
)
def test_what_is_no_date_is_refused_in_words(typed: str, message: str) -> None:
    with pytest.raises(InvalidDateError, match=message):
        parse_partial_date(typed, latest=TODAY)


def test_a_full_date_is_asked_for_where_it_is_needed() -> None:
    assert parse_date("5/9/85", latest=TODAY) == dt.date(1985, 9, 5)
    for typed in ("1985", "9/1985"):
        with pytest.raises(InvalidDateError, match="thiếu ngày"):
            parse_date(typed, latest=TODAY)


@given(DAYS)
def test_every_written_form_reads_back(day: dt.date) -> None:
    for written in (format_date(day), format_long_date(day), day.isoformat(), day.strftime("%d%m%Y")):
        assert parse_date(written, latest=TODAY) == day


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        found = parse_partial_date(typed, latest=TODAY)
    except InvalidDateError:
        return
    assert found.first <= TODAY
    assert found.year >= 1900


@pytest.mark.parametrize(
    ("partial", "first", "last", "shown"),
    [
        (PartialDate(1950), dt.date(1950, 1, 1), dt.date(1950, 12, 31), "1950"),
        (PartialDate(1984, 2), dt.date(1984, 2, 1), dt.date(1984, 2, 29), "02/1984"),
        (PartialDate(1984, 2, 3), dt.date(1984, 2, 3), dt.date(1984, 2, 3), "03/02/1984"),
    ],
)
def test_partial_dates_know_their_bounds(
    partial: PartialDate, first: dt.date, last: dt.date, shown: str
) -> None:
    assert (partial.first, partial.last, str(partial)) == (first, last, shown)
    assert partial.is_complete == (partial.date is not None)
