"""Write lists and reports as Excel workbooks in the layout of official papers.

One table on one sheet: heading, header rows, data, total row, amount in words, signatures; printed on A4 with the header on
every page. Numbers are real numbers, identity numbers are text, dates are dates. A text never becomes a formula, whatever it
starts with. The same table gives the same bytes. For uniform exports of many tens of thousands of rows: `bulk_writing`.
"""

import datetime as dt
import io
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from core.spreadsheets.styles import Styles
from core.spreadsheets.tables import (
    Cell,
    Column,
    Group,
    Kind,
    Row,
    Table,
    TableError,
    check_columns,
    check_number,
    check_text,
    header_groups,
    spread_signatures,
)

A4: Final = 9
_LEFT_AS_TEXT: Final = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
# Inches; 20 mm above and below, 30 mm on the binding side, 15 mm on the other (NĐ 30/2020/NĐ-CP, Phụ lục I).
MARGINS: Final = {"top": 0.79, "bottom": 0.79, "left": 1.18, "right": 0.59}


def write_table(table: Table) -> bytes:
    """Return the workbook (.xlsx) of this table.

    Totals are formulas that carry their computed values, so viewers that don't calculate show them too. TableError when a
    value can't be written whole (a text over 32,767 characters, a number over 15 digits, a text where a number belongs).
    """
    check_columns(table.columns)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {"in_memory": True, **dict.fromkeys(_LEFT_AS_TEXT, False)},
    )
    book.set_properties(
        {"title": str(table.heading.title) if table.heading else "", "created": table.created}
    )
    _SheetWriter(book.add_worksheet(str(table.sheet_name)), Styles(book), table).write()
    book.close()
    return target.getvalue()


