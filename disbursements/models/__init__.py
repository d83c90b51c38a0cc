"""Allocations, batches, payment instructions and files."""

from disbursements.models.allocation import Allocation
from disbursements.models.batch import Batch, PaymentFile
from disbursements.models.instruction import PaymentInstruction

__all__ = ["Allocation", "Batch", "PaymentFile", "PaymentInstruction"]
