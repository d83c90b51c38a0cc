"""Rows of a committed list of poor households become households with their members, and one entry per household and year.

A row names its household by the commune's number or by its head. Nothing that is registered is changed, but a household
without a number gets the list's: who is in another household stays there, a household under this number with another head is
left alone, and both are counted.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db import connection

from beneficiaries.models import ListImport
from beneficiaries.registers import Register
from beneficiaries.services.registers.intake import (
    facts_of_commit,
    open_entries,
    where_to_look,
    write_entries,
)
from core.workflow import Actor

# one line per row; what makes a household of this list is its number, else its head's name with the hamlet
_LINES: Final = """
DROP TABLE IF EXISTS line;
CREATE TEMPORARY TABLE line ON COMMIT DROP AS
SELECT r.id, r.row_number, r.area_code, coalesce(p.joined_to_id, r.person_id) AS person_id, p.reference, p.birth_date,
       r.committed_at, f.facts,
       left(coalesce(f.facts->>'household_number', ''), 30) AS code, coalesce(f.facts->>'head_name', '') AS head_name,
       coalesce(f.facts->>'head_sort', '') AS head_sort, coalesce((f.facts->>'is_head')::boolean, false) AS is_head,
       left(coalesce(f.facts->>'relation', ''), 60) AS relation, coalesce(r."values"->>'address', '') AS hamlet,
       CASE WHEN coalesce(f.facts->>'household_number', '') <> '' THEN 'code:' || (f.facts->>'household_number')
            ELSE 'head:' || (f.facts->>'head_sort') || '|' || coalesce(r."values"->>'address_key', '') END AS home
  FROM beneficiaries_importrow AS r
  LEFT JOIN beneficiaries_person AS p ON p.id = r.person_id
 CROSS JOIN LATERAL (SELECT coalesce(r."values"->'facts', '{}') AS facts) AS f
 WHERE r.list_import_id = %(list)s AND r.state = 'committed' AND r.person_id IS NOT NULL
"""
# households of the rows that came in now; earlier rows of the list help to tell them
_HOMES: Final = """
DROP TABLE IF EXISTS home;
CREATE TEMPORARY TABLE home ON COMMIT DROP AS
WITH now AS (
    SELECT DISTINCT home FROM line WHERE %(committed_at)s::timestamptz IS NULL OR committed_at = %(committed_at)s
)
SELECT DISTINCT ON (line.home) line.home, line.area_code, line.code, line.head_name, line.head_sort, line.hamlet,
       NULL::bigint AS household_id, false AS is_new, ''::text AS problem
  FROM line JOIN now ON now.home = line.home
 ORDER BY line.home, line.is_head DESC, line.head_name = '', line.row_number
"""
_NAMELESS: Final = "UPDATE home SET problem = 'nameless' WHERE head_name = ''"
_BY_CODE: Final = """
UPDATE home SET household_id = h.id, problem = CASE WHEN h.head_name_sort = home.head_sort THEN '' ELSE 'other_head' END
  FROM beneficiaries_household AS h
 WHERE home.code <> '' AND home.problem = '' AND h.area_code = home.area_code AND h.code = home.code
"""
# by the head: the one household of that head, of several the one in the same hamlet; with a number only those without one
_BY_HEAD: Final = """
WITH found AS (
    SELECT home.home, count(*) AS all_of_name, min(h.id) AS any_id,
           count(*) FILTER (WHERE h.hamlet = home.hamlet) AS in_hamlet,
           min(h.id) FILTER (WHERE h.hamlet = home.hamlet) AS hamlet_id
      FROM home JOIN beneficiaries_household AS h
        ON h.area_code = home.area_code AND h.head_name_sort = home.head_sort AND (home.code = '' OR h.code = '')
     WHERE home.household_id IS NULL AND home.problem = '' GROUP BY home.home
)
UPDATE home
   SET household_id = CASE WHEN in_hamlet = 1 THEN hamlet_id WHEN all_of_name = 1 AND home.code = '' THEN any_id END,
       problem = CASE WHEN in_hamlet > 1 OR (in_hamlet = 0 AND all_of_name > 1 AND home.code = '') THEN 'unclear' ELSE '' END
  FROM found WHERE found.home = home.home
"""
# two numbers of the list that would be the one household without a number: nobody can tell which
_SHARED: Final = """
UPDATE home SET household_id = NULL, problem = 'unclear'
  FROM (SELECT household_id FROM home WHERE problem = '' AND code <> '' GROUP BY household_id HAVING count(*) > 1) AS shared
 WHERE home.household_id = shared.household_id AND home.code <> ''
