"""Reports that were issued, read back as they were."""

from django.db.models import QuerySet

from core.querysets import Viewer
from reports.definitions import definition_of
from reports.definitions.base import Report
from reports.definitions.building import rebuild_report
from reports.models import ReportRun


def report_runs(viewer: Viewer) -> QuerySet[ReportRun]:
    """The runs of the viewer's area, newest first, with their files."""
    runs: QuerySet[ReportRun] = ReportRun.objects.visible_to(viewer).select_related("xlsx", "pdf")
    return runs


def report_of_run(run: ReportRun) -> Report | None:
    """The report as it was made, or None when its form is no longer known."""
    definition = definition_of(run.definition)
    if definition is None:
        return None
    kept = {"heading": run.params["heading"], "sections": run.rows}
    return rebuild_report(definition, kept, run.figures_at)
