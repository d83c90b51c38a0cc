"""Rows of a committed list become entries of its register: set-based, in the commit's transaction, made once per row.

What a list says against an entry that is there is never lost and never silent: the old row stays, ended or replaced with the
list as the reason, and the counts tell how many. Days that contradict each other change nothing.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db import connection
from django.urls import NoReverseMatch, reverse

from beneficiaries.models import ListImport
from beneficiaries.registers import Register
from core import clock
from core.workflow import Actor

# of a household the entry's subject is the household, of other registers the person
ENTRY_COLUMNS: Final = """(row_id bigint, row_number integer, area_code text, person_id bigint, household_id bigint, subject text,
    category text, details jsonb, has_from boolean, valid_from date, valid_to date, decision_number text, decided_on date,
    decided_by text, old_id bigint, verdict text)"""
_OPEN: Final = f"DROP TABLE IF EXISTS entry; CREATE TEMPORARY TABLE entry {ENTRY_COLUMNS} ON COMMIT DROP"
# the first row of a person and group counts; a person joined to another is entered as the one who was kept
_PEOPLE: Final = """
INSERT INTO entry (row_id, row_number, area_code, person_id, subject, category, details, has_from, valid_from, valid_to,
       decision_number, decided_on, decided_by)
SELECT DISTINCT ON (coalesce(p.joined_to_id, r.person_id), r.facts->>'category')
       r.id, r.row_number, r.area_code, coalesce(p.joined_to_id, r.person_id), coalesce(p.reference, ''), r.facts->>'category',
       (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(r.facts) WHERE key = ANY(%(codes)s)),
       r.facts ? 'valid_from', coalesce((r.facts->>'valid_from')::date, least(%(day)s, (r.facts->>'valid_to')::date)),
       (r.facts->>'valid_to')::date,
       left(coalesce(r.facts->>'decision_number', ''), 60), (r.facts->>'decided_on')::date,
       left(coalesce(r.facts->>'decided_by', ''), 150)
  FROM (SELECT line.*, line."values"->'facts' AS facts FROM beneficiaries_importrow AS line
         WHERE line.list_import_id = %(list)s AND line.state = 'committed' AND line.person_id IS NOT NULL
           AND (%(committed_at)s::timestamptz IS NULL OR line.committed_at = %(committed_at)s)) AS r
  LEFT JOIN beneficiaries_person AS p ON p.id = r.person_id
 WHERE r.facts ? 'category'
   AND NOT EXISTS (SELECT FROM beneficiaries_status AS s
                    WHERE s.person_id = coalesce(p.joined_to_id, r.person_id) AND s.register = %(register)s
                      AND s.list_import_id = %(list)s AND s.row_number = r.row_number)
 ORDER BY coalesce(p.joined_to_id, r.person_id), r.facts->>'category', r.row_number
"""
# of a person one entry per group, of a household one at all
_SAME_SUBJECT: Final = {
    "person": "s.person_id = e.person_id AND s.category = e.category",
    "household": "s.household_id = e.household_id",
}
# whoever types an entry of one of these waits, or was first and is seen: as `recording.locked_subject`
_HOLD_PEOPLE: Final = """
SELECT FROM beneficiaries_person WHERE id IN (SELECT person_id FROM entry) ORDER BY id FOR NO KEY UPDATE
"""
# what stands on these days already, and what the list does to it
_COMPARE: Final = """
WITH standing AS (
    SELECT e.row_id, count(*) AS entries, min(s.id) AS id
      FROM entry AS e JOIN beneficiaries_status AS s
        ON s.register = %(register)s AND NOT s.is_replaced
       AND {same_subject}
       AND daterange(s.valid_from, s.valid_to, '[]') && daterange(e.valid_from, e.valid_to, '[]')
     GROUP BY e.row_id
), told AS (
    SELECT e.row_id, standing.entries, s.*,
           s.category <> e.category OR s.details || e.details <> s.details
             OR e.decision_number NOT IN ('', s.decision_number) OR e.decided_by NOT IN ('', s.decided_by)
             OR coalesce(e.decided_on <> s.decided_on, e.decided_on IS NOT NULL) AS says_other,
           e.has_from AND e.valid_from > s.valid_from AS is_later, e.has_from AND e.valid_from < s.valid_from AS is_earlier,
           coalesce(e.valid_to <> s.valid_to, e.valid_to IS NOT NULL) AS ends_other
      FROM entry AS e JOIN standing ON standing.row_id = e.row_id JOIN beneficiaries_status AS s ON s.id = standing.id
)
UPDATE entry AS e
   SET old_id = told.id,
       verdict = CASE
         WHEN told.area_code <> e.area_code THEN 'elsewhere'
         WHEN told.entries > 1 THEN 'kept'
         WHEN NOT told.says_other AND NOT told.is_later AND NOT told.is_earlier AND NOT told.ends_other THEN 'same'
         WHEN told.ended_by_id IS NOT NULL OR told.is_earlier THEN 'kept'
         WHEN told.is_later AND told.says_other THEN 'follows'
         WHEN told.is_later THEN 'kept'
         ELSE 'replaces' END
  FROM told WHERE told.row_id = e.row_id
