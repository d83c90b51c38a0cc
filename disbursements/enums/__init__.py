"""States, kinds and accounts of money and goods, by part."""

from disbursements.enums.after import (
    CallOutcome,
    RecoveryKind,
    RecoveryState,
)
from disbursements.enums.budget import (
    FundingKind,
    LedgerAccount,
    LedgerKind,
    MovementKind,
)
from disbursements.enums.goods import (
    DonationKind,
    DonorKind,
    HandoutFileKind,
    HandoutLineStatus,
    HandoutRow,
    HandoutStatus,
    MissedReason,
    StockKind,
)
from disbursements.enums.payouts import (
    BatchStatus,
    InstructionStatus,
    PainVersion,
    PaymentFileKind,
    PayoutChannel,
    ProxyRelation,
)
from disbursements.enums.statements import (
    LineSaid,
    MatchMethod,
    MoneyDirection,
    ReturnReason,
    StatementFormat,
    StatementRow,
    StatementState,
)

__all__ = [
    "BatchStatus",
    "CallOutcome",
    "DonationKind",
    "DonorKind",
    "FundingKind",
    "HandoutFileKind",
    "HandoutLineStatus",
    "HandoutRow",
    "HandoutStatus",
    "InstructionStatus",
    "LedgerAccount",
    "LedgerKind",
    "LineSaid",
    "MatchMethod",
    "MissedReason",
    "MoneyDirection",
    "MovementKind",
    "PainVersion",
    "PaymentFileKind",
    "PayoutChannel",
    "ProxyRelation",
    "RecoveryKind",
    "RecoveryState",
    "ReturnReason",
    "StatementFormat",
    "StatementRow",
    "StatementState",
    "StockKind",
]
