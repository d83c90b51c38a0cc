"""A report as PDF in the layout of official papers (NĐ 30/2020/NĐ-CP, Phụ lục I); number and date stay open: it is a draft."""

from dataclasses import dataclass
from typing import Final

from core.documents import render_pdf
from reports.definitions.base import Report
from reports.renderers.charts import charts_of
from reports.renderers.paper import paper_of
from reports.renderers.sheet import Sheet, sheet_of
from reports.renderers.xlsx import footnotes

# laying out takes some milliseconds a row and keeps every page in memory: a longer list has Excel and CSV
MOST_ROWS: Final = 1_000
_KIND: Final = "Báo cáo"


@dataclass(frozen=True, slots=True)
class Part:
    """A table that fits on a sheet, with what it is called where a report has several."""

    sheet: Sheet
    name: str


def has_pdf(report: Report) -> bool:
    """Is this report short enough for a PDF?"""
    return line_count(report) <= MOST_ROWS


def line_count(report: Report) -> int:
    """How many lines the table has, the units' among them."""
    if report.is_list:
        return report.row_count
    return sum(len(section.lines) + bool(section.label) for section in report.sections)


def render_report_pdf(report: Report) -> bytes:
    """The PDF; RendererMissingError where the machine can't make any."""
    whole = sheet_of(report)
    paper = paper_of(report, whole)
    parts = [whole] if len(paper.parts) == 1 else [sheet_of(report, columns=part) for part in paper.parts]
    return render_pdf(
        "reports/pdf/report.html",
        {
            "report": report,
            "subject": subject_of(report.title),
            "paper": paper,
            "parts": [
                Part(sheet, _name(sheet, place, len(parts))) for place, sheet in enumerate(parts, start=1)
            ],
            "charts": charts_of(report, is_printed=True),
            "footnotes": footnotes(report),
        },
    )


def subject_of(title: str) -> str:
    """The title below the paper's kind, which already says «BÁO CÁO»."""
    kind, _space, rest = title.partition(f"{_KIND} ")
    return rest[0].upper() + rest[1:] if rest and not kind else title


def _name(sheet: Sheet, place: int, count: int) -> str:
    if count == 1:
        return ""
    first, last = sheet.numbers[2].title, sheet.numbers[-1].title
    return f"Bảng {place}/{count}: các cột từ {first} đến {last}"
