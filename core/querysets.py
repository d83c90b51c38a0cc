"""The one rule of what a person may see."""

from typing import Protocol, Self, TypeVar

from django.db import models
from django.db.models import Q

from core.fence import area_bounds

M = TypeVar("M", bound=models.Model)


class Viewer(Protocol):
    """What the rule asks of a user."""

    area_code: str

    @property
    def sees_records(self) -> bool: ...


def area_filter(area_code: str, field: str = "area_code") -> Q:
    """Rows of an area and of all below it, as the range that the database's fence uses too."""
    low, high = area_bounds(area_code)
    return Q(**{f"{field}__gte": low, f"{field}__lt": high})


class FencedQuerySet(models.QuerySet[M]):
    """Rows that belong to an area by their own `area_code`."""

    def in_area(self, area_code: str) -> Self:
        """Rows of this area and of all below it."""
        return self.filter(area_filter(area_code))

    def visible_to(self, user: Viewer) -> Self:
        """What this user may see: the rows of their area; nothing at all without a role that reads records."""
        return self.in_area(user.area_code) if user.sees_records else self.none()


# one class for all: `objects = FencedManager()`
FencedManager = models.Manager.from_queryset(FencedQuerySet)
