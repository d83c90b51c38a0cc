"""What the pages of the targets share: tabs, choices of the address, figures in words."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from core.charts import Column, column_chart, percent_text, sparkline
from core.page_parts import Crumb, Tab
from core.workflow import Actor
from reports.enums.targets import TargetDirection, TargetPeriod, period_label, short_period_label
from reports.models import TargetIndicator
from reports.permissions import enters_targets, keeps_reports
from reports.queries.targets import TargetLine, adds_up
from reports.rules.targets import PERIODS_PER_YEAR, format_figure, last_ended
from reports.services.targets_entry import PeriodOf
from reports.workflow.targets import NOT_REPORTING

TARGETS: Final = Crumb(lazy("Chỉ tiêu"), "/targets/")
EARLIEST_YEAR: Final = 2021
_TRENDS: Final = {"up": lazy("tăng"), "down": lazy("giảm"), "same": lazy("không đổi")}


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of the progress table in words."""

    line: TargetLine
    url: str
    plan: str
    done: str
    until: str
    share: str
    part: float
    trend: str
    spark: SafeString
    reporting: str


def target_tabs(actor: Actor, current: str) -> list[Tab]:
    """The pages of the targets that this person opens."""
    pages = [
        ("target_progress", _("Tiến độ"), True),
        ("target_sheet", _("Nhập số liệu"), enters_targets(actor)),
        ("target_entries", _("Số liệu các kỳ"), True),
        ("target_missing", _("Chưa báo cáo"), True),
        ("target_plan", _("Kế hoạch năm"), True),
        ("target_texts", _("Báo cáo 6 tháng"), len(actor.area_code) == 2),
    ]
    return [
        Tab(label, reverse(f"reports:{name}"), is_current=name == current)
        for name, label, is_shown in pages
        if is_shown
    ]


def check_reporter(actor: Actor) -> None:
    """403 for people who report no figures."""
    if not enters_targets(actor):
        raise PermissionDenied(str(NOT_REPORTING))


def year_of(request: HttpRequest, today: dt.date) -> int:
    """The year that the address asks for, this year otherwise."""
    typed = request.GET.get("year", "") or request.POST.get("year", "")
    year = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == 4 else today.year
    return year if EARLIEST_YEAR <= year <= today.year + 1 else today.year


def years_until(today: dt.date) -> range:
    """The years that can be chosen: next year's plan comes before the year."""
    return range(EARLIEST_YEAR, today.year + 2)


def period_of(request: HttpRequest, kinds: list[str], today: dt.date) -> PeriodOf:
    """The period that the address asks for; the one that ended last otherwise, of the first kind that the unit reports."""
    asked = request.POST if request.method == "POST" else request.GET
    kind = asked.get("kind", "")
    kind = kind if kind in kinds else (kinds[0] if kinds else TargetPeriod.MONTH.value)
    year, number = last_ended(kind, today)
    if year < EARLIEST_YEAR:  # the first year is still running: it is typed as an estimate
        year, number = EARLIEST_YEAR, 1
    typed_year, typed = asked.get("year", ""), asked.get("number", "")
    if typed_year.isascii() and typed_year.isdecimal() and EARLIEST_YEAR <= int(typed_year[:4]) <= today.year:
        year = int(typed_year[:4])
    if typed.isascii() and typed.isdecimal() and 1 <= int(typed[:2]) <= PERIODS_PER_YEAR[kind]:
        number = int(typed[:2])
    return PeriodOf(kind, year, number)


def sheet_link(period: PeriodOf) -> str:
    """The page where a unit types this period."""
    asked = urlencode({"kind": period.kind, "year": period.year, "number": period.number})
    return f"{reverse('reports:target_sheet')}?{asked}"


def line_row(line: TargetLine, year: int) -> LineRow:
    """A line as the table shows it."""
    one = line.indicator
    share = line.share
    values = [float(line.values[n]) for n in sorted(line.values)]
    return LineRow(
        line=line,
        url=f"{reverse('reports:target_indicator', args=[one.code])}?{urlencode({'year': year, 'area': line.area_code})}",
        plan=format_figure(line.plan, one.decimals),
        done=format_figure(line.done, one.decimals),
        until=period_label(one.period, year, line.last_period) if line.last_period else "",
        share="" if share is None else percent_text(float(share * 100)),
        part=0.0 if share is None else float(min(share, Decimal(1))),
        trend=str(_TRENDS.get(line.trend, "")),
        spark=sparkline(values),
        reporting=_("%(n)d/%(all)d huyện có số liệu") % {"n": line.reporting[0], "all": line.reporting[1]}
        if line.reporting and line.reporting[0]
        else "",
    )


def period_chart(line: TargetLine, year: int) -> tuple[SafeString, str]:
    """Columns by period against the year's plan, and a sentence on them; what is added up grows."""
    one, running = line.indicator, Decimal(0)
    columns = []
    plan = None if line.plan is None else float(line.plan)
    for number in sorted(line.values):
        running = running + line.values[number] if adds_up(one) else line.values[number]
        label = short_period_label(one.period, number)
        columns.append(Column(label, float(running), format_figure(running, one.decimals), plan))
    return column_chart(columns, title=summary_of(line, year)), summary_of(line, year)


def summary_of(line: TargetLine, year: int) -> str:
    """One sentence on an indicator: what was done of what was planned."""
    one = line.indicator
    words = {
        "title": one.title,
        "done": format_figure(line.done, one.decimals) or _("chưa có số liệu"),
        "plan": format_figure(line.plan, one.decimals) or _("chưa giao"),
        "unit": one.unit,
        "year": year,
    }
    if one.direction == TargetDirection.LESS:
        return _("%(title)s: %(done)s %(unit)s; mức không vượt quá năm %(year)d: %(plan)s.") % words
    return _("%(title)s: %(done)s %(unit)s; kế hoạch năm %(year)d: %(plan)s.") % words


def kinds_reported(indicators: list[TargetIndicator]) -> list[str]:
    """The kinds of period that a unit reports, shortest first."""
    found = {one.period for one in indicators}
    return [kind for kind in TargetPeriod.values if kind in found]


def may_plan(actor: Actor) -> bool:
    """Does this person type the plan, the words and the indicators?"""
    return keeps_reports(actor)
