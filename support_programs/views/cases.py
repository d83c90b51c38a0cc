"""Cases: the list with its filters, one case, finding it eligible, and notes on it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.queries import area_name
from core.requests import actor_of
from core.transitions import TransitionRefused
from support_programs.enums import CaseStatus
from support_programs.forms import NoteForm
from support_programs.permissions import intake, works_on_cases
from support_programs.queries import case_page as page_queries
from support_programs.queries import cases as case_queries
from support_programs.queries.officers import colleagues_of
from support_programs.queries.saved_views import saved_views_of
from support_programs.queries.worklist import kept_query
from support_programs.services import appraisal
from support_programs.services.register_checks import recheck_case
from support_programs.views.bulk import bulk_actions
from support_programs.views.case_context import page_context
from support_programs.views.case_parts import case_of
from support_programs.views.paging import page_of
from support_programs.views.tables import chips_of, filter_choices


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """Every case of one's area, filtered by the address."""
    actor = actor_of(request)
    filters = case_queries.CaseFilter.from_query(request.GET.dict(), me=actor.pk)
    rows = filters.apply(case_queries.visible_cases(actor))
    page = page_of(request, case_queries.with_row_fields(case_queries.ordered(rows, filters.sort)))
    page.object_list = case_queries.case_rows(page.object_list)
    context = {
        "page": page,
        "filters": filters,
        "chips": chips_of(request),
        "area_name": area_name(actor.area_code),
        "can_take_in": intake(actor),
        "bulk_actions": bulk_actions(actor) if works_on_cases(actor) else [],
        "saved_views": saved_views_of(actor, "cases", request.GET.urlencode()),
        "officers": colleagues_of(actor),
        "export_query": kept_query(request.GET.urlencode()),
        **filter_choices(actor, CaseStatus.choices),
    }
    return render(request, "support_programs/case_list.html", context)


@require_GET
def case_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One case: the decision beside its evidence."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    return render(request, "support_programs/case_page.html", page_context(case, actor))


@require_POST
def case_mark_eligible(request: HttpRequest, reference: str) -> HttpResponse:
    """Find the case eligible and go on to the next one of its list."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    version = request.POST.get("version", "")
    try:
        appraisal.mark_eligible(
            case, actor=actor, expected_version=int(version) if version.isdecimal() else None
        )
    except TransitionRefused as refusal:
        case.refresh_from_db()
        context = {**page_context(case, actor), "refusal": str(refusal)}
        return render(request, "support_programs/case_page.html", context, status=422)
    messages.success(request, _("Đã xác nhận %(name)s đủ điều kiện.") % {"name": case.applicant_name})
    following = page_queries.next_to_appraise(case, case.case_list_id)
    return redirect("support_programs:case_page", reference=following or case.reference)


@require_POST
def case_recheck(request: HttpRequest, reference: str) -> HttpResponse:
    """Judge the case again by what the registers say now."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    try:
        recheck_case(case, actor=actor)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã kiểm tra lại theo sổ."))
    return redirect("support_programs:case_page", reference=case.reference)


@require_POST
def case_note(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep an internal note."""
    actor = actor_of(request)
    case = case_of(reference, actor)
    form = NoteForm(request.POST)
    if form.is_valid():
        appraisal.note_on_case(case, text=form.cleaned_data["text"], actor=actor)
        messages.success(request, _("Đã ghi chú."))
    else:
        messages.error(request, _("Ghi chú đang trống."))
    return redirect("support_programs:case_page", reference=case.reference)
