"""The officer's own workbook comes back marked, with every value and formula as it was."""

import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from core.spreadsheets.cached_values import _filler
from core.spreadsheets.fixed_bytes import with_fixed_bytes
from core.spreadsheets.marking import AUTHOR, COLOURS, Mark, mark_workbook, marks_by_cell, reasons_by_row
from core.spreadsheets.reading.grid import Merge, Sheet
from core.spreadsheets.rebuilding import rebuild_and_mark
from core.spreadsheets.writing import write_table
from tests.core.spreadsheets.sheets import cells, part, small_table

TITLE = "Lý do cần sửa"
MARKS = [
    Mark(3, 3, "warn", "Năm sinh lệch với số CCCD."),
    Mark(3, 3, "error", "Số CCCD thiếu 1 số."),
    Mark(3, 2, "fix", "Đã bỏ khoảng trắng thừa."),
    Mark(4, None, "error", "Người này đã có ở dòng 2."),
]


def a_list() -> bytes:
    """A list as an office makes one: merged title, two header rows, formulas, a comment, a colour of its own."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Danh sách"
    sheet.append(["Họ và tên", "Ấp", "Số CCCD", "Số tiền"])
    sheet.append(["(1)", "(2)", "(3)", "(4)"])
    sheet.append(["Nguyễn Văn An", "Ấp 1", "08918500141", 1_500_000])
    sheet.append(["Trần Thị Bé", "Ấp 2", "089185001412", "=D3"])
    sheet.append(['=A3&" & con"', None, None, "=SUM(D3:D4)"])
    sheet["A4"].comment = Comment("Đã gọi điện", "Xã")
    target = io.BytesIO()
    book.save(target)
    # openpyxl writes formulas without values; Excel would have stored these
    values = {"D4": ("n", "1500000"), "D5": ("n", "3000000"), "A5": ("str", "Nguyễn Văn An & con")}
    return with_fixed_bytes(target.getvalue(), edits={"xl/worksheets/sheet1.xml": _filler(values)})


def mark(content: bytes, marks: list[Mark] | None = None) -> bytes:
    return mark_workbook(
        content,
        sheet_name="Danh sách",
        header_rows=(1, 2),
        marks=MARKS if marks is None else marks,
        reasons_title=TITLE,
    )


def test_every_value_and_formula_stays() -> None:
    before, after = a_list(), mark(a_list())
    for values in (True, False):
        old, new = cells(before, values=values), cells(after, values=values)
        assert [row[:4] for row in new] == old
    assert cells(after)[4][:4] == ["Nguyễn Văn An & con", None, None, 3_000_000]


def test_marked_cells_are_coloured_and_commented() -> None:
    sheet = load_workbook(io.BytesIO(mark(a_list()))).worksheets[0]
    assert sheet["C3"].fill.fgColor.rgb == f"00{COLOURS['error']}"  # the worse of two
    assert sheet["B3"].fill.fgColor.rgb == f"00{COLOURS['fix']}"
    assert sheet["D3"].fill.fgColor.rgb != f"00{COLOURS['error']}"
    comment = sheet["C3"].comment
    assert comment is not None
    assert (comment.text, comment.author) == ("Số CCCD thiếu 1 số.\nNăm sinh lệch với số CCCD.", AUTHOR)
    assert sheet["A4"].comment is not None
    assert sheet["A4"].comment.text == "Đã gọi điện"


def test_the_reasons_stand_in_one_column_after_the_last_header() -> None:
    found = [row[4] for row in cells(mark(a_list()))]
    assert found == [
        TITLE,
        None,
        "Số CCCD thiếu 1 số. Năm sinh lệch với số CCCD. Đã bỏ khoảng trắng thừa.",
        "Người này đã có ở dòng 2.",
        None,
    ]


def test_a_second_round_takes_the_marks_of_the_first_off() -> None:
    twice = mark(mark(a_list()), [Mark(4, 3, "warn", "Bạn xem lại.")])
    sheet = load_workbook(io.BytesIO(twice)).worksheets[0]
    assert [row[4:] for row in cells(twice)] == [[TITLE], [None], [None], ["Bạn xem lại."], [None]]
    assert sheet["C3"].comment is None
    assert sheet["C3"].fill.fill_type is None
    assert sheet["A4"].comment is not None  # the user's own
    assert cells(twice)[4][3] == 3_000_000


def test_marking_without_marks_changes_no_value() -> None:
    assert [row[:4] for row in cells(mark(a_list(), []))] == cells(a_list())


def test_the_same_marks_give_the_same_bytes() -> None:
    assert mark(a_list()) == mark(a_list())


def test_a_mark_inside_a_merged_cell_goes_to_its_first_cell() -> None:
    book = load_workbook(io.BytesIO(a_list()))
    book.worksheets[0].merge_cells("A3:B3")
    target = io.BytesIO()
    book.save(target)
    sheet = load_workbook(io.BytesIO(mark(target.getvalue()))).worksheets[0]
    assert sheet["A3"].comment is not None
    assert sheet["A3"].comment.text == "Đã bỏ khoảng trắng thừa."


@pytest.mark.parametrize("reason", ["=1+1", "+84", "Số \x07 lạ"])
def test_a_reason_that_quotes_a_cell_stays_text(reason: str) -> None:
    content = mark(a_list(), [Mark(3, 1, "error", reason)])
    cell = load_workbook(io.BytesIO(content)).worksheets[0]["E3"]
    assert (cell.value, cell.data_type) == (reason.replace("\x07", " "), "s")


def test_a_column_filled_below_the_header_is_not_overwritten() -> None:
    book = load_workbook(io.BytesIO(a_list()))
    book.worksheets[0]["E3"] = "ghi chú bên lề"
    target = io.BytesIO()
    book.save(target)
    marked = cells(mark(target.getvalue()))
    assert marked[2][4] == "ghi chú bên lề"
    assert marked[0][5] == TITLE


def test_our_own_workbooks_can_be_marked() -> None:
    content = write_table(small_table(2))
    marked = mark_workbook(
        content,
        sheet_name="Danh sách",
        header_rows=(1, 1),
        marks=[Mark(2, 2, "error", "Sai")],
        reasons_title=TITLE,
    )
    assert cells(marked)[3][4:6] == [2, 3_000_000]


def test_reasons_are_ordered_and_never_said_twice() -> None:
    marks = [
        Mark(5, 1, "fix", "c"),
        Mark(5, 2, "warn", "b"),
        Mark(5, 1, "error", "a"),
        Mark(5, 2, "error", "a"),
        Mark(2, 1, "fix", "z"),
    ]
    assert reasons_by_row(marks) == {2: "z", 5: "a b c"}
    assert marks_by_cell(marks) == {
        (2, 1): ("fix", "z"),
        (5, 1): ("error", "a\nc"),
        (5, 2): ("error", "a\nb"),
    }


# --- sources that are no .xlsx ---------------------------------------------------------------------------------------


def rebuilt(**changes: Any) -> bytes:
    sheet = Sheet(
        **{
            "name": "Sheet1",
            "rows": [
                ["DANH SÁCH", "", ""],
                ["Họ tên", "Số CCCD", "Số tiền"],
                ["=1+1", "089185001412", 1_500_000.0],
                ["TrÇn", "", True],
            ],
            "first_row": 2,
            "first_column": 2,
            "merges": (Merge(2, 2, 2, 4),),
            "hidden_rows": frozenset({4}),
            "fonts": {(5, 2): ".VnTime"},
            **changes,
        }
    )
    marks = [Mark(4, 3, "error", "Sai số."), Mark(5, 2, "fix", "Đã đổi phông chữ.")]
    return rebuild_and_mark(sheet, header_rows=(3, 3), marks=marks, reasons_title=TITLE)


def test_every_cell_stands_where_it_stood() -> None:
    sheet = load_workbook(io.BytesIO(rebuilt())).worksheets[0]
    assert [[sheet.cell(row, column).value for column in range(2, 6)] for row in range(2, 6)] == [
        ["DANH SÁCH", None, None, None],
        ["Họ tên", "Số CCCD", "Số tiền", TITLE],
        ["=1+1", "089185001412", 1_500_000, "Sai số."],
        ["TrÇn", None, True, "Đã đổi phông chữ."],
    ]
    assert sheet["B4"].data_type == sheet["C4"].data_type == "s"
    assert sheet["B5"].font.name == ".VnTime"
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["B2:D2"]
    assert sheet.row_dimensions[4].hidden
    assert sheet["C4"].fill.fgColor.rgb == f"FF{COLOURS['error']}"
    assert sheet["C4"].comment is not None


def test_a_rebuilt_list_is_the_same_each_time() -> None:
    assert rebuilt() == rebuilt()
    assert "<f>" not in part(rebuilt(), "xl/worksheets/sheet1.xml")


def test_a_rebuilt_list_uses_its_reasons_column_again() -> None:
    rows = [["Họ tên", TITLE], ["An", "Lý do cũ"]]
    content = rebuild_and_mark(
        Sheet(name="Sheet1", rows=rows),
        header_rows=(1, 1),
        marks=[Mark(2, 1, "error", "Lý do mới")],
        reasons_title=TITLE,
    )
    assert cells(content) == [["Họ tên", TITLE], ["An", "Lý do mới"]]


@pytest.mark.parametrize("name", ["Danh [sách]: 1/2?*", "x" * 40, "'", ""])
def test_any_sheet_name_is_made_fit(name: str) -> None:
    assert len(load_workbook(io.BytesIO(rebuilt(name=name))).sheetnames[0]) in range(1, 32)
