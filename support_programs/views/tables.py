"""What the pages with tables share: filter choices, removable chips, tabs of queues."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from accounts.queries import area_name, children_of
from core.page_parts import Chip, Tab
from core.workflow import Actor
from support_programs.enums import CaseStatus, ListStatus, Result
from support_programs.queries.programmes import programme_choices
from support_programs.queries.queues import Queue, QueueEntry


def without(request: HttpRequest, *names: str) -> str:
    """The address's query without some names, page always left out."""
    query: QueryDict = request.GET.copy()
    for name in (*names, "page"):
        query.pop(name, None)
    return f"?{query.urlencode()}"


def filter_choices(actor: Actor, statuses: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Choices of the filter row: programmes, areas below the actor's, states, results."""
    return {
        "programmes": programme_choices(),
        "areas": children_of(actor.area_code),
        "statuses": statuses,
        "results": [*Result.choices, ("review", _("Có điều kiện cần xem"))],
    }


def chips_of(request: HttpRequest) -> list[Chip]:
    """The active filters in words."""
    words: dict[str, dict[str, Any]] = {
        "programme": dict(programme_choices()) if request.GET.get("programme") else {},
        "status": {**dict(CaseStatus.choices), **dict(ListStatus.choices)},
        "result": {**dict(Result.choices), "review": _("Có điều kiện cần xem")},
        "late": {"1": _("Quá hạn")},
    }
    found = []
    for name in ("q", "programme", "area", "status", "result", "late"):
        value = request.GET.get(name, "").strip()
        if not value:
            continue
        if name == "q":
            label = f"“{value}”"
        elif name == "area":
            label = area_name(value)
        else:
            label = str(words[name].get(value, value))
        found.append(Chip(label, without(request, name)))
    return found


def queue_tabs(queues: Sequence[Queue], counts: dict[str, int], current: Queue | None) -> list[Tab]:
    return [
        Tab(
            queue.label,
            f"?queue={queue.code}",
            counts[queue.code],
            is_current=queue is current,
            is_hot=queue.is_hot and counts[queue.code] > 0,
        )
        for queue in queues
    ]


def entry_tabs(entries: Sequence[QueueEntry]) -> list[Tab]:
    return [Tab(entry.label, entry.url, entry.count, is_hot=entry.is_hot) for entry in entries]
