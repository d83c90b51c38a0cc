"""Complaints and reports as pages show them: filters that live in the address, rows, one of them, what its sender may read."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import area_name
from core import clock, crypto
from core.queries.calendar import working_calendar
from core.querysets import area_filter
from core.search_queries import read_query
from core.text import inside_sentence
from core.workflow import Actor
from support_programs.enums import (
    DocumentKind,
    DocumentStatus,
    GrievanceKind,
    GrievanceStatus,
    GrievanceTopic,
)
from support_programs.models import Case, CaseList, Grievance, OfficialDocument
from support_programs.permissions import DEPARTMENT_DIGITS, commune, grievance_desk, reviewer
from support_programs.queries.queues import QueueRows

OPEN: Final = "open"
DESK: Final = "desk"
MINE: Final = "mine"
LATE: Final = "late"
CLOSED: Final = "closed"
STATES: Final = {
    OPEN: _("Chưa trả lời"),
    DESK: _("Nơi tôi phải trả lời"),
    MINE: _("Tôi đang xử lý"),
    LATE: _("Quá hạn"),
    CLOSED: _("Đã kết thúc"),
}


@dataclass(frozen=True, slots=True)
class GrievanceFilter:
    """What the address asks for; unknown words are ignored."""

    state: str = OPEN
    q: str = ""
    kind: str = ""
    topic: str = ""
    area: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "GrievanceFilter":
        def known(name: str, values: Iterable[str]) -> str:
            value = query.get(name, "")
            return value if value in values else ""

        return cls(
            state=known("state", STATES) or OPEN,
            q=query.get("q", "").strip()[:100],
            kind=known("kind", GrievanceKind.values),
            topic=known("topic", GrievanceTopic.values),
            area=query.get("area", ""),
        )

    def apply(self, rows: QuerySet[Grievance], actor: Actor) -> QuerySet[Grievance]:
        """The rows that fit; open ones by due day, closed ones newest first. Words are looked for in sender and text."""
        rows = rows.filter(condition_of(self.state, actor))
        reference = read_query(self.q).reference
        if reference is not None:
            rows = rows.filter(reference=str(reference))
        elif self.q:
            named = Q(sender_name__icontains=self.q) & _named_to(actor)
            rows = rows.filter(named | Q(text__icontains=self.q))
        for name in ("kind", "topic"):
            if getattr(self, name):
                rows = rows.filter(**{name: getattr(self, name)})
        if self.area:
            rows = rows.filter(area_filter(self.area))
        return rows.order_by("-pk") if self.state == CLOSED else rows.order_by("due_on", "pk")


def condition_of(state: str, actor: Actor) -> Q:
    """The rows of one tab."""
    is_open = Q(status__in=GrievanceStatus.open())
    return {
        DESK: is_open & Q(area_code=actor.area_code),
        MINE: is_open & Q(assigned_to_id=actor.pk),
        LATE: is_open & Q(due_on__lt=clock.today()),
        CLOSED: ~is_open,
    }.get(state, is_open)


def _named_to(actor: Actor) -> Q:
    """Rows whose sender this person may know: who denounced somebody is known to the department's desk alone."""
    return Q() if reviewer(actor) else ~Q(kind=GrievanceKind.DENUNCIATION)


def knows_sender(grievance: Grievance, actor: Actor) -> bool:
    """`_named_to` for one row."""
    return reviewer(actor) or grievance.kind != GrievanceKind.DENUNCIATION


def visible_grievances(actor: Actor) -> QuerySet[Grievance]:
    """All that this person may see."""
    rows: QuerySet[Grievance] = Grievance.objects.visible_to(actor)
    return rows.select_related("case", "case_list")


def counts_of(actor: Actor) -> dict[str, int]:
    """How many stand under each tab; one query."""
    tabs = {state: Count("pk", filter=condition_of(state, actor)) for state in STATES}
    return dict(Grievance.objects.visible_to(actor).aggregate(**tabs))


@dataclass(frozen=True, slots=True)
class GrievanceRow:
    """One line of the list."""

    reference: str
    kind: str
    topic: str
    sender: str
    text: str
    area: str
    about: str
    status: str
    assignee: str
    received_on: dt.date
    due_on: dt.date | None
    days_left: int | None


