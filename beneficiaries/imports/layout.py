"""Where things are in a list: the sheet, the header of one to three rows, and what each column means."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from beneficiaries.imports.columns import columns_of, complete, guess_address, sample_of
from beneficiaries.imports.extra_columns import ExtraColumn
from beneficiaries.imports.headers import amount_unit, field_of, header_key, is_header_word
from core.spreadsheets.reading import Cell, Sheet, Workbook, column_letter, is_blank

_HEADER_SEARCH: Final = 80
_UNIT_LINE: Final = re.compile(r"\bdvt\b|don vi tinh|\btinh bang\b")
_INDEX_CELL: Final = re.compile(r"\(?\s*(?:\d{1,2}|[A-Z])\s*\)?(?:\s*=.*)?")


@dataclass(frozen=True, slots=True)
class Layout:
    """`header_rows` and `columns` (field -> column number) are the spreadsheet's own; `first_data` is an index into its rows.

    `headers` gives the header text of each column; `guessed` names fields found by their cells alone. Without a header
    (pasted rows) `header_rows` is None.
    """

    sheet: Sheet
    header_rows: tuple[int, int] | None
    first_data: int
    columns: Mapping[str, int]
    headers: Mapping[int, str]
    amount_unit: int = 1
    guessed: frozenset[str] = frozenset()

    @property
    def letters(self) -> dict[str, str]:
        return {field: column_letter(number) for field, number in self.columns.items()}

    @property
    def header_letters(self) -> dict[str, str]:
        """Column letter -> header text."""
        return {column_letter(number): text for number, text in sorted(self.headers.items())}

    @property
    def key(self) -> str:
        """The same for lists with the same header: a corrected mapping is remembered under it."""
        words = "|".join(f"{number}:{header_key(text)}" for number, text in sorted(self.headers.items()))
        return hashlib.sha256(words.encode()).hexdigest()

    @property
    def unmapped(self) -> dict[str, str]:
        """Letter -> header text of columns that mean nothing to the import."""
        taken = set(self.columns.values())
        return {
            column_letter(number): text
            for number, text in sorted(self.headers.items())
            if number not in taken
        }

    def index_of(self, field: str) -> int | None:
        number = self.columns.get(field)
        return None if number is None else number - self.sheet.first_column


def find_layout(
    workbook: Workbook, *, sheet_name: str = "", extras: Sequence[ExtraColumn] = ()
) -> Layout | None:
    """The best list in the workbook, or in the named sheet; None when no sheet holds one.

    The sheet with the most meaningful columns wins, then the one with more rows; hidden sheets come last.
    """
    best: tuple[tuple[int, int, int], Layout] | None = None
    for sheet in workbook.sheets:
        if sheet_name and sheet.name != sheet_name:
            continue
        layout = layout_of(sheet, extras)
        if layout is None:
            continue
        meaningful = len(
            set(layout.columns) & {"full_name", "surname", "id_number", "dob", "dob_m", "amount", "address"}
        )
        rank = (0 if sheet.is_hidden else 1, meaningful, len(sheet.rows) - layout.first_data)
        if best is None or rank > best[0]:
            best = (rank, layout)
    return best[1] if best else None


def layout_of(sheet: Sheet, extras: Sequence[ExtraColumn] = ()) -> Layout | None:
    """The layout of one sheet, or None when neither a header nor the cells show a list of people."""
    anchor = _anchor(sheet, extras)
    if anchor is None:
        return _without_header(sheet)
    first, last = _header_block(sheet, anchor, extras)
    paths = _paths(sheet, first, last)
    columns = columns_of(paths, extras)
    sample = sample_of(sheet, last + 1)
    guessed = complete(columns, paths, sample, sheet.first_column, extras)
    if not _is_list(columns):
        return None
    texts = {number: " ".join(path) for number, path in paths.items()}
    above = [
        str(cell) for row in sheet.rows[max(0, first - 3) : first] for cell in row if isinstance(cell, str)
    ]
    amount_header = texts.get(columns.get("amount", 0), "")
    unit_line = next((text for text in above if _UNIT_LINE.search(header_key(text))), "")
    if amount_header and amount_unit([amount_header]) == 1 < amount_unit([unit_line]):
        # the unit stands above the table: it belongs to the column's header, where a later correction finds it
        texts[columns["amount"]] = amount_header = f"{amount_header} ({unit_line})"
    return Layout(
        sheet=sheet,
        header_rows=(sheet.row_number(first), sheet.row_number(last)),
        first_data=last + 1,
        columns=columns,
        headers=texts,
        amount_unit=amount_unit([amount_header]),
        guessed=frozenset(guessed),
    )


def with_columns(layout: Layout, columns: Mapping[str, int]) -> Layout:
    """The same place with the columns as the officer matched them."""
    return Layout(
        layout.sheet, layout.header_rows, layout.first_data, dict(columns), layout.headers, layout.amount_unit
    )


def _is_list(columns: Mapping[str, int]) -> bool:
    has_name = "full_name" in columns or {"surname", "given_name"} <= set(columns)
    return has_name and bool({"id_number", "dob", "dob_m", "dob_year", "amount"} & set(columns))


def _anchor(sheet: Sheet, extras: Sequence[ExtraColumn]) -> int | None:
    """The row with the most header words: at least three fields, or two with the name among them."""
    best, best_score = None, 0
    for index, row in enumerate(sheet.rows[:_HEADER_SEARCH]):
        fields = {
            field_of([cell], extras) for cell in row if isinstance(cell, str) and 0 < len(cell) < 90
        } - {""}
        score = len(fields) * 2 + ("full_name" in fields or "surname" in fields)
        if (
            len(fields) >= 3 or (len(fields) == 2 and fields & {"full_name", "surname"})
        ) and score > best_score:
            best, best_score = index, score
    return best


def _header_block(sheet: Sheet, anchor: int, extras: Sequence[ExtraColumn]) -> tuple[int, int]:
    first = last = anchor
    while (
        first > 0
        and anchor - first < 3
        and (_reaches_down(sheet, first - 1, anchor) or _is_header_row(sheet.rows[first - 1], extras))
    ):
        first -= 1
    while last + 1 < len(sheet.rows) and last - anchor < 4:
        row = sheet.rows[last + 1]
        if not (
            is_index_row(row)
            or _is_header_row(row, extras, minimum=1)
            or _reaches_down(sheet, anchor, last + 1)
        ):
            break
        last += 1
    return first, last


def _reaches_down(sheet: Sheet, top: int, bottom: int) -> bool:
    """True when a merged header cell begins in the top row and covers the bottom one."""
    top_row, bottom_row = sheet.row_number(top), sheet.row_number(bottom)
    return any(
        merge.first_row == top_row and merge.last_row >= bottom_row and merge.last_row - merge.first_row < 5
        for merge in sheet.merges
    )


def _is_header_row(row: Sequence[Cell], extras: Sequence[ExtraColumn], minimum: int = 2) -> bool:
    filled = [cell for cell in row if not is_blank(cell)]
    if len(filled) < minimum or not all(isinstance(cell, str) for cell in filled):
        return False
    # one text alone is rather the heading of a group of people ("II. Lao động đang mang thai")
    further = extras if len(filled) > 1 else ()
    words = sum(is_header_word(str(cell), further) for cell in filled)
    return words >= minimum and words >= 0.6 * len(filled)


def is_index_row(row: Sequence[Cell]) -> bool:
    """The row "(1) (2) (3)" or "1 2 3" or "A B 1 2" under a header."""
    filled = [_index_text(cell) for cell in row if not is_blank(cell)]
    if len(filled) < 3 or not all(_INDEX_CELL.fullmatch(text) for text in filled):
        return False
    numbers = [int(found.group()) for text in filled if (found := re.search(r"\d+", text))]
    return len(numbers) >= 2 and all(a < b for a, b in itertools.pairwise(numbers))


def _index_text(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _paths(sheet: Sheet, first: int, last: int) -> dict[int, list[str]]:
    """Column number -> header texts from top to bottom, with merged groups spread over their columns."""
    rows = [index for index in range(first, last + 1) if not is_index_row(sheet.rows[index])]
    groups: dict[tuple[int, int], str] = {}
    for merge in sheet.merges:
        if merge.last_column > merge.first_column:
            index = merge.first_row - sheet.first_row
            column = merge.first_column - sheet.first_column
            if first <= index <= last and 0 <= column < len(sheet.rows[index]):
                text = sheet.rows[index][column]
                for number in range(merge.first_column, merge.last_column + 1):
                    groups[index, number] = text if isinstance(text, str) else ""
    paths: dict[int, list[str]] = {}
    for offset in range(max((len(sheet.rows[index]) for index in rows), default=0)):
        number = sheet.first_column + offset
        path: list[str] = []
        for index in rows:
            text = _header_text(sheet, index, offset, groups.get((index, number)), last)
            if text and text not in path[-1:]:
                path.append(text)
        if path:
            paths[number] = path
    return paths


def _header_text(sheet: Sheet, index: int, offset: int, group: str | None, last: int) -> str:
    row = sheet.rows[index]
    cell = row[offset] if offset < len(row) else None
    if not is_blank(cell):
        return " ".join(str(cell).split())
    if group is not None:
        return " ".join(group.split())
    if sheet.merges or index == last or offset == 0:
        return ""
    # a source that knows no merges: an empty cell left of whose column a group stands, with a leaf below both
    below = sheet.rows[index + 1]
    if offset < len(below) and not is_blank(below[offset]) and not is_blank(below[offset - 1]):
        left = offset - 1
        while left > 0 and is_blank(row[left]) and not is_blank(below[left]):
            left -= 1
        return " ".join(str(row[left]).split()) if not is_blank(row[left]) else ""
    return ""


def _without_header(sheet: Sheet) -> Layout | None:
    columns: dict[str, int] = {}
    sample = sample_of(sheet, 0)
    guessed = complete(columns, {}, sample, sheet.first_column)
    if not {"full_name", "id_number"} <= set(columns):
        return None
    guess_address(columns, sample, sheet.first_column)
    return Layout(sheet, None, 0, columns, {}, guessed=frozenset(guessed))
