"""What is added to the main amount: for pregnancy, young children, children and elderly among the sick (NQ 68 II.7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.money import format_dong
from support_programs.rules.amounts import Line
from support_programs.rules.conditions import When, read_when
from support_programs.rules.criteria.ages import age_on
from support_programs.rules.criteria.base import day_of, flag_of, list_of, number_of, read_day, shown
from support_programs.rules.facts import Facts
from support_programs.rules.reading import Table

GRANTED: Final = "granted_supplements"  # labels of those that an earlier claim of the same programme gave
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
        if self.label in (list_of(facts, GRANTED) or ()):
            return Added(notes=(f"{self.label}: đã được hỗ trợ một lần ở hồ sơ khác.",))
        if self.kind == "children":
            return self._children(facts)
        if self.kind == "flag":
            return Added(self._line()) if flag_of(facts, self.field) else Added()
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
        if flag_of(facts, self.field):
            return Added(self._line())
        return Added(notes=(f"{self.label}: chưa có đủ ngày sinh để tính tuổi.",)) if age is None else Added()

    def _age(self, facts: Facts) -> int | None:
        """Full years on the reference day; of a year of birth alone only where both possible ages say the same.

        None too for somebody who was not born yet.
        """
        day, born = day_of(facts, self.at), day_of(facts, "birth_date")
        if day is None:
            return None
        if born is not None:
            return age_on(born, day) if born <= day else None
        year = number_of(facts, "birth_year")
        if year is None or year > day.year or day.year - year == self.years:
            return None
        return max(day.year - year - 1, 0)

    def _children(self, facts: Facts) -> Added:
        day = day_of(facts, self.at)
        children: Sequence[Mapping[str, Any]] = list_of(facts, self.field) or ()
        lines: list[Line] = []
        notes: list[str] = []
        for number, child in enumerate(children, start=1):
            name = str(child.get("name") or f"con thứ {number}")
            born = read_day(child.get("birth_date"))
            if born is None or day is None:
                notes.append(f"{self.label}: chưa rõ ngày sinh của {name}.")
            elif child.get("is_taken"):
                notes.append(f"{self.label}: {name} đã được tính ở hồ sơ khác.")
            elif born > day:
                notes.append(f"{self.label}: {name} sinh ngày {shown(born)}, sau ngày {shown(day)}.")
            elif age_on(born, day) >= self.years:
                notes.append(f"{self.label}: {name} đã đủ {self.years} tuổi ngày {shown(day)}.")
            else:
                lines.append((f"{self.label}: {name}, sinh {shown(born)}", self.article, self.amount))
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
