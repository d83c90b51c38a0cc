"""Formulas of what is paid or handed out: fixed, by bands of days, a day, a worker and month, in kind."""

import datetime as dt
from dataclasses import dataclass

from core.money import format_dong
from support_programs.rules.amounts.base import Formula, Owed
from support_programs.rules.criteria.base import (
    array_sql,
    count_of,
    day_of,
    day_sql,
    list_of,
    number_sql,
    shown,
    text_of,
    text_sql,
)
from support_programs.rules.criteria.days import days_sql, free_days_sql
from support_programs.rules.facts import Facts
from support_programs.rules.spells import Span, Window, read_spans, total, without


@dataclass(frozen=True, slots=True)
class Fixed(Formula):
    """The same amount for everybody."""

    value: int

    @property
    def fields(self) -> tuple[str, ...]:
        return ()

    def owed(self, facts: Facts, on: dt.date) -> Owed:
        return Owed(self.line(self.value), self.value)

    def describe(self) -> tuple[str, ...]:
        return (f"{format_dong(self.value)} đồng, trả một lần.",)


@dataclass(frozen=True, slots=True)
class Band:
    """From so many days to so many (None: no end) this much."""

    from_days: int
    to_days: int | None
    value: int

    @property
    def words(self) -> str:
        return (
            f"từ {self.from_days} đến {self.to_days} ngày"
            if self.to_days
            else f"từ {self.from_days} ngày trở lên"
        )


@dataclass(frozen=True, slots=True)
class Bands(Formula):
    """An amount by the number of days of a spell inside the window."""

    start: str
    end: str
    window: Window
    bands: tuple[Band, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.start, self.end)

    def owed(self, facts: Facts, on: dt.date) -> Owed:
        cap = max(band.value for band in self.bands)
        start, end = day_of(facts, self.start), day_of(facts, self.end)
        if start is None or end is None or end < start:
            return Owed(cap=cap, missing=("Chưa rõ số ngày để tính mức hỗ trợ.",))
        days = self.window.days(start, end)
        for band in self.bands:
            if band.from_days <= days and (band.to_days is None or days <= band.to_days):
                return Owed(self.line(band.value, f"{days} ngày ({band.words})"), cap)
        return Owed(cap=cap)

    def condition(self) -> str:
        start, end = day_sql(self.start), day_sql(self.end)
        least = self.bands[0].from_days
        return f"(CASE WHEN {start} <= {end} THEN {days_sql(start, end, self.window)} >= {least} END)"

    def describe(self) -> tuple[str, ...]:
        return tuple(
            f"{band.words[0].upper()}{band.words[1:]}: {format_dong(band.value)} đồng." for band in self.bands
        )


@dataclass(frozen=True, slots=True)
class Variant:
    """A way of being affected, with the most days that are paid."""

    code: str
    label: str
    max_days: int


@dataclass(frozen=True, slots=True)
class PerDay(Formula):
    """So much a day for the days inside the window that were not paid yet, up to the variant's most days."""

    value: int
    variant: str
    variants: tuple[Variant, ...]
    start: str
    end: str
    window: Window

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.variant, self.start, self.end)

    def owed(self, facts: Facts, on: dt.date) -> Owed:
        cap = self.value * max(variant.max_days for variant in self.variants)
        code = text_of(facts, self.variant)
        variant = next((v for v in self.variants if v.code == code), None)
        start, end = day_of(facts, self.start), day_of(facts, self.end)
        if variant is None:
            return Owed(cap=cap, missing=("Chưa rõ thuộc trường hợp nào để tính mức hỗ trợ.",))
        if start is None or end is None or end < start:
            return Owed(cap=cap, missing=("Chưa rõ số ngày để tính mức hỗ trợ.",))
        taken = read_spans(list_of(facts, "paid_days") or ())
        paid = first_days(without(self.window.clip(start, end), taken), variant.max_days)
        days = total(paid)
        words = (
            f"{days} ngày × {format_dong(self.value)} đồng ({variant.label}, tối đa {variant.max_days} ngày)"
        )
        lines = self.line(days * self.value, words) if days else ()
        return Owed(lines, self.value * variant.max_days, days=paid)

    def condition(self) -> str:
        known = f"{text_sql(self.variant)} = ANY({array_sql(tuple(v.code for v in self.variants))})"
        return f"({known} AND {free_days_sql(day_sql(self.start), day_sql(self.end), self.window)} > 0)"

    def describe(self) -> tuple[str, ...]:
        window = f"từ {shown(self.window.first)} đến hết {shown(self.window.last)}"
        return (
            f"{format_dong(self.value)} đồng/ngày, {window}.",
            *(f"{variant.label}: tối đa {variant.max_days} ngày." for variant in self.variants),
        )


def first_days(spans: tuple[Span, ...], most: int) -> tuple[Span, ...]:
    """The first `most` days of some spans."""
    kept: list[Span] = []
    for start, end in spans:
        left = most - total(kept)
        if left <= 0:
            break
        kept.append((start, min(end, start + dt.timedelta(left - 1))))
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class PerWorkerMonth(Formula):
    """The lower of the plan's cost and the cap per worker and month (months up to a limit)."""

    value: int
    max_months: int
    workers: str
    months: str
    cost: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.workers, self.months, self.cost)

    def owed(self, facts: Facts, on: dt.date) -> Owed:
        workers, months, cost = (count_of(facts, name) for name in self.fields)
        if workers is None or months is None:
            return Owed(missing=("Chưa rõ số người học và số tháng.",))
        paid_months = min(months, self.max_months)
        cap = self.value * workers * paid_months
        if cost is None:
            return Owed(cap=cap, missing=("Chưa rõ chi phí của phương án đào tạo.",))
        words = (
            f"{format_dong(workers)} người × {paid_months} tháng × {format_dong(self.value)} đồng = {format_dong(cap)} đồng; "
            f"chi phí phương án {format_dong(cost)} đồng"
        )
        return Owed(self.line(min(cost, cap), words), cap)

    def condition(self) -> str:
        return " AND ".join(f"{number_sql(name)} > 0" for name in self.fields)

    def describe(self) -> tuple[str, ...]:
        return (
            f"Tối đa {format_dong(self.value)} đồng/người/tháng, không quá {self.max_months} tháng.",
            "Không quá chi phí thực tế của phương án đào tạo.",
        )


@dataclass(frozen=True, slots=True)
class InKind(Formula):
    """Goods: so many units for each person."""

    item: str
    goods_unit: str
    value: int
    per: str

    @property
    def unit(self) -> str:
        return self.goods_unit

    @property
    def fields(self) -> tuple[str, ...]:
        return ()

    def owed(self, facts: Facts, on: dt.date) -> Owed:
        return Owed(quantity=self.value)

    def describe(self) -> tuple[str, ...]:
        return (f"{self.value} {self.goods_unit} {self.item}/{self.per}.",)
