"""A report as PDF in the layout of official papers (NĐ 30/2020/NĐ-CP, Phụ lục I); number and date stay open: it is a draft."""

from core.documents import render_pdf
from reports.definitions.base import Report
from reports.renderers.sheet import sheet_of


def render_report_pdf(report: Report) -> bytes:
    """The PDF; RendererMissingError where the machine can't make any."""
    return render_pdf("reports/pdf/summary.html", {"report": report, "sheet": sheet_of(report)})
