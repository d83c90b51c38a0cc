"""Cases of an area as pages list them: filters that live in the address, rows ready to print."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import F, Q, QuerySet

from accounts.queries import area_name
from accounts.queries.staff import full_names
from core import clock
from core.queries.calendar import working_calendar
from core.workflow import Actor
from support_programs.enums import CaseStatus
from support_programs.models import Case
from support_programs.queries.case_filter import ORDERS, CaseFilter, narrowed_to
from support_programs.queries.supplements import waiting_since
from support_programs.rules.criteria import Outcome
from support_programs.rules.judging import LETTERS

__all__ = [
    "ORDERS",
    "CaseFilter",
    "CaseRow",
    "case_rows",
    "chosen_cases",
    "narrowed_to",
    "ordered",
    "outcomes_of",
    "visible_cases",
    "with_row_fields",
]
_OUTCOMES: Final = {letter: outcome.value for outcome, letter in LETTERS.items()}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of a table of cases."""

    pk: int
    reference: str
    name: str
    birth_year: int | None
    occupation: str
    hamlet: str
    area_code: str
    area: str
    programme: str
    outcomes: tuple[str, ...]
    amount: int
    status: str
    result: str
    due_on: dt.date | None
    days_left: int | None
    position: int | None
    mark: str
    number_last3: str
    entered_by_id: int
    officer: str = ""
    waiting_since: dt.date | None = None


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """All cases that this person may see."""
    rows: QuerySet[Case] = Case.objects.visible_to(actor)
    return rows


def ordered(cases: QuerySet[Case], sort: str) -> QuerySet[Case]:
    """The rows in an order of `ORDERS`; those without a due day, or without a place in their list, come last."""
    first, *rest = ORDERS[sort]
    if first == "due_on":
        return cases.order_by(F("due_on").asc(nulls_last=True), *rest)
    return cases.order_by(first, *rest)


def case_rows(cases: Iterable[Case]) -> list[CaseRow]:
    """Rows to print; the programme must be joined (`with_row_fields`). The names of who works on them come in one query."""
    calendar, today = working_calendar(), clock.today()
    found = list(cases)
    officers = full_names({case.assigned_to_id for case in found if case.assigned_to_id})
    since = waiting_since([case.pk for case in found if case.status == CaseStatus.NEEDS_SUPPLEMENT])
    return [
        CaseRow(
            pk=case.pk,
            reference=case.reference,
            name=case.applicant_name,
            birth_year=case.birth_year,
            occupation=case.occupation,
            hamlet=case.hamlet,
            area_code=case.area_code,
            area=area_name(case.area_code),
            programme=case.programme.short_name,
            outcomes=outcomes_of(case.outcomes),
            amount=case.amount_proposed,
            status=case.status,
            result=case.result,
            due_on=case.due_on,
            days_left=calendar.working_days_between(today, case.due_on) if case.due_on else None,
            position=case.position,
            mark=case.mark_text,
            number_last3=case.number_last3,
            entered_by_id=case.entered_by_id,
            officer=officers.get(case.assigned_to_id or 0, ""),
            waiting_since=since.get(case.pk),
        )
        for case in found
    ]


def with_row_fields(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Only what a line needs, programme included."""
    return cases.select_related("programme").defer("facts")


def outcomes_of(letters: str) -> tuple[str, ...]:
    """The codes of the ticks; a case that was never judged shows one unknown."""
    return tuple(_OUTCOMES.get(letter, Outcome.UNKNOWN.value) for letter in letters) or ("unknown",)


def chosen_cases(actor: Actor, references: Iterable[str]) -> QuerySet[Case]:
    """The visible cases among these references."""
    return visible_cases(actor).filter(Q(reference__in=list(references)[:1000]))
