"""Formulas that look an amount up: tables of amounts, a base times a coefficient."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from core.money import format_dong
from support_programs.rules.amounts.base import Formula, Owed, comma
from support_programs.rules.criteria.base import array_sql, text_of, text_sql
from support_programs.rules.facts import Facts


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a table of amounts."""

    code: str
    label: str
    value: int
    per: str = ""


@dataclass(frozen=True, slots=True)
class ItemTable(Formula):
    """An amount looked up by a code; with `is_floor` the law gives the least, and the actual one may be higher."""

    item: str
    items: tuple[Item, ...]
    is_floor: bool

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.item,)

    def owed(self, facts: Facts, on: dt.date) -> Owed:
        cap = max((item.value for item in self.items), default=0)
        code = text_of(facts, self.item)
        found = next((item for item in self.items if item.code == code), None)
        if found is None:
            return Owed(cap=cap, missing=("Chưa rõ mức theo nhóm đối tượng.",))
        return Owed(self.line(found.value, found.label), cap)

    def condition(self) -> str:
        return f"{text_sql(self.item)} = ANY({array_sql(tuple(item.code for item in self.items))})"

    def describe(self) -> tuple[str, ...]:
        least = "Ít nhất " if self.is_floor else ""
        return tuple(
            f"{item.label}: {least.lower()}{format_dong(item.value)} đồng{f'/{item.per}' if item.per else ''}."
            for item in self.items
        )


@dataclass(frozen=True, slots=True)
class Coefficient:
    code: str
    label: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class BaseTimesCoefficient(Formula):
    """The base amount times the coefficient of a category, a month."""

    base: int
    category: str
    coefficients: tuple[Coefficient, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.category,)

    def owed(self, facts: Facts, on: dt.date) -> Owed:
        amounts = [int(self.base * each.value) for each in self.coefficients]
        cap = max(amounts, default=0)
        code = text_of(facts, self.category)
        found = next((each for each in self.coefficients if each.code == code), None)
        if found is None:
            return Owed(cap=cap, missing=("Chưa có hệ số của nhóm đối tượng này.",))
        words = f"{found.label}: {format_dong(self.base)} đồng × {comma(found.value)}"
        return Owed(self.line(int(self.base * found.value), words), cap)

    def condition(self) -> str:
        return f"{text_sql(self.category)} = ANY({array_sql(tuple(each.code for each in self.coefficients))})"

    def describe(self) -> tuple[str, ...]:
        return (
            f"Mức chuẩn {format_dong(self.base)} đồng/tháng nhân hệ số.",
            *(
                f"{each.label}: hệ số {comma(each.value)}, {format_dong(int(self.base * each.value))} đồng/tháng."
                for each in self.coefficients
            ),
        )
