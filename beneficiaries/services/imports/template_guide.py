"""The sheet "Hướng dẫn" of a register's empty list: what each column wants, whether it is needed, and by which article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from beneficiaries.registers import CATEGORY, Register

GUIDE: Final = "Hướng dẫn"
_TEXT: Final = "@"
_WIDTHS: Final = (34, 12, 78, 30)
_LINE: Final = 70  # letters of the column "Cách ghi" on one line
_EDGE: Final = Side(style="thin", color="BFBFBF")
_HEAD: Final = PatternFill("solid", start_color="E8EEF4", end_color="E8EEF4")


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column of an empty list; `note` is shown beside a chosen cell, `choices` drop down."""

    title: str
    width: int
    form: str = _TEXT
    note: str = ""
    choices: tuple[str, ...] = ()
    is_required: bool = False
    article: str = ""


def write_guide(book: Workbook, register: Register, columns: Sequence[TemplateColumn]) -> None:
    """Add the sheet: legal basis, one line per column, the groups with their articles, what is not sure."""
    sheet = book.create_sheet(GUIDE)
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([_("Cách ghi danh sách: %(register)s") % {"register": register.title}])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([_("Căn cứ: %(basis)s") % {"basis": register.legal_basis}])
    sheet.append([_("Mỗi dòng một người. Không đổi tên cột; thứ tự cột và cột thừa không ảnh hưởng.")])
    sheet.append([])
    _table(
        sheet,
        (_("Cột"), _("Cần ghi"), _("Cách ghi"), _("Điều khoản")),
        [_line(register, column) for column in columns],
    )
    sheet.append([])
    _table(
        sheet,
        (str(register.category_label), "", "", _("Điều khoản")),
        [
            (str(label), "", "", str(register.category_notes.get(code, "")))
            for code, label in register.categories
        ],
        is_wide=True,
    )
    sheet.append([])
    sheet.append([_("Chưa chắc chắn, cần Sở xác nhận")])
    sheet.cell(sheet.max_row, 1).font = Font(bold=True)
    for sentence in register.unsure:
        sheet.append([f"– {sentence}"])
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _line(register: Register, column: TemplateColumn) -> tuple[str, str, str, str]:
    needed = _("Bắt buộc") if column.is_required else _("Nếu có")
    is_category = column.title == str(register.field_of(CATEGORY).label)
    choice = (
        _("Chọn một nhóm trong bảng dưới đây; bắt buộc ở dòng của chủ hộ.")
        if register.subject == "household"
        else _("Chọn một nhóm trong bảng dưới đây.")
    )
    note = choice if is_category else column.note
    return column.title, needed, note, column.article


def _table(
    sheet: Worksheet, heads: Sequence[str], lines: Sequence[Sequence[str]], *, is_wide: bool = False
) -> None:
    """A table with edges; `is_wide`: the first column goes over three."""
    sheet.append(list(heads))
    first = sheet.max_row
    for line in lines:
        sheet.append(list(line))
    for row in range(first, sheet.max_row + 1):
        if is_wide:
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
        for number in range(1, len(heads) + 1):
            cell = sheet.cell(row, number)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
            if row == first:
                cell.font, cell.fill = Font(bold=True), _HEAD
        written = str(sheet.cell(row, 3).value or "")
        sheet.row_dimensions[row].height = 15 * max(1, -(-len(written) // _LINE))