"""
# a list that names no first day keeps the one that stands; what it does not say stays as it was said
_COMPLETE: Final = """
UPDATE entry AS e
   SET details = s.details || e.details,
       decision_number = coalesce(nullif(e.decision_number, ''), s.decision_number),
       decided_on = coalesce(e.decided_on, s.decided_on), decided_by = coalesce(nullif(e.decided_by, ''), s.decided_by),
       valid_from = CASE WHEN e.verdict = 'replaces' THEN s.valid_from ELSE e.valid_from END,
       valid_to = coalesce(e.valid_to, s.valid_to)
  FROM beneficiaries_status AS s WHERE s.id = e.old_id AND e.verdict IN ('replaces', 'follows')
"""
_REPLACE: Final = """
UPDATE beneficiaries_status AS s SET is_replaced = true FROM entry AS e WHERE s.id = e.old_id AND e.verdict = 'replaces'
"""
_END: Final = """
WITH ended AS (
    UPDATE beneficiaries_status AS s SET valid_to = e.valid_from - 1, end_reason = %(reason)s, ended_by_id = %(actor)s
      FROM entry AS e WHERE s.id = e.old_id AND e.verdict = 'follows'
    RETURNING s.id, s.reference, s.area_code, s.register, s.category, s.valid_to, e.subject
)
INSERT INTO core_event (business_date, actor_id, actor_name, action, object_type, object_id, object_ref, area_code, reason,
       change)
SELECT %(today)s, %(actor)s, %(actor_name)s, 'status.ended', 'beneficiaries.status', id, reference, area_code, %(reason)s,
       jsonb_build_object('register', register, 'category', category, 'subject', subject, 'on', to_char(valid_to, 'DD/MM/YYYY'),
                          'list', %(list_reference)s)
  FROM ended ORDER BY id
