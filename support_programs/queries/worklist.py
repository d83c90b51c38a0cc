"""The rows that a query string of a table of cases means, read again on the case page, in bulk, in an export."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from django.db.models import Count, Q, QuerySet, Value
from django.urls import reverse

from core.text import is_number, without_numbers
from core.wording import Text
from core.workflow import Actor
from support_programs.models import Case
from support_programs.queries.case_filter import NAMES, ORDERS, CaseFilter
from support_programs.queries.cases import ordered, visible_cases
from support_programs.queries.queue_table import CASES, Queue
from support_programs.queries.queues import queue_of

LONGEST: Final = 500
# what of an address names rows; its page number, say, doesn't
KEPT: Final = ("queue", "list", *NAMES, "sort")
_FREE_TEXT: Final = ("q", "occupation", "employer")
_MAY_BE_EMPTY: Final = ("due_on", "position")


@dataclass(frozen=True, slots=True)
class AskedCases:
    """What a query string means to somebody: the rows, unsorted, and their order (a key of `ORDERS`)."""

    rows: QuerySet[Case]
    sort: str
    queue: Queue | None
    list_reference: str
    query: str

    @property
    def ordered(self) -> QuerySet[Case]:
        return ordered(self.rows, self.sort)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a case stands in a result, and the ways to the rows before and after it ("" = none).

    `position` is None when the case does not belong to the result (any more, once it is decided): the neighbours are then those
    of the place where it would stand.
    """

    position: int | None
    total: int
    previous_url: str
    next_url: str
    back_url: str
    back_label: Text | None


def kept_query(query: str) -> str:
    """Of a query string what names rows, in a fixed order; identity numbers never, whoever typed them there."""
    given = dict(parse_qsl(query[: 4 * LONGEST]))
    pairs = [(name, _harmless(name, given[name])) for name in KEPT if given.get(name, "").strip()]
    return urlencode([(name, value) for name, value in pairs if value])


def asked_cases(actor: Actor, query: str) -> AskedCases:
    """The rows of a query string such as `queue=to_appraise&q=nguyen&sort=name`, `list=DS-…`, or of all cases.

    Only what the actor sees; a queue of other roles is no queue. One statement reads them, none is sent here.
    """
    kept = kept_query(query)
    given = dict(parse_qsl(kept))
    rows = visible_cases(actor)
    queue = queue_of(actor, given.get("queue", ""))
    queue = queue if queue is not None and queue.kind == CASES else None
    if queue is not None:
        rows = rows.filter(queue.condition(actor))
    of_list = given.get("list", "")
    if of_list:
        rows = rows.filter(case_list__reference=of_list)
    asked = CaseFilter.from_query(given, me=actor.pk, sort="position" if of_list else "due")
    return AskedCases(asked.apply(rows), asked.sort, queue, of_list, kept)


def back_of(asked: AskedCases) -> str:
    """The address of the table that shows these rows."""
    if asked.list_reference:
        page = reverse("support_programs:list_page", args=[asked.list_reference])
    else:
        page = reverse("home") if asked.queue is not None else reverse("support_programs:case_list")
    return f"{page}?{asked.query}" if asked.query else page


def neighbours_in(actor: Actor, query: str, case: Case) -> Neighbours:
    """The place of a case in the result of a query string; two queries, neither of which reads the whole result in its order.

    Asked before a case is decided, `next_url` is where to go on afterwards. The links carry the query on (`?from=`).
    """
    asked = asked_cases(actor, query)
    before, after = _around(asked, case)
    counted = _place(asked, case)
    return Neighbours(
        position=counted["before"] + 1 if counted["here"] else None,
        total=counted["total"],
        previous_url=_link(before, asked.query),
        next_url=_link(after, asked.query),
        back_url=back_of(asked),
        back_label=asked.queue.label if asked.queue is not None else None,
    )


def _harmless(name: str, value: str) -> str:
    value = value.strip()[:100]
    if name not in _FREE_TEXT:
        return value
    return "" if is_number(value) else without_numbers(value)


def _link(reference: str, query: str) -> str:
    if not reference:
        return ""
    page = reverse("support_programs:case_page", args=[reference])
    return f"{page}?{urlencode({'from': query})}" if query else page


def _place(asked: AskedCases, case: Case) -> dict[str, Any]:
    before = reduce(or_, _beyond(asked.sort, case, is_forward=False))
    counted: dict[str, Any] = asked.rows.order_by().aggregate(
        total=Count("pk"), before=Count("pk", filter=before), here=Count("pk", filter=Q(pk=case.pk))
    )
    return counted


def _around(asked: AskedCases, case: Case) -> tuple[str, str]:
    """The references of the rows next to the case's place: each a step along the order's index, all in one query."""
    field, _descends = _key(asked.sort)
    parts = []
    for is_forward in (False, True):
        rises = is_forward != asked.sort.startswith("-")
        order = (field, "pk") if rises else (f"-{field}", "-pk")
        for turn, condition in enumerate(_beyond(asked.sort, case, is_forward=is_forward)):
            rows = (
                asked.rows.filter(condition)
                .order_by(*order)
                .annotate(way=Value(is_forward), turn=Value(turn))
            )
            parts.append(rows.values_list("way", "turn", "reference")[:1])
    first: dict[bool, str] = {}
    for way, _turn, reference in sorted(parts[0].union(*parts[1:], all=True)):
        first.setdefault(way, reference)
    return first.get(False, ""), first.get(True, "")


def _key(sort: str) -> tuple[str, bool]:
    return ORDERS[sort][0].removeprefix("-"), sort.startswith("-")


def _beyond(sort: str, case: Case, *, is_forward: bool) -> list[Q]:
    """Conditions of the rows after a case's place, or before it, the nearer ones first. Rows without a value stand at the end of
    a rising order (`cases.ordered`). The bound stands alone too (`gte`): that is what an index can start from.
    """
    field, descends = _key(sort)
    value = getattr(case, field)
    rises = is_forward != descends
    way, side = ("gt", "gte") if rises else ("lt", "lte")
    if value is None:
        here = Q(**{f"{field}__isnull": True, f"pk__{way}": case.pk})
        return [here] if rises else [here, Q(**{f"{field}__isnull": False})]
    near = Q(**{f"{field}__{side}": value}) & (Q(**{f"{field}__{way}": value}) | Q(**{f"pk__{way}": case.pk}))
    return [near, Q(**{f"{field}__isnull": True})] if rises and field in _MAY_BE_EMPTY else [near]
