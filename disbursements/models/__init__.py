"""Allocations, batches, payment instructions, files, the lists that came back, and money to come back."""

from disbursements.models.allocation import Allocation
from disbursements.models.batch import Batch, PaymentFile
from disbursements.models.instruction import PaymentInstruction
from disbursements.models.recovery import Recovery
from disbursements.models.statement import StatementImport

__all__ = ["Allocation", "Batch", "PaymentFile", "PaymentInstruction", "Recovery", "StatementImport"]
