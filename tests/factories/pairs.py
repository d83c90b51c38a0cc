"""Pairs of people who may be one, and the tables that joining them may touch, row by row."""

from typing import Any

from django.db import connection

from beneficiaries.models import DuplicateCandidate, Person
from beneficiaries.rules.matching import area_of_both
from core import clock
from core.queries.references import next_reference

# whatever a join may move; compared before and after as JSON, so that no column is forgotten
MOVED_TABLES = (
    "beneficiaries_person",
    "beneficiaries_identitydocument",
    "beneficiaries_payoutaccount",
    "support_programs_case",
    "support_programs_entitlement",
    "support_programs_entitlementdays",
    "disbursements_paymentinstruction",
    "disbursements_batch",
)


def pair(first: Person, second: Person, **changes: Any) -> DuplicateCandidate:
    """As the search for duplicates would write it."""
    return DuplicateCandidate.objects.create(
        **{
            "reference": next_reference("TR"),
            "area_code": area_of_both(first.area_code, second.area_code),
            "first": first,
            "second": second,
            "score": 72,
            "reasons": [{"code": "SAME_NAME", "points": 30}, {"code": "SAME_BIRTH_DATE", "points": 30}],
            "facts_key": b"0" * 16,
            "found_by": "nightly",
            "found_on": clock.today(),
            **changes,
        }
    )


def all_rows() -> dict[str, dict[int, str]]:
    """Every row of these tables by table and id, as text of all its columns."""
    found = {}
    with connection.cursor() as cursor:
        for table in MOVED_TABLES:
            cursor.execute(f"SELECT id, to_jsonb(t)::text FROM {table} t ORDER BY id")
            found[table] = dict(cursor.fetchall())
    return found
