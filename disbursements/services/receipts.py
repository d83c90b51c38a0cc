"""Giấy biên nhận: the paper that one person signs for their cash, made on demand and recorded; it is not kept."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core.audit import record_event
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import BatchStatus, InstructionStatus, PayoutChannel
from disbursements.models import PaymentInstruction
from disbursements.payment_lists.receipt import receipt_of, write_receipt
from disbursements.permissions import may_download_payment_list

STATES = (
    InstructionStatus.QUEUED,
    InstructionStatus.SENT,
    InstructionStatus.UNKNOWN,
    InstructionStatus.PAID,
)


def may_have_receipt(line: PaymentInstruction) -> bool:
    """Is there cash to sign for: of an approved batch, not by transfer, not refused or called off?"""
    return (
        line.channel != PayoutChannel.BANK
        and line.status in STATES
        and line.batch.status in (BatchStatus.APPROVED, BatchStatus.RELEASED, BatchStatus.CLOSED)
    )


@transaction.atomic
def make_receipt(*, actor: Actor, line: PaymentInstruction) -> bytes:
    """The PDF of one person's receipt with the whole identity number; recorded, because the number stands in it.

    Refused for transfers, before the batch is approved, and for who may not see payment lists.
    """
    if not actor.is_active or not may_download_payment_list(actor):
        raise PermissionDenied(_("Bạn không có quyền lập giấy biên nhận."))
    if not may_have_receipt(line):
        raise TransitionRefused(
            _("Giấy biên nhận chỉ lập cho khoản tiền mặt của đợt chi đã duyệt, chưa bị trả lại hay hủy.")
        )
    content = write_receipt(receipt_of(line))
    record_event("instruction.receipt_made", line, actor=actor, change={"batch": line.batch_reference})
    return content
