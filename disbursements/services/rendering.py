"""Payment list files: written once by a job, kept with their hash, never made anew."""

import hashlib
from collections.abc import Callable
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record_event
from core.documents import RendererMissingError
from core.enums import FileKind
from core.models import Job
from core.services.files import store_file
from core.services.jobs import JobRefused, JobRun, start_job
from core.workflow import Actor
from disbursements.enums import PaymentFileKind
from disbursements.models import Batch, PaymentFile
from disbursements.payment_lists.content import PaymentList, payment_list_of
from disbursements.payment_lists.pdf import write_pdf
from disbursements.payment_lists.xlsx import write_xlsx

RENDER_JOB: Final = "disbursements.render_files"

_WRITERS: Final[dict[PaymentFileKind, tuple[Callable[[PaymentList, Callable[[], None]], bytes], str]]] = {
    PaymentFileKind.LIST_XLSX: (write_xlsx, "xlsx"),
    PaymentFileKind.LIST_PDF: (write_pdf, "pdf"),
}


def start_rendering(*, batch: Batch, actor: Actor, is_draft: bool = True) -> Job:
    """Have a worker write the files of a batch: the draft of a prepared one, the final files of an approved one."""
    form = "draft" if is_draft else "final"
    return start_job(
        RENDER_JOB,
        params={"batch_id": batch.pk, "is_draft": is_draft, "actor_id": actor.pk},
        actor=actor,
        idempotency_key=f"files:{batch.pk}:{form}",
        return_url=reverse("disbursements:batch_page", args=[batch.reference]),
    )


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
