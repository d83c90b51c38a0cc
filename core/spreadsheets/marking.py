"""Give an officer their own workbook back with the cells to correct coloured, commented, and the reasons in a last column.

The officer corrects it in Excel and uploads it again; marks of an earlier round are taken off before new ones are made, and
the reasons column is used again, so a workbook can go round as often as needed. Cells keep their values and formulas.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.spreadsheets.cached_values import keep_cached_values
from core.spreadsheets.fixed_bytes import with_fixed_bytes

Severity = Literal["error", "warn", "fix"]

COLOURS: Final[dict[str, str]] = {"error": "FFC7CE", "warn": "FFEB9C", "fix": "DDEBF7"}
AUTHOR: Final = "Chi trả hỗ trợ"
_CONTROL_CHARACTERS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WORST_FIRST: Final = ("error", "warn", "fix")
_REASONS_WIDTH: Final = 60.0
_COMMENT_WIDTH: Final = 320
_COMMENT_HEIGHT: Final = 110


@dataclass(frozen=True, slots=True)
class Mark:
    """One reason at one place, in the numbers that the spreadsheet shows (from 1); `column` None means the whole row."""

    row: int
    column: int | None
    severity: Severity
    reason: str


def reasons_by_row(marks: Iterable[Mark]) -> dict[int, str]:
    """The text of the reasons column for each marked row: errors first, none twice, on one line (heights are the user's)."""
    by_row: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_row[mark.row].append(mark)
    return {
        row: " ".join(
            dict.fromkeys(m.reason for m in sorted(of_row, key=lambda m: _WORST_FIRST.index(m.severity)))
        )
        for row, of_row in sorted(by_row.items())
    }


def marks_by_cell(marks: Iterable[Mark]) -> dict[tuple[int, int], tuple[Severity, str]]:
    """For each cell with marks of its own: the worst severity and the text of its comment."""
    by_cell: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.column is not None:
            by_cell[mark.row, mark.column].append(mark)
    found: dict[tuple[int, int], tuple[Severity, str]] = {}
    for place, of_cell in sorted(by_cell.items()):
        ordered = sorted(of_cell, key=lambda m: _WORST_FIRST.index(m.severity))
        found[place] = (ordered[0].severity, "\n".join(dict.fromkeys(mark.reason for mark in ordered)))
    return found


def mark_workbook(
    content: bytes,
    *,
    sheet_name: str,
    header_rows: tuple[int, int],
    marks: Iterable[Mark],
    reasons_title: str,
) -> bytes:
    """Return the same .xlsx with the marks of one sheet, and a column of reasons right of the last header.

    Formulas keep their last computed values. Macros and links to other files are left out. For sources that are no .xlsx:
    `rebuilding.rebuild_and_mark`.
    """
    book = load_workbook(io.BytesIO(content), keep_links=False)
    sheet = book[sheet_name]
    all_marks = list(marks)
    _take_off_old_marks(sheet)
    reasons_column = _reasons_column(sheet, header_rows, reasons_title)
    for (row, column), (severity, reason) in marks_by_cell(all_marks).items():
        _mark_cell(_writable_cell(sheet, row, column), severity, reason)
    for row, reason in reasons_by_row(all_marks).items():
        _write_reason(_writable_cell(sheet, row, reasons_column), reason)
    target = io.BytesIO()
    book.save(target)
    return with_fixed_bytes(target.getvalue(), edits=keep_cached_values(content, target.getvalue()))


def legible(text: str) -> str:
    """The text without the control characters that a workbook can't hold; each becomes a space."""
    return _CONTROL_CHARACTERS.sub(" ", text)


def _writable_cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell: Any = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        for merged in sheet.merged_cells.ranges:
            if cell.coordinate in merged:
                cell = sheet.cell(merged.min_row, merged.min_col)
                break
    found: Cell = cell
    return found


def _mark_cell(cell: Cell, severity: Severity, reason: str) -> None:
    cell.fill = PatternFill("solid", fgColor=COLOURS[severity])
    words = f"{cell.comment.text}\n{reason}" if cell.comment else reason
    cell.comment = Comment(legible(words), AUTHOR, width=_COMMENT_WIDTH, height=_COMMENT_HEIGHT)


def _write_reason(cell: Cell, reason: str) -> None:
    cell.value = legible(reason)
    cell.data_type = "s"  # a reason that quotes a formula stays text
    cell.alignment = Alignment(vertical="center")


def _take_off_old_marks(sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, Cell) and cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()


def _reasons_column(sheet: Worksheet, header_rows: tuple[int, int], title: str) -> int:
    """Find the reasons column of an earlier round and empty it, or begin one after the last used header."""
    first, last = header_rows
    for column in range(1, sheet.max_column + 1):
        if sheet.cell(first, column).value == title:
            for row in range(last + 1, sheet.max_row + 1):
                cell = sheet.cell(row, column)
                if isinstance(cell, Cell):
                    cell.value = None
            return column
    used = [
        column
        for row in range(first, last + 1)
        for column in range(1, sheet.max_column + 1)
        if _is_used(sheet, row, column)
    ]
    column = max(used, default=sheet.max_column) + 1
    while any(sheet.cell(row, column).value is not None for row in range(last + 1, sheet.max_row + 1)):
        column += 1
    head = _writable_cell(sheet, first, column)
    neighbour = sheet.cell(first, column - 1) if column > 1 else head
    head.value = title
    head.alignment = Alignment(vertical="center")
    head.font = Font(name=neighbour.font.name, size=neighbour.font.size, bold=True)
    sheet.column_dimensions[get_column_letter(column)].width = _REASONS_WIDTH
    return column


def _is_used(sheet: Worksheet, row: int, column: int) -> bool:
    cell = sheet.cell(row, column)
    return isinstance(cell, MergedCell) or cell.value is not None
