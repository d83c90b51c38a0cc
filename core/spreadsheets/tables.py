"""What a list or report looks like on a sheet: columns, heading, groups, totals, signatures. Pure data for the writers."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

Cell = str | int | float | dt.date | None

# The creation date inside the file when the caller gives none: the same content must give the same bytes.
FIXED_MOMENT: Final = dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
LONGEST_TEXT: Final = 32_767
# Spreadsheets keep 15 digits of a number; anything longer has to be text.
LARGEST_NUMBER: Final = 10**15 - 1


class TableError(ValueError):
    """A table can't be written as it was described; a mistake of the caller, never of an officer."""


class Kind(Enum):
    """How the cells of a column are written."""

    ORDINAL = "ordinal"  # STT, counted by the writer; no value is read from the row
    TEXT = "text"
    CODE = "code"  # identity numbers, accounts, phones, references: text, keeps leading zeros
    INTEGER = "integer"
    MONEY = "money"  # whole đồng
    PERCENT = "percent"  # 0.25 shows as 25,0%
    DECIMAL = "decimal"  # a figure with or without decimals, as it is: rows of several units of measure
    DATE = "date"  # a date; a text (a year of birth alone) is written as it is

    @property
    def width(self) -> float:
        """The usual width of such a column, in characters."""
        return _WIDTHS[self]

    @property
    def is_number(self) -> bool:
        return self in (Kind.INTEGER, Kind.MONEY, Kind.PERCENT, Kind.DECIMAL)


_WIDTHS: Final = {
    Kind.ORDINAL: 6.0,
    Kind.TEXT: 22.0,
    Kind.CODE: 16.0,
    Kind.INTEGER: 11.0,
    Kind.MONEY: 16.0,
    Kind.PERCENT: 10.0,
    Kind.DECIMAL: 13.0,
    Kind.DATE: 12.0,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` names the row's value, `title` is the header, `group` a header above neighbouring columns.

    `total`: summed in the total row and in the row of each group. `ratio_of`: two other keys, whose sums are divided there
    instead (paid of approved), for PERCENT.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    width: float | None = None
    total: bool = False
    group: str = ""
    ratio_of: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A row that opens a group (a hamlet, a district): its label in bold with the sums of the rows up to the next group.

    `values`: what that row says in columns that have no sum (a median).
    """

    label: str
    values: "Row" = field(default_factory=dict)


Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the table. The motto is written when an issuing body is given (official papers)."""

    title: str
    subtitles: tuple[str, ...] = ()
    parent_body: str = ""
    body: str = ""
    unit: str = ""  # "Đơn vị tính: đồng", right-aligned above the header


@dataclass(frozen=True, slots=True)
class Signature:
    """One signer below the table, left to right."""

    office: str
    name: str = ""
    note: str = "(Ký, ghi rõ họ tên)"


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet to write. `numbered`: a row (1) (2) (3) under the header, as official forms have it. `counts_groups`: the ordinal
    column numbers the groups, not the rows. `row_height`: points of each row where people sign. `total_values`: what the total
    row says in columns that have no sum. `merges_labels`: the labels of sums reach over empty neighbours. `notes`: below all.
    """

    columns: tuple[Column, ...]
    rows: Iterable[Row | Group]
    heading: Heading | None = None
    sheet_name: str = "Danh sách"
    numbered: bool = False
    counts_groups: bool = False
    total_label: str = "Tổng cộng"
    amount_in_words: str = ""
    place_and_date: str = ""
    signatures: tuple[Signature, ...] = ()
    landscape: bool = True
    frozen_columns: int = 0
    row_height: float | None = None
    total_values: Row = field(default_factory=dict)
    merges_labels: bool = True
    notes: tuple[str, ...] = ()
    created: dt.datetime = field(default=FIXED_MOMENT)

    @property
    def has_totals(self) -> bool:
        return any(column.total or column.ratio_of for column in self.columns) or bool(self.total_values)

    @property
    def has_groups(self) -> bool:
        return any(column.group for column in self.columns)


def check_columns(columns: tuple[Column, ...]) -> None:
    """TableError when a table can't be written: no columns, a key twice, a sum of text, a ratio of unknown columns."""
    keys = [column.key for column in columns]
    if not keys:
        raise TableError("a table needs a column")
    if len(set(keys)) != len(keys):
        raise TableError(
            f"two columns have the same key: {sorted(key for key in keys if keys.count(key) > 1)}"
        )
    for column in columns:
        if column.total and column.kind not in (Kind.INTEGER, Kind.MONEY):
            raise TableError(f"column {column.key}: only whole numbers and đồng have a total")
        if column.ratio_of and not set(column.ratio_of) <= {other.key for other in columns if other.total}:
            raise TableError(f"column {column.key}: a ratio needs two columns with totals")


def check_text(column: Column, text: str) -> str:
    """Return the text of a cell; TableError when a spreadsheet can't hold it whole."""
    if len(text) > LONGEST_TEXT:
        raise TableError(
            f"column {column.key}: a cell holds at most {LONGEST_TEXT} characters, got {len(text)}"
        )
    return text


def check_number(column: Column, number: float) -> float:
    """Return the number of a cell; TableError when a spreadsheet would round it."""
    if isinstance(number, bool) or abs(number) > LARGEST_NUMBER:
        raise TableError(f"column {column.key}: {number} can't be written as a number")
    return number


def header_groups(columns: tuple[Column, ...]) -> Iterator[tuple[int, int, str]]:
    """First and last place of neighbouring columns under one header; a column without group stands alone."""
    first = 0
    for place, column in enumerate(columns):
        is_last = place + 1 == len(columns) or not column.group or columns[place + 1].group != column.group
        if is_last:
            yield first, place, column.group
            first = place + 1


def spread_signatures(parts: int, places: int) -> Iterator[tuple[int, int]]:
    """Share `places` columns among `parts` signers, left to right; more signers than columns is a TableError."""
    if parts > places:
        raise TableError(f"{parts} signers need {parts} columns, the table has {places}")
    for part in range(parts):
        yield part * places // parts, (part + 1) * places // parts - 1
