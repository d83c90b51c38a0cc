"""The way from case to case: the table that an officer came from is kept, and a decision leads on to the next row of it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.wording import Text
from core.workflow import Actor
from support_programs.models import Case
from support_programs.permissions import any_appraiser
from support_programs.queries import case_page as page_queries
from support_programs.queries.worklist import Neighbours, kept_query, neighbours_in
from support_programs.services.presence import leave


@dataclass(frozen=True, slots=True)
class Way:
    """The query that names the table (`from` of the address), and what the page's links carry on."""

    query: str

    @property
    def suffix(self) -> str:
        """`?from=…`, to be put behind an address of the case; "" where nobody came from a table."""
        return f"?{urlencode({'from': self.query})}" if self.query else ""


def way_of(request: HttpRequest) -> Way:
    """The way that a page's address carries."""
    return Way(kept_query(request.GET.get("from", "")))


def neighbours_on(way: Way, case: Case, actor: Actor) -> Neighbours | dict[str, object] | None:
    """The rows before and after the case: of the table that the officer came from, else of its list."""
    return neighbours_in(actor, way.query, case) if way.query else page_queries.neighbours_of(case)


@dataclass(frozen=True, slots=True)
class Onward:
    """Where to go once the case is decided, asked before it is."""

    next_url: str
    list_id: int | None


def onward_from(request: HttpRequest, case: Case, actor: Actor) -> Onward:
    """The next row of the table that the officer came from; without one, of the case's list."""
    way = way_of(request)
    return Onward(neighbours_in(actor, way.query, case).next_url if way.query else "", case.case_list_id)


def go_on(
    request: HttpRequest, case: Case, actor: Actor, onward: Onward, done: str, *, undo: str = ""
) -> HttpResponse:
    """Say what was done, with a way to take it back where the workflow has one, and open the next case; this one at the end."""
    leave(case, actor)
    page = reverse("support_programs:case_page", args=[case.reference])
    links: list[tuple[str, Text]] = [(page, case.reference)]
    if undo:
        links.append((reverse("support_programs:case_act", args=[case.reference, undo]), _("Hoàn tác")))
    shown = [format_html('<a href="{}">{}</a>', url, label) for url, label in links]
    messages.success(
        request, format_html("{} {}", done, format_html(" · ".join(["{}"] * len(shown)), *shown))
    )
    if onward.next_url:
        return redirect(onward.next_url)
    following = page_queries.next_to_appraise(case, onward.list_id) if any_appraiser(actor) else ""
    return redirect("support_programs:case_page", reference=following or case.reference)
