"""Money to come back: whose, of which payment, by when, what came back, and what is late."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum

from accounts.queries import area_name
from core.querysets import Viewer
from core.workflow import Actor
from disbursements.enums import InstructionStatus, RecoveryState
from disbursements.models import PaymentInstruction, Recovery, RecoveryInstalment
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
    next_due: dt.date | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class DueRow:
    """One instalment of the plan in force: what must be back by then, and whether it is (`covered` of `amount` đồng)."""

    instalment: RecoveryInstalment
    covered: int
    is_late: bool

    @property
    def is_covered(self) -> bool:
        return self.covered == self.instalment.amount


def recoveries_of(actor: Viewer, state: str = "") -> QuerySet[Recovery]:
    """The recoveries of this person's area, newest first."""
    rows: QuerySet[Recovery] = Recovery.objects.visible_to(actor).order_by("-pk")
    return rows.filter(state=state) if state in RecoveryState.values else rows


def overdue_recoveries(actor: Viewer, on: dt.date) -> QuerySet[Recovery]:
    """Open recoveries of which an instalment of the plan in force was due before `on` and is not back in full."""
    return recoveries_of(actor, RecoveryState.OPEN).filter(Exists(_missed(on)))


def recovery_sums(rows: QuerySet[Recovery]) -> dict[str, int]:
    """Đồng asked back, received, handed to the budget and still open; one query."""
    left = Sum(F("amount") - F("recovered"), filter=Q(state=RecoveryState.OPEN), default=0)
    sums: dict[str, int] = rows.order_by().aggregate(
        left=left,
        back=Sum("recovered", default=0),
        handed=Sum("handed_back", default=0),
        asked=Sum("amount", default=0),
    )
    return sums


def recovery_rows(recoveries: list[Recovery], on: dt.date) -> list[RecoveryRow]:
    """In a constant number of queries; where no two people were joined there is no case that stays."""
    entitlements = Entitlement.objects.select_related("programme", "doubles").in_bulk(
        [row.entitlement_id for row in recoveries]
    )
    dues: dict[int, dt.date] = {}
    for recovery, due_on in (
        _in_force()
        .filter(recovery__in=recoveries, due_total__gt=F("recovery__recovered"))
        .order_by("due_on")
        .values_list("recovery", "due_on")
    ):
        dues.setdefault(recovery, due_on)
    return [
        RecoveryRow(
            recovery=row,
            name=owed.payee_name,
            case_reference=owed.reference,
            area=area_name(row.area_code),
            programme=owed.programme.short_name,
            kept_reference=owed.doubles.reference if owed.doubles else "",
            next_due=due,
            is_late=due is not None and due < on,
        )
        for row in recoveries
        for owed in [entitlements[row.entitlement_id]]
        for due in [dues.get(row.pk) if row.state == RecoveryState.OPEN else None]
    ]


def due_rows(recovery: Recovery, on: dt.date) -> list[DueRow]:
    """The plan in force, with what came back for each instalment; empty without a plan."""
    rows = []
    for instalment in _in_force().filter(recovery=recovery).order_by("ordinal"):
        before = instalment.due_total - instalment.amount
        covered = min(max(recovery.recovered - before, 0), instalment.amount)
        late = recovery.state == RecoveryState.OPEN and covered < instalment.amount and instalment.due_on < on
        rows.append(DueRow(instalment, covered, late))
    return rows


def paid_lines_of_case(actor: Actor, reference: str) -> list[PaymentInstruction]:
    """The payments of a case that may be asked back: paid, seen by this person, none of them asked back already."""
    asked = Recovery.objects.filter(instruction=OuterRef("pk")).exclude(state=RecoveryState.CANCELLED)
    found: QuerySet[PaymentInstruction] = PaymentInstruction.objects.visible_to(actor)
    return list(found.filter(~Exists(asked), case_reference=reference, status=InstructionStatus.PAID))


def _in_force() -> QuerySet[RecoveryInstalment]:
    """Instalments of each recovery's newest plan."""
    newest: Any = (
        RecoveryInstalment.objects.filter(recovery=OuterRef("recovery"))
        .order_by()
        .values("recovery")
        .annotate(last=Max("plan"))
        .values("last")
    )
    return RecoveryInstalment.objects.filter(plan=Subquery(newest))


def _missed(on: dt.date) -> QuerySet[RecoveryInstalment]:
    return _in_force().filter(recovery=OuterRef("pk"), due_on__lt=on, due_total__gt=OuterRef("recovered"))


def case_recoveries(actor: Actor, case: Case) -> Panel | None:
    """The recoveries of a case; nothing where there is none. Of a case that isn't approved it asks nothing."""
    if case.status != CaseStatus.APPROVED:
        return None
    found = list(Recovery.objects.visible_to(actor).filter(entitlement__case=case).order_by("-pk"))
    return Panel("disbursements/case_recoveries.html", {"recoveries": found}) if found else None
