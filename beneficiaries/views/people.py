"""The people of one's area, and one person with everything that is known of them."""

from __future__ import annotations

from typing import Any, Final, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from accounts.queries import area_name, children_of, place_name
from beneficiaries.models import Person
from beneficiaries.permissions import may_register, may_register_in
from beneficiaries.queries.people import LISTED, MOST_FOUND, found_rows, people_count, people_of, person_rows
from beneficiaries.queries.people_hits import nobody_found
from beneficiaries.queries.person_page import accounts_of, entries_of, origins_of, papers_of
from beneficiaries.queries.person_panels import person_panels
from beneficiaries.queries.timeline import timeline_of
from beneficiaries.views.paging import page_of
from beneficiaries.views.people_tabs import people_tabs
from core import clock
from core.page_parts import Chip, Crumb
from core.requests import actor_of, open_to_readers
from core.search import SearchQuery, read_query
from core.shortcuts import get_visible
from core.workflow import Actor

SHOWN_MOMENTS: Final = 12
REVEAL: Final = "beneficiaries/people/reveal.html"


@open_to_readers
@sensitive_post_parameters("q")
@sensitive_variables("typed", "query")
@require_http_methods(["GET", "POST"])
def person_list(request: HttpRequest) -> HttpResponse:
    """The people of one's area, or the best that a search finds.

    What is searched comes by POST. Words go on into the address, so that the list can be kept; a number never does: it is
    answered at once, and its only hit is opened.
    """
    actor = actor_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    area = _area_asked(actor, asked.get("area", ""))
    typed = asked.get("q", "").strip()
    query = read_query(typed) if typed else None
    if request.method == "POST" and (words := _address_words(query)) is not None:
        return redirect(f"{reverse('beneficiaries:person_list')}?{urlencode({'q': words, 'area': area})}")
    is_number = query is not None and bool(query.numbers or query.phone)
    is_hidden = is_number and request.method == "GET"
    context = _listed(request, actor, None if is_hidden else query, area)
    rows = context["page"].object_list
    if is_number and len(rows) == 1 and not is_hidden:
        return redirect("beneficiaries:person_page", reference=rows[0].reference)
    context |= {
        # a number stays in the field that it was typed into, and in no address
        "q": "" if is_hidden else typed,
        "is_hidden": is_hidden,
        "area": area,
        "areas": children_of(actor.area_code),
        "area_name": area_name(area or actor.area_code),
        "chips": _chips("" if is_number else typed, area),
        "tabs": people_tabs("beneficiaries:person_list"),
        "may_register": may_register(actor),
        "most_found": MOST_FOUND,
    }
    return render(request, "beneficiaries/people/person_list.html", context)


def _address_words(query: SearchQuery | None) -> str | None:
    """What of a search goes into the address; None for one that is answered at once and leaves no trace there."""
    if query is None:
        return ""
    return str(query.reference) if query.reference else query.address_text or None


def _area_asked(actor: Actor, area: str) -> str:
    return area if area in dict(children_of(actor.area_code)) else ""


def _listed(request: HttpRequest, actor: Actor, query: SearchQuery | None, area: str) -> dict[str, Any]:
    today = clock.today()
    if query is not None:
        rows = [] if query.is_empty else found_rows(query, actor, area, today)
        # what was answered at once has no address of its own, so no second page either
        whole = Paginator(rows, MOST_FOUND).page(1) if request.method == "POST" else None
        found = whole or page_of(request, cast("Any", rows))
        nobody = None if rows or query.is_empty else nobody_found(query, actor, area)
        return {"page": found, "is_search": True, "is_cut": len(rows) == MOST_FOUND, "nobody": nobody}
    count = people_count(actor, area)
    page = page_of(request, people_of(actor, area), count=min(count, LISTED))
    page.object_list = person_rows(list(page.object_list), actor, today)
    return {"page": page, "is_search": False, "is_cut": False, "listed": LISTED if count > LISTED else 0}


def _chips(typed: str, area: str) -> list[Chip]:
    chips = [Chip(f"“{typed}”", f"?{urlencode({'area': area})}")] if typed else []
    return [*chips, Chip(area_name(area), f"?{urlencode({'q': typed})}")] if area else chips


@require_GET
def person_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One person with the panels of every app; 404 outside one's area."""
    actor = actor_of(request)
    person = get_visible(Person.objects.select_related("joined_to"), actor, reference=reference)
    entries = entries_of(person, actor)
    ids = [entry.pk for entry in entries]
    moments = timeline_of(actor, ids)
    accounts = accounts_of(entries)
    panels = person_panels(actor, person)
    root = person.joined_to
    context = {
        "person": person,
        "area": place_name(person.area_code),
        "joined": entries[1:],
        "root": root,
        "is_root_near": bool(root and root.area_code.startswith(actor.area_code)),
        "papers": papers_of(entries),
        "accounts": accounts,
        "has_account": any(not (line.valid_to or line.of_entry) for line in accounts),
        "origins": origins_of(ids, actor),
        "panels": panels,
        "can_reveal": any(panel.template == REVEAL for panel in panels),
        "moments": moments[:SHOWN_MOMENTS],
        "more_moments": moments[SHOWN_MOMENTS:],
        "may_change": may_register_in(actor, person.area_code) and root is None,
        "crumb_parts": [
            Crumb(lazy("Người thụ hưởng"), reverse("beneficiaries:person_list")),
            Crumb(person.reference),
        ],
    }
    return render(request, "beneficiaries/people/person_page.html", context)
