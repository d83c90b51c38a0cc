"""Kế hoạch chỉ tiêu: the year's table, typed or read from a table, one save by one paper; its history."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import StaffRequest
from accounts.models import User
from accounts.queries import area_names
from core import clock
from core.downloads import attachment
from core.page_parts import Crumb
from core.spreadsheets.reading import SpreadsheetRefused
from core.transitions import TransitionRefused
from core.workflow import Actor
from reports.forms.targets import PlanForm, TableForm, cell_name, filled
from reports.models import TargetIndicator, TargetPlan
from reports.queries.areas import Unit
from reports.queries.targets import plans_in_force
from reports.rules.targets import format_figure
from reports.services.runs import XLSX
from reports.services.targets_plan import save_target_plan
from reports.services.targets_tables import ReadTable, read_table, write_plan_table
from reports.views.access import check_reader, choice_or_404
from reports.views.targets_parts import TARGETS, may_plan, target_tabs, year_of, years_until
from support_programs.views.paging import page_of

_PROVINCE_DIGITS: Final = 2


@require_http_methods(["GET", "POST"])
def plan_page(request: StaffRequest) -> HttpResponse:
    """The plan of a year by indicator and unit. The department types it, everybody else reads it."""
    check_reader(request.user)
    year, indicators, units = year_of(request, clock.today()), _indicators(), _units(request.user)
    plans = plans_in_force(request.user, request.user.area_code, year)
    initial = {
        cell_name(one.code, unit.area_code): format_figure(plan.value, one.decimals)
        for one in indicators
        for unit in units
        if (plan := plans.get((one.pk, unit.area_code))) is not None
    }
    form, table, extra = PlanForm(indicators=indicators, units=units, initial=initial), TableForm(), {}
    if request.method == "POST":
        _check_planner(request.user)
        if request.POST.get("action") == "read":
            table = TableForm(request.POST, request.FILES)
            read = _read(table, indicators, units)
            cells = {cell_name(code, key): text for (code, key), text in read.cells.items()} if read else {}
            typed = filled({**initial, **request.POST.dict()}, cells)
            form = PlanForm(typed, indicators=indicators, units=units)
            extra = {"unknown": read.unknown if read else (), "cells_read": len(cells)}
            _leave_paper(form)
        else:
            form = PlanForm(request.POST, indicators=indicators, units=units)
            if form.is_valid() and (saved := _save(request, year, form)) is not None:
                return saved
    context = {
        "form": form,
        "grid": form.grid(),
        "table": table,
        "file_url": f"{reverse('reports:target_plan_file')}?year={year}",
        "units": units,
        "year": year,
        "years": years_until(clock.today()),
        "may_plan": may_plan(request.user),
        "papers": sorted(
            {(plan.paper_number, plan.paper_on) for plan in plans.values() if plan.value is not None}
        ),
        "tabs": target_tabs(request.user, "target_plan"),
        **extra,
    }
    is_wrong = bool(form.errors or table.errors or extra.get("unknown"))
    return render(request, "reports/targets/plan.html", context, status=422 if is_wrong else 200)


@require_GET
def plan_file(request: StaffRequest) -> HttpResponse:
    """The plan's table as a workbook, to be filled and read back."""
    check_reader(request.user)
    year, units = year_of(request, clock.today()), _units(request.user)
    plans = plans_in_force(request.user, request.user.area_code, year)
    content = write_plan_table(
        actor=request.user,
        year=year,
        indicators=_indicators(),
        units=units,
        plans={key: plan.value for key, plan in plans.items()},
    )
    return attachment(content, name=f"ke-hoach-chi-tieu-{year}.xlsx", content_type=XLSX)


@require_GET
def plan_history(request: StaffRequest) -> HttpResponse:
    """Every figure that was ever planned, newest first, with its paper and who typed it."""
    check_reader(request.user)
    rows = TargetPlan.objects.visible_to(request.user).select_related("indicator", "replaces", "replaced_by")
    page = page_of(request, rows.order_by("-pk"))
    names = area_names(row.area_code for row in page)
    context = {
        "page": page,
        "rows": [
            (
                row,
                names[row.area_code],
                format_figure(row.value, row.indicator.decimals),
                format_figure(row.replaces.value if row.replaces else None, row.indicator.decimals),
            )
            for row in page
        ],
        "crumb_parts": [TARGETS, Crumb(_("Kế hoạch năm"), "/targets/plan/"), Crumb(_("Lịch sử"))],
    }
    return render(request, "reports/targets/plan_history.html", context)


def _save(request: StaffRequest, year: int, form: PlanForm) -> HttpResponse | None:
    try:
        changed = save_target_plan(actor=request.user, year=year, cells=form.cells(), paper=form.paper())
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    if changed:
        messages.success(request, _("Đã ghi %(n)d số kế hoạch năm %(year)d.") % {"n": changed, "year": year})
    else:
        messages.info(request, _("Không có số nào thay đổi."))
    return redirect(f"{reverse('reports:target_plan')}?year={year}")


def _leave_paper(form: PlanForm) -> None:
    """A table was read, nothing is saved yet: the paper is asked for with the save."""
    form.is_valid()
    for name in ("paper_number", "paper_on"):
        if not form.data.get(name):
            form.errors.pop(name, None)


def _read(table: TableForm, indicators: list[TargetIndicator], units: list[Unit]) -> ReadTable | None:
    if not table.is_valid():
        return None
    source, name = table.source()
    try:
        return read_table(source, name, indicators, [(unit.area_code, unit.short_name) for unit in units])
    except SpreadsheetRefused as refusal:
        table.add_error("table" if isinstance(source, bytes) else "pasted", refusal.message)
        return None


def _indicators() -> list[TargetIndicator]:
    return list(TargetIndicator.objects.filter(is_active=True))


def _units(actor: User) -> list[Unit]:
    """The province and its districts, or the actor's own district."""
    if len(actor.area_code) > 5:  # a commune has no plan of its own
        return []
    choice = choice_or_404(actor, "")
    return [choice.unit, *(choice.units if len(choice.unit.area_code) == _PROVINCE_DIGITS else ())]


def _check_planner(actor: Actor) -> None:
    if not may_plan(actor):
        raise PermissionDenied(_("Việc này do chuyên viên Sở làm."))
