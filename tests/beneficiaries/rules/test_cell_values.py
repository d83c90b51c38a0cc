"""Cells of further columns: what is read, and what nobody should guess."""

import datetime as dt

import pytest

from beneficiaries.rules import cell_values
from beneficiaries.rules.cell_values import Unreadable

KINDS = (("fixed", "Xác định thời hạn"), ("open", "Không xác định thời hạn"), ("season", "Thời vụ"))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("x", True), ("X", True), ("có", True), ("Có thai 5 tháng", True), (1, True), (1.0, True), (True, True),
        ("true", True), ("✓", True), ("ü", True), ("Mang thai", True),
        ("không", False), ("Không có", False), (0, False), ("0", False), (False, False),
    ],
)  # fmt: skip
def test_flags(cell: object, expected: bool) -> None:
    assert cell_values.read_flag(cell, "Đang mang thai") is expected


@pytest.mark.parametrize("cell", ["thai", "tháng 5", 2])
def test_what_is_neither_yes_nor_no_is_not_guessed(cell: object) -> None:
    with pytest.raises(Unreadable):
        cell_values.read_flag(cell, "Đang mang thai")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("open", "open"), ("OPEN", "open"), ("khong xac dinh thoi han", "open"), ("Không xác định thời hạn", "open"),
        ("HĐ xác định thời hạn 12 tháng", "fixed"), ("HĐLĐ không xác định thời hạn", "open"), ("hợp đồng thời vụ", "season"),
        ("vụ", None), ("thời", None), ("không phải thời vụ", None), ("12 tháng", None), ("thời vụ, xác định thời hạn", "fixed"),
    ],
)  # fmt: skip
def test_choices(cell: str, code: str | None) -> None:
    if code is None:
        with pytest.raises(Unreadable):
            cell_values.read_choice(cell, KINDS)
    else:
        assert cell_values.read_choice(cell, KINDS) == code


@pytest.mark.parametrize(
    ("cell", "code"), [("Vợ", "spouse"), ("chồng", "spouse"), ("me", "mother"), ("Có", None), ("sĩ", None)]
)
def test_a_word_of_two_letters_has_to_begin_its_label(cell: str, code: str | None) -> None:
    kin = [("mother", "Mẹ đẻ"), ("spouse", "Vợ hoặc chồng"), ("fosterer", "Người có công nuôi liệt sĩ")]
    if code is None:
        with pytest.raises(Unreadable):
            cell_values.read_choice(cell, kin)
    else:
        assert cell_values.read_choice(cell, kin) == code


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("01/08/2021", "2021-08-01"), ("1-8-21", "2021-08-01"), ("ngày 01 tháng 8 năm 2021", "2021-08-01"),
        (dt.date(2021, 8, 1), "2021-08-01"), (dt.datetime.fromisoformat("2021-08-01T00:00"), "2021-08-01"), (44409, "2021-08-01"),
        ("2021-08-01", "2021-08-01"), ("15/12/2022", "2022-12-15"), ("01/03/98", "1998-03-01"),
        ("31/09/2021", None), ("08/2021", None), ("2021", None), (2021, None), ("đang nghỉ", None), (1.5, None),
    ],
)  # fmt: skip
def test_days(cell: object, day: str | None) -> None:
    if day is None:
        with pytest.raises(Unreadable):
            cell_values.read_event_day(cell)
    else:
        assert cell_values.read_event_day(cell) == day


def test_a_day_that_exists_only_turned_is_suggested_turned() -> None:
    with pytest.raises(Unreadable) as unread:
        cell_values.read_event_day("08/25/2021")
    assert unread.value.suggestion == "25/08/2021"


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("4/2021", "2021-04"), ("tháng 4 năm 2021", "2021-04"), ("Tháng 04/2021", "2021-04"), ("T4/2021", "2021-04"),
        ("2021-04", "2021-04"), (dt.date(2021, 4, 1), "2021-04"), ("15/04/2021", "2021-04"), (4.2021, "2021-04"),
        ("13/2021", None), ("quý 2", None), (4, None),
    ],
)  # fmt: skip
def test_months(cell: object, month: str | None) -> None:
    if month is None:
        with pytest.raises(Unreadable):
            cell_values.read_month(cell)
    else:
        assert cell_values.read_month(cell) == month


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (2, 2), (2.0, 2), ("2", 2), ("02 con", 2), ("2 tháng", 2), ("1.500", 1500), ("không", 0), ("2.0", 2),
        (2.5, None), ("2,5", None), ("-3", None), ("2 hoặc 3", None), ("hai", None), ("1/2", None), (True, None),
        ("9" * 16, None),
    ],
)  # fmt: skip
def test_whole_numbers(cell: object, number: int | None) -> None:
    if number is None:
        with pytest.raises(Unreadable):
            cell_values.read_whole(cell)
    else:
        assert cell_values.read_whole(cell) == number


def test_money_and_blank_cells() -> None:
    assert cell_values.read_money("4.420.000 đ") == 4_420_000
    assert cell_values.read_money("4,5", 1_000_000) == 4_500_000
    with pytest.raises(Unreadable):
        cell_values.read_money("theo thỏa thuận")
    assert [cell for cell in (None, "", " - ", "…", "x", 0, "✓") if cell_values.is_empty(cell)] == [
        None,
        "",
        " - ",
        "…",
    ]