class _SheetWriter:
    """Writes one table from top to bottom; `line` is the next free row, counted from 0."""

    def __init__(self, sheet: Worksheet, styles: Styles, table: Table) -> None:
        self.sheet: Any = sheet
        self.styles = styles
        self.table = table
        self.columns = table.columns
        self.last_column = len(table.columns) - 1
        self.line = 0
        self.groups_written = 0
        self.totals: dict[str, int] = {column.key: 0 for column in table.columns if column.total}

    def write(self) -> None:
        self._set_up_page()
        self._write_heading()
        first_header = self.line
        self._write_header()
        self.sheet.freeze_panes(self.line, self.table.frozen_columns)
        self.sheet.repeat_rows(first_header, self.line - 1)
        header_line = self.line - 1
        first_data = self.line
        has_groups = self._write_rows()
        if not has_groups:
            self.sheet.autofilter(header_line, 0, max(self.line - 1, header_line), self.last_column)
        self._leave_codes_as_text(first_data)
        if self.table.has_totals:
            total = Group(self.table.total_label, self.table.total_values)
            self._write_sums(total, first_data, self.line - 1, self.totals, subtotals=has_groups)
        self._write_foot()

    # --- page -------------------------------------------------------------------------------------------------------

    def _set_up_page(self) -> None:
        sheet = self.sheet
        sheet.set_paper(A4)
        if self.table.landscape:
            sheet.set_landscape()
        sheet.set_margins(**MARGINS)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P/&N")
        for place, column in enumerate(self.columns):
            sheet.set_column(place, place, column.width or column.kind.width)

    def _write_across(self, first: int, last: int, text: str, style: Any) -> None:
        """One text over several columns of the current line; a merge needs two cells."""
        if not text:
            return
        if last > first:
            self.sheet.merge_range(self.line, first, self.line, last, "", style)
        self.sheet.write_string(self.line, first, str(text), style)

    def _write_heading(self) -> None:
        heading = self.table.heading
        if heading is None:
            return
        if heading.body:
            middle = max(self.last_column // 2, 1)
            left, right = (0, max(middle - 1, 0)), (min(middle, self.last_column), self.last_column)
            motto = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
            lines = [(heading.parent_body, self.styles.body), (heading.body, self.styles.body_bold)]
            for (text, style), words in zip(lines, motto, strict=True):
                self._write_across(*left, text, style)
                if right[0] > left[1]:
                    self._write_across(*right, words, self.styles.body_bold)
                self.line += 1
            self.line += 1
        self._write_across(0, self.last_column, heading.title, self.styles.title)
        self.line += 1
        for subtitle in heading.subtitles:
            self._write_across(0, self.last_column, subtitle, self.styles.subtitle)
            self.line += 1
        self.line += 1
        if heading.unit:
            self._write_across(0, self.last_column, heading.unit, self.styles.unit)
            self.line += 1

    def _write_header(self) -> None:
        if self.table.has_groups:
            self._write_grouped_header()
        else:
            for place, column in enumerate(self.columns):
                self.sheet.write_string(self.line, place, str(column.title), self.styles.header)
        self.line += 1
        if self.table.numbered:
            for place in range(len(self.columns)):
                self.sheet.write_string(self.line, place, f"({place + 1})", self.styles.header_number)
            self.line += 1

    def _write_grouped_header(self) -> None:
        for first, last, group in header_groups(self.columns):
            if group:
                self._write_across(first, last, group, self.styles.header)
                for place in range(first, last + 1):
                    self.sheet.write_string(
                        self.line + 1, place, str(self.columns[place].title), self.styles.header
                    )
            else:
                title = str(self.columns[first].title)
                self.sheet.merge_range(self.line, first, self.line + 1, first, title, self.styles.header)
        self.line += 1

    # --- rows -------------------------------------------------------------------------------------------------------

    def _write_rows(self) -> bool:
        """Write groups and rows; returns whether there was a group."""
        group: Group | None = None
        group_line, ordinal = 0, 0
        counts_rows = not self.table.counts_groups
        sums = dict.fromkeys(self.totals, 0)
        has_groups = False
        for row in self.table.rows:
            if isinstance(row, Group):
                if group is not None:
                    self._write_group(group, group_line, sums)
                group, group_line, sums, has_groups = row, self.line, dict.fromkeys(self.totals, 0), True
            else:
                ordinal += 1
                self._write_row(row, ordinal if counts_rows else None)
                self._add(row, sums)
            self.line += 1
        if group is not None:
            self._write_group(group, group_line, sums)
        return has_groups

    def _add(self, row: Row, sums: dict[str, int]) -> None:
        for key in self.totals:
            value = row.get(key)
            if isinstance(value, int):
                sums[key] += value
                self.totals[key] += value

    def _write_row(self, row: Row, ordinal: int | None) -> None:
        if self.table.row_height is not None:
            self.sheet.set_row(self.line, self.table.row_height)
        for place, column in enumerate(self.columns):
            style = self.styles.cells[column.kind]
            self._write_cell(
                place, column, ordinal if column.kind is Kind.ORDINAL else row.get(column.key), style
            )

    def _write_cell(self, place: int, column: Column, value: Cell, style: Any) -> None:
        if value is None or value == "":
            self.sheet.write_blank(self.line, place, None, style)
        elif isinstance(value, int | float) and (column.kind.is_number or column.kind is Kind.ORDINAL):
            self.sheet.write_number(self.line, place, check_number(column, value), style)
        elif isinstance(value, dt.date) and column.kind is Kind.DATE:
            self.sheet.write_datetime(self.line, place, value, style)
        elif isinstance(value, int | float | dt.date) or column.kind.is_number:
            raise TableError(
                f"column {column.key}: {value!r} doesn't belong into a column of kind {column.kind.name}"
            )
        else:
            self.sheet.write_string(self.line, place, check_text(column, str(value)), style)

    def _write_group(self, group: Group, line: int, sums: dict[str, int]) -> None:
        after, self.line = self.line, line
        self._write_sums(group, line + 1, after - 1, sums, subtotals=True, is_group=True)
        if self.table.counts_groups:
            self.groups_written += 1
            for place, column in enumerate(self.columns):
                if column.kind is Kind.ORDINAL:
                    self.sheet.write_number(
                        line, place, self.groups_written, self.styles.group_cells[column.kind]
                    )
        self.line = after

    def _write_sums(
        self,
        group: Group,
        first: int,
        last: int,
        sums: dict[str, int],
        *,
        subtotals: bool,
        is_group: bool = False,
    ) -> None:
        """Write the label and the sums of the rows first..last; SUBTOTAL leaves the sums of inner groups out of outer ones."""
        styles = self.styles.group_cells if is_group else self.styles.total_cells
        label_place = next(
            (place for place, column in enumerate(self.columns) if column.kind is not Kind.ORDINAL), 0
        )
        function = "SUBTOTAL(9," if subtotals else "SUM("
        for place, column in enumerate(self.columns):
            style = styles[column.kind]
            if column.total:
                name = xl_col_to_name(place)
                formula = f"={function}{name}{first + 1}:{name}{last + 1})" if last >= first else "=0"
                total = check_number(column, sums[column.key])
                self.sheet.write_formula(self.line, place, formula, style, total)
            elif column.ratio_of:
                self._write_ratio(place, column.ratio_of, sums, style)
            else:
                self._write_cell(place, column, group.values.get(column.key), style)
        # the label reaches to the first sum: a narrow first column would cut "Tổng cộng: 18 người"
        label_end = label_place - self.columns[label_place].total
        if self.table.merges_labels and not group.values:
            label_end = next(
                (place - 1 for place, column in enumerate(self.columns) if column.total or column.ratio_of),
                self.last_column,
            )
        if label_end >= label_place:
            text = check_text(self.columns[label_place], str(group.label))
            self._write_across(label_place, label_end, text, styles[Kind.TEXT])
        if not is_group:
            self.line += 1

    def _write_ratio(self, place: int, ratio_of: tuple[str, str], sums: dict[str, int], style: Any) -> None:
        keys = [column.key for column in self.columns]
        part, whole = (f"{xl_col_to_name(keys.index(key))}{self.line + 1}" for key in ratio_of)
        value = sums[ratio_of[0]] / sums[ratio_of[1]] if sums[ratio_of[1]] else ""
        self.sheet.write_formula(self.line, place, f'=IF({whole}=0,"",{part}/{whole})', style, value)

    def _leave_codes_as_text(self, first_data: int) -> None:
        """No green triangles on identity numbers: they are text on purpose."""
        ranges = [
            f"{xl_col_to_name(place)}{first_data + 1}:{xl_col_to_name(place)}{self.line}"
            for place, column in enumerate(self.columns)
            if column.kind is Kind.CODE and self.line > first_data
        ]
        if ranges:
            self.sheet.ignore_errors({"number_stored_as_text": " ".join(ranges)})

    # --- foot -------------------------------------------------------------------------------------------------------

    def _write_foot(self) -> None:
        table = self.table
        if table.amount_in_words:
            self._write_across(0, self.last_column, table.amount_in_words, self.styles.in_words)
            self.line += 1
        for note in table.notes:
            self._write_across(0, self.last_column, note, self.styles.in_words)
            self.line += 1
        if not table.signatures:
            return
        self.line += 1
        spans = list(spread_signatures(len(table.signatures), len(self.columns)))
        if table.place_and_date:
            self._write_across(*spans[-1], table.place_and_date, self.styles.place_and_date)
            self.line += 1
        room_to_sign = 4
        for texts, style, lines in (
            ([signature.office for signature in table.signatures], self.styles.signature_office, 1),
            ([signature.note for signature in table.signatures], self.styles.signature_note, room_to_sign),
            ([signature.name for signature in table.signatures], self.styles.signature_office, 1),
        ):
            for (first, last), text in zip(spans, texts, strict=False):
                self._write_across(first, last, text, style)
            self.line += lines
