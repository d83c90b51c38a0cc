"""The official forms: choose a period and an area, look, issue; and what was issued."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import StaffRequest
from core import clock
from core.documents import is_renderer_installed
from core.requests import open_to_readers
from core.shortcuts import get_visible
from reports.definitions import DEFINITIONS, ReportDefinition
from reports.definitions.building import build_report
from reports.forms.asking import ReportForm, usual_period
from reports.models import ReportRun
from reports.renderers.html import render_report_html
from reports.services.kept import file_of_run, report_of_run, report_runs
from reports.services.runs import make_report_run, record_report_download
from reports.views.access import check_reader, choice_or_404

_PER_PAGE: Final = 25


@require_GET
def report_list(request: StaffRequest) -> HttpResponse:
    """The forms, and the newest reports that were issued."""
    check_reader(request.user)
    context = {"definitions": DEFINITIONS.values(), "runs": report_runs(request.user)[:_PER_PAGE]}
    return render(request, "reports/report_list.html", context)


@open_to_readers
@require_http_methods(["GET", "POST"])
def report_page(request: StaffRequest, form_slug: str) -> HttpResponse:
    """Period, area and preview of a form; POST issues it."""
    check_reader(request.user)
    definition = _definition_or_404(form_slug)
    asked = request.POST if request.method == "POST" else request.GET
    choice_or_404(request.user, asked.get("area", ""))
    filled = asked if "first" in asked else {**usual_period(clock.today()), "area": asked.get("area", "")}
    form = ReportForm(filled, viewer=request.user)
    is_right = form.is_valid() and form.params is not None
    if request.method == "POST" and form.params is not None and is_right:
        run = make_report_run(definition=definition, params=form.params, actor=request.user)
        messages.success(request, _("Đã phát hành báo cáo %(ref)s.") % {"ref": run.reference})
        return redirect("reports:run_page", reference=run.reference)
    report = build_report(definition, form.params, request.user) if form.params and is_right else None
    context = {
        "definition": definition,
        "form": form,
        "preview": render_report_html(report) if report else "",
        "has_pdf": is_renderer_installed(),
        "runs": report_runs(request.user).filter(definition=definition.code)[:_PER_PAGE],
    }
    return render(request, "reports/report_page.html", context, status=200 if is_right else 422)


@require_GET
def run_list(request: StaffRequest) -> HttpResponse:
    """Everything that was issued, newest first."""
    check_reader(request.user)
    page = Paginator(report_runs(request.user), _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/run_list.html", {"page": page})


@require_GET
def run_page(request: StaffRequest, reference: str) -> HttpResponse:
    """One issued report as it was made, with its files and their hashes."""
    check_reader(request.user)
    run = get_visible(ReportRun.objects.select_related("xlsx", "pdf"), request.user, reference=reference)
    report = report_of_run(run)
    context = {"run": run, "report": report, "sheet": render_report_html(report) if report else ""}
    return render(request, "reports/run_page.html", context)


@require_GET
def run_file(request: StaffRequest, reference: str, file_format: str) -> HttpResponse:
    """A file of an issued report, the same bytes each time; the audit log says who took it."""
    check_reader(request.user)
    run = get_visible(ReportRun, request.user, reference=reference)
    response = file_of_run(run, file_format)
    record_report_download(run=run, file_format=file_format, actor=request.user)
    return response


def _definition_or_404(form_slug: str) -> ReportDefinition:
    for definition in DEFINITIONS.values():
        if definition.slug == form_slug:
            return definition
    raise Http404(_("Không có mẫu báo cáo này."))
