"""Cases: the list with its filters, one case, and the decisions on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.queries import area_name, parent_name
from core import clock
from core.page_parts import Crumb
from core.queries.calendar import working_calendar
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.wording import Text
from core.workflow import Actor
from support_programs.enums import CaseStatus
from support_programs.forms import CaseFactsForm, CaseReasonForm, NoteForm
from support_programs.models import Case
from support_programs.permissions import any_appraiser, commune
from support_programs.queries import case_page as page_queries
from support_programs.queries import cases as case_queries
from support_programs.queries.facts import stored_facts
from support_programs.queries.filing import papers_of
from support_programs.queries.lists import offered_actions
from support_programs.queries.panels import case_panels
from support_programs.queries.programmes import definition_of
from support_programs.services import appraisal, facts
from support_programs.services.corrections import may_correct
from support_programs.views.bulk import bulk_actions
from support_programs.views.paging import page_of
from support_programs.views.tables import chips_of, filter_choices
from support_programs.workflow import CASE_WORKFLOW


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """Every case of one's area, filtered by the address."""
    actor = actor_of(request)
    filters = case_queries.CaseFilter.from_query(request.GET.dict())
    rows = filters.apply(case_queries.visible_cases(actor))
    page = page_of(request, case_queries.with_row_fields(case_queries.ordered(rows, filters.sort)))
    page.object_list = case_queries.case_rows(page.object_list)
    context = {
        "page": page,
        "filters": filters,
        "chips": chips_of(request),
        "area_name": area_name(actor.area_code),
        "bulk_actions": bulk_actions(actor) if any_appraiser(actor) else [],
        **filter_choices(actor, CaseStatus.choices),
    }
    return render(request, "support_programs/case_list.html", context)


@require_GET
def case_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One case: the decision beside its evidence."""
    actor = actor_of(request)
    case = _case(reference, actor)
    return render(request, "support_programs/case_page.html", _page_context(case, actor))


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


@require_POST
def case_mark_eligible(request: HttpRequest, reference: str) -> HttpResponse:
    """Find the case eligible and go on to the next one of its list."""
    actor = actor_of(request)
    case = _case(reference, actor)
    version = request.POST.get("version", "")
    try:
        appraisal.mark_eligible(
            case, actor=actor, expected_version=int(version) if version.isdecimal() else None
        )
    except TransitionRefused as refusal:
        case.refresh_from_db()
        context = {**_page_context(case, actor), "refusal": str(refusal)}
        return render(request, "support_programs/case_page.html", context, status=422)
    messages.success(request, _("Đã xác nhận %(name)s đủ điều kiện.") % {"name": case.applicant_name})
    following = page_queries.next_to_appraise(case, case.case_list_id)
    return redirect("support_programs:case_page", reference=following or case.reference)


@require_http_methods(["GET", "POST"])
def case_act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """A decision that needs a reason: its own page, which also works without scripts."""
    actor = actor_of(request)
    case = _case(reference, actor)
    if act not in ACTS:
        raise Http404
    chosen = ACTS[act]
    presets = definition_of(case.version_used_id).refusal_reasons if act == "refuse" else ()
    form = CaseReasonForm(request.POST or None, presets=presets, initial={"version": case.version})
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
        "crumb_parts": _crumbs(case, str(chosen.title)),
    }
    return render(request, "support_programs/case_act.html", context, status=422 if form.errors else 200)


@require_POST
def case_note(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep an internal note."""
    actor = actor_of(request)
    case = _case(reference, actor)
    form = NoteForm(request.POST)
    if form.is_valid():
        appraisal.note_on_case(case, text=form.cleaned_data["text"], actor=actor)
        messages.success(request, _("Đã ghi chú."))
    else:
        messages.error(request, _("Ghi chú đang trống."))
    return redirect("support_programs:case_page", reference=case.reference)


