"""The people of a programme one by one: claim, decision, payment. Many rows, read once in order; numbers come masked."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, ExtractYear

from core.querysets import Viewer, area_filter
from disbursements.enums import InstructionStatus
from support_programs.enums import CaseStatus, EntitlementStatus
from support_programs.models import Case

_CHUNK: Final = 2000


@dataclass(frozen=True, slots=True)
class ProgrammePerson:
    """One claim: amounts in đồng, `number_last3` the end of the identity number, days None while nothing happened."""

    name: str
    birth_year: int | None
    hamlet: str
    area_code: str
    number_last3: str
    amount: int
    status: str
    received_on: dt.date
    decision: str
    paid: int
    paid_on: dt.date | None


def proposed_people(
    viewer: Viewer, area_code: str, programme: str, first: dt.date, last: dt.date
) -> QuerySet[Case]:
    """Claims that were put forward in a period, as the figures count «đề nghị»; for counting them."""
    rows: QuerySet[Case] = Case.objects.visible_to(viewer).filter(
        area_filter(area_code),
        programme=programme,
        person__isnull=False,
        received_on__gte=first,
        received_on__lte=last,
    )
    return rows.exclude(status__in=[CaseStatus.DRAFT, CaseStatus.WITHDRAWN])


def programme_people(cases: QuerySet[Case]) -> Iterator[ProgrammePerson]:
    """Those claims with what was decided and paid of each, by commune and name. One statement, read in pieces."""
    owed, paid = "entitlements", Q(entitlements__instructions__status=InstructionStatus.PAID)
    rows = (
        cases.annotate(born=Coalesce("birth_year", ExtractYear("birth_date")))
        .values_list(
            "pk",
            "name_sort",
            "applicant_name",
            "born",
            "hamlet",
            "area_code",
            "number_last3",
            "amount_proposed",
            "status",
            "received_on",
        )
        .annotate(
            decision=Max(
                f"{owed}__decision__number", filter=~Q(entitlements__status=EntitlementStatus.CANCELLED)
            ),
            paid=Coalesce(Sum(f"{owed}__instructions__amount", filter=paid), 0),
            paid_on=Max(f"{owed}__instructions__resulted_on", filter=paid),
        )
        .order_by("area_code", "name_sort", "pk")
    )
    for row in rows.iterator(chunk_size=_CHUNK):
        yield _person(row)


def _person(row: tuple[Any, ...]) -> ProgrammePerson:
    name, born, hamlet, area_code, last3, amount, status, received_on, decision, paid, paid_on = row[2:]
    return ProgrammePerson(
        name, born, hamlet, area_code, last3, amount, status, received_on, decision or "", paid, paid_on
    )
