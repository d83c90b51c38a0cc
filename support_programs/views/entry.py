"""Forms of new dossiers that keep themselves: the answer to a pause in typing, and throwing a begun form away."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.page_parts import Crumb
from core.requests import actor_of
from core.workflow import Actor
from support_programs.models import ClaimDraft
from support_programs.permissions import NOT_INTAKE, intake
from support_programs.queries.entry_drafts import own_drafts, typed_in
from support_programs.services.claims.receiving import check_receiving
from support_programs.services.entry_checks import Checked, check_typed
from support_programs.services.entry_drafts import DraftRefused, discard_draft, keep_draft
from support_programs.views.claim_forms import ClaimForm
from support_programs.views.entry_memory import remembered
from support_programs.views.entry_typed import draft_id_of, rows_of, rules_for, typed_of

_PERSON: Final = "applicant-"


@sensitive_post_parameters()
@require_POST
def draft_keep(request: HttpRequest, programme: str) -> HttpResponse:
    """Keep the form as it stands and say what speaks against it: a part of a page, with a place for each field.

    `here` names the field that is still being typed, of which nothing is said; `touched` the one that changed last. Answers
    200 also where nothing was kept, with the reason. 403 for who doesn't take such dossiers in, 404 for no programme.
    """
    actor = actor_of(request)
    definition = rules_for(programme, request.POST.get("received_on", ""), request.POST.get("rules", ""))
    check_receiving(actor, definition, actor.area_code)
    typed, refusal, draft = typed_of(request.POST), "", None
    try:
        draft = keep_draft(
            definition=definition,
            typed=typed,
            actor=actor,
            draft_id=draft_id_of(request.POST),
            given=remembered(request, definition),
        )
    except DraftRefused as refused:
        refusal = str(refused)
    # a register of people is asked only when something of the person has changed
    touched = request.POST.get("touched", "")
    asks_people = not touched or touched.startswith(_PERSON)
    checked = check_typed(definition, typed, actor, looks_up=asks_people).without(
        request.POST.get("here", "")
    )
    form = ClaimForm(
        None, definition=definition, area_code=actor.area_code, rows=rows_of(request.POST), initial={}
    )
    context = {
        "draft_id": draft.pk if draft else draft_id_of(request.POST) if refusal else None,
        "kept_at": timezone.localtime(clock.now()),
        "refusal": refusal,
        "slots": _slots(form, checked, asks_people=asks_people),
        "asks_people": asks_people,
        "found": checked.likely,
        "doubts": _doubts(request.POST.get("doubts", ""), checked) if asks_people else "",
    }
    return _no_store(render(request, "support_programs/entry/kept.html", context))


def _slots(form: ClaimForm, checked: Checked, *, asks_people: bool) -> list[tuple[str, list[str], list[str]]]:
    """Each field with what is wrong and what is to be compared; those of the person stay as they are where nobody asked."""
    names = [name for name in form.fields if name != "keep" and not name.startswith("child-")]
    shown = [name for name in names if asks_people or not name.startswith(_PERSON)]
    return [(name, checked.wrong.get(name, []), checked.doubtful.get(name, [])) for name in shown]


def _doubts(shown: str, checked: Checked) -> str:
    """Whether the tick that keeps warnings appears ("begin") or goes ("end"); "" leaves it, and what it says, alone.

    `shown` is "" without it, "live" where it came while typing, "asked" where the whole form was sent back for it: that one
    stays until the form is handed in.
    """
    if checked.doubtful:
        return "" if shown else "begin"
    return "end" if shown == "live" else ""


@require_http_methods(["GET", "POST"])
def draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then throw one's own begun form away for good. 404 for anybody else's."""
    actor = actor_of(request)
    if not intake(actor):
        raise PermissionDenied(str(NOT_INTAKE))
    draft = own_draft(actor, pk)
    if request.method == "POST":
        discard_draft(draft=draft, actor=actor)
        messages.success(request, _("Đã bỏ bản đang nhập."))
        return redirect("support_programs:claim_choose")
    typed = typed_in(draft)
    context = {
        "draft": draft,
        "name": typed.get("applicant-full_name") or typed.get("employer-name", ""),
        "crumb_parts": [
            Crumb(lazy("Hồ sơ"), "/cases/"),
            Crumb(lazy("Thêm hồ sơ"), "/cases/new/"),
            Crumb(lazy("Bỏ bản đang nhập")),
        ],
    }
    return _no_store(render(request, "support_programs/entry/discard.html", context))


def own_draft(actor: Actor, pk: int | None) -> ClaimDraft:
    """Somebody's own draft; Http404 for every other."""
    draft = own_drafts(actor).select_related("programme").filter(pk=pk).first() if pk else None
    if draft is None:
        raise Http404(_("Không có bản đang nhập này: có thể hồ sơ đã được lưu, hoặc bản đã bị bỏ."))
    return draft


def _no_store(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
