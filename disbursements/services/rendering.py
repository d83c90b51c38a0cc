"""Files of a batch: written once by a job, kept with their hash, never made anew."""

import errno
import hashlib
from collections.abc import Iterable
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record_event
from core.documents import RendererMissingError
from core.enums import FileKind, JobState
from core.models import Job
from core.services.files import store_file
from core.services.jobs import JobRefused, JobRun, start_job
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import BatchStatus
from disbursements.models import Batch, PaymentFile
from disbursements.permissions import may_render_files
from disbursements.services.file_plan import PlannedFile, planned_files

RENDER_JOB: Final = "disbursements.render_files"
# what the system says when there is no room to write: disk, quota, largest file
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def start_rendering(*, batch: Batch, actor: Actor, is_draft: bool = True, repetition: int = 0) -> Job:
    """Have a worker write the files of a batch: the draft of a prepared one, the final files of an approved one."""
    form = "draft" if is_draft else "final"
    again = f":{repetition}" if repetition else ""
    return start_job(
        RENDER_JOB,
        params={"batch_id": batch.pk, "is_draft": is_draft, "actor_id": actor.pk},
        actor=actor,
        idempotency_key=f"files:{batch.pk}:{form}{again}",
        return_url=reverse("disbursements:batch_page", args=[batch.reference]),
    )


@transaction.atomic
def render_again(*, actor: Actor, batch: Batch) -> Job:
    """Write the files that a batch lacks, after a worker could not (no Pango, disk full): a new job, once.

    Refused when nothing is missing, while a worker is at it, and for a batch that was cancelled or is not prepared yet.
    """
    if not actor.is_active or not may_render_files(actor):
        raise PermissionDenied(_("Việc này do kế toán hoặc người phê duyệt cấp tỉnh làm."))
    locked = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if not lacks_files(locked):
        raise TransitionRefused(_("Tệp chi của đợt này đã có đủ."))
    jobs = Job.objects.filter(idempotency_key__startswith=f"files:{locked.pk}:")
    if jobs.filter(state__in=JobState.unfinished()).exists():
        raise TransitionRefused(_("Tệp chi đang được lập. Hãy chờ ít phút rồi mở lại trang."))
    return start_rendering(
        batch=locked, actor=actor, is_draft=locked.status == BatchStatus.PREPARED, repetition=jobs.count()
    )


def lacks_files(batch: Batch, there: Iterable[PaymentFile] | None = None) -> bool:
    """Should this batch have files that it has not: drafts once prepared, final ones once approved?

    `there` are its files, for who has read them already.
    """
    if batch.status in (BatchStatus.PREPARING, BatchStatus.CANCELLED):
        return False
    is_draft = batch.status == BatchStatus.PREPARED
    found = PaymentFile.objects.filter(batch=batch) if there is None else there
    keys = {(file.kind, file.part) for file in found if file.is_draft == is_draft}
    return any(file.key not in keys for file in planned_files(batch, is_draft=is_draft))


def _missing(batch: Batch, planned: tuple[PlannedFile, ...], *, is_draft: bool) -> list[PlannedFile]:
    there = set(PaymentFile.objects.filter(batch=batch, is_draft=is_draft).values_list("kind", "part"))
    return [file for file in planned if file.key not in there]


def render_files(run: JobRun) -> None:
    """Job handler: the files of a batch that aren't there yet, one after the other, each kept in a chunk of its own.

    Their bytes depend on the batch only, so a run that was killed is taken up at the first file that is missing. Refused with a
    sentence: no renderer for PDFs, no room on the disk; a new job writes what is missing then.
    """
    actor = User.objects.get(pk=run.params["actor_id"])
    is_draft = bool(run.params["is_draft"])
    with run.fenced():
        batch = Batch.objects.select_related("programme", "payer_account").get(pk=run.params["batch_id"])
    planned = planned_files(batch, is_draft=is_draft, fence=run.fenced)
    with run.fenced():
        missing = _missing(batch, planned, is_draft=is_draft)
    for done, file in enumerate(missing):
        _write_one(run, batch, file, (done, len(missing)), is_draft=is_draft, actor=actor)
    run.result = {"batch": batch.reference, "files": [file.name for file in missing]}


def _write_one(
    run: JobRun, batch: Batch, file: PlannedFile, place: tuple[int, int], *, is_draft: bool, actor: User
) -> None:
    done, total = place

    def tick() -> None:
        run.progress(done, total, _("Đang lập %(name)s") % {"name": file.kind.label})

    tick()
    try:
        content = file.write(tick)
        with run.fenced():
            _keep(batch, file, content, is_draft=is_draft, actor=actor)
    except RendererMissingError as error:
        raise JobRefused(str(error)) from error
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise JobRefused(
            _(
                "Máy chủ hết chỗ lưu tệp nên chưa lập được %(name)s. Tệp đã lập vẫn còn. Hãy báo quản trị viên dọn ổ đĩa, "
                "rồi bấm «Lập tệp còn thiếu»."
            )
            % {"name": file.kind.label}
        ) from error


def _keep(batch: Batch, file: PlannedFile, content: bytes, *, is_draft: bool, actor: User) -> PaymentFile:
    stored = store_file(
        content, name=file.name, kind=FileKind.PAYMENT, area_code=batch.area_code, created_by_id=actor.pk
    )
    made = PaymentFile.objects.create(
        area_code=batch.area_code,
        batch=batch,
        kind=file.kind,
        part=file.part,
        line_count=file.line_count,
        amount=file.amount,
        is_draft=is_draft,
        file=stored,
        sha256=hashlib.sha256(content).hexdigest(),
        made_by_id=actor.pk,
    )
    record_event("batch.file_made", batch, actor=actor, change={"name": file.name, "sha256": made.sha256})
    return made