@require_http_methods(["GET", "POST"])
def case_facts(request: HttpRequest, reference: str) -> HttpResponse:
    """State the facts of one case, and the group of its occupation; the rules judge it at once."""
    actor = actor_of(request)
    case = _case(reference, actor)
    definition = definition_of(case.version_used_id)
    stated = {row.code: row.stated for row in page_queries.confirmable_of(case)}
    form = CaseFactsForm(request.POST or None, definition=definition, initial=stated)
    if request.method == "POST" and form.is_valid():
        try:
            changed = {code: value for code, value in form.stated().items() if _word(value) != stated[code]}
            if changed:
                facts.set_case_facts(case, values=changed, actor=actor)
            group = request.POST.get("group", "")
            if group and group != case.facts.get("occupation_group", {}).get("value"):
                facts.set_occupation_group(Case.objects.filter(pk=case.pk), group=group, actor=actor)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi thông tin và kiểm tra lại điều kiện."))
            return redirect("support_programs:case_page", reference=case.reference)
    context = {
        "case": case,
        "form": form,
        "groups": definition.occupation_groups,
        "group": case.facts.get("occupation_group", {}).get("value", ""),
        "crumb_parts": _crumbs(case, _("Thông tin để xét")),
    }
    return render(request, "support_programs/case_facts.html", context, status=422 if form.errors else 200)


def _word(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _case(reference: str, actor: Actor) -> Case:
    rows = Case.objects.select_related("programme", "case_list", "version_used")
    return get_visible(rows, actor, reference=reference)


def _crumbs(case: Case, last: str = "") -> list[Crumb]:
    parts = [Crumb(lazy("Hồ sơ"), "/cases/")]
    if case.case_list is not None:
        parts.append(Crumb(case.case_list.reference, f"/lists/{case.case_list.reference}/"))
    parts.append(Crumb(case.reference, f"/cases/{case.reference}/" if last else ""))
    return [*parts, Crumb(last)] if last else parts


def _page_context(case: Case, actor: Actor) -> dict[str, Any]:
    definition = definition_of(case.version_used_id)
    actions = {action.code: action for action in offered_actions(CASE_WORKFLOW, case, actor)}
    due = case.due_on
    checks = page_queries.checks_of(case)
    return {
        "case": case,
        "crumb_parts": _crumbs(case),
        "neighbours": page_queries.neighbours_of(case),
        "area": f"{area_name(case.area_code)}, {parent_name(case.area_code)}",
        "days_left": working_calendar().working_days_between(clock.today(), due) if due else None,
        "number": "0" * (9 if case.number_kind == "CCCD" else 6) + case.number_last3
        if case.number_last3
        else "",
        "checks": checks,
        "rules_url": checks.rules_url,
        "unsure_count": checks.unsure_count,
        "unsure": [row for row in checks.rows if row.verify],
        "sums": page_queries.sums_of(case),
        "namesakes": page_queries.namesakes_of(case, actor),
        "events": page_queries.history_of("support_programs.case", case.pk),
        "panels": case_panels(actor, case),
        "eligible_action": actions.get("case.mark_eligible"),
        "acts": _offered_acts(actions),
        "can_state_facts": case.status in ("draft", "listed", "appraising", "needs_supplement")
        and actor.has_role("commune_officer", "district_officer"),
        "can_correct": may_correct(case, actor),
        "denied": _denied(case, actor, bool(actions)),
        "note_form": NoteForm(),
        "evidence": papers_of(definition, stored_facts(case.facts)),
        "legal_basis": definition.legal_basis,
        "is_commune": commune(actor),
    }


def _offered_acts(actions: Mapping[str, Any]) -> list[tuple[str, CaseAct, str]]:
    codes = {
        "refuse": "case.refuse",
        "ask-supplement": "case.ask_supplement",
        "reconsider": "case.reconsider",
        "supplement": "case.supplement",
        "reopen": "case.reopen",
        "withdraw": "case.withdraw",
    }
    return [(slug, ACTS[slug], actions[code].refusal) for slug, code in codes.items() if code in actions]


def _denied(case: Case, actor: Actor, has_actions: bool) -> str:
    """Why there is no button here: whose turn it is."""
    if has_actions:
        return ""
    transitions = CASE_WORKFLOW.actions_from(case.status)
    return str(transitions[0].denied) if transitions else _("Hồ sơ đã kết thúc ở bước này.")
