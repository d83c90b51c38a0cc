"""Tổng quan: how far the payments have come, for leaders."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.enums import AreaLevel
from accounts.http import StaffRequest
from accounts.queries import area_names
from core import clock
from core.charts import map_legend
from core.district_shapes import shape_source
from core.downloads import attachment
from core.page_parts import Crumb, Tab
from reports.forms.overview import OverviewForm
from reports.links import case_link
from reports.queries.areas import AreaChoice
from reports.queries.coverage import coverage
from reports.queries.overview import overview
from reports.queries.people import NOW, Asked, Stage, people_behind, person_lines
from reports.queries.periods import PeriodKind
from reports.services.coverage_export import export_coverage
from reports.services.kept import report_runs
from reports.services.runs import XLSX
from reports.views.access import check_reader, choice_or_404
from reports.views.coverage_parts import coverage_groups, coverage_rows, coverage_units
from reports.views.overview_asked import Filters
from reports.views.overview_parts import (
    days_rows,
    late_rows,
    map_of,
    programme_bars,
    total_row,
    unit_rows,
    week_chart,
)
from reports.views.overview_tiles import in_period, overview_crumbs, overview_tiles, summary_of
from support_programs.queries.programmes import programme_choices

_RUNS_SHOWN: Final = 4
_PEOPLE_PER_PAGE: Final = 50


@require_GET
def overview_page(request: StaffRequest) -> HttpResponse:
    """Tiles, map, units with their figures, payments by week beside the plan, days that people waited, late lists, issued
    reports; each figure opens its list. A free period that can't be is said in words, beside the figures of the month.
    """
    check_reader(request.user)
    choice = choice_or_404(request.user, request.GET.get("area", ""))
    form = OverviewForm(request.GET)
    asked = Filters.of(request.GET, form, choice.unit.area_code)
    found = overview(request.user, choice, asked.period.first, asked.period.last, asked.programmes)
    reach = coverage(request.user, choice, clock.today())
    is_province = choice.level == AreaLevel.PROVINCE
    context = {
        **_head(choice, asked, form),
        "found": found,
        "crumbs": overview_crumbs(request.user, choice, asked),
        "summary": summary_of(found, choice, asked),
        "tiles": overview_tiles(found, asked),
        "rows": unit_rows(found, choice, asked),
        "total": total_row(found, asked),
        "map": map_of(found, asked) if is_province else "",
        "map_tabs": _map_tabs(asked) if is_province else [],
        "map_source": shape_source() if asked.map == "real" else "",
        "legend": map_legend(has_river=asked.map != "real"),
        "weeks": week_chart(found),
        "has_plan": any(week.plan for week in found.weeks),
        # communes have no plan of their own
        "has_unit_plan": is_province and not found.plan.is_empty,
        "bars": programme_bars(found, asked),
        "days": days_rows(found, asked),
        "late_lists": late_rows(found),
        "coverage_rows": coverage_rows(reach, choice),
        "coverage_units": coverage_units(reach, choice),
        "coverage_groups": coverage_groups(reach),
        "runs": report_runs(request.user)[:_RUNS_SHOWN],
    }
    return render(request, "reports/overview.html", context, status=422 if form.errors else 200)


def _head(choice: AreaChoice, asked: Filters, form: OverviewForm) -> dict[str, object]:
    return {
        "choice": choice,
        "asked": asked,
        "form": form,
        "is_free": asked.period.kind is PeriodKind.FREE or bool(form.errors),
        "period_words": in_period(asked),
        "title": page_title(choice),
        "what_tabs": [
            Tab(_("Số người"), asked.overview(what="people"), is_current=not asked.is_amount),
            Tab(_("Số tiền (đồng)"), asked.overview(what="amount"), is_current=asked.is_amount),
        ],
    }


def _map_tabs(asked: Filters) -> list[Tab]:
    return [
        Tab(_("Sơ đồ ô"), asked.overview(map="tiles"), is_current=asked.map == "tiles"),
        Tab(_("Bản đồ"), asked.overview(map="real"), is_current=asked.map == "real"),
    ]


@require_GET
def people_page(request: StaffRequest) -> HttpResponse:
    """The people behind one figure of the overview, page by page, each with the case."""
    check_reader(request.user)
    choice = choice_or_404(request.user, request.GET.get("area", ""))
    asked = Filters.of(request.GET, OverviewForm(request.GET), choice.unit.area_code)
    wanted = request.GET.get("stage", "")
    stage = Stage(wanted) if wanted in Stage.values else Stage.PROPOSED
    is_within, is_own = bool(request.GET.get("within")), bool(request.GET.get("own"))
    behind = people_behind(
        request.user, stage, _people_asked(asked, stage, is_within=is_within, is_own=is_own)
    )
    page = Paginator(behind, _PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    lines = person_lines(page.object_list)
    names = area_names(line.area_code for line in lines)
    context = {
        "choice": choice,
        "stage": stage,
        "page": page,
        "amount": behind.amount(),
        "asked": asked,
        "is_own": is_own,
        "period_words": in_period(asked) if is_within else "",
        "is_now": stage in NOW,
        "programme": dict(programme_choices()).get(asked.programme, ""),
        "rows": [(line, names.get(line.area_code, ""), case_link(line.case_reference)) for line in lines],
        "crumbs": [Crumb(_("Tổng quan"), asked.overview()), Crumb(stage.label)],
        "tabs": [
            Tab(s.label, asked.people(s, is_own=is_own, in_period=is_within), is_current=s is stage)
            for s in Stage
        ],
    }
    return render(request, "reports/people.html", context)


def _people_asked(asked: Filters, stage: Stage, *, is_within: bool, is_own: bool) -> Asked:
    """What is the case now is so today; the rest is until the period's last day, or within the period."""
    if stage in NOW:
        return Asked(asked.area, None, clock.today(), asked.programmes, is_own)
    first = asked.period.first if is_within else None
    return Asked(asked.area, first, asked.period.last, asked.programmes, is_own)


@require_GET
def coverage_file(request: StaffRequest) -> HttpResponse:
    """The coverage of an area as a workbook."""
    check_reader(request.user)
    choice = choice_or_404(request.user, request.GET.get("area", ""))
    name = f"do-bao-phu-{choice.unit.area_code}.xlsx"
    content = export_coverage(choice, actor=request.user)
    return attachment(content, name=name, content_type=XLSX)


def page_title(choice: AreaChoice) -> str:
    """The heading of an area's overview."""
    if choice.level == AreaLevel.PROVINCE:
        return _("Tiến độ chi hỗ trợ toàn tỉnh")
    return _("Tiến độ chi hỗ trợ, %(area)s") % {"area": choice.unit.name}
