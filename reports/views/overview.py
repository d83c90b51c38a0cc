"""Tổng quan: how far the payments have come, for leaders."""

import datetime as dt
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accounts.enums import AreaLevel
from accounts.http import StaffRequest
from accounts.queries import area_names
from core import clock
from core.charts import Column, column_chart, map_legend
from core.downloads import attachment
from core.money import format_dong
from core.page_parts import Crumb, Tab
from reports.links import case_link, overview_link, people_link
from reports.queries.areas import AreaChoice
from reports.queries.coverage import coverage
from reports.queries.overview import BEGINNING, Overview, overview
from reports.queries.people import Stage, people_behind, person_lines
from reports.services.coverage_export import export_coverage
from reports.services.kept import report_runs
from reports.services.runs import XLSX
from reports.views.access import check_reader, choice_or_404
from reports.views.coverage_parts import coverage_groups, coverage_rows, coverage_units
from reports.views.overview_parts import (
    late_rows,
    map_of,
    overview_crumbs,
    overview_tiles,
    stream_bars,
    summary_of,
    unit_rows,
)

PERIODS: Final = {
    "week": _("Tuần này"),
    "month": _("Tháng này"),
    "all": _("Lũy kế từ 06/8/2021"),
}
_IN_PERIOD: Final = {"week": _("trong tuần này"), "month": _("trong tháng này")}
_RUNS_SHOWN: Final = 4
_PEOPLE_PER_PAGE: Final = 50
_MILLION: Final = 1_000_000


@require_GET
def overview_page(request: StaffRequest) -> HttpResponse:
    """Tiles, map, units with their figures, payments by week, late lists, issued reports; each figure opens its list."""
    check_reader(request.user)
    choice = choice_or_404(request.user, request.GET.get("area", ""))
    period = request.GET.get("period", "")
    period = period if period in PERIODS else "month"
    today = clock.today()
    found = overview(request.user, choice, first_day(period, today), today)
    reach = coverage(request.user, choice, today)
    context = {
        "choice": choice,
        "found": found,
        "period": period,
        "periods": PERIODS.items(),
        "title": page_title(choice),
        "crumbs": overview_crumbs(request.user, choice, period),
        "summary": summary_of(found, choice, today),
        "tiles": overview_tiles(found, choice, _IN_PERIOD.get(period)),
        "rows": unit_rows(found, choice, period),
        "map": map_of(found, period) if choice.level == AreaLevel.PROVINCE else "",
        "legend": map_legend(),
        "weeks": week_chart(found),
        "streams": stream_bars(found),
        "late_lists": late_rows(found),
        "coverage_rows": coverage_rows(reach, choice),
        "coverage_units": coverage_units(reach, choice),
        "coverage_groups": coverage_groups(reach),
        "runs": report_runs(request.user)[:_RUNS_SHOWN],
        "today": today,
    }
    return render(request, "reports/overview.html", context)


@require_GET
def people_page(request: StaffRequest) -> HttpResponse:
    """The people behind one figure of the overview, page by page, each with the case."""
    check_reader(request.user)
    choice = choice_or_404(request.user, request.GET.get("area", ""))
    asked = request.GET.get("stage", "")
    stage = Stage(asked) if asked in Stage.values else Stage.PROPOSED
    area_code = choice.unit.area_code
    page = Paginator(people_behind(request.user, area_code, stage), _PEOPLE_PER_PAGE).get_page(
        request.GET.get("page")
    )
    lines = person_lines(page.object_list)
    names = area_names(line.area_code for line in lines)
    context = {
        "choice": choice,
        "stage": stage,
        "page": page,
        "rows": [(line, names.get(line.area_code, ""), case_link(line.case_reference)) for line in lines],
        "crumbs": [
            Crumb(_("Tổng quan"), overview_link(area_code, "")),
            Crumb(stage.label),
        ],
        "tabs": [Tab(s.label, people_link(area_code, s), is_current=s is stage) for s in Stage],
    }
    return render(request, "reports/people.html", context)


@require_GET
def coverage_file(request: StaffRequest) -> HttpResponse:
    """The coverage of an area as a workbook."""
    check_reader(request.user)
    choice = choice_or_404(request.user, request.GET.get("area", ""))
    name = f"do-bao-phu-{choice.unit.area_code}.xlsx"
    content = export_coverage(choice, actor=request.user)
    return attachment(content, name=name, content_type=XLSX)


def first_day(period: str, today: dt.date) -> dt.date:
    """The first day of a period that ends today."""
    starts = {"week": today - dt.timedelta(days=today.weekday()), "month": today.replace(day=1)}
    return starts.get(period, BEGINNING)


def page_title(choice: AreaChoice) -> str:
    """The heading of an area's overview."""
    if choice.level == AreaLevel.PROVINCE:
        return str(_("Tiến độ chi hỗ trợ toàn tỉnh"))
    return str(_("Tiến độ chi hỗ trợ, %(area)s") % {"area": choice.unit.name})


def week_chart(found: Overview) -> str:
    """Đồng paid per week, in millions."""
    columns = [
        Column(f"{week.monday:%d/%m}", week.paid.amount, format_dong(round(week.paid.amount / _MILLION)))
        for week in found.weeks
    ]
    return column_chart(columns, title=str(_("Số tiền đã chi theo tuần, triệu đồng")))
