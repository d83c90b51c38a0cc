"""What the pages of the movement share: finding records, crumbs, tabs, a page with one form."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.permissions import reads_records
from core.page_parts import Crumb, Tab
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.wording import Text
from core.workflow import Actor
from reports.models import Movement, Participant
from reports.permissions import decides_awards, keeps_reports
from reports.queries.announced import get_announced
from reports.queries.emulation import counts_of

HOME: Final = Crumb(lazy("Thi đua"), "/emulation/")
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def reader_of(request: HttpRequest) -> Actor:
    """The signed-in reader; PermissionDenied for who sees no records."""
    actor = actor_of(request)
    if not reads_records(actor):
        raise PermissionDenied
    return actor


def movement_of(request: HttpRequest, reference: str) -> Movement:
    """The movement, for everybody who works below its area; 404 for others."""
    return get_announced(Movement.objects.all(), reader_of(request), reference=reference)


def participant_of(request: HttpRequest, reference: str) -> Participant:
    """A participant of one's own area with its movement; 404 for others."""
    found: Participant = get_visible(
        Participant.objects.select_related("movement"), reader_of(request), reference=reference
    )
    return found


def sits_above(actor: Actor, movement: Movement) -> bool:
    """Whether the council and its minutes are this person's business: those of the movement's own area."""
    return movement.area_code.startswith(actor.area_code) and reads_records(actor)


def crumbs(movement: Movement, *parts: Crumb) -> list[Crumb]:
    """The way from the list of movements to a page."""
    here = Crumb(movement.number, reverse("reports:movement_page", args=[movement.reference]))
    return [HOME, here, *parts] if parts else [HOME, Crumb(movement.number)]


def tabs_of(movement: Movement, actor: Actor, current: str) -> list[Tab]:
    """The parts of a movement with how much stands at each."""
    counts = counts_of(movement, actor)
    shown: list[tuple[str, Text, int | None, bool]] = [
        ("movement_page", _("Tổng quan"), None, False),
        ("participant_list", _("Đăng ký"), counts.participants, False),
        ("achievement_list", _("Thành tích"), counts.achievements, counts.waiting > 0),
        ("proposal_list", _("Đề nghị khen thưởng"), counts.proposals, counts.open_proposals > 0),
    ]
    if sits_above(actor, movement):
        shown.append(("council_page", _("Hội đồng"), None, False))
    return [
        Tab(label, reverse(f"reports:{name}", args=[movement.reference]), count, name == current, is_hot)
        for name, label, count, is_hot in shown
    ]


def rights_of(actor: Actor) -> dict[str, bool]:
    """What the buttons of the pages ask."""
    return {"keeps": keeps_reports(actor), "decides": decides_awards(actor)}


Save = Callable[[Any], tuple[str, str]]


def form_page(
    request: HttpRequest,
    form: forms.Form,
    save: Save,
    *,
    title: Text,
    label: Text,
    back: str,
    crumb_parts: list[Crumb],
    hint: Text = "",
    notes: list[Text] | None = None,
) -> HttpResponse:
    """A page with one form: `save` does it and answers where to go and what to say; a refusal keeps what was typed (422)."""
    if request.method == "POST" and form.is_valid():
        try:
            address, said = save(form)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        except PermissionDenied as denied:
            form.add_error(None, str(denied))
        else:
            messages.success(request, said)
            return redirect(address)
    context = {
        "form": form,
        "title": title,
        "label": label,
        "back": back,
        "hint": hint,
        "notes": notes or [],
        "crumb_parts": crumb_parts,
    }
    return render(request, "reports/emulation/form.html", context, status=422 if form.errors else 200)
