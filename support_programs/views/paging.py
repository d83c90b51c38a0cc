"""Pages of a table: 25, 50 or 100 rows, never endless."""

from typing import Any, Final, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from support_programs.queries.case_filter import NAMES

M = TypeVar("M", bound=Model)
SIZES: Final = (25, 50, 100)


def page_of(request: HttpRequest, rows: QuerySet[M], *, unfiltered: int | None = None) -> Page[Any]:
    """The page that the address asks for; a number that doesn't exist gives the nearest one.

    `unfiltered` is the number of rows when the address filters nothing, where the caller has counted them already.
    """
    wanted = request.GET.get("size", "")
    size = int(wanted) if wanted.isdecimal() and int(wanted) in SIZES else SIZES[0]
    paginator = Paginator(rows, size)
    if unfiltered is not None and not any(request.GET.get(name) for name in NAMES):
        # the count is a cached property: what is there is not asked for again
        vars(paginator)["count"] = unfiltered
    return paginator.get_page(request.GET.get("page"))
