"""Waiting work by role: each queue is a filter with a count and a link; upper apps add their own."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Value

from core.wording import Text
from core.workflow import Actor
from support_programs.models import Case, CaseList
from support_programs.permissions.desks import OPEN, reach_of
from support_programs.queries.queue_table import CASES, GROUP_LABELS, LISTS, QUEUES, Group, Queue

__all__ = [
    "CASES",
    "GROUP_LABELS",
    "LISTS",
    "QUEUES",
    "Group",
    "Queue",
    "QueueEntry",
    "QueueRows",
    "further_queues",
    "queue_counts",
    "queue_of",
    "queues_of",
    "register_queue",
]


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A counter on the worklist: a link to exactly the rows that it counts."""

    label: Text
    url: str
    count: int
    is_hot: bool = False
    group: Group = Group.OTHER


@dataclass(frozen=True, slots=True)
class QueueRows:
    """A counter by the rows behind it: those of all parts are counted in one statement. Not shown while there are none, unless
    `stays`; hot where a row fits `hot`.
    """

    label: Text
    url: str
    rows: QuerySet[Any]
    is_hot: bool = False
    group: Group = Group.OTHER
    hot: Q | None = None
    stays: bool = False


Provider = Callable[[Actor], Iterable[QueueEntry | QueueRows]]
_providers: Final[dict[str, Provider]] = {}


def register_queue(name: str, provider: Provider) -> None:
    """An upper app adds counters to the worklist; the provider gives those of this person, none for other roles."""
    _providers[name] = provider


def further_queues(actor: Actor) -> list[QueueEntry]:
    """The counters of the other parts and of the upper apps; those that give their rows are counted together."""
    given = [entry for name in sorted(_providers) for entry in _providers[name](actor)]
    counted = iter(_counts([entry for entry in given if isinstance(entry, QueueRows)]))
    entries = [_counted(entry, *next(counted)) if isinstance(entry, QueueRows) else entry for entry in given]
    return [
        entry
        for entry, was in zip(entries, given, strict=True)
        if entry.count or not isinstance(was, QueueRows) or was.stays
    ]


def _counted(entry: QueueRows, count: int, hot: int) -> QueueEntry:
    return QueueEntry(entry.label, entry.url, count, entry.is_hot or hot > 0, entry.group)


def _counts(entries: Sequence[QueueRows]) -> list[tuple[int, int]]:
    """How many rows each entry has and how many of them are hot, in one statement."""
    if not entries:
        return []
    counted = [
        entry.rows.order_by()
        .annotate(part=Value(place))
        .values_list("part")
        .annotate(n=Count("pk"), hot=Count("pk", filter=entry.hot) if entry.hot else Value(0))
        .values_list("part", "n", "hot")
        for place, entry in enumerate(entries)
    ]
    found = {part: (n, hot) for part, n, hot in counted[0].union(*counted[1:], all=True)}
    return [found.get(place, (0, 0)) for place in range(len(entries))]


def queues_of(actor: Actor) -> list[Queue]:
    """The queues of this person's roles, in the table's order."""
    return [queue for queue in QUEUES if actor.has_role(*queue.roles)]


def queue_counts(actor: Actor, queues: Iterable[Queue]) -> dict[str, int]:
    """How many rows wait in each queue: one query for cases, one for lists.

    No queue has ended cases, which are most of a finished year's: they are not looked at.
    """
    counts: dict[str, int] = {}
    for kind, rows in (
        (CASES, Case.objects.visible_to(actor).filter(reach_of(actor), status__in=OPEN)),
        (LISTS, CaseList.objects.visible_to(actor)),
    ):
        sums = {
            queue.code: Count("pk", filter=queue.condition(actor)) for queue in queues if queue.kind == kind
        }
        if sums:
            counts.update(rows.aggregate(**sums))
    return counts


def queue_of(actor: Actor, code: str) -> Queue | None:
    """The queue of this code among those of the person's roles; None for any other word."""
    return next((queue for queue in queues_of(actor) if queue.code == code), None)
