"""Taking a checked list in: people into the register, then the upper app's records, in one transaction of a background job."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from beneficiaries.enums import ImportState, Outcome, RowState
from beneficiaries.imports.matching import cross_check
from beneficiaries.imports.profile import may_import_list, profile_of
from beneficiaries.imports.registering import lock_register, register_rows
from beneficiaries.imports.sentences import ERROR
from beneficiaries.models import ImportRow, ListImport
from beneficiaries.queries.actors import actor_of_job
from beneficiaries.services.duplicates.finding_jobs import search_list_later
from beneficiaries.services.imports.refusals import ImportRefused, check_may_import
from core import clock
from core.audit import record_event
from core.models import Job
from core.services.jobs import JobCancelled, JobRefused, JobRun, start_job
from core.transitions import TransitionRefused
from core.workflow import Actor

COMMIT: Final = "beneficiaries.commit_list"
READY: Final = Q(state=RowState.STAGED) & (
    Q(outcome__in=[Outcome.OK, Outcome.FIX]) | Q(outcome=Outcome.WARN, accepted_at__isnull=False)
)


def ready_rows(list_import: ListImport) -> int:
    """How many rows would go in now."""
    return ImportRow.objects.filter(READY, list_import=list_import).count()


@transaction.atomic
def start_commit(*, list_import: ListImport, actor: Actor, is_background: bool = True) -> Job:
    """Start taking in the rows that are ready; rows with errors and unanswered warnings stay in the queue.

    Refused: a list of another area, one that is not checked, one without the employer it is of, one with nothing to take in.
    """
    check_may_import(actor, list_import.area_code, list_import.profile)
    current = ListImport.objects.select_for_update(of=("self",)).get(pk=list_import.pk)
    is_stuck = current.state == ImportState.COMMITTING and current.job is not None and current.job.is_finished
    if current.state not in (ImportState.CHECKED, ImportState.COMMITTED) and not is_stuck:
        raise ImportRefused(_("Danh sách chưa kiểm tra xong, đang nhập hoặc đã hủy."))
    blocking = next((finding for finding in current.findings if finding["severity"] == ERROR), None)
    if blocking:
        raise ImportRefused(str(blocking["message"]))
    if profile_of(current.profile).needs_employer and current.employer_id is None:
        raise ImportRefused(
            _("Danh sách chưa có đơn vị sử dụng lao động. Bạn hãy hủy và tải lại, có chọn đơn vị.")
        )
    if not ready_rows(current):
        raise ImportRefused(
            _("Không có dòng nào sẵn sàng để nhập. Bạn hãy sửa dòng lỗi hoặc giữ nguyên dòng cảnh báo.")
        )
    current.version += 1
    current.state = ImportState.COMMITTING
    job = start_job(
        COMMIT,
        params={"list_import": current.pk},
        actor=actor,
        area_code=current.area_code,
        idempotency_key=f"commit:{current.pk}:{current.version}",
        return_url=f"/imports/{current.reference}/",
        is_handed_over=is_background,
    )
    current.job = job
    current.save(update_fields=["version", "state", "job"])
    return job


def commit_list(run: JobRun) -> None:
    """Do it. Run again after a kill it finds either nothing done or everything done."""
    pk = run.params["list_import"]
    try:
        run.progress(0, 3, _("Đang so với danh sách của các xã khác"))
        with run.fenced():
            _take_in(run, ListImport.objects.get(pk=pk))
    except JobCancelled:
        _give_back(run, pk)
        raise
    except TransitionRefused as refusal:
        _give_back(run, pk)
        raise JobRefused(str(refusal)) from refusal


def _give_back(run: JobRun, pk: int) -> None:
    """Nothing was taken in; the officer may go on correcting, or start again."""
    with run.fenced():
        ListImport.objects.filter(pk=pk, state=ImportState.COMMITTING).update(state=ImportState.CHECKED)


def _take_in(run: JobRun, list_import: ListImport) -> None:
    if list_import.state != ImportState.COMMITTING:
        return
    actor = actor_of_job(run.job.created_by_id, list_import.area_code)
    if not (actor.is_active and may_import_list(actor, list_import.area_code, list_import.profile)):
        raise TransitionRefused(
            _("Người bắt đầu việc này không còn nhập danh sách cho xã. Bạn hãy bấm nhập lại.")
        )
    lock_register()
    cross_check(list_import)
    at = clock.now()
    registered = register_rows(
        list_import, at=at, today=clock.today(), actor_id=actor.pk, actor_name=actor.full_name
    )
    profile = profile_of(list_import.profile)
    made = profile.commit(list_import=list_import, actor=actor, committed_at=at) if profile.commit else {}
    if list_import.replaces_id:
        ListImport.objects.filter(pk=list_import.replaces_id, state=ImportState.CHECKED).update(
            state=ImportState.CANCELLED
        )
    ListImport.objects.filter(pk=list_import.pk).update(
        state=ImportState.COMMITTED, committed_at=at, totals={**list_import.totals, "made": made}
    )
    run.result = {"rows": registered.rows, "new_people": registered.new_people, **made}
    record_event("import.committed", list_import, actor=actor, change=run.result)
    search_list_later(list_import.pk)
