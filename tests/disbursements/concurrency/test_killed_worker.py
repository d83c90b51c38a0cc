"""A worker killed while it puts a batch together, or just after: started again it ends in the same state (F3, F6)."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg2
import pytest
from django.db import connections
from django.utils import timezone

from core.enums import JobState
from core.models import Event, Job
from core.services.jobs import run_job, sweep_jobs
from disbursements.models import Batch, PaymentInstruction
from disbursements.services.requests import request_batch
from ops.children import wait_until
from support_programs.models import Entitlement
from tests.factories.payments import AMOUNT, ApprovedList, payable_list, request_for
from tests.infrastructure.programs import Worker

pytestmark = pytest.mark.faults
PEOPLE = 200


@contextmanager
def locked(sql: str, *params: object) -> Iterator[None]:
    """Rows that another session holds until the block ends."""
    settings: dict[str, Any] = connections["default"].settings_dict
    link = psycopg2.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname=settings["NAME"],
    )
    with closing(link), link.cursor() as cursor:
        cursor.execute(sql, params)
        yield
        link.rollback()


def happens(is_so: Callable[[], bool]) -> None:
    assert wait_until(is_so, seconds=30), "it did not happen in time"


def is_waiting_for_a_lock() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return bool(cursor.fetchone()[0])


def deliver_again(batch: Batch) -> None:
    """As if the killed worker had not been heard of for a while: the sweeper hands its jobs over."""
    unfinished = Job.objects.filter(state__in=JobState.unfinished())
    unfinished.update(
        heartbeat_at=timezone.now() - dt.timedelta(minutes=5),
        created_at=timezone.now() - dt.timedelta(minutes=5),
    )
    assert sweep_jobs() >= 1
    happens(lambda: Job.objects.get(pk=batch.job_id).state == JobState.DONE)


def assert_built_once(batch: Batch) -> None:
    batch.refresh_from_db()
    lines = PaymentInstruction.objects.filter(batch=batch)
    assert (batch.status, batch.line_count, batch.total_amount) == ("prepared", PEOPLE, PEOPLE * AMOUNT)
    assert lines.values("entitlement").distinct().count() == lines.count() == PEOPLE
    assert Entitlement.objects.filter(status="committed").count() == PEOPLE
    assert Event.objects.filter(action="entitlement.commit").count() == PEOPLE
    assert Event.objects.filter(action="batch.prepare").count() == 1


def ask(made: ApprovedList) -> Batch:
    return request_batch(actor=made.staff.accountant, request=request_for())


def test_killed_before_the_commit(launch_worker: Callable[..., Worker]) -> None:
    made = payable_list(PEOPLE)
    last = made.entitlements[-1]
    worker = launch_worker()
    with locked("SELECT 1 FROM support_programs_entitlement WHERE id = %s FOR UPDATE", last.pk):
        batch = ask(made)
        happens(is_waiting_for_a_lock)
        worker.kill()
    assert not PaymentInstruction.objects.exists(), "nothing half done"
    assert Batch.objects.get().status == "preparing"
    launch_worker()
    deliver_again(batch)
    assert_built_once(batch)


def test_killed_after_the_commit_before_it_could_say_so(launch_worker: Callable[..., Worker]) -> None:
    made = payable_list(PEOPLE)
    last = made.entitlements[-1]
    worker = launch_worker()
    with locked("SELECT 1 FROM support_programs_entitlement WHERE id = %s FOR UPDATE", last.pk):
        batch = ask(made)
        happens(is_waiting_for_a_lock)
        # lets the build's chunk through (it holds the row lightly), not the update that ends the job
        hold = locked("SELECT 1 FROM core_job WHERE id = %s FOR NO KEY UPDATE", batch.job_id)
        hold.__enter__()
    happens(lambda: Batch.objects.get(pk=batch.pk).status == "prepared")
    worker.kill()
    hold.__exit__(None, None, None)
    assert Job.objects.get(pk=batch.job_id).state == JobState.RUNNING
    launch_worker()
    deliver_again(batch)
    assert_built_once(batch)
    for _ in range(3):
        run_job(batch.job_id or 0)
    assert_built_once(batch)
