"""F3: SIGKILL in the middle of writing a file, and a task that is delivered three times more: each file once, the same bytes."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
import redis
from celery import signature
from django.conf import settings
from django.db import transaction

from core import crypto
from core.enums import JobState
from core.models import Event, Job, StoredFile
from core.services.files import read_file
from disbursements.models import PaymentFile, PaymentInstruction
from disbursements.services.requests import request_batch
from tests.factories.payments import payable_list, request_for
from tests.faults.workers import dying_at_sync, half_written, happens, swept
from tests.infrastructure.programs import Worker, start_worker

pytestmark = pytest.mark.faults
PEOPLE = 30


@pytest.fixture
def doomed_worker(
    committed_db: None, session_environment: Mapping[str, str], tmp_path: Path
) -> Iterator[Callable[[int], Worker]]:
    """Start a worker that dies, with its pool, in the middle of the n-th file that it writes."""
    started: list[Worker] = []

    def start(number: int) -> Worker:
        started.append(start_worker(dying_at_sync(session_environment, number), log_folder=tmp_path))
        return started[-1]

    yield start
    for worker in started:
        worker.stop()


def test_killed_in_the_middle_of_the_second_file(
    doomed_worker: Callable[[int], Worker], launch_worker: Callable[..., Worker]
) -> None:
    made = payable_list(PEOPLE)
    before = half_written()
    worker = doomed_worker(2)
    batch = request_batch(actor=made.staff.accountant, request=request_for())
    happens(lambda: not worker.child.is_running())
    # the task that died with its worker stays untold; the sweeper hands the job over long before the broker would
    _waiting, left = queued()
    batch.refresh_from_db()
    assert (batch.status, batch.line_count) == ("prepared", PEOPLE)
    first = PaymentFile.objects.get(batch=batch)
    (half,) = half_written() - before
    with pytest.raises(crypto.UnreadableValueError):
        crypto.decrypt_bytes("file", half.read_bytes())
    job = Job.objects.get(idempotency_key=f"files:{batch.pk}:draft")
    assert job.state == JobState.RUNNING

    launch_worker()
    assert swept(job.pk).state == JobState.DONE
    files = list(PaymentFile.objects.filter(batch=batch).order_by("pk").select_related("file"))
    assert files[0].pk == first.pk, "the file that was there is not written again"
    assert len({(file.kind, file.part) for file in files}) == len(files) == 2
    assert [hashlib.sha256(read_file(file.file)).hexdigest() for file in files] == [f.sha256 for f in files]
    # what the first worker had written of the second file is the beginning of nothing that anybody reads
    assert not StoredFile.objects.filter(path__endswith=".part").exists()

    for _delivery in range(3):
        with transaction.atomic():
            transaction.on_commit(lambda: signature("core.run_job", args=[job.pk]).apply_async())
            transaction.on_commit(lambda: signature("core.run_job", args=[batch.job_id]).apply_async())
    happens(lambda: queued() == (0, left))
    assert PaymentInstruction.objects.filter(batch=batch).count() == PEOPLE
    again = list(PaymentFile.objects.filter(batch=batch).order_by("pk").values_list("pk", "sha256"))
    assert again == [(file.pk, file.sha256) for file in files]
    assert Event.objects.filter(action="batch.file_made").count() == 2
    assert Event.objects.filter(action="batch.prepare").count() == 1


def queued() -> tuple[int, int]:
    """Tasks that wait, and tasks that somebody took and did not say to have done."""
    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as broker:
        return int(broker.llen("celery")), int(broker.hlen("unacked"))
