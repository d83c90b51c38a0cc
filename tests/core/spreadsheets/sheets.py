"""Small tables and ways to look into the files that the tests write."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook

from core.spreadsheets.tables import Column, Heading, Kind, Row, Signature, Table

COLUMNS = (
    Column("ordinal", "STT", Kind.ORDINAL),
    Column("name", "Họ và tên"),
    Column("number", "Số CCCD", Kind.CODE),
    Column("born", "Ngày sinh", Kind.DATE),
    Column("people", "Số người", Kind.INTEGER, total=True),
    Column("amount", "Số tiền", Kind.MONEY, total=True),
)
HEADING = Heading(
    title="DANH SÁCH CHI TRẢ",
    subtitles=("(Kèm theo Quyết định số 12/QĐ-UBND)",),
    parent_body="UBND TỈNH AN GIANG",
    body="SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
    unit="Đơn vị tính: đồng",
)
SIGNATURES = (Signature("NGƯỜI LẬP BẢNG"), Signature("CHỦ TỊCH", name="Nguyễn Văn Bé"))


def people(count: int) -> Iterator[Row]:
    for place in range(count):
        yield {
            "name": f"Nguyễn Văn An {place}",
            "number": f"{place:012d}",
            "born": dt.date(1985, 9, 5) if place % 2 else "1950",
            "people": 1,
            "amount": 1_500_000,
        }


def small_table(count: int = 3, **changes: Any) -> Table:
    return Table(**{"columns": COLUMNS, "rows": people(count), **changes})


def cells(content: bytes, *, values: bool = True) -> list[list[Any]]:
    """The first sheet's cells: values, or with `values=False` the formulas."""
    sheet = load_workbook(io.BytesIO(content), data_only=values).worksheets[0]
    return [[_plain(cell.value) for cell in row] for row in sheet.iter_rows()]


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, dt.datetime) else value


def row_of(content: bytes, text: str, *, values: bool = True) -> list[Any]:
    """The row in which a cell is exactly this text."""
    return next(row for row in cells(content, values=values) if text in row)


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read(name).decode()
