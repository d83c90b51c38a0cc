"""A report as a fragment of a page."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reports.definitions.base import Report
from reports.renderers.sheet import sheet_of


def render_report_html(report: Report) -> SafeString:
    """The table with its heading, for the preview and for a kept run."""
    return SafeString(render_to_string("reports/sheet.html", {"report": report, "sheet": sheet_of(report)}))
