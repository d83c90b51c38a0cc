"""Employers and the workers of their dossiers: who brought how many people, how many were approved and paid, how much."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Case as If
from django.db.models import Count, F, IntegerField, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from beneficiaries.enums import EmployerKind
from beneficiaries.models import Employer
from core.querysets import Viewer, area_filter
from disbursements.enums import InstructionStatus
from disbursements.models import PaymentInstruction
from reports.queries.stated import stated_number
from support_programs.enums import CaseStatus, EntitlementStatus
from support_programs.models import Case, EmployerMonth, Entitlement

_EMPLOYER: Final = Coalesce("case_list__employer", "employer")
# a household business claims for its owner: that is a person's claim, with their name
_OF_PEOPLE: Final = "HO_KD"


@dataclass(slots=True)
class EmployerLine:
    """One employer under one programme, from the beginning to a day; whole đồng.

    `claimed` are workers: one per case of a list, or the number in the employer's own claim. `months_amount` is what another
    agency gave it, by month (contributions, wages lent), `turns` the workers of those months added up.
    """

    claimed: int = 0
    approved: int = 0
    approved_amount: int = 0
    paid: int = 0
    paid_amount: int = 0
    turns: int = 0
    months_amount: int = 0


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """A line with the employer that it is about."""

    employer: Employer
    programme: str
    figures: EmployerLine = field(default_factory=EmployerLine)


def employers_by_programme(viewer: Viewer, area_code: str, last: dt.date) -> dict[str, int]:
    """How many employers have claims or lists under each programme, from the beginning to a day."""
    rows = _claims(viewer, area_code, last).filter(of_employer__isnull=False).order_by()
    counted = rows.values_list("programme").annotate(n=Count("of_employer", distinct=True))
    return dict(counted)


def employer_rows(
    viewer: Viewer, area_code: str, last: dt.date, programmes: tuple[str, ...] = ()
) -> Iterator[EmployerRow]:
    """Employers with what they claimed for their workers and what came of it, by name and programme; five statements.

    An employer counts where its dossier was taken in. Left out: claims that a household business makes for its owner.
    """
    found: dict[tuple[int, str], EmployerLine] = defaultdict(EmployerLine)
    for fill in (_fill_claims, _fill_approved, _fill_paid, _fill_months):
        fill(found, viewer, area_code, last)
    wanted = {key for key in found if not programmes or key[1] in programmes}
    employers = Employer.objects.in_bulk({employer for employer, _programme in wanted})
    order = sorted(wanted, key=lambda key: (employers[key[0]].name_key, key))
    for employer, programme in order:
        yield EmployerRow(employers[employer], programme, found[employer, programme])


def employer_kind(employer: Employer) -> str:
    """The kind of an employer in words."""
    return str(EmployerKind(employer.kind).label)


def _claims(viewer: Viewer, area_code: str, last: dt.date) -> QuerySet[Any]:
    rows: QuerySet[Any] = Case.objects.visible_to(viewer).filter(
        area_filter(area_code), received_on__lte=last
    )
    shown: QuerySet[Any] = rows.exclude(status__in=[CaseStatus.WITHDRAWN, CaseStatus.DRAFT]).annotate(
        of_employer=_EMPLOYER
    )
    return shown


Found = dict[tuple[int, str], EmployerLine]


def _fill_claims(found: Found, viewer: Viewer, area_code: str, last: dt.date) -> None:
    """One worker per case of a list; an employer's own claim says how many."""
    rows = _claims(viewer, area_code, last).filter(of_employer__isnull=False).exclude(programme=_OF_PEOPLE)
    people = rows.filter(person__isnull=False).order_by().values_list("of_employer", "programme")
    for employer, programme, count in people.annotate(n=Count("pk")):
        found[employer, programme].claimed += count
    own = rows.filter(person__isnull=True).order_by().values_list("of_employer", "programme")
    for employer, programme, count in own.annotate(n=Coalesce(Sum(stated_number("facts", "workers")), 0)):
        found[employer, programme].claimed += count


def _fill_approved(found: Found, viewer: Viewer, area_code: str, last: dt.date) -> None:
    rows = Entitlement.objects.visible_to(viewer).filter(
        area_filter(area_code), status__in=EntitlementStatus.after_decision(), decision__signed_on__lte=last
    )
    employer = Coalesce("case_list__employer", "employer")
    grouped = _of_employers(rows, employer, F("programme"), _workers("claimant", "case"))
    for of_employer, programme, count, amount in grouped:
        line = found[of_employer, programme]
        line.approved, line.approved_amount = count, amount


def _fill_paid(found: Found, viewer: Viewer, area_code: str, last: dt.date) -> None:
    rows = PaymentInstruction.objects.visible_to(viewer).filter(
        area_filter(area_code), status=InstructionStatus.PAID, resulted_on__lte=last
    )
    employer = Coalesce("case_list__employer", "entitlement__employer")
    workers = _workers("entitlement__claimant", "entitlement__case")
    for of_employer, programme, count, amount in _of_employers(
        rows, employer, F("batch__programme"), workers
    ):
        line = found[of_employer, programme]
        line.paid, line.paid_amount = count, amount


def _workers(claimant: str, case: str) -> Any:
    """One for somebody's own claim; for an employer's as many as it named."""
    of_employer = stated_number(f"{case}__facts", "workers")
    return Sum(
        If(When(**{f"{claimant}__isnull": False}, then=1), default=of_employer, output_field=IntegerField())
    )


def _of_employers(
    rows: QuerySet[Any], employer: Any, programme: Any, workers: Any
) -> Iterator[tuple[int, str, int, int]]:
    named = rows.annotate(of_employer=employer, of_programme=programme).filter(of_employer__isnull=False)
    grouped = named.exclude(of_programme=_OF_PEOPLE).order_by().values_list("of_employer", "of_programme")
    yield from grouped.annotate(heads=workers, dong=Sum("amount"))


def _fill_months(found: Found, viewer: Viewer, area_code: str, last: dt.date) -> None:
    rows = EmployerMonth.objects.visible_to(viewer).filter(
        area_filter(area_code), is_current=True, month__lte=last, case__employer__isnull=False
    )
    grouped = rows.order_by().values_list("case__employer", "case__programme")
    for employer, programme, turns, amount in grouped.annotate(n=Sum("workers"), dong=Sum("amount")):
        line = found[employer, programme]
        line.turns, line.months_amount = turns, amount
