"""A report as an Excel workbook: numbered header row, real numbers, totals as formulas that carry their values."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from core.money import format_dong
from core.spreadsheets.bulk_writing import write_bulk_table
from core.spreadsheets.tables import Column, Group, Heading, Row, Signature, Table
from core.spreadsheets.writing import write_table
from reports.definitions.base import Report, whole
from reports.renderers.sheet import FIXED

# a longer list is written without lines around its cells and without signatures, six times faster
MOST_SIGNED_ROWS: Final = 5_000
# characters of 12 points between the margins of an upright sheet
_UPRIGHT: Final = 88.0
UNSURE: Final = "Chưa chắc chắn"


def render_xlsx(report: Report) -> bytes:
    """The workbook (.xlsx) of a report; the same report gives the same bytes. No cell of the data is merged."""
    if report.rows is not None and report.row_count > MOST_SIGNED_ROWS:
        return write_bulk_table(_bulk_table(report))
    has_groups = not (report.is_list or report.is_flat)
    return write_table(
        replace(
            _table(report),
            columns=tuple(_with_room(column, report.totals) for column in report.columns),
            rows=_rows(report),
            counts_groups=has_groups,
            amount_in_words=" ".join(report.in_words),
            place_and_date=report.place,
            signatures=tuple(
                Signature(office=signer.office.upper(), note=signer.how) for signer in report.signers
            ),
            total_values=_no_sums(report.totals, report.columns),
            notes=(*report.words, *footnotes(report)),
        )
    )


def _with_room(column: Column, totals: Row) -> Column:
    """A column in which its total, written in bold, is a number and not a row of #."""
    needed = 1.15 * len(format_dong(whole(totals.get(column.key)))) + 2
    usual = column.width or column.kind.width
    return replace(column, width=needed) if column.kind.is_number and needed > usual else column


def footnotes(report: Report) -> tuple[str, ...]:
    """What stands below the table: notes of the report, and what no source says about its form."""
    unsure = (f"{UNSURE}: {report.unsure}",) if report.unsure else ()
    return (*(f"Ghi chú: {note}" for note in report.notes), *unsure)


def _table(report: Report) -> Table:
    return Table(
        columns=(),
        rows=(),
        heading=Heading(
            title=report.title.upper(),
            subtitles=(report.area_name, report.period),
            parent_body=report.parent_body.upper(),
            body=report.body.upper(),
            unit=report.unit_note,
        ),
        sheet_name="Danh sách" if report.is_list else "Tổng hợp",
        numbered=True,
        total_label=report.total_label,
        landscape=sum(column.width or column.kind.width for column in report.columns) > _UPRIGHT,
        frozen_columns=FIXED,
        merges_labels=False,
        created=report.figures_at,
    )


def _bulk_table(report: Report) -> Table:
    """A long list: one header row, ratios as values; the words that follow a table stand above it."""
    table = _table(report)
    heading = table.heading or Heading("")
    words = (*heading.subtitles, *report.in_words, *footnotes(report))
    return replace(
        table,
        columns=tuple(
            replace(column, group="", ratio_of=None, title=_flat_title(column)) for column in report.columns
        ),
        rows=report.rows or (),
        heading=replace(heading, subtitles=words),
    )


def _flat_title(column: Column) -> str:
    return f"{column.group}: {column.title}" if column.group else str(column.title)


def _rows(report: Report) -> Iterator[Row | Group]:
    if report.rows is not None:
        yield from report.rows
        return
    is_flat = report.is_flat
    for section in report.sections:
        if not is_flat:
            yield Group(section.label, _no_sums(section.sums, report.columns))
        yield from section.lines


def _no_sums(figures: Row, columns: tuple[Column, ...]) -> Row:
    """What a row of sums says in columns that aren't summed."""
    names = [column.key for column in columns[FIXED:] if not (column.total or column.ratio_of)]
    return {key: figures[key] for key in names if figures.get(key) is not None}
