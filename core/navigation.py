"""The navigation bar and the help of each page: both are data, listed by the composition root (config/navigation.py, help.py)."""

import re
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


@dataclass(frozen=True, slots=True)
class HelpTopic:
    """The help of one area of work; `pages` are patterns of the addresses that it belongs to."""

    code: str
    title: Text
    icon: str
    pages: tuple[str, ...]


def topic_of(path: str, topics: Iterable[HelpTopic]) -> HelpTopic | None:
    """The first topic that a page belongs to; None where none claims it."""
    return next((topic for topic in topics if any(re.match(page, path) for page in topic.pages)), None)


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
