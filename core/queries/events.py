"""The audit log as it is read: newest first, page by page from a known line, each line in words."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from core.audit import action_of, registered_codes, sentence_of
from core.models import Event
from core.querysets import area_filter
from core.references import parse_reference


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which lines: of an area, and of these actions, people, days and record. None and "" ask for nothing in particular."""

    area_code: str
    actions: frozenset[str] | None = None
    actor_ids: tuple[int, ...] | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class EventLine:
    """One line of the log. `at` is the real time, `business_date` the day that the system worked with."""

    number: int
    at: dt.datetime
    business_date: dt.date
    actor_name: str
    label: str
    sentence: str
    reason: str
    reference: str
    area_code: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """Some lines, and the number to go on from; None at the end of the log."""

    lines: tuple[EventLine, ...]
    next_before: int | None


def event_page(wanted: EventFilter, *, before: int | None, size: int) -> EventPage:
    """The newest lines below a number; one query."""
    found = list(_lines(wanted, before=before, limit=size + 1))
    lines = tuple(found[:size])
    return EventPage(lines, lines[-1].number if len(found) > size else None)


def event_lines(wanted: EventFilter, *, limit: int) -> tuple[EventLine, ...]:
    """The newest lines for a file; one query."""
    return tuple(_lines(wanted, before=None, limit=limit))


def _lines(wanted: EventFilter, *, before: int | None, limit: int) -> Iterator[EventLine]:
    events = Event.objects.filter(area_filter(wanted.area_code)).order_by("-pk")
    if before is not None:
        events = events.filter(pk__lt=before)
    if wanted.actions is not None:
        events = events.filter(action__in=wanted.actions)
    if wanted.actor_ids is not None:
        events = events.filter(actor_id__in=wanted.actor_ids)
    if wanted.first:
        events = events.filter(business_date__gte=wanted.first)
    if wanted.last:
        events = events.filter(business_date__lte=wanted.last)
    if wanted.reference:
        known = parse_reference(wanted.reference)
        events = events.filter(object_ref=str(known) if known else wanted.reference.strip())
    return map(_line, events[:limit])


def _line(event: Event) -> EventLine:
    is_known = event.action in registered_codes()
    return EventLine(
        number=event.pk,
        at=event.at,
        business_date=event.business_date,
        actor_name=event.actor_name,
        label=str(action_of(event.action).label) if is_known else event.action,
        sentence=sentence_of(event.action, event.actor_name, event.object_ref, event.change)
        if is_known
        else f"{event.actor_name}: {event.action} {event.object_ref}",
        reason=event.reason,
        reference=event.object_ref,
        area_code=event.area_code,
    )
