"""Background jobs: started once, resumed after a killed worker, cancelled on demand."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from accounts.enums import Role
from core.enums import JobState
from core.models import Event, Job
from core.services import jobs
from core.services.jobs import (
    JobCancelled,
    JobLost,
    JobRefused,
    JobRun,
    cancel_job,
    run_job,
    start_job,
    sweep_jobs,
)
from tests.factories.people import DISTRICT, user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Handlers of this file only, and no broker: what is handed over is looked at, not run."""
    monkeypatch.setattr(
        jobs, "_handlers", {"count": _count, "refuse": _refuse, "break": _break, "late": _late}
    )


def _count(run: JobRun) -> None:
    for done in range(run.params["chunks"]):
        with run.fenced():
            Job.objects.filter(pk=run.job.pk).update(result={"scope": _scope()})
        run.progress(done + 1, run.params["chunks"])
    run.result["counted"] = run.params["chunks"]


def _refuse(run: JobRun) -> None:
    raise JobRefused("Tệp này trống.")


def _break(run: JobRun) -> None:
    raise ZeroDivisionError


def _late(run: JobRun) -> None:
    """Between the last chunk and the end another worker takes the job over."""
    Job.objects.filter(pk=run.job.pk).update(attempt=run.job.attempt + 1)
    if run.params.get("breaks"):
        raise ZeroDivisionError


def _scope() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.area_lo', true)")
        return str(cursor.fetchone()[0])


def _queued(kind: str = "count", **params: object) -> Job:
    return start_job(kind, params={"chunks": 2, **params}, actor=user(Role.ACCOUNTANT))


def test_runs_in_the_scope_of_who_ordered_it() -> None:
    job = _queued()
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.progress_done, job.result, job.percent) == (JobState.DONE, 2, {"counted": 2}, 100)
    assert job.area_code == DISTRICT
    assert Event.objects.get(action="job.started").object_ref == job.reference


def test_gives_the_same_job_for_the_same_key() -> None:
    actor = user(Role.ACCOUNTANT)
    first = start_job("count", params={"chunks": 1}, actor=actor, idempotency_key="k")
    assert start_job("count", params={"chunks": 1}, actor=actor, idempotency_key="k") == first
    assert Job.objects.count() == 1


def test_reaches_no_further_than_its_owner() -> None:
    with pytest.raises(ValueError, match="beyond"):
        start_job("count", params={}, actor=user(Role.ACCOUNTANT), area_code="89889")


def test_shows_the_refusal_to_the_officer() -> None:
    job = _queued("refuse")
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error_text) == (JobState.FAILED, "Tệp này trống.")


def test_keeps_the_trace_of_a_fault_from_the_officer() -> None:
    job = _queued("break")
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.reference in job.error_text
    assert "ZeroDivisionError" in job.result["traceback"]


def test_does_nothing_a_second_time() -> None:
    job = _queued()
    run_job(job.pk)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.DONE, 1)


def test_a_queued_job_is_cancelled_at_once() -> None:
    job = _queued()
    cancel_job(job, actor=user(Role.ACCOUNTANT))
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.CANCELLED, 0)


def _running(age: int, attempt: int = 1) -> Job:
    job = _queued()
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, attempt=attempt, heartbeat_at=timezone.now() - dt.timedelta(seconds=age)
    )
    job.refresh_from_db()
    return job


def test_a_running_job_stops_at_its_next_chunk() -> None:
    job = _running(age=0)
    cancel_job(job, actor=user(Role.ACCOUNTANT))
    with pytest.raises(JobCancelled):
        JobRun(job).progress(1, 2)


def test_a_worker_whose_job_was_taken_over_writes_nothing() -> None:
    job = _running(age=600)
    run_job(job.pk)
    with pytest.raises(JobLost), JobRun(job).fenced():
        pytest.fail("the block must not be entered")


@pytest.mark.parametrize("breaks", [False, True])
def test_a_job_taken_over_before_its_end_is_left_to_the_other_worker(breaks: bool) -> None:
    job = _queued("late", breaks=breaks)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.result) == (JobState.RUNNING, 2, {})


def test_leaves_a_tended_job_alone() -> None:
    job = _running(age=0)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.RUNNING, 1)


def test_the_sweeper_finds_what_nobody_tends() -> None:
    stale, fresh = _running(age=600), _running(age=0)
    assert sweep_jobs() == 1
    assert run_job(stale.pk) is None
    stale.refresh_from_db()
    fresh.refresh_from_db()
    assert (stale.state, stale.attempt, fresh.attempt) == (JobState.DONE, 2, 1)


def test_gives_up_after_many_attempts() -> None:
    job = _running(age=600, attempt=5)
    sweep_jobs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
