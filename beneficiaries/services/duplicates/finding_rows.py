"""Likely pairs into the register: new ones, those whose facts changed, and nothing for those that were answered and stayed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from beneficiaries.models import DuplicateCandidate
from core import clock
from core.audit import record_events


@dataclass(frozen=True, slots=True)
class FoundPair:
    """A likely pair, `first` the earlier entry, with the area that holds both and what stands for the facts."""

    first: int
    second: int
    area_code: str
    score: int
    reasons: list[dict[str, str | int]]
    facts_key: bytes


_FOUND: Final = """
CREATE TEMPORARY TABLE found_pair ON COMMIT DROP AS
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::smallint[], %s::text[], %s::bytea[])
       AS f (first_id, second_id, area_code, score, reasons, facts_key)
"""
# somebody may answer at this moment: who asks again waits for them
_LOCK: Final = """
SELECT c.id FROM beneficiaries_duplicatecandidate AS c
  JOIN found_pair AS f ON least(c.first_id, c.second_id) = f.first_id AND greatest(c.first_id, c.second_id) = f.second_id
 WHERE c.facts_key <> f.facts_key AND c.state <> 'same' ORDER BY c.id FOR UPDATE OF c
"""
_CHANGED: Final = """
WITH before AS (
    SELECT c.id, c.state = 'different' OR c.passed_by_id IS NOT NULL AS is_asked_again
      FROM beneficiaries_duplicatecandidate AS c WHERE c.id = ANY(%s)
)
UPDATE beneficiaries_duplicatecandidate AS c
   SET score = f.score, reasons = f.reasons::jsonb, facts_key = f.facts_key, area_code = f.area_code, version = c.version + 1,
       state = CASE c.state WHEN 'different' THEN 'open' ELSE c.state END,
       answer_reason = CASE c.state WHEN 'different' THEN '' ELSE c.answer_reason END,
       answered_by_id = CASE c.state WHEN 'different' THEN NULL ELSE c.answered_by_id END,
       answered_by_name = CASE c.state WHEN 'different' THEN '' ELSE c.answered_by_name END,
       answered_at = CASE c.state WHEN 'different' THEN NULL ELSE c.answered_at END,
       passed_by_id = NULL,
       passed_by_name = '',
       passed_reason = '',
       passed_at = NULL
  FROM found_pair AS f, before
 WHERE c.id = before.id AND least(c.first_id, c.second_id) = f.first_id AND greatest(c.first_id, c.second_id) = f.second_id
RETURNING c.id, before.is_asked_again
"""
_NEW: Final = """
INSERT INTO beneficiaries_duplicatecandidate (reference, area_code, first_id, second_id, state, score, reasons, facts_key,
       found_by, found_on, answer_reason, answered_by_name, passed_by_name, passed_reason, version, created_at)
SELECT next_reference('TR', %(year)s), f.area_code, f.first_id, f.second_id, 'open', f.score, f.reasons::jsonb, f.facts_key,
       %(found_by)s, %(on)s, '', '', '', '', 1, %(at)s
  FROM found_pair AS f
 WHERE NOT EXISTS (
     SELECT FROM beneficiaries_duplicatecandidate AS c
      WHERE least(c.first_id, c.second_id) = f.first_id AND greatest(c.first_id, c.second_id) = f.second_id)
 ORDER BY f.first_id, f.second_id
ON CONFLICT DO NOTHING
RETURNING id
"""


@transaction.atomic
def keep_pairs(pairs: Sequence[FoundPair], *, found_by: str, on: dt.date) -> int:
    """Write the pairs; gives how many are new or asked again.

    A pair whose facts changed gets its new score and reasons; one that was answered "different" is opened again, and whoever let
    one pass is asked again. One that was joined stays. Events say which were found and which are asked again.
    """
    if not pairs:
        return 0
    values: dict[str, Any] = {"year": on.year, "found_by": found_by, "on": on, "at": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS found_pair")
        cursor.execute(_FOUND, _columns(pairs))
        cursor.execute(_LOCK)
        changed = [row[0] for row in cursor.fetchall()]
        reopened = []
        if changed:
            cursor.execute(_CHANGED, [changed])
            reopened = [pk for pk, is_asked_again in cursor.fetchall() if is_asked_again]
        cursor.execute(_NEW, values)
        new = [row[0] for row in cursor.fetchall()]
        cursor.execute("DROP TABLE found_pair")
    _tell("pair.found", new)
    _tell("pair.reopened", reopened)
    return len(new) + len(reopened)


def _columns(pairs: Sequence[FoundPair]) -> list[list[Any]]:
    return [
        [pair.first for pair in pairs],
        [pair.second for pair in pairs],
        [pair.area_code for pair in pairs],
        [pair.score for pair in pairs],
        [json.dumps(pair.reasons) for pair in pairs],
        [pair.facts_key for pair in pairs],
    ]


def _tell(action: str, ids: list[int]) -> None:
    if ids:
        record_events(action, DuplicateCandidate.objects.filter(pk__in=ids), actor=None)
