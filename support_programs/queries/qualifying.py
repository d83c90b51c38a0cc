"""Who of the register would qualify: people filtered in SQL by the rules that would judge their case.

What is known of a person is what `queries.facts` would know of their live case of the programme, or of a new one: birth and
occupation from the register, facts that they stated in earlier cases, and what entries of the registers say on the day. A group
of occupation is known only where somebody picked it, or an entry names it.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from accounts.enums import AreaLevel
from core.fence import area_bounds
from support_programs.enums import CaseStatus, Result
from support_programs.models import ProgrammeVersion
from support_programs.queries.programmes import definition_of
from support_programs.queries.register_entries import ENTRIES_OF, TOLD, readings_sql, registers_of
from support_programs.rules.definition import Definition
from support_programs.rules.filtering import letters_sql, result_sql
from support_programs.rules.form import FormField

# a person is one human with everybody joined to them; their claims, and the newest live one of this programme (`own`)
_PEOPLE: Final = """
WITH roots AS MATERIALIZED (
  SELECT id, reference, full_name, name_sort, area_code, hamlet, birth_date, birth_year, occupation
    FROM beneficiaries_person WHERE joined_to_id IS NULL AND area_code >= %(low)s AND area_code < %(high)s
), people AS MATERIALIZED (
  SELECT id AS root, id AS person_id FROM roots
  UNION ALL
  SELECT q.joined_to_id, q.id FROM beneficiaries_person q JOIN roots ON roots.id = q.joined_to_id
), claims AS MATERIALIZED (
  SELECT people.root, c.id, c.programme_id, c.version_used_id, c.status, c.facts
    FROM people JOIN support_programs_case c ON c.person_id = people.person_id
), own AS MATERIALIZED (
  SELECT root, max(id) AS case_id FROM claims
   WHERE programme_id = %(programme)s AND status <> ALL(%(ended)s) GROUP BY root
)
"""
# another programme's answer counts where its form asked the very same question; the newest answer counts
_STATED: Final = """
, alike AS MATERIALIZED (
  SELECT * FROM unnest(%(versions)s::bigint[], %(codes)s::text[]) AS a (version_id, code)
), stated AS MATERIALIZED (
  SELECT root, jsonb_object_agg(code, value) AS facts FROM (
    SELECT DISTINCT ON (claims.root, fact.key) claims.root, fact.key AS code, fact.value -> 'value' AS value
      FROM claims CROSS JOIN jsonb_each(claims.facts) AS fact
     WHERE fact.value -> 'value' <> 'null'
       AND (claims.programme_id = %(programme)s
            OR (claims.version_used_id, fact.key) IN (SELECT version_id, code FROM alike))
     ORDER BY claims.root, fact.key, claims.id DESC) AS newest
   GROUP BY root
)
"""
# entries of registers that count on the day, of the person, of those joined to them and of their household
_ENTRIES: Final = f"""
, who AS (SELECT root AS key, person_id, %(on)s::date AS day FROM people
), entries AS MATERIALIZED ({ENTRIES_OF.format(who="who", more=" AND s.register = ANY(%(registers)s)")}
), readings AS MATERIALIZED (@readings@
), told AS MATERIALIZED ({TOLD}
), named AS MATERIALIZED (SELECT DISTINCT key FROM entries
)
"""
# the same as in queries.facts, for a claim that is `own` or comes now
_REGISTER: Final = """
, regimes AS MATERIALIZED (
  SELECT roots.id AS root, jsonb_agg(DISTINCT e.programme_id) AS codes
    FROM roots JOIN support_programs_entitlement e ON e.claimant_id = roots.id LEFT JOIN own ON own.root = roots.id
   WHERE e.case_id IS DISTINCT FROM own.case_id AND e.status <> 'cancelled'
     AND e.exclusive_group > '' AND e.exclusive_group = %(group)s
   GROUP BY roots.id
), others AS MATERIALIZED (
  SELECT o.root, jsonb_agg(DISTINCT
           o.programme_id || COALESCE('/' || NULLIF(o.facts -> 'household_kind' ->> 'value', ''), '')) AS codes
    FROM claims o LEFT JOIN own ON own.root = o.root
   WHERE o.programme_id <> %(programme)s AND o.status <> ALL(%(ended)s)
     AND (own.case_id IS NULL OR o.id < own.case_id OR EXISTS (
           SELECT FROM support_programs_entitlement e WHERE e.case_id = o.id AND e.status <> 'cancelled'))
   GROUP BY o.root
), paid AS MATERIALIZED (
  SELECT people.root, jsonb_agg(jsonb_build_array(lower(d.days), upper(d.days) - 1) ORDER BY d.days) AS days
    FROM people JOIN support_programs_entitlementdays d ON d.claimant_id = people.person_id AND d.is_live
    JOIN support_programs_entitlement e ON e.id = d.entitlement_id LEFT JOIN own ON own.root = people.root
   WHERE e.case_id IS DISTINCT FROM own.case_id GROUP BY people.root
), communes AS MATERIALIZED (
  SELECT DISTINCT ON (area_code) area_code, kind IN ('phuong', 'thi_tran') AS is_urban FROM accounts_administrativeunit
   WHERE level = %(commune)s AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to >= %(on)s) ORDER BY area_code
), known AS MATERIALIZED (
  SELECT roots.*, own.case_id IS NOT NULL AS has_case, named.key IS NOT NULL AS is_registered,
         jsonb_build_object('birth_date', roots.birth_date, 'birth_year', roots.birth_year, 'occupation', roots.occupation)
         || COALESCE(stated.facts, '{}') || COALESCE(told.facts, '{}')
         || jsonb_build_object(
              'received_on', %(on)s::date, 'is_urban', communes.is_urban, 'received_before', '',
              'other_regimes', COALESCE(regimes.codes, '[]'), 'other_programmes', COALESCE(others.codes, '[]'),
              'paid_days', COALESCE(paid.days, '[]')) AS f
    FROM roots
    LEFT JOIN own ON own.root = roots.id
    LEFT JOIN stated ON stated.root = roots.id
    LEFT JOIN told ON told.key = roots.id
    LEFT JOIN named ON named.key = roots.id
    LEFT JOIN regimes ON regimes.root = roots.id
    LEFT JOIN others ON others.root = roots.id
    LEFT JOIN paid ON paid.root = roots.id
    LEFT JOIN communes ON communes.area_code = roots.area_code
)
"""
_SHOWN: Final = """
SELECT id, reference, full_name, birth_date, birth_year, hamlet, area_code, result, letters, has_case, is_registered FROM judged
 WHERE result = ANY(%(results)s) AND NOT (has_case AND %(without_case)s) AND (is_registered OR NOT %(registered)s)
