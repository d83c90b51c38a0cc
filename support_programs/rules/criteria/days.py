"""Criteria on days: windows, spells, months, what must still be valid."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from support_programs.rules.criteria.base import (
    Finding,
    date_sql,
    day_of,
    day_sql,
    flag_of,
    flag_sql,
    found,
    is_sql,
    list_of,
    quoted,
    shown,
    text_of,
    text_sql,
    unknown,
    with_origin,
)
from support_programs.rules.facts import Facts
from support_programs.rules.spells import Window, read_spans, total, without

_MONTH: Final = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class DayBetween:
    """A day lies in the window, both ends included."""

    field: str
    first: dt.date
    last: dt.date
    missing: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        day = day_of(facts, self.field)
        if day is None:
            return unknown(self.missing)
        sentence = f"Ngày {shown(day)}; thời gian áp dụng: {shown(self.first)} đến {shown(self.last)}"
        return found(
            self.first <= day <= self.last, with_origin(sentence, facts[self.field]), day.isoformat()
        )

    def describe(self) -> str:
        return f"Từ ngày {shown(self.first)} đến hết ngày {shown(self.last)}."

    def condition(self) -> str:
        return f"{day_sql(self.field)} BETWEEN {date_sql(self.first)} AND {date_sql(self.last)}"


@dataclass(frozen=True, slots=True)
class DaysAtLeast:
    """A spell has enough days inside the window. Without its end it fails only where no end could make it long enough."""

    start: str
    end: str
    window: Window
    days: int
    noun: str
    is_consecutive: bool
    missing: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.start, self.end)

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        start, end = day_of(facts, self.start), day_of(facts, self.end)
        if start is None or (end is not None and end < start):
            return unknown(self.missing)
        if end is None:
            if self.window.most(start) >= self.days:
                return unknown(self.missing)
            said = (
                f"Từ ngày {shown(start)} chỉ còn {self.window.most(start)} ngày đến {shown(self.window.last)}"
            )
            return found(
                False, with_origin(f"{said}; {self._wanted}", facts[self.start]), self.window.most(start)
            )
        counted = self.window.days(start, end)
        said = f"Từ {shown(start)} đến {shown(end)}: {counted} ngày trong thời gian áp dụng; {self._wanted}"
        return found(counted >= self.days, with_origin(said, facts[self.end]), counted)

    @property
    def _wanted(self) -> str:
        return f"yêu cầu từ {self.days} ngày{' liên tục' if self.is_consecutive else ''} trở lên"

    def describe(self) -> str:
        return (
            f"Từ {self.days} ngày {self.noun}{' liên tục' if self.is_consecutive else ''} trở lên, chỉ tính các ngày từ "
            f"{shown(self.window.first)} đến hết {shown(self.window.last)}."
        )

    def condition(self) -> str:
        start, end = day_sql(self.start), day_sql(self.end)
        most = days_sql(start, date_sql(self.window.last), self.window)
        return (
            f"(CASE WHEN {start} IS NULL OR {end} < {start} THEN NULL"
            f" WHEN {end} IS NULL THEN CASE WHEN {most} < {self.days} THEN false END"
            f" ELSE {days_sql(start, end, self.window)} >= {self.days} END)"
        )


def days_sql(start: str, end: str, window: Window) -> str:
    """`Window.days` of two days that are known."""
    return f"GREATEST(0, LEAST({end}, {date_sql(window.last)}) - GREATEST({start}, {date_sql(window.first)}) + 1)"


@dataclass(frozen=True, slots=True)
class FreeDaysAtLeast:
    """Inside the window the spell has enough days that were not paid yet (`paid_days` of the register)."""

    start: str
    end: str
    window: Window
    days: int
    noun: str
    missing: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.start, self.end, "paid_days")

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        start, end = day_of(facts, self.start), day_of(facts, self.end)
        if start is None or end is None or end < start:
            return unknown(self.missing)
        taken = list_of(facts, "paid_days")
        if taken is None:
            return unknown("Chưa tra cứu những ngày đã được hỗ trợ.")
        span = self.window.clip(start, end)
        inside = self.window.days(start, end)
        free = total(without(span, read_spans(taken)))
        said = f"Từ {shown(start)} đến {shown(end)}: {inside} ngày trong thời gian áp dụng"
        if free < inside:
            said += f", trong đó {inside - free} ngày đã được hỗ trợ"
        return found(free >= self.days, with_origin(said, facts[self.end]), free)

    def describe(self) -> str:
        return (
            f"Ít nhất {self.days} ngày {self.noun} từ {shown(self.window.first)} đến hết "
            f"{shown(self.window.last)} chưa được hỗ trợ."
        )

    def condition(self) -> str:
        start, end = day_sql(self.start), day_sql(self.end)
        return (
            f"(CASE WHEN {start} <= {end} AND {is_sql('paid_days', 'array')}"
            f" THEN {free_days_sql(start, end, self.window)} >= {self.days} END)"
        )


def free_days_sql(start: str, end: str, window: Window) -> str:
    """Days of a spell inside the window that `paid_days` doesn't hold. Null where the end comes before the start."""
    bounds = f"daterange({date_sql(window.first)}, {date_sql(window.last)}, '[]')"
    spell = f"datemultirange(CASE WHEN {start} <= {end} THEN daterange({start}, {end}, '[]') * {bounds} END)"
    paid = (
        "COALESCE((SELECT range_agg(daterange((p->>0)::date, (p->>1)::date, '[]')) FROM jsonb_array_elements("
        f"CASE WHEN {is_sql('paid_days', 'array')} THEN f->'paid_days' ELSE '[]' END) AS p"
        " WHERE (p->>0)::date <= (p->>1)::date), '{}'::datemultirange)"
    )
    free = f"(SELECT COALESCE(sum(upper(r) - lower(r)), 0) FROM unnest({spell} - {paid}) AS r)"
    return f"(CASE WHEN {start} <= {end} THEN {free} END)"


