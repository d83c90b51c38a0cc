"""The people of one's area, and one person with everything that is known of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from accounts.queries import area_name
from beneficiaries.models import Person
from beneficiaries.queries.person_panels import person_panels
from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible


@require_GET
def person_list(request: HttpRequest) -> HttpResponse:
    """The people of one's area, in the order of a Vietnamese list."""
    actor = actor_of(request)
    people = Person.objects.visible_to(actor).filter(joined_to=None).order_by("name_sort", "pk")[:25]
    context = {"people": people, "area_name": area_name(actor.area_code)}
    return render(request, "beneficiaries/people/person_list.html", context)


@require_GET
def person_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One person with the panels of every app; 404 outside one's area."""
    actor = actor_of(request)
    person: Person = get_visible(Person, actor, reference=reference)
    context = {
        "person": person,
        "area": area_name(person.area_code),
        "panels": person_panels(actor, person),
        "crumb_parts": [Crumb(lazy("Người thụ hưởng"), "/people/"), Crumb(person.reference)],
    }
    return render(request, "beneficiaries/people/person_page.html", context)
