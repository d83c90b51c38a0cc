"""Decisions on a case that need a reason, each on a page of its own, which also works without scripts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from core import clock
from core.requests import actor_of
from core.transitions import TransitionRefused
from core.wording import Text
from core.workflow import Actor
from support_programs.enums import CaseStatus
from support_programs.forms import CaseReasonForm
from support_programs.models import Case
from support_programs.permissions import any_appraiser
from support_programs.queries import case_page as page_queries
from support_programs.queries.programmes import definition_of
from support_programs.services import appraisal
from support_programs.services.rejudging import newer_version
from support_programs.views.case_parts import case_of, crumbs_of


@dataclass(frozen=True, slots=True)
class CaseAct:
    """A decision with a reason: what the page says and which service does it."""

    title: Text
    button: Text
    hint: Text
    run: Callable[[Case, Actor, str, int | None], Any]
    is_refusal: bool = False


ACTS: Final[Mapping[str, CaseAct]] = {
    "refuse": CaseAct(
        lazy("Không đủ điều kiện"),
        lazy("Kết luận không đủ điều kiện"),
        lazy("Hồ sơ rời danh sách, các hồ sơ khác đi tiếp. Xã báo lý do cho người dân."),
        lambda case, actor, reason, _v: appraisal.exclude_case(
            case, to=CaseStatus.INELIGIBLE, reason=reason, actor=actor
        ),
        is_refusal=True,
    ),
    "ask-supplement": CaseAct(
        lazy("Trả bổ sung"),
        lazy("Trả bổ sung"),
        lazy("Hồ sơ rời danh sách cho đến khi xã bổ sung xong, các hồ sơ khác đi tiếp."),
        lambda case, actor, reason, _v: appraisal.exclude_case(
            case, to=CaseStatus.NEEDS_SUPPLEMENT, reason=reason, actor=actor
        ),
    ),
    "reconsider": CaseAct(
        lazy("Thẩm định lại"),
        lazy("Thẩm định lại"),
        lazy("Kết luận đủ điều kiện được rút lại, mức hỗ trợ đề nghị bị hủy."),
        lambda case, actor, reason, version: appraisal.reconsider_case(
            case, reason=reason, actor=actor, expected_version=version
        ),
    ),
    "supplement": CaseAct(
        lazy("Đã bổ sung"),
        lazy("Đưa lại vào danh sách"),
        lazy("Ghi rõ đã bổ sung những gì."),
        lambda case, actor, reason, _v: appraisal.supplement_case(case, note=reason, actor=actor),
    ),
    "reopen": CaseAct(
        lazy("Mở lại hồ sơ"),
        lazy("Mở lại hồ sơ"),
        lazy("Hồ sơ được xem xét lại, ví dụ vì có giấy tờ mới hoặc quy định mới."),
        lambda case, actor, reason, _v: appraisal.reopen_case(case, reason=reason, actor=actor),
    ),
    "withdraw": CaseAct(
        lazy("Người dân rút hồ sơ"),
        lazy("Ghi người dân rút hồ sơ"),
        lazy("Hồ sơ kết thúc và rời danh sách."),
        lambda case, actor, reason, _v: appraisal.withdraw_case(case, reason=reason, actor=actor),
        is_refusal=True,
    ),
}


@require_http_methods(["GET", "POST"])
def case_act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """A decision that needs a reason: its own page, which also works without scripts."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    if act not in ACTS:
        raise Http404
    chosen = ACTS[act]
    failings, presets = _reasons(case) if act == "refuse" else ((), ())
    initial = {"version": case.version, "preset": failings[0] if failings else ""}
    form = CaseReasonForm(request.POST or None, presets=presets, initial=initial)
    if request.method == "POST" and form.is_valid():
        list_id = case.case_list_id
        try:
            chosen.run(case, actor, form.cleaned_data["reason"], form.cleaned_data["version"])
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Đã ghi: %(what)s, %(name)s.") % {"what": chosen.title, "name": case.applicant_name},
            )
            following = page_queries.next_to_appraise(case, list_id) if any_appraiser(actor) else ""
            return redirect("support_programs:case_page", reference=following or case.reference)
    context = {
        "case": case,
        "act": chosen,
        "form": form,
        "has_presets": bool(presets),
        "newer": newer_version(case, clock.today()) if act == "reopen" else None,
        "today": clock.today(),
        "crumb_parts": crumbs_of(case, str(chosen.title)),
    }
    return render(request, "support_programs/case_act.html", context, status=422 if form.errors else 200)


def _reasons(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the rules found not met, and that before the usual reasons of the programme."""
    failings = page_queries.failings_of(case)
    return failings, (*failings, *definition_of(case.version_used_id).refusal_reasons)


def offered_acts(actions: Mapping[str, Any]) -> list[tuple[str, CaseAct, str]]:
    """The decisions that the actor may take now: address, words, and what stands in the way."""
    codes = {
        "refuse": "case.refuse",
        "ask-supplement": "case.ask_supplement",
        "reconsider": "case.reconsider",
        "supplement": "case.supplement",
        "reopen": "case.reopen",
        "withdraw": "case.withdraw",
    }
    return [(slug, ACTS[slug], actions[code].refusal) for slug, code in codes.items() if code in actions]
