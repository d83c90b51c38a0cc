"""What stands in a file for a bank, whatever its form: the transfers of one bank or of the whole batch, and their sums."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from core import crypto
from disbursements.models import Batch, PayerAccount, PaymentInstruction
from disbursements.payment_lists.lines import Fence, ListLine, read_lines
from disbursements.rules.bank_text import plain_text
from disbursements.rules.banks import Bank, bank_by_bin

# the part of a file with the lines whose bank is not known (lines of before the list of banks)
UNKNOWN_BANK: Final = "khac"
LONGEST_TEXT: Final = 140
Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Transfer:
    """One transfer: `reference` comes back on the bank's statement, `content` says what it is for, without marks."""

    ordinal: int
    reference: str
    name: str
    account: str
    bank_name: str
    bank: Bank | None
    amount: int
    content: str


@dataclass(frozen=True, slots=True)
class TransferFile:
    """The transfers of a batch to one bank (`bank_bin`), or to all; read anew each time. `payer`: the account that pays."""

    batch_reference: str
    title: str
    programme: str
    payer: PayerAccount | None
    bank: Bank | None
    people: int
    amount: int
    ordered_at: dt.datetime
    purpose: str
    stored: QuerySet[PaymentInstruction]
    fence: Fence = nullcontext

    def transfers(self) -> Iterator[Transfer]:
        """The transfers in the order of the payment list."""
        for ordinal, line in enumerate(read_lines(self.stored, self.fence), start=1):
            yield _transfer(ordinal, line, self.purpose)


def _transfer(ordinal: int, line: ListLine, purpose: str) -> Transfer:
    bank = bank_by_bin(line.bank_bin)
    return Transfer(
        ordinal=ordinal,
        reference=line.payment_reference,
        name=plain_text(line.holder or line.name).upper()[:LONGEST_TEXT],
        account=crypto.normalise_number(line.account),
        bank_name=plain_text(bank.short_name if bank else line.bank),
        bank=bank,
        amount=line.amount,
        content=f"{line.payment_reference} {purpose}",
    )


def transfers_of(
    batch: Batch,
    *,
    people: int,
    amount: int,
    bank_bin: str | None = None,
    fence: Fence = nullcontext,
) -> TransferFile:
    """The file of one bank of an approved batch, or of the whole batch; `people` and `amount` are its sums.

    ValueError for a batch that nobody has approved: there is no such file of it.
    """
    lines = PaymentInstruction.objects.filter(batch=batch)
    if bank_bin is not None:
        lines = lines.filter(bank_bin="" if bank_bin == UNKNOWN_BANK else bank_bin)
    return TransferFile(
        batch_reference=batch.reference,
        title=batch.title,
        programme=batch.programme.name,
        payer=batch.payer_account,
        bank=bank_by_bin(bank_bin or ""),
        people=people,
        amount=amount,
        ordered_at=_ordered_at(batch, fence),
        purpose=purpose_of(batch),
        stored=lines,
        fence=fence,
    )


def _ordered_at(batch: Batch, fence: Fence) -> dt.datetime:
    """When the last signature was given: its business day, and the time of day of the approval."""
    if batch.approved_at is None:
        raise ValueError(f"batch {batch.reference} is not approved")
    with fence():
        signed = batch.signatures.order_by("-ordinal").values_list("signed_on", flat=True).first()
    moment = timezone.localtime(batch.approved_at).replace(microsecond=0, tzinfo=None)
    return dt.datetime.combine(signed, moment.time()) if signed else moment


def purpose_of(batch: Batch) -> str:
    """What a transfer is for, as every bank's field takes it: plain capitals, short."""
    return plain_text(f"Ho tro Covid {batch.programme.short_name}").upper()[: LONGEST_TEXT - 20].strip()
