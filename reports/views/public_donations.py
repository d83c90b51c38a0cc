"""Donations on the public pages, with the rice of each district."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.public_pages import public_page
from reports.queries.public_donations import (
    QUOTA_PAPER,
    no_name,
    rice_rows,
    shown_donations,
    standing,
    totals,
)
from support_programs.rules.public_cells import FEWEST

ROWS: Final = 25


@public_page()
@require_GET
def public_donations(request: HttpRequest) -> HttpResponse:
    """Who gave what, newest first; donors who asked for it are not named."""
    page = Paginator(standing(), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": shown_donations(page),
        "totals": totals(),
        "rice": rice_rows(),
        "quota_paper": QUOTA_PAPER,
        "no_name": no_name(),
        "fewest": FEWEST,
    }
    return render(request, "public/donations.html", context)
