"""Issued reports: the list of them, each as it was made, its files; and what became of a request."""

import datetime as dt
from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.http import StaffRequest
from core import clock
from core.dates import InvalidDateError, parse_date
from core.models import Job
from reports.definitions import all_definitions, definition_of
from reports.models import ReportRun
from reports.queries.report_runs import RunFilter, narrowed
from reports.renderers.html import render_report_html
from reports.renderers.pdf import MOST_ROWS, has_pdf, line_count
from reports.services.kept import file_of_run, report_of_run, report_runs, run_or_404
from reports.services.list_runs import outcome_of
from reports.services.runs import may_open, record_report_download
from reports.services.scheduled_runs import read_report
from reports.views.access import check_reader
from reports.views.run_parts import asked_of

_PER_PAGE: Final = 25


@require_GET
def run_list(request: StaffRequest) -> HttpResponse:
    """Everything that was issued, newest first, by report, period and who."""
    check_reader(request.user)
    asked, wrong = _filter(request)
    runs = narrowed(report_runs(request.user), asked)
    context = {
        "page": Paginator(runs, _PER_PAGE).get_page(request.GET.get("page")),
        "definitions": [one for one in all_definitions() if may_open(one, request.user)],
        "filters": request.GET,
        "wrong": wrong,
        "is_narrowed": not asked.is_empty,
    }
    return render(request, "reports/run_list.html", context, status=422 if wrong else 200)


@require_GET
def run_page(request: StaffRequest, reference: str) -> HttpResponse:
    """One issued report as it was made: what was asked, its figures, its files and their hashes. One that came by itself for
    this person is no longer marked as new.
    """
    check_reader(request.user)
    run = run_or_404(request.user, reference)
    read_report(run, actor=request.user)
    report = report_of_run(run)
    definition = definition_of(run.definition)
    context = {
        "run": run,
        "report": report,
        "asked": asked_of(run),
        "sheet": render_report_html(report) if report else "",
        "definition": definition if definition and may_open(definition, request.user) else None,
        "is_too_long": report is not None and not has_pdf(report),
        "line_count": line_count(report) if report else 0,
        "most_printed": MOST_ROWS,
    }
    return render(request, "reports/run_page.html", context)


@require_GET
def run_file(request: StaffRequest, reference: str, file_format: str) -> HttpResponseBase:
    """A file of an issued report, the same bytes each time; the audit log says who took it."""
    check_reader(request.user)
    run = run_or_404(request.user, reference)
    response = file_of_run(run, file_format)
    record_report_download(run=run, file_format=file_format, actor=request.user)
    return response


@require_GET
def request_page(request: StaffRequest, key: str) -> HttpResponse:
    """What became of a report that was asked for: the report, the work under way, or why it could not be made."""
    check_reader(request.user)
    outcome = outcome_of(request.user, key)
    if isinstance(outcome, ReportRun):
        return redirect("reports:run_page", reference=outcome.reference)
    if outcome is None:
        raise Http404(_("Không tìm thấy, hoặc thuộc đơn vị khác."))
    if outcome.is_unfinished:
        return redirect("job", reference=outcome.reference)
    context = {"job": outcome, "definition": _asked_for(outcome)}
    return render(request, "reports/request_page.html", context)


def _asked_for(job: Job) -> object:
    return definition_of(str(job.params.get("definition", "")))


def _filter(request: StaffRequest) -> tuple[RunFilter, str]:
    """What the list is narrowed by, and what is wrong with a typed day."""
    days: dict[str, dt.date | None] = {"first": None, "last": None}
    wrong = ""
    for name in days:
        typed = request.GET.get(name, "").strip()
        try:
            days[name] = parse_date(typed, latest=clock.today().replace(month=12, day=31)) if typed else None
        except InvalidDateError as error:
            wrong = str(error)
    return RunFilter(
        definition=request.GET.get("definition", ""),
        made_by=request.GET.get("who", ""),
        **days,
    ), wrong
