"""A batch on its way: approved by somebody else, paid, locked, or cancelled with a reason."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.services.jobs import cancel_job
from core.transitions import (
    TransitionRefused,
    check_permission,
    check_version,
    perform,
    perform_many,
    refusals_of,
    wrong_state,
)
from core.workflow import Actor
from disbursements.models import Batch, BatchSignature, PaymentInstruction
from disbursements.services.closing import close_batch
from disbursements.services.rendering import start_rendering
from disbursements.workflow import BATCH_WORKFLOW, INSTRUCTION_WORKFLOW
from support_programs.models import Entitlement
from support_programs.workflow import ENTITLEMENT_WORKFLOW

__all__ = ["approve_batch", "cancel_batch", "close_batch", "release_batch"]


@transaction.atomic
def approve_batch(*, actor: Actor, batch: Batch, expected_version: int | None = None) -> Batch:
    """Sign a prepared batch; the last signature that its amount asks for approves it, and a worker writes its final files.

    Refused: who made the batch, signed it before, or worked on its people (TransitionRefused), and another role.
    """
    transition = BATCH_WORKFLOW.transition("batch.approve")
    check_permission(transition, actor)
    current = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    check_version(current, expected_version, actor)
    if current.status not in transition.sources:
        raise TransitionRefused(wrong_state(BATCH_WORKFLOW, current.status))
    blocking = refusals_of(transition, current, actor)
    if blocking:
        raise TransitionRefused(" ".join(blocking))
    given = _sign(current, actor)
    if given < current.signatures_needed:
        Batch.objects.filter(pk=current.pk).update(version=F("version") + 1)
        current.refresh_from_db()
        return current
    approved = perform(
        BATCH_WORKFLOW,
        current,
        "batch.approve",
        actor=actor,
        changes={"approved_by_id": actor.pk, "approved_by_name": actor.full_name, "approved_at": clock.now()},
        event={"people": batch.line_count, "amount": batch.total_amount, "signatures": given},
    )
    start_rendering(batch=approved, actor=actor, is_draft=False)
    return approved


def _sign(batch: Batch, actor: Actor) -> int:
    """Put this person's name under the batch; gives how many names stand there now."""
    ordinal = BatchSignature.objects.filter(batch=batch).count() + 1
    BatchSignature.objects.create(
        batch=batch,
        area_code=batch.area_code,
        ordinal=ordinal,
        signer_id=actor.pk,
        signer_name=actor.full_name,
        signed_on=clock.today(),
    )
    record_event(
        "batch.signed",
        batch,
        actor=actor,
        change={"given": ordinal, "needed": batch.signatures_needed, "amount": batch.total_amount},
    )
    return ordinal


@transaction.atomic
def release_batch(*, actor: Actor, batch: Batch) -> Batch:
    """Mark an approved batch as sent: paying has begun, every line is on its way. Its result is awaited from now on."""
    today = clock.today()
    released = perform(
        BATCH_WORKFLOW,
        batch,
        "batch.release",
        actor=actor,
        changes={"released_on": today, "released_by_id": actor.pk},
    )
    sent = perform_many(
        INSTRUCTION_WORKFLOW,
        PaymentInstruction.objects.filter(batch=released),
        "instruction.send",
        actor=actor,
        changes={"sent_on": today},
    )
    if sent.done != released.line_count:
        raise TransitionRefused(_("Có lệnh chi không gửi được. Đợt chi chưa bắt đầu."))
    return released


@transaction.atomic
def cancel_batch(*, actor: Actor, batch: Batch, reason: str) -> Batch:
    """Cancel a batch before paying has begun: its people are owed again and can go into another batch.

    Refused without a reason, and once the batch was released.
    """
    cancelled = perform(
        BATCH_WORKFLOW,
        batch,
        "batch.cancel",
        actor=actor,
        reason=reason,
        changes={"cancel_reason": reason.strip(), "cancelled_on": clock.today()},
    )
    if cancelled.job is not None:
        cancel_job(cancelled.job, actor=actor)
    lines = PaymentInstruction.objects.filter(batch=cancelled)
    perform_many(INSTRUCTION_WORKFLOW, lines, "instruction.cancel", actor=actor, reason=reason)
    perform_many(
        ENTITLEMENT_WORKFLOW,
        Entitlement.objects.filter(instructions__in=lines),
        "entitlement.release",
        actor=actor,
        reason=reason,
        event={"batch": cancelled.reference},
    )
    return cancelled
