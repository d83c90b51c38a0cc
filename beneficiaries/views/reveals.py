"""A number of a person shown whole. What is asked and answered goes by POST only: no number stands in an address or a log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.permissions import is_accountant
from beneficiaries.models import Person
from beneficiaries.queries.person_panels import Panel
from beneficiaries.services.reveals import PURPOSES, Revealed, RevealRefused, reveal_number, revealables
from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.workflow import Actor

TEMPLATE = "beneficiaries/people/reveal.html"


@sensitive_variables("shown", "context")
@require_http_methods(["GET", "POST"])
def person_reveal(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a number (GET), or see it this once (POST): the card alone for htmx, a whole page otherwise; 422 when refused."""
    actor = actor_of(request)
    person: Person = get_visible(Person, actor, reference=reference)
    shown: Revealed | None = None
    refusal: RevealRefused | None = None
    if not revealables(person, actor):
        raise PermissionDenied(_("Vai trò của bạn chỉ xem số đã che."))
    if request.method == "POST":
        try:
            shown = reveal_number(
                person=person,
                code=request.POST.get("code", ""),
                purpose=request.POST.get("purpose", ""),
                note=request.POST.get("note", ""),
                actor=actor,
            )
        except RevealRefused as refused:
            refusal = refused
    typed = {"purpose": request.POST.get("purpose"), "note": request.POST.get("note", "")}
    panel = reveal_context(actor, person, shown=shown, refusal=refusal, typed=typed)
    context = {
        "panel": panel,
        "person": person,
        "crumb_parts": [
            Crumb(lazy("Người thụ hưởng"), "/people/"),
            Crumb(person.full_name, f"/people/{person.reference}/"),
            Crumb(lazy("Xem số đầy đủ")),
        ],
    }
    template = TEMPLATE if request.headers.get("HX-Request") else "beneficiaries/people/reveal_page.html"
    response = render(request, template, context, status=422 if refusal else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def reveal_context(
    actor: Actor,
    person: Person,
    *,
    shown: Revealed | None = None,
    refusal: RevealRefused | None = None,
    typed: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What the card of numbers shows; the purpose that the role usually has is chosen already, so that one click is enough."""
    typed = typed or {}
    usual = "payment" if is_accountant(actor) else "papers"
    return {
        "person": person,
        "numbers": revealables(person, actor),
        "purposes": PURPOSES.items(),
        "purpose": typed["purpose"] if typed.get("purpose") is not None else usual,
        "note": typed.get("note", ""),
        "shown": shown,
        "refusal": refusal,
    }


def reveal_panel(actor: Actor, person: Person) -> Panel | None:
    """The card on the person's page; nothing for who only reads masked numbers."""
    context = reveal_context(actor, person)
    return Panel(TEMPLATE, context) if context["numbers"] else None
