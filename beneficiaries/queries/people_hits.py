"""People for the search of the masthead, and what it says when nobody and nothing was found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.queries import area_name, area_names
from beneficiaries.queries.people_search import FoundPerson, search_neighbours, search_people
from core.search import (
    MOST_HITS,
    Hit,
    HitGroup,
    NothingFound,
    SearchQuery,
    address_of,
    list_address,
    register_nothing_found,
    register_searcher,
)
from core.text import inside_sentence, mask_number
from core.workflow import Actor

_PLAIN = ("exact", "words", "number")  # what the line shows by itself


def find_people(query: SearchQuery, actor: Actor) -> list[Hit]:
    """The best that fit, each human once."""
    found = search_people(query, actor, limit=MOST_HITS + 1)
    names = area_names(each.area_code for each in found)
    return [_hit(each, names) for each in found]


def nothing_found(query: SearchQuery, actor: Actor) -> NothingFound:
    """Where was searched, and people whose names are near to the typed one. A number is not repeated."""
    place = inside_sentence(area_name(actor.area_code))
    what = f"“{query.text}”" if query.name or query.reference else _("số này")
    title = _("Không tìm thấy %(what)s tại %(place)s") % {"what": what, "place": place}
    near = search_neighbours(query, actor, limit=MOST_HITS)
    if not near:
        return NothingFound(title, _("Có thể gõ sai, hoặc thuộc đơn vị khác."))
    names = area_names(each.area_code for each in near)
    group = HitGroup(lazy("Tên gần giống"), tuple(_hit(each, names) for each in near))
    return NothingFound(title, _("Có thể người cần tìm được ghi bằng chữ khác:"), group)


def register() -> None:
    """Make people known to the search; called when the app is ready."""
    register_searcher("people", lazy("Người thụ hưởng"), find_people, order=5, list_url=_all_people)
    register_nothing_found(nothing_found)


def _hit(each: FoundPerson, names: Mapping[str, str]) -> Hit:
    facts = (
        f"{each.birth:%d/%m/%Y}" if isinstance(each.birth, dt.date) else str(each.birth or ""),
        mask_number("0" * 9 + each.number_last3) if each.number_last3 else "",
        ", ".join(filter(None, (each.hamlet, names[each.area_code]))),
        _("đã gộp với %(name)s") % {"name": each.joined_name} if each.joined_name else "",
        "" if each.why in _PLAIN else str(each.why_text),
    )
    return Hit(
        title=each.full_name,
        url=address_of("beneficiaries:person_page", each.reference),
        reference=each.reference,
        facts=tuple(filter(None, facts)),
    )


def _all_people(query: SearchQuery) -> str:
    return list_address("beneficiaries:person_list", query)
