"""Criteria on days: ages, windows, spells, months, what must still be valid."""

import datetime as dt
from dataclasses import dataclass

from core.dates import format_date
from support_programs.rules.criteria.base import (
    Finding,
    day_of,
    day_sql,
    flag_sql,
    found,
    quoted,
    text_sql,
    unknown,
    value_of,
    with_origin,
)
from support_programs.rules.facts import Facts
from support_programs.rules.spells import Window, read_spans, total, without

_ON_WHAT = {"received_on": "ngày tiếp nhận hồ sơ", "event_start": "ngày bắt đầu sự việc"}


def age_on(born: dt.date, day: dt.date) -> int:
    """Full years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def reference_day(facts: Facts, at: str, on: dt.date) -> dt.date | None:
    """The day on which an age is taken; the day of receipt is today where it isn't stated."""
    return day_of(facts, at) or (on if at == "received_on" else None)


@dataclass(frozen=True, slots=True)
class Age:
    """Full years on a reference day lie at or above `years` (`is_least`), or below.

    Of a year of birth alone both possible ages are looked at.
    """

    years: int
    is_least: bool
    at: str = "received_on"

    @property
    def fields(self) -> tuple[str, ...]:
        return ("birth_date", "birth_year", self.at)

    @property
    def _wanted(self) -> str:
        return f"yêu cầu từ đủ {self.years} tuổi" if self.is_least else f"yêu cầu dưới {self.years} tuổi"

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        day = reference_day(facts, self.at, on)
        if day is None:
            return unknown(f"Chưa có {_ON_WHAT.get(self.at, 'ngày mốc')} để tính tuổi; {self._wanted}.")
        born = day_of(facts, "birth_date")
        if born is not None:
            age = age_on(born, day)
            sentence = f"Sinh ngày {format_date(born)}, {age} tuổi ngày {format_date(day)}; {self._wanted}."
            return found((age >= self.years) is self.is_least, sentence, age)
        year: int | None = value_of(facts, "birth_year")
        if year is None:
            return unknown(f"Chưa có ngày sinh; {self._wanted}.")
        oldest = day.year - year
        if oldest == self.years:
            return unknown(
                f"Chỉ có năm sinh {year}, chưa rõ đã đủ {self.years} tuổi ngày {format_date(day)}."
            )
        sentence = f"Sinh năm {year}, {max(oldest - 1, 0)} hoặc {oldest} tuổi năm {day.year}; {self._wanted}."
        return found((oldest > self.years) is self.is_least, sentence, oldest)

    def describe(self) -> str:
        limit = f"Từ đủ {self.years} tuổi" if self.is_least else f"Dưới {self.years} tuổi"
        return f"{limit} vào {_ON_WHAT.get(self.at, 'ngày mốc')}."

    def condition(self) -> str:
        day = f"COALESCE({day_sql(self.at)}, %(on)s)" if self.at == "received_on" else day_sql(self.at)
        born, year = day_sql("birth_date"), "(f->>'birth_year')::int"
        oldest = f"(extract(year FROM {day})::int - {year})"
        # 29/02 counts as reached on 01/03 of a common year, as in age_on
        years = (
            f"(extract(year FROM {day}) - extract(year FROM {born}) - CASE WHEN "
            f"(extract(month FROM {day}), extract(day FROM {day})) < (extract(month FROM {born}), extract(day FROM {born}))"
            f" THEN 1 ELSE 0 END)"
        )
        sign, strict = (">=", ">") if self.is_least else ("<", "<")
        return (
            f"(CASE WHEN {day} IS NULL THEN NULL WHEN {born} IS NOT NULL THEN {years} {sign} {self.years}"
            f" WHEN {oldest} = {self.years} THEN NULL ELSE {oldest} {strict} {self.years} END)"
        )


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
        sentence = f"Ngày {format_date(day)}; thời gian áp dụng: {format_date(self.first)} đến {format_date(self.last)}"
        return found(
            self.first <= day <= self.last, with_origin(sentence, facts[self.field]), day.isoformat()
        )

    def describe(self) -> str:
        return f"Từ ngày {format_date(self.first)} đến hết ngày {format_date(self.last)}."

    def condition(self) -> str:
        return f"{day_sql(self.field)} BETWEEN {_day(self.first)} AND {_day(self.last)}"