"""
# whoever types something of one of these waits, or was first and is seen: as `recording.locked_subject`
_HOLD: Final = """
SELECT FROM beneficiaries_household WHERE id IN (SELECT household_id FROM home) ORDER BY id FOR NO KEY UPDATE
"""
_NUMBER: Final = """
WITH numbered AS (
    UPDATE beneficiaries_household AS h SET code = home.code, version = h.version + 1, updated_at = now()
      FROM home WHERE home.household_id = h.id AND home.problem = '' AND home.code <> '' AND h.code = ''
    RETURNING h.id, h.reference, h.area_code, h.code
)
INSERT INTO core_event (business_date, actor_id, actor_name, action, object_type, object_id, object_ref, area_code, reason,
       change)
SELECT %(today)s, %(actor)s, %(actor_name)s, 'household.corrected', 'beneficiaries.household', id, reference, area_code,
       %(reason)s, jsonb_build_object('list', %(list_reference)s, 'fields', jsonb_build_array('code'),
                                      'before', jsonb_build_object('code', ''), 'after', jsonb_build_object('code', code))
  FROM numbered ORDER BY id
"""
_NEW: Final = """
UPDATE home SET household_id = nextval('beneficiaries_household_id_seq'), is_new = true
 WHERE household_id IS NULL AND problem = ''
"""
_MAKE: Final = """
WITH made AS (
    INSERT INTO beneficiaries_household (id, reference, area_code, code, head_name, head_name_sort, hamlet, address, version,
           created_at, updated_at)
    SELECT household_id, next_reference('HG', %(year)s), area_code, code, left(head_name, 150), head_sort, left(hamlet, 100),
           '', 1, now(), now()
      FROM home WHERE is_new ORDER BY home
    RETURNING id, reference, area_code, head_name
), logged AS (
    INSERT INTO core_event (business_date, actor_id, actor_name, action, object_type, object_id, object_ref, area_code, reason,
           change)
    SELECT %(today)s, %(actor)s, %(actor_name)s, 'household.registered', 'beneficiaries.household', id, reference, area_code, '',
           jsonb_build_object('list', %(list_reference)s, 'head', head_name) FROM made ORDER BY id
)
SELECT count(*) FROM made
"""
# who has been in the household before, whether they left or not, does not come in by a list again
_MEMBERS: Final = """
WITH coming AS (
    SELECT DISTINCT ON (line.person_id) line.*, home.household_id,
           CASE WHEN line.is_head THEN 'Chủ hộ' ELSE line.relation END AS said,
           -- a child born in the year belongs to it from birth, who was in another household from the day after
           greatest(line.birth_date, stay.last_day + 1, least(%(today)s::date, make_date(
               coalesce((line.facts->>'year')::int, extract(year FROM %(day)s::date)::int), 1, 1))) AS since
      FROM line JOIN home ON home.home = line.home AND home.problem = ''
      LEFT JOIN LATERAL (SELECT max(m.valid_to) AS last_day FROM beneficiaries_householdmember AS m
                          WHERE m.person_id = line.person_id AND NOT m.is_replaced) AS stay ON true
     WHERE NOT EXISTS (SELECT FROM beneficiaries_householdmember AS m
                        WHERE m.person_id = line.person_id AND (m.household_id = home.household_id
                              OR m.valid_to IS NULL AND NOT m.is_replaced))
     ORDER BY line.person_id, line.row_number
), heads AS (
    -- one head: the one who is registered, else the first of the list
    SELECT min(coming.row_number) AS row_number FROM coming
     WHERE coming.is_head AND NOT EXISTS (SELECT FROM beneficiaries_householdmember AS m
            WHERE m.household_id = coming.household_id AND m.is_head AND m.valid_to IS NULL AND NOT m.is_replaced)
     GROUP BY coming.household_id
), made AS (
    INSERT INTO beneficiaries_householdmember (area_code, household_id, person_id, relation, is_head, valid_from, end_reason,
           decision_number, decided_by, source, list_import_id, row_number, reason, is_replaced, recorded_by_id,
           recorded_by_name, recorded_on, created_at)
    SELECT coming.area_code, coming.household_id, coming.person_id, coming.said, heads.row_number IS NOT NULL, coming.since, '',
           '', '', 'import', %(list)s, coming.row_number, '', false, %(actor)s, %(actor_name)s, %(today)s, now()
      FROM coming LEFT JOIN heads ON heads.row_number = coming.row_number ORDER BY coming.row_number
    ON CONFLICT DO NOTHING
    RETURNING household_id, person_id, row_number, relation, area_code
), logged AS (
    INSERT INTO core_event (business_date, actor_id, actor_name, action, object_type, object_id, object_ref, area_code, reason,
           change)
    SELECT %(today)s, %(actor)s, %(actor_name)s, 'household.member_added', 'beneficiaries.household', made.household_id,
           coalesce(h.reference, ''), made.area_code, '',
           jsonb_build_object('list', %(list_reference)s, 'person', coalesce(line.reference, ''), 'relation', made.relation)
      FROM made JOIN line ON line.row_number = made.row_number
      LEFT JOIN beneficiaries_household AS h ON h.id = made.household_id ORDER BY made.row_number
)
SELECT count(*) FROM made
"""
_ELSEWHERE: Final = """
SELECT count(DISTINCT line.person_id) FROM line JOIN home ON home.home = line.home AND home.problem = ''
  JOIN beneficiaries_householdmember AS m ON m.person_id = line.person_id AND m.valid_to IS NULL AND NOT m.is_replaced
 WHERE m.household_id <> home.household_id
