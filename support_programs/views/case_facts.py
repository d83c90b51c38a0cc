"""What is known of one case, stated on a page: confirmations of criteria, answers of the form, the group of its occupation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.requests import actor_of
from core.transitions import TransitionRefused
from support_programs.forms import CaseFactsForm
from support_programs.models import Case
from support_programs.queries import case_page as page_queries
from support_programs.queries.programmes import definition_of
from support_programs.services import facts
from support_programs.views.case_parts import case_of, crumbs_of


@require_http_methods(["GET", "POST"])
def case_facts(request: HttpRequest, reference: str) -> HttpResponse:
    """State the facts of one case, and the group of its occupation; the rules judge it at once."""
    actor = actor_of(request)
    case = case_of(reference, actor)
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
        "crumb_parts": crumbs_of(case, _("Thông tin để xét")),
    }
    return render(request, "support_programs/case_facts.html", context, status=422 if form.errors else 200)


def _word(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"
