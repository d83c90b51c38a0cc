"""What is added to the main amount: for pregnancy, young children, children and elderly among the sick (NQ 68 II.7)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from core.dates import format_date
from core.money import format_dong
from support_programs.rules.amounts import Line
from support_programs.rules.conditions import When, read_when
from support_programs.rules.criteria.base import day_of, value_of
from support_programs.rules.criteria.days import age_on
from support_programs.rules.facts import Facts
from support_programs.rules.reading import Table

KINDS: Final = ("flag", "children", "age_below", "age_or_flag")


@dataclass(frozen=True, slots=True)
class Added:
    """Lines that a supplement adds, and what kept it from adding more, in words."""

    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Supplement:
    """One supplement. `years` and `at`: the age, and the day on which it is taken; `not_with`: those it isn't added to."""

    code: str
    kind: str
    amount: int
    label: str
    article: str
    field: str
    years: int
    at: str
    not_with: tuple[str, ...]
    when: When | None
    evidence: tuple[str, ...]
    confidence: str
    verify: str

    @property
    def fields(self) -> tuple[str, ...]:
        """Facts of the form that it reads."""
        named = (self.field, self.at if self.kind != "flag" else "", self.when.field if self.when else "")
        return tuple(code for code in named if code)

    def added(self, facts: Facts) -> Added:
        """What it adds; a fact that is unknown adds nothing, and is said where it may matter."""
        if self.when is not None and not self.when.applies(facts):
            return Added()
        if self.kind == "children":
            return self._children(facts)
        if self.kind == "flag":
            return Added(self._line()) if value_of(facts, self.field) is True else Added()
        return self._by_age(facts)

    def describe(self) -> str:
        return f"{self.label}: thêm {format_dong(self.amount)} đồng{'/trẻ em' if self.kind == 'children' else ''}."

    def _line(self, words: str = "") -> tuple[Line, ...]:
        return ((f"{self.label}: {words}" if words else self.label, self.article, self.amount),)

    def _by_age(self, facts: Facts) -> Added:
        age = self._age(facts)
        if self.kind == "age_below":
            if age is None:
                return Added(notes=(f"{self.label}: chưa có đủ ngày sinh để tính tuổi.",))
            return Added(self._line(f"{age} tuổi")) if age < self.years else Added()
        if age is not None and age >= self.years:
            return Added(self._line(f"{age} tuổi"))
        if value_of(facts, self.field) is True:
            return Added(self._line())
        return Added(notes=(f"{self.label}: chưa có đủ ngày sinh để tính tuổi.",)) if age is None else Added()

    def _age(self, facts: Facts) -> int | None:
        """Full years on the reference day; of a year of birth alone only where both possible ages say the same."""
        day, born = day_of(facts, self.at), day_of(facts, "birth_date")
        if day is None:
            return None
        if born is not None:
            return age_on(born, day)
        year: int | None = value_of(facts, "birth_year")
        if year is None or day.year - year == self.years:
            return None
        return max(day.year - year - 1, 0) if day.year - year < self.years else day.year - year - 1

    def _children(self, facts: Facts) -> Added:
        day = day_of(facts, self.at)
        children: list[Mapping[str, Any]] = value_of(facts, self.field) or []
        lines: list[Line] = []
        notes: list[str] = []
        for number, child in enumerate(children, start=1):
            name = str(child.get("name") or f"con thứ {number}")
            born = child.get("birth_date")
            if isinstance(born, str):
                born = dt.date.fromisoformat(born)
            if born is None or day is None:
                notes.append(f"{self.label}: chưa rõ ngày sinh của {name}.")
            elif child.get("is_taken"):
                notes.append(f"{self.label}: {name} đã được tính ở hồ sơ khác.")
            elif born > day:
                notes.append(
                    f"{self.label}: {name} sinh ngày {format_date(born)}, sau ngày {format_date(day)}."
                )
            elif age_on(born, day) >= self.years:
                notes.append(f"{self.label}: {name} đã đủ {self.years} tuổi ngày {format_date(day)}.")
            else:
                lines.append((f"{self.label}: {name}, sinh {format_date(born)}", self.article, self.amount))
        return Added(tuple(lines), tuple(notes))


def read_supplement(table: Table, confidence: str) -> Supplement:
    """One entry of `[[supplements]]`."""
    kind = table.one_of("type", KINDS)
    needs_field = kind in ("flag", "children", "age_or_flag")
    supplement = Supplement(
        code=table.text("code"),
        kind=kind,
        amount=table.money("amount"),
        label=table.text("label"),
        article=table.text("article"),
        field=table.code("field") if needs_field else "",
        years=0 if kind == "flag" else table.number("years"),
        at="" if kind == "flag" else table.code("at"),
        not_with=table.texts("not_with"),
        when=read_when(table),
        evidence=table.texts("evidence"),
        confidence=confidence,
        verify=table.text("verify", default=""),
    )
    table.end()
    return supplement
