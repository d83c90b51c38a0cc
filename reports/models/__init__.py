"""Report runs."""

from reports.models.report_run import ReportRun

__all__ = ["ReportRun"]
