"""Pages of a table: 25, 50 or 100 rows, never endless."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict

M = TypeVar("M", bound=Model)
SIZES: Final = (25, 50, 100)


def page_of(request: HttpRequest, rows: QuerySet[M], *, count: int | None = None) -> Page[Any]:
    """The page that the address asks for; a number that doesn't exist gives the nearest one. `count` where it is known."""
    wanted = request.GET.get("size", "")
    size = int(wanted) if wanted.isdecimal() and int(wanted) in SIZES else SIZES[0]
    paginator = Paginator(rows, size)
    if count is not None:
        # the count is a cached property: what is there is not asked for again
        vars(paginator)["count"] = count
    return paginator.get_page(request.GET.get("page"))


def address_with(request: HttpRequest, **changed: str) -> str:
    """The address's query with some names changed ("" takes one out); the page number is always left out."""
    query: QueryDict = request.GET.copy()
    query.pop("page", None)
    for name, value in changed.items():
        if value:
            query[name] = value
        else:
            query.pop(name, None)
    return f"?{query.urlencode()}"
