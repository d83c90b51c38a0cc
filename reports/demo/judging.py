"""What the demo's cases know of themselves, judged by the programme's own rules."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from accounts.enums import AreaLevel
from accounts.models import AdministrativeUnit
from reports.demo.filing import Entry, Filed
from support_programs.enums import CaseStatus, Step
from support_programs.models import ProgrammeVersion
from support_programs.queries.facts import Surroundings, facts_of
from support_programs.rules.definition import Definition, read_definition
from support_programs.rules.facts import COMMUNE, CONFIRMED, LIST, OFFICER, Fact, fact_to_json
from support_programs.rules.judging import Calculation, Judgement, calculate, judge

Json = dict[str, Any]
# what an officer found out, and the reason of the catalogue that it gives
_FOUND_OUT: Final = (
    ("has_labour_contract", True, "Có giao kết hợp đồng lao động (khoản 12 Mục II NQ 68)"),
    (
        f"{CONFIRMED}income",
        False,
        "Không mất việc làm, thu nhập vẫn từ ngưỡng quy định trở lên (QĐ 1856/QĐ-UBND)",
    ),
    (f"{CONFIRMED}residence", False, "Không cư trú hợp pháp trên địa bàn tỉnh (QĐ 1856/QĐ-UBND)"),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A case's own facts as stored, all facts that were used, and what the rules said."""

    own: Json
    used: Json
    judgement: Judgement

    def determination(self, version: ProgrammeVersion, on: dt.date) -> Json:
        """The columns of the frozen record."""
        return {
            "version_used_id": version.pk,
            "version_hash": version.content_hash,
            "judged_on": on,
            "result": self.judgement.result,
            "facts": self.used,
            "criteria": [
                {
                    "code": code,
                    "outcome": finding.outcome.value,
                    "sentence": finding.sentence,
                    "value": finding.value,
                }
                for code, finding in self.judgement.findings
            ],
        }


class Judge:
    """The rules of one version, asked for every case of the demo."""

    def __init__(self, version: ProgrammeVersion, units: Sequence[AdministrativeUnit]) -> None:
        self.version = version
        self.definition: Definition = read_definition(version.definition, str(version))
        communes = [unit for unit in units if unit.level == AreaLevel.COMMUNE]
        self.surroundings = Surroundings(
            urban=frozenset(unit.area_code for unit in communes if unit.is_urban),
            communes=frozenset(unit.area_code for unit in communes),
            other_regimes={},
        )
        self.confirmable = [criterion.code for criterion in self.definition.criteria if criterion.confirm]

    def judge(self, item: Filed, entry: Entry) -> Judged:
        """The case's facts and the outcome of every criterion on the day of its list."""
        own = {key: fact_to_json(fact) for key, fact in self._own_facts(item, entry)}
        human, plan = entry.human, item.plan
        row: Mapping[str, Any] = {
            "pk": entry.pk,
            "area_code": plan.area_code,
            "received_on": plan.list_date,
            "birth_date": human.birth_date,
            "birth_year": human.birth_year,
            "occupation": human.occupation,
            "stream": plan.stream,
            "facts": own,
        }
        facts = facts_of(row, self.definition, self.surroundings)
        used = {key: fact_to_json(fact) for key, fact in facts.items()}
        return Judged(own, used, judge(self.definition, facts, plan.list_date))

    def confirmed_facts(self) -> Iterator[tuple[str, object]]:
        """What the communes confirm for their lists."""
        for code in self.confirmable:
            yield code, True

    def _own_facts(self, item: Filed, entry: Entry) -> Iterator[tuple[str, Fact]]:
        if item.plan.turn % 3:
            lost = dt.date(2021, 6, 20) + dt.timedelta(days=entry.pk % 40)
            yield "lost_income_on", Fact(lost, LIST)
        if item.is_confirmed:
            for code, value in self.confirmed_facts():
                yield CONFIRMED + code, Fact(value, COMMUNE, item.officer.full_name, item.plan.list_date)
        if entry.status is CaseStatus.INELIGIBLE:
            key, value, _reason = _FOUND_OUT[entry.pk % len(_FOUND_OUT)]
            yield (
                key,
                Fact(value, OFFICER, item.appraiser.full_name, item.plan.day_of(Step.DISTRICT_APPRAISAL)),
            )

    @property
    def exclusive_group(self) -> str:
        return self.definition.exclusive_group

    @property
    def amount(self) -> int:
        return self._sums.total

    @cached_property
    def _sums(self) -> Calculation:
        """The demo lives on one programme with one amount for everybody."""
        return calculate(self.definition, {}, self.definition.valid_from)

    def lines(self) -> list[Json]:
        """The calculation of an entitlement."""
        return [
            {"label": label, "article": article, "amount": amount}
            for label, article, amount in self._sums.lines
        ]


def refusal_reason(entry: Entry) -> str:
    """Why a case of the demo was refused, fitting the fact that its officer recorded."""
    return _FOUND_OUT[entry.pk % len(_FOUND_OUT)][2]
