"""Lists: those of an area, one list with its chain, its rows and the way on."""

import dataclasses
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accounts.queries import area_name, place_name
from core import clock
from core.downloads import download
from core.money import format_dong
from core.page_parts import BulkAction, Crumb, Tile
from core.queries.calendar import working_calendar
from core.requests import actor_of
from core.shortcuts import get_visible
from core.wording import Text
from core.workflow import Actor
from support_programs.enums import CaseStatus, ListStatus, Step
from support_programs.models import Case, CaseList, Exclusion, OfficialDocument
from support_programs.permissions import (
    COMMUNE_DIGITS,
    commune,
    district_officer,
    intake_of,
    reviewer,
    takes_whole_numbers,
)
from support_programs.queries import cases as case_queries
from support_programs.queries import lists as list_queries
from support_programs.queries.case_page import history_of
from support_programs.queries.documents.posting import minutes_of
from support_programs.queries.list_papers import papers_of
from support_programs.queries.list_steps import action_label, shown_status, stepper
from support_programs.queries.panels import list_panels
from support_programs.queries.programme_page import rules_address
from support_programs.queries.programmes import definition_of
from support_programs.queries.saved_views import saved_views_of
from support_programs.rules.definition import Definition
from support_programs.views.bulk import APPRAISING, TAKING_OUT, actions_of
from support_programs.views.list_why import blocking_of_roles, why_not
from support_programs.views.paging import page_of
from support_programs.views.tables import chips_of, filter_choices
from support_programs.workflow import LIST_WORKFLOW


@require_GET
def list_list(request: HttpRequest) -> HttpResponse:
    """Every list of one's area, filtered by the address."""
    actor = actor_of(request)
    filters = list_queries.ListFilter.from_query(request.GET.dict())
    found = filters.apply(CaseList.objects.visible_to(actor))
    page = page_of(request, found.order_by(*list_queries.ORDERS[filters.sort]))
    page.object_list = list_queries.list_rows(page.object_list)
    context = {
        "page": page,
        "filters": filters,
        "chips": chips_of(request),
        "area_name": area_name(actor.area_code),
        "is_commune": commune(actor),
        "saved_views": saved_views_of(actor, "lists", request.GET.urlencode()),
        **filter_choices(actor, ListStatus.choices),
    }
    return render(request, "support_programs/list_list.html", context)


@require_GET
def list_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One list: where it is in the chain, who is in it, what may be done next."""
    actor = actor_of(request)
    return render(
        request, "support_programs/list_page.html", page_context(request, list_of(reference, actor), actor)
    )


@require_GET
def list_minutes(request: HttpRequest, reference: str) -> HttpResponse:
    """The scan of the posting's minutes; the download is recorded."""
    actor = actor_of(request)
    minutes = list_of(reference, actor).posting_minutes
    if minutes is None:
        raise Http404
    return download(minutes, actor=actor)


