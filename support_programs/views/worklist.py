"""The home page: the waiting work of the roles that somebody holds."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.queries import area_name
from core import clock
from core.page_parts import BulkAction
from core.requests import actor_of
from core.workflow import Actor
from support_programs.enums import CaseStatus, ListStatus
from support_programs.models import CaseList
from support_programs.permissions import approver, case_appraiser, commune, intake
from support_programs.queries import cases as case_queries
from support_programs.queries import lists as list_queries
from support_programs.queries.digests import unread_digest
from support_programs.queries.officers import colleagues_of
from support_programs.queries.queues import CASES, Queue, further_queues, queue_counts, queues_of
from support_programs.queries.reminders import may_see_late_work
from support_programs.queries.saved_views import saved_views_of
from support_programs.queries.worklist import kept_query
from support_programs.views.bulk_actions import APPRAISING, actions_of, assigning
from support_programs.views.paging import page_of
from support_programs.views.tables import chips_of, filter_choices, queue_groups

# queues whose rows lie on whichever desk the reader has
MIXED: Final = ("mine", "mine_late", "unassigned", "overdue", "due_today", "due_soon")


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Queues with their counts, and the rows of the one that is open."""
    actor = actor_of(request)
    queues = queues_of(actor) if actor.sees_records else []
    counts = queue_counts(actor, queues)
    current = chosen_queue(request, queues, counts)
    bulk_query = _with_queue(request, current)
    groups = queue_groups(queues, counts, current, further_queues(actor))
    context = {
        "queue": current,
        "groups": groups,
        "tabs": [tab for group in groups for tab in (*group.filled, *group.empty)],
        "empty_count": sum(len(group.empty) for group in groups),
        "area_name": area_name(actor.area_code),
        "today": clock.today(),
        "chips": chips_of(request),
        "is_commune": commune(actor),
        "can_take_in": intake(actor),
        "bulk_query": bulk_query,
        "sees_late_work": may_see_late_work(actor),
        "digest": unread_digest(actor, clock.today()),
        "saved_views": saved_views_of(actor, "home", request.GET.urlencode()),
        **(_rows(request, actor, current, counts[current.code]) if current else {}),
    }
    return render(request, "support_programs/home.html", context)


def _actions(actor: Actor, queue: Queue) -> list[BulkAction]:
    """Appraising for the queues of those who appraise, listing for what lies loose where it was taken in; taking up and handing
    over in each.
    """
    return [*actions_of(*_casework(actor, queue)), *assigning(actor)]


def _casework(actor: Actor, queue: Queue) -> tuple[str, ...]:
    if queue.code in ("loose", "loose_district", "loose_department"):
        return ("list",)
    if queue.code in ("supplement", "supplement_department"):
        return ("list",) if commune(actor) or queue.code == "supplement_department" else ()
    if queue.code in ("tracked", "marked"):
        return ()
    if queue.code in MIXED:
        return APPRAISING if case_appraiser(actor) else ("list",)
    return APPRAISING


def _with_queue(request: HttpRequest, queue: Queue | None) -> str:
    query = request.GET.copy()
    query["queue"] = queue.code if queue else ""
    return query.urlencode()


def chosen_queue(request: HttpRequest, queues: list[Queue], counts: dict[str, int]) -> Queue | None:
    """The queue of the address, else the first with something in it, else the first."""
    wanted = request.GET.get("queue")
    named = next((queue for queue in queues if queue.code == wanted), None)
    filled = next((queue for queue in queues if counts[queue.code]), None)
    return named or filled or (queues[0] if queues else None)


def _rows(request: HttpRequest, actor: Actor, queue: Queue, count: int) -> dict[str, object]:
    if queue.kind == CASES:
        filters = case_queries.CaseFilter.from_query(request.GET.dict(), me=actor.pk)
        rows = filters.apply(case_queries.visible_cases(actor).filter(queue.condition(actor)))
        ordered = case_queries.ordered(rows, filters.sort)
        page = page_of(request, case_queries.with_row_fields(ordered), unfiltered=count)
        page.object_list = case_queries.case_rows(page.object_list)
        actions = _actions(actor, queue)
        return {
            "page": page,
            "filters": filters,
            "bulk_actions": actions,
            "officers": colleagues_of(actor),
            "export_query": kept_query(_with_queue(request, queue)),
            **filter_choices(actor, CaseStatus.choices),
        }
    lists = list_queries.ListFilter.from_query({"sort": "due", **request.GET.dict()})
    found = lists.apply(CaseList.objects.visible_to(actor).filter(queue.condition(actor)))
    page = page_of(request, found.order_by(*list_queries.ORDERS[lists.sort]), unfiltered=count)
    page.object_list = list_queries.list_rows(page.object_list)
    return {
        "page": page,
        "filters": lists,
        "can_decide": approver(actor) and queue.code == "to_decide",
        **filter_choices(actor, ListStatus.choices),
    }
