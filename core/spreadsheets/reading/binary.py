"""Sheets of .xlsx, .xlsb, .xls and .ods through calamine."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from core.spreadsheets.reading.grid import Merge, Row, Sheet
from core.spreadsheets.reading.ooxml import MAX_CELLS, SheetExtras, sheet_extras
from core.spreadsheets.reading.refusals import MAX_COLUMNS, MAX_ROWS, refused

_ODS_REPEATED_VALUE: Final = re.compile(
    rb"<table:table-cell\s(?=[^>]*office:value-type)[^>]*number-columns-repeated=\"(\d+)\""
)


def read_sheets(content: bytes, kind: str) -> tuple[Sheet, ...]:
    """All sheets that hold cells. Refuses broken, encrypted and oversized files."""
    extras: dict[str, SheetExtras] = {}
    try:
        if kind == "xlsx":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                extras = sheet_extras(archive)
        elif kind == "ods":
            _refuse_repeated_values(content)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return tuple(_read_sheets(workbook, extras))
    except CalamineError as error:
        if "assword" in str(error) or "ncrypt" in str(error):
            raise refused("FILE_ENCRYPTED") from error
        raise refused("FILE_BROKEN") from error
    except (zipfile.BadZipFile, EOFError, OSError, UnicodeDecodeError, zipfile.LargeZipFile) as error:
        raise refused("FILE_BROKEN") from error


def _read_sheets(workbook: CalamineWorkbook, extras: dict[str, SheetExtras]) -> list[Sheet]:
    sheets: list[Sheet] = []
    for number, about in enumerate(workbook.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        source = workbook.get_sheet_by_index(number)
        if source.start is None:
            continue
        extra = extras.get(about.name, SheetExtras())
        sheets.append(
            Sheet(
                name=about.name,
                rows=_rows(source),
                first_row=source.start[0] + 1,
                first_column=source.start[1] + 1,
                merges=_merges(source),
                hidden_rows=extra.hidden_rows,
                fonts=extra.fonts,
                formulas_without_value=extra.formulas_without_value,
                is_hidden=about.visible != SheetVisibleEnum.Visible,
            )
        )
    return sheets


def _rows(source: CalamineSheet) -> Sequence[Row]:
    if source.width > MAX_COLUMNS or source.height * source.width > MAX_CELLS * 2:
        raise refused("TOO_WIDE", sheet=source.name, limit=MAX_COLUMNS)
    if source.height > MAX_ROWS:
        filled = sum(any(cell != "" for cell in row) for row in source.iter_rows())
        if filled > MAX_ROWS:
            raise refused("TOO_MANY_ROWS", limit=f"{MAX_ROWS:,}".replace(",", "."))
    return source.to_python(skip_empty_area=True)


def _merges(source: CalamineSheet) -> tuple[Merge, ...]:
    try:
        ranges = source.merged_cell_ranges
    except (CalamineError, NotImplementedError):
        return ()
    return tuple(Merge(r1 + 1, c1 + 1, r2 + 1, c2 + 1) for (r1, c1), (r2, c2) in ranges or ())


def _refuse_repeated_values(content: bytes) -> None:
    """OpenDocument stores "the same cell 16,000 times" in one tag; only empty cells have reason for that."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("content.xml") if "content.xml" in archive.namelist() else b""
    if any(int(times) > MAX_COLUMNS for times in _ODS_REPEATED_VALUE.findall(xml)):
        raise refused("FILE_BOMB")
