"""Correcting a staged list in the page: a cell, a group of rows, rows to keep as they are, rows to leave out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from beneficiaries.enums import ImportState, Outcome, RowState
from beneficiaries.imports.duplicate_rows import fingerprint_of, refresh_duplicates
from beneficiaries.imports.findings import SECRET_FIELDS
from beneficiaries.imports.likely import mark_likely
from beneficiaries.imports.matching import cross_check
from beneficiaries.imports.profile import editable_fields, profile_of
from beneficiaries.imports.raw_rows import RawRow
from beneficiaries.imports.rechecking import recheck, suggestions_for
from beneficiaries.imports.staging import row_values
from beneficiaries.models import ImportRow, ListImport
from beneficiaries.services.imports.refusals import ImportRefused, check_may_import
from core import crypto
from core.audit import record_event
from core.text import without_numbers
from core.workflow import Actor


def correct_row(
    *, list_import: ListImport, row_number: int, fixes: Mapping[str, str], actor: Actor
) -> ImportRow:
    """Put typed values into a row and judge it again at once, with what it repeats here and elsewhere.

    The cells of the file stay as they were; what was typed is kept beside them. "Giữ nguyên" said before is taken back.
    Refused: a row that has gone in or was left out, a field that can't be corrected.
    """
    unknown = set(fixes) - set(editable_fields(profile_of(list_import.profile)))
    if unknown:
        raise ImportRefused(_("Ô này không sửa được ở đây."))
    with transaction.atomic():
        _open_for_correction(list_import, actor)
        row = _locked_row(list_import, row_number)
        before = fingerprint_of(row)
        _rewrite(list_import, row, fixes, actor)
        refresh_duplicates(list_import, {before, fingerprint_of(row)})
        cross_check(list_import, row.pk)
        mark_likely(list_import, [row.pk])
        _record_correction(list_import, row_number, fixes, actor)
        row.refresh_from_db()
    return row


def apply_suggestions(
    *, list_import: ListImport, code: str, actor: Actor, row_numbers: Sequence[int] | None = None
) -> int:
    """Put the suggestion of one kind of finding into its rows (or only these) that have one; gives how many changed."""
    changed: list[int] = []
    with transaction.atomic():
        _open_for_correction(list_import, actor)
        fingerprints = set()
        rows = _staged(list_import).filter(findings__contains=[{"code": code}])
        if row_numbers is not None:
            rows = rows.filter(row_number__in=row_numbers)
        for row in rows.select_for_update(of=("self",)):
            fixes = suggestions_for(list_import, row, code)
            if fixes:
                fingerprints.add(fingerprint_of(row))
                _rewrite(list_import, row, fixes, actor)
                fingerprints.add(fingerprint_of(row))
                _record_correction(list_import, row.row_number, fixes, actor)
                changed.append(row.pk)
        if changed:
            refresh_duplicates(list_import, fingerprints)
            cross_check(list_import)
            mark_likely(list_import, changed)
    return len(changed)


def accept_warnings(
    *, list_import: ListImport, actor: Actor, row_numbers: Sequence[int] | None = None, code: str = ""
) -> int:
    """Say "Giữ nguyên" for rows with warnings: these rows, or all with one kind of finding, or all; gives how many."""
    with transaction.atomic():
        _open_for_correction(list_import, actor)
        rows = _staged(list_import).filter(outcome=Outcome.WARN, accepted_at__isnull=True)
        if row_numbers is not None:
            rows = rows.filter(row_number__in=row_numbers)
        if code:
            rows = rows.filter(findings__contains=[{"code": code}])
        accepted = rows.update(accepted_by_id=actor.pk, accepted_at=timezone.now())
        if accepted:
            change = {"rows": accepted, "code": code, "row_numbers": list(row_numbers or [])}
            record_event("import.rows_accepted", list_import, actor=actor, change=change)
    return accepted


def set_rows_aside(*, list_import: ListImport, row_numbers: Sequence[int], actor: Actor) -> int:
    """Leave rows out of the list; they stay visible and can be taken back. Who they were repeated by is judged again."""
    return _move(
        list_import, row_numbers, RowState.STAGED, RowState.SET_ASIDE, "import.rows_set_aside", actor
    )


def take_rows_back(*, list_import: ListImport, row_numbers: Sequence[int], actor: Actor) -> int:
    """Take rows that were left out into the list again."""
    return _move(
        list_import, row_numbers, RowState.SET_ASIDE, RowState.STAGED, "import.rows_taken_back", actor
    )


def _move(
    list_import: ListImport,
    row_numbers: Sequence[int],
    source: RowState,
    target: RowState,
    action: str,
    actor: Actor,
) -> int:
    with transaction.atomic():
        _open_for_correction(list_import, actor)
        rows = ImportRow.objects.filter(list_import=list_import, state=source, row_number__in=row_numbers)
        moved = list(rows.select_for_update(of=("self",)).order_by("pk"))
        ImportRow.objects.filter(pk__in=[row.pk for row in moved]).update(state=target)
        if moved:
            refresh_duplicates(list_import, {fingerprint_of(row) for row in moved})
            if target == RowState.STAGED:
                cross_check(list_import)
            change = {"rows": len(moved), "row_numbers": [row.row_number for row in moved]}
            record_event(action, list_import, actor=actor, change=change)
    return len(moved)


def _rewrite(list_import: ListImport, row: ImportRow, fixes: Mapping[str, str], actor: Actor) -> None:
    raw = RawRow.unpacked(crypto.decrypt("row", row.raw_encrypted))
    raw = RawRow(raw.cells, raw.fonts, raw.hamlet, {**raw.fixes, **fixes})
    checked = recheck(list_import, row.row_number, raw)
    changes: dict[str, Any] = row_values(checked)
    changes |= {
        "raw_encrypted": crypto.encrypt("row", raw.packed()),
        "accepted_by_id": None,
        "accepted_at": None,
        "corrected_by_id": actor.pk,
    }
    ImportRow.objects.filter(pk=row.pk).update(**changes)
    row.refresh_from_db()


def _record_correction(
    list_import: ListImport, row_number: int, fixes: Mapping[str, str], actor: Actor
) -> None:
    shown = {name: "•••" if name in SECRET_FIELDS else without_numbers(text) for name, text in fixes.items()}
    record_event(
        "import.row_corrected", list_import, actor=actor, change={"row": row_number, "fields": shown}
    )


def _staged(list_import: ListImport) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(list_import=list_import, state=RowState.STAGED).order_by("pk")


def _locked_row(list_import: ListImport, row_number: int) -> ImportRow:
    row = (
        ImportRow.objects.select_for_update(of=("self",))
        .filter(list_import=list_import, row_number=row_number)
        .first()
    )
    if row is None:
        raise ImportRefused(_("Danh sách không có dòng %(row)s.") % {"row": row_number})
    if row.state == RowState.COMMITTED:
        raise ImportRefused(
            _("Dòng %(row)s đã nhập vào hệ thống nên không sửa ở đây được.") % {"row": row_number}
        )
    if row.state == RowState.SET_ASIDE:
        raise ImportRefused(_("Dòng %(row)s đã bỏ qua. Bạn hãy lấy lại dòng rồi sửa.") % {"row": row_number})
    return row


def _open_for_correction(list_import: ListImport, actor: Actor) -> None:
    check_may_import(actor, list_import.area_code, list_import.profile)
    state = (
        ListImport.objects.select_for_update(of=("self",))
        .values_list("state", flat=True)
        .get(pk=list_import.pk)
    )
    if state not in (ImportState.CHECKED, ImportState.COMMITTED):
        raise ImportRefused(_("Danh sách chưa kiểm tra xong hoặc đã hủy nên chưa sửa được."))
