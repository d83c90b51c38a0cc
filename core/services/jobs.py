"""Background jobs: started once, followed by everybody, resumed after a killed worker.

A handler is registered per kind (in an app's `apps.py`) and gets a `JobRun`. It must be resumable: it works in
chunks, each in its own
fenced block with the scope of who ordered the job, and finds on a second run what the first one has done.
"""

import datetime as dt
import logging
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from celery import signature
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerLost

from core.audit import record_event
from core.enums import JobState
from core.fence import fenced
from core.logs import discreet
from core.models import Job, StoredFile
from core.queries.references import next_reference
from core.workflow import Actor

logger: Final = logging.getLogger(__name__)


class JobCancelled(Exception):
    """Raised inside a handler when its owner asked to stop; what is committed stays."""


class JobLost(Exception):
    """Raised inside a handler when another worker has taken the job over."""


class JobRefused(Exception):
    """Raised by a handler when the work makes no sense (bad file, nothing to do); `str()` is the sentence for the officer."""


@dataclass(slots=True)
class JobRun:
    """A handler's grip on its job."""

    job: Job
    result: dict[str, Any] = field(default_factory=dict)
    result_file: StoredFile | None = None

    @property
    def params(self) -> dict[str, Any]:
        return self.job.params

    @contextmanager
    def fenced(self) -> Iterator[None]:
        """One chunk: a transaction with the scope of who ordered the job.

        It holds a light lock on the job's row, so that nobody takes the job over while a chunk is at work.
        Raises JobLost when that has happened already.
        """
        with fenced(self.job.created_by_id, self.job.area_code):
            with connection.cursor() as cursor:
                cursor.execute(_HOLD, [self.job.pk, self.job.attempt])
                if cursor.fetchone() is None:
                    raise JobLost
            yield

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the work is, in a block of its own. Raises JobCancelled or JobLost: call it between chunks."""
        with self.fenced():
            mine = Job.objects.filter(pk=self.job.pk, attempt=self.job.attempt, state=JobState.RUNNING)
            mine.update(
                progress_done=done, progress_total=total, progress_text=text, heartbeat_at=timezone.now()
            )
            if mine.filter(cancel_requested=True).exists():
                raise JobCancelled


# conflicts with FOR UPDATE of a take-over, not with the update that asks for a cancel
_HOLD: Final = "SELECT 1 FROM core_job WHERE id = %s AND attempt = %s AND state = 'running' FOR KEY SHARE"

Handler = Callable[[JobRun], None]
_handlers: Final[dict[str, Handler]] = {}


def register_handler(kind: str, handler: Handler) -> None:
    """Say who does jobs of a kind."""
    _handlers[kind] = handler


def start_job(
    kind: str,
    *,
    params: Mapping[str, Any],
    actor: Actor,
    idempotency_key: str | None = None,
    return_url: str = "",
    area_code: str = "",
    is_handed_over: bool = True,
) -> Job:
    """Record a job and hand it to a worker once the running transaction has committed (a command that does the work
    itself says `is_handed_over=False` and calls `run_job`).

    The same idempotency key gives the same job again and starts nothing new. The job works in the area of its owner
    (or in `area_code`, which must lie inside it).
    """
    if kind not in _handlers:
        raise KeyError(kind)
    scope = area_code or actor.area_code
    if not scope.startswith(actor.area_code):
        raise ValueError("a job can't reach beyond the area of who starts it")
    with transaction.atomic():
        if idempotency_key is not None:
            known = Job.objects.filter(idempotency_key=idempotency_key).first()
            if known:
                return known
        job = Job.objects.create(
            reference=next_reference("CV"),
            area_code=scope,
            kind=kind,
            params=dict(params),
            idempotency_key=idempotency_key,
            created_by_id=actor.pk,
            return_url=return_url,
        )
        record_event("job.started", job, actor=actor, change={"kind": kind})
        if is_handed_over:
            transaction.on_commit(lambda: _hand_over(job.pk))
    return job


def cancel_job(job: Job, *, actor: Actor) -> None:
    """Ask a job to stop. A queued one ends at once, a running one at its next chunk; a finished one stays as it is."""
    with transaction.atomic():
        asked = Job.objects.filter(pk=job.pk, state__in=JobState.unfinished()).update(cancel_requested=True)
        Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(
            state=JobState.CANCELLED, finished_at=timezone.now()
        )
        if asked:
            record_event("job.cancelled", job, actor=actor)


def run_job(job_id: int) -> None:
    """Take a job up and bring it to an end. Does nothing when it is finished or another worker tends it."""
    job = _take_up(job_id)
    if job is None:
        return
    try:
        _bring_to_end(JobRun(job))
    except JobLost:
        logger.warning("job %s was taken over by another worker", job.reference)


def _bring_to_end(run: JobRun) -> None:
    job = run.job
    try:
        _handlers[job.kind](run)
    except JobCancelled:
        _finish(run, JobState.CANCELLED)
    except JobLost:
        raise
    except JobRefused as refusal:
        _finish(run, JobState.FAILED, str(refusal))
    except Exception:
        logger.exception("job %s failed", job.reference)
        _finish(run, JobState.FAILED, _("Việc nền gặp lỗi. Mã tra cứu: %(ref)s.") % {"ref": job.reference})
        _note_traceback(job)
    else:
        _finish(run, JobState.DONE)


def sweep_jobs() -> int:
    """Hand over again what nobody tends: queued for long, or running without a sign of life. Gives how many."""
    limit = timezone.now() - dt.timedelta(seconds=settings.JOB_STALE_SECONDS)
    with transaction.atomic():
        # a row that a living worker's chunk holds is skipped
        spent = Job.objects.select_for_update(skip_locked=True).filter(
            state=JobState.RUNNING, heartbeat_at__lt=limit, attempt__gte=settings.JOB_MAX_ATTEMPTS
        )
        Job.objects.filter(pk__in=list(spent.values_list("pk", flat=True))).update(
            state=JobState.FAILED, finished_at=timezone.now(), error_text=_("Việc nền bị dừng nhiều lần.")
        )
    left = Job.objects.filter(
        Q(state=JobState.RUNNING, heartbeat_at__lt=limit)
        | Q(state=JobState.QUEUED, created_at__lt=limit)
        & (Q(heartbeat_at__isnull=True) | Q(heartbeat_at__lt=limit))
    )
    ids = list(left.values_list("pk", flat=True))
    Job.objects.filter(pk__in=ids, state=JobState.QUEUED).update(heartbeat_at=timezone.now())
    for job_id in ids:
        _hand_over(job_id)
    return len(ids)


def _hand_over(job_id: int) -> None:
    """Tell a worker; where the broker does not answer the job waits in its table, and the sweeper hands it over later."""
    try:
        signature("core.run_job", args=[job_id]).apply_async()
    except BrokerLost:
        logger.exception("job %s waits: the broker does not answer", job_id)


def _take_up(job_id: int) -> Job | None:
    stale = timezone.now() - dt.timedelta(seconds=settings.JOB_STALE_SECONDS)
    free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, heartbeat_at__lt=stale)
    with transaction.atomic():
        # a row that a living worker's chunk holds is skipped
        if Job.objects.select_for_update(skip_locked=True).filter(free, pk=job_id).first() is None:
            return None
        Job.objects.filter(pk=job_id).update(
            state=JobState.RUNNING,
            attempt=F("attempt") + 1,
            heartbeat_at=timezone.now(),
            started_at=timezone.now(),
        )
    return Job.objects.get(pk=job_id)


def _finish(run: JobRun, state: JobState, error_text: str = "") -> None:
    with run.fenced():
        Job.objects.filter(pk=run.job.pk, attempt=run.job.attempt, state=JobState.RUNNING).update(
            state=state,
            error_text=error_text,
            result=run.result,
            result_file=run.result_file,
            finished_at=timezone.now(),
            heartbeat_at=timezone.now(),
        )


def _note_traceback(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(result={"traceback": discreet(traceback.format_exc())[-4000:]})
