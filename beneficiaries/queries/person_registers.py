"""A person's household, entries of the registers, carers and those they care for: the panel of the person page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from beneficiaries.models import Care, Employer, HouseholdMember, Person, Status
from beneficiaries.permissions import may_register_in
from beneficiaries.queries.person_panels import Panel
from beneficiaries.queries.register_entries import (
    PastEntry,
    SourceView,
    days_words,
    past_entries,
    source_of,
)
from beneficiaries.registers import REGISTERS
from core import clock
from core.wording import Text
from core.workflow import Actor


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry with the register that it stands in."""

    code: str
    register: Text
    entry: PastEntry


@dataclass(frozen=True, slots=True)
class StayLine:
    """A household that the person belongs or belonged to. `people` are the others who are in it now, by name and relation."""

    reference: str
    head_name: str
    relation: str
    is_head: bool
    days: str
    is_open: bool
    end_reason: str
    may_open: bool
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CareLine:
    """Somebody who cares for the person, or whom the person cares for."""

    reference: str
    name: str
    birth_year: int | None
    relation: str
    days: str
    end_reason: str
    source: SourceView
    may_open: bool
    may_end: bool


def register_panel(actor: Actor, person: Person) -> Panel:
    """Drawn for everybody: without any entry it says so, and offers what this officer may record."""
    may_write = may_register_in(actor, person.area_code) and person.joined_to_id is None
    cares = list(
        Care.objects.filter(Q(person=person) | Q(carer=person), is_replaced=False)
        .select_related("person", "carer", "list_import")
        .order_by("-valid_from", "-pk")[:100]
    )
    today = clock.today()
    return Panel(
        "beneficiaries/registers/person_panel.html",
        {
            "person": person,
            "may_write": may_write,
            "registers": [one for one in REGISTERS if one.subject == "person"],
            "entries": entries_of_person(person, actor),
            "stays": stays_of(person, actor),
            "carers": [
                _care(one, one.carer, actor, may_write) for one in cares if one.person_id == person.pk
            ],
            "cared_for": [
                _care(one, one.person, actor, may_write=False) for one in cares if one.carer_id == person.pk
            ],
            "businesses": list(Employer.objects.visible_to(actor).filter(owner=person)[:20]),
            "today": today,
        },
    )


def entries_of_person(person: Person, actor: Actor) -> list[EntryLine]:
    """The person's own entries and those of the household they are in now, what counts first; two queries."""
    own = Q(person=person)
    household = Q(
        household__members__person=person,
        household__members__valid_to__isnull=True,
        household__members__is_replaced=False,
    )
    rows: QuerySet[Status] = Status.objects.visible_to(actor)
    found = list(
        rows.filter(own | household, is_replaced=False)
        .select_related("list_import")
        .order_by("-valid_from", "-pk")
        .distinct()[:100]
    )
    lines: list[EntryLine] = []
    today = clock.today()
    for register in REGISTERS:
        mine = [one for one in found if one.register == register.code]
        lines += [
            EntryLine(register.code.value, register.title, entry)
            for entry in past_entries(register, mine, actor, today)
        ]
    return sorted(lines, key=lambda line: line.entry.state != "valid")


def stays_of(person: Person, actor: Actor) -> list[StayLine]:
    """The households that the person was in, the present one first with the others in it; two queries."""
    stays = list(
        HouseholdMember.objects.filter(person=person, is_replaced=False)
        .select_related("household")
        .order_by("-valid_from", "-pk")[:50]
    )
    current = [stay.household_id for stay in stays if stay.valid_to is None]
    others: dict[int, list[tuple[str, str]]] = {}
    beside = HouseholdMember.objects.filter(household__in=current, valid_to__isnull=True, is_replaced=False)
    for member in beside.exclude(person=person).select_related("person").order_by("-is_head", "pk"):
        others.setdefault(member.household_id, []).append((member.person.full_name, member.relation))
    return [
        StayLine(
            reference=stay.household.reference,
            head_name=stay.household.head_name,
            relation=stay.relation,
            is_head=stay.is_head,
            days=days_words(stay),
            is_open=stay.valid_to is None,
            end_reason=stay.end_reason,
            may_open=stay.household.area_code.startswith(actor.area_code),
            people=tuple(others.get(stay.household_id, ())) if stay.valid_to is None else (),
        )
        for stay in stays
    ]


def _care(care: Care, other: Person, actor: Actor, may_write: bool) -> CareLine:
    return CareLine(
        reference=other.reference,
        name=other.full_name,
        birth_year=other.birth_year,
        relation=care.get_relation_display(),
        days=days_words(care),
        end_reason=care.end_reason,
        source=source_of(care, actor),
        may_open=other.area_code.startswith(actor.area_code),
        may_end=may_write and care.ended_by_id is None,
    )
