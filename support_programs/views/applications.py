"""Applications from the public page at the desk that takes them in: the queue, one of them, and not taking it in."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.queries import area_names, place_name
from beneficiaries.models import Person
from beneficiaries.services.duplicates.hinting import HintRefused, hint_for
from core.badges import badge_of
from core.page_parts import Crumb, Tab
from core.requests import actor_of
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.enums import ApplicationStatus
from support_programs.models import PublicApplication
from support_programs.queries.applications import (
    Typed,
    holders_of,
    live_cases_of,
    rules_for,
    shown_answers,
    sits_at_desk,
    typed_of,
    visible_applications,
)
from support_programs.queries.public_case import office_of
from support_programs.services.applications import decline_application
from support_programs.views.case_tabs import case_tabs

ROWS: Final = 25


@require_GET
def application_list(request: HttpRequest) -> HttpResponse:
    """The applications of this person's area in one state, those that wait first; the oldest on top."""
    actor = actor_of(request)
    state = request.GET.get("state", ApplicationStatus.NEW)
    if state not in ApplicationStatus.values:
        state = ApplicationStatus.NEW
    rows = visible_applications(actor)
    page = Paginator(rows.filter(status=state), ROWS).get_page(request.GET.get("page"))
    names = area_names(row.area_code for row in page)
    tabs = [
        Tab(badge_of("application", choice).label, f"?state={choice.value}", is_current=choice.value == state)
        for choice in ApplicationStatus
    ]
    context = {
        "page": page,
        "tabs": tabs,
        "case_tabs": case_tabs(actor, "application_list"),
        "rows": [(row, names[row.area_code]) for row in page],
        "state": state,
    }
    return render(request, "support_programs/applications/list.html", context)


@require_GET
def application_page(request: HttpRequest, reference: str) -> HttpResponse:
    """What was typed, beside whom the register knows and their cases. 404 outside the area."""
    return _page(request, _of(reference, actor_of(request)))


@require_POST
def application_decline(request: HttpRequest, reference: str) -> HttpResponse:
    """The desk doesn't take it in, with the reason that the citizen will read."""
    actor = actor_of(request)
    application = _of(reference, actor)
    reason = request.POST.get("reason", "")
    try:
        decline_application(
            reference=reference, reason=reason, actor=actor, expected_version=_version(request)
        )
    except TransitionRefused as refusal:
        return _page(request, application, refusal=str(refusal), reason=reason, status=422)
    messages.success(request, _("Đã ghi không tiếp nhận đơn %(ref)s.") % {"ref": reference})
    return redirect("support_programs:application_list")


def _version(request: HttpRequest) -> int | None:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else None


def _of(reference: str, actor: Actor) -> PublicApplication:
    application = visible_applications(actor).filter(reference=reference).first()
    if application is None:
        raise Http404
    return application


def _page(
    request: HttpRequest,
    application: PublicApplication,
    *,
    refusal: str = "",
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    typed = typed_of(application)
    rules = rules_for(application.programme_id)
    is_open = application.status == ApplicationStatus.NEW
    is_mine = sits_at_desk(actor, application.area_code) and application.area_code == actor.area_code
    context: dict[str, Any] = {
        "application": application,
        "typed": typed,
        "last3": typed.applicant.get("id_number", "")[-3:],
        "place": place_name(typed.commune),
        "office": office_of(application.area_code),
        "answers": shown_answers(rules, typed.answers) if rules else [],
        "evidence": rules.evidence if rules else (),
        "can_handle": is_open and is_mine,
        "is_elsewhere": is_open and not is_mine,
        "refusal": refusal,
        "reason": reason,
        "crumb_parts": [Crumb(lazy("Đơn đăng ký"), "/applications/"), Crumb(application.reference)],
    }
    if is_open and is_mine:
        context |= _known(actor, application, typed)
    return render(request, "support_programs/applications/page.html", context, status=status)


def _known(actor: Actor, application: PublicApplication, typed: Typed) -> dict[str, Any]:
    """Who is registered with the number, who may be the same, and their cases; people of other areas without their names."""
    holders = holders_of(typed.applicant["id_number"])
    people = list(Person.objects.visible_to(actor).filter(pk__in=holders))
    try:
        likely = hint_for(typed=typed.applicant, area_code=application.area_code, actor=actor)
        hint_refusal = ""
    except (HintRefused, PermissionDenied) as refused:
        likely, hint_refusal = [], str(refused)
    ids = [*holders, *(found.person_id for found in likely)]
    return {
        "people": people,
        "holders_elsewhere": len(holders) - len(people),
        "found": likely,
        "hint_refusal": hint_refusal,
        "cases": live_cases_of(actor, application, ids),
    }
