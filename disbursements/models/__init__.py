"""Allocations, batches, payment instructions, files, and the lists that came back."""

from disbursements.models.allocation import Allocation
from disbursements.models.batch import Batch, PaymentFile
from disbursements.models.instruction import PaymentInstruction
from disbursements.models.statement import StatementImport

__all__ = ["Allocation", "Batch", "PaymentFile", "PaymentInstruction", "StatementImport"]