"""
# rows of one household and year that name both groups say nothing; one that this list has entered before is left alone
_ENTRIES: Final = """
WITH told AS (
    SELECT home.household_id, line.area_code, (line.facts->>'year')::int AS year, line.facts, line.is_head, line.row_number,
           line.id, line.home
      FROM line JOIN home ON home.home = line.home AND home.problem = ''
     WHERE line.facts ? 'year' AND line.facts ? 'category'
), agreed AS (
    SELECT household_id, year FROM told GROUP BY household_id, year HAVING count(DISTINCT facts->>'category') = 1
)
INSERT INTO entry (row_id, row_number, area_code, household_id, subject, category, details, has_from, valid_from, valid_to,
       decision_number, decided_on, decided_by)
SELECT DISTINCT ON (told.household_id, told.year)
       told.id, told.row_number, told.area_code, told.household_id, coalesce(h.reference, ''), told.facts->>'category',
       (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(told.facts) WHERE key = ANY(%(codes)s)),
       true, make_date(told.year, 1, 1), make_date(told.year, 12, 31), left(coalesce(told.facts->>'decision_number', ''), 60),
       (told.facts->>'decided_on')::date, left(coalesce(told.facts->>'decided_by', ''), 150)
  FROM told JOIN agreed USING (household_id, year)
  LEFT JOIN beneficiaries_household AS h ON h.id = told.household_id
 WHERE NOT EXISTS (SELECT FROM beneficiaries_status AS s WHERE s.household_id = told.household_id
                     AND s.list_import_id = %(list)s AND s.valid_from = make_date(told.year, 1, 1))
 ORDER BY told.household_id, told.year, told.is_head DESC, told.row_number
"""
_COUNTS: Final = """
SELECT (SELECT count(*) FROM home WHERE problem = 'other_head'),
       (SELECT count(*) FROM home WHERE problem IN ('unclear', 'nameless')),
       (SELECT count(*) FROM home WHERE problem = '' AND NOT EXISTS (
            SELECT FROM line WHERE line.home = home.home AND line.facts ? 'year' AND line.facts ? 'category')),
       (SELECT count(*) FROM (SELECT line.home FROM line JOIN home ON home.home = line.home AND home.problem = ''
            GROUP BY line.home, line.facts->>'year' HAVING count(DISTINCT line.facts->>'category') > 1) AS both_named)
"""


def enter_households(
    *, register: Register, list_import: ListImport, actor: Actor, committed_at: dt.datetime | None = None
) -> dict[str, Any]:
    """Households, members and entries for the rows committed at that moment; gives what the result page shows.

    Beside the counts of entries: `households` and `members` are new; `other_household` people are in another household and stay
    there; of `other_head`, `unclear` and `without_group`, `both_groups` households nothing, or no entry, was made.
    """
    where = facts_of_commit(register, list_import, actor, committed_at)
    with connection.cursor() as cursor:
        for statement in (_LINES, _HOMES, _NAMELESS, _BY_CODE, _BY_HEAD, _SHARED, _HOLD, _NUMBER, _NEW):
            cursor.execute(statement, where)
        cursor.execute("ANALYZE line; ANALYZE home")
        households, members = _count(cursor, _MAKE, where), _count(cursor, _MEMBERS, where)
        other_household = _count(cursor, _ELSEWHERE, where)
        cursor.execute(_COUNTS)
        other_head, unclear, without_group, both_groups = cursor.fetchone()
        open_entries()
        cursor.execute(_ENTRIES, where)
    return {
        "households": households,
        "members": members,
        "other_household": other_household,
        "other_head": other_head,
        "unclear": unclear,
        "without_group": without_group,
        "both_groups": both_groups,
        **write_entries(where),
        **where_to_look(register),
    }


def _count(cursor: Any, statement: str, where: dict[str, Any]) -> int:
    cursor.execute(statement, where)
    return int(cursor.fetchone()[0])
