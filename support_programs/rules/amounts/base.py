"""What every formula is, and what it gives."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from support_programs.rules.facts import Facts
from support_programs.rules.spells import Span

Line = tuple[str, str, int]  # words, article, đồng


@dataclass(frozen=True, slots=True)
class Owed:
    """What a formula gives. `missing` names what is unknown (then there is no amount yet), `days` the days that it pays."""

    lines: tuple[Line, ...] = ()
    cap: int = 0
    missing: tuple[str, ...] = ()
    days: tuple[Span, ...] = ()
    quantity: int = 0

    @property
    def total(self) -> int:
        return sum(amount for _label, _article, amount in self.lines)


class AmountRule(Protocol):
    """One formula. `unit` is VND or a unit of goods; `is_paid_here` false where another agency pays or nothing is paid."""

    @property
    def label(self) -> str: ...

    @property
    def article(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def is_paid_here(self) -> bool: ...

    @property
    def fields(self) -> tuple[str, ...]: ...

    def owed(self, facts: Facts, on: dt.date) -> Owed: ...

    def condition(self) -> str:
        """In SQL, as the criteria: whether these facts give something; true, false or null."""

    def describe(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Formula:
    label: str
    article: str

    @property
    def unit(self) -> str:
        return "VND"

    @property
    def is_paid_here(self) -> bool:
        return True

    def condition(self) -> str:
        return "true"

    def line(self, amount: int, words: str = "") -> tuple[Line, ...]:
        return ((f"{self.label}: {words}" if words else self.label, self.article, amount),)


def comma(value: Decimal) -> str:
    return str(value.normalize()).replace(".", ",")
