"""Single entries for the stories about finding: one person with a paper, an account, a home."""

import datetime as dt
from dataclasses import replace
from typing import Any

from beneficiaries.models import Person
from tests.beneficiaries.matching.entries import Entry
from tests.beneficiaries.matching.registering import register_entries
from tests.factories.people import COMMUNE

TAM = Entry(
    human=1,
    name="Huỳnh Văn Tâm",
    birth_date=dt.date(1980, 5, 12),
    birth_year=1980,
    sex="M",
    area=COMMUNE,
    hamlet="Ấp 3",
    number="089080001234",
    phone="0912345678",
    account="6700205000001",
)


def entered(entry: Entry = TAM, **others: Any) -> Person:
    """Somebody registered; by default Huỳnh Văn Tâm, with what is said otherwise."""
    pk = register_entries([replace(entry, **others)])[0]
    return Person.objects.get(pk=pk)
