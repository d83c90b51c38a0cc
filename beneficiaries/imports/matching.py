"""What the rest of the province knows of a list's people: the same number in another commune's list, or in the register.

One search, one update, whatever the length of the list. The later list carries the finding.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from beneficiaries.imports.findings import outcome_of, restored, stored
from beneficiaries.imports.profile import profile_of
from beneficiaries.models import ListImport
from beneficiaries.rules.findings import Finding

CODES: Final = frozenset({"DUP_CROSS_COMMUNE", "ID_OTHER_PERSON", "ALREADY_LISTED"})


@dataclass(frozen=True, slots=True)
class Match:
    """A staged row, and who else has its number: a person of the register, a row of another list, or both."""

    row_id: int
    outcome: str
    findings: list[dict[str, str]]
    person_id: int | None
    person_area: str | None
    is_same_name: bool | None
    claim_area: str | None
    claim_import: int | None
    claim_row: int | None
    is_claim_committed: bool | None


_SEARCH: Final = """
WITH mine AS (
    SELECT id, number_index, name_key, outcome, findings FROM beneficiaries_importrow
     WHERE list_import_id = %(list)s AND state = 'staged' AND number_index IS NOT NULL
       AND (%(row)s::bigint IS NULL OR id = %(row)s)
)
SELECT mine.id, mine.outcome, mine.findings, m.person_id, m.person_area, m.is_same_name,
       m.claim_area, m.claim_import, m.claim_row, m.is_claim_committed
  FROM mine
  JOIN match_identities((SELECT array_agg(number_index ORDER BY id) FROM mine),
                        (SELECT array_agg(name_key ORDER BY id) FROM mine),
                        %(profile)s, %(list)s) AS m ON m.number_index = mine.number_index
 ORDER BY mine.id, m.claim_area = %(area)s NULLS FIRST, m.claim_import
"""
_STALE: Final = """
SELECT id, findings FROM beneficiaries_importrow
 WHERE list_import_id = %(list)s AND state = 'staged' AND (%(row)s::bigint IS NULL OR id = %(row)s)
   AND findings <> '[]'
   AND (findings @> '[{"code": "DUP_CROSS_COMMUNE"}]' OR findings @> '[{"code": "ID_OTHER_PERSON"}]'
        OR findings @> '[{"code": "ALREADY_LISTED"}]')
"""
_UPDATE: Final = """
UPDATE beneficiaries_importrow AS r SET findings = new.findings::jsonb, outcome = new.outcome
  FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS new (id, findings, outcome)
 WHERE r.id = new.id
"""


def find_matches(list_import: ListImport, row_id: int | None = None) -> list[Match]:
    """Everything that the register and other lists have in common with this list, or with one row of it."""
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, _scope(list_import, row_id))
        return [Match(row[0], row[1], _loaded(row[2]), *row[3:]) for row in cursor.fetchall()]


def cross_check(
    list_import: ListImport, row_id: int | None = None, *, is_first: bool = False
) -> Counter[int]:
    """Write what was found onto the rows, and take off what no longer holds (on the first search there is nothing to
    take off). Counts matches by list of the same commune.
    """
    matches = find_matches(list_import, row_id)
    claimed = _claimed(list_import, matches)
    may_repeat = profile_of(list_import.profile).may_repeat
    findings: dict[int, Finding] = {}
    same_commune: Counter[int] = Counter()
    rows: dict[int, list[dict[str, str]]] = {match.row_id: match.findings for match in matches}
    for match in matches:
        if match.claim_import is not None and match.claim_area == list_import.area_code:
            same_commune[match.claim_import] += 1
        finding = _finding(match, list_import.area_code, claimed, may_repeat=may_repeat)
        known = findings.get(match.row_id)
        if finding and (known is None or known.code == "ALREADY_LISTED"):
            findings[match.row_id] = finding
    with connection.cursor() as cursor:
        if not is_first:
            cursor.execute(_STALE, _scope(list_import, row_id))
            rows.update({row[0]: _loaded(row[1]) for row in cursor.fetchall()})
        _write(cursor, rows, findings)
    return same_commune


def _write(cursor: Any, rows: dict[int, list[dict[str, str]]], findings: dict[int, Finding]) -> None:
    ids, texts, outcomes = [], [], []
    for row_id, kept in rows.items():
        new = [entry for entry in kept if entry["code"] not in CODES]
        if row_id in findings:
            new.append(stored(findings[row_id]))
        if new != kept:
            ids.append(row_id)
            texts.append(json.dumps(new, ensure_ascii=False))
            outcomes.append(outcome_of(restored(entry) for entry in new))
    if ids:
        cursor.execute(_UPDATE, [ids, texts, outcomes])


def _finding(match: Match, own_area: str, claimed: dict[int, str], *, may_repeat: bool) -> Finding | None:
    if match.person_id is not None and match.is_same_name is False:
        return Finding("ID_OTHER_PERSON", "id_number")
    if may_repeat:
        return None
    if match.claim_area is not None and match.claim_area != own_area:
        return Finding("DUP_CROSS_COMMUNE", "id_number", match.claim_area)
    case_area = claimed.get(match.person_id) if match.person_id is not None else None
    if case_area and case_area != own_area:
        return Finding("DUP_CROSS_COMMUNE", "id_number", case_area)
    if case_area or match.is_claim_committed:
        return Finding("ALREADY_LISTED", "id_number")
    return None


def _claimed(list_import: ListImport, matches: Sequence[Match]) -> dict[int, str]:
    profile = profile_of(list_import.profile)
    people = [match.person_id for match in matches if match.person_id is not None]
    return dict(profile.claimed(people)) if profile.claimed and people else {}


def _scope(list_import: ListImport, row_id: int | None) -> dict[str, Any]:
    return {
        "list": list_import.pk,
        "row": row_id,
        "profile": list_import.profile,
        "area": list_import.area_code,
    }


def _loaded(findings: str | list[dict[str, str]]) -> list[dict[str, str]]:
    return list(json.loads(findings)) if isinstance(findings, str) else findings
