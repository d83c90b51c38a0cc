"""When the rows of a list are compared with the register: at once for a short list, by a worker right after for a long one."""

from __future__ import annotations

from typing import Final

from celery import signature
from django.db import transaction

from beneficiaries.enums import ImportState
from beneficiaries.imports.likely import mark_likely, mark_some
from beneficiaries.models import ListImport
from core.audit import PROVINCE
from core.fence import fenced

# rows that are compared while the officer waits for the check: a tenth of a second
AT_ONCE: Final = 2_000


def mark_checked_rows(list_import: ListImport, number_of_rows: int) -> None:
    """Compare a list that has just been checked. What a long list is told comes seconds later, and changes no outcome."""
    if number_of_rows <= AT_ONCE:
        mark_likely(list_import)
    else:
        task = signature("beneficiaries.mark_likely_rows", args=[list_import.pk])
        transaction.on_commit(task.apply_async, robust=True)


def mark_long_list(list_import_id: int) -> None:
    """Compare a long list, some rows at a time; who corrects it meanwhile waits for these, not for all."""
    with fenced(None, PROVINCE):
        area_code = ListImport.objects.values_list("area_code", flat=True).get(pk=list_import_id)
    last: int | None = 0
    while last is not None:
        with fenced(None, area_code):
            list_import = ListImport.objects.select_for_update(of=("self",)).get(pk=list_import_id)
            is_open = list_import.state in (ImportState.CHECKED, ImportState.COMMITTED)
            last = mark_some(list_import, after=last) if is_open else None
