"""What was read: a workbook of sheets of raw cells, with the row and column numbers that the spreadsheet itself shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Cell: TypeAlias = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
Row: TypeAlias = Sequence[Cell]


class SpreadsheetRefused(ValueError):
    """The file can't be read as a list; `code` names the reason, the text says in Vietnamese what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range in spreadsheet numbers (1-based, both ends included)."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `rows[i][j]` is the cell in spreadsheet row `first_row + i`, column `first_column + j`.

    `fonts` maps (row, column) to a font name, only for cells set in one of the old Vietnamese fonts
    (.VnTime, VNI-Times), whose letters are not what they seem. `is_typed` is False where the source knows text
    only (CSV, HTML, pasted rows).
    """

    name: str
    rows: Sequence[Row]
    first_row: int = 1
    first_column: int = 1
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    fonts: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas_without_value: tuple[str, ...] = ()
    is_hidden: bool = False
    is_typed: bool = True

    def row_number(self, index: int) -> int:
        return self.first_row + index

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as read. `kind` is found from the content: xlsx, xlsb, xls, ods, csv, html or paste."""

    name: str
    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""


def column_letter(number: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A -> 1, AA -> 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def is_blank(cell: Cell) -> bool:
    return (
        cell is None or cell == "" or (isinstance(cell, str) and not cell.strip(" \t\r\n\u00a0\u200b\ufeff"))
    )
