"""What the lists of issued reports are narrowed by."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from reports.models import ReportRun


@dataclass(frozen=True, slots=True)
class RunFilter:
    """A report, a period that the run's own touches, and part of the name of who made it; empty means any."""

    definition: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    made_by: str = ""

    @property
    def is_empty(self) -> bool:
        return self == RunFilter()


def narrowed(runs: QuerySet[ReportRun], by: RunFilter) -> QuerySet[ReportRun]:
    """The runs that fit."""
    fits = Q()
    if by.definition:
        fits &= Q(definition=by.definition)
    if by.first:
        fits &= Q(params__last__gte=by.first.isoformat())
    if by.last:
        fits &= Q(params__first__lte=by.last.isoformat())
    if by.made_by:
        fits &= Q(made_by_name__icontains=by.made_by.strip())
    return runs.filter(fits)


def newest_of_each(runs: QuerySet[ReportRun]) -> dict[str, ReportRun]:
    """The newest run of each report, by its code; one statement."""
    return {run.definition: run for run in runs.order_by("definition", "-id").distinct("definition")}
