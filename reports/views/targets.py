"""Chỉ tiêu: how far the sector's targets are, one indicator at a time, and who has not reported."""

from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import StaffRequest
from core import clock
from core.charts import Bar, bar_list
from core.downloads import attachment
from core.page_parts import Crumb
from core.transitions import TransitionRefused
from reports.enums.targets import TargetGroup, period_label
from reports.forms.targets import IndicatorForm
from reports.models import TargetIndicator
from reports.permissions import enters_targets
from reports.queries.areas import AreaChoice, units_within
from reports.queries.targets import TargetProgress, is_told_of, target_progress
from reports.queries.targets_due import MissingFigure, missing_figures
from reports.rules.targets import format_figure
from reports.services.runs import XLSX
from reports.services.targets_entry import PeriodOf
from reports.services.targets_indicators import IndicatorWords, change_indicator
from reports.services.targets_tables import write_progress_table
from reports.views.access import check_reader, choice_or_404
from reports.views.targets_parts import (
    TARGETS,
    LineRow,
    line_row,
    may_plan,
    period_chart,
    sheet_link,
    target_tabs,
    year_of,
    years_until,
)

_DISTRICT_DIGITS: Final = 5


@require_GET
def progress_page(request: StaffRequest) -> HttpResponse:
    """Every indicator of an area: planned, done, how that compares; each opens its own page."""
    check_reader(request.user)
    choice = choice_or_404(request.user, request.GET.get("area", ""))
    today = clock.today()
    progress = target_progress(request.user, choice, year_of(request, today), today)
    rows = [line_row(line, progress.year) for line in progress.lines(choice.unit.area_code)]
    missing = missing_figures(request.user, choice.unit.area_code, (choice.unit, *progress.units), today)
    context = {
        "choice": choice,
        "progress": progress,
        "groups": _grouped(rows),
        "late": sum(row.is_late for row in missing),
        "areas": [
            unit for unit in units_within(request.user, today) if len(unit.area_code) <= _DISTRICT_DIGITS
        ],
        "years": years_until(today),
        "may_plan": may_plan(request.user),
        "tabs": target_tabs(request.user, "target_progress"),
    }
    return render(request, "reports/targets/progress.html", context)


@require_GET
def progress_file(request: StaffRequest) -> HttpResponse:
    """The same as a workbook."""
    check_reader(request.user)
    choice = choice_or_404(request.user, request.GET.get("area", ""))
    today = clock.today()
    progress = target_progress(request.user, choice, year_of(request, today), today)
    content = write_progress_table(actor=request.user, progress=progress, area_code=choice.unit.area_code)
    return attachment(
        content, name=f"chi-tieu-{choice.unit.area_code}-{progress.year}.xlsx", content_type=XLSX
    )


@require_GET
def indicator_page(request: StaffRequest, code: str) -> HttpResponse:
    """One indicator: its chart by period, the districts side by side, where it comes from and what of it is unsure."""
    check_reader(request.user)
    choice = choice_or_404(request.user, request.GET.get("area", ""))
    one = get_object_or_404(TargetIndicator, code=code)
    if not is_told_of(one, choice.unit.area_code):
        raise Http404(_("Không tìm thấy, hoặc thuộc đơn vị khác."))
    today = clock.today()
    progress = target_progress(request.user, choice, year_of(request, today), today, only=[code])
    line = progress.line(one, choice.unit.area_code)
    chart, summary = period_chart(line, progress.year)
    context = {
        "choice": choice,
        "one": one,
        "row": line_row(line, progress.year),
        "chart": chart,
        "summary": summary,
        "by_period": line_by_period(line_row(line, progress.year), progress.year),
        "districts": _districts(progress, one),
        "bars": _bars(progress, one, choice),
        "progress": progress,
        "may_change": may_plan(request.user),
        "tabs": target_tabs(request.user, "target_progress"),
        "crumb_parts": [TARGETS, Crumb(one.title)],
    }
    return render(request, "reports/targets/indicator.html", context)


