"""Criteria on what the register knows: other regimes, other programmes, the same support before."""

import datetime as dt
from dataclasses import dataclass

from support_programs.rules.criteria.base import Finding, array_sql, found, unknown
from support_programs.rules.facts import Facts

_LIST = "jsonb_typeof(f->'{0}') = 'array'"


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
            return unknown("Chưa tra cứu các chế độ khác.")
        if fact.value:
            return found(False, f"Đã có trong hệ thống: {', '.join(fact.value)}.", ",".join(fact.value))
        return found(True, "Hệ thống chưa ghi nhận chế độ tiền mặt một lần nào khác của người này.", "")

    def describe(self) -> str:
        return ""

    def condition(self) -> str:
        return f"(CASE WHEN {_LIST.format('other_regimes')} THEN f->'other_regimes' = '[]' END)"


@dataclass(frozen=True, slots=True)
class NotWith:
    """None of these programmes has a live or paid case of the person (fact `other_programmes`)."""

    programmes: tuple[str, ...]
    yes: str
    no: str

    @property
    def fields(self) -> tuple[str, ...]:
        return ("other_programmes",)

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        fact = facts.get("other_programmes")
        if fact is None:
            return unknown("Chưa tra cứu các chính sách khác.")
        hits = [code for code in fact.value if code in self.programmes]
        return found(not hits, f"{self.no}: {', '.join(hits)}." if hits else f"{self.yes}.", ",".join(hits))

    def describe(self) -> str:
        return ""

    def condition(self) -> str:
        known = _LIST.format("other_programmes")
        return f"(CASE WHEN {known} THEN NOT f->'other_programmes' ?| {array_sql(self.programmes)} END)"


@dataclass(frozen=True, slots=True)
class NotReceivedBefore:
    """The same support for the same period was not given before (fact `received_before`: where, "" for never)."""

    @property
    def fields(self) -> tuple[str, ...]:
        return ("received_before",)

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        fact = facts.get("received_before")
        if fact is None:
            return unknown("Chưa tra cứu hồ sơ trước đây của chính sách này.")
        if fact.value:
            return found(False, f"Đã có mức hưởng của chính sách này ở hồ sơ {fact.value}.", fact.value)
        return found(True, "Hệ thống chưa ghi nhận lần hưởng nào của chính sách này.", "")

    def describe(self) -> str:
        return "Mỗi đối tượng chỉ được hưởng một lần trong một chính sách."

    def condition(self) -> str:
        return "(f->>'received_before') = ''"
