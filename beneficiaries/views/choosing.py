"""Choosing whom a record is about: somebody found by number, name or reference, or somebody who is not in the system yet.

What is searched for is posted, since it may be an identity number; whoever is chosen stands in the address by reference.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.queries import area_names
from beneficiaries.models import Household, HouseholdMember, Person
from beneficiaries.queries.people_search import FoundPerson, search_people
from beneficiaries.views.form_pages import Act
from core.dates import format_date
from core.page_parts import Crumb
from core.requests import actor_of
from core.search_queries import SearchQuery, read_query
from core.shortcuts import get_visible
from core.text import mask_number
from core.wording import Text
from core.workflow import Actor

MOST_FOUND: Final = 20


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody (or a household) to choose: the name, what tells them apart, and where choosing leads, by label."""

    name: str
    about: tuple[str, ...]
    area: str
    why: Text
    choices: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Choosing:
    """What is asked on the page; `new_label` is the button that begins somebody new, "" where nobody new is taken.

    `name` is the word in the address for the chosen person. With `by_household` a person is chosen with their household:
    the household they are in, or a new one of which they are the head.
    """

    act: Act
    crumb_parts: Sequence[Crumb]
    question: Text
    new_label: str = ""
    choose_label: str = ""
    name: str = "person"
    by_household: bool = False


def is_choosing(request: HttpRequest, *names: str) -> bool:
    """Nobody is chosen yet: the page that asks for somebody is shown, or was sent."""
    if request.method == "POST":
        return request.POST.get("step") == "choose" and "new" not in request.POST
    return not any(request.GET.get(name) for name in names)


def chosen_person(request: HttpRequest, actor: Actor, name: str = "person") -> Person | None:
    """The person whom the address names: 404 outside one's area; None when it names nobody."""
    reference = request.GET.get(name, "")
    if not reference:
        return None
    person: Person = get_visible(Person, actor, reference=reference)
    return person


def choosing_page(request: HttpRequest, choosing: Choosing) -> HttpResponse:
    """The search with what it found; 422 for a text that can't be searched for."""
    actor = actor_of(request)
    text = request.POST.get("q", "")
    query = read_query(text)
    is_asked = request.method == "POST"
    lines = _lines(request, choosing, query, actor) if is_asked else []
    is_unclear = is_asked and query.is_empty and not lines
    context = {
        "act": choosing.act,
        "crumb_parts": choosing.crumb_parts,
        "choosing": choosing,
        "text": text,
        "lines": lines,
        "is_asked": is_asked,
        "is_unclear": is_unclear,
        "is_cut": len(lines) >= MOST_FOUND,
    }
    return render(request, "beneficiaries/registers/choose.html", context, status=422 if is_unclear else 200)


def _lines(request: HttpRequest, choosing: Choosing, query: SearchQuery, actor: Actor) -> list[Line]:
    found = search_people(query, actor, limit=MOST_FOUND)
    theirs = _households_of(found) if choosing.by_household else {}
    households = _named_households(query, actor) if choosing.by_household else []
    areas = area_names([*(one.area_code for one in found), *(one.area_code for one in households)])
    lines = [
        Line(
            household.head_name,
            tuple(fact for fact in (household.reference, household.code, household.hamlet) if fact),
            areas[household.area_code],
            _("Hộ gia đình"),
            ((_address(request, "household", household.reference), _("Chọn hộ này")),),
        )
        for household in households
    ]
    people = [
        Line(
            one.full_name,
            _about(one),
            areas[one.area_code],
            one.why_text,
            _choices(request, choosing, one, theirs.get(one.person_id), actor),
        )
        for one in found
    ]
    return [*lines, *people]


def _choices(
    request: HttpRequest, choosing: Choosing, one: FoundPerson, household: Household | None, actor: Actor
) -> tuple[tuple[str, Text], ...]:
    if not choosing.by_household:
        return ((_address(request, choosing.name, one.reference), choosing.choose_label or _("Chọn")),)
    new = (_address(request, "head", one.reference), _("Lập hộ mới, là chủ hộ"))
    if household is None:
        return (new,)
    if not household.area_code.startswith(actor.area_code):
        return ()
    words = _("Chọn hộ của %(head)s") % {"head": household.head_name}
    return ((_address(request, "household", household.reference), words),)


def _about(one: FoundPerson) -> tuple[str, ...]:
    birth = format_date(one.birth) if isinstance(one.birth, dt.date) else str(one.birth or "")
    number = mask_number("0" * 9 + one.number_last3) if one.number_last3 else ""
    facts = (birth, number, one.hamlet, one.reference)
    return tuple(fact for fact in facts if fact)


def _households_of(found: Sequence[FoundPerson]) -> Mapping[int, Household]:
    members = HouseholdMember.objects.filter(
        person__in=[one.person_id for one in found], valid_to__isnull=True, is_replaced=False
    )
    return {member.person_id: member.household for member in members.select_related("household")}


def _named_households(query: SearchQuery, actor: Actor) -> list[Household]:
    """Households by their reference or by the commune's number of them."""
    rows = Household.objects.visible_to(actor)
    if query.reference:
        return list(rows.filter(reference=str(query.reference))[:MOST_FOUND])
    coded = rows.filter(code__iexact=query.text) if query.text else rows.none()
    return list(coded.order_by("area_code", "pk")[:MOST_FOUND])


def _address(request: HttpRequest, name: str, reference: str) -> str:
    """This page with the chosen one in its address, and what the address carried already."""
    query: QueryDict = request.GET.copy()
    query[name] = reference
    return f"{request.path}?{query.urlencode()}"
