"""Entries of the registers at random: of people, of those joined to them, of their households; before, on and after a day."""

import datetime as dt
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any, Final

from beneficiaries.models import Household, HouseholdMember, Person, Status
from beneficiaries.registers import REGISTERS, Register
from support_programs.rules.registers import Entry

DAY: Final = dt.timedelta(1)
# no detail that the register's form would take, and yet in the table
WRONG: Final = (None, "", "có", 5, "2021-13-01", [], True)
_number = count(1)
Span = tuple[dt.date, dt.date | None]


@dataclass(slots=True)
class Held:
    """An entry of somebody's register, or of their household's, with the days of both."""

    register: str
    category: str
    details: dict[str, Any]
    days: Span
    is_replaced: bool = False
    is_of_joined: bool = False
    membership: Span | None = None
    is_member_replaced: bool = False
    row: Status | None = None

    def counts_on(self, on: dt.date) -> bool:
        """Whether it says something of the person on a day."""
        if self.is_replaced or not _holds(self.days, on):
            return False
        return self.membership is None or (not self.is_member_replaced and _holds(self.membership, on))

    @property
    def entry(self) -> Entry:
        return Entry(self.row.pk, self.register, self.category, self.details)


def _holds(days: Span, on: dt.date) -> bool:
    first, last = days
    return first <= on and (last is None or on <= last)


def any_entries(random: Random, on: dt.date, *, has_joined: bool) -> list[Held]:
    """Up to three entries; of one category and household a single one, since two of them at once can't be."""
    found: dict[tuple[str, str, bool], Held] = {}
    for _ in range(random.choice([0, 0, 1, 1, 2, 3])):
        held = _any_entry(random.choice(REGISTERS), random, on)
        held.is_of_joined = has_joined and random.random() < 0.5
        kind = "" if held.membership else held.category
        found.setdefault((held.register, kind, held.is_of_joined), held)
    return list(found.values())


def _any_entry(register: Register, random: Random, on: dt.date) -> Held:
    category = random.choice(register.categories)[0]
    held = Held(register.code.value, category, _details(register, random, on), _span(random, on))
    held.is_replaced = random.random() < 0.15
    if register.subject == "household":
        held.membership = _span(random, on)
        held.is_member_replaced = random.random() < 0.15
    return held


def _details(register: Register, random: Random, on: dt.date) -> dict[str, Any]:
    details: dict[str, Any] = {}
    for field in register.fields:
        if random.random() < 0.15:
            details[field.code] = random.choice(WRONG)
        elif random.random() < 0.8:
            details[field.code] = {
                "text": "Ghi chú",
                "date": (on - DAY * random.randrange(400)).isoformat(),
                "integer": random.choice([1, 2, 3, 11]),
                "money": random.choice([0, 1_499_999, 1_500_000, 2_000_000]),
                "flag": random.random() < 0.3,
                "choice": field.choices[0][0] if field.choices else "",
            }[field.kind]
    return details


def _span(random: Random, on: dt.date) -> Span:
    """Days that hold on a day and the next, on one of both, or on none."""
    first = on - DAY * random.choice([0, 1, 30, 200])
    return random.choice(
        [(first, None), (first, None), (first, on + DAY), (first, on), (first, on - DAY), (on + DAY, None), (on + 2 * DAY, None)]
    )  # fmt: skip


def write_entries(held: list[tuple[Held, Person]]) -> None:
    """Rows of all of them. A span that is turned around (its last day before its first) is one day long."""
    for entry, _person in held:
        entry.days = _straight(entry.days)
        entry.membership = entry.membership and _straight(entry.membership)
    of_households = [(entry, person) for entry, person in held if entry.membership]
    households = Household.objects.bulk_create(_household(person) for _entry, person in of_households)
    by_entry = {id(entry): row for (entry, _person), row in zip(of_households, households, strict=True)}
    HouseholdMember.objects.bulk_create(
        HouseholdMember(
            **_dated(person, entry.membership, is_replaced=entry.is_member_replaced),
            household=by_entry[id(entry)],
            person=person,
            relation="Chủ hộ",
            is_head=True,
        )
        for entry, person in of_households
    )
    for entry, person in held:
        household = by_entry.get(id(entry))
        entry.row = Status(
            **_dated(person, entry.days, is_replaced=entry.is_replaced),
            reference=f"ST-2021-{next(_number):08d}",
            register=entry.register,
            category=entry.category,
            details=entry.details,
            household=household,
            person=None if household else person,
        )
    Status.objects.bulk_create((entry.row for entry, _person in held), batch_size=2000)


def _straight(days: Span) -> Span:
    first, last = days
    return (first, max(first, last) if last else None)


def _household(person: Person) -> Household:
    return Household(
        reference=f"HG-2021-{next(_number):08d}",
        area_code=person.area_code,
        head_name=person.full_name,
        head_name_sort=person.name_sort,
    )


def _dated(person: Person, days: Span, *, is_replaced: bool) -> dict[str, Any]:
    return {
        "area_code": person.area_code,
        "valid_from": days[0],
        "valid_to": days[1],
        "source": "typed",
        "is_replaced": is_replaced,
        "recorded_by_id": 1,
        "recorded_by_name": "Cán bộ",
        "recorded_on": "2021-10-01",
    }
