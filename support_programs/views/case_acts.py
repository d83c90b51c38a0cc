"""Decisions on a case that need a reason, each on a page of its own, which also works without scripts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from core import clock
from core.requests import actor_of
from core.transitions import StaleRecord, TransitionRefused, explain
from core.wording import Text
from core.workflow import Actor
from support_programs.forms.casework import DecisionReasonForm
from support_programs.models import Case
from support_programs.queries import case_page as page_queries
from support_programs.queries.decision_words import words_to_applicant
from support_programs.queries.differences import outlook_of
from support_programs.queries.lists import OfferedAction
from support_programs.queries.programmes import definition_of
from support_programs.services import appraisal, casework
from support_programs.services.rejudging import newer_version
from support_programs.views.case_parts import case_of, crumbs_of
from support_programs.views.case_way import go_on, onward_from, way_of
from support_programs.views.stale import conflict_in
from support_programs.workflow import CASE_WORKFLOW


@dataclass(frozen=True, slots=True)
class CaseAct:
    """A decision with a reason: what the page says and which service does it; None where the decision has a page of its own
    (`clocks_supplement`).
    """

    title: Text
    button: Text
    hint: Text
    run: Callable[[Case, Actor, str, int | None], Any] | None = None
    is_refusal: bool = False


ACTS: Final[Mapping[str, CaseAct]] = {
    "refuse": CaseAct(
        lazy("Không đủ điều kiện"),
        lazy("Kết luận không đủ điều kiện"),
        lazy("Hồ sơ rời danh sách, các hồ sơ khác đi tiếp. Xã báo lý do cho người dân."),
        lambda case, actor, reason, version: casework.refuse_case(
            case, reason=reason, actor=actor, expected_version=version
        ),
        is_refusal=True,
    ),
    "ask-supplement": CaseAct(
        lazy("Trả bổ sung"),
        lazy("Trả bổ sung"),
        lazy("Hồ sơ rời danh sách cho đến khi xã bổ sung xong, các hồ sơ khác đi tiếp."),
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
    ),
    "reopen": CaseAct(
        lazy("Mở lại hồ sơ"),
        lazy("Mở lại hồ sơ"),
        lazy("Hồ sơ được xem xét lại, ví dụ vì có giấy tờ mới hoặc quy định mới."),
        lambda case, actor, reason, version: casework.reopen(
            case, reason=reason, actor=actor, expected_version=version
        ),
    ),
    "withdraw": CaseAct(
        lazy("Người dân rút hồ sơ"),
        lazy("Ghi người dân rút hồ sơ"),
        lazy("Hồ sơ kết thúc và rời danh sách."),
        lambda case, actor, reason, version: casework.withdraw(
            case, reason=reason, actor=actor, expected_version=version
        ),
        is_refusal=True,
    ),
}


# what takes a decision back, where the workflow has it; asked for beside the word that it was done
UNDO: Final[Mapping[str, str]] = {"refuse": "reopen"}


@require_http_methods(["GET", "POST"])
def case_act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """A decision that needs a reason: its own page, which also works without scripts, with what the applicant would read.

    `preview` shows these words and decides nothing. A page that is out of date keeps what was typed and says who was faster.
    """
    actor = actor_of(request)
    case = case_of(reference, actor)
    run = ACTS[act].run if act in ACTS else None
    if run is None:
        raise Http404
    failings, presets = _reasons(case) if act == "refuse" else ((), ())
    initial = {"version": case.version, "preset": list(failings)}
    form = DecisionReasonForm(request.POST or None, presets=presets, initial=initial)
    conflict = None
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        onward = onward_from(request, case, actor)
        try:
            run(case, actor, form.cleaned_data["reason"], form.cleaned_data["version"])
        except StaleRecord as stale:
            case = case_of(reference, actor)
            conflict, fresh = conflict_in(stale, request.POST, version=case.version)
            form = DecisionReasonForm(fresh, presets=presets)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            done = _("Đã ghi: %(what)s, %(name)s.") % {"what": ACTS[act].title, "name": case.applicant_name}
            return go_on(request, case, actor, onward, done, undo=UNDO.get(act, ""))
    context = {**_page(case, actor, act, form), "conflict": conflict, "from_query": way_of(request).suffix}
    is_refused = bool(form.errors) or conflict is not None
    return render(request, "support_programs/case_act.html", context, status=422 if is_refused else 200)


def _page(case: Case, actor: Actor, act: str, form: DecisionReasonForm) -> dict[str, Any]:
    """What the page of a decision shows besides its form: whether it is possible now, and what follows from it."""
    action = f"case.{act.replace('-', '_')}"
    told = {row.action: row for row in explain(CASE_WORKFLOW, case, actor)}
    stated = form.cleaned_data.get("reason", "") if form.is_bound and form.is_valid() else ""
    on_opening = " ".join(form.initial.get("preset", ()))
    newer = newer_version(case, clock.today()) if act == "reopen" else None
    return {
        "case": case,
        "act": ACTS[act],
        "form": form,
        "why_not": told[action].reasons if action in told else (),
        "words": words_to_applicant(case, act, stated or on_opening),
        "newer": newer,
        "difference": outlook_of(case, newer, clock.today()) if newer else None,
        "today": clock.today(),
        "crumb_parts": crumbs_of(case, str(ACTS[act].title)),
    }


def _reasons(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the rules found not met, and that before the usual reasons of the programme."""
    failings = page_queries.failings_of(case)
    return failings, (*failings, *definition_of(case.version_used_id).refusal_reasons)


@dataclass(frozen=True, slots=True)
class OfferedAct:
    """A decision on the page of a case: its address, words, key, and what stands in the way now ("" = nothing)."""

    slug: str
    act: CaseAct
    refusal: str
    remedy: str

    @property
    def key(self) -> str:
        return KEYS.get(self.slug, "")


# letters of the page of a case; they act outside fields and can be switched off
KEYS: Final[Mapping[str, str]] = {"ask-supplement": "r", "refuse": "f", "supplement": "b", "reopen": "o"}
_CODES: Final[Mapping[str, str]] = {
    "ask-supplement": "case.ask_supplement",
    "supplement": "case.supplement",
    "reopen": "case.reopen",
    "refuse": "case.refuse",
    "reconsider": "case.reconsider",
    "withdraw": "case.withdraw",
}


def offered_acts(actions: Mapping[str, OfferedAction]) -> list[OfferedAct]:
    """The decisions that this person's desk may take now, each with what stands in the way."""
    return [
        OfferedAct(slug, ACTS[slug], actions[code].refusal, actions[code].remedy)
        for slug, code in _CODES.items()
        if code in actions
    ]


def main_act(actions: Mapping[str, OfferedAction], acts: Sequence[OfferedAct], *, can_list: bool) -> str:
    """The one thing that the page's main button does: a code of an action or the slug of a decision; "" for none.

    Finding it eligible goes before what the desk answers or takes up again; a refusal is never the main button.
    """
    for code in ("case.record_decision_elsewhere", "case.mark_eligible"):
        if code in actions:
            return code
    if can_list:
        return "case.list"
    ready = [each.slug for each in acts if not each.refusal and not each.act.is_refusal]
    return next((slug for slug in ("supplement", "reopen") if slug in ready), "")
