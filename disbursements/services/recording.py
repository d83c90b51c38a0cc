"""The steps that every way of recording results shares: locks in one order, lines with their entitlements, what is told."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.money import format_dong
from core.transitions import Refusal, TransitionRefused, perform_many
from core.workflow import Actor
from disbursements.enums import BatchStatus, InstructionStatus
from disbursements.models import Batch, BudgetLine, PaymentInstruction
from disbursements.workflow import INSTRUCTION_WORKFLOW
from support_programs.enums import EntitlementStatus, Step
from support_programs.models import CaseList, Entitlement
from support_programs.services.clocks import end_payment_step
from support_programs.workflow import ENTITLEMENT_WORKFLOW


@dataclass(frozen=True, slots=True)
class ResultReport:
    """What recording changed; rows that it left as they were are named with the reason."""

    paid: int
    returned: int
    refused: tuple[Refusal, ...]
    failed: int = 0
    unknown: int = 0

    @property
    def done(self) -> int:
        """How many lines changed."""
        return self.paid + self.returned + self.failed + self.unknown

    @property
    def sentence(self) -> str:
        """The report in one sentence, for the page."""
        told = _("Đã ghi %(paid)s người đã nhận, %(returned)s người chưa nhận.") % {
            "paid": format_dong(self.paid),
            "returned": format_dong(self.returned + self.failed),
        }
        if self.unknown:
            told += " " + _("%(count)s người chưa rõ kết quả.") % {"count": format_dong(self.unknown)}
        if not self.refused:
            return told
        rest = "; ".join(f"{row.reference}: {row.reason}" for row in self.refused[:10])
        return (
            told + " " + _("%(count)d dòng giữ nguyên: %(rest)s") % {"count": len(self.refused), "rest": rest}
        )


def lock_paying(batch: Batch) -> Batch:
    """Lock the batch that is being paid, then its budget lines: two recorders meet in this order and never in a circle.

    Refused: a batch that is not being paid.
    """
    locked = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if locked.status != BatchStatus.RELEASED:
        raise TransitionRefused(_("Chỉ ghi kết quả khi đợt chi đang chi trả."))
    money = BudgetLine.objects.filter(
        pk__in=PaymentInstruction.objects.filter(batch=locked).order_by().values("budget_line").distinct()
    )
    list(money.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk"))
    return locked


def move_lines(
    lines: QuerySet[PaymentInstruction],
    outcome: str,
    reason: str,
    actor: Actor,
    refused: list[Refusal],
    changes: Mapping[str, Any] | None = None,
) -> int:
    """Move lines and, with them, the entitlements of those that moved; rows left as they were are added to `refused`."""
    moved = list(lines.filter(status__in=InstructionStatus.pending()).values_list("entitlement", flat=True))
    result = perform_many(
        INSTRUCTION_WORKFLOW,
        lines,
        f"instruction.{outcome}",
        actor=actor,
        reason=reason,
        changes={
            "resulted_on": clock.today(),
            "recorded_by_id": actor.pk,
            "result_reason": reason,
            **(changes or {}),
        },
    )
    refused += result.refused
    left = set(
        PaymentInstruction.objects.filter(pk__in=[row.pk for row in result.refused]).values_list(
            "entitlement", flat=True
        )
    )
    perform_many(
        ENTITLEMENT_WORKFLOW,
        Entitlement.objects.filter(pk__in=[pk for pk in moved if pk not in left]),
        "entitlement.pay" if outcome == "pay" else "entitlement.release",
        actor=actor,
        reason=reason,
    )
    return result.done


def doubt_lines(
    lines: QuerySet[PaymentInstruction], on: dt.date, actor: Actor, refused: list[Refusal]
) -> int:
    """Move lines of which nobody knows what became of them, since that day; no line changes nothing."""
    if not lines.exists():
        return 0
    result = perform_many(
        INSTRUCTION_WORKFLOW, lines, "instruction.doubt", actor=actor, changes={"unknown_since": on}
    )
    refused += result.refused
    return result.done


def tell_results(batch: Batch, report: ResultReport, actor: Actor) -> None:
    """Write the event, and end the payment step of lists that are through."""
    if not report.done:
        return
    change = {"paid": report.paid, "returned": report.returned + report.failed, "unknown": report.unknown}
    record_event("batch.results_recorded", batch, actor=actor, change=change)
    _end_steps(batch, actor)


def _end_steps(batch: Batch, actor: Actor) -> None:
    """Lists of which nobody is owed any more have passed their last step."""
    lists = CaseList.objects.filter(
        pk__in=PaymentInstruction.objects.filter(batch=batch).order_by().values("case_list").distinct(),
        current_step=Step.PAYMENT,
        due_on__isnull=False,
    )
    owed = Entitlement.objects.filter(
        case_list__in=lists, status__in=[EntitlementStatus.APPROVED, EntitlementStatus.COMMITTED]
    )
    for case_list in lists.exclude(pk__in=owed.values("case_list")):
        end_payment_step(case_list, actor=actor, on=clock.today())
