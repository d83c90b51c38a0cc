"""What the retention schedule takes away of imports: rows and files of lists that were given up, rows that nobody took in."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from beneficiaries.enums import ImportState, RowState
from beneficiaries.models import ImportRow, ListImport
from core.models import StoredFile
from core.services.retention import FileRemover, RowRemover, register_remover

_GIVEN_UP = (ImportState.CANCELLED, ImportState.REFUSED)
_NEVER_TAKEN = (RowState.STAGED, RowState.SET_ASIDE)


def register() -> None:
    """The removers of imports."""
    register_remover("cancelled_rows", RowRemover(_rows_given_up, "list_import__created_at"))
    register_remover("cancelled_files", FileRemover(_files_given_up))
    register_remover("left_out_rows", RowRemover(_rows_left_out, "list_import__committed_at"))


def _never_taken() -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(state__in=_NEVER_TAKEN, person__isnull=True, cases__isnull=True)


def _rows_given_up() -> QuerySet[ImportRow]:
    return _never_taken().filter(list_import__state__in=_GIVEN_UP)


def _rows_left_out() -> QuerySet[ImportRow]:
    return _never_taken().filter(list_import__state=ImportState.COMMITTED)


def _files_given_up(before: dt.datetime) -> QuerySet[StoredFile]:
    """A file that another import uses as well stays."""
    given_up = ListImport.objects.filter(state__in=_GIVEN_UP, created_at__lt=before)
    used = ListImport.objects.exclude(state__in=_GIVEN_UP)
    return StoredFile.objects.filter(pk__in=given_up.values("file")).exclude(pk__in=used.values("file"))
