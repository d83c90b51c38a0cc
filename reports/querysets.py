"""Who sees what is announced from above."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from core.querysets import FencedQuerySet, Viewer, area_filter

M = TypeVar("M", bound=models.Model)


class SharedQuerySet(FencedQuerySet[M]):
    """Notices of an area to all who work below it: a movement of the province is read in every commune."""

    def visible_to(self, user: Viewer) -> Self:
        """Rows of the viewer's area, of what lies below, and of the areas above."""
        if not user.sees_records or not user.area_code:
            return self.none()
        above = [user.area_code[:digits] for digits in (2, 5) if digits < len(user.area_code)]
        return self.filter(area_filter(user.area_code) | Q(area_code__in=above))


def shared(model: type[M]) -> SharedQuerySet[M]:
    """The rows of a model that are announced downwards."""
    return SharedQuerySet(model)
