"""Totals for everybody: by programme, by district, by week; the same figures as the open data."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.charts import Column, column_chart
from core.dates import format_date
from core.public_pages import public_page
from reports.queries.public_figures import FACTS, PublicFigures, WeekColumn, public_figures
from reports.queries.public_tables import district_rows, programme_rows, province_row
from reports.views.public_caching import for_a_minute
from support_programs.rules.public_cells import FEWEST

_COLUMNS: Final = 14
_MILLION: Final = 1_000_000


@public_page()
@require_GET
def public_totals(request: HttpRequest) -> HttpResponse:
    """People and đồng: proposed, approved, paid. Cells of few people are left out, and so much beside them that nobody can
    reckon them.
    """
    figures = public_figures()
    context = {
        "until": figures.until,
        "facts": [fact.label for fact in FACTS],
        "province": province_row(figures),
        "programmes": programme_rows(figures),
        "districts": district_rows(figures),
        "weeks": figures.weeks,
        "chart": _chart(figures),
        "fewest": FEWEST,
    }
    return for_a_minute(render(request, "public/figures.html", context))


def _chart(figures: PublicFigures) -> str:
    shown = figures.weeks[-_COLUMNS:]
    columns = [Column(format_date(week.first)[:5], week.amount, _millions(week)) for week in shown]
    return column_chart(columns, title=_("Số tiền đã chi theo tuần, triệu đồng"))


def _millions(week: WeekColumn) -> str:
    return f"{round(week.amount / _MILLION):,}".replace(",", ".")
