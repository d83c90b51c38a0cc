"""What the pages with tables share: filter choices, removable chips, tabs of queues."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.queries import area_name, children_of
from accounts.queries.staff import full_names
from core.page_parts import Chip, Tab
from core.wording import Text
from core.workflow import Actor
from support_programs.enums import CaseStatus, ListStatus, Result
from support_programs.queries.case_filter import ME, NAMES, NOBODY
from support_programs.queries.programmes import programme_choices
from support_programs.queries.queues import GROUP_LABELS, Group, Queue, QueueEntry


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
        "papers": {"missing": _("Còn thiếu giấy tờ")},
        "officer": {ME: _("Tôi xử lý"), NOBODY: _("Chưa ai nhận")},
    }
    found = []
    for name in NAMES:
        value = request.GET.get(name, "").strip()
        if not value:
            continue
        if name == "q":
            label = f"“{value}”"
        elif name == "area":
            label = area_name(value)
        elif name in _WITH_LABEL:
            label = f"{_WITH_LABEL[name]}: {value}"
        elif name == "officer" and value not in words["officer"]:
            label = _officer_name(value)
        else:
            label = str(words[name].get(value, value))
        found.append(Chip(label, without(request, name)))
    return found


_WITH_LABEL: Final[Mapping[str, Text]] = {
    "occupation": lazy("Công việc"),
    "employer": lazy("Đơn vị"),
    "received_from": lazy("Nhận từ ngày"),
    "received_to": lazy("Nhận đến ngày"),
    "amount_from": lazy("Mức hỗ trợ từ"),
    "amount_to": lazy("Mức hỗ trợ đến"),
}


def _officer_name(value: str) -> str:
    known = full_names({int(value)}) if value.isascii() and value.isdecimal() and len(value) < 10 else {}
    return next(iter(known.values()), value)


@dataclass(frozen=True, slots=True)
class TabGroup:
    """Counters that belong together; those with nothing in them stand folded behind the others."""

    label: Text
    filled: list[Tab]
    empty: list[Tab]


def queue_groups(
    queues: Sequence[Queue], counts: dict[str, int], current: Queue | None, entries: Sequence[QueueEntry]
) -> list[TabGroup]:
    """The counters of the worklist by group, in the table's order; a group without any is left out."""
    grouped: dict[Group, list[Tab]] = {group: [] for group in Group}
    for queue in queues:
        grouped[queue.group].append(_tab_of(queue, counts[queue.code], is_current=queue is current))
    for entry in entries:
        grouped[entry.group].append(Tab(entry.label, entry.url, entry.count, is_hot=entry.is_hot))
    return [
        TabGroup(
            GROUP_LABELS[group],
            [tab for tab in tabs if tab.count or tab.is_current],
            [tab for tab in tabs if not tab.count and not tab.is_current],
        )
        for group, tabs in grouped.items()
        if tabs
    ]


def _tab_of(queue: Queue, count: int, *, is_current: bool) -> Tab:
    return Tab(queue.label, f"?queue={queue.code}", count, is_current, is_hot=queue.is_hot and count > 0)
