"""Poor and near-poor households and their members on a day, by unit."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr

from beneficiaries.enums import RegisterCode
from beneficiaries.models import HouseholdMember, Status
from core.querysets import Viewer
from reports.queries.areas import AreaChoice
from reports.queries.monthly_regimes import month_bounds

# unit, which group (poor, near_poor), what is counted (households, members)
Key = tuple[str, str, str]


def poverty_on(viewer: Viewer, choice: AreaChoice, on: dt.date) -> Counter[Key]:
    """How many count on a day; a member of a household counts where the household is. Two queries."""
    entries: QuerySet[Status] = Status.objects.visible_to(viewer).in_area(choice.unit.area_code)
    members: QuerySet[HouseholdMember] = HouseholdMember.objects.visible_to(viewer)
    members = members.filter(_holds(on), _poor(on, "household__statuses__"), is_replaced=False)
    found: Counter[Key] = Counter()
    for what, rows, area, category in (
        ("households", entries.filter(_poor(on)), "area_code", "category"),
        (
            "members",
            members.filter(household__area_code__startswith=choice.unit.area_code),
            "household__area_code",
            "household__statuses__category",
        ),
    ):
        found.update({(unit, of, what): n for unit, of, n in _counted(rows, choice, area, category)})
    return found


def months_of(first: dt.date, last: dt.date, most: int) -> list[dt.date]:
    """The last days of the months of a period, that of its last month being `last`: the newest `most`, oldest first."""
    days: list[dt.date] = []
    day = last
    while day >= first and len(days) < most:
        days.append(day)
        day = month_bounds(day)[0] - dt.timedelta(days=1)
    return days[::-1]


def _counted(
    rows: QuerySet[Any], choice: AreaChoice, area: str, category: str
) -> Iterator[tuple[str, str, int]]:
    counted = (
        rows.order_by()
        .annotate(unit=Substr(area, 1, choice.prefix_length), of=F(category))
        .values_list("unit", "of")
        .annotate(n=Count("pk", distinct=True))
    )
    yield from counted


def _holds(on: dt.date, path: str = "") -> Q:
    open_end = Q(**{f"{path}valid_to__isnull": True}) | Q(**{f"{path}valid_to__gte": on})
    return Q(**{f"{path}valid_from__lte": on}) & open_end


def _poor(on: dt.date, path: str = "") -> Q:
    known = Q(**{f"{path}register": RegisterCode.POOR_HOUSEHOLDS, f"{path}is_replaced": False})
    return known & _holds(on, path)
