"""A person's household, entries of the registers, carers and those they care for: the panel of the person page.

What was written at an entry that was joined to the person is theirs too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from beneficiaries.models import Care, Employer, HouseholdMember, Person, Status
from beneficiaries.permissions import may_register_in
from beneficiaries.queries.people import is_of_days
from beneficiaries.queries.person_page import entries_of
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
    ids = _ids_of(person, actor)
    cares = list(
        Care.objects.filter(Q(person__in=ids) | Q(carer__in=ids), is_replaced=False)
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
            "entries": entries_of_person(ids, actor),
            "stays": stays_of(ids, actor),
            "carers": [
                # one of a joined entry is ended on that entry's page
                _care(one, one.carer, actor, may_write and one.person_id == person.pk)
                for one in cares
                if one.person_id in ids
            ],
            "cared_for": [
                _care(one, one.person, actor, may_write=False) for one in cares if one.carer_id in ids
            ],
            "businesses": list(Employer.objects.visible_to(actor).filter(owner__in=ids)[:20]),
            "today": today,
        },
    )


def _ids_of(person: Person, actor: Actor) -> list[int]:
    return [entry.pk for entry in entries_of(person, actor)]


def entries_of_person(ids: Sequence[int], actor: Actor) -> list[EntryLine]:
    """The own entries of these, who are one human, and those of a household while they were in it; what counts first."""
    stays: dict[int, list[HouseholdMember]] = {}
    for stay in HouseholdMember.objects.filter(person__in=ids, is_replaced=False):
        stays.setdefault(stay.household_id, []).append(stay)
    rows: QuerySet[Status] = Status.objects.visible_to(actor)
    told = (
        rows.filter(Q(person__in=ids) | Q(household__in=list(stays)), is_replaced=False)
        .select_related("list_import")
        .order_by("-valid_from", "-pk")[:100]
    )
    found = [one for one in told if one.household_id is None or is_of_days(one, stays[one.household_id])]
    lines: list[EntryLine] = []
    today = clock.today()
    for register in REGISTERS:
        mine = [one for one in found if one.register == register.code]
        lines += [
            EntryLine(register.code.value, register.title, entry)
            for entry in past_entries(register, mine, actor, today)
        ]
    return sorted(lines, key=lambda line: line.entry.state != "valid")


def stays_of(ids: Sequence[int], actor: Actor) -> list[StayLine]:
    """The households that one human was in, the present one first with the others in it; two queries."""
    stays = list(
        HouseholdMember.objects.filter(person__in=ids, is_replaced=False)
        .select_related("household")
        .order_by("-valid_from", "-pk")[:50]
    )
    current = [stay.household_id for stay in stays if stay.valid_to is None]
    others: dict[int, list[tuple[str, str]]] = {}
    beside = HouseholdMember.objects.filter(household__in=current, valid_to__isnull=True, is_replaced=False)
    for member in beside.exclude(person__in=ids).select_related("person").order_by("-is_head", "pk"):
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
