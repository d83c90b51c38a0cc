"""Lists that stand on the public pages, by district and commune, and their posting as PDF."""

from typing import Final

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.queries import area_name, children_of, parent_name
from core import clock
from core.audit import PROVINCE
from core.documents import RendererMissingError, render_pdf
from core.downloads import attachment
from core.page_parts import Crumb
from core.public_pages import public_page, too_often
from core.requests import client_address
from core.throttle import Limit, is_too_often
from support_programs.models import CaseList
from support_programs.permissions import COMMUNE_DIGITS
from support_programs.queries.papers import POSTING, paper_of
from support_programs.queries.public_lists import (
    PublicList,
    areas_with_lists,
    listed_programmes,
    lists_of_area,
    public_list,
    row_shown,
    rows_of,
)

ROWS: Final = 50
PDF: Final = Limit("public.pdf", tries=10)
_KEPT_SECONDS: Final = 600
_LEVELS: Final = (2, 5, COMMUNE_DIGITS)


def _area(area: str) -> str:
    """The fence of an address of lists; an unknown area has nothing."""
    return area if area.isascii() and area.isdigit() and area.startswith(PROVINCE) else ""


@public_page()
@require_GET
def public_lists(request: HttpRequest) -> HttpResponse:
    """The districts with the number of lists that stand there, and the department's own lists."""
    return _area_page(request, PROVINCE)


@public_page(area=lambda area, **_more: _area(area))
@require_GET
def public_area(request: HttpRequest, area: str) -> HttpResponse:
    """A district with its communes, or a commune with its lists. 404 for an unknown area."""
    parent = area[:-5] if len(area) == COMMUNE_DIGITS else area[:2]
    if len(area) not in _LEVELS or area not in dict(children_of(parent)):
        raise Http404
    return _area_page(request, area)


def _area_page(request: HttpRequest, area: str) -> HttpResponse:
    programmes = listed_programmes()
    asked = request.GET.get("programme", "")
    programme = asked if asked in dict(programmes) else ""
    context = {
        "area": area,
        "name": area_name(area),
        "below": [] if len(area) == COMMUNE_DIGITS else areas_with_lists(area, programme),
        "lists": lists_of_area(area, programme),
        "programmes": programmes,
        "programme": programme,
        "crumb_parts": _crumbs(area),
    }
    return render(request, "public/lists.html", context)


@public_page(area=lambda area, **_more: _area(area))
@require_GET
def public_list_page(request: HttpRequest, area: str, reference: str) -> HttpResponse:
    """One list with its masked rows; of some programmes the totals only."""
    shown = _list(area, reference)
    page, rows = None, []
    if not shown.is_total:
        page = Paginator(rows_of(reference), ROWS).get_page(request.GET.get("page"))
        rows = [row_shown(case) for case in page]
    crumbs = [*_crumbs(area, is_last=False), Crumb(shown.programme)]
    context = {"shown": shown, "area": area, "page": page, "rows": rows, "crumb_parts": crumbs}
    return render(request, "public/list.html", context)


@public_page(area=lambda area, **_more: _area(area))
@require_GET
def public_list_pdf(request: HttpRequest, area: str, reference: str) -> HttpResponse:
    """The posting as it hangs out at the commune. Rendered once for a while, and not too often for one address."""
    shown = _list(area, reference)
    case_list = CaseList.objects.get(reference=reference)
    if shown.is_total or case_list.posting_from is None:
        raise Http404
    key = f"public.pdf:{reference}:{case_list.version}:{clock.today()}"
    content = cache.get(key)
    if content is None:
        if is_too_often(PDF, client_address(request)):
            return too_often(request, PDF)
        try:
            content = render_pdf(
                "pdf/proposed_list.html", {"paper": paper_of(case_list, POSTING), "case_list": case_list}
            )
        except RendererMissingError as missing:
            raise Http404 from missing
        cache.set(key, content, _KEPT_SECONDS)
    return attachment(
        content, name=f"{_('Danh sách niêm yết')} {reference}.pdf", content_type="application/pdf"
    )


def _list(area: str, reference: str) -> PublicList:
    shown = public_list(area, reference)
    if shown is None:
        raise Http404
    return shown


def _crumbs(area: str, *, is_last: bool = True) -> list[Crumb]:
    parts = [Crumb(_("Danh sách công khai"), "/public/lists/")]
    if len(area) == COMMUNE_DIGITS:
        parts.append(Crumb(parent_name(area), f"/public/lists/{area[:5]}/"))
    if len(area) > 2:
        parts.append(Crumb(area_name(area), "" if is_last else f"/public/lists/{area}/"))
    return parts if len(area) > 2 or not is_last else []
