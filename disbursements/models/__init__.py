"""Budget lines, the ledger, batches, payment instructions, files, the lists that came back, and money to come back."""

from disbursements.models.allocation import Allocation
from disbursements.models.batch import Batch, PaymentFile
from disbursements.models.callback import CallbackItem, CallbackSample
from disbursements.models.donation import Donation, DonationCorrection
from disbursements.models.funding import BudgetLine, BudgetMovement, FundingSource
from disbursements.models.goods import Goods, StockBalance, StockMovement, Store
from disbursements.models.handout import Handout, HandoutFile, HandoutLine, HandoutUpload
from disbursements.models.instruction import PaymentInstruction
from disbursements.models.ledger import LedgerPosting
from disbursements.models.payer import PayerAccount
from disbursements.models.proxy import CashProxy
from disbursements.models.recovery import Recovery, RecoveryHandBack, RecoveryInstalment, RecoveryReceipt
from disbursements.models.signature import BatchSignature, SignatureRule
from disbursements.models.statement import StatementImport, StatementLine
from disbursements.models.unclaimed import UnclaimedItem, UnclaimedReturn

__all__ = [
    "Allocation",
    "Batch",
    "BatchSignature",
    "BudgetLine",
    "BudgetMovement",
    "CallbackItem",
    "CallbackSample",
    "CashProxy",
    "Donation",
    "DonationCorrection",
    "FundingSource",
    "Goods",
    "Handout",
    "HandoutFile",
    "HandoutLine",
    "HandoutUpload",
    "LedgerPosting",
    "PayerAccount",
    "PaymentFile",
    "PaymentInstruction",
    "Recovery",
    "RecoveryHandBack",
    "RecoveryInstalment",
    "RecoveryReceipt",
    "SignatureRule",
    "StatementImport",
    "StatementLine",
    "StockBalance",
    "StockMovement",
    "Store",
    "UnclaimedItem",
    "UnclaimedReturn",
]
