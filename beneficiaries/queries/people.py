"""The people of an area as their list shows them; who was joined to another stands under that one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from django.db.models import Q, QuerySet

from accounts.queries import area_names
from beneficiaries.enums import RegisterCode
from beneficiaries.models import HouseholdMember, IdentityDocument, Person, Status
from beneficiaries.queries.people_search import FoundPerson, search_people
from beneficiaries.registers import register_of
from core.querysets import FencedQuerySet
from core.search import SearchQuery
from core.text import mask_number
from core.wording import Text
from core.workflow import Actor

R = TypeVar("R", HouseholdMember, Status)
# the best of a search; who is not among them is found by more words
MOST_FOUND: Final = 100
# the first of an area that pages show; counting and turning to a million would take seconds
LISTED: Final = 10_000


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list: `statuses` are the registers that count today, `why` what fitted the search."""

    reference: str
    name: str
    birth: dt.date | int | None
    number: str
    hamlet: str
    area: str
    statuses: tuple[Text, ...]
    live_cases: int
    also: tuple[str, ...]
    why: Text = ""


CaseCounter = Callable[[Actor, Collection[int]], Mapping[int, int]]
_counters: Final[list[CaseCounter]] = []


def register_case_counter(counter: CaseCounter) -> None:
    """The app of cases says how many live cases each of these people has, of those that the actor may see."""
    _counters[:] = [counter]


def people_of(actor: Actor, area_code: str = "") -> QuerySet[Person]:
    """Everybody whom the actor may see, commune by commune in Vietnamese order; joined entries are left out."""
    return _visible(actor, area_code).filter(joined_to=None).order_by("area_code", "name_sort", "pk")


def people_count(actor: Actor, area_code: str = "") -> int:
    """How many `people_of` gives, LISTED + 1 where there are more: nobody turns to the last page of a province."""
    some = people_of(actor, area_code).order_by()[: LISTED + 1]
    return some.count()


def _visible(actor: Actor, area_code: str) -> FencedQuerySet[Person]:
    people: FencedQuerySet[Person] = Person.objects.visible_to(actor)
    return people.in_area(area_code) if area_code else people


def found_rows(query: SearchQuery, actor: Actor, area_code: str, on: dt.date) -> list[PersonRow]:
    """The best that a search finds, best first, at most MOST_FOUND."""
    found = search_people(query, actor, area_code=area_code, limit=MOST_FOUND)
    people = Person.objects.in_bulk([each.person_id for each in found])
    return person_rows([people[each.person_id] for each in found], actor, on, found)


def person_rows(
    people: Sequence[Person], actor: Actor, on: dt.date, found: Iterable[FoundPerson] = ()
) -> list[PersonRow]:
    """Lines to print in this order, in a constant number of queries."""
    ids = [person.pk for person in people]
    joined = list(Person.objects.visible_to(actor).filter(joined_to__in=ids).order_by("pk"))
    root_of = {pk: pk for pk in ids} | {entry.pk: entry.joined_to_id or 0 for entry in joined}
    papers = IdentityDocument.objects.filter(person__in=ids, is_current=True)
    last3 = dict(papers.values_list("person_id", "number_last3"))
    names = area_names(person.area_code for person in people)
    statuses = _statuses(root_of, on)
    cases = _live_cases(actor, root_of)
    why = {each.person_id: each.why_text for each in found}
    also: dict[int, list[str]] = {}
    for entry in joined:
        also.setdefault(root_of[entry.pk], []).append(entry.full_name)
    return [
        PersonRow(
            reference=person.reference,
            name=person.full_name,
            birth=person.birth,
            number=mask_number(f"000{last3[person.pk]}") if person.pk in last3 else "",
            hamlet=person.hamlet,
            area=names[person.area_code],
            statuses=tuple(statuses.get(person.pk, {}).values()),
            live_cases=cases.get(person.pk, 0),
            also=tuple(also.get(person.pk, ())),
            why=why.get(person.pk, ""),
        )
        for person in people
    ]


def _live_cases(actor: Actor, root_of: Mapping[int, int]) -> dict[int, int]:
    counted: dict[int, int] = {}
    for counter in _counters:
        for person, cases in counter(actor, list(root_of)).items():
            counted[root_of[person]] = counted.get(root_of[person], 0) + cases
    return counted


def _statuses(root_of: Mapping[int, int], on: dt.date) -> dict[int, dict[str, Text]]:
    """By person: what they are registered as on that day, themselves or with their household, each once."""
    members = counting_on(HouseholdMember.objects.filter(person__in=root_of), on)
    households: dict[int, list[int]] = {}
    for person, household in members.values_list("person_id", "household_id"):
        households.setdefault(household, []).append(root_of[person])
    own = counting_on(Status.objects.filter(person__in=root_of), on).order_by("register", "pk")
    theirs = counting_on(Status.objects.filter(household__in=households), on).order_by("pk")
    found: dict[int, dict[str, Text]] = {}
    for status in own:
        found.setdefault(root_of[status.person_id or 0], {})[status.register] = short_label(status)
    for status in theirs:
        for person in households[status.household_id or 0]:
            found.setdefault(person, {})[status.register] = short_label(status)
    return found


def counting_on(rows: QuerySet[R], on: dt.date) -> QuerySet[R]:
    """Dated rows that hold on a day and were not replaced."""
    has_not_ended = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return rows.filter(has_not_ended, is_replaced=False, valid_from__lte=on)


def is_of_days(status: Status, stays: Iterable[HouseholdMember]) -> bool:
    """Whether a household's entry and one of these stays in it have a day in common."""
    return any(
        (status.valid_to is None or stay.valid_from <= status.valid_to)
        and (stay.valid_to is None or stay.valid_to >= status.valid_from)
        for stay in stays
    )


def short_label(status: Status) -> Text:
    """The register in two words; of a household whether it is poor or near-poor."""
    if status.register == RegisterCode.POOR_HOUSEHOLDS:
        return dict(register_of(status.register).categories).get(status.category, status.category)
    return RegisterCode(status.register).label
