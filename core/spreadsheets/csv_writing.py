"""Write a table as CSV that Excel opens with the right letters and without running anything."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from core.dates import format_date
from core.spreadsheets.tables import Cell, Group, Kind, Table, check_columns

_BYTE_ORDER_MARK: Final = "\ufeff"
_LINES_AT_ONCE: Final = 500
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def guard_text(text: str) -> str:
    """Return the text with an apostrophe before it when a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def write_csv(table: Table) -> bytes:
    """Return header and rows as UTF-8 with byte order mark, comma and CRLF; no heading, totals or groups.

    Texts that start with = + - @, tab or carriage return get an apostrophe in front. CSV has no types: Excel drops the
    leading zeros of identity numbers when it opens the file; whoever needs them in Excel takes the workbook instead.
    """
    return b"".join(csv_lines(table))


def csv_lines(table: Table) -> Iterator[bytes]:
    """The same in pieces of some hundred lines, read from the table as they are sent."""
    check_columns(table.columns)
    rows = _lines(table)
    while piece := list(islice(rows, _LINES_AT_ONCE)):
        target = io.StringIO()
        csv.writer(target, lineterminator="\r\n").writerows(piece)
        yield target.getvalue().encode()


def _lines(table: Table) -> Iterator[list[Any]]:
    titles = [guard_text(str(column.title)) for column in table.columns]
    yield [_BYTE_ORDER_MARK + titles[0], *titles[1:]]
    rows = (row for row in table.rows if not isinstance(row, Group))
    for ordinal, row in enumerate(rows, start=1):
        yield [
            ordinal if column.kind is Kind.ORDINAL else _plain(row.get(column.key))
            for column in table.columns
        ]


def _plain(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return format_date(value)
    return guard_text(value) if isinstance(value, str) else value
