"""A report as a fragment of a page."""

from typing import Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reports.definitions.base import Report
from reports.renderers.charts import charts_of
from reports.renderers.sheet import sheet_of

# of a list a page shows its beginning
MOST_ROWS: Final = 50


def render_report_html(report: Report) -> SafeString:
    """The table with its heading and charts, for the preview and for a kept run; of a list the first rows and their number."""
    sheet = sheet_of(report, most=MOST_ROWS if report.is_list else None)
    context = {
        "report": report,
        "sheet": sheet,
        "charts": charts_of(report),
        "shown": len(sheet.rows),
        "has_more": report.is_list and report.row_count > len(sheet.rows),
    }
    return SafeString(render_to_string("reports/sheet.html", context))
