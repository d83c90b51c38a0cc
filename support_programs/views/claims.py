"""Claims by hand: the programme is chosen, its form is drawn from the catalogue, one dossier is taken in."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.dates import InvalidDateError, format_date, parse_date
from core.page_parts import Crumb
from core.requests import actor_of
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.models import Case
from support_programs.permissions import NOT_INTAKE, intake
from support_programs.queries.applicants import known_applicant
from support_programs.queries.claims import missing_answers, offered_programmes
from support_programs.queries.programmes import NoRuleInForce, current_versions_of, definition_of, version_for
from support_programs.rules.children import MOST
from support_programs.rules.definition import Definition
from support_programs.services.claims import ClaimRefused, open_claim
from support_programs.services.claims.receiving import check_receiving
from support_programs.views.claim_forms import FIRST_CHILDREN, ClaimForm

_MORE_CHILDREN: Final = 3
_LATEST: Final = dt.date(2099, 12, 31)
# what the address may fill in, for the next dossier of the same pile
_CARRIED: Final = {"received_on": "received_on", "tax_code": "employer-tax_code"}


@require_GET
def claim_choose(request: HttpRequest) -> HttpResponse:
    """The programmes whose dossiers are taken in at this desk."""
    actor = actor_of(request)
    if not intake(actor):
        raise PermissionDenied(str(NOT_INTAKE))
    context = {"programmes": offered_programmes(actor), "crumb_parts": _crumbs(lazy("Thêm hồ sơ"))}
    return render(request, "support_programs/claim_choose.html", context)


@require_http_methods(["GET", "POST"])
def claim_new(request: HttpRequest, programme: str) -> HttpResponse:
    """One dossier of a programme, by the version of its day of receipt; everything typed stays until it is taken."""
    actor = actor_of(request)
    asked = request.POST or request.GET
    definition = _rules(programme, asked.get("received_on", ""), asked.get("rules", ""))
    check_receiving(actor, definition, actor.area_code)
    if request.method == "GET":
        carried = {name: request.GET.get(key, "") for key, name in _CARRIED.items() if request.GET.get(key)}
        known = known_applicant(actor, request.GET.get("person", ""))
        return _page(request, _blank(definition, actor, carried | known, FIRST_CHILDREN))
    rows = _rows(request.POST)
    if "more_children" in request.POST:
        typed = request.POST.dict()
        return _page(request, _blank(definition, actor, typed, min(rows + _MORE_CHILDREN, MOST)))
    if request.POST.get("rules") != definition.code:
        form = _blank(definition, actor, request.POST.dict(), rows)
        return _page(request, form, is_changed=True, status=422)
    form = ClaimForm(request.POST, definition=definition, area_code=actor.area_code, rows=rows, initial={})
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        case = _open(form, actor)
    except ClaimRefused as refusal:
        form.show(refusal.errors)
        form.show(refusal.warnings)
        has_warnings = bool(refusal.warnings) and not refusal.errors
        return _page(request, form, has_warnings=has_warnings, status=422)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, status=422)
    _say(request, case)
    if "another" in request.POST:
        return redirect(_next(programme, form))
    return redirect("support_programs:case_page", reference=case.reference)


def _open(form: ClaimForm, actor: Actor) -> Case:
    return open_claim(
        programme=form.definition.programme,
        received_on=form.cleaned_data["received_on"],
        is_after_hours=form.cleaned_data["after_hours"],
        stream=form.cleaned_data.get("stream", ""),
        applicant=form.part("applicant") or None,
        employer=form.part("employer") or None,
        answers=form.part("answers"),
        children=form.children,
        keeps_warnings=form.cleaned_data["keep"],
        actor=actor,
    )


def _rules(programme: str, received: str, shown: str) -> Definition:
    """The version of the day of receipt, else of today; of a day that can't be, the one that the page showed, else the newest.

    404 for an unknown programme.
    """
    versions = current_versions_of(programme)
    if not versions:
        raise Http404(_("Không có chính sách này."))
    try:
        day = parse_date(received, latest=_LATEST) if received else clock.today()
        return definition_of(version_for(programme, day).pk)
    except (InvalidDateError, NoRuleInForce):
        known = [version for version in versions if version.code == shown]
        return definition_of((known or versions)[-1].pk)


def _rows(posted: QueryDict) -> int:
    typed = posted.get("child_rows", "")
    return min(int(typed), MOST) if typed.isascii() and typed.isdigit() and len(typed) < 4 else FIRST_CHILDREN


def _blank(definition: Definition, actor: Actor, typed: Mapping[str, Any], rows: int) -> ClaimForm:
    """The form that isn't judged yet, with what was typed so far."""
    return ClaimForm(None, definition=definition, area_code=actor.area_code, rows=rows, initial=typed)


def _page(
    request: HttpRequest,
    form: ClaimForm,
    *,
    has_warnings: bool = False,
    is_changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    was_kept = form.is_bound and bool(form.data.get("keep"))
    context = {
        "form": form,
        "rules": form.definition,
        "sections": list(form.sections()),
        "child_rows": form.child_rows(),
        "has_warnings": has_warnings or was_kept,
        "is_doubt": has_warnings,
        "is_changed": is_changed,
        "crumb_parts": _crumbs(form.definition.short_name, is_below=True),
    }
    return render(request, "support_programs/claim_new.html", context, status=status)


def _say(request: HttpRequest, case: Case) -> None:
    said = _("Đã lập hồ sơ %(ref)s của %(name)s, tính là tiếp nhận ngày %(day)s.") % {
        "ref": case.reference,
        "name": case.applicant_name,
        "day": format_date(case.received_on),
    }
    messages.success(request, said)
    if missing := missing_answers(case):
        messages.warning(
            request,
            _("Hồ sơ %(ref)s còn thiếu: %(what)s.") % {"ref": case.reference, "what": "; ".join(missing)},
        )


def _next(programme: str, form: ClaimForm) -> str:
    """The same form for the next dossier of the day, of the same employer."""
    carried = {"received_on": format_date(form.cleaned_data["received_on"])}
    if code := form.cleaned_data.get("employer-tax_code"):
        carried["tax_code"] = code
    return f"{reverse('support_programs:claim_new', args=[programme])}?{urlencode(carried)}"


def _crumbs(last: Any, *, is_below: bool = False) -> list[Crumb]:
    parts = [Crumb(lazy("Hồ sơ"), "/cases/")]
    if is_below:
        parts.append(Crumb(lazy("Thêm hồ sơ"), "/cases/new/"))
    return [*parts, Crumb(last)]
