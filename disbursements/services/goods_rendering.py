"""The list of a round as files: written once by a job after the approval, kept with their hash, never made anew."""

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
from disbursements.enums import HandoutFileKind, HandoutStatus
from disbursements.models import Handout, HandoutFile
from disbursements.payment_lists.handouts import (
    GoodsList,
    handout_list_of,
    write_handout_pdf,
    write_handout_xlsx,
)
from disbursements.permissions import may_render_handout

HANDOUT_FILES_JOB: Final = "disbursements.render_handout"
_WRITERS: Final[dict[HandoutFileKind, tuple[Callable[[GoodsList, Callable[[], None]], bytes], str]]] = {
    HandoutFileKind.LIST_XLSX: (write_handout_xlsx, "xlsx"),
    HandoutFileKind.LIST_PDF: (write_handout_pdf, "pdf"),
}
_WITH_FILES: Final = (HandoutStatus.APPROVED, HandoutStatus.HANDING, HandoutStatus.CLOSED)


def start_handout_files(*, handout: Handout, actor: Actor, repetition: int = 0) -> Job:
    """Have a worker write the files of an approved round."""
    again = f":{repetition}" if repetition else ""
    return start_job(
        HANDOUT_FILES_JOB,
        params={"handout_id": handout.pk, "actor_id": actor.pk},
        actor=actor,
        idempotency_key=f"handout-files:{handout.pk}{again}",
        return_url=reverse("disbursements:handout_page", args=[handout.reference]),
    )


@transaction.atomic
def write_missing_files(*, actor: Actor, handout: Handout) -> Job:
    """Write the files that a round lacks, after a worker could not: a new job, once. Refused when nothing is missing."""
    if not actor.is_active or not may_render_handout(actor):
        raise PermissionDenied(_("Việc này do kế toán hoặc người phê duyệt cấp tỉnh làm."))
    locked = Handout.objects.select_for_update(of=("self",)).get(pk=handout.pk)
    if not lacks_handout_files(locked):
        raise TransitionRefused(_("Danh sách cấp phát của đợt này đã có đủ."))
    jobs = Job.objects.filter(idempotency_key__startswith=f"handout-files:{locked.pk}")
    if jobs.filter(state__in=JobState.unfinished()).exists():
        raise TransitionRefused(_("Danh sách đang được lập. Hãy chờ ít phút rồi mở lại trang."))
    return start_handout_files(handout=locked, actor=actor, repetition=jobs.count())


def lacks_handout_files(handout: Handout) -> bool:
    """Should this round have files that it has not?"""
    if handout.status not in _WITH_FILES:
        return False
    return HandoutFile.objects.filter(handout=handout).count() < len(_WRITERS)


def render_handout_files(run: JobRun) -> None:
    """Job handler: the files of a round that aren't there yet. Their bytes depend on the round only."""
    actor = User.objects.get(pk=run.params["actor_id"])
    with run.fenced():
        handout = Handout.objects.select_related("programme", "goods").get(pk=run.params["handout_id"])
        content = handout_list_of(handout)
        there = set(HandoutFile.objects.filter(handout=handout).values_list("kind", flat=True))
    missing = [kind for kind in _WRITERS if kind.value not in there]
    for done, kind in enumerate(missing):
        write, suffix = _WRITERS[kind]

        def tick(done: int = done, kind: HandoutFileKind = kind) -> None:
            run.progress(done, len(missing), _("Đang lập %(name)s") % {"name": kind.label})

        tick()
        try:
            written = write(content, tick)
        except RendererMissingError as error:
            raise JobRefused(str(error)) from error
        with run.fenced():
            _keep(handout, kind, suffix, written, actor)
    run.result = {"handout": handout.reference, "files": [kind.value for kind in missing]}


def _keep(handout: Handout, kind: HandoutFileKind, suffix: str, content: bytes, actor: User) -> None:
    stored = store_file(
        content,
        name=f"danh-sach-cap-phat-{handout.reference}.{suffix}",
        kind=FileKind.PAYMENT,
        area_code=handout.area_code,
        created_by_id=actor.pk,
    )
    HandoutFile.objects.create(
        area_code=handout.area_code,
        handout=handout,
        kind=kind,
        file=stored,
        sha256=stored.sha256,
        made_by_id=actor.pk,
    )
    record_event(
        "handout.file_made", handout, actor=actor, change={"name": str(kind.label), "sha256": stored.sha256}
    )