@require_http_methods(["GET", "POST"])
def indicator_edit(request: StaffRequest, code: str) -> HttpResponse:
    """The department's words for an indicator, its due days, whether it is followed."""
    check_reader(request.user)
    if not may_plan(request.user):
        raise PermissionDenied(_("Việc này do chuyên viên Sở làm."))
    one = get_object_or_404(TargetIndicator, code=code)
    initial = {name: getattr(one, name) for name in IndicatorWords.__slots__}
    initial["reported_from"] = f"{one.reported_from:%d/%m/%Y}"
    form = IndicatorForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            change_indicator(actor=request.user, indicator=one, words=form.words())
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Đã ghi chỉ tiêu «%(title)s».") % {"title": form.cleaned_data["title"]}
            )
            return redirect("reports:target_indicator", code=code)
    context = {
        "form": form,
        "one": one,
        "crumb_parts": [TARGETS, Crumb(one.title, f"/targets/indicators/{code}/"), Crumb(_("Sửa"))],
    }
    return render(request, "reports/targets/indicator_edit.html", context, status=422 if form.errors else 200)


@require_GET
def missing_page(request: StaffRequest) -> HttpResponse:
    """Figures that units have not submitted, the late ones first."""
    check_reader(request.user)
    choice = choice_or_404(request.user, request.GET.get("area", ""))
    today = clock.today()
    units = (choice.unit, *(choice.units if len(choice.unit.area_code) == 2 else ()))
    missing = missing_figures(request.user, choice.unit.area_code, units, today)
    rows = [
        _missing_row(row, request.user.area_code, is_reporter=enters_targets(request.user))
        for row in sorted(missing, key=_by_unit)
    ]
    by_unit = [(unit, list(found)) for unit, found in groupby(rows, key=lambda row: row.missing.unit)]
    context = {
        "choice": choice,
        "by_unit": by_unit,
        "count": len(missing),
        "late": sum(row.is_late for row in missing),
        "today": today,
        "tabs": target_tabs(request.user, "target_missing"),
    }
    return render(request, "reports/targets/missing.html", context)


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A figure that is missing, its period in words, and where its own unit types it ("" for others)."""

    missing: MissingFigure
    label: str
    url: str


def _missing_row(row: MissingFigure, own_area: str, *, is_reporter: bool) -> MissingRow:
    period = PeriodOf(row.indicator.period, row.period.year, row.period.number)
    is_own = is_reporter and row.unit.area_code == own_area
    return MissingRow(row, period.label, sheet_link(period) if is_own else "")


def _by_unit(row: MissingFigure) -> tuple[str, bool]:
    return row.unit.area_code, not row.is_late


def _grouped(rows: list[LineRow]) -> list[tuple[str, list[LineRow]]]:
    """The rows under the heads of their groups, in the order of the groups."""
    return [
        (str(group.label), found)
        for group in TargetGroup
        if (found := [row for row in rows if row.line.indicator.group == group])
    ]


def line_by_period(row: LineRow, year: int) -> list[tuple[str, str]]:
    """Period and figure, for the table behind the chart."""
    one = row.line.indicator
    return [
        (period_label(one.period, year, n), format_figure(row.line.values[n], one.decimals))
        for n in sorted(row.line.values)
    ]


def _districts(progress: TargetProgress, one: TargetIndicator) -> list[tuple[str, LineRow]]:
    if not one.of_districts:
        return []
    return [
        (unit.name, line_row(progress.line(one, unit.area_code), progress.year)) for unit in progress.units
    ]


def _bars(progress: TargetProgress, one: TargetIndicator, choice: AreaChoice) -> str:
    """Done of planned, district by district; nothing where no district has a plan."""
    bars = []
    for unit in progress.units if one.of_districts else ():
        line = progress.line(one, unit.area_code)
        if line.plan:
            shown = (
                f"{format_figure(line.done, one.decimals) or 0} / {format_figure(line.plan, one.decimals)}"
            )
            bars.append(Bar(unit.short_name, float(line.done or 0), float(line.plan), shown))
    return bar_list(bars) if bars else ""
