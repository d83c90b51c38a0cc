"""Payment list files: written once by a job, kept with their hash, never made anew."""

import hashlib
from collections.abc import Callable
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
from disbursements.enums import BatchStatus, PaymentFileKind
from disbursements.models import Batch, PaymentFile
from disbursements.payment_lists.content import PaymentList, payment_list_of
from disbursements.payment_lists.pdf import write_pdf
from disbursements.payment_lists.xlsx import write_xlsx
from disbursements.permissions import may_render_files

RENDER_JOB: Final = "disbursements.render_files"

_WRITERS: Final[dict[PaymentFileKind, tuple[Callable[[PaymentList, Callable[[], None]], bytes], str]]] = {
    PaymentFileKind.LIST_XLSX: (write_xlsx, "xlsx"),
    PaymentFileKind.LIST_PDF: (write_pdf, "pdf"),
}


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


def lacks_files(batch: Batch) -> bool:
    """Should this batch have files that it has not: drafts once prepared, final ones once approved?"""
    if batch.status in (BatchStatus.PREPARING, BatchStatus.CANCELLED):
        return False
    is_draft = batch.status == BatchStatus.PREPARED
    return PaymentFile.objects.filter(batch=batch, is_draft=is_draft).count() < len(_WRITERS)


def render_files(run: JobRun) -> None:
    """Job handler: the files of a batch that aren't there yet. Their bytes depend on the batch only."""
    actor = User.objects.get(pk=run.params["actor_id"])
    is_draft = bool(run.params["is_draft"])
    with run.fenced():
        batch = Batch.objects.select_related("programme").get(pk=run.params["batch_id"])
        content = payment_list_of(batch, is_draft=is_draft)
        there = set(PaymentFile.objects.filter(batch=batch, is_draft=is_draft).values_list("kind", flat=True))
    missing = [kind for kind in _WRITERS if kind.value not in there]
    for done, kind in enumerate(missing):
        write, suffix = _WRITERS[kind]

        def tick(done: int = done, kind: PaymentFileKind = kind) -> None:
            run.progress(done, len(missing), _("Đang lập %(name)s") % {"name": kind.label})

        tick()
        try:
            content_bytes = write(content, tick)
        except RendererMissingError as error:
            raise JobRefused(str(error)) from error
        with run.fenced():
            _keep(batch, kind, suffix, content_bytes, is_draft=is_draft, actor=actor)
    run.result = {"batch": batch.reference, "files": [kind.value for kind in missing]}


def _keep(
    batch: Batch, kind: PaymentFileKind, suffix: str, content: bytes, *, is_draft: bool, actor: User
) -> PaymentFile:
    mark = "-du-thao" if is_draft else ""
    name = f"danh-sach-chi-tra-{batch.reference}{mark}.{suffix}"
    stored = store_file(
        content, name=name, kind=FileKind.PAYMENT, area_code=batch.area_code, created_by_id=actor.pk
    )
    made = PaymentFile.objects.create(
        area_code=batch.area_code,
        batch=batch,
        kind=kind,
        is_draft=is_draft,
        file=stored,
        sha256=hashlib.sha256(content).hexdigest(),
        made_by_id=actor.pk,
    )
    record_event("batch.file_made", batch, actor=actor, change={"name": name, "sha256": made.sha256})
    return made
