"""A report as CSV: one line per unit and line of the unit, for people who go on computing with it."""

from dataclasses import replace

from core.spreadsheets.csv_writing import write_csv
from core.spreadsheets.tables import Column, Kind, Table
from reports.definitions.base import Report


def render_csv(report: Report) -> bytes:
    """Header and lines; the unit stands in a column of its own, totals are left to the reader."""
    figures = tuple(
        replace(column, title=f"{column.group}: {column.title}" if column.group else column.title, group="")
        for column in report.columns[1:]
    )
    rows = [{**line, "unit": section.label} for section in report.sections for line in section.lines]
    return write_csv(Table(columns=(Column("unit", "Địa bàn", Kind.TEXT), *figures), rows=rows))
