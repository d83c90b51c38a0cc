"""Criteria on what the register knows: other regimes, other programmes, the same support before."""

import datetime as dt
from dataclasses import dataclass

from support_programs.rules.criteria.base import Finding, array_sql, found, is_sql, list_of, unknown
from support_programs.rules.facts import Facts


@dataclass(frozen=True, slots=True)
class NoOtherOfGroup:
    """The register knows no other live regime of a group that excludes this one."""

    group: str

    @property
    def fields(self) -> tuple[str, ...]:
        return ("other_regimes",)

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        regimes = list_of(facts, "other_regimes")
        if regimes is None:
            return unknown("Chưa tra cứu các chế độ khác.")
        if regimes:
            return found(False, f"Đã có mức hưởng của chế độ khác: {', '.join(regimes)}.", ",".join(regimes))
        return found(True, "Hệ thống chưa ghi nhận chế độ tiền mặt một lần nào khác của người này.", "")

    def describe(self) -> str:
        return ""

    def condition(self) -> str:
        return f"(CASE WHEN {is_sql('other_regimes', 'array')} THEN f->'other_regimes' = '[]' END)"


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
        others = list_of(facts, "other_programmes")
        if others is None:
            return unknown("Chưa tra cứu các chính sách khác.")
        hits = [code for code in others if code in self.programmes]
        return found(not hits, f"{self.no}: {', '.join(hits)}." if hits else f"{self.yes}.", ",".join(hits))

    def describe(self) -> str:
        return ""

    def condition(self) -> str:
        known = is_sql("other_programmes", "array")
        return f"(CASE WHEN {known} THEN NOT f->'other_programmes' ?| {array_sql(self.programmes)} END)"


@dataclass(frozen=True, slots=True)
class NotReceivedBefore:
    """The same support for the same period was not given before (fact `received_before`: where, "" for never)."""

    @property
    def fields(self) -> tuple[str, ...]:
        return ("received_before",)

    def judge(self, facts: Facts, on: dt.date) -> Finding:
        fact = facts.get("received_before")
        if fact is None or not isinstance(fact.value, str):
            return unknown("Chưa tra cứu hồ sơ trước đây của chính sách này.")
        if fact.value:
            return found(False, f"Đã có mức hưởng của chính sách này ở hồ sơ {fact.value}.", fact.value)
        return found(True, "Hệ thống chưa ghi nhận lần hưởng nào của chính sách này.", "")

    def describe(self) -> str:
        return "Mỗi đối tượng chỉ được hưởng một lần trong một chính sách."

    def condition(self) -> str:
        return f"(CASE WHEN {is_sql('received_before', 'string')} THEN f->>'received_before' = '' END)"