"""
_ROWS: Final = f"{_SHOWN} ORDER BY name_sort, id LIMIT %(limit)s OFFSET %(offset)s"
_COUNTS: Final = """
SELECT result, count(*), count(*) FILTER (WHERE has_case) FROM judged WHERE is_registered OR NOT %(registered)s GROUP BY result
"""


@dataclass(frozen=True, slots=True)
class QualifyingPerson:
    """One person and what the rules say: the result, a letter per criterion (as `Judgement.letters`), and a live case or none.

    `is_registered`: a register that tells the version something holds an entry of them.
    """

    person_id: int
    reference: str
    full_name: str
    birth_date: dt.date | None
    birth_year: int | None
    hamlet: str
    area_code: str
    result: str
    letters: str
    has_case: bool
    is_registered: bool


def qualifying(
    definition: Definition,
    *,
    on: dt.date,
    area_code: str,
    results: Collection[str] = (Result.ELIGIBLE, Result.UNDETERMINED),
    is_without_case: bool = False,
    is_registered: bool = False,
    limit: int = 200,
    offset: int = 0,
) -> list[QualifyingPerson]:
    """People of an area by what a dossier received on a day would get under a version, in the order of their names.

    `undetermined` are those of whom facts are missing. People with a live case of the programme are marked, or left out with
    `is_without_case`; `is_registered` leaves out whom no register names that the version reads. The caller gives an area that
    its user may see. One statement, beside the list of versions.
    """
    asked = {"results": [*results], "without_case": is_without_case, "registered": is_registered}
    rows = _fetch(definition, on, area_code, _ROWS, asked | {"limit": limit, "offset": offset})
    return [QualifyingPerson(*row) for row in rows]


def qualifying_counts(
    definition: Definition, *, on: dt.date, area_code: str, is_registered: bool = False
) -> Mapping[str, tuple[int, int]]:
    """How many people of an area would get which result, and how many of them have a live case of the programme."""
    rows = _fetch(definition, on, area_code, _COUNTS, {"registered": is_registered})
    return {result: (people, with_case) for result, people, with_case in rows}


def judged_sql(definition: Definition, *, on: dt.date, area_code: str) -> tuple[str, dict[str, Any]]:
    """The beginning of a statement with its parameters: `judged` holds an area's people with what the rules say of each."""
    readings, values = readings_sql(definition)
    judged = (
        f", lettered AS MATERIALIZED (SELECT known.*, {letters_sql(definition)} AS letters FROM known)"
        f", judged AS MATERIALIZED (SELECT lettered.*, {result_sql(definition, 'letters')} AS result FROM lettered)"
    )
    known = _PEOPLE + _STATED + _ENTRIES.replace("@readings@", readings) + _REGISTER
    return known + judged, {**_asked(definition, on, area_code), **values}


def _fetch(
    definition: Definition, on: dt.date, area_code: str, wanted: str, more: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    judged, asked = judged_sql(definition, on=on, area_code=area_code)
    with connection.cursor() as cursor:
        cursor.execute(judged + wanted, {**asked, **more})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _asked(definition: Definition, on: dt.date, area_code: str) -> dict[str, Any]:
    low, high = area_bounds(area_code)
    alike = _asked_alike(definition)
    return {
        "on": on,
        "low": low,
        "high": high,
        "programme": definition.programme,
        "group": definition.exclusive_group,
        "ended": [status.value for status in CaseStatus.ended()],
        "versions": [version for version, _code in alike],
        "codes": [code for _version, code in alike],
        "commune": AreaLevel.COMMUNE.value,
        "registers": list(registers_of([definition])),
    }


def _asked_alike(definition: Definition) -> list[tuple[int, str]]:
    """Versions of other programmes with those of their fields that put the same question as ours."""
    questions = {_question(field) for field in definition.fields}
    versions = ProgrammeVersion.objects.exclude(programme=definition.programme).values_list("pk", flat=True)
    return [
        (version, field.code)
        for version in versions
        for field in definition_of(version).fields
        if _question(field) in questions
    ]


def _question(field: FormField) -> tuple[str, str, str]:
    return field.code, field.type, field.label
