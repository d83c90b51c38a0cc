"""What the rules said of a case, as it was kept."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from support_programs.models import Case, EligibilityDetermination
from support_programs.queries.programmes import definition_of
from support_programs.rules.parts import Criterion


@dataclass(frozen=True, slots=True)
class CriterionFound:
    """One criterion of a determination: what it asks, where that stands, and what was found, in a sentence."""

    code: str
    statement: str
    article: str
    confidence: str
    verify: str
    outcome: str
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class FactUsed:
    """A fact that was known on the day, and who or what said so."""

    code: str
    value: Any
    source: str
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class Determined:
    """The newest determination of a case. `version_hash` names exactly the text of the rules."""

    version: str
    version_hash: str
    judged_on: dt.date
    result: str
    criteria: tuple[CriterionFound, ...]
    facts: tuple[FactUsed, ...]


def newest_determination(case: Case) -> Determined | None:
    """What the rules said last; None while nobody asked them. One query."""
    kept = EligibilityDetermination.objects.filter(case=case).select_related("version_used")
    row = kept.order_by("-id").first()
    if row is None:
        return None
    definition = definition_of(row.version_used_id)
    return Determined(
        version=row.version_used.code,
        version_hash=row.version_hash,
        judged_on=row.judged_on,
        result=row.result,
        criteria=tuple(_found(definition.criterion(said["code"]), said) for said in row.criteria),
        facts=tuple(_used(code, row.facts[code]) for code in sorted(row.facts)),
    )


def _found(criterion: Criterion, said: Mapping[str, Any]) -> CriterionFound:
    return CriterionFound(
        code=criterion.code,
        statement=criterion.statement,
        article=criterion.article,
        confidence=criterion.confidence,
        verify=criterion.verify,
        outcome=said["outcome"],
        sentence=said["sentence"],
        remedy=criterion.remedy if said["outcome"] in ("not_met", "unknown") else "",
    )


def _used(code: str, stored: Mapping[str, Any]) -> FactUsed:
    return FactUsed(
        code, stored["value"], stored.get("source", ""), stored.get("by", ""), stored.get("on") or ""
    )