"""
# an entry of another area that this desk can't see keeps the row out (ON CONFLICT), which is counted
_MAKE: Final = """
WITH made AS (
    INSERT INTO beneficiaries_status (reference, area_code, register, person_id, household_id, category, details, valid_from,
           valid_to, end_reason, decision_number, decided_on, decided_by, source, list_import_id, row_number, reason,
           replaces_id, is_replaced, recorded_by_id, recorded_by_name, recorded_on, created_at)
    SELECT next_reference('DT', %(year)s), area_code, %(register)s, person_id, household_id, category, details, valid_from,
           valid_to, '', decision_number, decided_on, decided_by, 'import', %(list)s, row_number,
           CASE WHEN verdict = 'replaces' THEN %(reason)s ELSE '' END, CASE WHEN verdict = 'replaces' THEN old_id END,
           false, %(actor)s, %(actor_name)s, %(today)s, now()
      FROM entry WHERE verdict IS NULL OR verdict IN ('replaces', 'follows') ORDER BY row_number
    ON CONFLICT DO NOTHING
    RETURNING id, reference, area_code, register, category, row_number, replaces_id
), logged AS (
    INSERT INTO core_event (business_date, actor_id, actor_name, action, object_type, object_id, object_ref, area_code, reason,
           change)
    SELECT %(today)s, %(actor)s, %(actor_name)s,
           CASE WHEN made.replaces_id IS NULL THEN 'status.recorded' ELSE 'status.changed' END, 'beneficiaries.status', made.id,
           made.reference, made.area_code, CASE WHEN made.replaces_id IS NULL THEN '' ELSE %(reason)s END,
           jsonb_build_object('register', made.register, 'category', made.category, 'subject', e.subject,
                              'list', %(list_reference)s, 'before', coalesce(old.reference, ''))
      FROM made JOIN entry AS e ON e.row_number = made.row_number
      LEFT JOIN beneficiaries_status AS old ON old.id = made.replaces_id ORDER BY made.id
)
SELECT count(*) FILTER (WHERE e.verdict IS NULL), count(*) FILTER (WHERE e.verdict IS NOT NULL)
  FROM made JOIN entry AS e ON e.row_number = made.row_number
"""
_COUNTS: Final = """
SELECT count(*) FILTER (WHERE verdict = 'same'), count(*) FILTER (WHERE verdict = 'kept'),
       count(*) FILTER (WHERE verdict = 'elsewhere'),
       count(*) FILTER (WHERE verdict IS NULL OR verdict IN ('replaces', 'follows')) FROM entry
"""


def enter_people(
    *, register: Register, list_import: ListImport, actor: Actor, committed_at: dt.datetime | None = None
) -> dict[str, Any]:
    """Entries for the persons of the rows committed at that moment (all rows without one); gives what the result page shows.

    `entries` are new, `changed` took the place of an entry or followed it, `same` say what is known, `kept` contradict days or
    an end and changed nothing, `elsewhere` stand in another area's register already.
    """
    where = facts_of_commit(register, list_import, actor, committed_at)
    with connection.cursor() as cursor:
        cursor.execute(_OPEN)
        cursor.execute(_PEOPLE, where)
        cursor.execute(_HOLD_PEOPLE)
    return write_entries(where) | where_to_look(register)


def facts_of_commit(
    register: Register, list_import: ListImport, actor: Actor, committed_at: dt.datetime | None
) -> dict[str, Any]:
    """What the statements of one taking in name."""
    today = clock.today()
    listed = list_import.list_date
    return {
        "register": register.code.value,
        "subject": register.subject,
        "codes": [*(field.code for field in register.fields), "coefficient", "standard"],
        "list": list_import.pk,
        "list_reference": list_import.reference,
        "committed_at": committed_at,
        "day": listed if listed is not None and listed <= today else today,
        "today": today,
        "year": today.year,
        "reason": f"Nhập danh sách {list_import.reference}",
        "actor": actor.pk,
        "actor_name": actor.full_name,
    }


def open_entries() -> None:
    """An empty table of entries to be written, gone at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN)


def write_entries(where: dict[str, Any]) -> dict[str, Any]:
    """Compare the table of entries with the register and write what is new or other; gives the counts."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE entry")
        cursor.execute(_COMPARE.format(same_subject=_SAME_SUBJECT[where["subject"]]), where)
        cursor.execute(_COUNTS)
        same, kept, elsewhere, going = cursor.fetchone()
        for statement in (_COMPLETE, _REPLACE, _END):
            cursor.execute(statement, where)
        cursor.execute(_MAKE, where)
        made, changed = cursor.fetchone()
    return {
        "entries": made,
        "changed": changed,
        "same": same,
        "kept": kept,
        "elsewhere": elsewhere + going - made - changed,
    }


def where_to_look(register: Register) -> dict[str, Any]:
    """The register's page for the result, where there is one."""
    found: dict[str, Any] = {"register": register.code.value}
    try:
        found["url"] = reverse("beneficiaries:register_page", args=[register.code.value])
    except NoReverseMatch:
        return found
    return found
