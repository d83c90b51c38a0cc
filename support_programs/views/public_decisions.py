"""Decisions on the public pages: number, day, programme, people, sum; and the scan where the department published it."""

from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.downloads import attachment
from core.public_pages import public_page, too_often
from core.requests import client_address
from core.services.files import read_file
from core.throttle import Limit, is_too_often
from support_programs.models import Programme
from support_programs.queries.public_decisions import (
    DecisionFilter,
    decisions,
    file_name_of,
    public_scan,
    shown_decisions,
)

ROWS: Final = 20
SCANS: Final = Limit("public.scan", tries=20)


@public_page()
@require_GET
def public_decisions(request: HttpRequest) -> HttpResponse:
    """Every decision on money, newest first, by programme and number."""
    filters = DecisionFilter.from_query(request.GET.dict())
    page = Paginator(filters.apply(decisions()), ROWS).get_page(request.GET.get("page"))
    rows = shown_decisions(page)
    context = {
        "page": page,
        "rows": rows,
        "filters": filters,
        "programmes": Programme.objects.order_by("short_name").values_list("pk", "short_name"),
    }
    return render(request, "public/decisions.html", context)


@public_page()
@require_GET
def public_decision_scan(request: HttpRequest, reference: str) -> HttpResponse:
    """The published scan as a file. 404 where none is public, or when its bytes were taken away."""
    public = public_scan(reference)
    if public is None:
        raise Http404(_("Bản chụp này không được công bố."))
    if is_too_often(SCANS, client_address(request)):
        return too_often(request, SCANS)
    try:
        content = read_file(public.file)
    except FileNotFoundError as gone:
        raise Http404(_("Bản chụp này không còn.")) from gone
    return attachment(content, name=file_name_of(public.decision), content_type="application/pdf")
