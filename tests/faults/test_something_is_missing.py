"""F5: the broker is lost, the database answers too slowly: nothing is half done, it is said, and the next try works."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, transaction

from config.celery import app
from core.enums import JobState
from core.models import Event, Job
from disbursements.models import BatchSignature, PaymentInstruction
from disbursements.queries.ledger_check import first_difference
from disbursements.services.batches import approve_batch
from disbursements.services.requests import request_batch
from ops.ports import free_port
from tests.factories.payments import payable_list, prepared_batch, request_for
from tests.faults.workers import held, swept
from tests.infrastructure.programs import Worker
from tests.invariants.whole import broken

pytestmark = pytest.mark.faults


@contextmanager
def broker_at(url: str) -> Iterator[None]:
    """This process's tasks go to another address."""
    before = app.conf.broker_url

    def lead(to: str) -> None:
        # connections are pooled by address: those of the other one stay for later
        app.conf.update(broker_url=to)
        app._pool = None
        app.amqp._producer_pool = None

    lead(url)
    try:
        yield
    finally:
        lead(before)


def test_the_broker_is_lost(
    committed_db: None, launch_worker: Callable[..., Worker], caplog: pytest.LogCaptureFixture
) -> None:
    made = payable_list(3)
    accountant = made.staff.accountant
    nobody = f"redis://127.0.0.1:{free_port()}/0"
    with broker_at(nobody), caplog.at_level(logging.ERROR, logger="core.services.jobs"):
        batch = request_batch(actor=accountant, request=request_for("lost"))
        assert request_batch(actor=accountant, request=request_for("lost")).pk == batch.pk
    assert "the broker does not answer" in caplog.text
    job = Job.objects.get(pk=batch.job_id)
    assert (batch.status, job.state, PaymentInstruction.objects.count()) == ("preparing", JobState.QUEUED, 0)
    launch_worker()
    assert swept(job.pk).state == JobState.DONE
    batch.refresh_from_db()
    assert (batch.status, batch.line_count) == ("prepared", 3)
    assert Event.objects.filter(action="batch.created").count() == 1


def test_the_database_answers_too_slowly(committed_db: None) -> None:
    """A statement that takes longer than it may falls with the whole step; the same step again works."""
    made = payable_list(3)
    batch = prepared_batch(made)

    def approve() -> None:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = '300ms'")
            approve_batch(actor=made.staff.approver, batch=batch)

    # signature, state and event are written when it comes to the job of its files
    with held("LOCK TABLE core_job IN EXCLUSIVE MODE"), pytest.raises(OperationalError, match="timeout"):
        approve()
    batch.refresh_from_db()
    assert (batch.status, BatchSignature.objects.count()) == ("prepared", 0)
    assert not Event.objects.filter(action__in=["batch.signed", "batch.approve"]).exists()
    assert (broken(), first_difference()) == ([], None)
    with transaction.atomic():
        approve_batch(actor=made.staff.approver, batch=batch)
    batch.refresh_from_db()
    assert batch.status == "approved"
