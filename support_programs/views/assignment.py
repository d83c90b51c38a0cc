"""One case taken up, handed over, let go."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from core.requests import actor_of
from core.transitions import TransitionRefused
from support_programs.forms.worklist import NOBODY, AssignForm
from support_programs.models import Case
from support_programs.queries.officers import assignment_of, colleague, colleagues_of
from support_programs.queries.worklist import kept_query
from support_programs.services import assignment
from support_programs.views.case_parts import case_of, crumbs_of


@require_POST
def case_claim(request: HttpRequest, reference: str) -> HttpResponse:
    """The officer takes the case up; a colleague's stays theirs, with a word to whom it belongs."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    try:
        assignment.claim_case(case, actor=actor)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Bạn đã nhận xử lý hồ sơ này."))
    return redirect(_page(request, case))


@require_POST
def case_release(request: HttpRequest, reference: str) -> HttpResponse:
    """The case waits again for somebody to take it up."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    try:
        assignment.release_case(case, actor=actor)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Hồ sơ đang chờ người nhận xử lý."))
    return redirect(_page(request, case))


@require_http_methods(["GET", "POST"])
def case_assign(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand the case over to a colleague of the same desk, with a word to them."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    form = AssignForm(request.POST if request.method == "POST" else None, colleagues=colleagues_of(actor))
    refusal = ""
    if form.is_bound and form.is_valid():
        try:
            return _handed(request, case, form)
        except TransitionRefused as error:
            refusal = str(error)
    context = {
        "case": case,
        "form": form,
        "refusal": refusal,
        "crumb_parts": crumbs_of(case, str(lazy("Chuyển người xử lý"))),
        "assignment": assignment_of(actor, case),
        "page_url": _page(request, case),
    }
    return render(
        request, "support_programs/worklist/assign.html", context, status=422 if form.is_bound else 200
    )


def _handed(request: HttpRequest, case: Case, form: AssignForm) -> HttpResponse:
    actor = actor_of(request)
    note, wanted = form.cleaned_data["note"], form.cleaned_data["officer"]
    to = colleague(actor, wanted)
    if wanted == NOBODY or to is None:
        assignment.release_case(case, actor=actor, note=note)
        messages.success(request, _("Hồ sơ đang chờ người nhận xử lý."))
    else:
        assignment.assign_case(case, to=to, actor=actor, note=note)
        messages.success(request, _("Đã giao hồ sơ cho %(name)s.") % {"name": to.full_name})
    return redirect(_page(request, case))


def _page(request: HttpRequest, case: Case) -> str:
    """The case again, with the filter that one works through kept."""
    page = reverse("support_programs:case_page", args=[case.reference])
    query = request.GET.copy()
    kept = kept_query(query.get("from", ""))
    query.clear()
    if not kept:
        return page
    query["from"] = kept
    return f"{page}?{query.urlencode()}"
