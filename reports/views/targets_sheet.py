"""The figures of one unit for one period: typed or read from a table, kept, submitted."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import StaffRequest
from accounts.queries import area_name
from core import clock
from core.downloads import attachment
from core.spreadsheets.reading import SpreadsheetRefused
from core.transitions import TransitionRefused
from core.workflow import Actor
from reports.enums.targets import TargetPeriod, period_label
from reports.forms.targets import PeriodForm, TableForm, filled
from reports.models import TargetIndicator
from reports.queries.targets_figures import UnitFigure, figures_for_table, indicators_reported, unit_figures
from reports.rules.targets import PERIODS_PER_YEAR, due_on, format_figure
from reports.services.runs import XLSX
from reports.services.targets_entry import PeriodOf, save_figures, submit_figures
from reports.services.targets_tables import NOTE, VALUE, ReadTable, read_table, write_period_table
from reports.views.targets_parts import (
    check_reporter,
    kinds_reported,
    period_of,
    sheet_link,
    target_tabs,
    years_until,
)

_COLUMNS: Final = (("value", VALUE), ("note", NOTE))


@require_http_methods(["GET", "POST"])
def sheet_page(request: StaffRequest) -> HttpResponse:
    """The unit's figures of a period: typed or read from a table, kept, and submitted. Nothing typed is lost when refused."""
    check_reporter(request.user)
    reported = indicators_reported(request.user.area_code)
    period = period_of(request, kinds_reported(reported), clock.today())
    figures = _figures(request.user, reported, period)
    editable = [each.indicator for each in figures if each.is_open]
    act = request.POST.get("action", "")
    if request.method == "POST" and act == "read":
        return _read_page(request, reported, period, figures)
    form = PeriodForm(indicators=editable, initial=_initial(figures))
    if request.method == "POST":
        form = PeriodForm(request.POST, request.FILES, indicators=editable)
        if form.is_valid():
            try:
                message = _keep(request.user, period, form, act)
            except TransitionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, message)
                return redirect(sheet_link(period))
    context = _context(request, reported, period, figures, form)
    return render(request, "reports/targets/sheet.html", context, status=422 if form.errors else 200)


def _read_page(
    request: StaffRequest, reported: list[TargetIndicator], period: PeriodOf, figures: list[UnitFigure]
) -> HttpResponse:
    """The sheet filled with what a table says, to be looked at and kept; what it says wrongly is refused at its cell."""
    table = TableForm(request.POST, request.FILES)
    read = _read(table, [each.indicator for each in figures])
    cells = {f"{key}_{code}": text for (code, key), text in read.cells.items()} if read else {}
    typed = filled({**_initial(figures), **request.POST.dict()}, cells)
    form = PeriodForm(typed, indicators=[each.indicator for each in figures if each.is_open])
    context = _context(request, reported, period, figures, form)
    context |= {"table": table, "unknown": read.unknown if read else (), "cells_read": len(cells)}
    is_wrong = bool(table.errors or form.errors or context["unknown"])
    return render(request, "reports/targets/sheet.html", context, status=422 if is_wrong else 200)


def _figures(actor: Actor, reported: list[TargetIndicator], period: PeriodOf) -> list[UnitFigure]:
    asked = [one for one in reported if one.period == period.kind]
    return unit_figures(actor, actor.area_code, asked, period.year, period.number)


def _initial(figures: list[UnitFigure]) -> dict[str, str]:
    """What stands in the cells before anybody types."""
    found: dict[str, str] = {}
    for each in figures:
        if each.shown is not None:
            found[f"value_{each.indicator.code}"] = format_figure(each.shown.value, each.indicator.decimals)
            found[f"note_{each.indicator.code}"] = each.shown.note
    return found


def _context(
    request: StaffRequest,
    reported: list[TargetIndicator],
    period: PeriodOf,
    figures: list[UnitFigure],
    form: PeriodForm,
) -> dict[str, Any]:
    fields = form.rows()
    due_days = max((each.indicator.due_days for each in figures), default=0)
    per_year = range(1, PERIODS_PER_YEAR[period.kind] + 1)
    return {
        "form": form,
        "table": TableForm(),
        "file_url": sheet_link(period).replace("/new/", "/file/"),
        "rows": [(each, fields.get(each.indicator.code), _shown(each)) for each in figures],
        "period": period,
        "due": due_on(period.kind, period.year, period.number, due_days),
        "kinds": [(kind, TargetPeriod(kind).label) for kind in kinds_reported(reported)],
        "numbers": [(number, period_label(period.kind, period.year, number)) for number in per_year],
        "years": years_until(clock.today())[:-1],
        "area": area_name(request.user.area_code),
        "can_type": bool(form.indicators),
        "tabs": target_tabs(request.user, "target_sheet"),
    }


def _shown(each: UnitFigure) -> str:
    return format_figure(each.shown.value, each.indicator.decimals) if each.shown else ""


@require_GET
def sheet_file(request: StaffRequest) -> HttpResponse:
    """The period's table as a workbook, to be filled and read back."""
    check_reporter(request.user)
    reported = indicators_reported(request.user.area_code)
    period = period_of(request, kinds_reported(reported), clock.today())
    asked = [one for one in reported if one.period == period.kind]
    figures = unit_figures(request.user, request.user.area_code, asked, period.year, period.number)
    content = write_period_table(
        actor=request.user,
        year=period.year,
        label=period.label,
        indicators=asked,
        figures=figures_for_table(figures),
    )
    name = f"so-lieu-{request.user.area_code}-{period.kind}-{period.number}-{period.year}.xlsx"
    return attachment(content, name=name, content_type=XLSX)


def _keep(actor: Actor, period: PeriodOf, form: PeriodForm, act: str) -> str:
    written = save_figures(actor=actor, period=period, cells=form.cells(), evidence=form.evidence_file())
    if act != "submit":
        return _("Đã lưu %(n)d số liệu, %(period)s.") % {"n": len(written), "period": period.label}
    result = submit_figures(actor=actor, period=period)
    return _("Đã gửi duyệt %(n)d số liệu, %(period)s.") % {"n": result.done, "period": period.label}


def _read(table: TableForm, indicators: list[TargetIndicator]) -> ReadTable | None:
    """What a table says; None with the reason at its field where it can't be read."""
    if not table.is_valid():
        return None
    source, name = table.source()
    try:
        return read_table(source, name, indicators, _COLUMNS)
    except SpreadsheetRefused as refusal:
        table.add_error("table" if isinstance(source, bytes) else "pasted", refusal.message)
        return None
