"""The closed vocabulary of criteria: each a frozen dataclass that says of some facts whether it is met, and why, in words."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from core.money import format_dong
from support_programs.rules.facts import Fact, Facts
from support_programs.rules.reading import Table


class Outcome(StrEnum):
    """What a criterion says of a case. REVIEW: not met, but the rule only asks that a person looks."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Finding:
    """Outcome with its Vietnamese sentence, and the value that was used as stored text."""

    outcome: Outcome
    sentence: str
    value: str = ""


class Test(Protocol):
    """One kind of criterion."""

    @property
    def fields(self) -> tuple[str, ...]: ...

    def judge(self, facts: Facts, on: dt.date) -> Finding: ...


def _found(is_met: bool, sentence: str, value: object) -> Finding:
    return Finding(Outcome.MET if is_met else Outcome.NOT_MET, sentence, str(value))


def _unknown(sentence: str) -> Finding:
    return Finding(Outcome.UNKNOWN, sentence)


def _with_origin(sentence: str, fact: Fact) -> str:
    return f"{sentence} ({fact.origin})." if fact.origin else f"{sentence}."


@dataclass(frozen=True, slots=True)
class Equals:
    """A yes-or-no fact has the wanted value."""

    field: str
    value: bool
    yes: str
    no: str
    missing: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        fact = facts.get(self.field)
        if fact is None or not isinstance(fact.value, bool):
            return _unknown(self.missing)
        is_met = fact.value is self.value
        return _found(is_met, _with_origin(self.yes if is_met else self.no, fact), fact.value)


@dataclass(frozen=True, slots=True)
class AgeAtLeast:
    """Full years on the day of receipt; with a year of birth only, both possible ages are looked at."""

    years: int

    @property
    def fields(self) -> tuple[str, ...]:
        return ("birth_date", "birth_year", "received_on")

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        received = facts["received_on"].value if "received_on" in facts else on
        wanted = f"yêu cầu từ đủ {self.years} tuổi"
        if "birth_date" in facts:
            born: dt.date = facts["birth_date"].value
            age = received.year - born.year - ((received.month, received.day) < (born.month, born.day))
            sentence = f"Sinh ngày {born:%d/%m/%Y}, {age} tuổi ngày {received:%d/%m/%Y}; {wanted}."
            return _found(age >= self.years, sentence, age)
        if "birth_year" not in facts:
            return _unknown(f"Chưa có ngày sinh; {wanted}.")
        year: int = facts["birth_year"].value
        oldest = received.year - year
        if oldest == self.years:
            return _unknown(
                f"Chỉ có năm sinh {year}, chưa rõ đã đủ {self.years} tuổi ngày {received:%d/%m/%Y}."
            )
        sentence = f"Sinh năm {year}, {max(oldest - 1, 0)} hoặc {oldest} tuổi năm {received.year}; {wanted}."
        return _found(oldest > self.years, sentence, oldest)


@dataclass(frozen=True, slots=True)
class OneOf:
    """A code stands among the allowed ones; `labels` names them."""

    field: str
    labels: tuple[tuple[str, str], ...]
    missing: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        fact = facts.get(self.field)
        if fact is None or not fact.value:
            return _unknown(self.missing)
        label = dict(self.labels).get(fact.value)
        if label is None:
            return _found(
                False, _with_origin(f"«{fact.value}» không thuộc nhóm được hỗ trợ", fact), fact.value
            )
        return _found(True, _with_origin(f"Thuộc nhóm: {label}", fact), fact.value)


@dataclass(frozen=True, slots=True)
class OccupationIn:
    """The occupation's group is supported, in this stream; a group of another stream is for a person to look at."""

    groups: tuple[tuple[str, str, str], ...]  # code, label, stream ("" fits every stream)

    @property
    def fields(self) -> tuple[str, ...]:
        return ("occupation_group", "occupation", "stream")

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        written = str(facts["occupation"].value) if "occupation" in facts else ""
        fact = facts.get("occupation_group")
        if fact is None or not fact.value:
            said = (
                f"Danh sách ghi «{written}», chưa rõ thuộc nhóm nào."
                if written
                else "Danh sách không ghi công việc."
            )
            return _unknown(f"{said} Hãy chọn nhóm công việc.")
        known = next((group for group in self.groups if group[0] == fact.value), None)
        if known is None:
            return _found(False, _with_origin(f"«{written}» không thuộc nhóm được hỗ trợ", fact), fact.value)
        _code, label, stream = known
        mine = str(facts["stream"].value) if "stream" in facts else ""
        sentence = f"Danh sách ghi «{written}», thuộc nhóm: {label}" if written else f"Thuộc nhóm: {label}"
        if stream and mine and stream != mine:
            return Finding(
                Outcome.REVIEW, f"{sentence}; nhóm này thuộc luồng khác của danh sách.", str(fact.value)
            )
        return _found(True, _with_origin(sentence, fact), fact.value)


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
        fact = facts.get(self.field)
        if fact is None or fact.value is None:
            return _unknown(self.missing)
        day = fact.value if isinstance(fact.value, dt.date) else dt.date.fromisoformat(str(fact.value))
        sentence = f"Ngày {day:%d/%m/%Y}; thời gian áp dụng: {self.first:%d/%m/%Y} đến {self.last:%d/%m/%Y}"
        return _found(self.first <= day <= self.last, _with_origin(sentence, fact), day.isoformat())


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
            return _unknown(self.missing)
        limit, where = (self.urban, "thành thị") if area.value else (self.rural, "nông thôn")
        sentence = (
            f"{format_dong(fact.value)} đồng/tháng; ngưỡng khu vực {where}: dưới {format_dong(limit)} đồng"
        )
        return _found(fact.value < limit, _with_origin(sentence, fact), fact.value)


@dataclass(frozen=True, slots=True)
class NoOtherOfGroup:
    """The register knows no other live regime of a group that excludes this one."""

    group: str

    @property
    def fields(self) -> tuple[str, ...]:
        return ("other_regimes",)

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        fact = facts.get("other_regimes")
        if fact is None:
            return _unknown("Chưa tra cứu các chế độ khác.")
        if fact.value:
            return _found(False, f"Đã có trong hệ thống: {', '.join(fact.value)}.", ",".join(fact.value))
        return _found(True, "Hệ thống chưa ghi nhận chế độ tiền mặt một lần nào khác của người này.", "")


def _equals(table: Table) -> Test:
    return Equals(
        table.text("field"), table.flag("value"), table.text("yes"), table.text("no"), table.text("missing")
    )


def _one_of(table: Table) -> Test:
    choices = []
    for choice in table.tables("choices"):
        choices.append((choice.text("code"), choice.text("label")))
        choice.end()
    return OneOf(table.text("field"), tuple(choices), table.text("missing"))


def _between(table: Table) -> Test:
    test = DayBetween(table.text("field"), table.day("first"), table.day("last"), table.text("missing"))
    if test.last < test.first:
        raise table.error("last", "a day that is not before `first` is expected")
    return test


# type -> reader of its parameters; `occupation_in` needs the programme's groups and is read in definition.py
VOCABULARY: Final[dict[str, Callable[[Table], Test]]] = {
    "equals": _equals,
    "age_at_least": lambda table: AgeAtLeast(table.number("years")),
    "one_of": _one_of,
    "day_between": _between,
    "below_by_area": lambda table: BelowByArea(
        table.text("field"), table.number("rural"), table.number("urban"), table.text("missing")
    ),
    "no_other_of_group": lambda table: NoOtherOfGroup(table.text("group")),
}
