"""A workbook that any bank's officer can read in or copy from: one row per transfer."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from core.money import amount_in_words, format_dong
from core.spreadsheets.bulk_writing import write_bulk_table
from core.spreadsheets.tables import Column, Heading, Kind, Row, Table
from core.spreadsheets.writing import write_table
from disbursements.bank_files.content import Tick, TransferFile

COLUMNS: Final = (
    Column("ordinal", "STT", Kind.INTEGER, width=6),
    Column("reference", "Mã tham chiếu", Kind.CODE, width=19),
    Column("name", "Tên người thụ hưởng", width=30),
    Column("account", "Số tài khoản", Kind.CODE, width=20),
    Column("bank", "Ngân hàng", width=20),
    Column("bin", "Mã ngân hàng (BIN)", Kind.CODE, width=12),
    Column("amount", "Số tiền (đồng)", Kind.MONEY, width=16, total=True),
    Column("content", "Nội dung", width=44),
)
MOST_SHAPED: Final = 5_000


def write(content: TransferFile, tick: Tick) -> bytes:
    """The workbook (.xlsx); above MOST_SHAPED rows without lines around the cells."""
    tick()
    shaped = content.people <= MOST_SHAPED
    table = Table(
        columns=COLUMNS if shaped else tuple(replace(column, total=False) for column in COLUMNS),
        rows=_rows(content),
        heading=_heading(content),
        sheet_name="Chuyển tiền",
        total_label=f"Tổng cộng: {format_dong(content.people)} lệnh",
        amount_in_words=f"Bằng chữ: {amount_in_words(content.amount)}" if shaped else "",
        frozen_columns=3,
    )
    return write_table(table) if shaped else write_bulk_table(table)


def _heading(content: TransferFile) -> Heading:
    bank = content.bank
    payer = content.payer
    lines = [
        f"Ngân hàng thụ hưởng: {bank.name} (mã {bank.bin})" if bank else "Ngân hàng thụ hưởng: xem từng dòng",
        f"Tài khoản chi: {payer.account_number}, {payer.holder_name}, {payer.bank_name}" if payer else "",
        f"Mã đợt chi: {content.batch_reference} ({content.title})",
        f"{format_dong(content.people)} lệnh, {format_dong(content.amount)} đồng",
        "Mã ngân hàng lấy theo danh mục 2021, chưa đối chiếu với Napas: hãy kiểm tra trước khi gửi.",
    ]
    return Heading(title="DANH SÁCH CHUYỂN TIỀN", subtitles=tuple(line for line in lines if line))


def _rows(content: TransferFile) -> Iterator[Row]:
    for transfer in content.transfers():
        yield {
            "ordinal": transfer.ordinal,
            "reference": transfer.reference,
            "name": transfer.name,
            "account": transfer.account,
            "bank": transfer.bank_name,
            "bin": transfer.bank.bin if transfer.bank else "",
            "amount": transfer.amount,
            "content": transfer.content,
        }
