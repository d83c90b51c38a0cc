"""A worker killed while it writes the files of a batch: the next one writes what is missing, with the same bytes (F3)."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone

from core.enums import JobState
from core.models import Job
from core.services.files import read_file
from core.services.jobs import run_job, sweep_jobs
from disbursements.models import Batch, PaymentFile
from disbursements.services.file_plan import planned_files
from disbursements.services.rendering import start_rendering
from ops.children import wait_until
from tests.factories.payments import ApprovedList, payable_list, released_batch
from tests.infrastructure.programs import Worker

pytestmark = pytest.mark.faults


@contextmanager
def held() -> Iterator[None]:
    """The table of files in the hands of another session: a file's record can't be written meanwhile, its bytes can."""
    found: dict[str, Any] = connections["default"].settings_dict
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    link = psycopg2.connect(**{name: found[key] for name, key in names.items()})
    with closing(link), link.cursor() as cursor:
        cursor.execute("LOCK TABLE disbursements_paymentfile IN SHARE MODE")
        yield
        link.rollback()


def happens(is_so: Callable[[], bool]) -> None:
    assert wait_until(is_so, seconds=30), "it did not happen in time"


def is_waiting() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return bool(cursor.fetchone()[0])


def finals(batch: Batch) -> dict[tuple[str, str], str]:
    found = PaymentFile.objects.filter(batch=batch, is_draft=False).select_related("file")
    return {(f.kind, f.part): hashlib.sha256(read_file(f.file)).hexdigest() for f in found}


def expected(batch: Batch) -> dict[tuple[str, str], str]:
    """What an undisturbed worker writes."""
    return {
        file.key: hashlib.sha256(file.write(lambda: None)).hexdigest()
        for file in planned_files(batch, is_draft=False)
    }


def taken_up_again(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(
        heartbeat_at=timezone.now() - dt.timedelta(minutes=5),
        created_at=timezone.now() - dt.timedelta(minutes=5),
    )
    assert sweep_jobs() >= 1
    happens(lambda: Job.objects.get(pk=job.pk).state == JobState.DONE)


@pytest.fixture
def made(committed_db: None) -> ApprovedList:
    return payable_list(30)


def test_killed_between_the_bytes_and_their_record(
    made: ApprovedList, launch_worker: Callable[..., Worker]
) -> None:
    batch = released_batch(made)
    Job.objects.filter(state__in=JobState.unfinished()).update(state=JobState.CANCELLED)
    worker = launch_worker()
    with held():
        job = start_rendering(batch=batch, actor=made.staff.approver, is_draft=False, repetition=1)
        happens(is_waiting)
        worker.kill()
    assert finals(batch) == {}, "no record of a half file"
    assert any(settings.STORAGE_DIR.rglob("*")), "bytes without a record do no harm"
    launch_worker()
    taken_up_again(job)
    assert finals(batch) == expected(batch)
    for _ in range(3):
        run_job(job.pk)
    assert PaymentFile.objects.filter(batch=batch, is_draft=False).count() == 2


def test_killed_after_the_first_file(made: ApprovedList, launch_worker: Callable[..., Worker]) -> None:
    batch = released_batch(made)
    Job.objects.filter(state__in=JobState.unfinished()).update(state=JobState.CANCELLED)
    worker = launch_worker()
    job = start_rendering(batch=batch, actor=made.staff.approver, is_draft=False, repetition=1)
    happens(lambda: PaymentFile.objects.filter(batch=batch, is_draft=False).count() == 1)
    first = PaymentFile.objects.get(batch=batch, is_draft=False)
    with held():
        happens(is_waiting)
        worker.kill()
    launch_worker()
    taken_up_again(job)
    assert finals(batch) == expected(batch)
    assert PaymentFile.objects.filter(pk=first.pk, sha256=first.sha256).exists(), (
        "the first file stays the same one"
    )
