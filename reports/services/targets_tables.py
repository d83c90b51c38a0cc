"""Tables of targets as workbooks, empty to be filled or as they stand; and filled ones read back, cell by cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from core.audit import record_export
from core.dates import format_date
from core.spreadsheets.reading import Cell as Raw
from core.spreadsheets.reading import Sheet, is_blank, read_pasted, read_workbook
from core.spreadsheets.tables import Cell, Column, Heading, Kind, Table
from core.spreadsheets.writing import write_table
from core.text import search_key
from core.workflow import Actor
from reports.enums.targets import TargetStanding
from reports.models import TargetIndicator
from reports.queries.areas import Unit
from reports.queries.targets import TargetProgress
from reports.rules.targets import format_figure

CODE: Final = "Mã"
TITLE: Final = "Chỉ tiêu"
UNIT: Final = "Đơn vị tính"
VALUE: Final = "Số liệu"
NOTE: Final = "Ghi chú"
_FIGURE: Final = Kind.DECIMAL


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A filled table: the text of each cell by indicator's code and column's key, and rows that name nothing known."""

    cells: dict[tuple[str, str], str]
    unknown: tuple[str, ...]


def write_plan_table(
    *,
    actor: Actor,
    year: int,
    indicators: Iterable[TargetIndicator],
    units: Sequence[Unit],
    plans: Mapping[tuple[int, str], Decimal | None],
) -> bytes:
    """The year's plan, indicators by units, to be filled and read back."""
    columns = (*_first_columns(), *(Column(unit.area_code, unit.short_name, _FIGURE, 13) for unit in units))
    rows = [
        {
            **_first_cells(one),
            **{u.area_code: _number(plans.get((one.pk, u.area_code)), one) for u in units},
        }
        for one in indicators
    ]
    _record(actor, _("Kế hoạch"), year)
    return _book(columns, rows, f"Kế hoạch chỉ tiêu năm {year}", "Ke hoach")


def write_period_table(
    *,
    actor: Actor,
    year: int,
    label: str,
    indicators: Iterable[TargetIndicator],
    figures: Mapping[int, tuple[Decimal, str]],
) -> bytes:
    """The figures of one unit and period with their notes, to be filled and read back."""
    columns = (*_first_columns(), Column("value", VALUE, _FIGURE, 16), Column("note", NOTE, Kind.TEXT, 40))
    rows: list[dict[str, Cell]] = []
    for one in indicators:
        value, note = figures.get(one.pk, (None, ""))
        rows.append({**_first_cells(one), "value": _number(value, one), "note": note})
    _record(actor, label, year)
    return _book(columns, rows, f"Số liệu chỉ tiêu, {label}", "So lieu")


def write_progress_table(*, actor: Actor, progress: TargetProgress, area_code: str) -> bytes:
    """The progress of a unit as the page shows it."""
    columns = (
        *_first_columns(),
        Column("plan", "Kế hoạch năm", _FIGURE, 14),
        Column("done", "Thực hiện", _FIGURE, 14),
        Column("share", "Thực hiện so với kế hoạch", Kind.PERCENT, 14),
        Column("standing", "Đánh giá", Kind.TEXT, 20),
    )
    rows = [
        {
            **_first_cells(line.indicator),
            "plan": _number(line.plan, line.indicator),
            "done": _number(line.done, line.indicator),
            "share": None if line.share is None else float(round(line.share, 4)),
            "standing": str(TargetStanding(line.standing).label),
        }
        for line in progress.lines(area_code)
    ]
    _record(actor, _("Tiến độ"), progress.year)
    title = f"Tiến độ chỉ tiêu năm {progress.year}, số liệu đến ngày {format_date(progress.on)}"
    return _book(columns, rows, title, "Tien do")


def read_table(
    source: bytes | str, name: str, indicators: Iterable[TargetIndicator], columns: Sequence[tuple[str, str]]
) -> ReadTable:
    """Read a filled workbook, or cells pasted as text. Columns are found by their heads, rows by code or title; without heads the
    first cell is the indicator and the `columns` (key, title) follow in order. SpreadsheetRefused where it is no table.
    """
    book = read_pasted(source) if isinstance(source, str) else read_workbook(source, name)
    known = {search_key(word): one for one in indicators for word in (one.code, one.title)}
    cells: dict[tuple[str, str], str] = {}
    unknown: list[str] = []
    for sheet in book.sheets:
        _read_sheet(sheet, known, columns, cells, unknown)
    return ReadTable(cells, tuple(unknown))


def _read_sheet(
    sheet: Sheet,
    known: Mapping[str, TargetIndicator],
    columns: Sequence[tuple[str, str]],
    cells: dict[tuple[str, str], str],
    unknown: list[str],
) -> None:
    start, places = _heads(sheet, columns)
    for index, row in enumerate(sheet.rows[start:], start):
        names = [_text(cell) for cell in row[:3]]
        one = next((known[key] for key in map(search_key, names) if key in known), None)
        filled = {
            key: row[place] for key, place in places.items() if place < len(row) and not is_blank(row[place])
        }
        if one is None:
            if start and filled and any(names):
                number = sheet.row_number(index)
                unknown.append(
                    _("Dòng %(row)d: không có chỉ tiêu «%(name)s».")
                    % {"row": number, "name": next(filter(None, names))}
                )
            continue
        for key, cell in filled.items():
            cells[one.code, key] = _text(cell)


def _heads(sheet: Sheet, columns: Sequence[tuple[str, str]]) -> tuple[int, dict[str, int]]:
    """The first row below the heads and where each column stands; without heads they follow the indicator in order."""
    wanted = {search_key(title): key for key, title in columns}
    for index, row in enumerate(sheet.rows):
        found = {
            wanted[key]: place for place, cell in enumerate(row) if (key := search_key(_text(cell))) in wanted
        }
        if found:
            return index + 1, found
    return 0, {key: place + 1 for place, (key, _title) in enumerate(columns)}


def _text(cell: Raw) -> str:
    """A cell as people would type it: numbers with a comma for decimals."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, int | float):
        value = Decimal(repr(cell))
        return format_figure(value, 0 if value == round(value) else max(2, -int(value.as_tuple().exponent)))
    return str(cell).strip()


def _number(value: Decimal | None, one: TargetIndicator) -> Cell:
    """Cells are real numbers: the column has figures of several units, so no single number format fits."""
    if value is None:
        return None
    return float(value) if one.decimals else int(value)


def _first_columns() -> tuple[Column, ...]:
    return (
        Column("code", CODE, Kind.CODE, 22),
        Column("title", TITLE, Kind.TEXT, 44),
        Column("unit", UNIT, Kind.TEXT, 12),
    )


def _first_cells(one: TargetIndicator) -> dict[str, Cell]:
    return {"code": one.code, "title": one.title, "unit": one.unit}


def _book(columns: tuple[Column, ...], rows: Sequence[Mapping[str, Cell]], title: str, sheet: str) -> bytes:
    return write_table(Table(columns, rows, Heading(title), sheet_name=sheet, frozen_columns=2))


def _record(actor: Actor, name: str, year: int) -> None:
    record_export("target_table.exported", actor=actor, change={"name": name, "year": year})
