"""Criteria on whole numbers and money."""

import datetime as dt
from dataclasses import dataclass

from core.money import format_dong
from support_programs.rules.criteria.base import (
    Finding,
    flag_sql,
    found,
    number_sql,
    unknown,
    value_of,
    with_origin,
)
from support_programs.rules.facts import Facts


@dataclass(frozen=True, slots=True)
class NumberLimit:
    """A number is at least, at most or below a limit (`sign`: >=, <=, <)."""

    field: str
    sign: str
    limit: int
    unit: str
    missing: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)

    @property
    def _wanted(self) -> str:
        words = {">=": "từ", "<=": "không quá", "<": "dưới"}[self.sign]
        after = " trở lên" if self.sign == ">=" else ""
        return f"{words} {format_dong(self.limit)} {self.unit}".rstrip() + after

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        value: int | None = value_of(facts, self.field)
        if value is None:
            return unknown(self.missing)
        is_met = {">=": value >= self.limit, "<=": value <= self.limit, "<": value < self.limit}[self.sign]
        said = f"{format_dong(value)} {self.unit}".rstrip() + f"; yêu cầu {self._wanted}"
        return found(is_met, with_origin(said, facts[self.field]), value)

    def describe(self) -> str:
        return f"{self._wanted[0].upper()}{self._wanted[1:]}."

    def condition(self) -> str:
        return f"{number_sql(self.field)} {self.sign} {self.limit}"


@dataclass(frozen=True, slots=True)
class BelowByArea:
    """An amount of money lies below the limit of town or country."""

    field: str
    rural: int
    urban: int
    missing: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field, "is_urban")

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        fact, area = facts.get(self.field), facts.get("is_urban")
        if fact is None or fact.value is None or area is None:
            return unknown(self.missing)
        limit, where = (self.urban, "thành thị") if area.value else (self.rural, "nông thôn")
        sentence = (
            f"{format_dong(fact.value)} đồng/tháng; ngưỡng khu vực {where}: dưới {format_dong(limit)} đồng"
        )
        return found(fact.value < limit, with_origin(sentence, fact), fact.value)

    def describe(self) -> str:
        return f"Dưới {format_dong(self.rural)} đồng/tháng ở nông thôn, {format_dong(self.urban)} đồng/tháng ở thành thị."

    def condition(self) -> str:
        urban = flag_sql("is_urban")
        return (
            f"(CASE WHEN {urban} IS NOT NULL THEN"
            f" {number_sql(self.field)} < CASE WHEN {urban} THEN {self.urban} ELSE {self.rural} END END)"
        )


@dataclass(frozen=True, slots=True)
class DropAtLeast:
    """A number fell by at least so many percent against one of its bases; one that shows it is enough. Exact."""

    bases: tuple[str, ...]
    now: str
    percent: int
    what: str
    missing: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (*self.bases, self.now)

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        now: int | None = value_of(facts, self.now)
        bases = [value_of(facts, field) for field in self.bases]
        known = [base for base in bases if base]
        if now is None or not known:
            return unknown(self.missing)
        base = max(known)
        is_met = self._fell(base, now)
        if not is_met and len(known) < len(bases):
            return unknown(self.missing)
        tenths = (base - now) * 1000 // base
        change = f"giảm {tenths // 10},{tenths % 10}%" if now <= base else "không giảm"
        said = f"{self.what}: {format_dong(base)} xuống {format_dong(now)}, {change}; yêu cầu giảm từ {self.percent}%"
        return found(is_met, with_origin(said, facts[self.now]), f"{base}>{now}")

    def _fell(self, base: int, now: int) -> bool:
        return (base - now) * 100 >= base * self.percent

    def describe(self) -> str:
        return f"{self.what} giảm từ {self.percent}% trở lên."

    def condition(self) -> str:
        now = number_sql(self.now)
        bases = [f"NULLIF({number_sql(field)}, 0)" for field in self.bases]
        fell = [f"({base} - {now}) * 100 >= {base} * {self.percent}" for base in bases]
        return "(" + " OR ".join(fell) + ")"
