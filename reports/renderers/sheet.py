"""The table of a report row by row, as both the page and the PDF print it."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.money import format_dong
from core.spreadsheets.tables import Column
from reports.definitions.base import Figures, Report, whole


@dataclass(frozen=True, slots=True)
class HeaderGroup:
    """A header over neighbouring columns."""

    title: str
    span: int


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A written figure; `title` names its column for narrow screens."""

    text: str
    title: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line: the ordinal of a unit (empty for its lines), its name, its figures."""

    ordinal: str
    label: str
    cells: tuple[SheetCell, ...]
    is_unit: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Header groups, titles below them, numbers (1) (2) …, lines, totals."""

    groups: tuple[HeaderGroup, ...]
    titles: tuple[str, ...]
    numbers: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    totals: tuple[SheetCell, ...]


def sheet_of(report: Report) -> Sheet:
    """Lay a report out in rows."""
    columns = report.figure_columns
    rows: list[SheetRow] = []
    for ordinal, section in enumerate(report.sections, start=1):
        rows.append(SheetRow(str(ordinal), section.label, _cells(section.sums, columns), is_unit=True))
        rows += [
            SheetRow("", str(line["label"]), _cells(line, columns), is_unit=False) for line in section.lines
        ]
    return Sheet(
        groups=_groups(columns),
        titles=tuple(str(column.title) for column in columns),
        numbers=tuple(f"({place})" for place in range(1, len(report.columns) + 1)),
        rows=tuple(rows),
        totals=_cells(report.totals, columns),
    )


def _cells(figures: Figures, columns: Sequence[Column]) -> tuple[SheetCell, ...]:
    return tuple(
        SheetCell(format_dong(whole(figures.get(column.key))), f"{column.group}, {column.title.lower()}")
        for column in columns
    )


def _groups(columns: Sequence[Column]) -> tuple[HeaderGroup, ...]:
    groups: list[HeaderGroup] = []
    for column in columns:
        if groups and groups[-1].title == column.group:
            groups[-1] = HeaderGroup(column.group, groups[-1].span + 1)
        else:
            groups.append(HeaderGroup(column.group, 1))
    return tuple(groups)
