"""Lists made by hand, in layouts that no generator makes."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from beneficiaries.imports.checking import CheckedRow
from beneficiaries.imports.file_check import ListCheck, open_list
from core.spreadsheets.reading import read_pasted, read_workbook
from tests.beneficiaries.imports.truth import BUSINESS_DATE, PROFILE, communes_seen_from

Cells = Sequence[Sequence[object]]


def xlsx(
    rows: Cells,
    *,
    first_row: int = 1,
    first_column: int = 1,
    merges: Sequence[str] = (),
    title: str = "DS",
    more: dict[str, Cells] | None = None,
) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    _fill(sheet, rows, first_row, first_column)
    for merge in merges:
        sheet.merge_cells(merge)
    for name, others in (more or {}).items():
        _fill(book.create_sheet(name), others, 1, 1)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _fill(sheet: Any, rows: Cells, first_row: int, first_column: int) -> None:
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value not in (None, ""):
                sheet.cell(first_row + r, first_column + c, value)


def opened(content: bytes, commune: str = "30406") -> ListCheck:
    return open_list(
        read_workbook(content, "ds"),
        profile=PROFILE,
        communes=communes_seen_from(commune),
        business_date=BUSINESS_DATE,
    )


def pasted(text: str, commune: str = "30406") -> ListCheck:
    return open_list(
        read_pasted(text), profile=PROFILE, communes=communes_seen_from(commune), business_date=BUSINESS_DATE
    )


def checked(check: ListCheck) -> list[CheckedRow]:
    return [row for row, _cells in check.rows()]


def findings(row: CheckedRow) -> set[str]:
    return {finding.code for finding in row.findings}
