"""Cases of an area as pages list them: filters that live in the address, rows ready to print."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import F, Q, QuerySet

from accounts.queries import area_name
from core import clock
from core.queries.calendar import working_calendar
from core.querysets import area_filter
from core.search import SearchQuery, read_query
from core.text import search_key
from core.workflow import Actor
from support_programs.enums import CaseStatus, Result
from support_programs.models import Case
from support_programs.rules.criteria import Outcome
from support_programs.rules.judging import LETTERS

ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "due": ("due_on", "pk"),
    "-due": ("-due_on", "-pk"),
    "name": ("name_sort", "pk"),
    "-name": ("-name_sort", "-pk"),
    "area": ("area_code", "pk"),
    "-area": ("-area_code", "-pk"),
    "amount": ("amount_proposed", "pk"),
    "-amount": ("-amount_proposed", "-pk"),
}
_OUTCOMES: Final = {letter: outcome.value for outcome, letter in LETTERS.items()}


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the address asks for; unknown words are ignored."""

    q: str = ""
    programme: str = ""
    area: str = ""
    status: str = ""
    result: str = ""
    late: bool = False
    sort: str = "due"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "CaseFilter":
        sort = query.get("sort", "due")
        return cls(
            q=query.get("q", "").strip()[:100],
            programme=query.get("programme", ""),
            area=query.get("area", ""),
            status=query.get("status", "") if query.get("status") in CaseStatus.values else "",
            result=query.get("result", "") if query.get("result") in (*Result.values, "review") else "",
            late=query.get("late") == "1",
            sort=sort if sort in ORDERS else "due",
        )

    def apply(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        """The rows that fit. Words of the name are found without marks, three digits or a birth narrow them; a reference finds
        its case.
        """
        query = read_query(self.q)
        if query.reference is not None:
            cases = cases.filter(reference=str(query.reference))
        else:
            for word in query.words or search_key(self.q).split():
                cases = cases.filter(name_key__contains=word)
            cases = cases.filter(narrowed_to(query))
        if self.programme:
            cases = cases.filter(programme_id=self.programme)
        if self.area:
            cases = cases.filter(area_filter(self.area))
        if self.status:
            cases = cases.filter(status=self.status)
        if self.result == "review":
            cases = cases.filter(outcomes__contains="r")
        elif self.result:
            cases = cases.filter(result=self.result)
        if self.late:
            cases = cases.filter(due_on__lt=clock.today())
        return cases


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


def narrowed_to(query: SearchQuery) -> Q:
    """What three digits of a paper and a birth ask besides the name; who has only a year may be born on that day of it."""
    if not query.name:
        return Q()
    asked = Q(number_last3=query.last3) if query.last3 else Q()
    if query.birth:
        is_that_year = Q(birth_date=None, birth_year=query.birth.year)
        return asked & (Q(birth_date=query.birth) | is_that_year)
    return asked & Q(birth_year=query.birth_year) if query.birth_year else asked


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """All cases that this person may see."""
    rows: QuerySet[Case] = Case.objects.visible_to(actor)
    return rows


def ordered(cases: QuerySet[Case], sort: str) -> QuerySet[Case]:
    first, *rest = ORDERS[sort]
    if first == "due_on":
        return cases.order_by(F("due_on").asc(nulls_last=True), *rest)
    return cases.order_by(first, *rest)


def case_rows(cases: Iterable[Case]) -> list[CaseRow]:
    """Rows to print; the programme must be joined (`with_row_fields`)."""
    calendar, today = working_calendar(), clock.today()
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
        )
        for case in cases
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
