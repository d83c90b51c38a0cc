"""Reading any list that an office sends: Excel old and new, OpenDocument, CSV, HTML called .xls, pasted rows.

Row and column numbers are the ones the spreadsheet shows, so that a finding names the row the officer sees. Hidden
rows are read like all others. What can't be read is refused with a Vietnamese sentence that says what to do.
"""

from __future__ import annotations

from core.spreadsheets.reading.binary import read_sheets
from core.spreadsheets.reading.grid import (
    Cell,
    Merge,
    Sheet,
    SpreadsheetRefused,
    Workbook,
    column_letter,
    column_number,
    is_blank,
)
from core.spreadsheets.reading.kinds import kind_of
from core.spreadsheets.reading.plain import read_csv, read_delimited, read_html
from core.spreadsheets.reading.refusals import MAX_BYTES, refused

__all__ = [
    "Cell",
    "Merge",
    "Sheet",
    "SpreadsheetRefused",
    "Workbook",
    "column_letter",
    "column_number",
    "is_blank",
    "read_pasted",
    "read_workbook",
]


def read_workbook(content: bytes, name: str) -> Workbook:
    """The workbook in these bytes; `name` is only for display. Raises SpreadsheetRefused."""
    if len(content) > MAX_BYTES:
        raise refused("FILE_TOO_LARGE", limit=MAX_BYTES // (1024 * 1024))
    kind = kind_of(content)
    encoding = ""
    sheets: tuple[Sheet, ...]
    if kind == "csv":
        sheet, encoding = read_csv(content)
        sheets = (sheet,)
    elif kind == "html":
        sheets, encoding = read_html(content)
    else:
        sheets = read_sheets(content, kind)
    if not any(not is_blank(cell) for sheet in sheets for row in sheet.rows for cell in row):
        raise refused("FILE_EMPTY")
    return Workbook(name=name, kind=kind, sheets=sheets, encoding=encoding)


def read_pasted(text: str) -> Workbook:
    """Rows copied from Excel and pasted as text: cells split by tabs, a quoted cell may hold line breaks."""
    if not text.strip():
        raise refused("FILE_EMPTY")
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise refused("FILE_TOO_LARGE", limit=MAX_BYTES // (1024 * 1024))
    return Workbook(name="", kind="paste", sheets=(read_delimited(text, "\t", "Dán"),), encoding="utf-8")
