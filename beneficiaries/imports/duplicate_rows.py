"""Duplicates inside a staged list, searched again after a correction: only among the rows that share a number or a name."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.db.models import Q

from beneficiaries.enums import RowState
from beneficiaries.imports.checking import CheckedRow
from beneficiaries.imports.duplicates import DuplicateSearch
from beneficiaries.imports.findings import outcome_of, restored, stored
from beneficiaries.imports.profile import profile_of
from beneficiaries.models import ImportRow, ListImport

CODES: Final = frozenset({"DUP_IN_FILE", "DUP_IN_FILE_OTHER_ID", "DUP_NO_NUMBER"})
Fingerprint = tuple[bytes | None, str, int | None]


def fingerprint_of(row: ImportRow) -> Fingerprint:
    """Number, name and year of birth: what makes two rows the same human."""
    return bytes(row.number_index) if row.number_index is not None else None, row.name_key, row.birth_year


def refresh_duplicates(list_import: ListImport, fingerprints: Collection[Fingerprint]) -> None:
    """Judge again who repeats whom, among the rows that share something with these fingerprints."""
    shared = Q(pk__in=[])
    for number_index, name_key, birth_year in fingerprints:
        if number_index is not None:
            shared |= Q(number_index=number_index)
        if name_key and birth_year:
            shared |= Q(name_key=name_key, birth_year=birth_year)
    rows = list(
        ImportRow.objects.filter(shared, list_import=list_import)
        .exclude(state=RowState.SET_ASIDE)
        .order_by("row_number")
    )
    search = DuplicateSearch(takes_no_number=not profile_of(list_import.profile).needs_number)
    changed = []
    for row in rows:
        marked = search.mark(_as_checked(row))
        findings = [
            *[f for f in row.findings if f["code"] not in CODES],
            *[stored(f) for f in marked.findings],
        ]
        if findings != row.findings and row.state == RowState.STAGED:
            row.findings = findings
            row.outcome = outcome_of(restored(finding) for finding in findings)
            changed.append(row)
    ImportRow.objects.bulk_update(changed, ["findings", "outcome"])


def _as_checked(row: ImportRow) -> CheckedRow:
    number = bytes(row.number_index).hex() if row.number_index is not None else ""
    values = {
        "id_number": number,
        "id_type": row.number_kind,
        "full_name": row.full_name,
        "dob": row.birth_date.isoformat() if row.birth_date else str(row.birth_year or ""),
        "address": row.values.get("address", ""),
    }
    return CheckedRow(row.row_number, row.outcome, (), values)
