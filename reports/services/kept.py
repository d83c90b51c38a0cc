"""Reports that were issued, read back as they were."""

from typing import Final

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from core.downloads import attachment
from core.querysets import Viewer
from core.services.files import read_file
from reports.definitions.base import Report, read_sections
from reports.definitions.building import report_from
from reports.models import ReportRun
from reports.renderers.csv import render_csv

CSV: Final = "text/csv; charset=utf-8"


def report_runs(viewer: Viewer) -> QuerySet[ReportRun]:
    """The runs of the viewer's area, newest first, with their files."""
    runs: QuerySet[ReportRun] = ReportRun.objects.visible_to(viewer).select_related("xlsx", "pdf")
    return runs


def report_of_run(run: ReportRun) -> Report | None:
    """The report as it was made, or None of one from before shapes were kept: that one has its files only."""
    if not run.shape:
        return None
    return report_from(
        run.shape, sections=read_sections(run.rows), rows=None, totals=run.totals, figures_at=run.figures_at
    )


def file_of_run(run: ReportRun, file_format: str) -> HttpResponse:
    """The stored workbook or PDF, or CSV of the kept rows; 404 where there is none."""
    if file_format == "csv":
        report = report_of_run(run)
        if report is None:
            raise Http404
        return attachment(render_csv(report), name=f"{run.reference}.csv", content_type=CSV)
    stored = {"xlsx": run.xlsx, "pdf": run.pdf}.get(file_format)
    if stored is None:
        raise Http404(_("Báo cáo này không có tệp như vậy."))
    return attachment(read_file(stored), name=stored.name, content_type=stored.content_type)
