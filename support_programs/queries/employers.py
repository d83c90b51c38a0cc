"""Employers of an area with their dossiers: lists of workers, and claims of their own."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, QuerySet

from accounts.queries import area_name
from beneficiaries.models import Employer
from beneficiaries.queries.employers import find_employers
from core.workflow import Actor
from support_programs.models import Case, CaseList

MOST_FOUND: Final = 200


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """One line of the table of employers."""

    reference: str
    name: str
    kind: str
    tax_code: str
    area: str
    lists: int
    cases: int


def employers_of(actor: Actor, q: str) -> QuerySet[Employer]:
    """The employers of the actor's area by name; with words or digits those that fit, at most 200."""
    rows: QuerySet[Employer] = Employer.objects.visible_to(actor)
    if q.strip():
        found = find_employers(actor, q, most=MOST_FOUND)
        rows = rows.filter(pk__in=[employer.pk for employer in found])
    return rows.order_by("name_key", "pk")


def employer_rows(employers: list[Employer], actor: Actor) -> list[EmployerRow]:
    """Lines with what this person may see of each: dossiers of workers, and claims of the employer itself."""
    ids = [employer.pk for employer in employers]
    lists = _counts(CaseList.objects.visible_to(actor).filter(employer__in=ids))
    cases = _counts(Case.objects.visible_to(actor).filter(employer__in=ids))
    return [
        EmployerRow(
            reference=employer.reference,
            name=employer.name,
            kind=employer.get_kind_display(),
            tax_code=employer.tax_code,
            area=area_name(employer.area_code),
            lists=lists.get(employer.pk, 0),
            cases=cases.get(employer.pk, 0),
        )
        for employer in employers
    ]


def _counts(rows: QuerySet[CaseList] | QuerySet[Case]) -> dict[int, int]:
    counted = rows.order_by().values_list("employer_id").annotate(n=Count("pk"))
    return dict(counted)
