"""What an officer may write into a hand-out list, and how it is understood."""

import pytest

from core.spreadsheets.reading import read_workbook
from disbursements.rules.handout_list import NoListHeader, Told, quantity_in, read_handout_list, told_by


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("x", Told.RECEIVED), ("X ", Told.RECEIVED), ("Đã nhận", Told.RECEIVED),
        ("da nhan", Told.RECEIVED), ("rồi", Told.RECEIVED),
        ("Chưa nhận", Told.MISSED), ("chua", Told.MISSED), ("Vắng mặt", Told.MISSED), (0, Told.MISSED), (1, Told.RECEIVED),
        ("", Told.NOTHING), (None, Told.NOTHING), ("hay là", Told.UNREADABLE), ("=1+1", Told.UNREADABLE),
    ],
)  # fmt: skip
def test_results(typed: str | int | None, told: Told) -> None:
    assert told_by(typed) is told


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (15, 15),
        (15.0, 15),
        (15.5, -1),
        ("15", 15),
        ("1.500 kg", 1500),
        ("15,5", -1),
        ("mười lăm", -1),
        (None, None),
        ("-15", -1),
    ],
)
def test_quantities(typed: str | float | None, found: int | None) -> None:
    assert quantity_in(typed) == found


def test_columns_are_found_by_their_words_and_other_rows_left_out() -> None:
    text = (
        "DANH SÁCH CẤP PHÁT GẠO,,,\n"
        "STT,Mã dòng cấp phát,Số lượng,Kết quả nhận,Lý do chưa nhận\n"
        "(1),(2),(3),(4),(5)\n"
        "1,lp 2021 00000011,15,x,\n"
        "2,LC-2021-00000011,15,x,\n"
        "Tổng cộng: 2 người,,30,,\n"
    )
    first, second = read_handout_list(read_workbook(text.encode(), "x.csv"))
    assert (first.row, first.reference, first.quantity, first.told) == (
        4,
        "LP-2021-00000011",
        15,
        Told.RECEIVED,
    )
    assert (second.reference, second.typed_reference) == ("", "LC-2021-00000011")


def test_a_sheet_without_the_columns_is_no_list() -> None:
    with pytest.raises(NoListHeader):
        read_handout_list(read_workbook(b"a,b\n1,2\n", "x.csv"))
