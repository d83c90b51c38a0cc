"""The transfers as CSV for a bank's upload: UTF-8 with byte order mark, comma, CRLF, one header row, amounts as plain digits.

No text begins with a sign that a spreadsheet takes for a formula (`rules/bank_text`), so none is guarded by an apostrophe, which
a bank would take for a part of the name.
"""

import csv
import io
from typing import Final

from disbursements.bank_files.content import Tick, TransferFile

HEADER: Final = (
    "STT",
    "Mã tham chiếu",
    "Tên người thụ hưởng",
    "Số tài khoản",
    "Ngân hàng",
    "Mã ngân hàng (BIN)",
    "Số tiền",
    "Nội dung",
)
_BYTE_ORDER_MARK: Final = "\ufeff"


def write(content: TransferFile, tick: Tick) -> bytes:
    """The file; the same columns as the workbook."""
    tick()
    target = io.StringIO()
    target.write(_BYTE_ORDER_MARK)
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(HEADER)
    for transfer in content.transfers():
        writer.writerow(
            (
                transfer.ordinal,
                transfer.reference,
                transfer.name,
                transfer.account,
                transfer.bank_name,
                transfer.bank.bin if transfer.bank else "",
                transfer.amount,
                transfer.content,
            )
        )
    return target.getvalue().encode()
