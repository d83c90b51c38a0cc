"""What views share."""

from typing import Any, TypeVar

from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _

from core.querysets import FencedQuerySet, Viewer

M = TypeVar("M", bound=models.Model)


def get_visible(source: type[M] | FencedQuerySet[M], user: Viewer, **lookup: Any) -> M:
    """The one record that fits, if this user may see it; Http404 otherwise, whether it is missing or outside their area."""
    rows = source if isinstance(source, FencedQuerySet) else source._default_manager.all()
    if not isinstance(rows, FencedQuerySet):
        raise TypeError(f"{rows.model.__name__} has no area fence")
    record: M | None = rows.visible_to(user).filter(**lookup).first()
    if record is None:
        raise Http404(_("Không tìm thấy, hoặc thuộc đơn vị khác."))
    return record
