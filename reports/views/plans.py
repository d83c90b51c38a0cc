"""Kế hoạch chi: what each district is to pay, by week and in all."""

import datetime as dt
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import StaffRequest
from core import clock
from core.page_parts import Crumb, Tab
from core.transitions import TransitionRefused
from reports.forms.plans import GridRow, PaperForm, cells_of, paste_into, standing_rows, typed_rows, week_of
from reports.permissions import keeps_reports
from reports.queries.periods import monday_of
from reports.queries.plan import plan_history, plan_units, planned_weeks, plans_by_programme, standing_entries
from reports.services.plans import PlanRefused, save_plan
from reports.views.access import check_reader
from support_programs.queries.programmes import programme_choices
from support_programs.views.paging import page_of

_WEEKS_AHEAD: Final = 4
_WEEKS_BACK: Final = 4


@require_GET
def plan_list(request: StaffRequest) -> HttpResponse:
    """Every programme with its plan: the whole, and the weeks."""
    check_reader(request.user)
    plans = plans_by_programme(request.user)
    context = {
        "rows": [(code, name, plans.get(code)) for code, name in programme_choices()],
        "may_write": keeps_reports(request.user),
        "crumbs": [Crumb(_("Tổng quan"), reverse("reports:overview")), Crumb(_("Kế hoạch chi"))],
    }
    return render(request, "reports/plans/list.html", context)


@require_http_methods(["GET", "POST"])
def plan_page(request: StaffRequest, programme: str) -> HttpResponse:
    """The plan of one programme by district, for a week or the whole; POST saves all cells or none, or fills them from what was
    pasted.
    """
    check_reader(request.user)
    name = dict(programme_choices()).get(programme)
    week = _week_or_404(request.GET.get("week", ""))
    if name is None:
        raise Http404(_("Không có chính sách này."))
    units = plan_units(request.user, clock.today())
    rows = standing_rows(units, standing_entries(request.user, programme, week))
    refusal, status, pasted = "", 200, None
    if request.method == "POST":
        rows = typed_rows(units, request.POST)
        if "fill" in request.POST:
            pasted = paste_into(rows, request.POST.get("paste", ""))
        else:
            refusal = _save(request, programme, week, rows)
            if not refusal:
                return redirect(_address(programme, week))
            status = 422
    context = {
        "programme": programme,
        "name": name,
        "week": week,
        "rows": rows,
        "refusal": refusal,
        "pasted": pasted,
        "paste": request.POST.get("paste", ""),
        # what only fills the grid is not judged yet
        "paper": PaperForm(initial=request.POST) if pasted else PaperForm(request.POST or None),
        "may_write": keeps_reports(request.user),
        "tabs": _tabs(request, programme, week),
        "history": page_of(request, plan_history(request.user, programme)),
        "names": {unit.area_code: unit.short_name for unit in units},
        "crumbs": [
            Crumb(_("Tổng quan"), reverse("reports:overview")),
            Crumb(_("Kế hoạch chi"), reverse("reports:plan")),
            Crumb(name),
        ],
    }
    return render(request, "reports/plans/page.html", context, status=status)


def _save(request: StaffRequest, programme: str, week: dt.date | None, rows: list[GridRow]) -> str:
    """Why nothing was saved; "" when it was."""
    cells = cells_of(rows)
    if any(row.error for row in rows):
        return _("Chưa ghi gì: có ô chưa đúng, xem lý do ở từng dòng.")
    try:
        saved = save_plan(
            actor=request.user,
            programme=programme,
            week=week,
            cells=cells,
            document_number=request.POST.get("document_number", ""),
        )
    except PlanRefused as refused:
        for row in rows:
            row.error = refused.cells.get(row.unit.area_code, "")
        return str(refused)
    except TransitionRefused as refused:
        return str(refused)
    count = len(saved)
    words = ngettext("Đã ghi kế hoạch của %(count)s đơn vị.", "Đã ghi kế hoạch của %(count)s đơn vị.", count)
    messages.success(request, words % {"count": count} if count else _("Không có số nào thay đổi."))
    return ""


def _week_or_404(typed: str) -> dt.date | None:
    try:
        week = week_of(typed)
    except ValueError as error:
        raise Http404(_("Không có tuần này.")) from error
    if week is not None and week.weekday() != 0:
        raise Http404(_("Không có tuần này."))
    return week


def _tabs(request: StaffRequest, programme: str, week: dt.date | None) -> list[Tab]:
    """The whole, the weeks around today, and whatever has figures."""
    today = monday_of(clock.today())
    shown = {today + dt.timedelta(weeks=turn) for turn in range(-_WEEKS_BACK, _WEEKS_AHEAD + 1)}
    shown |= set(planned_weeks(request.user, programme)) | ({week} if week else set())
    whole = Tab(_("Cả đợt"), _address(programme, None), is_current=week is None)
    return [
        whole,
        *(
            Tab(f"{monday:%d/%m}", _address(programme, monday), is_current=monday == week)
            for monday in sorted(shown)
        ),
    ]


def _address(programme: str, week: dt.date | None) -> str:
    address = reverse("reports:plan_page", args=[programme])
    return f"{address}?week={week.isoformat()}" if week else address