@require_GET
def list_confirmation(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The scan of another agency's paper about the list; the download is recorded."""
    actor = actor_of(request)
    papers = list_of(reference, actor).agency_confirmations.select_related("scan")
    paper = papers.filter(pk=pk, scan__isnull=False).first()
    if paper is None or paper.scan is None:
        raise Http404
    return download(paper.scan, actor=actor)


def list_of(reference: str, actor: Actor) -> CaseList:
    """The list, if this person may see it; 404 otherwise."""
    rows = CaseList.objects.select_related(
        "programme", "version_used", "list_import", "posting_minutes", "employer"
    ).annotate(
        # what panels of the page need to know before they ask
        has_exclusions=Exists(Exclusion.objects.filter(case_list=OuterRef("pk"))),
        rows_without_papers=Coalesce(Subquery(_missing_papers()), 0),
        has_documents=Exists(OfficialDocument.objects.filter(case_list=OuterRef("pk")))
        | Exists(OfficialDocument.objects.filter(about_refs__contains=[OuterRef("reference")])),
    )
    return get_visible(rows, actor, reference=reference)


def _missing_papers() -> QuerySet[Case, Any]:
    rows = Case.objects.filter(case_list=OuterRef("pk"), papers_missing__gt=0).order_by()
    return rows.values("case_list").annotate(n=Count("pk")).values("n")


def page_context(request: HttpRequest, case_list: CaseList, actor: Actor) -> dict[str, Any]:
    """What the page of a list shows."""
    totals = list_queries.list_totals(case_list)
    filters = case_queries.CaseFilter.from_query({"sort": "position", **request.GET.dict()})
    rows = filters.apply(Case.objects.filter(case_list=case_list))
    sort = request.GET.get("sort", "")
    rows = (
        case_queries.ordered(rows, sort) if sort in case_queries.ORDERS else rows.order_by("position", "pk")
    )
    page = page_of(request, case_queries.with_row_fields(rows), unfiltered=totals.people)
    page.object_list = case_queries.case_rows(page.object_list)
    definition = definition_of(case_list.version_used_id)
    stream = {stream.code: stream for stream in definition.streams}.get(case_list.stream)
    due = case_list.due_on
    is_drawing_up, denied = intake_of(case_list.area_code)
    is_open = case_list.status in ListStatus.at_commune() and is_drawing_up(actor)
    blocking = blocking_of_roles(case_list, actor)
    here = LIST_WORKFLOW.actions_from(case_list.status)
    standing = {each.action: blocking[each.action] for each in here if each.action in blocking}
    actions = list_queries.offered_actions(LIST_WORKFLOW, case_list, actor, standing)
    return {
        "case_list": case_list,
        "crumb_parts": [Crumb(_("Danh sách"), "/lists/"), Crumb(case_list.reference)],
        "area": place_name(case_list.area_code),
        "stream": stream,
        "rules_url": rules_address(case_list.version_used),
        "unsure_count": definition.unsure_count,
        "steps": stepper(case_list),
        "shown_status": shown_status(case_list),
        "days_left": working_calendar().working_days_between(clock.today(), due) if due else None,
        "totals": totals,
        "tiles": _tiles(totals),
        "page": page,
        "filters": filters,
        "chips": chips_of(request),
        "statuses": CaseStatus.choices,
        "actions": [
            dataclasses.replace(action, label=action_label(case_list, action.code, action.label))
            # what leads on comes before what sends back
            for action in sorted(actions, key=lambda each: each.needs_reason)
        ],
        "denied": _denied(case_list, denied),
        "why": why_not(case_list, actor, standing, blocking),
        "minutes": minutes_of(case_list, actor),
        "exclusions": _exclusions(case_list),
        "confirmations": list_queries.confirmations_of(case_list),
        "papers": papers_of(case_list),
        "has_posting": definition.has_step(Step.POSTING),
        "returned_reason": _returned_reason(case_list, definition),
        "is_of_commune": len(case_list.area_code) == COMMUNE_DIGITS,
        "events": history_of("support_programs.caselist", case_list.pk),
        "panels": list_panels(actor, case_list),
        "can_confirm": is_open,
        "can_take_numbers": takes_whole_numbers(actor),
        "bulk_actions": _bulk_for(case_list, actor),
        "list_query": f"list={case_list.reference}&{request.GET.urlencode()}",
    }


def _exclusions(case_list: CaseList) -> list[Exclusion]:
    if not getattr(case_list, "has_exclusions", True):
        return []
    return list(case_list.exclusions.select_related("case").order_by("-pk")[:50])


def _tiles(totals: list_queries.ListTotals) -> list[Tile]:
    return [
        Tile(_("Hồ sơ"), format_dong(totals.people), _("người")),
        Tile(_("Số tiền đề nghị"), format_dong(totals.amount), "đ"),
        Tile(_("Đủ điều kiện"), format_dong(totals.eligible), _("hồ sơ"), url="?status=eligible"),
        Tile(_("Chờ thẩm định"), format_dong(totals.waiting), _("hồ sơ"), url="?status=appraising"),
        Tile(_("Chưa đủ dữ liệu"), format_dong(totals.undetermined), _("hồ sơ"), url="?result=undetermined"),
    ]


def _returned_reason(case_list: CaseList, definition: Definition) -> str:
    """Why the list is back where it was drawn up: the district returned it, or the agency refused to confirm it."""
    has_agency = any(definition.has_step(step) for step in Step.of_agencies())
    is_back = case_list.status == ListStatus.SENT_BACK
    is_refused = has_agency and case_list.status == ListStatus.DRAFT
    return case_list.sent_back_reason if is_back or is_refused else ""


def _denied(case_list: CaseList, not_drawing_up: Text) -> Text:
    """Whose turn it is."""
    if case_list.status in (*ListStatus.at_commune(), ListStatus.AT_AGENCY):
        return not_drawing_up
    transitions = LIST_WORKFLOW.actions_from(case_list.status)
    return transitions[0].denied if transitions else ""


def _bulk_for(case_list: CaseList, actor: Actor) -> list[BulkAction]:
    status = case_list.status
    is_drawing_up, _denied = intake_of(case_list.area_code)
    if status == ListStatus.AT_DISTRICT and district_officer(actor):
        return actions_of(*APPRAISING)
    if status == ListStatus.AT_DEPARTMENT and reviewer(actor):
        return actions_of(*(TAKING_OUT if case_list.has_list_approval else APPRAISING))
    if status in (ListStatus.DRAFT, ListStatus.SENT_BACK) and is_drawing_up(actor):
        return actions_of("remove")
    return []
