"""Written workbooks: layout, real numbers, totals with values, nothing that runs, the same bytes."""

import datetime as dt
import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.spreadsheets.bulk_writing import write_bulk_table
from core.spreadsheets.tables import Column, Group, Kind, Signature, TableError
from core.spreadsheets.writing import write_table
from tests.core.spreadsheets.sheets import COLUMNS, HEADING, SIGNATURES, cells, part, row_of, small_table

WRITERS = pytest.mark.parametrize("write", [write_table, write_bulk_table])
SHEET = "xl/worksheets/sheet1.xml"
DANGEROUS = ["=1+1", '=HYPERLINK("http://x")', "+84911222333", "-5", "@SUM(A1)", "\tcmd", "\rcmd", "=", "'=1"]


@WRITERS
def test_rows_come_out_as_they_went_in(write: Any) -> None:
    content = write(small_table(2))
    assert cells(content)[:3] == [
        ["STT", "Họ và tên", "Số CCCD", "Ngày sinh", "Số người", "Số tiền"],
        [1, "Nguyễn Văn An 0", "000000000000", "1950", 1, 1_500_000],
        [2, "Nguyễn Văn An 1", "000000000001", dt.date(1985, 9, 5), 1, 1_500_000],
    ]


@WRITERS
def test_the_total_row_is_formulas_that_carry_their_values(write: Any) -> None:
    content = write(small_table(3))
    assert [value for value in row_of(content, "Tổng cộng") if value is not None] == [
        "Tổng cộng",
        3,
        4_500_000,
    ]
    formulas = row_of(content, "Tổng cộng", values=False)
    assert [str(value).lstrip("=") for value in formulas[-2:]] == ["SUM(E2:E4)", "SUM(F2:F4)"]


@WRITERS
@given(st.lists(st.integers(0, 10**12), max_size=8))
@settings(max_examples=25, deadline=None)
def test_the_total_is_the_sum(write: Any, amounts: list[int]) -> None:
    content = write(small_table(rows=[{"name": "An", "amount": amount} for amount in amounts]))
    assert row_of(content, "Tổng cộng")[-1] == sum(amounts)


@WRITERS
@pytest.mark.parametrize("text", DANGEROUS)
@pytest.mark.parametrize("key", ["name", "number"])
def test_a_text_never_becomes_a_formula(write: Any, text: str, key: str) -> None:
    content = write(small_table(rows=[{key: text}]))
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    cell = sheet.cell(2, 2 if key == "name" else 3)
    assert (cell.value.replace("_x000D_", "\r").lstrip("\r"), cell.data_type) == (text.lstrip("\r"), "s")
    assert cell.number_format == "@"  # stays text when somebody edits it
    assert "<f>" not in part(content, SHEET).partition('r="3"')[0]


@WRITERS
def test_identity_numbers_are_text_and_money_is_a_number_with_dots(write: Any) -> None:
    sheet = load_workbook(io.BytesIO(write(small_table(1)))).worksheets[0]
    assert (sheet["C2"].data_type, sheet["C2"].number_format) == ("s", "@")
    assert (sheet["F2"].data_type, sheet["F2"].number_format) == ("n", "[$-42A]#,##0")
    assert "numberStoredAsText" in part(write(small_table(1)), SHEET)


@WRITERS
def test_the_same_table_gives_the_same_bytes(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first = write(small_table(30, heading=HEADING))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert write(small_table(30, heading=HEADING)) == first
    assert write(small_table(31, heading=HEADING)) != first
    assert "2021-01-01T00:00:00Z" in part(first, "docProps/core.xml")
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@WRITERS
def test_print_set_up(write: Any) -> None:
    sheet = load_workbook(io.BytesIO(write(small_table(3, heading=HEADING, numbered=True)))).worksheets[0]
    header = next(row for row in range(1, 15) if sheet.cell(row, 1).value == "STT")
    numbers = next(row for row in range(1, 15) if sheet.cell(row, 1).value == "(1)")
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.page_margins.left == pytest.approx(30 / 25.4, abs=0.01)
    assert sheet.print_title_rows == f"${header}:${numbers}"
    assert sheet.freeze_panes == f"A{numbers + 1}"
    assert sheet.auto_filter.ref == f"A{numbers}:F{numbers + 3}"


@WRITERS
def test_a_table_without_rows_still_has_header_and_zero_totals(write: Any) -> None:
    content = write(small_table(0))
    assert cells(content)[0][:2] == ["STT", "Họ và tên"]
    assert row_of(content, "Tổng cộng")[-2:] == [0, 0]


@WRITERS
@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"name": "x" * 32_768}, "32767"),
        ({"amount": 10**15}, "number"),
        ({"amount": True}, "number"),
        ({"amount": "1.500.000"}, "MONEY"),
        ({"number": 89_185_001_412}, "CODE"),  # has lost its zero already
    ],
)
def test_what_would_be_changed_silently_is_refused(write: Any, row: dict[str, Any], message: str) -> None:
    with pytest.raises(TableError, match=message):
        write(small_table(rows=[row]))


