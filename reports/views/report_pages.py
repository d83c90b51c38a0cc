"""The catalogue of reports: choose one, say of what, look, issue."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import StaffRequest
from core import clock
from core.documents import is_renderer_installed
from core.models import Job
from core.requests import open_to_readers
from core.sent_once import new_token
from reports.definitions import ReportDefinition, all_definitions, definition_with_slug
from reports.definitions.building import build_report, first_rows
from reports.forms.asking import ReportForm, first_asked
from reports.queries.report_runs import newest_of_each
from reports.renderers.html import MOST_ROWS, render_report_html
from reports.renderers.pdf import MOST_ROWS as MOST_PRINTED
from reports.services.kept import report_runs
from reports.services.list_runs import issue
from reports.services.runs import may_open
from reports.views.access import check_reader, choice_or_404
from reports.views.catalogue import catalogue

_NEWEST: Final = 8
_RUNS_OF_ONE: Final = 10


@require_GET
def report_list(request: StaffRequest) -> HttpResponse:
    """The catalogue by subject, narrowed by words, with when each was last issued; and the newest issued reports."""
    check_reader(request.user)
    words = request.GET.get("q", "")
    runs = report_runs(request.user)
    open_ones = [one for one in all_definitions() if may_open(one, request.user)]
    context = {
        "groups": catalogue(open_ones, words, newest_of_each(runs)),
        "words": words,
        "runs": runs[:_NEWEST],
    }
    return render(request, "reports/report_list.html", context)


@open_to_readers
@require_http_methods(["GET", "POST"])
def report_page(request: StaffRequest, form_slug: str) -> HttpResponse:
    """What is asked, and the preview; POST issues: a summary at once, a list in the background."""
    check_reader(request.user)
    definition = _definition_or_404(request, form_slug)
    form = _form(request, definition)
    is_right = form.is_valid() and form.params is not None
    if request.method == "POST" and form.params is not None and is_right:
        key = _key(request)
        made = issue(definition=definition, params=form.params, actor=request.user, request_key=key)
        if isinstance(made, Job):
            return redirect("job", reference=made.reference)
        messages.success(request, _("Đã phát hành báo cáo %(ref)s.") % {"ref": made.reference})
        return redirect("reports:run_page", reference=made.reference)
    context = {
        "definition": definition,
        "form": form,
        "has_pdf": is_renderer_installed(),
        "most_printed": MOST_PRINTED,
        "token": new_token(),
        "runs": report_runs(request.user).filter(definition=definition.code)[:_RUNS_OF_ONE],
        **_preview(request, definition, form if is_right else None),
    }
    return render(request, "reports/report_page.html", context, status=200 if is_right else 422)


def _preview(
    request: StaffRequest, definition: ReportDefinition, form: ReportForm | None
) -> dict[str, object]:
    if form is None or form.params is None:
        return {"preview": ""}
    report = build_report(definition, form.params, request.user)
    is_counted = True
    if report.is_list:
        report, is_counted = first_rows(report, definition, MOST_ROWS)
    return {"preview": render_report_html(report), "row_count": report.row_count, "is_counted": is_counted}


def _form(request: StaffRequest, definition: ReportDefinition) -> ReportForm:
    asked = request.POST if request.method == "POST" else request.GET
    choice_or_404(request.user, asked.get("area", ""))
    usual = {**first_asked(definition, clock.today()), "area": asked.get("area", "")}
    return ReportForm(asked if "first" in asked else usual, viewer=request.user, definition=definition)


def _key(request: HttpRequest) -> str:
    """What the page's form carries; one that was sent without is a request of its own."""
    sent = request.POST.get("token", "")
    return sent if sent.isalnum() and len(sent) <= 64 else new_token()


def _definition_or_404(request: StaffRequest, form_slug: str) -> ReportDefinition:
    definition = definition_with_slug(form_slug)
    if definition is None or not may_open(definition, request.user):
        raise Http404(_("Không có mẫu báo cáo này."))
    return definition
