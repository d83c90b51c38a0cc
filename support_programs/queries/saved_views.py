"""Filters that somebody kept, as the chips above a table."""

from dataclasses import dataclass

from django.urls import reverse

from core.workflow import Actor
from support_programs.models import SavedView
from support_programs.queries.worklist import kept_query

PAGE_NAMES = {"home": "home", "cases": "support_programs:case_list", "lists": "support_programs:list_list"}


@dataclass(frozen=True, slots=True)
class SavedChip:
    """One of them: the address that it stands for, and whether that is what the page shows now."""

    pk: int
    name: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class SavedViews:
    """Those of one page, what the page filters now, and which of them that is."""

    page: str
    query: str
    chips: tuple[SavedChip, ...]

    @property
    def current(self) -> SavedChip | None:
        return next((chip for chip in self.chips if chip.is_current), None)

    @property
    def can_save(self) -> bool:
        """The page filters something that isn't kept yet."""
        return bool(self.query) and self.current is None


def saved_views_of(actor: Actor, page: str, query: str) -> SavedViews:
    """One query, by name."""
    now = kept_query(query)
    address = reverse(PAGE_NAMES[page])
    mine = SavedView.objects.filter(user_id=actor.pk, page=page).order_by("name")
    chips = (SavedChip(view.pk, view.name, f"{address}?{view.query}", view.query == now) for view in mine)
    return SavedViews(page, now, tuple(chips))
