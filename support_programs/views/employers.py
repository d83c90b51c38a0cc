"""Employers: the ones of an area, and one with its lists of workers and its own claims."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from accounts.queries import area_name
from beneficiaries.models import Employer
from beneficiaries.permissions import may_register, may_register_in
from beneficiaries.queries.stop_orders import stop_orders_of
from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.text import mask_number
from support_programs.models import Case, CaseList
from support_programs.queries import cases as case_queries
from support_programs.queries import lists as list_queries
from support_programs.queries.employers import employer_rows, employers_of
from support_programs.views.paging import page_of


@require_GET
def employer_list(request: HttpRequest) -> HttpResponse:
    """The employers of one's area, found by name or tax code."""
    actor = actor_of(request)
    q = request.GET.get("q", "").strip()[:100]
    page = page_of(request, employers_of(actor, q))
    page.object_list = employer_rows(list(page.object_list), actor)
    context = {
        "page": page,
        "q": q,
        "area_name": area_name(actor.area_code),
        "may_register": may_register(actor),
    }
    return render(request, "support_programs/employer_list.html", context)


@require_GET
def employer_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One employer with what this person may see of its dossiers."""
    actor = actor_of(request)
    employer = get_visible(Employer.objects.select_related("owner"), actor, reference=reference)
    lists = CaseList.objects.visible_to(actor).filter(employer=employer).order_by("-pk")[:100]
    cases = Case.objects.visible_to(actor).filter(employer=employer).order_by("-pk")[:100]
    context = {
        "employer": employer,
        "area": area_name(employer.area_code),
        "may_correct": may_register_in(actor, employer.area_code),
        "is_owner_near": employer.owner is not None and employer.owner.area_code.startswith(actor.area_code),
        "stop_orders": stop_orders_of(employer, actor),
        "account": mask_number(f"•••{employer.account_last3}") if employer.account_last3 else "",
        "lists": list_queries.list_rows(lists),
        "cases": case_queries.case_rows(case_queries.with_row_fields(cases)),
        "crumb_parts": [Crumb(lazy("Đơn vị sử dụng lao động"), "/employers/"), Crumb(employer.reference)],
    }
    return render(request, "support_programs/employer_page.html", context)
