"""Filters that an officer keeps under a name: theirs alone, on the page where they were made."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.models import SavedView
from support_programs.queries.worklist import kept_query

PAGES: Final = ("home", "cases", "lists")
MOST: Final = 20


@transaction.atomic
def save_view(*, page: str, name: str, query: str, actor: Actor) -> SavedView:
    """Keep what an address filters under a name; the same name again is written over. Identity numbers in it are not kept.

    Refused: an address that filters nothing, a page without filters, more than 20 of one page.
    """
    kept = kept_query(query)
    if page not in PAGES or not kept:
        raise TransitionRefused(_("Trang này đang không lọc gì. Hãy chọn bộ lọc rồi lưu."))
    mine = SavedView.objects.filter(user_id=actor.pk, page=page)
    found = mine.filter(name=name.strip()).first()
    if found is None and mine.count() >= MOST:
        raise TransitionRefused(_("Bạn đã lưu 20 bộ lọc của trang này. Hãy xóa bớt rồi lưu."))
    view = found or SavedView(user_id=actor.pk, page=page, name=name.strip())
    view.query = kept
    view.save()
    return view


@transaction.atomic
def rename_view(view: SavedView, *, name: str, actor: Actor) -> None:
    """Another name for a filter; refused where another one has it."""
    others = SavedView.objects.filter(user_id=actor.pk, page=view.page, name=name.strip())
    if others.exclude(pk=view.pk).exists():
        raise TransitionRefused(_("Bạn đã có bộ lọc tên «%(name)s».") % {"name": name.strip()})
    SavedView.objects.filter(pk=view.pk, user_id=actor.pk).update(name=name.strip())


@transaction.atomic
def delete_view(view: SavedView, *, actor: Actor) -> None:
    """The filter is forgotten; no record is touched."""
    SavedView.objects.filter(pk=view.pk, user_id=actor.pk).delete()
