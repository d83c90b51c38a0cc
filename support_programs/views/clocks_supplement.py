"""A dossier sent back to be completed: the wrong places are marked on one page, and answered on another."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import clock
from core.requests import actor_of
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.forms.clocks import AnswerForm, AskForm
from support_programs.models import Case
from support_programs.permissions import any_appraiser
from support_programs.queries import case_page as page_queries
from support_programs.queries.supplements import open_request_of, places_of
from support_programs.services import supplements
from support_programs.views.case_acts import ACTS
from support_programs.views.case_parts import case_of, crumbs_of


@require_http_methods(["GET", "POST"])
def supplement_ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Mark what is wrong or missing, with why; the case then waits, and its clock with it."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    form = AskForm(request.POST or None, groups=places_of(case), initial={"version": case.version})
    if request.method == "POST" and form.is_valid():
        list_id = case.case_list_id
        try:
            supplements.ask_supplement(
                case,
                marked=form.marked(),
                reason=form.cleaned_data["reason"],
                answer_by=form.cleaned_data["answer_by"],
                actor=actor,
                expected_version=form.cleaned_data["version"],
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _gone_on(request, case, actor, list_id)
    return _page(request, "clocks/supplement_ask.html", case, form, "ask-supplement")


@require_http_methods(["GET", "POST"])
def supplement_answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what was added, place by place; the case goes back to where it waits for its appraisal, and its clock runs on."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    asked = open_request_of(case)
    form = AnswerForm(request.POST or None, asked=asked, initial={"version": case.version})
    if request.method == "POST" and form.is_valid():
        try:
            done = supplements.answer_supplement(
                case,
                note=form.cleaned_data["note"],
                done=form.done(),
                actor=actor,
                expected_version=form.cleaned_data["version"],
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi bổ sung của %(name)s.") % {"name": done.applicant_name})
            return redirect("support_programs:case_page", reference=done.reference)
    return _page(request, "clocks/supplement_answer.html", case, form, "supplement", asked=asked)


def _gone_on(request: HttpRequest, case: Case, actor: Actor, list_id: int | None) -> HttpResponse:
    """The next row that waits for its appraisal; the case itself where there is none."""
    words = {"name": case.applicant_name}
    messages.success(request, _("Đã trả bổ sung hồ sơ của %(name)s. Đồng hồ tạm dừng.") % words)
    following = page_queries.next_to_appraise(case, list_id) if any_appraiser(actor) else ""
    return redirect("support_programs:case_page", reference=following or case.reference)


def _page(
    request: HttpRequest, template: str, case: Case, form: Any, act: str, **further: Any
) -> HttpResponse:
    context = {
        "case": case,
        "form": form,
        "act": ACTS[act],
        "today": clock.today(),
        "crumb_parts": crumbs_of(case, str(ACTS[act].title)),
        **further,
    }
    status = 422 if form.errors else 200
    return render(request, f"support_programs/{template}", context, status=status)
