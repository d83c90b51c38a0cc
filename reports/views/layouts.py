"""How reports are worded: which the department has changed, one report's columns and texts, its earlier versions."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import StaffRequest
from core import clock
from core.page_parts import Crumb
from core.spreadsheets.tables import Column
from core.transitions import TransitionRefused
from reports.definitions import ReportDefinition, all_definitions, definition_with_slug
from reports.definitions.base import Params
from reports.definitions.building import build_report, first_rows
from reports.definitions.layouts import Layout, laid_out, layout_of, newest_layout
from reports.forms.asking import ReportForm, first_asked
from reports.forms.layouts import LayoutForm, initial_of_layout
from reports.models import ReportLayout
from reports.permissions import keeps_reports
from reports.queries.layouts import layouts_in_use, versions_of
from reports.renderers.html import MOST_ROWS, render_report_html
from reports.services.layouts import change_layout, layout_problems, put_layout_back
from reports.services.runs import may_open

REPORTS: Final = Crumb(lazy("Báo cáo"), "/reports/")
LIST: Final = Crumb(lazy("Trình bày báo cáo"), "/reports/layouts/")


@require_GET
def layout_list(request: StaffRequest) -> HttpResponse:
    """Every report with who worded it last."""
    check_keeper(request)
    used = layouts_in_use()
    rows = [(one, used.get(one.code)) for one in all_definitions() if may_open(one, request.user)]
    context = {"rows": rows}
    return render(request, "reports/layouts/layout_list.html", context)


@require_http_methods(["GET", "POST"])
def layout_page(request: StaffRequest, form_slug: str) -> HttpResponse:
    """Titles, order, visibility of columns, and texts; «Xem trước» shows them with today's figures and saves nothing."""
    definition = _definition_or_404(request, form_slug)
    newest, params = newest_layout(definition.code), usual_params(request, definition)
    columns = definition.columns(params)
    layout = layout_of(newest) if newest and not newest.is_built_in else Layout()
    form = LayoutForm(
        columns,
        request.POST if request.method == "POST" else None,
        initial=initial_of_layout(columns, layout),
    )
    preview = ""
    if form.is_bound and form.is_valid():
        layout = form.layout()
        if request.POST.get("action") == "preview":
            for problem in layout_problems(columns, layout):
                form.add_error(None, problem)
            preview = "" if form.errors else preview_of(request, definition, params, layout)
        elif _save(request, definition, columns, form):
            return redirect("reports:layout_page", form_slug=form_slug)
    based_on = request.POST.get("based_on", "") or (newest.version if newest else 0)
    return _page(request, definition, form, {"preview": preview, "newest": newest, "based_on": based_on})


@require_POST
def layout_back(request: StaffRequest, form_slug: str) -> HttpResponse:
    """The report is as the software brings it again."""
    definition = _definition_or_404(request, form_slug)
    try:
        put_layout_back(definition=definition, actor=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Báo cáo đã về trình bày ban đầu."))
    return redirect("reports:layout_page", form_slug=form_slug)


@require_GET
def layout_version(request: StaffRequest, form_slug: str, version: int) -> HttpResponse:
    """An earlier wording with today's figures."""
    definition = _definition_or_404(request, form_slug)
    row = ReportLayout.objects.filter(definition=definition.code, version=version).first()
    if row is None:
        raise Http404(_("Không có bản này."))
    layout = Layout() if row.is_built_in else layout_of(row)
    context = {
        "definition": definition,
        "row": row,
        "preview": preview_of(request, definition, usual_params(request, definition), layout),
        "crumb_parts": [
            REPORTS,
            LIST,
            Crumb(definition.title, f"/reports/layouts/{definition.slug}/"),
            Crumb(_("Bản %(n)d") % {"n": version}),
        ],
    }
    return render(request, "reports/layouts/layout_version.html", context)


def check_keeper(request: StaffRequest) -> None:
    """403 for whoever doesn't keep the department's reports."""
    if not keeps_reports(request.user):
        raise PermissionDenied(_("Trình bày báo cáo do chuyên viên Sở sửa."))


def usual_params(request: StaffRequest, definition: ReportDefinition) -> Params:
    """What a report shows before anything was chosen."""
    asked = {**first_asked(definition, clock.today()), "area": request.user.area_code}
    form = ReportForm(asked, viewer=request.user, definition=definition)
    if not form.is_valid() or form.params is None:
        raise Http404(_("Không có mẫu báo cáo này."))
    return form.params


def preview_of(request: StaffRequest, definition: ReportDefinition, params: Params, layout: Layout) -> str:
    """The report with today's figures in these words; of a list its beginning."""
    report = build_report(definition, params, request.user, is_worded=False)
    if report.is_list:
        report, _is_counted = first_rows(report, definition, MOST_ROWS)
    return render_report_html(laid_out(report, layout))


def _definition_or_404(request: StaffRequest, form_slug: str) -> ReportDefinition:
    check_keeper(request)
    definition = definition_with_slug(form_slug)
    if definition is None or not may_open(definition, request.user):
        raise Http404(_("Không có mẫu báo cáo này."))
    return definition


def _save(
    request: StaffRequest, definition: ReportDefinition, columns: Sequence[Column], form: LayoutForm
) -> bool:
    sent = request.POST.get("based_on", "")
    try:
        row = change_layout(
            definition=definition,
            columns=columns,
            layout=form.layout(),
            based_on=int(sent) if sent.isdecimal() and len(sent) < 9 else 0,
            actor=request.user,
        )
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(
        request, _("Đã lưu trình bày, bản %(n)d. Báo cáo phát hành từ nay theo bản này.") % {"n": row.version}
    )
    return True


def _page(
    request: StaffRequest, definition: ReportDefinition, form: LayoutForm, more: dict[str, Any]
) -> HttpResponse:
    context = {
        "definition": definition,
        "form": form,
        "versions": versions_of(definition.code),
        "basis": "\n".join(definition.legal_basis),
        "crumb_parts": [REPORTS, LIST, Crumb(definition.title)],
        **more,
    }
    return render(request, "reports/layouts/layout_page.html", context, status=422 if form.errors else 200)
