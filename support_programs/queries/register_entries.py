"""Entries of registers that count for people on a day: their own, of those joined to them, and of their household."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection

from support_programs.models import Case
from support_programs.queries.programmes import definition_of
from support_programs.rules.definition import Definition
from support_programs.rules.facts import REGISTER
from support_programs.rules.registers import Entry

# `who` is a relation of (key, person_id, day), the same key for everybody who counts as one human. Gives (key, entry); an entry
# comes twice where two who count as one are of its household
ENTRIES_OF: Final = """
SELECT who.key, s.id, s.register, s.category, s.details, s.reference, s.valid_from
  FROM {who} AS who JOIN beneficiaries_status s ON s.person_id = who.person_id
 WHERE NOT s.is_replaced AND s.valid_from <= who.day AND (s.valid_to IS NULL OR s.valid_to >= who.day){more}
UNION ALL
SELECT who.key, s.id, s.register, s.category, s.details, s.reference, s.valid_from
  FROM {who} AS who JOIN beneficiaries_householdmember m ON m.person_id = who.person_id
   AND NOT m.is_replaced AND m.valid_from <= who.day AND (m.valid_to IS NULL OR m.valid_to >= who.day)
  JOIN beneficiaries_status s ON s.household_id = m.household_id
 WHERE NOT s.is_replaced AND s.valid_from <= who.day AND (s.valid_to IS NULL OR s.valid_to >= who.day){more}
"""
# `mine` and `who` of some cases; a dossier's day is that of its last receipt
WHO_OF_CASES: Final = """
mine AS MATERIALIZED (
  SELECT c.id, COALESCE(p.joined_to_id, p.id) AS root,
         CASE WHEN pg_input_is_valid(c.facts -> 'received_on' ->> 'value', 'date')
              THEN (c.facts -> 'received_on' ->> 'value')::date ELSE c.received_on END AS day
    FROM support_programs_case c JOIN beneficiaries_person p ON p.id = c.person_id WHERE c.id = ANY(ARRAY({cases}))
), who AS MATERIALIZED (
  SELECT id AS key, root AS person_id, day FROM mine
  UNION ALL
  SELECT mine.id, q.id, mine.day FROM mine JOIN beneficiaries_person q ON q.joined_to_id = mine.root
)
"""
_OF_CASES: Final = f"""
WITH {WHO_OF_CASES.format(cases="SELECT unnest(%s::bigint[])")}
{ENTRIES_OF.format(who="who", more="")}
"""


def entries_of_cases(case_ids: Sequence[int]) -> dict[int, list[Entry]]:
    """The entries that count for each case on the day of its receipt; cases without any are left out. One statement."""
    found: dict[int, list[Entry]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_OF_CASES, [list(case_ids)])
        for case_id, pk, register, category, details, reference, since in cursor:
            kept = details if isinstance(details, dict) else json.loads(details)
            found.setdefault(case_id, []).append(Entry(pk, register, category, kept, reference, since))
    return found


def readings_sql(definition: Definition) -> tuple[str, dict[str, Any]]:
    """A relation of the version's readings (fact, register, category, detail, given, value, place), and its parameters."""
    readings = [reading for source in definition.registers for reading in source.readings]
    columns: dict[str, list[Any]] = {
        "facts": [reading.fact for reading in readings],
        "registers": [reading.register for reading in readings],
        "categories": [reading.category for reading in readings],
        "details": [reading.detail for reading in readings],
        "givens": [reading.given for reading in readings],
        "values": [None if reading.value is None else json.dumps(reading.value) for reading in readings],
    }
    arrays = ", ".join(f"%(reading_{name})s::{'jsonb' if name == 'values' else 'text'}[]" for name in columns)
    sql = f"SELECT * FROM unnest({arrays}) WITH ORDINALITY AS r (fact, register, category, detail, given, value, place)"
    return sql, {f"reading_{name}": values for name, values in columns.items()}


# facts that registers tell, by key, of a relation `entries` as above and one of `readings`: as `rules.registers.told_by`
TOLD: Final = """
SELECT key, jsonb_object_agg(fact, told) AS facts FROM (
  SELECT DISTINCT ON (e.key, r.fact) e.key, r.fact, COALESCE(r.value, e.details -> r.detail) AS told
    FROM entries e JOIN readings r ON r.register = e.register AND r.category IN ('', e.category)
   WHERE r.detail = '' OR (COALESCE(e.details ->> r.detail, '') <> '' AND r.given IN ('', e.details ->> r.detail))
   ORDER BY e.key, r.fact, r.place, e.id DESC) AS first_of_each
 GROUP BY key
"""


def registers_of(definitions: Iterable[Definition]) -> tuple[str, ...]:
    """The registers that tell these versions something, each once."""
    return tuple(dict.fromkeys(source.register for each in definitions for source in each.registers))


# of some cases of one version: those whose newest judgement used other facts of registers than their entries tell now
_CHANGED: Final = f"""
WITH {WHO_OF_CASES.format(cases="SELECT id FROM support_programs_case WHERE id = ANY(%(ids)s) AND version_used_id = %(version)s")}
, entries AS MATERIALIZED ({ENTRIES_OF.format(who="who", more=" AND s.register = ANY(%(registers)s)")}
), readings AS MATERIALIZED (@readings@
), told AS MATERIALIZED ({TOLD}
)
SELECT mine.id FROM mine LEFT JOIN told ON told.key = mine.id
  JOIN LATERAL (
    SELECT d.facts FROM support_programs_eligibilitydetermination d WHERE d.case_id = mine.id ORDER BY d.id DESC LIMIT 1
  ) AS newest ON true
 WHERE COALESCE(told.facts, '{{}}') <> COALESCE((
   SELECT jsonb_object_agg(used.key, used.value -> 'value') FROM jsonb_each(newest.facts) AS used
    WHERE used.value ->> 'source' = %(source)s AND used.value ? 'by'), '{{}}')
 ORDER BY 1
"""


def changed_since_judged(case_ids: Sequence[int], versions: Iterable[int] | None = None) -> list[int]:
    """Cases judged by other facts of registers than their entries tell now: one was written, changed or ended since.

    `versions` are those of the cases, where they are known. One statement for each version that reads registers, whatever the
    number of cases.
    """
    if versions is None:
        used = Case.objects.filter(pk__in=case_ids).order_by().distinct()
        versions = used.values_list("version_used_id", flat=True)
    found: list[int] = []
    for version in sorted(versions):
        if definition_of(version).registers:
            found += _changed(case_ids, version)
    return found


def _changed(case_ids: Sequence[int], version: int) -> list[int]:
    definition = definition_of(version)
    readings, asked = readings_sql(definition)
    asked |= {
        "ids": list(case_ids),
        "version": version,
        "registers": list(registers_of([definition])),
        "source": REGISTER,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED.replace("@readings@", readings), asked)
        return [row[0] for row in cursor.fetchall()]
