"""Forms of commendation with their money, read from data; what is not sourced well says so."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

SHIPPED: Final = Path(__file__).resolve().parents[1] / "data" / "awards.toml"
DECIDERS: Final = ("department", "province", "elsewhere")


@dataclass(frozen=True, slots=True)
class Award:
    """One form: who decides it, its rates as multiples of the base salary, how far they are sourced."""

    code: str
    title: str
    certificate: str
    decided_by: str
    individual: Decimal
    collective: Decimal
    basis: str
    confidence: str
    verify: str


@dataclass(frozen=True, slots=True)
class AwardTable:
    """All forms, the base salary, and when a council is warned about (both in per cent; own choice)."""

    base_salary: int
    base_salary_basis: str
    awards: dict[str, Award]
    quorum_percent: int
    majority_percent: int
    council_verify: str

    def amount(self, code: str, *, is_collective: bool) -> int:
        """Đồng that go with an award; KeyError for a form that isn't there."""
        award = self.awards[code]
        rate = award.collective if is_collective else award.individual
        return int(rate * self.base_salary)

    def has_quorum(self, present: int, members: int) -> bool:
        return members > 0 and present * 100 >= members * self.quorum_percent

    def has_majority(self, votes_for: int, present: int) -> bool:
        return present > 0 and votes_for * 100 > present * self.majority_percent


def read_awards(text: str) -> AwardTable:
    """The table of a file; ValueError names the entry that can't be read."""
    data = tomllib.loads(text, parse_float=Decimal)
    awards = {entry["code"]: _award(entry) for entry in data["award"]}
    if len(awards) != len(data["award"]):
        raise ValueError("an award is there twice")
    council = data["council"]
    return AwardTable(
        int(data["base_salary"]),
        str(data["base_salary_basis"]),
        awards,
        int(council["quorum_percent"]),
        int(council["majority_percent"]),
        str(council["verify"]),
    )


def _award(entry: dict[str, Any]) -> Award:
    if entry["decided_by"] not in DECIDERS:
        raise ValueError(f"{entry['code']}: decided by nobody known")
    return Award(
        str(entry["code"]),
        str(entry["title"]),
        str(entry["certificate"]),
        str(entry["decided_by"]),
        Decimal(entry["individual"]),
        Decimal(entry["collective"]),
        str(entry["basis"]),
        str(entry["confidence"]),
        str(entry["verify"]),
    )


@lru_cache(maxsize=1)
def shipped_awards() -> AwardTable:
    """The table in use."""
    return read_awards(SHIPPED.read_text("utf-8"))
