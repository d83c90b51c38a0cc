"""Extracts of the audit log for auditors: events by person and by kind, looks at personal data, refusals; line by line too."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import override

from accounts.models import User
from core.audit import action_of, registered_codes, sentence_of
from core.models import Event
from core.querysets import Viewer, area_filter
from reports.queries.areas import AreaChoice

# personal data seen in clear or taken out of the system as a file
REVEALS: Final = (
    "callback.phone_seen",
    "case.looked_up",
    "case.papers_seen",
    "person.number_revealed",
)
EXPORTS: Final = (
    "audit.exported",
    "batch.files_downloaded",
    "cases.exported",
    "donation.exported",
    "file.downloaded",
    "import.marked_downloaded",
    "list.printed",
    "outreach.exported",
    "person.data_exported",
    "register.exported",
    "report.downloaded",
    "returned.exported",
    "scoring.exported",
    "unclaimed.exported",
)
DENIED: Final = ("access.denied",)
_FORBIDDEN: Final = 403


@dataclass(frozen=True, slots=True)
class StaffSum:
    """What one person did: events in all, on how many days, data seen, files taken, refusals (no right; outside the area)."""

    name: str
    username: str
    office: str
    events: int
    days: int
    reveals: int
    exports: int
    forbidden: int
    outside: int


@dataclass(frozen=True, slots=True)
class ActionSum:
    """How often something was done in a unit, by how many people."""

    unit: str
    action: str
    events: int
    people: int


def events_of(
    viewer: Viewer, area_code: str, first: dt.date, last: dt.date, actions: tuple[str, ...] = ()
) -> QuerySet[Event]:
    """The lines of an area and a period (days of the business calendar); nothing for who sees no records."""
    if not viewer.sees_records:
        return Event.objects.none()
    rows = Event.objects.filter(area_filter(viewer.area_code), area_filter(area_code))
    rows = rows.filter(business_date__gte=first, business_date__lte=last)
    return rows.filter(action__in=actions) if actions else rows


def staff_sums(rows: QuerySet[Event]) -> list[StaffSum]:
    """By person, the busiest first; the system's own acts have no person and stand last. Two queries."""
    denied = Q(action__in=DENIED)
    counted: Any = (
        rows.order_by()
        .values("actor_id", "actor_name")
        .annotate(
            events=Count("pk"),
            days=Count("business_date", distinct=True),
            reveals=Count("pk", filter=Q(action__in=REVEALS)),
            exports=Count("pk", filter=Q(action__in=EXPORTS)),
            forbidden=Count("pk", filter=denied & Q(change__status=_FORBIDDEN)),
            outside=Count("pk", filter=denied & ~Q(change__status=_FORBIDDEN)),
        )
        .order_by("-events", "actor_id", "actor_name")
    )
    found = list(counted)
    staff = User.objects.in_bulk([row["actor_id"] for row in found if row["actor_id"]])
    sums = []
    for row in found:
        one = staff.get(row.pop("actor_id"))
        name = row.pop("actor_name")
        sums.append(StaffSum(name, one.username if one else "", one.office if one else "", **row))
    return sorted(sums, key=lambda each: not each.username)


def action_sums(rows: QuerySet[Event], choice: AreaChoice) -> list[ActionSum]:
    """By unit and action; one query."""
    counted = (
        rows.order_by()
        .annotate(unit=Substr("area_code", 1, choice.prefix_length))
        .values_list("unit", "action")
        .annotate(events=Count("pk"), people=Count("actor_id", distinct=True))
        .order_by("unit", "action")
    )
    return [ActionSum(*row) for row in counted]


def event_lines(rows: QuerySet[Event]) -> Iterator[tuple[Event, str, str]]:
    """Each line, oldest first, with the label of its action and its sentence, read as they are needed."""
    known = registered_codes()
    for event in rows.order_by("pk").iterator(chunk_size=2000):
        if event.action in known:
            # a paper is in Vietnamese, whatever language the page is read in
            with override("vi"):
                sentence = sentence_of(event.action, event.actor_name, event.object_ref, event.change)
                label = str(action_of(event.action).label)
            yield event, label, sentence
        else:
            yield event, event.action, f"{event.actor_name}: {event.action} {event.object_ref}"
