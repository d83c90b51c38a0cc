"""The search in the masthead: each app says how its records are found (in `apps.py`), this module asks them all.

A query is read once: is it a reference, an identity number, a phone number, or a name? Searchers answer within what the
person may see; a reference leads straight to its page.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core.search_queries import SHORTEST_NAME, SearchQuery, read_query
from core.wording import Text
from core.workflow import Actor

__all__ = [
    "MOST_HITS",
    "SHORTEST_NAME",
    "Hit",
    "HitGroup",
    "NothingFound",
    "SearchQuery",
    "address_of",
    "find",
    "list_address",
    "nothing_found",
    "only_page",
    "page_of_reference",
    "read_query",
    "register_nothing_found",
    "register_reference_page",
    "register_searcher",
]

MOST_HITS: Final = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: its name, its page ("" where this person has none), what else tells it apart, its state, and `why` it
    was found where that isn't plain.
    """

    title: str
    url: str
    reference: str = ""
    facts: tuple[str, ...] = ()
    status: tuple[str, str] = ("", "")
    why: Text = ""


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The hits of one kind; `more_url` opens the list with all of them when there are more than are shown."""

    label: Text
    hits: tuple[Hit, ...]
    has_more: bool = False
    more_url: str = ""

    @property
    def has_status(self) -> bool:
        return any(hit.status[0] for hit in self.hits)

    @property
    def has_why(self) -> bool:
        return any(hit.why for hit in self.hits)


@dataclass(frozen=True, slots=True)
class NothingFound:
    """What is said when nothing fits: where was searched, the way out, and what the text may have meant."""

    title: str
    text: Text
    near: HitGroup | None = None


@dataclass(frozen=True, slots=True, order=True)
class _Searcher:
    order: int
    kind: str
    label: Text = field(compare=False)
    search: Callable[[SearchQuery, Actor], list[Hit]] = field(compare=False)
    list_url: Callable[[SearchQuery], str] | None = field(compare=False, default=None)


_searchers: Final[dict[str, _Searcher]] = {}
_reference_pages: Final[dict[str, str]] = {}
_nothing_found: Final[list[Callable[[SearchQuery, Actor], NothingFound]]] = []


def register_searcher(
    kind: str,
    label: Text,
    search: Callable[[SearchQuery, Actor], list[Hit]],
    *,
    order: int,
    list_url: Callable[[SearchQuery], str] | None = None,
) -> None:
    """Add a kind of record to the search; lower orders come first.

    `search` gives at most MOST_HITS + 1 hits, all of which the actor may see.
    `list_url` gives the address of the full list; never put an identity number or phone into it.
    """
    _searchers[kind] = _Searcher(order, kind, label, search, list_url)


def register_reference_page(prefix: str, url_name: str) -> None:
    """Say which page shows the record of a reference; it takes the one argument `reference` and answers 404 where it must."""
    _reference_pages[prefix] = url_name


def find(query: SearchQuery, actor: Actor) -> list[HitGroup]:
    """The groups with hits, in the order of the registry."""
    groups = []
    for searcher in sorted(_searchers.values()):
        hits = searcher.search(query, actor)
        if not hits:
            continue
        has_more = len(hits) > MOST_HITS
        more_url = searcher.list_url(query) if has_more and searcher.list_url else ""
        groups.append(HitGroup(searcher.label, tuple(hits[:MOST_HITS]), has_more, more_url))
    return groups


def register_nothing_found(say: Callable[[SearchQuery, Actor], NothingFound]) -> None:
    """Say what a search without any hit answers; the app that knows the names of places and people does."""
    _nothing_found[:] = [say]


def nothing_found(query: SearchQuery, actor: Actor) -> NothingFound:
    """What to say when `find` gave nothing."""
    if _nothing_found:
        return _nothing_found[0](query, actor)
    return NothingFound(_("Không tìm thấy trong đơn vị của bạn"), _("Có thể gõ sai, hoặc thuộc đơn vị khác."))


def only_page(groups: list[HitGroup]) -> str:
    """The page that a whole number leads to: of the one case, else of the one person; "" where there is something to choose.

    Groups come from the general to the particular (a person, their cases), and all of them are of that number.
    """
    if not groups or len(groups[0].hits) != 1:
        return ""
    alone = [group.hits[0].url for group in groups if len(group.hits) == 1]
    return next((url for url in reversed(alone) if url), "")


def page_of_reference(reference: str) -> str:
    """The address of the page of a record, "" when its kind has none."""
    url_name = _reference_pages.get(reference[:2])
    return address_of(url_name, reference) if url_name else ""


def address_of(url_name: str, *args: str) -> str:
    """The address of a page, "" when it isn't installed."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return ""


def list_address(url_name: str, query: SearchQuery) -> str:
    """The address of a list filtered by the name that was searched; a number or a phone never stands in it."""
    page = address_of(url_name)
    return f"{page}?{urlencode({'q': query.address_text})}" if page and query.address_text else ""
