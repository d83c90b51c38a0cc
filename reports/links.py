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


def overview_link(area_code: str, period: str) -> str:
    """The overview of an area."""
    return link("reports:overview", area=area_code, period=period)


def people_link(area_code: str, stage: str) -> str:
    """The people behind a figure of the overview."""
    return link("reports:people", area=area_code, stage=stage)


def late_link(area_code: str) -> str:
    """The late lists of an area."""
    return link(LISTS, area=area_code, programme="LD_TU_DO", late="1")


def case_link(reference: str) -> str:
    """The page of a case."""
    try:
        return reverse("support_programs:case_page", args=[reference])
    except NoReverseMatch:
        return ""
