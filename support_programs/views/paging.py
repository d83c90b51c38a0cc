"""Pages of a table: 25, 50 or 100 rows, never endless."""

from typing import Any, Final, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)
SIZES: Final = (25, 50, 100)


def page_of(request: HttpRequest, rows: QuerySet[M]) -> Page[Any]:
    """The page that the address asks for; a number that doesn't exist gives the nearest one."""
    wanted = request.GET.get("size", "")
    size = int(wanted) if wanted.isdecimal() and int(wanted) in SIZES else SIZES[0]
    return Paginator(rows, size).get_page(request.GET.get("page"))
