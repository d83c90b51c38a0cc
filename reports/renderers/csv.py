"""A report as CSV: one line per line of the report, for people who go on computing with it."""

from collections.abc import Iterator
from dataclasses import replace

from core.spreadsheets.csv_writing import csv_lines
from core.spreadsheets.tables import Column, Kind, Row, Table
from reports.definitions.base import Report


def render_csv(report: Report) -> bytes:
    """Header and lines; the unit stands in a column of its own, totals are left to the reader."""
    return b"".join(csv_of(report))


def csv_of(report: Report) -> Iterator[bytes]:
    """The same piece by piece: a long list is never held whole."""
    return csv_lines(Table(columns=_columns(report), rows=_rows(report)))


def _columns(report: Report) -> tuple[Column, ...]:
    named = tuple(
        replace(
            column, title=f"{column.group}: {column.title}" if column.group else str(column.title), group=""
        )
        for column in report.columns
    )
    if report.is_list or report.is_flat:
        return named
    return (Column("unit", "Địa bàn", Kind.TEXT), *named[1:])


def _rows(report: Report) -> Iterator[Row]:
    if report.rows is not None:
        yield from report.rows
        return
    for section in report.sections:
        for line in section.lines:
            yield {**line, "unit": section.label}
