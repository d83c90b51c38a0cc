"""The one shape of everything that comes back: a row and what it says, a file and what it says of itself."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Said(StrEnum):
    """What a row says of the payment; the same values as `LineSaid`."""

    PAID = "paid"
    UNPAID = "unpaid"
    FAILED = "failed"
    PENDING = "pending"
    NOTHING = "nothing"
    UNREADABLE = "unreadable"


class Direction(StrEnum):
    """Which way money went over the account that pays; the same values as `MoneyDirection`."""

    DEBIT = "debit"
    CREDIT = "credit"
    NONE = ""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One row as read. `references` are the written forms of payment instructions that stand anywhere in it, in their order;
    `amount` in whole đồng, None where there is no number; `row` as the spreadsheet shows it, or the movement's running number.
    """

    row: int
    references: tuple[str, ...] = ()
    typed_reference: str = ""
    name: str = ""
    account: str = ""
    amount: int | None = None
    typed_amount: str = ""
    direction: Direction = Direction.NONE
    booked_on: dt.date | None = None
    text: str = ""
    bank_reference: str = ""
    said: Said = Said.NOTHING
    typed_result: str = ""
    reason: str = ""
    bank_code: str = ""

    @property
    def reference(self) -> str:
        """The instruction that the row names: none where it names two different ones."""
        return self.references[0] if len(set(self.references)) == 1 else ""


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """A file as read: its rows, and the account, bank, period and balances that it names itself (empty where it doesn't)."""

    format: str
    lines: tuple[ReadLine, ...]
    account: str = ""
    bank: str = ""
    period_from: dt.date | None = None
    period_to: dt.date | None = None
    opening: int | None = None
    closing: int | None = None


class Unreadable(ValueError):
    """The file can't be read as a whole; `code` says why, `values` are for the sentence."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
