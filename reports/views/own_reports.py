"""Reports that the department puts together: the list, one with its versions, a new one, a change."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import StaffRequest
from core.page_parts import Crumb
from core.transitions import TransitionRefused
from reports.definitions.layouts import Layout
from reports.definitions.own import PREFIX, OwnSpec, own_definition, spec_of
from reports.forms.layouts import OwnReportForm, initial_of_own
from reports.models import OwnReport
from reports.queries.layouts import own_reports, own_versions
from reports.services.own_reports import (
    bring_back_own_report,
    change_own_report,
    end_own_report,
    make_own_report,
    problems_of,
)
from reports.views.layouts import REPORTS, check_keeper, preview_of, usual_params

LIST: Final = Crumb(lazy("Mẫu báo cáo của Sở"), "/reports/own/")
_USUAL: Final = {
    "row_1": "unit",
    "every": "month",
    "measures": [
        "approved_people_to_date",
        "approved_amount_to_date",
        "paid_people_to_date",
        "paid_amount_to_date",
    ],
}


@require_GET
def own_list(request: StaffRequest) -> HttpResponse:
    """The own reports, those in use first."""
    check_keeper(request)
    context = {"rows": own_reports()}
    return render(request, "reports/layouts/own_list.html", context)


@require_http_methods(["GET", "POST"])
def own_new(request: StaffRequest) -> HttpResponse:
    """Put a report together; «Xem trước» shows it with today's figures and saves nothing."""
    check_keeper(request)
    return _form_page(request, None)


@require_http_methods(["GET", "POST"])
def own_edit(request: StaffRequest, code: str) -> HttpResponse:
    """Change an own report by a new version."""
    check_keeper(request)
    return _form_page(request, _newest_or_404(code))


@require_POST
def own_end(request: StaffRequest, code: str) -> HttpResponse:
    """The report is no longer offered; sent again for one that was ended, it is offered again."""
    check_keeper(request)
    newest = _newest_or_404(code)
    try:
        if request.POST.get("action") == "bring_back":
            bring_back_own_report(code=code, actor=request.user)
            messages.success(request, _("Mẫu «%(title)s» được dùng lại.") % {"title": newest.title})
        else:
            end_own_report(code=code, actor=request.user)
            messages.success(request, _("Đã ngừng mẫu «%(title)s».") % {"title": newest.title})
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("reports:own_list")


def _newest_or_404(code: str) -> OwnReport:
    newest = own_versions(code).first()
    if newest is None:
        raise Http404(_("Không có mẫu báo cáo này."))
    return newest


def _form_page(request: StaffRequest, newest: OwnReport | None) -> HttpResponse:
    spec = spec_of(newest) if newest else None
    initial = initial_of_own(spec) if spec else _USUAL
    form = OwnReportForm(request.POST if request.method == "POST" else None, initial=initial)
    preview = ""
    if form.is_bound and form.is_valid():
        asked = form.spec(newest.code if newest else f"{PREFIX}0")
        for problem in problems_of(asked):
            form.add_error(None, problem)
        if not form.errors and request.POST.get("action") == "preview":
            preview = _preview(request, asked)
        elif not form.errors and (code := _save(request, form, asked, newest)):
            return redirect("reports:report_page", form_slug=code)
    context = {
        "form": form,
        "newest": newest,
        "based_on": request.POST.get("based_on", "") or (newest.version if newest else 0),
        "versions": own_versions(newest.code) if newest else [],
        "preview": preview,
        "crumb_parts": [REPORTS, LIST, Crumb(newest.title if newest else _("Lập mẫu báo cáo"))],
    }
    return render(request, "reports/layouts/own_form.html", context, status=422 if form.errors else 200)


def _preview(request: StaffRequest, spec: OwnSpec) -> str:
    definition = own_definition(spec)
    return preview_of(request, definition, usual_params(request, definition), Layout())


def _save(request: StaffRequest, form: OwnReportForm, spec: OwnSpec, newest: OwnReport | None) -> str:
    """The code of the saved report, "" when it was refused."""
    sent = request.POST.get("based_on", "")
    try:
        if newest is None:
            row = make_own_report(spec=spec, actor=request.user)
        else:
            based_on = int(sent) if sent.isdecimal() and len(sent) < 9 else 0
            row = change_own_report(spec=spec, based_on=based_on, actor=request.user)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return ""
    messages.success(
        request, _("Đã lưu mẫu «%(title)s», bản %(n)d.") % {"title": row.title, "n": row.version}
    )
    return row.code
