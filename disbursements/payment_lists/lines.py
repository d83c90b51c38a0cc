"""The lines of a batch read for its files: in chunks, deciphered, never all in memory."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet

from core import crypto
from disbursements.models import PaymentInstruction

CHUNK: Final = 5_000
Fence = Callable[[], AbstractContextManager[object]]

_FIELDS: Final = (
    "position",
    "reference",
    "payee_name",
    "birth_date",
    "birth_year",
    "hamlet",
    "amount",
    "bank_bin",
    "bank_name",
    "account_holder",
    "payee_number_encrypted",
    "account_encrypted",
)


class ListLine(NamedTuple):
    """One payee; the identity number is whole, because it is compared with the paper when the money is handed out.

    A tuple, because a hundred thousand of them are made in a second.
    """

    ordinal: int
    reference: str
    name: str
    birth: str
    number: str
    hamlet: str
    amount: int
    bank: str
    account: str
    holder: str = ""
    bank_bin: str = ""

    @property
    def payment_reference(self) -> str:
        """What the bank carries with the payment (`PaymentInstruction.payment_reference`)."""
        return self.reference.replace("-", "")


def read_lines(lines: QuerySet[PaymentInstruction], fence: Fence = nullcontext) -> Iterator[ListLine]:
    """These lines of one batch by position; each chunk is one statement in a fenced block of its own."""
    last = 0
    while True:
        with fence():
            rows: list[Any] = list(
                lines.filter(position__gt=last).order_by("position").values_list(*_FIELDS)[:CHUNK]
            )
        numbers = crypto.decrypt_many("number", (row[-2] for row in rows))
        accounts = crypto.decrypt_many("account", (row[-1] for row in rows))
        for row, number, account in zip(rows, numbers, accounts, strict=True):
            yield _line(row, number or "", account or "")
        if len(rows) < CHUNK:
            return
        last = rows[-1][0]


def _line(row: Any, number: str, account: str) -> ListLine:
    position, reference, name, day, year, hamlet, amount, bin_number, bank, holder = row[:10]
    birth = f"{day.day:02d}/{day.month:02d}/{day.year}" if day else str(year or "")
    return ListLine(
        position, reference, name, birth, number, hamlet, amount, bank, account, holder, bin_number
    )


def in_chunks(lines: Iterator[ListLine], size: int) -> Iterator[tuple[ListLine, ...]]:
    """The same lines, so many at a time."""
    while chunk := tuple(islice(lines, size)):
        yield chunk
