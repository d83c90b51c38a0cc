"""What is late, at whose office: lists past the day of their step, cases past theirs, requests nobody answered."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.enums import DISTRICT_DIGITS
from accounts.queries import area_name, children_of
from core.queries.calendar import working_calendar
from core.querysets import area_filter
from core.workflow import Actor
from support_programs.enums import CaseStatus, ListStatus, Step
from support_programs.models import Case, CaseList, Reminder, SupplementRequest
from support_programs.permissions import DEPARTMENT_DIGITS
from support_programs.queries.list_steps import step_label
from support_programs.queries.programmes import definition_of

# where a list lies, by its state; in every other state with those who draw it up
_AT_DISTRICT: Final = (ListStatus.AT_DISTRICT, ListStatus.DISTRICT_APPROVED, ListStatus.MONEY_APPROVED)
_ABOVE: Final = (ListStatus.AT_DEPARTMENT, ListStatus.MONEY_APPRAISED, ListStatus.AT_PROVINCE)
_WORKED_ON: Final = (CaseStatus.LISTED, CaseStatus.APPRAISING)


def holder_of(area_code: str, status: str) -> str:
    """The area of the office that has a list of this area in this state."""
    if status in _ABOVE:
        return area_code[:DEPARTMENT_DIGITS]
    return area_code[:DISTRICT_DIGITS] if status in _AT_DISTRICT else area_code


@dataclass(frozen=True, slots=True)
class LateList:
    """A list whose step is beyond its due day; `days_late` are working days."""

    reference: str
    title: str
    area: str
    place: str
    holder: str
    step: str
    due_on: dt.date
    days_late: int
    people: int


@dataclass(slots=True)
class LateArea:
    """What is late at the offices of one area: at its own, and at those below it."""

    code: str
    name: str
    lists: int = 0
    people: int = 0
    cases: int = 0
    requests: int = 0
    worst_days: int = 0
    worst_step: str = ""
    reminded_on: dt.date | None = None

    @property
    def is_late(self) -> bool:
        return bool(self.lists or self.cases or self.requests)


@dataclass(frozen=True, slots=True)
class LateWork:
    """The offices below one area with what is late there; the area's own is among them where it was asked for."""

    areas: list[LateArea] = field(default_factory=list)
    lists: list[LateList] = field(default_factory=list)

    @property
    def late(self) -> list[LateArea]:
        """The areas where something is late, the longest first."""
        return [area for area in self.areas if area.is_late]

    @property
    def in_time(self) -> list[LateArea]:
        """The others, by their codes."""
        return sorted((area for area in self.areas if not area.is_late), key=lambda area: area.code)


def late_lists(actor: Actor, area_code: str, on: dt.date) -> QuerySet[CaseList]:
    """Lists of an area whose running step is past its due day. Paid out or not yet paid ones count only while they are paid."""
    rows: QuerySet[CaseList] = CaseList.objects.visible_to(actor).filter(area_filter(area_code))
    is_at_rest = Q(status=ListStatus.MONEY_APPROVED) & ~Q(current_step=Step.PAYMENT)
    return rows.filter(due_on__lt=on).exclude(is_at_rest)


def late_list_rows(lists: QuerySet[CaseList], on: dt.date) -> list[LateList]:
    """Those lists, longest late first, each with the office that has it. One query."""
    cases = Case.objects.filter(case_list=OuterRef("pk")).order_by().values("case_list")
    counted = lists.annotate(people=Subquery(cases.annotate(n=Count("pk")).values("n")))
    calendar = working_calendar()
    found = []
    for row in counted.order_by("due_on", "pk"):
        if row.due_on is None:
            continue
        chain = definition_of(row.version_used_id).chain
        rule = next((rule for rule in chain if rule.step == row.current_step), None)
        found.append(
            LateList(
                reference=row.reference,
                title=row.title,
                area=row.area_code,
                place=area_name(row.area_code),
                holder=holder_of(row.area_code, row.status),
                step=str(step_label(row, rule) if rule else Step(row.current_step).label),
                due_on=row.due_on,
                days_late=calendar.working_days_between(row.due_on, on),
                people=row.people or 0,
            )
        )
    return found


