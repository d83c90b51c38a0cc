"""Judges cases set-wise and keeps what was found: rules' text, facts used, every criterion's outcome, frozen."""

import io
import json
from collections.abc import Mapping, Sequence
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
from support_programs.queries.missing_papers import papers_held
from support_programs.queries.programmes import definition_of
from support_programs.rules.criteria.base import Finding, Outcome
from support_programs.rules.facts import Facts, fact_to_json
from support_programs.rules.judging import Judgement, judge, period_of
from support_programs.rules.papers import required_papers

_COLUMNS: Final = (
    "pk", "area_code", "version_used_id", "stream", "birth_date", "birth_year", "occupation", "received_on", "facts", "period",
)  # fmt: skip
_TOGETHER: Final = 5_000
_as_json: Final = json.JSONEncoder(ensure_ascii=False).encode
_CREATE: Final = """
CREATE TEMPORARY TABLE determined (case_id bigint, area_code text COLLATE "C", version_id bigint, result text, outcomes text,
  facts jsonb, criteria jsonb, amount bigint, unit text, quantity int, period text, missing int) ON COMMIT DROP
"""
_KEEP: Final = """
INSERT INTO support_programs_eligibilitydetermination
  (area_code, case_id, version_used_id, version_hash, judged_on, result, facts, criteria, created_by_id, created_at)
SELECT d.area_code, d.case_id, d.version_id, v.content_hash, %s, d.result, d.facts, d.criteria, %s, now()
FROM determined d JOIN support_programs_programmeversion v ON v.id = d.version_id ORDER BY d.case_id
"""
_MARK: Final = """
UPDATE support_programs_case c SET result = d.result, outcomes = d.outcomes, amount_proposed = d.amount, unit = d.unit,
       quantity = d.quantity, period = d.period, version = c.version + 1,
       papers_missing = CASE WHEN c.status IN ('eligible', 'approved') THEN c.papers_missing ELSE d.missing END
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
    """Judge every case of a set with its version's rules on today's facts: the same few statements for each 5,000 cases.

    The newest determination stands on the case with what it would give, and how many papers it misses; older ones are kept.
    """
    ids = list(cases.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    by_result: dict[str, list[int]] = {result.value: [] for result in Result}
    for start in range(0, len(ids), _TOGETHER):
        _determine(ids[start : start + _TOGETHER], by_result, actor)
    for result in Result:
        if by_result[result]:
            record_events(
                "case.determined",
                Case.objects.filter(pk__in=by_result[result]),
                actor=actor,
                change={"result": str(result.label)},
            )
    return DeterminationCounts(*(len(by_result[result]) for result in Result))


def _determine(ids: Sequence[int], by_result: Mapping[str, list[int]], actor: Actor | None) -> None:
    """Judge and keep some cases. Of each only its line is held on to, so that memory stays small."""
    today, surroundings, held = clock.today(), known_surroundings(ids), papers_held(ids)
    programmes = dict(Programme.objects.values_list("code", "short_name"))
    lines = io.StringIO()
    for row in Case.objects.filter(pk__in=ids).order_by("pk").values(*_COLUMNS).iterator():
        definition = definition_of(row["version_used_id"])
        facts = facts_of(row, definition, surroundings)
        judgement = judge(definition, facts, today)
        period = period_of(definition, facts) or row["period"]
        required = {paper.code for paper in required_papers(definition.evidence, facts)}
        missing = len(required - held.get(row["pk"], frozenset()))
        lines.write(_line(row, facts, judgement, period, programmes, missing))
        by_result[judgement.result].append(row["pk"])
    lines.seek(0)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS determined")
        cursor.execute(_CREATE)
        cursor.copy_expert("COPY determined FROM STDIN", lines)
        cursor.execute(_KEEP, [today, actor.pk if actor else None])
        cursor.execute(_MARK)


def _line(
    row: Mapping[str, Any],
    facts: Facts,
    judgement: Judgement,
    period: str,
    programmes: Mapping[str, str],
    missing: int,
) -> str:
    """The line of a case for COPY."""
    used = {code: fact_to_json(fact) for code, fact in facts.items()}
    found = [
        {
            "code": code,
            "outcome": finding.outcome.value,
            "sentence": _in_words(finding, programmes),
            "value": finding.value,
        }
        for code, finding in judgement.findings
    ]
    owed = judgement.calculation
    values = (
        row["pk"],
        row["area_code"],
        row["version_used_id"],
        judgement.result,
        judgement.letters,
        _as_json(used),
        _as_json(found),
        owed.total,
        owed.unit,
        owed.quantity,
        period,
        missing,
    )
    return "\t".join([_copied(str(value)) for value in values]) + "\n"


def _copied(text: str) -> str:
    """A value as COPY reads it."""
    return text.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")


def _in_words(finding: Finding, programmes: Mapping[str, str]) -> str:
    """The sentence with the names of other programmes: the rules know their codes only, perhaps with a kind behind it."""
    sentence = finding.sentence
    if finding.outcome is Outcome.NOT_MET:
        for named in finding.value.split(","):
            code = named.partition("/")[0]
            if code in programmes:
                sentence = sentence.replace(named, f"«{programmes[code]}»")
    return sentence
