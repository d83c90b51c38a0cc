"""The navigation bar: entries are data, chosen by role; the composition root (config/navigation.py) lists them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from core.page_parts import NavItem
from core.wording import Text
from core.workflow import Actor


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One entry for those whom `is_shown` lets through; `section` are further path beginnings that belong to it."""

    label: Text
    url_name: str
    icon: str
    is_shown: Callable[[Actor], bool]
    section: tuple[str, ...] = ()


def navigation_for(actor: Actor, entries: Iterable[NavEntry], path: str) -> list[NavItem]:
    """The entries of this person's roles; the one that the path is in is marked. A page that isn't installed is left out."""
    shown = [(entry, address) for entry in entries if entry.is_shown(actor) and (address := _address(entry))]
    current = max(
        (
            (len(start), entry)
            for entry, address in shown
            for start in (address, *entry.section)
            if _is_within(path, start)
        ),
        key=lambda found: found[0],
        default=None,
    )
    return [
        NavItem(entry.label, address, entry.icon, is_current=current is not None and entry is current[1])
        for entry, address in shown
    ]


def _address(entry: NavEntry) -> str:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""


def _is_within(path: str, start: str) -> bool:
    return path == start if start == "/" else path.startswith(start)
