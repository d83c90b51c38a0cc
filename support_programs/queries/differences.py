"""A case that was judged under two versions of its programme: what the newer one finds otherwise, criterion by criterion."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from support_programs.models import Case, EligibilityDetermination, ProgrammeVersion
from support_programs.queries.dossier import dossier_of
from support_programs.queries.facts import facts_of, known_surroundings, stored_facts
from support_programs.queries.programmes import definition_of
from support_programs.rules.facts import OFFICER, Fact, fact_to_json
from support_programs.rules.judging import calculate, judge
from support_programs.rules.parts import Criterion

SAME: Final = "same"
CHANGED: Final = "changed"
NEW: Final = "new"
GONE: Final = "gone"
# what a judgement reads of a case
_COLUMNS: Final = (
    "pk", "area_code", "version_used_id", "stream", "birth_date", "birth_year", "occupation", "received_on", "facts", "period",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two determinations."""

    version: str
    judged_on: dt.date
    result: str
    amount: int


@dataclass(frozen=True, slots=True)
class CriterionDifference:
    """A criterion in both versions, or in one of them (`kind`: same, changed, new, gone); empty where it isn't."""

    kind: str
    statement: str
    article: str
    before: str
    after: str
    sentence_before: str
    sentence_after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """The newest determination and the newest one of another version, with every criterion; those that differ first."""

    before: Side
    after: Side
    rows: tuple[CriterionDifference, ...]

    @property
    def changed(self) -> tuple[CriterionDifference, ...]:
        return tuple(row for row in self.rows if row.kind != SAME)


def difference_of(case: Case) -> Difference | None:
    """None for a case that was judged under one version only."""
    newest = dossier_of(case).judged
    if len(newest) < 2:
        return None
    return _between(newest[1], newest[0])


def outlook_of(case: Case, version: ProgrammeVersion, on: dt.date) -> Difference | None:
    """What this version would find of the case if it were handed in again on a day, beside what judged it last; nothing is kept.

    None for a case that was never judged.
    """
    before = dossier_of(case).newest
    if before is None:
        return None
    row: dict[str, Any] = Case.objects.filter(pk=case.pk).values(*_COLUMNS).get()
    handed_in = fact_to_json(Fact(on, OFFICER, "", on))
    row |= {"version_used_id": version.pk, "facts": {**row["facts"], "received_on": handed_in}}
    definition = definition_of(version.pk)
    facts = facts_of(row, definition, known_surroundings([case.pk]))
    judgement = judge(definition, facts, on)
    after = EligibilityDetermination(
        version_used=version,
        judged_on=on,
        result=judgement.result,
        facts={code: fact_to_json(fact) for code, fact in facts.items()},
        criteria=[
            {"code": code, "outcome": finding.outcome.value, "sentence": finding.sentence}
            for code, finding in judgement.findings
        ],
    )
    return _between(before, after)


def _between(before: EligibilityDetermination, after: EligibilityDetermination) -> Difference:
    return Difference(_side(before), _side(after), tuple(_rows(before, after)))


def _side(row: EligibilityDetermination) -> Side:
    planned = calculate(definition_of(row.version_used_id), stored_facts(row.facts), row.judged_on)
    return Side(row.version_used.code, row.judged_on, row.result, planned.total)


def _rows(before: EligibilityDetermination, after: EligibilityDetermination) -> list[CriterionDifference]:
    old = {row["code"]: row for row in before.criteria}
    new = {row["code"]: row for row in after.criteria}
    rules_before, rules_after = definition_of(before.version_used_id), definition_of(after.version_used_id)
    rows = [_row(rules_after.criterion(code), old.get(code), new[code]) for code in new]
    rows += [_row(rules_before.criterion(code), old[code], None) for code in old if code not in new]
    return sorted(rows, key=lambda row: row.kind == SAME)


def _row(
    criterion: Criterion, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> CriterionDifference:
    if before is None:
        kind = NEW
    elif after is None:
        kind = GONE
    else:
        kind = SAME if before["outcome"] == after["outcome"] else CHANGED
    return CriterionDifference(
        kind=kind,
        statement=criterion.statement,
        article=criterion.article,
        before=before["outcome"] if before else "",
        after=after["outcome"] if after else "",
        sentence_before=before["sentence"] if before else "",
        sentence_after=after["sentence"] if after else "",
    )
