"""People for the search of the masthead, and what a search says when nobody was found: where it looked, and the ways on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

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
from core.wording import Text
from core.workflow import Actor

_NEAR: Final = "near"  # said by the heading above
_COMMUNE: Final = 10
_MEANT: Final = lazy("Có thể người cần tìm được ghi bằng chữ khác:")
_ELSEWHERE: Final = lazy("Có thể gõ sai, hoặc thuộc đơn vị khác.")
_FEWER_WORDS: Final = lazy("Hãy thử bỏ bớt chữ, hoặc tìm ở địa bàn rộng hơn.")


def find_people(query: SearchQuery, actor: Actor) -> list[Hit]:
    """The best that fit, each human once."""
    found = search_people(query, actor, limit=MOST_HITS + 1)
    names = area_names(each.area_code for each in found)
    return [_hit(each, names) for each in found]


def nothing_found(query: SearchQuery, actor: Actor) -> NothingFound:
    """What the masthead says: where was searched, and people whose names are near to the typed one."""
    title = _("Không tìm thấy %(what)s tại %(place)s") % {
        "what": f"“{query.text}”" if _is_repeated(query) else _("số này"),
        "place": inside_sentence(area_name(actor.area_code)),
    }
    near = _near(query, actor, "")
    if not near:
        return NothingFound(title, _ELSEWHERE)
    return NothingFound(title, _MEANT, HitGroup(lazy("Tên gần giống"), near))


@dataclass(frozen=True, slots=True)
class NobodyFound:
    """What a list of people says: where was searched, the wider area that the actor may search ("" without one), near names."""

    title: str
    text: Text
    wider_area: str
    wider_label: str
    near: tuple[Hit, ...]


def nobody_found(query: SearchQuery, actor: Actor, area_code: str = "") -> NobodyFound:
    """To be shown when a search within `area_code` (all that the actor sees, without one) found nobody."""
    title = _("Không tìm thấy ai khớp với %(what)s tại %(place)s") % {
        "what": f"“{query.text}”" if _is_repeated(query) else _("số này"),
        "place": inside_sentence(area_name(area_code or actor.area_code)),
    }
    wider = _wider(actor, area_code)
    near = _near(query, actor, area_code)
    label = _("Tìm trong cả %(place)s") % {"place": inside_sentence(area_name(wider))} if wider else ""
    text = _MEANT if near else _FEWER_WORDS if wider else _ELSEWHERE
    return NobodyFound(title, text, wider, label, near)


def _is_repeated(query: SearchQuery) -> bool:
    """An identity number or a phone stands in the field that it was typed into, and nowhere else."""
    return not (query.numbers or query.phone)


def _wider(actor: Actor, area_code: str) -> str:
    """The area above, as far as the actor sees it."""
    above = area_code[:5] if len(area_code) == _COMMUNE else area_code[:2]
    return above if above != area_code and above.startswith(actor.area_code) else ""


def _near(query: SearchQuery, actor: Actor, area_code: str) -> tuple[Hit, ...]:
    found = search_neighbours(query, actor, area_code=area_code, limit=MOST_HITS)
    names = area_names(each.area_code for each in found)
    return tuple(_hit(each, names) for each in found)


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
    )
    return Hit(
        title=each.full_name,
        url=address_of("beneficiaries:person_page", each.reference),
        reference=each.reference,
        facts=tuple(filter(None, facts)),
        why="" if each.why == _NEAR else each.why_text,
    )


def _all_people(query: SearchQuery) -> str:
    return list_address("beneficiaries:person_list", query)
