"""Judges cases set-wise and keeps what was found: rules' text, facts used, every criterion's outcome, frozen."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet

from core import clock
from core.audit import record_events
from core.workflow import Actor
from support_programs.enums import Result
from support_programs.models import Case, Programme
from support_programs.queries.facts import facts_of, known_surroundings
from support_programs.queries.programmes import definition_of
from support_programs.rules.criteria.base import Finding, Outcome
from support_programs.rules.facts import Facts, fact_to_json
from support_programs.rules.judging import Judgement, judge, period_of

_COLUMNS: Final = (
    "pk", "area_code", "version_used_id", "stream", "birth_date", "birth_year", "occupation", "received_on", "facts", "period",
)  # fmt: skip
_CREATE: Final = """
CREATE TEMPORARY TABLE determined (case_id bigint, area_code text COLLATE "C", version_id bigint, result text, outcomes text,
  facts jsonb, criteria jsonb, amount bigint, unit text, quantity int, period text) ON COMMIT DROP
"""
_KEEP: Final = """
INSERT INTO support_programs_eligibilitydetermination
  (area_code, case_id, version_used_id, version_hash, judged_on, result, facts, criteria, created_by_id, created_at)
SELECT d.area_code, d.case_id, d.version_id, v.content_hash, %s, d.result, d.facts, d.criteria, %s, now()
FROM determined d JOIN support_programs_programmeversion v ON v.id = d.version_id ORDER BY d.case_id
"""
_MARK: Final = """
UPDATE support_programs_case c SET result = d.result, outcomes = d.outcomes, amount_proposed = d.amount, unit = d.unit,
       quantity = d.quantity, period = d.period, version = c.version + 1
FROM determined d WHERE c.id = d.case_id
"""


@dataclass(frozen=True, slots=True)
class DeterminationCounts:
    """How many cases came out how."""

    eligible: int
    not_eligible: int
    undetermined: int


@transaction.atomic
def determine_cases(cases: QuerySet[Case], *, actor: Actor | None) -> DeterminationCounts:
    """Judge every case of a set with its version's rules on today's facts, in a constant number of statements.

    The newest determination stands on the case with what it would give; older ones are kept.
    """
    rows = list(cases.order_by("pk").select_for_update(of=("self",)).values(*_COLUMNS))
    if not rows:
        return DeterminationCounts(0, 0, 0)
    today = clock.today()
    surroundings = known_surroundings([row["pk"] for row in rows])
    judged: list[tuple[dict[str, Any], Facts, Judgement]] = []
    for row in rows:
        definition = definition_of(row["version_used_id"])
        facts = facts_of(row, definition, surroundings)
        judged.append((row, facts, judge(definition, facts, today)))
    _write(judged, today, actor, dict(Programme.objects.values_list("code", "short_name")))
    by_result = {
        result.value: [row["pk"] for row, _f, j in judged if j.result == result] for result in Result
    }
    for result in Result:
        if by_result[result]:
            record_events(
                "case.determined",
                Case.objects.filter(pk__in=by_result[result]),
                actor=actor,
                change={"result": str(result.label)},
            )
    return DeterminationCounts(*(len(by_result[result]) for result in Result))


def _write(
    judged: Iterable[tuple[dict[str, Any], Facts, Judgement]],
    today: dt.date,
    actor: Actor | None,
    programmes: Mapping[str, str],
) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row, facts, judgement in judged:
        used = {key: fact_to_json(fact) for key, fact in facts.items()}
        found = [
            {
                "code": code,
                "outcome": finding.outcome.value,
                "sentence": _in_words(finding, programmes),
                "value": finding.value,
            }
            for code, finding in judgement.findings
        ]
        writer.writerow(
            [
                row["pk"],
                row["area_code"],
                row["version_used_id"],
                judgement.result,
                judgement.letters,
                json.dumps(used, ensure_ascii=False),
                json.dumps(found, ensure_ascii=False),
                judgement.calculation.total,
                judgement.calculation.unit,
                judgement.calculation.quantity,
                period_of(definition_of(row["version_used_id"]), facts) or row["period"],
            ]
        )
    buffer.seek(0)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS determined")
        cursor.execute(_CREATE)
        cursor.copy_expert("COPY determined FROM STDIN WITH (FORMAT csv)", buffer)
        cursor.execute(_KEEP, [today, actor.pk if actor else None])
        cursor.execute(_MARK)


def _in_words(finding: Finding, programmes: Mapping[str, str]) -> str:
    """The sentence with the names of other programmes: the rules know their codes only."""
    sentence = finding.sentence
    if finding.outcome is Outcome.NOT_MET:
        for code in finding.value.split(","):
            if code in programmes:
                sentence = sentence.replace(code, f"«{programmes[code]}»")
    return sentence
