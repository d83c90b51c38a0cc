"""Criteria on whole numbers and money."""

import datetime as dt
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from core.money import format_dong
from support_programs.rules.criteria.base import (
    Finding,
    count_of,
    flag_of,
    flag_sql,
    found,
    number_of,
    number_sql,
    unknown,
    with_origin,
)
from support_programs.rules.facts import Facts

_COMPARE: Final[Mapping[str, Callable[[int, int], bool]]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "<": operator.lt,
}


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
        value = number_of(facts, self.field)
        if value is None:
            return unknown(self.missing)
        is_met = _COMPARE[self.sign](value, self.limit)
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
        value, is_urban = number_of(facts, self.field), flag_of(facts, "is_urban")
        if value is None or is_urban is None:
            return unknown(self.missing)
        limit, where = (self.urban, "thành thị") if is_urban else (self.rural, "nông thôn")
        sentence = f"{format_dong(value)} đồng/tháng; ngưỡng khu vực {where}: dưới {format_dong(limit)} đồng"
        return found(value < limit, with_origin(sentence, facts[self.field]), value)

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
    """A number fell by at least so many percent against one of its bases; one that shows it is enough. Exact.

    A base of 0 shows nothing: it is as if it were not known.
    """

    bases: tuple[str, ...]
    now: str
    percent: int
    what: str
    missing: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (*self.bases, self.now)

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        now = number_of(facts, self.now)
        known = [base for field in self.bases if (base := count_of(facts, field)) is not None]
        if now is None or not known:
            return unknown(self.missing)
        base = max(known)
        is_met = (base - now) * 100 >= base * self.percent
        if not is_met and len(known) < len(self.bases):
            return unknown(self.missing)
        tenths = (base - now) * 1000 // base
        change = f"giảm {tenths // 10},{tenths % 10}%" if now <= base else "không giảm"
        said = f"{self.what}: {format_dong(base)} xuống {format_dong(now)}, {change}; yêu cầu giảm từ {self.percent}%"
        return found(is_met, with_origin(said, facts[self.now]), f"{base}>{now}")

    def describe(self) -> str:
        return f"{self.what} giảm từ {self.percent}% trở lên."

    def condition(self) -> str:
        now = number_sql(self.now)
        bases = [f"NULLIF(GREATEST({number_sql(field)}, 0), 0)" for field in self.bases]
        fell = [f"({base} - {now}) * 100 >= {base} * {self.percent}" for base in bases]
        return "(" + " OR ".join(fell) + ")"
