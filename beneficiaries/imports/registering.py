"""Staged rows into the register of people: one statement per table, whatever the length of the list.

Who is registered already is found by number over the whole province and linked, not made again. The steps run in one
transaction, one list of the province after the other.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from beneficiaries.models import ListImport

READY: Final = """r.list_import_id = %(list)s AND r.state = 'staged'
   AND (r.outcome IN ('ok', 'fix') OR r.outcome = 'warn' AND r.accepted_at IS NOT NULL)"""

_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended('beneficiaries.register', 0))"
_GOING: Final = f"""
CREATE TEMPORARY TABLE going ON COMMIT DROP AS
WITH ready AS (
    SELECT r.id, r.number_index, r.name_key, r.area_code, r.birth_date, r.birth_year,
           coalesce(r."values"->>'address_key', '') AS hamlet_key
      FROM beneficiaries_importrow AS r WHERE {READY}
), known AS (
    SELECT DISTINCT m.number_index, m.person_id
      FROM match_identities((SELECT array_agg(number_index ORDER BY id) FROM ready WHERE number_index IS NOT NULL),
                            (SELECT array_agg(name_key ORDER BY id) FROM ready WHERE number_index IS NOT NULL),
                            %(profile)s, %(list)s) AS m
     WHERE m.person_id IS NOT NULL
), told AS (
    -- without a number: by name, full birth date and hamlet, where just one person of the commune has them
    SELECT ready.id, min(p.id) AS person_id
      FROM ready JOIN beneficiaries_person AS p
        ON p.area_code = ready.area_code AND p.name_key = ready.name_key AND p.birth_year = ready.birth_year
       AND p.birth_date = ready.birth_date AND p.hamlet_key = ready.hamlet_key AND p.joined_to_id IS NULL
     WHERE ready.number_index IS NULL AND ready.birth_date IS NOT NULL
     GROUP BY ready.id HAVING count(*) = 1
), found AS (
    SELECT ready.id, coalesce(known.person_id, told.person_id) AS person_id
      FROM ready LEFT JOIN known ON known.number_index = ready.number_index LEFT JOIN told ON told.id = ready.id
)
SELECT found.id AS row_id, found.person_id IS NULL AS is_new,
       coalesce(found.person_id, nextval('beneficiaries_person_id_seq')) AS person_id
  FROM found ORDER BY found.id
"""
_PEOPLE: Final = """
INSERT INTO beneficiaries_person (id, reference, area_code, full_name, name_key, name_sort, birth_date, birth_year, sex,
       permanent_address, temporary_address, hamlet, hamlet_key, phone, occupation, version, created_at, updated_at)
SELECT going.person_id, next_reference('NT', %(year)s), r.area_code, r.full_name, r.name_key,
       coalesce(r."values"->>'name_sort', ''), r.birth_date, r.birth_year, r.sex,
       coalesce(r."values"->>'permanent_address', ''), '', coalesce(r."values"->>'address', ''),
       coalesce(r."values"->>'address_key', ''),
       coalesce(r."values"->>'phone', ''), coalesce(r."values"->>'job', ''), 1, %(at)s, %(at)s
  FROM going JOIN beneficiaries_importrow AS r ON r.id = going.row_id
 WHERE going.is_new ORDER BY going.row_id
"""
_DOCUMENTS: Final = """
INSERT INTO beneficiaries_identitydocument (area_code, person_id, kind, number_encrypted, number_index, tail_index,
       number_last3, issued_on, issued_by, is_current, created_at)
SELECT r.area_code, going.person_id, r.number_kind, r.number_encrypted, r.number_index, r.tail_index, r.number_last3,
       CASE WHEN length(r."values"->>'id_issued') = 10 THEN (r."values"->>'id_issued')::date END,
       coalesce(r."values"->>'id_place', ''), true, %(at)s
  FROM going JOIN beneficiaries_importrow AS r ON r.id = going.row_id
 WHERE going.is_new AND r.number_index IS NOT NULL ORDER BY going.row_id
"""
_OLD_DOCUMENTS: Final = """
INSERT INTO beneficiaries_identitydocument (area_code, person_id, kind, number_encrypted, number_index, tail_index,
       number_last3, issued_on, issued_by, is_current, created_at)
SELECT r.area_code, going.person_id, r."values"->'old'->>'kind', decode(r."values"->'old'->>'sealed', 'hex'),
       decode(r."values"->'old'->>'index', 'hex'), decode(nullif(r."values"->'old'->>'tail', ''), 'hex'),
       r."values"->'old'->>'last3', NULL, '', false, %(at)s
  FROM going JOIN beneficiaries_importrow AS r ON r.id = going.row_id
 WHERE r."values" ? 'old' ORDER BY going.row_id
ON CONFLICT (number_index) DO NOTHING
"""
_ACCOUNTS: Final = """
INSERT INTO beneficiaries_payoutaccount (area_code, person_id, bank_name, holder_name, account_encrypted, account_index,
       account_last3, valid_from, valid_to, created_at)
SELECT r.area_code, going.person_id, coalesce(r."values"->>'bank', ''),
       coalesce(r."values"->>'account_holder', r.full_name), r.account_encrypted, r.account_index, r.account_last3,
       %(today)s, NULL, %(at)s
  FROM going JOIN beneficiaries_importrow AS r ON r.id = going.row_id
 WHERE going.is_new AND r.account_encrypted IS NOT NULL ORDER BY going.row_id
"""
_ROWS: Final = """
UPDATE beneficiaries_importrow AS r SET state = 'committed', person_id = going.person_id, committed_at = %(at)s
  FROM going WHERE r.id = going.row_id
"""
_EVENTS: Final = """
INSERT INTO core_event (business_date, actor_id, actor_name, action, object_type, object_id, object_ref, area_code,
       reason, change)
SELECT %(today)s, %(actor)s, %(actor_name)s, 'person.registered', 'beneficiaries.person', p.id, p.reference, p.area_code, '',
       jsonb_build_object('list', %(reference)s)
  FROM going JOIN beneficiaries_person AS p ON p.id = going.person_id WHERE going.is_new ORDER BY going.row_id
"""
_SUPERSEDED: Final = """
UPDATE beneficiaries_importrow AS r SET state = 'set_aside'
 WHERE r.list_import_id = %(replaces)s AND r.state = 'staged'
"""


@dataclass(frozen=True, slots=True)
class Registered:
    """Rows that went in, and how many of them are new people."""

    rows: int
    new_people: int


def lock_register() -> None:
    """One commit of the province at a time: what the search found stays true until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)


def register_rows(
    list_import: ListImport, *, at: dt.datetime, today: dt.date, actor_id: int | None, actor_name: str
) -> Registered:
    """Make or find the persons of all rows that are ready, and mark these rows as gone in at that moment."""
    values: dict[str, Any] = {
        "list": list_import.pk,
        "profile": list_import.profile,
        "reference": list_import.reference,
        "replaces": list_import.replaces_id,
        "year": today.year,
        "at": at,
        "today": today,
        "actor": actor_id,
        "actor_name": actor_name,
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS going")
        cursor.execute(_GOING, values)
        rows = cursor.rowcount
        cursor.execute("ANALYZE going")
        cursor.execute(_PEOPLE, values)
        people = cursor.rowcount
        for statement in (_DOCUMENTS, _OLD_DOCUMENTS, _ACCOUNTS, _ROWS, _EVENTS):
            cursor.execute(statement, values)
        if list_import.replaces_id:
            cursor.execute(_SUPERSEDED, values)
        cursor.execute("DROP TABLE going")
    return Registered(rows, people)