def grievance_rows(rows: Iterable[Grievance], actor: Actor) -> list[GrievanceRow]:
    """Rows to print; one more query, for the names of those who work on them."""
    found = list(rows)
    names = staff_names(row.assigned_to_id for row in found)
    calendar, today = working_calendar(), clock.today()
    return [
        GrievanceRow(
            reference=row.reference,
            kind=str(row.get_kind_display()),
            topic=str(row.get_topic_display()),
            sender=sender_of(row, actor),
            text=row.text,
            area=area_name(row.area_code),
            about=row.case.reference if row.case else row.case_list.reference if row.case_list else "",
            status=row.status,
            assignee=names.get(row.assigned_to_id or 0, ""),
            received_on=row.received_on,
            due_on=row.due_on,
            days_left=calendar.working_days_between(today, row.due_on) if row.due_on else None,
        )
        for row in found
    ]


def staff_names(ids: Iterable[int | None]) -> dict[int, str]:
    """The names of these members of staff; one query."""
    wanted = {pk for pk in ids if pk}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "full_name")) if wanted else {}


def sender_of(grievance: Grievance, actor: Actor) -> str:
    """The sender as this person may read it."""
    if not knows_sender(grievance, actor):
        return str(_("Giữ bí mật người tố cáo"))
    return grievance.sender_name or str(_("Không ghi tên"))


def contact_of(grievance: Grievance, actor: Actor) -> dict[str, str]:
    """Telephone and address of the sender, for the desk that owes the answer; nothing for others, above it either."""
    blob = grievance.sender_raw_encrypted
    is_desk = grievance_desk(actor) and grievance.area_code == actor.area_code
    if blob is None or not (is_desk and knows_sender(grievance, actor)):
        return {}
    known: dict[str, str] = json.loads(crypto.decrypt("row", bytes(blob)))
    return known


def looks_further(actor: Actor) -> bool:
    """Who answers at one desk and also sees what those below it have to answer."""
    return grievance_desk(actor) and not commune(actor)


def queues_of_grievances(actor: Actor) -> list[QueueRows]:
    """The counter of the worklist, for those who answer."""
    if not grievance_desk(actor):
        return []
    mine = Grievance.objects.visible_to(actor).filter(
        area_code=actor.area_code, status__in=GrievanceStatus.open()
    )
    url = reverse("support_programs:grievance_list")
    if looks_further(actor):  # the list shows the places below as well; the count is of one's own
        url = f"{url}?state={DESK}"
    late = Q(due_on__lt=clock.today())
    return [QueueRows(_("Khiếu nại, phản ánh"), url, mine, hot=late, stays=True)]


def of_record(
    actor: Actor, *, case: Case | None = None, case_list: CaseList | None = None
) -> list[GrievanceRow]:
    """What was raised about a case or a list, newest first, for its page."""
    asked = Q(case=case) if case else Q(case_list=case_list)
    return grievance_rows(visible_grievances(actor).filter(asked).order_by("-pk")[:20], actor)


@dataclass(frozen=True, slots=True)
class Followed:
    """What its sender may read of a grievance: nothing of anybody else."""

    reference: str
    kind: str
    topic: str
    status: str
    received_on: dt.date
    due_on: dt.date | None
    office: str
    outcome: str
    answer: str
    answered_on: dt.date | None
    decline_reason: str
    letter_number: str
    letter_date: dt.date | None


def followed_by_code(tracking_hash: str) -> Followed | None:
    """The grievance of a tracking code; None for a code that nobody was given."""
    row = Grievance.objects.filter(tracking_hash=tracking_hash).first()
    if row is None:
        return None
    letter = (
        OfficialDocument.objects.filter(
            grievance=row, kind=DocumentKind.GRIEVANCE_ANSWER, status=DocumentStatus.ISSUED
        )
        .order_by("-pk")
        .first()
    )
    return Followed(
        reference=row.reference,
        kind=str(row.get_kind_display()),
        topic=str(row.get_topic_display()),
        status=row.status,
        received_on=row.received_on,
        due_on=row.due_on,
        office=office_name(row.area_code),
        outcome=str(row.get_outcome_display()) if row.outcome else "",
        answer=row.answer,
        answered_on=row.answered_on,
        decline_reason=row.decline_reason,
        letter_number=letter.number if letter else "",
        letter_date=letter.dated if letter else None,
    )


def office_name(area_code: str) -> str:
    """The office that answers at the level of an area."""
    if len(area_code) == DEPARTMENT_DIGITS:
        return str(_("Sở Lao động - Thương binh và Xã hội"))
    return str(_("UBND %(area)s")) % {"area": inside_sentence(area_name(area_code))}
