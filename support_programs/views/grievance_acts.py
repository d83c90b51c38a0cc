"""What is done with a complaint or report: each act on a page of its own, which also works without scripts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from core.page_parts import Crumb
from core.requests import actor_of
from core.transitions import TransitionRefused
from core.wording import Text
from core.workflow import Actor
from support_programs.forms.grievances import AnswerForm, ForwardForm, ReasonedForm
from support_programs.models import Grievance
from support_programs.queries.lists import offered_actions
from support_programs.services import grievances as settle
from support_programs.services.grievances.settling import forwarding_areas
from support_programs.views.grievances import LIST, grievance_of
from support_programs.workflow import GRIEVANCE_WORKFLOW

Run = Callable[[Grievance, Mapping[str, Any], Actor], Any]


@dataclass(frozen=True, slots=True)
class GrievanceAct:
    """An act with a form: what the page says and which service does it."""

    form: type[forms.Form]
    hint: Text
    run: Run


ACTS: Final[Mapping[str, GrievanceAct]] = {
    "answer": GrievanceAct(
        AnswerForm,
        lazy("Trả lời không sửa được sau khi ghi. Văn bản trả lời được lập từ nội dung này."),
        lambda grievance, typed, actor: settle.answer_grievance(
            grievance,
            outcome=typed["outcome"],
            answer=typed["answer"],
            actor=actor,
            expected_version=typed["version"],
        ),
    ),
    "forward": GrievanceAct(
        ForwardForm,
        lazy("Cơ quan nhận sẽ giải quyết. Chuyển lên cấp trên thì bạn không còn thấy nội dung này."),
        lambda grievance, typed, actor: settle.forward_grievance(
            grievance,
            to_area=typed["to_area"],
            reason=typed["reason"],
            actor=actor,
            expected_version=typed["version"],
        ),
    ),
    "decline": GrievanceAct(
        ReasonedForm,
        lazy("Người gửi đọc được lý do."),
        lambda grievance, typed, actor: settle.decline_grievance(
            grievance, reason=typed["reason"], actor=actor, expected_version=typed["version"]
        ),
    ),
    "withdraw": GrievanceAct(
        ReasonedForm,
        lazy("Ghi người gửi đã rút như thế nào, ví dụ: rút bằng đơn ngày …"),
        lambda grievance, typed, actor: settle.withdraw_grievance(
            grievance, reason=typed["reason"], actor=actor, expected_version=typed["version"]
        ),
    ),
}


@require_POST
def grievance_accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it up: the term of the answer begins."""
    grievance = grievance_of(reference, actor_of(request))
    version = request.POST.get("version", "")
    try:
        settle.accept_grievance(
            grievance,
            actor=actor_of(request),
            expected_version=int(version) if version.isascii() and version.isdecimal() else None,
        )
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã thụ lý %(ref)s.") % {"ref": reference})
    return redirect("support_programs:grievance_page", reference)


@require_http_methods(["GET", "POST"])
def grievance_act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """Answer, hand on, decline, or record that it was withdrawn."""
    actor = actor_of(request)
    grievance = grievance_of(reference, actor)
    if act not in ACTS:
        raise Http404
    chosen = ACTS[act]
    form = _form(chosen, request, grievance)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.run(grievance, form.cleaned_data, actor)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, act, grievance, actor)
    offered = next(
        (each for each in offered_actions(GRIEVANCE_WORKFLOW, grievance, actor) if each.slug == act), None
    )
    label = GRIEVANCE_WORKFLOW.transition(f"grievance.{act}").label
    context = {
        "grievance": grievance,
        "act": chosen,
        "form": form,
        "label": label,
        "refusal": offered.refusal
        if offered
        else _("Việc này không làm được lúc này, hoặc do cơ quan khác làm."),
        "crumb_parts": [LIST, Crumb(reference, f"/grievances/{reference}/"), Crumb(label)],
    }
    return render(
        request, "support_programs/grievances/act.html", context, status=422 if form.errors else 200
    )


def _form(chosen: GrievanceAct, request: HttpRequest, grievance: Grievance) -> forms.Form:
    given: dict[str, Any] = {"initial": {"version": grievance.version}}
    if chosen.form is ForwardForm:
        given["offices"] = forwarding_areas(grievance)
    return chosen.form(request.POST or None, **given)


def _done(request: HttpRequest, act: str, grievance: Grievance, actor: Actor) -> HttpResponse:
    label = GRIEVANCE_WORKFLOW.transition(f"grievance.{act}").label
    messages.success(request, _("Đã ghi: %(what)s, %(ref)s.") % {"what": label, "ref": grievance.reference})
    if Grievance.objects.visible_to(actor).filter(pk=grievance.pk).exists():
        return redirect("support_programs:grievance_page", grievance.reference)
    return redirect("support_programs:grievance_list")


@require_POST
def grievance_assign(request: HttpRequest, reference: str) -> HttpResponse:
    """Put it on a colleague's desk."""
    actor = actor_of(request)
    grievance = grievance_of(reference, actor)
    to = User.objects.filter(username=request.POST.get("to", "")).first()
    try:
        assigned = settle.assign_grievance(grievance, to=to, actor=actor)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã chuyển %(ref)s cho người xử lý.") % {"ref": assigned.reference})
    return redirect("support_programs:grievance_page", reference)


@require_POST
def grievance_letter(request: HttpRequest, reference: str) -> HttpResponse:
    """Draft the letter of answer, and go on to it."""
    actor = actor_of(request)
    grievance = grievance_of(reference, actor)
    try:
        letter = settle.draft_letter(grievance, actor=actor)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("support_programs:grievance_page", reference)
    messages.success(request, _("Đã lập dự thảo văn bản trả lời. Hãy xem lại rồi phát hành."))
    return redirect("support_programs:document_page", letter.reference)


@require_POST
def grievance_note(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep an internal note."""
    actor = actor_of(request)
    grievance = grievance_of(reference, actor)
    try:
        settle.note_on_grievance(grievance, text=request.POST.get("text", ""), actor=actor)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã ghi chú."))
    return redirect("support_programs:grievance_page", reference)