@dataclass(frozen=True, slots=True)
class ValidOn:
    """A paper is still valid on the day of receipt; the fact is the last day of its validity."""

    field: str
    missing: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field, "received_on")

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        last = day_of(facts, self.field)
        if last is None:
            return unknown(self.missing)
        received = day_of(facts, "received_on") or on
        said = f"Có giá trị đến hết ngày {shown(last)}; hồ sơ tiếp nhận ngày {shown(received)}"
        return found(last >= received, with_origin(said, facts[self.field]), last.isoformat())

    def describe(self) -> str:
        return "Còn giá trị vào ngày tiếp nhận hồ sơ."

    def condition(self) -> str:
        return f"{day_sql(self.field)} >= COALESCE({day_sql('received_on')}, %(on)s)"


@dataclass(frozen=True, slots=True)
class MonthAtLeast:
    """A month (`2021-04`) is not before the wanted one."""

    field: str
    month: str
    missing: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        value = text_of(facts, self.field)
        if value is None or not _MONTH.fullmatch(value):
            return unknown(self.missing)
        said = f"Đến hết tháng {_month(value)}; yêu cầu đến hết tháng {_month(self.month)}"
        return found(value >= self.month, with_origin(said, facts[self.field]), value)

    def describe(self) -> str:
        return f"Đến hết tháng {_month(self.month)} hoặc muộn hơn."

    def condition(self) -> str:
        month = text_sql(self.field)
        return f"""(CASE WHEN {month} ~ '^{_MONTH.pattern}$' THEN {month} COLLATE "C" >= {quoted(self.month)} END)"""


def _month(value: str) -> str:
    year, _dash, month = value.partition("-")
    return f"{month}/{year}"


def _month_before(day: dt.date) -> str:
    year, month = divmod(day.year * 12 + day.month - 2, 12)
    return f"{year:04d}-{month + 1:02d}"


@dataclass(frozen=True, slots=True)
class InsuredBefore:
    """In compulsory social insurance in the calendar month right before the month of the event; the agency's word, yes or no."""

    field: str
    start: str
    missing: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field, self.start)

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        is_insured = flag_of(facts, self.field)
        if is_insured is None:
            return unknown(self.missing)
        start = day_of(facts, self.start)
        before = f" {_month(_month_before(start))}" if start else " liền kề trước"
        said = f"{'Đang' if is_insured else 'Không'} tham gia BHXH bắt buộc tháng{before}"
        return found(is_insured, with_origin(said, facts[self.field]), is_insured)

    def describe(self) -> str:
        return "Tháng liền kề trước tháng bắt đầu sự việc, theo xác nhận của cơ quan BHXH."

    def condition(self) -> str:
        return flag_sql(self.field)
