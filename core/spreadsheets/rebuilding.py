"""Make a marked .xlsx of a list that came as something else (.xls, .ods, CSV, HTML, pasted rows), every cell in its place."""

import datetime as dt
import io
from collections.abc import Iterable
from typing import Any, Final

import xlsxwriter

from core.spreadsheets.marking import AUTHOR, COLOURS, Mark, legible, marks_by_cell, reasons_by_row
from core.spreadsheets.reading.grid import Cell, Sheet
from core.spreadsheets.styles import DATE, FONT, SIZE, TEXT
from core.spreadsheets.tables import FIXED_MOMENT
from core.spreadsheets.writing import A4, MARGINS

_NARROWEST: Final = 6.0
_WIDEST: Final = 40.0
_REASONS_WIDTH: Final = 60.0
_LOOKED_AT: Final = 200
_LARGEST_EXACT: Final = 10**15


def rebuild_and_mark(
    sheet: Sheet, *, header_rows: tuple[int, int], marks: Iterable[Mark], reasons_title: str
) -> bytes:
    """Return a workbook with the sheet's cells at their rows and columns, the marks, and a column of reasons at the right.

    Texts stay texts (also what looks like a number or a formula), numbers stay numbers, merged cells and hidden rows stay so.
    Column widths are new. Cells typed in an old Vietnamese font keep that font.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": FIXED_MOMENT})
    _Rebuilder(book, sheet).write(header_rows, list(marks), reasons_title)
    book.close()
    return target.getvalue()


class _Rebuilder:
    def __init__(self, book: Any, sheet: Sheet) -> None:
        self.book = book
        self.sheet = sheet
        self.page = book.add_worksheet(
            sheet.name[:31].translate(str.maketrans("[]:*?/\\", "       ")).strip("' ") or None
        )
        self.page.set_comments_author(AUTHOR)
        self.page.set_paper(A4)
        self.page.set_landscape()
        self.page.set_margins(**MARGINS)
        self.page.fit_to_pages(1, 0)
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.first_lined_row = 1
        self.last_column = sheet.first_column + sheet.width - 1

    def write(self, header_rows: tuple[int, int], marks: list[Mark], reasons_title: str) -> None:
        cell_marks = marks_by_cell(marks)
        reasons = reasons_by_row(marks)
        reasons_column = self.last_column
        if not self._is_reasons_column(header_rows[0], reasons_title):
            reasons_column += 1
        self.first_lined_row = header_rows[0]
        self._write_cells(cell_marks, reasons_column)
        for merge in self.sheet.merges:
            if merge.last_column < reasons_column:
                self._merge(merge.first_row, merge.first_column, merge.last_row, merge.last_column)
        self.page.write_string(header_rows[0] - 1, reasons_column - 1, reasons_title, self._format(bold=True))
        for row, reason in reasons.items():
            self.page.write_string(row - 1, reasons_column - 1, legible(reason), self._format())
        for (row, column), (_severity, reason) in cell_marks.items():
            self.page.write_comment(row - 1, column - 1, legible(reason), {"x_scale": 2.5, "y_scale": 1.2})
        for row in self.sheet.hidden_rows:
            self.page.set_row(row - 1, None, None, {"hidden": True})
        self._set_widths(header_rows[0], reasons_column)

    def _is_reasons_column(self, header_row: int, title: str) -> bool:
        index = header_row - self.sheet.first_row
        if not 0 <= index < len(self.sheet.rows):
            return False
        row = self.sheet.rows[index]
        return len(row) == self.sheet.width and bool(row) and row[-1] == title

    def _write_cells(self, cell_marks: dict[tuple[int, int], tuple[Any, str]], reasons_column: int) -> None:
        for index, cells in enumerate(self.sheet.rows):
            row = self.sheet.row_number(index)
            for offset, value in enumerate(cells):
                column = self.sheet.first_column + offset
                if column < reasons_column:
                    mark = cell_marks.get((row, column))
                    self._write_cell(row, column, value, COLOURS[mark[0]] if mark else "")

    def _write_cell(self, row: int, column: int, value: Cell, colour: str) -> None:
        page, place = self.page, (row - 1, column - 1)
        properties: dict[str, Any] = {"font_name": self.sheet.fonts.get((row, column), FONT)}
        if row >= self.first_lined_row:
            properties["border"] = 1
        if colour:
            properties["bg_color"] = f"#{colour}"
        if value is None or value == "":
            page.write_blank(*place, None, self._format(**properties))
        elif isinstance(value, bool):
            page.write_boolean(*place, value, self._format(**properties))
        elif isinstance(value, int | float) and abs(value) < _LARGEST_EXACT:
            page.write_number(*place, value, self._format(**properties))
        elif isinstance(value, dt.datetime | dt.date):
            page.write_datetime(*place, value, self._format(num_format=DATE, **properties))
        elif isinstance(value, dt.time | dt.timedelta):
            page.write_datetime(*place, value, self._format(num_format="hh:mm", **properties))
        else:
            page.write_string(*place, legible(str(value)), self._format(num_format=TEXT, **properties))

    def _merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Merge without touching the first cell: its value was written already."""
        if (first_row, first_column) != (last_row, last_column):
            self.page.merge.append([first_row - 1, first_column - 1, last_row - 1, last_column - 1])

    def _set_widths(self, header_row: int, reasons_column: int) -> None:
        """As wide as the texts from the header on; the lines above it run across columns."""
        begin = max(header_row - self.sheet.first_row, 0)
        lengths: dict[int, list[int]] = {}
        for cells in self.sheet.rows[begin : begin + _LOOKED_AT]:
            for offset, value in enumerate(cells):
                lengths.setdefault(offset, []).append(0 if value is None else len(str(value)))
        for offset, found in lengths.items():
            place = self.sheet.first_column + offset - 1
            usual = sorted(found)[
                len(found) * 9 // 10
            ]  # lines like "Bằng chữ: ..." don't widen the column they start in
            self.page.set_column(place, place, min(max(usual + 2.0, _NARROWEST), _WIDEST))
        self.page.set_column(reasons_column - 1, reasons_column - 1, _REASONS_WIDTH)

    def _format(self, **properties: Any) -> Any:
        """One format per look: a workbook may hold only some tens of thousands."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_name": FONT, "font_size": SIZE, **properties})
        return self.formats[key]
