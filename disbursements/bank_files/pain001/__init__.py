"""ISO 20022 pain.001.001.03 or .09: one message with all transfers of a batch from one account of the payer.

Written and checked against the official schema element by element, so memory does not grow with the number of transfers beyond
the message itself. EndToEndId carries the payment reference. Banks are named by SWIFT code where one is known, and by their BIN.
"""

import tempfile
from collections.abc import Iterator
from typing import Final

from lxml import etree

from disbursements.bank_files.content import LONGEST_TEXT, Tick, Transfer, TransferFile
from disbursements.bank_files.pain001.schema import NotValid, check_message, namespace_of
from disbursements.enums import PainVersion
from disbursements.models import PayerAccount
from disbursements.rules.bank_text import plain_text
from disbursements.rules.banks import Bank, bank_by_bin

__all__ = ["NotValid", "write"]
CURRENCY: Final = "VND"
_IN_MEMORY: Final = 8 * 1024 * 1024
_TICK_EVERY: Final = 20_000


def write(content: TransferFile, tick: Tick) -> bytes:
    """The message; NotValid when it doesn't follow its schema. ValueError without an account that pays."""
    if content.payer is None:
        raise ValueError("a pain.001 needs the account that pays")
    version = PainVersion(content.payer.pain_version)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as target:
        for part in _Message(version, content, content.payer).parts(tick):
            target.write(part)
        check_message(target, version)
        target.seek(0)
        return target.read()


class _Message:
    """One message from top to bottom. Elements are written without a namespace: they take that of the document around them."""

    def __init__(self, version: PainVersion, content: TransferFile, payer: PayerAccount) -> None:
        self.space = namespace_of(version)
        self.is_new = version is PainVersion.V09
        self.content = content
        self.payer = payer
        self.identity = content.batch_reference.replace("-", "")

    def parts(self, tick: Tick) -> Iterator[bytes]:
        """The bytes of the message, one transfer after the other."""
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{self.space}">'.encode()
        yield b"<CstmrCdtTrfInitn>" + etree.tostring(self._header()) + b"<PmtInf>"
        for element in self._payment_head():
            yield etree.tostring(element)
        for count, transfer in enumerate(self.content.transfers()):
            if count % _TICK_EVERY == 0:
                tick()
            yield etree.tostring(self._transfer(transfer))
        yield b"</PmtInf></CstmrCdtTrfInitn></Document>\n"

    def _header(self) -> etree._Element:
        header = etree.Element("GrpHdr")
        self._add(header, "MsgId", self.identity)
        self._add(header, "CreDtTm", self.content.ordered_at.isoformat(timespec="seconds"))
        self._add_sums(header)
        self._add(self._add(header, "InitgPty"), "Nm", _name(self.payer.holder_name))
        return header

    def _payment_head(self) -> list[etree._Element]:
        """What all transfers share: who pays, when, from which account."""
        head = etree.Element("PmtInf")
        self._add(head, "PmtInfId", f"{self.identity}-1")
        self._add(head, "PmtMtd", "TRF")
        self._add(head, "BtchBookg", "false")
        self._add_sums(head)
        day = self.content.ordered_at.date().isoformat()
        if self.is_new:
            self._add(self._add(head, "ReqdExctnDt"), "Dt", day)
        else:
            self._add(head, "ReqdExctnDt", day)
        self._add(self._add(head, "Dbtr"), "Nm", _name(self.payer.holder_name))
        self._add_account(head, "DbtrAcct", self.payer.account_number)
        self._add_agent(head, "DbtrAgt", bank_by_bin(self.payer.bank_bin), self.payer.bank_name)
        return list(head)

    def _transfer(self, transfer: Transfer) -> etree._Element:
        made = etree.Element("CdtTrfTxInf")
        self._add(self._add(made, "PmtId"), "EndToEndId", transfer.reference)
        amount = self._add(self._add(made, "Amt"), "InstdAmt", str(transfer.amount))
        amount.set("Ccy", CURRENCY)
        self._add_agent(made, "CdtrAgt", transfer.bank, transfer.bank_name)
        self._add(self._add(made, "Cdtr"), "Nm", transfer.name)
        self._add_account(made, "CdtrAcct", transfer.account)
        self._add(self._add(made, "RmtInf"), "Ustrd", transfer.content)
        return made

    def _add_sums(self, parent: etree._Element) -> None:
        self._add(parent, "NbOfTxs", str(self.content.people))
        self._add(parent, "CtrlSum", str(self.content.amount))

    def _add_account(self, parent: etree._Element, name: str, number: str) -> None:
        self._add(self._add(self._add(self._add(parent, name), "Id"), "Othr"), "Id", number)

    def _add_agent(self, parent: etree._Element, name: str, bank: Bank | None, typed: str) -> None:
        found = self._add(self._add(parent, name), "FinInstnId")
        if bank is not None:
            if bank.swift:
                self._add(found, "BICFI" if self.is_new else "BIC", bank.swift)
            self._add(self._add(found, "ClrSysMmbId"), "MmbId", bank.bin)
        self._add(found, "Nm", _name(bank.short_name if bank else typed))

    def _add(self, parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
        child = etree.SubElement(parent, name)
        child.text = text
        return child


def _name(text: str) -> str:
    return plain_text(text).upper()[:LONGEST_TEXT] or "KHONG GHI"
