"""Criteria on ages: full years on a reference day, also of a year of birth alone."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from support_programs.rules.criteria.base import (
    Finding,
    day_of,
    day_sql,
    found,
    number_of,
    number_sql,
    shown,
    unknown,
)
from support_programs.rules.facts import Facts

_ON_WHAT: Final = {"received_on": "ngày tiếp nhận hồ sơ", "event_start": "ngày bắt đầu sự việc"}


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
            sentence = f"Sinh ngày {shown(born)}, {age} tuổi ngày {shown(day)}; {self._wanted}."
            return found((age >= self.years) is self.is_least, sentence, age)
        year = number_of(facts, "birth_year")
        if year is None:
            return unknown(f"Chưa có ngày sinh; {self._wanted}.")
        oldest = day.year - year
        if oldest == self.years:
            return unknown(f"Chỉ có năm sinh {year}, chưa rõ đã đủ {self.years} tuổi ngày {shown(day)}.")
        sentence = f"Sinh năm {year}, {max(oldest - 1, 0)} hoặc {oldest} tuổi năm {day.year}; {self._wanted}."
        return found((oldest > self.years) is self.is_least, sentence, oldest)

    def describe(self) -> str:
        limit = f"Từ đủ {self.years} tuổi" if self.is_least else f"Dưới {self.years} tuổi"
        return f"{limit} vào {_ON_WHAT.get(self.at, 'ngày mốc')}."

    def condition(self) -> str:
        day = f"COALESCE({day_sql(self.at)}, %(on)s)" if self.at == "received_on" else day_sql(self.at)
        born, year = day_sql("birth_date"), number_sql("birth_year")
        oldest = f"(extract(year FROM {day}) - {year})"
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
