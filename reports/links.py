"""From a figure to the list behind it. A page that isn't there gives no address, and the figure stands without a link."""

from typing import Final
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

LISTS: Final = "support_programs:list_list"


def link(name: str, **filters: str) -> str:
    """The address of a list with filters; empty values are left out."""
    try:
        address = reverse(name)
    except NoReverseMatch:
        return ""
    query = urlencode({key: value for key, value in filters.items() if value})
    return f"{address}?{query}" if query else address


def case_link(reference: str) -> str:
    """The page of a case."""
    try:
        return reverse("support_programs:case_page", args=[reference])
    except NoReverseMatch:
        return ""
