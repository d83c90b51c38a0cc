"""Cases: the list with its filters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.queries import area_name
from core.requests import actor_of
from support_programs.enums import CaseStatus
from support_programs.permissions import intake, works_on_cases
from support_programs.queries import cases as case_queries
from support_programs.queries.officers import colleagues_of
from support_programs.queries.saved_views import saved_views_of
from support_programs.queries.worklist import kept_query
from support_programs.views.bulk import bulk_actions
from support_programs.views.case_tabs import case_tabs
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
        "tabs": case_tabs(actor, "case_list"),
        "area_name": area_name(actor.area_code),
        "can_take_in": intake(actor),
        "bulk_actions": bulk_actions(actor) if works_on_cases(actor) else [],
        "saved_views": saved_views_of(actor, "cases", request.GET.urlencode()),
        "officers": colleagues_of(actor),
        "export_query": kept_query(request.GET.urlencode()),
        **filter_choices(actor, CaseStatus.choices),
    }
    return render(request, "support_programs/case_list.html", context)
