"""A dossier sent back to be completed: the wrong places are marked on one page, and answered on another."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import clock
from core.requests import actor_of
from core.transitions import StaleRecord, TransitionRefused
from support_programs.enums import CaseStatus
from support_programs.forms.clocks import AnswerForm, AskForm
from support_programs.models import Case
from support_programs.queries.supplements import open_request_of, places_of
from support_programs.services import supplements
from support_programs.views.case_acts import ACTS
from support_programs.views.case_parts import case_of, crumbs_of
from support_programs.views.case_way import go_on, onward_from, way_of
from support_programs.views.stale import conflict_in


@require_http_methods(["GET", "POST"])
def supplement_ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Mark what is wrong or missing, with why; the case then waits, and its clock with it."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    form = AskForm(request.POST or None, groups=places_of(case), initial={"version": case.version})
    conflict = None
    if request.method == "POST" and form.is_valid():
        onward = onward_from(request, case, actor)
        try:
            supplements.ask_supplement(
                case,
                marked=form.marked(),
                reason=form.cleaned_data["reason"],
                answer_by=form.cleaned_data["answer_by"],
                actor=actor,
                expected_version=form.cleaned_data["version"],
            )
        except StaleRecord as stale:
            case = case_of(reference, actor)
            conflict, fresh = conflict_in(stale, request.POST, version=case.version)
            form = AskForm(fresh, groups=places_of(case))
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = {"name": case.applicant_name}
            done = _("Đã trả bổ sung hồ sơ của %(name)s. Đồng hồ tạm dừng.") % words
            return go_on(request, case, actor, onward, done)
    return _page(request, "clocks/supplement_ask.html", case, form, "ask-supplement", conflict=conflict)


@require_http_methods(["GET", "POST"])
def supplement_answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what was added, place by place; the case goes back to where it waits for its appraisal, and its clock runs on."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    asked = open_request_of(case)
    form = AnswerForm(request.POST or None, asked=asked, initial={"version": case.version})
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            done = supplements.answer_supplement(
                case,
                note=form.cleaned_data["note"],
                done=form.done(),
                actor=actor,
                expected_version=form.cleaned_data["version"],
            )
        except StaleRecord as stale:
            case = case_of(reference, actor)
            asked = open_request_of(case)
            conflict, fresh = conflict_in(stale, request.POST, version=case.version)
            form = AnswerForm(fresh, asked=asked)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _where_to(done))
            return redirect("support_programs:case_page", reference=done.reference)
    return _page(
        request, "clocks/supplement_answer.html", case, form, "supplement", asked=asked, conflict=conflict
    )


def _where_to(case: Case) -> str:
    """Back to the appraiser, or into a list that is drawn up because the old one is appraised already."""
    words = {"name": case.applicant_name, "list": case.case_list.reference if case.case_list else ""}
    if case.status == CaseStatus.LISTED:
        return (
            _("Đã ghi bổ sung của %(name)s. Danh sách cũ đã thẩm định xong nên hồ sơ vào danh sách %(list)s.")
            % words
        )
    return _("Đã ghi bổ sung của %(name)s.") % words


def _page(
    request: HttpRequest, template: str, case: Case, form: Any, act: str, **further: Any
) -> HttpResponse:
    context = {
        "case": case,
        "form": form,
        "act": ACTS[act],
        "today": clock.today(),
        "crumb_parts": crumbs_of(case, str(ACTS[act].title)),
        "from_query": way_of(request).suffix,
        **further,
    }
    status = 422 if form.errors or further["conflict"] else 200
    return render(request, f"support_programs/{template}", context, status=status)
