"""Bringing a list in: the file is kept encrypted as it came, and its check starts in the background."""

from __future__ import annotations

import hashlib
from typing import Final

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from beneficiaries.enums import ImportState, RowState
from beneficiaries.imports.profile import profile_of
from beneficiaries.models import ImportRow, ListImport
from beneficiaries.services.imports.refusals import ImportRefused, check_may_import
from core.audit import record_event
from core.enums import FileKind
from core.models import Job
from core.queries.references import next_reference
from core.services.files import store_file
from core.services.jobs import cancel_job, start_job
from core.spreadsheets.reading.refusals import MAX_BYTES, refused
from core.workflow import Actor

CHECK: Final = "beneficiaries.check_list"
PASTED_NAME: Final = "dan-tu-excel.txt"


def upload_list(
    *,
    content: bytes,
    name: str,
    profile: str,
    area_code: str,
    actor: Actor,
    stream: str = "",
    sheet: str = "",
    employer_id: int | None = None,
    is_pasted: bool = False,
    is_background: bool = True,
) -> ListImport:
    """Keep the file and start its check; gives the import, whose reference is NH-....

    The same file for the same area, kind of list and employer gives the import that is already there, unless that was
    cancelled or could not be read. Refused: an empty or too large file (SpreadsheetRefused), an area whose lists the person
    does not bring in (PermissionDenied), a list of an employer's people without employer (ImportRefused).
    """
    needs_employer = profile_of(profile).needs_employer
    check_may_import(actor, area_code, profile)
    if needs_employer and employer_id is None:
        raise ImportRefused(_("Danh sách này là của một đơn vị sử dụng lao động. Bạn hãy chọn đơn vị."))
    employer_id = employer_id if needs_employer else None
    if not content.strip():
        raise refused("FILE_EMPTY")
    if len(content) > MAX_BYTES:
        raise refused("FILE_TOO_LARGE", limit=MAX_BYTES // (1024 * 1024))
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        _one_at_a_time(f"{area_code}:{profile}:{digest}")
        same = ListImport.objects.filter(
            area_code=area_code, profile=profile, file_sha256=digest, employer=employer_id
        )
        known = (
            same.filter(Q(stream=stream) if stream else Q(), Q(sheet=sheet) if sheet else Q())
            .exclude(state__in=[ImportState.CANCELLED, ImportState.REFUSED])
            .order_by("-pk")
            .first()
        )
        if known:
            return known
        stored = store_file(
            content, name=name, kind=FileKind.UPLOAD, area_code=area_code, created_by_id=actor.pk
        )
        list_import = ListImport.objects.create(
            reference=next_reference("NH"),
            area_code=area_code,
            profile=profile,
            stream=stream,
            sheet=sheet,
            employer_id=employer_id,
            file=stored,
            file_sha256=digest,
            is_pasted=is_pasted,
            created_by_id=actor.pk,
        )
        record_event(
            "import.uploaded", list_import, actor=actor, change={"file": stored.name, "sha256": digest}
        )
        start_check(list_import=list_import, actor=actor, is_background=is_background)
    return list_import


def start_check(*, list_import: ListImport, actor: Actor, is_background: bool = True) -> Job:
    """Start the check as a background job; the same version of an import is checked once."""
    job = start_job(
        CHECK,
        params={"list_import": list_import.pk},
        actor=actor,
        area_code=list_import.area_code,
        idempotency_key=f"check:{list_import.pk}:{list_import.version}",
        return_url=f"/imports/{list_import.reference}/",
        is_handed_over=is_background,
    )
    list_import.job = job
    ListImport.objects.filter(pk=list_import.pk).update(job=job)
    return job


def restart_check(*, list_import: ListImport, actor: Actor) -> Job:
    """Check a list again whose check was stopped or failed; rows that are staged already stay."""
    check_may_import(actor, list_import.area_code, list_import.profile)
    with transaction.atomic():
        current = ListImport.objects.select_for_update(of=("self",)).get(pk=list_import.pk)
        is_stuck = current.job is None or current.job.is_finished
        if current.state not in (ImportState.UPLOADED, ImportState.CHECKING) or not is_stuck:
            raise ImportRefused(_("Danh sách đang được kiểm tra hoặc đã kiểm tra xong."))
        current.version += 1
        current.save(update_fields=["version"])
        return start_check(list_import=current, actor=actor)


def cancel_import(*, list_import: ListImport, actor: Actor) -> None:
    """Give a list up before anything of it was taken in: its job stops, its rows are set aside, the file stays.

    Refused when rows have been taken in already.
    """
    check_may_import(actor, list_import.area_code, list_import.profile)
    with transaction.atomic():
        current = ListImport.objects.select_for_update(of=("self",)).get(pk=list_import.pk)
        if ImportRow.objects.filter(list_import=current, state=RowState.COMMITTED).exists():
            raise ImportRefused(
                _("Danh sách đã nhập vào hệ thống nên không hủy được. Bạn có thể bỏ từng dòng còn lại.")
            )
        if current.state == ImportState.COMMITTING:
            raise ImportRefused(_("Danh sách đang được nhập. Bạn hãy chờ xong hoặc dừng việc nhập trước."))
        if current.state == ImportState.CANCELLED:
            return
        if current.job:
            cancel_job(current.job, actor=actor)
        ImportRow.objects.filter(list_import=current, state=RowState.STAGED).update(state=RowState.SET_ASIDE)
        current.state = ImportState.CANCELLED
        current.save(update_fields=["state"])
        record_event("import.cancelled", current, actor=actor)


def _one_at_a_time(key: str) -> None:
    """Two uploads of the same file wait for each other until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import:{key}"])
