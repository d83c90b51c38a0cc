"""The people behind a figure of the overview: exactly those whom it counts."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from core.querysets import Viewer
from disbursements.models import PaymentInstruction
from reports.queries.overview import returned_instructions
from reports.queries.progress import approved_entitlements, paid_instructions, proposed_cases
from support_programs.enums import EntitlementStatus
from support_programs.models import Case, Entitlement


class Stage(TextChoices):
    """What the figure counts."""

    PROPOSED = "proposed", _("Đã đề nghị")
    APPROVED = "approved", _("Đã phê duyệt")
    PAID = "paid", _("Đã chi")
    REMAINING = "remaining", _("Còn phải chi")
    RETURNED = "returned", _("Chi chưa được")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a figure: case, name, amount, the day that counts, and for a returned payment why."""

    case_reference: str
    name: str
    birth_year: int | None
    area_code: str
    list_reference: str
    amount: int
    on: dt.date | None
    reason: str = ""


def people_behind(viewer: Viewer, area_code: str, stage: Stage) -> QuerySet[Any]:
    """The records that a figure counts in an area, oldest first; `person_lines` reads them."""
    found: QuerySet[Any]
    if stage is Stage.PROPOSED:
        found = proposed_cases(viewer, area_code).select_related("case_list")
    elif stage is Stage.APPROVED:
        found = _with_case(approved_entitlements(viewer, area_code))
    elif stage is Stage.REMAINING:
        found = _with_case(approved_entitlements(viewer, area_code).exclude(status=EntitlementStatus.PAID))
    else:
        rows = (paid_instructions if stage is Stage.PAID else returned_instructions)(viewer, area_code)
        found = rows.select_related("case_list")
    return found.order_by("pk")


def person_lines(records: Iterable[Any]) -> list[PersonLine]:
    """The lines of one page of those records."""
    return [_line(record) for record in records]


def _with_case(rows: QuerySet[Entitlement]) -> QuerySet[Entitlement]:
    return rows.select_related("case", "case_list", "decision")


def _line(record: Case | Entitlement | PaymentInstruction) -> PersonLine:
    list_reference = record.case_list.reference if record.case_list else ""
    if isinstance(record, Case):
        return PersonLine(
            record.reference,
            record.applicant_name,
            record.birth_year,
            record.area_code,
            list_reference,
            record.amount_proposed,
            record.received_on,
        )
    if isinstance(record, Entitlement):
        signed_on = record.decision.signed_on if record.decision else None
        born = record.case.birth_year
        return PersonLine(
            record.reference,
            record.payee_name,
            born,
            record.area_code,
            list_reference,
            record.amount,
            signed_on,
        )
    return PersonLine(
        record.case_reference,
        record.payee_name,
        record.birth_year,
        record.area_code,
        list_reference,
        record.amount,
        record.resulted_on,
        record.result_reason,
    )
