"""Criteria on single facts: flags, codes, what must be given, occupations."""

import datetime as dt
from dataclasses import dataclass

from support_programs.rules.criteria.base import (
    Finding,
    Outcome,
    array_sql,
    date_sql,
    day_of,
    day_sql,
    flag_of,
    flag_sql,
    found,
    quoted,
    shown,
    text_of,
    text_sql,
    unknown,
    value_of,
    value_sql,
    with_origin,
)
from support_programs.rules.facts import Facts


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
        value = flag_of(facts, self.field)
        if value is None:
            return unknown(self.missing)
        is_met = value is self.value
        return found(is_met, with_origin(self.yes if is_met else self.no, facts[self.field]), value)

    def describe(self) -> str:
        return ""

    def condition(self) -> str:
        return f"{flag_sql(self.field)} = {self.value}"


@dataclass(frozen=True, slots=True)
class SomeTrue:
    """Of several flags at least one is true (`needs_all`: every one). What is still unknown may decide it."""

    flags: tuple[str, ...]
    needs_all: bool
    yes: str
    no: str
    missing: str

    @property
    def fields(self) -> tuple[str, ...]:
        return self.flags

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        values = [flag_of(facts, field) for field in self.flags]
        deciding = not self.needs_all
        if deciding in values:
            return found(deciding, f"{self.yes if deciding else self.no}.", deciding)
        if None in values:
            return unknown(self.missing)
        return found(not deciding, f"{self.no if deciding else self.yes}.", not deciding)

    def describe(self) -> str:
        return ""

    def condition(self) -> str:
        return (
            "(" + (" AND " if self.needs_all else " OR ").join(flag_sql(field) for field in self.flags) + ")"
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """A code with its words; `since` where it counts only for dossiers received from a day on."""

    code: str
    label: str
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class OneOf:
    """A code stands among the allowed ones, some of them only for dossiers received from a day on.

    `names` are the form's words for all codes, so that an answer that isn't allowed is named too.
    """

    field: str
    choices: tuple[Choice, ...]
    missing: str
    names: tuple[tuple[str, str], ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field, "received_on") if any(choice.since for choice in self.choices) else (self.field,)

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        value = text_of(facts, self.field)
        if value is None:
            return unknown(self.missing)
        fact = facts[self.field]
        choice = next((known for known in self.choices if known.code == value), None)
        if choice is None:
            name = dict(self.names).get(value, value)
            return found(False, with_origin(f"«{name}» không thuộc trường hợp được hỗ trợ", fact), value)
        received = day_of(facts, "received_on") or on
        if choice.since is not None and received < choice.since:
            said = f"«{choice.label}» chỉ áp dụng với hồ sơ tiếp nhận từ ngày {shown(choice.since)}"
            return found(False, with_origin(said, fact), value)
        return found(True, with_origin(f"Thuộc trường hợp: {choice.label}", fact), value)

    def describe(self) -> str:
        cases = "; ".join(
            f"{choice.label} (từ {shown(choice.since)})" if choice.since else choice.label
            for choice in self.choices
        )
        return f"Một trong các trường hợp: {cases}."

    def condition(self) -> str:
        value = text_sql(self.field)
        received = f"COALESCE({day_sql('received_on')}, %(on)s)"
        parts = [f"{value} = ANY({array_sql(tuple(c.code for c in self.choices if c.since is None))})"]
        parts += [
            f"({value} = {quoted(choice.code)} AND {received} >= {date_sql(choice.since)})"
            for choice in self.choices
            if choice.since is not None
        ]
        return f"(CASE WHEN {value} IS NOT NULL THEN {' OR '.join(parts)} END)"


@dataclass(frozen=True, slots=True)
class NotOneOf:
    """A code stands outside the excluded ones."""

    field: str
    choices: tuple[Choice, ...]
    missing: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        value = text_of(facts, self.field)
        if value is None:
            return unknown(self.missing)
        fact = facts[self.field]
        label = next((choice.label for choice in self.choices if choice.code == value), "")
        if label:
            return found(False, with_origin(f"Thuộc trường hợp không áp dụng: {label}", fact), value)
        return found(True, with_origin("Không thuộc trường hợp loại trừ", fact), value)

    def describe(self) -> str:
        return f"Không áp dụng với: {'; '.join(choice.label for choice in self.choices)}."

    def condition(self) -> str:
        return f"{text_sql(self.field)} <> ALL({array_sql(tuple(choice.code for choice in self.choices))})"


@dataclass(frozen=True, slots=True)
class IsGiven:
    """A text, number or day is there at all; without it the case stays open."""

    field: str
    missing: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        if value_of(facts, self.field) is None:
            return unknown(self.missing)
        return found(True, with_origin("Đã có", facts[self.field]), "")

    def describe(self) -> str:
        return ""

    def condition(self) -> str:
        return f"(CASE WHEN {value_sql(self.field)} IS NOT NULL THEN true END)"


@dataclass(frozen=True, slots=True)
class OccupationIn:
    """The occupation's group is supported, in this stream; a group of another stream is for a person to look at."""

    groups: tuple[tuple[str, str, str], ...]  # code, label, stream ("" fits every stream)

    @property
    def fields(self) -> tuple[str, ...]:
        return ("occupation_group", "occupation", "stream")

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        written = text_of(facts, "occupation") or ""
        value = text_of(facts, "occupation_group")
        if value is None:
            said = (
                f"Danh sách ghi «{written}», chưa rõ thuộc nhóm nào."
                if written
                else "Danh sách không ghi công việc."
            )
            return unknown(f"{said} Hãy chọn nhóm công việc.")
        fact = facts["occupation_group"]
        known = next((group for group in self.groups if group[0] == value), None)
        if known is None:
            said = f"«{written or value}» không thuộc nhóm được hỗ trợ"
            return found(False, with_origin(said, fact), value)
        _code, label, stream = known
        mine = text_of(facts, "stream") or ""
        sentence = f"Danh sách ghi «{written}», thuộc nhóm: {label}" if written else f"Thuộc nhóm: {label}"
        if stream and mine and stream != mine:
            return Finding(Outcome.REVIEW, f"{sentence}; nhóm này thuộc luồng khác của danh sách.", value)
        return found(True, with_origin(sentence, fact), value)

    def describe(self) -> str:
        return f"Một trong {len(self.groups)} nhóm công việc ở dưới."

    def condition(self) -> str:
        """A group of another stream counts as met here: what is to be looked at refuses nobody."""
        return (
            f"{text_sql('occupation_group')} = ANY({array_sql(tuple(code for code, *_rest in self.groups))})"
        )

    def is_elsewhere(self) -> str:
        """Whether the group belongs to another stream, in SQL; "" where no group has one."""
        group, mine = text_sql("occupation_group"), text_sql("stream")
        return " OR ".join(
            f"({group} = {quoted(code)} AND {mine} <> {quoted(stream)})"
            for code, _label, stream in self.groups
            if stream
        )
