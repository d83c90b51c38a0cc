"""The registers as pages list them: how many count in an area, and one register's entries by the filters of the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as lazy

from accounts.queries import area_names
from beneficiaries.enums import RecordSource
from beneficiaries.models import HouseholdMember, IdentityDocument, Person, Status
from beneficiaries.queries.people_search import narrow_people
from beneficiaries.registers import Register, RegisterField, shown_detail
from core.dates import InvalidDateError, parse_date
from core.querysets import area_filter
from core.references import parse_reference
from core.search_queries import read_query
from core.text import mask_number
from core.wording import Text
from core.workflow import Actor

VALID: Final = "valid"
ENDED: Final = "ended"
LATER: Final = "later"
STATES: Final = (VALID, ENDED, LATER)
REPLACED: Final = "replaced"
STATE_WORDS: Final[Mapping[str, Text]] = {
    VALID: lazy("Đang có hiệu lực"),
    ENDED: lazy("Đã hết hạn"),
    LATER: lazy("Chưa đến ngày"),
    REPLACED: lazy("Đã được thay"),
}
ORDERS: Final[Mapping[str, tuple[str, str, str]]] = {
    "-new": ("-pk", "-pk", ""),
    "new": ("pk", "pk", ""),
    "name": ("person__name_sort", "household__head_name_sort", "pk"),
    "-name": ("-person__name_sort", "-household__head_name_sort", "-pk"),
    "area": ("area_code", "area_code", "pk"),
    "-area": ("-area_code", "-area_code", "-pk"),
}
_LATEST: Final = dt.date(2099, 12, 31)


def state_filter(state: str, on: dt.date) -> Q:
    """Entries that count on a day, ended before it, or begin after it."""
    if state == ENDED:
        return Q(valid_to__lt=on)
    if state == LATER:
        return Q(valid_from__gt=on)
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """What the address asks of a register's list; unknown words are ignored. `details` are filters of the register's own."""

    register: Register
    actor: Actor
    on: dt.date
    q: str = ""
    area: str = ""
    category: str = ""
    state: str = VALID
    source: str = ""
    sort: str = "-new"
    details: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_query(
        cls, register: Register, query: Mapping[str, str], *, actor: Actor, today: dt.date
    ) -> EntryFilter:
        sort, state = query.get("sort", ""), query.get("state", "")
        category, source = query.get("category", ""), query.get("source", "")
        details = {one.code: _detail_asked(one, query.get(one.code, "")) for one in own_filters(register)}
        return cls(
            register=register,
            actor=actor,
            on=_day(query.get("on", "")) or today,
            q=query.get("q", "").strip()[:100],
            area=query.get("area", "") if query.get("area", "").isdecimal() else "",
            category=category if category in dict(register.categories) else "",
            state=state if state in STATES else VALID,
            source=source if source in RecordSource.values else "",
            sort=sort if sort in ORDERS else "-new",
            details={code: value for code, value in details.items() if value},
        )

    def apply(self, rows: QuerySet[Status], *, leaving_out: Collection[str] = ()) -> QuerySet[Status]:
        """The rows that fit; `leaving_out` names filters ("state", "category") that are not asked."""
        rows = rows.filter(_words(self.register, self.q, self.actor)) if self.q else rows
        if self.area:
            rows = rows.filter(area_filter(self.area))
        if self.category and "category" not in leaving_out:
            rows = rows.filter(category=self.category)
        if "state" not in leaving_out:
            rows = rows.filter(state_filter(self.state, self.on))
        if self.source:
            rows = rows.filter(source=self.source)
        for one in own_filters(self.register):
            if value := self.details.get(one.code):
                rows = rows.filter(_detail_filter(one, value))
        return rows

    def ordered(self, rows: QuerySet[Status]) -> QuerySet[Status]:
        of_person, of_household, last = ORDERS[self.sort]
        first = of_household if self.register.subject == "household" else of_person
        return rows.order_by(*filter(None, (first, last)))


def own_filters(register: Register) -> list[RegisterField]:
    """The further questions of a register that its list can be filtered by."""
    return [one for one in register.fields if one.is_filter]


def _detail_asked(one: RegisterField, value: str) -> str:
    if one.kind == "choice":
        return value if value in dict(one.choices) else ""
    if one.kind == "integer":
        return value if value.isascii() and value.isdecimal() and len(value) < 10 else ""
    return value if value in ("yes", "no") else ""


def _detail_filter(one: RegisterField, value: str) -> Q:
    if one.kind == "choice":
        return Q(**{f"details__{one.code}": value})
    if one.kind == "integer":
        return Q(**{f"details__{one.code}": int(value)})
    # of a day or a text the list asks only whether it is known
    known = Q(details__has_key=one.code)
    return known if value == "yes" else ~known


def _day(typed: str) -> dt.date | None:
    try:
        return parse_date(typed, latest=_LATEST) if typed.strip() else None
    except InvalidDateError:
        return None


def _words(register: Register, q: str, actor: Actor) -> Q:
    """Whom the search of people finds by these words (name, hamlet, year of birth); for households anybody in them.

    Also a reference of the entry or of whom it is of, and a household's own number.
    """
    reference = parse_reference(q)
    if reference is not None:
        subject = f"{register.subject}__reference"
        return Q(reference=str(reference)) | Q(**{subject: str(reference)})
    found = people_named(q, actor)
    if register.subject == "person":
        return Q(person__in=found)
    theirs = HouseholdMember.objects.filter(person__in=found, is_replaced=False)
    return (
        Q(household__in=theirs.values("household"))
        | Q(household__head_name__icontains=q)
        | Q(household__code__iexact=q)
    )


def people_named(q: str, actor: Actor) -> Any:
    """The people of the actor's area whom these words fit, by their id; found by the index of the search."""
    return narrow_people(Person.objects.visible_to(actor), read_query(q), actor).values("pk")


