"""People, households and entries of registers for tests that begin after they were registered."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from accounts.models import User
from beneficiaries.models import Household, Person, Status
from beneficiaries.services.households import register_household
from beneficiaries.services.registers import record_status
from core.queries.references import next_reference
from core.text import search_key, sort_key
from tests.factories.people import COMMUNE

_numbers = count(1)


def resident(
    name: str = "", *, area: str = COMMUNE, born: dt.date | int | None = 1985, **fields: Any
) -> Person:
    """Somebody registered in a commune, without papers unless a test adds them."""
    full_name = name or f"Trần Văn Số {next(_numbers)}"
    return Person.objects.create(
        reference=next_reference("NT"),
        area_code=area,
        full_name=full_name,
        name_key=search_key(full_name),
        name_sort=sort_key(full_name),
        birth_date=born if isinstance(born, dt.date) else None,
        birth_year=born.year if isinstance(born, dt.date) else born,
        **fields,
    )


def household_of(head: Person, officer: User, **typed: str) -> Household:
    """A household of this head since the beginning of 2021."""
    return register_household(
        area_code=head.area_code, head=head, typed=typed, valid_from=dt.date(2021, 1, 1), actor=officer
    )


def entry_of(person: Person, officer: User, register: str = "social_protection", **typed: str) -> Status:
    """An entry typed by hand; by default a person with a severe disability since July 2021."""
    if register == "social_protection":
        typed = {"category": "k6_severe", "valid_from": "01/07/2021", **typed}
    return record_status(register=register, person=person, typed=typed, actor=officer, keeps_warnings=True)
