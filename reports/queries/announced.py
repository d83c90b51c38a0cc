"""What is announced to everybody who works below an area: a movement of the province is read in every commune."""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from core.querysets import Viewer, area_filter

M = TypeVar("M", bound=Model)


def announced(rows: QuerySet[M], user: Viewer) -> QuerySet[M]:
    """Rows of the viewer's area, of what lies below, and of the areas above; nothing for who sees no records."""
    if not user.sees_records or not user.area_code:
        return rows.none()
    above = [user.area_code[:digits] for digits in (2, 5) if digits < len(user.area_code)]
    return rows.filter(area_filter(user.area_code) | Q(area_code__in=above))


def get_announced(rows: QuerySet[M], user: Viewer, **lookup: Any) -> M:
    """The one row that fits, if it is announced to this user; Http404 otherwise."""
    found = announced(rows, user).filter(**lookup).first()
    if found is None:
        raise Http404(_("Không tìm thấy, hoặc thuộc đơn vị khác."))
    return found
