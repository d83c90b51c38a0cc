"""Reports that were issued, read back as they were."""

from typing import Final

from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from accounts.permissions import reads_records
from core.downloads import attachment
from core.querysets import FencedQuerySet
from core.services.files import read_file
from core.shortcuts import get_visible
from core.workflow import Actor
from reports.definitions import all_definitions
from reports.definitions.base import Report
from reports.definitions.keeping import PackedRows, read_sections, report_from, shaped_columns
from reports.models import ReportRun
from reports.renderers.csv import csv_of

CSV: Final = "text/csv; charset=utf-8"


def report_runs(viewer: Actor) -> FencedQuerySet[ReportRun]:
    """The runs of the viewer's area that the viewer may read, newest first, with their files.

    A report that names people is there only for who reads records, one for some roles only for these.
    """
    runs: FencedQuerySet[ReportRun] = ReportRun.objects.visible_to(viewer).select_related("xlsx", "pdf")
    if not reads_records(viewer):
        runs = runs.filter(is_personal=False)
    closed = [definition.code for definition in all_definitions() if not definition.readers(viewer)]
    return runs.exclude(definition__in=closed)


def run_or_404(viewer: Actor, reference: str) -> ReportRun:
    """One run that the viewer may read; Http404 otherwise."""
    return get_visible(report_runs(viewer), viewer, reference=reference)


def report_of_run(run: ReportRun) -> Report | None:
    """The report as it was made, or None of one from before shapes were kept: that one has its files only."""
    if not run.shape:
        return None
    columns = shaped_columns(run.shape)
    return report_from(
        run.shape,
        sections=read_sections(run.rows, columns),
        rows=PackedRows(read_file(run.rows_file), columns) if run.rows_file else None,
        totals=run.totals,
        figures_at=run.figures_at,
    )


def file_of_run(run: ReportRun, file_format: str) -> HttpResponseBase:
    """The stored workbook or PDF, or CSV of the kept rows; 404 where there is none."""
    if file_format == "csv":
        return _csv_of_run(run)
    stored = {"xlsx": run.xlsx, "pdf": run.pdf}.get(file_format)
    if stored is None:
        raise Http404(_("Báo cáo này không có tệp như vậy."))
    try:
        content = read_file(stored)
    except FileNotFoundError as gone:
        raise Http404(_("Tệp này đã được xóa khi hết hạn lưu.")) from gone
    return attachment(content, name=f"{run.reference}.{file_format}", content_type=stored.content_type)


def _csv_of_run(run: ReportRun) -> HttpResponseBase:
    report = report_of_run(run)
    if report is None:
        raise Http404(_("Báo cáo này không có tệp như vậy."))
    head = attachment(b"", name=f"{run.reference}.csv", content_type=CSV)
    if not report.is_list:
        head.content = b"".join(csv_of(report))
        return head
    response = StreamingHttpResponse(csv_of(report), content_type=CSV)
    for name, value in head.items():
        response.headers[name] = value
    return response