def late_work(actor: Actor, area_code: str, on: dt.date, *, with_own: bool = False) -> LateWork:
    """What is late at the offices below an area: of the province by district, of a district by commune.

    A district's line holds its communes too. `with_own`: a line of the area's own offices as well, so that who opens a district
    from above finds all that its line counted. Four queries whatever is late.
    """
    names = dict(children_of(area_code))
    width = len(next(iter(names), ""))
    if with_own:
        names[area_code] = _("Cơ quan cấp huyện")
    areas = {code: LateArea(code, name) for code, name in names.items()}
    shown = _add_lists(areas, late_list_rows(late_lists(actor, area_code, on), on), width)
    for code, count in _late_cases(actor, area_code, on, width).items():
        if code in areas:
            areas[code].cases = count
    for code, count in _unanswered(actor, area_code, on, width).items():
        if code in areas:
            areas[code].requests = count
    for code, day in _reminded(actor, area_code).items():
        if code in areas:
            areas[code].reminded_on = day
    ordered = sorted(areas.values(), key=lambda area: (-area.worst_days, -area.lists, -area.cases, area.code))
    return LateWork(ordered, shown)


def _add_lists(areas: dict[str, LateArea], rows: list[LateList], width: int) -> list[LateList]:
    """Count each late list at the area whose office has it; those of these areas."""
    shown = []
    for row in rows:
        area = areas.get(row.holder[:width])
        if area is None:
            continue
        shown.append(row)
        area.lists += 1
        area.people += row.people
        if row.days_late > area.worst_days:
            area.worst_days, area.worst_step = row.days_late, row.step
    return shown


def _late_cases(actor: Actor, area_code: str, on: dt.date, width: int) -> dict[str, int]:
    """Cases that are late by themselves: rows of a late list are that list's matter."""
    is_alone = Q(case_list__isnull=True) | Q(case_list__due_on__isnull=True) | Q(case_list__due_on__gte=on)
    rows = Case.objects.visible_to(actor).filter(
        is_alone, area_filter(area_code), status__in=_WORKED_ON, due_on__lt=on
    )
    grouped = rows.order_by().values_list("area_code", "case_list__status").annotate(n=Count("pk"))
    return _by_holder(((holder_of(code, status or ""), n) for code, status, n in grouped), width)


def _unanswered(actor: Actor, area_code: str, on: dt.date, width: int) -> dict[str, int]:
    """Requests whose day of answer has passed, at the office that took the dossier in."""
    rows = SupplementRequest.objects.visible_to(actor).filter(
        area_filter(area_code), answered_on__isnull=True, answer_by__lt=on
    )
    return _by_holder(rows.order_by().values_list("area_code").annotate(n=Count("pk")), width)


def _by_holder(counted: Iterable[Any], width: int) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for holder, count in counted:
        sums[holder[:width]] += count
    return sums


def _reminded(actor: Actor, area_code: str) -> dict[str, dt.date]:
    rows = Reminder.objects.visible_to(actor).filter(area_filter(area_code))
    newest = rows.order_by("area_code", "-id").distinct("area_code").values_list("area_code", "sent_on")
    return dict(newest)


def late_of_offices(actor: Actor, area_code: str, on: dt.date) -> tuple[list[LateList], int, int]:
    """What a letter to an area is about: late lists of its offices, how many cases, how many requests."""
    width = len(area_code)
    lists = [
        row
        for row in late_list_rows(late_lists(actor, area_code, on), on)
        if row.holder.startswith(area_code)
    ]
    cases = _late_cases(actor, area_code, on, width).get(area_code, 0)
    return lists, cases, _unanswered(actor, area_code, on, width).get(area_code, 0)
