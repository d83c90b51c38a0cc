"""The forms of files for banks: which there are, and whether a form is one file per bank or one of the whole batch."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from disbursements.bank_files import generic_csv, generic_excel, pain001
from disbursements.bank_files.content import Tick, TransferFile
from disbursements.enums import PaymentFileKind

Write = Callable[[TransferFile, Tick], bytes]


@dataclass(frozen=True, slots=True)
class BankForm:
    """One form of file; `needs_payer`: only where the batch says from which account it is paid."""

    kind: PaymentFileKind
    suffix: str
    write: Write
    is_per_bank: bool = True
    needs_payer: bool = False


FORMS: Final = (
    BankForm(PaymentFileKind.BANK_XLSX, "xlsx", generic_excel.write),
    BankForm(PaymentFileKind.BANK_CSV, "csv", generic_csv.write),
    BankForm(PaymentFileKind.PAIN_001, "xml", pain001.write, is_per_bank=False, needs_payer=True),
)