def _day(day: dt.date) -> str:
    return f"{quoted(day.isoformat())}::date"


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
            said = f"Từ ngày {format_date(start)} chỉ còn {self.window.most(start)} ngày đến {format_date(self.window.last)}"
            return found(
                False, with_origin(f"{said}; {self._wanted}", facts[self.start]), self.window.most(start)
            )
        counted = self.window.days(start, end)
        said = f"Từ {format_date(start)} đến {format_date(end)}: {counted} ngày trong thời gian áp dụng; {self._wanted}"
        return found(counted >= self.days, with_origin(said, facts[self.end]), counted)

    @property
    def _wanted(self) -> str:
        return f"yêu cầu từ {self.days} ngày{' liên tục' if self.is_consecutive else ''} trở lên"

    def describe(self) -> str:
        return (
            f"Từ {self.days} ngày {self.noun}{' liên tục' if self.is_consecutive else ''} trở lên, chỉ tính các ngày từ "
            f"{format_date(self.window.first)} đến hết {format_date(self.window.last)}."
        )

    def condition(self) -> str:
        start, end = day_sql(self.start), day_sql(self.end)
        most = _days_sql(start, _day(self.window.last), self.window)
        return (
            f"(CASE WHEN {start} IS NULL OR {end} < {start} THEN NULL"
            f" WHEN {end} IS NULL THEN CASE WHEN {most} < {self.days} THEN false END"
            f" ELSE {_days_sql(start, end, self.window)} >= {self.days} END)"
        )


def _days_sql(start: str, end: str, window: Window) -> str:
    return f"GREATEST(0, LEAST({end}, {_day(window.last)}) - GREATEST({start}, {_day(window.first)}) + 1)"


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
        if "paid_days" not in facts:
            return unknown("Chưa tra cứu những ngày đã được hỗ trợ.")
        span = self.window.clip(start, end)
        inside = self.window.days(start, end)
        free = total(without(span, read_spans(facts["paid_days"].value)))
        said = f"Từ {format_date(start)} đến {format_date(end)}: {inside} ngày trong thời gian áp dụng"
        if free < inside:
            said += f", trong đó {inside - free} ngày đã được hỗ trợ"
        return found(free >= self.days, with_origin(said, facts[self.end]), free)

    def describe(self) -> str:
        return (
            f"Ít nhất {self.days} ngày {self.noun} từ {format_date(self.window.first)} đến hết "
            f"{format_date(self.window.last)} chưa được hỗ trợ."
        )

    def condition(self) -> str:
        start, end = day_sql(self.start), day_sql(self.end)
        window = f"daterange({_day(self.window.first)}, {_day(self.window.last)}, '[]')"
        spell = f"datemultirange(daterange({start}, {end}, '[]') * {window})"
        paid = (
            "COALESCE((SELECT range_agg(daterange((p->>0)::date, (p->>1)::date, '[]'))"
            " FROM jsonb_array_elements(f->'paid_days') AS p), '{}'::datemultirange)"
        )
        free = f"(SELECT COALESCE(sum(upper(r) - lower(r)), 0) FROM unnest({spell} - {paid}) AS r)"
        return (
            f"(CASE WHEN {start} IS NULL OR {end} IS NULL OR {end} < {start}"
            " OR jsonb_typeof(f->'paid_days') IS DISTINCT FROM 'array'"
            f" THEN NULL ELSE {free} >= {self.days} END)"
        )


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
        received = reference_day(facts, "received_on", on) or on
        said = f"Có giá trị đến hết ngày {format_date(last)}; hồ sơ tiếp nhận ngày {format_date(received)}"
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
        value = value_of(facts, self.field)
        if value is None:
            return unknown(self.missing)
        said = f"Đến hết tháng {_month(value)}; yêu cầu đến hết tháng {_month(self.month)}"
        return found(value >= self.month, with_origin(said, facts[self.field]), value)

    def describe(self) -> str:
        return f"Đến hết tháng {_month(self.month)} hoặc muộn hơn."

    def condition(self) -> str:
        return f'{text_sql(self.field)} COLLATE "C" >= {quoted(self.month)}'


def _month(value: str) -> str:
    year, _dash, month = value.partition("-")
    return f"{month}/{year}"


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
        fact = facts.get(self.field)
        if fact is None or not isinstance(fact.value, bool):
            return unknown(self.missing)
        start = day_of(facts, self.start)
        before = f" {start.replace(day=1) - dt.timedelta(1):%m/%Y}" if start else " liền kề trước"
        said = f"{'Đang' if fact.value else 'Không'} tham gia BHXH bắt buộc tháng{before}"
        return found(fact.value, with_origin(said, fact), fact.value)

    def describe(self) -> str:
        return "Tháng liền kề trước tháng bắt đầu sự việc, theo xác nhận của cơ quan BHXH."

    def condition(self) -> str:
        return flag_sql(self.field)
