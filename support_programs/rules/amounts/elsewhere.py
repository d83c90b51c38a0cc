"""Formulas of what other agencies give or leave: loans, contributions that fall or rest."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from core.money import format_dong
from support_programs.rules.amounts.base import Formula, Owed, comma
from support_programs.rules.amounts.tables import Item
from support_programs.rules.criteria.base import count_of, number_of, shown, text_of
from support_programs.rules.facts import Facts
from support_programs.rules.spells import Window


@dataclass(frozen=True, slots=True)
class Elsewhere(Formula):
    """What another agency gives or leaves: figures to follow, no payment of this system."""

    @property
    def is_paid_here(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class LoanCap(Elsewhere):
    """The most that the bank may lend: regional minimum wage × workers × months (up to a limit)."""

    region: str
    wages: tuple[Item, ...]
    workers: str
    months: str
    max_months: int

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.region, self.workers, self.months)

    def owed(self, facts: Facts, on: dt.date) -> Owed:
        region = text_of(facts, self.region)
        wage = next((item for item in self.wages if item.code == region), None)
        workers, months = count_of(facts, self.workers), count_of(facts, self.months)
        if wage is None or workers is None or months is None:
            return Owed(missing=("Chưa rõ vùng lương tối thiểu, số lao động hoặc số tháng.",))
        counted = min(months, self.max_months)
        cap = wage.value * workers * counted
        words = (
            f"{wage.label} {format_dong(wage.value)} đồng × {format_dong(workers)} người × {counted} tháng"
        )
        return Owed(self.line(cap, words), cap)

    def describe(self) -> tuple[str, ...]:
        return (
            f"Mức vay tối đa: lương tối thiểu vùng × số lao động × số tháng (không quá {self.max_months} tháng).",
            *(f"{item.label}: {format_dong(item.value)} đồng/tháng." for item in self.wages),
        )


@dataclass(frozen=True, slots=True)
class Rate(Elsewhere):
    """A contribution that falls to nothing for some months: what the employer saves."""

    base: str
    percent: Decimal
    months: int
    window: Window

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.base,)

    def owed(self, facts: Facts, on: dt.date) -> Owed:
        fund = count_of(facts, self.base)
        if fund is None:
            return Owed(missing=("Chưa rõ quỹ tiền lương đóng BHXH.",))
        monthly = int((Decimal(fund) * self.percent / 100).quantize(Decimal(1), ROUND_DOWN))
        words = f"{format_dong(monthly)} đồng/tháng × {self.months} tháng"
        saved = monthly * self.months
        return Owed(self.line(saved, words) if saved else (), saved)

    def describe(self) -> tuple[str, ...]:
        first, last = shown(self.window.first), shown(self.window.last)
        return (
            f"Mức đóng 0% (trước đây {comma(self.percent)}%) trong {self.months} tháng, {first} đến {last}.",
        )


@dataclass(frozen=True, slots=True)
class ContributionPause(Elsewhere):
    """Contributions may rest for some months, with earlier pauses up to a total."""

    months: int
    max_total: int
    used: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.used,)

    def owed(self, facts: Facts, on: dt.date) -> Owed:
        """Months that may still rest, in words; the most that the rule allows while earlier pauses are not known."""
        used = number_of(facts, self.used)
        if used is None:
            words = f"tạm dừng tối đa {self.months} tháng"
            return Owed(self.line(0, words), missing=("Chưa rõ số tháng đã tạm dừng đóng trước đây.",))
        granted = max(0, min(self.months, self.max_total - used))
        return Owed(self.line(0, f"tạm dừng {granted} tháng"))

    def describe(self) -> tuple[str, ...]:
        return (
            f"Tạm dừng đóng {self.months} tháng; cộng các lần tạm dừng trước không quá {self.max_total} tháng.",
        )