# --- what stands in a line ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of a register's list. `about` tells the person or household apart, `cells` are the register's own columns."""

    reference: str
    name: str
    about: tuple[str, ...]
    area: str
    category: Text
    cells: tuple[tuple[Text, str, bool], ...]
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    is_imported: bool
    state: str


def entries_of(register: Register, actor: Actor) -> QuerySet[Status]:
    """The entries of a register that stand, in this person's area."""
    rows: QuerySet[Status] = Status.objects.visible_to(actor)
    return rows.filter(register=register.code, is_replaced=False)


def table_fields(register: Register) -> list[RegisterField]:
    """The register's own columns of the list."""
    return [one for one in register.fields if one.in_table]


def entry_rows(register: Register, statuses: Sequence[Status], on: dt.date, actor: Actor) -> list[EntryRow]:
    """Lines to print; persons or households must be joined (`page_entries`). Two queries, however many lines.

    Of somebody of another area, whom a list named, stands the name alone.
    """
    areas = area_names(status.area_code for status in statuses)
    numbers = _numbers_of(statuses) if register.subject == "person" else {}
    return [
        EntryRow(
            reference=status.reference,
            name=subject_name(status),
            about=_about(status, numbers) if is_near(status, actor) else (),
            area=areas[status.area_code],
            category=register.category_name(status.category),
            cells=tuple(
                (one.label, shown_detail(one, status.details.get(one.code)), one.kind in ("integer", "money"))
                for one in table_fields(register)
            ),
            valid_from=status.valid_from,
            valid_to=status.valid_to,
            source=status.get_source_display(),
            is_imported=status.source == RecordSource.IMPORT,
            state=state_of(status, on),
        )
        for status in statuses
    ]


def page_entries(rows: Any) -> list[Status]:
    """The entries of one page with their persons or households. Only the page's are joined: sorting tens of thousands of joined
    rows for 25 of them takes ten times as long.
    """
    ids = list(rows.values_list("pk", flat=True))
    found = Status.objects.filter(pk__in=ids).select_related("person", "household")
    by_id = {status.pk: status for status in found}
    return [by_id[pk] for pk in ids]


def is_near(status: Status, actor: Actor) -> bool:
    """Whether whom an entry is of lives in the actor's area too: a list may name who lives elsewhere."""
    subject = status.person or status.household
    return subject is not None and subject.area_code.startswith(actor.area_code)


def subject_name(status: Status) -> str:
    """The person's name, or that of the household's head."""
    if status.person is not None:
        return status.person.full_name
    return status.household.head_name if status.household is not None else ""


def state_of(status: Status, on: dt.date) -> str:
    """Whether an entry counts on a day, ended before it, begins after it, or was replaced by another."""
    if status.is_replaced:
        return REPLACED
    if status.valid_to is not None and status.valid_to < on:
        return ENDED
    return LATER if status.valid_from > on else VALID


def _numbers_of(statuses: Iterable[Status]) -> dict[int, str]:
    people = [status.person_id for status in statuses if status.person_id]
    papers = IdentityDocument.objects.filter(person__in=people, is_current=True)
    return {
        person: mask_number("0" * 9 + last3)
        for person, last3 in papers.values_list("person_id", "number_last3")
    }


def _about(status: Status, numbers: Mapping[int, str]) -> tuple[str, ...]:
    person, household = status.person, status.household
    if person is not None:
        facts = (str(person.birth_year or ""), person.hamlet, numbers.get(person.pk, ""))
    elif household is not None:
        facts = (household.reference, household.code, household.hamlet)
    else:
        facts = ("", "", "")
    return tuple(fact for fact in facts if fact)
