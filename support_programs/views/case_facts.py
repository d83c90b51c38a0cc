"""What is known of one case, stated on a page: confirmations of criteria, answers of the form, the group of its occupation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.requests import actor_of
from core.transitions import StaleRecord, TransitionRefused
from core.workflow import Actor
from support_programs.forms import CaseFactsForm
from support_programs.models import Case
from support_programs.queries import case_page as page_queries
from support_programs.queries.programmes import definition_of
from support_programs.services.casework import state_case
from support_programs.services.claims import ClaimRefused
from support_programs.views.case_parts import case_of, crumbs_of
from support_programs.views.case_way import way_of
from support_programs.views.record_forms import AnswersForm, show_at_fields
from support_programs.views.stale import conflict_in, shown_by


@dataclass(frozen=True, slots=True)
class Facts:
    """The page's forms over the case as it is now, and what their fields show when nothing is typed."""

    case: Case
    confirmed: CaseFactsForm
    answers: AnswersForm
    shown: dict[str, Any]

    @property
    def is_valid(self) -> bool:
        return self.confirmed.is_valid() and self.answers.is_valid()

    def fields(self) -> list[tuple[str, forms.Field]]:
        groups = definition_of(self.case.version_used_id).occupation_groups
        group = forms.ChoiceField(
            label=_("Nhóm công việc"), choices=[(each.code, each.label) for each in groups]
        )
        return [*self.confirmed.fields.items(), *self.answers.fields.items(), ("group", group)]


@require_http_methods(["GET", "POST"])
def case_facts(request: HttpRequest, reference: str) -> HttpResponse:
    """State the facts of one case: all of it is written, or nothing; the rules judge it at once.

    A page that is out of date writes nothing: what was typed stays beside what somebody else wrote meanwhile.
    """
    actor = actor_of(request)
    facts = _facts(case_of(reference, actor), request.POST or None)
    conflict = None
    if request.method == "POST" and facts.is_valid:
        try:
            _state(facts, actor, request.POST.get("group", ""))
        except StaleRecord as stale:
            now = _facts(case_of(reference, actor), None)
            conflict, fresh = conflict_in(
                stale, request.POST, version=now.case.version, stored=now.shown, fields=now.fields()
            )
            facts = _facts(now.case, fresh)
        except TransitionRefused as refusal:
            facts.confirmed.add_error(None, str(refusal))
        except ClaimRefused as refusal:
            show_at_fields(facts.answers, refusal.errors)
        else:
            messages.success(request, _("Đã ghi thông tin và kiểm tra lại điều kiện."))
            return redirect("support_programs:case_page", reference=reference)
    is_refused = bool(facts.confirmed.errors or facts.answers.errors) or conflict is not None
    context = {**_context(facts), "conflict": conflict, "from_query": way_of(request).suffix}
    return render(request, "support_programs/case_facts.html", context, status=422 if is_refused else 200)


def _facts(case: Case, data: QueryDict | None) -> Facts:
    definition = definition_of(case.version_used_id)
    stated = {row.code: row.stated for row in page_queries.confirmable_of(case)}
    answers = AnswersForm(data, case=case, definition=definition)
    shown = {**stated, **{name: value for name, value in answers.initial.items() if name != "version"}}
    if definition.occupation_groups:
        shown["group"] = _group_of(case)
    return Facts(case, CaseFactsForm(data, definition=definition, initial=stated), answers, shown)


def _context(facts: Facts) -> dict[str, Any]:
    form = facts.answers
    data: Mapping[str, Any] = form.data if form.is_bound else {}
    return {
        "case": facts.case,
        "form": facts.confirmed,
        "answers": form,
        "groups": definition_of(facts.case.version_used_id).occupation_groups,
        "group": data.get("group") or _group_of(facts.case),
        "shown": data.get("shown") or shown_by(facts.shown),
        "crumb_parts": crumbs_of(facts.case, _("Thông tin để xét")),
    }


def _group_of(case: Case) -> str:
    return str(case.facts.get("occupation_group", {}).get("value", ""))


def _state(facts: Facts, actor: Actor, group: str) -> None:
    """What is unchanged on the page isn't written: a page that came without questions changes no answer."""
    answers, case = facts.answers, facts.case
    told = {code: value for code, value in answers.changed().items() if f"answers-{code}" in answers.data}
    stated = facts.confirmed.initial
    confirmed = {
        code: value for code, value in facts.confirmed.stated().items() if _word(value) != stated[code]
    }
    version = answers.cleaned_data["version"]
    if told or confirmed or (group and group != _group_of(case)) or version not in (None, case.version):
        state_case(
            case,
            answers=told,
            confirmed=confirmed,
            group=group if group != _group_of(case) else "",
            actor=actor,
            expected_version=version,
        )


def _word(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"
