"""The table of a report row by row, as both the page and the PDF print it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from core.charts import percent_text
from core.dates import format_date
from core.money import format_dong
from core.spreadsheets.tables import Cell, Column, Kind, header_groups
from reports.definitions.base import Figures, Report

_RIGHT: Final = (Kind.INTEGER, Kind.MONEY, Kind.PERCENT)
_MIDDLE: Final = (Kind.ORDINAL, Kind.DATE)
_MOST_ROOMY: Final = 12
# the ordinal and the name of the line
FIXED: Final = 2


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A title in the head, with how many columns and rows it takes."""

    title: str
    colspan: int = 1
    rowspan: int = 1
    css: str = ""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A written figure or text; `title` names its column for narrow screens, `css` is its alignment."""

    text: str
    title: str
    css: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line: its ordinal (empty for the lines of a unit), its name, its cells."""

    ordinal: str
    label: str
    cells: tuple[SheetCell, ...]
    is_unit: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Head in one or two rows, numbers (1) (2) …, lines, and the row of totals where there is one."""

    head: tuple[tuple[HeadCell, ...], ...]
    numbers: tuple[HeadCell, ...]
    rows: tuple[SheetRow, ...]
    totals: tuple[SheetCell, ...]
    total_label: str

    @property
    def is_dense(self) -> bool:
        """Are there so many columns that a screen holds them only close together?"""
        return len(self.numbers) > _MOST_ROOMY


def sheet_of(report: Report, *, most: int | None = None, columns: Sequence[Column] | None = None) -> Sheet:
    """Lay a report out in rows; `most` of them, and only some of the columns behind the name (a part of a wide table)."""
    shown = report.figure_columns if columns is None else tuple(columns)
    rows = _rows(report, shown)
    return Sheet(
        head=_head((*report.columns[:FIXED], *shown)),
        numbers=_numbers(report, shown),
        rows=tuple(rows if most is None else islice(rows, most)),
        totals=_cells(report.totals, shown) if report.has_totals else (),
        total_label=report.total_label,
    )


def written(column: Column, value: Cell) -> str:
    """How a cell is written in words and figures; nothing is empty."""
    if value is None or value == "":
        return ""
    if isinstance(value, dt.date):
        return format_date(value)
    if isinstance(value, str):
        return value
    return percent_text(100 * value) if column.kind is Kind.PERCENT else format_dong(int(value))


def _rows(report: Report, columns: Sequence[Column]) -> Iterator[SheetRow]:
    label = report.columns[1]
    if report.rows is not None:
        for ordinal, row in enumerate(report.rows, start=1):
            name = written(label, row.get(label.key))
            yield SheetRow(str(ordinal), name, _cells(row, columns), is_unit=False)
        return
    is_flat, ordinal = report.is_flat, 0
    for section in report.sections:
        if not is_flat:
            ordinal += 1
            yield SheetRow(str(ordinal), section.label, _cells(section.sums, columns), is_unit=True)
        for line in section.lines:
            ordinal += is_flat
            name = written(label, line.get(label.key))
            yield SheetRow(str(ordinal) if is_flat else "", name, _cells(line, columns), is_unit=False)


def _cells(figures: Figures, columns: Sequence[Column]) -> tuple[SheetCell, ...]:
    return tuple(
        SheetCell(written(column, figures.get(column.key)), full_title(column), _css(column))
        for column in columns
    )


def full_title(column: Column) -> str:
    """The title of a column with the header above it."""
    title = str(column.title)
    return f"{column.group}, {title[:1].lower()}{title[1:]}" if column.group else title


def _css(column: Column) -> str:
    return "num" if column.kind in _RIGHT else "center" if column.kind in _MIDDLE else ""


def _head(columns: tuple[Column, ...]) -> tuple[tuple[HeadCell, ...], ...]:
    groups = list(header_groups(columns))
    if not any(group for _first, _last, group in groups):
        return (tuple(HeadCell(str(column.title), css=_css(column)) for column in columns),)
    above, below = [], []
    for first, last, group in groups:
        if group:
            above.append(HeadCell(str(group), colspan=last - first + 1, css="center"))
            below += [HeadCell(str(column.title), css=_css(column)) for column in columns[first : last + 1]]
        else:
            above.append(HeadCell(str(columns[first].title), rowspan=2, css=_css(columns[first])))
    return (tuple(above), tuple(below))


def _numbers(report: Report, shown: Sequence[Column]) -> tuple[HeadCell, ...]:
    places = {column.key: place for place, column in enumerate(report.columns, start=1)}
    columns = (*report.columns[:FIXED], *shown)
    return tuple(HeadCell(f"({places[column.key]})", css=_css(column)) for column in columns)
