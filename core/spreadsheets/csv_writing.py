"""Write a table as CSV that Excel opens with the right letters and without running anything."""

import csv
import datetime as dt
import io
from typing import Final

from core.dates import format_date
from core.spreadsheets.tables import Cell, Group, Kind, Table, check_columns

_BYTE_ORDER_MARK: Final = "\ufeff"
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def guard_text(text: str) -> str:
    """Return the text with an apostrophe before it when a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def write_csv(table: Table) -> bytes:
    """Return header and rows as UTF-8 with byte order mark, comma and CRLF; no heading, totals or groups.

    Texts that start with = + - @, tab or carriage return get an apostrophe in front. CSV has no types: Excel drops the
    leading zeros of identity numbers when it opens the file; whoever needs them in Excel takes the workbook instead.
    """
    check_columns(table.columns)
    target = io.StringIO()
    target.write(_BYTE_ORDER_MARK)
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([guard_text(str(column.title)) for column in table.columns])
    rows = (row for row in table.rows if not isinstance(row, Group))
    for ordinal, row in enumerate(rows, start=1):
        writer.writerow(
            [
                ordinal if column.kind is Kind.ORDINAL else _plain(row.get(column.key))
                for column in table.columns
            ]
        )
    return target.getvalue().encode()


def _plain(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return format_date(value)
    return guard_text(value) if isinstance(value, str) else value
