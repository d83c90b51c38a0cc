"""Which wordings and own reports there are, with who made them when."""

from django.db.models import QuerySet

from reports.models import OwnReport, ReportLayout


def layouts_in_use() -> dict[str, ReportLayout]:
    """The newest version of each report that was ever worded, by its code."""
    newest = ReportLayout.objects.order_by("definition", "-version").distinct("definition")
    return {row.definition: row for row in newest}


def versions_of(code: str) -> QuerySet[ReportLayout]:
    """The wordings of a report, newest first."""
    return ReportLayout.objects.filter(definition=code).order_by("-version")


def own_reports() -> list[OwnReport]:
    """The newest version of each own report, those in use first."""
    newest = OwnReport.objects.order_by("code", "-version").distinct("code")
    return sorted(newest, key=lambda row: (row.is_ended, row.title))


def own_versions(code: str) -> QuerySet[OwnReport]:
    """The versions of an own report, newest first."""
    return OwnReport.objects.filter(code=code).order_by("-version")
