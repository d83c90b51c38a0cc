"""A report as an Excel workbook: numbered header row, real numbers, totals as formulas that carry their values."""

from collections.abc import Iterator

from core.spreadsheets.tables import Group, Heading, Row, Signature, Table
from core.spreadsheets.writing import write_table
from reports.definitions.base import Report


def render_xlsx(report: Report) -> bytes:
    """The workbook (.xlsx) of a report; the same report gives the same bytes."""
    return write_table(
        Table(
            columns=report.columns,
            rows=_rows(report),
            heading=Heading(
                title=report.title.upper(),
                subtitles=(report.area_name, report.period),
                parent_body=report.parent_body.upper(),
                body=report.body.upper(),
                unit=report.unit_note,
            ),
            sheet_name="Tổng hợp",
            numbered=True,
            counts_groups=True,
            total_label=report.total_label,
            amount_in_words=" ".join(report.in_words),
            place_and_date=report.place,
            signatures=tuple(
                Signature(office=signer.office.upper(), note=signer.how) for signer in report.signers
            ),
            frozen_columns=2,
            created=report.figures_at,
        )
    )


def _rows(report: Report) -> Iterator[Row | Group]:
    for section in report.sections:
        yield Group(section.label)
        yield from section.lines
