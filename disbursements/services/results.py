"""What became of each line: paid, or not and why. Whoever was not paid is owed again and can go into a new batch."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.money import format_dong
from core.transitions import Refusal, TransitionRefused, perform_many
from core.workflow import Actor
from disbursements.enums import BatchStatus, InstructionStatus
from disbursements.models import Batch, PaymentInstruction
from disbursements.workflow import INSTRUCTION_WORKFLOW
from support_programs.enums import EntitlementStatus, Step
from support_programs.models import CaseList, Entitlement
from support_programs.services.clocks import end_payment_step
from support_programs.workflow import ENTITLEMENT_WORKFLOW


@dataclass(frozen=True, slots=True)
class Results:
    """Lines by their reference: who was paid, and who was not with the reason."""

    paid: frozenset[str] = frozenset()
    returned: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResultReport:
    """What recording changed; rows that it left as they were are named with the reason."""

    paid: int
    returned: int
    refused: tuple[Refusal, ...]

    @property
    def sentence(self) -> str:
        """The report in one sentence, for the page."""
        done = _("Đã ghi %(paid)s người đã nhận, %(returned)s người chưa nhận.") % {
            "paid": format_dong(self.paid),
            "returned": format_dong(self.returned),
        }
        if not self.refused:
            return done
        rest = "; ".join(f"{row.reference}: {row.reason}" for row in self.refused[:10])
        return (
            done + " " + _("%(count)d dòng giữ nguyên: %(rest)s") % {"count": len(self.refused), "rest": rest}
        )


@transaction.atomic
def record_results(*, actor: Actor, batch: Batch, results: Results) -> ResultReport:
    """Record results of lines of one batch; a set-based step, whatever their number.

    Lines that have a final result already stay as they are and are reported. A returned line's entitlement is approved again.
    Refused as a whole: a batch that is not being paid, lines of another batch, a line both paid and not, a missing reason.
    """
    locked = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if locked.status != BatchStatus.RELEASED:
        raise TransitionRefused(_("Chỉ ghi kết quả khi đợt chi đang chi trả."))
    _check_references(locked, results)
    lines = PaymentInstruction.objects.filter(batch=locked)
    refused: list[Refusal] = []
    paid = _record(lines.filter(reference__in=results.paid), "pay", "", actor, refused)
    returned = 0
    for reason, references in _by_reason(results.returned).items():
        returned += _record(lines.filter(reference__in=references), "return", reason, actor, refused)
    if paid + returned:
        record_event(
            "batch.results_recorded", locked, actor=actor, change={"paid": paid, "returned": returned}
        )
        _end_steps(locked, actor)
    return ResultReport(paid, returned, tuple(refused))


def record_all_paid_except(*, actor: Actor, batch: Batch, exceptions: Mapping[str, str]) -> ResultReport:
    """Everybody who was still awaited has been paid, but for these (reference to reason)."""
    with transaction.atomic():
        Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        awaited = PaymentInstruction.objects.filter(batch=batch, status__in=InstructionStatus.pending())
        paid = frozenset(awaited.exclude(reference__in=exceptions).values_list("reference", flat=True))
        return record_results(actor=actor, batch=batch, results=Results(paid, exceptions))


def _record(
    lines: QuerySet[PaymentInstruction], outcome: str, reason: str, actor: Actor, refused: list[Refusal]
) -> int:
    """Move lines and, with them, the entitlements of those that moved; rows left as they were are added to `refused`."""
    moved = list(lines.filter(status__in=InstructionStatus.pending()).values_list("entitlement", flat=True))
    changes = {"resulted_on": clock.today(), "recorded_by_id": actor.pk, "result_reason": reason}
    result = perform_many(
        INSTRUCTION_WORKFLOW, lines, f"instruction.{outcome}", actor=actor, reason=reason, changes=changes
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


def _by_reason(returned: Mapping[str, str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for reference, reason in returned.items():
        groups.setdefault(reason.strip(), []).append(reference)
    return groups


def _check_references(batch: Batch, results: Results) -> None:
    both = results.paid & results.returned.keys()
    if both:
        raise TransitionRefused(_("%(ref)s vừa ghi đã nhận vừa ghi chưa nhận.") % {"ref": min(both)})
    nameless = sorted(reference for reference, reason in results.returned.items() if not reason.strip())
    if nameless:
        raise TransitionRefused(_("Hãy ghi lý do chưa nhận của %(ref)s.") % {"ref": nameless[0]})
    asked: Collection[str] = results.paid | results.returned.keys()
    known = set(
        PaymentInstruction.objects.filter(batch=batch, reference__in=asked).values_list(
            "reference", flat=True
        )
    )
    foreign = sorted(set(asked) - known)
    if foreign:
        raise TransitionRefused(
            _("%(ref)s không thuộc đợt chi %(batch)s.") % {"ref": foreign[0], "batch": batch.reference}
        )


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
