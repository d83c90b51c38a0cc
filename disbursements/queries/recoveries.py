"""Money to come back: what was paid a second time to people who turned out to be one."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.queries import area_name
from core.workflow import Actor
from disbursements.enums import RecoveryState
from disbursements.models import Recovery
from support_programs.enums import CaseStatus
from support_programs.models import Case, Entitlement
from support_programs.queries.panels import Panel


@dataclass(frozen=True, slots=True)
class RecoveryRow:
    """A line of the list: whose money, paid on which case and which one stays."""

    recovery: Recovery
    name: str
    area: str
    case_reference: str
    programme: str
    kept_reference: str


def recoveries_of(actor: Actor, state: str = "") -> QuerySet[Recovery]:
    """The recoveries of this person's area, newest first."""
    rows: QuerySet[Recovery] = Recovery.objects.visible_to(actor).order_by("-pk")
    return rows.filter(state=state) if state in RecoveryState.values else rows


def recovery_rows(recoveries: list[Recovery]) -> list[RecoveryRow]:
    """In a constant number of queries; an undone join leaves no case that stays."""
    entitlements = Entitlement.objects.select_related("programme", "doubles").in_bulk(
        [row.entitlement_id for row in recoveries]
    )
    return [
        RecoveryRow(
            recovery=row,
            name=owed.payee_name,
            case_reference=owed.reference,
            area=area_name(row.area_code),
            programme=owed.programme.short_name,
            kept_reference=owed.doubles.reference if owed.doubles else "",
        )
        for row in recoveries
        for owed in [entitlements[row.entitlement_id]]
    ]


def case_recoveries(actor: Actor, case: Case) -> Panel | None:
    """The recoveries of a case; nothing where there is none. Of a case that isn't approved it asks nothing."""
    if case.status != CaseStatus.APPROVED:
        return None
    found = list(Recovery.objects.visible_to(actor).filter(entitlement__case=case).order_by("-pk"))
    return Panel("disbursements/case_recoveries.html", {"recoveries": found}) if found else None
