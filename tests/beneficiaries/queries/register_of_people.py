"""People of the search's tests, written as the register writes them."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from beneficiaries.models import IdentityDocument, Person
from core import crypto
from core.text import search_key, sort_key
from tests.factories.people import COMMUNE

_number = count(1)


def person(
    name: str,
    *,
    area: str = COMMUNE,
    hamlet: str = "",
    born: dt.date | int = 1980,
    number: str = "",
    **more: Any,
) -> Person:
    """Somebody of the register, with a current paper where a number is given."""
    made = Person.objects.create(
        reference=f"NT-2021-{next(_number):08d}",
        area_code=area,
        full_name=name,
        name_key=search_key(name),
        name_sort=sort_key(name),
        hamlet=hamlet,
        hamlet_key=search_key(hamlet),
        birth_date=born if isinstance(born, dt.date) else None,
        birth_year=born.year if isinstance(born, dt.date) else born,
        **more,
    )
    if number:
        paper(made, number)
    return made


def paper(holder: Person, number: str, *, is_current: bool = True) -> IdentityDocument:
    return IdentityDocument.objects.create(
        person=holder,
        area_code=holder.area_code,
        kind="CCCD" if len(number) == 12 else "CMND",
        number_encrypted=crypto.encrypt("number", number),
        number_index=crypto.blind_index("number", number),
        tail_index=crypto.tail_index(number),
        number_last3=number[-3:],
        is_current=is_current,
    )
