"""The page of one case, finding it eligible there, judging it again, notes on it, and what was done about a marked row."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.requests import actor_of
from core.transitions import TransitionRefused
from support_programs.forms import NoteForm
from support_programs.models import Case
from support_programs.services import appraisal, casework
from support_programs.services.presence import others_at
from support_programs.services.register_checks import recheck_case
from support_programs.views.case_context import page_context
from support_programs.views.case_parts import case_of
from support_programs.views.case_way import go_on, onward_from, way_of

TEMPLATE = "support_programs/case_page.html"


@require_GET
def case_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One case: the decision beside its evidence. Colleagues who open it within minutes are told."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    context = page_context(case, actor, way_of(request))
    return render(request, TEMPLATE, {**context, "others_here": others_at(case, actor)})


@require_POST
def case_mark_eligible(request: HttpRequest, reference: str) -> HttpResponse:
    """Find the case eligible and go on to the next one of the queue; a page that is out of date shows the case of now."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    onward = onward_from(request, case, actor)
    try:
        appraisal.mark_eligible(case, actor=actor, expected_version=_version(request))
    except TransitionRefused as refusal:
        return _refused(request, case, str(refusal))
    done = _("Đã xác nhận %(name)s đủ điều kiện.") % {"name": case.applicant_name}
    return go_on(request, case, actor, onward, done, undo="reconsider")


@require_POST
def case_recheck(request: HttpRequest, reference: str) -> HttpResponse:
    """Judge the case again by what the registers say now."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    try:
        recheck_case(case, actor=actor)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã kiểm tra lại theo sổ."))
    return _back(request, case)


@require_POST
def case_note(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep an internal note."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Ghi chú đang trống."))
        return _back(request, case)
    try:
        appraisal.note_on_case(case, text=form.cleaned_data["text"], actor=actor)
    except TransitionRefused as refusal:
        return _refused(request, case, str(refusal), note_typed=form.cleaned_data["text"])
    messages.success(request, _("Đã ghi chú."))
    return _back(request, case)


@require_POST
def mark_resolve(request: HttpRequest, reference: str) -> HttpResponse:
    """The desk says what it did about a row that was sent back; refused, what was typed stays on the page."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    note = request.POST.get("note", "")
    try:
        casework.resolve(case, note=note, actor=actor, expected_version=_version(request))
    except TransitionRefused as refusal:
        return _refused(request, case, str(refusal), resolve_note=note)
    messages.success(request, _("Đã ghi cách xử lý dòng của %(name)s.") % {"name": case.applicant_name})
    return _back(request, case)


def _version(request: HttpRequest) -> int | None:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() else None


def _refused(request: HttpRequest, case: Case, refusal: str, **typed: str) -> HttpResponse:
    actor = actor_of(request)
    now = case_of(case.reference, actor)
    context = {**page_context(now, actor, way_of(request)), "refusal": refusal, **typed}
    return render(request, TEMPLATE, context, status=422)


def _back(request: HttpRequest, case: Case) -> HttpResponse:
    response = redirect("support_programs:case_page", reference=case.reference)
    response["Location"] += way_of(request).suffix
    return response