@WRITERS
@pytest.mark.parametrize(
    "columns",
    [
        (),
        (Column("a", "A"), Column("a", "B")),
        (Column("a", "A", Kind.TEXT, total=True),),
        (Column("a", "A", Kind.PERCENT, ratio_of=("x", "y")),),
    ],
)
def test_impossible_columns_are_refused(write: Any, columns: tuple[Column, ...]) -> None:
    with pytest.raises(TableError):
        write(small_table(columns=columns, rows=[]))


def test_the_whole_official_layout() -> None:
    content = write_table(
        small_table(
            2,
            heading=HEADING,
            numbered=True,
            amount_in_words="Bằng chữ: Ba triệu đồng",
            place_and_date="An Giang, ngày 27 tháng 9 năm 2021",
            signatures=SIGNATURES,
        )
    )
    texts = [[value for value in row if value is not None] for row in cells(content)]
    assert [row for row in texts if row] == [
        ["UBND TỈNH AN GIANG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Độc lập - Tự do - Hạnh phúc"],
        ["DANH SÁCH CHI TRẢ"],
        ["(Kèm theo Quyết định số 12/QĐ-UBND)"],
        ["Đơn vị tính: đồng"],
        ["STT", "Họ và tên", "Số CCCD", "Ngày sinh", "Số người", "Số tiền"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [1, "Nguyễn Văn An 0", "000000000000", "1950", 1, 1_500_000],
        [2, "Nguyễn Văn An 1", "000000000001", dt.date(1985, 9, 5), 1, 1_500_000],
        ["Tổng cộng", 2, 3_000_000],
        ["Bằng chữ: Ba triệu đồng"],
        ["An Giang, ngày 27 tháng 9 năm 2021"],
        ["NGƯỜI LẬP BẢNG", "CHỦ TỊCH"],
        ["(Ký, ghi rõ họ tên)", "(Ký, ghi rõ họ tên)"],
        ["Nguyễn Văn Bé"],
    ]


def test_groups_carry_their_own_sums_and_the_total_counts_each_row_once() -> None:
    rows = [
        Group("Ấp Bình An"),
        {"name": "An", "people": 1, "amount": 100},
        {"name": "Bé", "people": 1, "amount": 200},
        Group("Ấp Phú Thọ"),
        {"name": "Cúc", "people": 1, "amount": 400},
        Group("Ấp Trống"),
    ]
    content = write_table(small_table(rows=rows))
    assert row_of(content, "Ấp Bình An")[-2:] == [2, 300]
    assert row_of(content, "Ấp Phú Thọ")[-2:] == [1, 400]
    assert row_of(content, "Ấp Trống")[-2:] == [0, 0]
    assert row_of(content, "Tổng cộng")[-2:] == [3, 700]
    assert row_of(content, "Tổng cộng", values=False)[-1] == "=SUBTOTAL(9,F2:F7)"
    assert [row[0] for row in cells(content) if row[1] in ("An", "Bé", "Cúc")] == [1, 2, 3]


def test_ratios_are_made_of_the_sums() -> None:
    columns = (
        Column("name", "Huyện"),
        Column("approved", "Phê duyệt", Kind.MONEY, total=True, group="Số tiền"),
        Column("paid", "Đã chi", Kind.MONEY, total=True, group="Số tiền"),
        Column("share", "Tỷ lệ", Kind.PERCENT, ratio_of=("paid", "approved")),
    )
    rows = [
        {"name": "Phú Tân", "approved": 300, "paid": 100, "share": 1 / 3},
        {"name": "Tri Tôn", "approved": 100, "paid": 100, "share": 1.0},
    ]
    content = write_table(small_table(columns=columns, rows=rows))
    assert cells(content)[:2] == [["Huyện", "Số tiền", None, "Tỷ lệ"], [None, "Phê duyệt", "Đã chi", None]]
    assert row_of(content, "Tổng cộng") == ["Tổng cộng", 400, 200, 0.5]
    assert row_of(content, "Tổng cộng", values=False)[-1] == '=IF(B5=0,"",C5/B5)'
    assert row_of(write_table(small_table(columns=columns, rows=[])), "Tổng cộng")[-1] in ("", None)


def test_more_signers_than_columns_are_refused() -> None:
    with pytest.raises(TableError, match="signers"):
        write_table(small_table(columns=COLUMNS[:2], rows=[], signatures=(Signature("A"),) * 3))


@pytest.mark.parametrize(
    "changes",
    [
        {"signatures": SIGNATURES},
        {"amount_in_words": "Bằng chữ: Không đồng"},
        {"rows": [Group("Ấp 1")]},
        {"columns": (Column("a", "A", group="Nhóm"),)},
        {"columns": (Column("a", "A"), Column("b", "A"))},
    ],
)
def test_a_bulk_export_refuses_what_it_cannot_write(changes: dict[str, Any]) -> None:
    with pytest.raises(TableError):
        write_bulk_table(small_table(**changes))


def test_rows_where_people_sign_are_as_high_as_asked() -> None:
    content = write_table(replace(small_table(2), row_height=27.0))
    sheet = load_workbook(io.BytesIO(content)).active
    assert [sheet.row_dimensions[line].height for line in (2, 3)] == [27.0, 27.0]
