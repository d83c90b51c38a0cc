"""What is known of one case, stated on a page: confirmations of criteria, answers of the form, the group of its occupation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.requests import actor_of
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.forms import CaseFactsForm
from support_programs.models import Case
from support_programs.queries import case_page as page_queries
from support_programs.queries.programmes import definition_of
from support_programs.services import facts
from support_programs.services.claims import ClaimRefused, state_facts
from support_programs.views.case_parts import case_of, crumbs_of
from support_programs.views.record_forms import AnswersForm, show_at_fields


@require_http_methods(["GET", "POST"])
def case_facts(request: HttpRequest, reference: str) -> HttpResponse:
    """State the facts of one case: all of it is written, or nothing; the rules judge it at once."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    definition = definition_of(case.version_used_id)
    stated = {row.code: row.stated for row in page_queries.confirmable_of(case)}
    form = CaseFactsForm(request.POST or None, definition=definition, initial=stated)
    answers = AnswersForm(request.POST or None, case=case, definition=definition)
    if request.method == "POST" and form.is_valid() and answers.is_valid():
        try:
            _state(case, actor, form, answers, request.POST.get("group", ""))
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        except ClaimRefused as refusal:
            show_at_fields(answers, refusal.errors)
        else:
            messages.success(request, _("Đã ghi thông tin và kiểm tra lại điều kiện."))
            return redirect("support_programs:case_page", reference=case.reference)
    context = {
        "case": case,
        "form": form,
        "answers": answers,
        "groups": definition.occupation_groups,
        "group": request.POST.get("group") or case.facts.get("occupation_group", {}).get("value", ""),
        "crumb_parts": crumbs_of(case, _("Thông tin để xét")),
    }
    is_refused = bool(form.errors or answers.errors)
    return render(request, "support_programs/case_facts.html", context, status=422 if is_refused else 200)


def _state(case: Case, actor: Actor, form: CaseFactsForm, answers: AnswersForm, group: str) -> None:
    """What is unchanged on the page isn't written: a page that came without questions changes no answer."""
    told = {code: value for code, value in answers.changed().items() if f"answers-{code}" in answers.data}
    if told:
        state_facts(case, answers=told, actor=actor, expected_version=answers.cleaned_data["version"])
    stated = {row.code: row.stated for row in page_queries.confirmable_of(case)}
    changed = {code: value for code, value in form.stated().items() if _word(value) != stated[code]}
    if changed:
        facts.set_case_facts(case, values=changed, actor=actor)
    if group and group != case.facts.get("occupation_group", {}).get("value"):
        facts.set_occupation_group(Case.objects.filter(pk=case.pk), group=group, actor=actor)


def _word(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"
