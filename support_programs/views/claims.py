"""Claims by hand: the programme is chosen, its form is drawn from the catalogue, one dossier is taken in."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.dates import format_date
from core.requests import actor_of
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.models import Case
from support_programs.permissions import NOT_INTAKE, intake
from support_programs.queries.applicants import known_applicant
from support_programs.queries.applications import prefill_of
from support_programs.queries.claims import offered_programmes
from support_programs.queries.entry_drafts import drafts_of, taken_in_today, typed_in
from support_programs.rules.children import MOST
from support_programs.rules.definition import Definition
from support_programs.services.claims import ClaimRefused, open_claim
from support_programs.services.claims.receiving import check_receiving
from support_programs.services.entry_drafts import DraftRefused, keep_draft
from support_programs.services.entry_opened import after_opening
from support_programs.views.claim_forms import FIRST_CHILDREN, ClaimForm
from support_programs.views.claim_pages import Shown, claim_page, crumbs_of, say_taken_in
from support_programs.views.entry import own_draft
from support_programs.views.entry_memory import last_programme, remember, remembered
from support_programs.views.entry_paste import fill
from support_programs.views.entry_typed import draft_id_of, rows_of, rules_for, typed_of

_MORE_CHILDREN: Final = 3
# buttons that change the form and take nothing in
_REDRAWS: Final = frozenset({"more_children", "fill_row", "refill", "drop_application"})
# what the address may fill in, for the next dossier of the same pile
_CARRIED: Final = {"received_on": "received_on", "tax_code": "employer-tax_code"}


@require_GET
def claim_choose(request: HttpRequest) -> HttpResponse:
    """The programmes whose dossiers are taken in at this desk, and the forms that this person has begun."""
    actor = actor_of(request)
    if not intake(actor):
        raise PermissionDenied(str(NOT_INTAKE))
    offers = offered_programmes(actor)
    last = last_programme(request)
    context = {
        "programmes": offers,
        "last": next((offer for offer in offers if offer.code == last), None),
        "drafts": drafts_of(actor),
        "today": taken_in_today(actor),
        "crumb_parts": crumbs_of(lazy("Thêm hồ sơ")),
    }
    return render(request, "support_programs/claim_choose.html", context)


@sensitive_post_parameters()
@cache_control(no_store=True)
@require_http_methods(["GET", "POST"])
def claim_new(request: HttpRequest, programme: str) -> HttpResponse:
    """One dossier of a programme, by the version of its day of receipt; everything typed stays until it is taken."""
    actor = actor_of(request)
    if request.method == "GET":
        return _begun(request, actor, programme)
    posted = request.POST
    definition = rules_for(programme, posted.get("received_on", ""), posted.get("rules", ""))
    check_receiving(actor, definition, actor.area_code)
    if "save_draft" in posted:
        return _put_aside(request, actor, definition)
    if _REDRAWS & set(posted):
        return _grown(request, actor, definition)
    if posted.get("rules") != definition.code:
        form = _blank(definition, actor, posted.dict(), rows_of(posted))
        return claim_page(request, form, Shown(is_changed=True, draft_id=draft_id_of(posted)), status=422)
    return _handed_in(request, actor, definition)


def _begun(request: HttpRequest, actor: Actor, programme: str) -> HttpResponse:
    """The form with what is known before anything is typed, or as it was left in a draft."""
    asked = request.GET
    draft = own_draft(actor, draft_id_of(asked)) if asked.get("draft") else None
    typed = typed_in(draft) if draft else {}
    received = typed.get("received_on") or asked.get("received_on", "")
    definition = rules_for(programme, received, asked.get("rules", ""))
    check_receiving(actor, definition, actor.area_code)
    if draft is not None:
        shown = Shown(
            draft_id=draft.pk, kept_at=draft.updated_at, is_changed=typed.get("rules") != definition.code
        )
        return claim_page(request, _blank(definition, actor, typed, rows_of(typed)), shown)
    carried = {name: asked.get(key, "") for key, name in _CARRIED.items() if asked.get(key)}
    known = known_applicant(actor, asked.get("person", ""))
    sent_in = _sent_in(actor, programme, asked.get("application", ""))
    first = {**remembered(request, definition), **carried, **known, **sent_in}
    return claim_page(request, _blank(definition, actor, first, FIRST_CHILDREN), Shown())


def _sent_in(actor: Actor, programme: str, reference: str) -> dict[str, str]:
    """What a citizen typed on the public page, for the form that takes it in; 404 where it isn't this desk's to take."""
    if not reference:
        return {}
    found = prefill_of(actor, reference)
    if found is None or found.programme != programme:
        raise Http404(_("Không có đơn đăng ký này ở nơi bạn, hoặc đơn đã được xử lý."))
    return {**found.initial, "application": found.reference}


def _put_aside(request: HttpRequest, actor: Actor, definition: Definition) -> HttpResponse:
    """«Lưu nháp»: kept as a draft, and the form stands there again."""
    draft_id = _keep(request, actor, definition, typed_of(request.POST))
    if draft_id is None:
        messages.info(request, _("Chưa có gì để giữ: hãy ghi ít nhất một mục."))
        return redirect("support_programs:claim_new", programme=definition.programme)
    messages.success(request, _("Đã giữ bản đang nhập. Bạn mở lại ở «Thêm hồ sơ», cả trên máy khác."))
    return redirect(f"{reverse('support_programs:claim_new', args=[definition.programme])}?draft={draft_id}")


def _grown(request: HttpRequest, actor: Actor, definition: Definition) -> HttpResponse:
    """The form again, with more rows for children, a pasted row in its fields, or free of its application; kept at once."""
    typed, rows, filled = typed_of(request.POST), rows_of(request.POST), None
    if "more_children" in request.POST:
        rows = min(rows + _MORE_CHILDREN, MOST)
    elif "drop_application" in request.POST:
        typed.pop("application", None)
    else:
        filled = fill(request, definition, actor, typed)
        typed = {**filled.typed, "filled": filled.packed}
    typed["child_rows"] = str(rows)
    shown = Shown(draft_id=_keep(request, actor, definition, typed), kept_at=clock.now(), filled=filled)
    return claim_page(request, _blank(definition, actor, typed, rows), shown)


def _keep(request: HttpRequest, actor: Actor, definition: Definition, typed: Mapping[str, str]) -> int | None:
    """The draft of this form; a refusal is said, and what was typed stays on the page."""
    before = draft_id_of(request.POST)
    given = remembered(request, definition)
    try:
        draft = keep_draft(definition=definition, typed=typed, actor=actor, draft_id=before, given=given)
    except DraftRefused as refusal:
        messages.warning(request, str(refusal))
        return before
    return draft.pk if draft else None


def _handed_in(request: HttpRequest, actor: Actor, definition: Definition) -> HttpResponse:
    """The dossier is taken in, or the form comes back with the sentences at their fields."""
    posted = request.POST
    form = ClaimForm(
        posted, definition=definition, area_code=actor.area_code, rows=rows_of(posted), initial={}
    )
    draft_id = draft_id_of(posted)
    shown = Shown(draft_id=draft_id)
    if not form.is_valid():
        return claim_page(request, form, shown, status=422)
    try:
        case = _open(form, actor, draft_id)
    except ClaimRefused as refusal:
        form.show(refusal.errors)
        form.show(refusal.warnings)
        has_warnings = bool(refusal.warnings) and not refusal.errors
        return claim_page(request, form, Shown(draft_id=draft_id, has_warnings=has_warnings), status=422)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return claim_page(request, form, shown, status=422)
    keeps = "keep_shown" not in posted or "keep_next" in posted
    remember(request, form, keeps=keeps)
    say_taken_in(request, case, taken_in_today(actor))
    if "another" in posted:
        return redirect(_next(definition.programme, form, keeps=keeps))
    return redirect("support_programs:case_page", reference=case.reference)


def _open(form: ClaimForm, actor: Actor, draft_id: int | None) -> Case:
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
        on_opened=partial(
            after_opening, draft_id=draft_id, application=str(form.data.get("application", "")), actor=actor
        ),
        actor=actor,
    )


def _blank(definition: Definition, actor: Actor, typed: Mapping[str, Any], rows: int) -> ClaimForm:
    """The form that isn't judged yet, with what was typed so far."""
    return ClaimForm(None, definition=definition, area_code=actor.area_code, rows=rows, initial=typed)


def _next(programme: str, form: ClaimForm, *, keeps: bool) -> str:
    """The same form for the next dossier of the day, of the same employer."""
    address = reverse("support_programs:claim_new", args=[programme])
    if not keeps:
        return address
    carried = {"received_on": format_date(form.cleaned_data["received_on"])}
    if code := form.cleaned_data.get("employer-tax_code"):
        carried["tax_code"] = code
    return f"{address}?{urlencode(carried)}"
