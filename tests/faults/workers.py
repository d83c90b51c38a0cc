"""Of all tests that kill: rows that another session holds, jobs delivered again, workers that die when they are told to."""

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg2
from django.conf import settings
from django.db import connections
from django.utils import timezone

from core.enums import JobState
from core.models import Job
from core.services.jobs import sweep_jobs
from ops.children import wait_until

KILL_POINTS: Final = Path(__file__).parent / "kill_points"


@contextmanager
def other_session(alias: str = "default") -> Iterator[Any]:
    """A cursor of another session, in a transaction that is taken back."""
    found: dict[str, Any] = connections[alias].settings_dict
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    link = psycopg2.connect(**{name: found[key] for name, key in names.items()})
    with closing(link), link.cursor() as cursor:
        yield cursor
        link.rollback()


@contextmanager
def held(sql: str, *params: object) -> Iterator[None]:
    """Rows that another session holds until the block ends."""
    with other_session() as cursor:
        cursor.execute(sql, params)
        yield


def happens(is_so: Callable[[], bool], seconds: float = 60) -> None:
    assert wait_until(is_so, seconds=seconds), "it did not happen in time"


def half_written() -> set[Path]:
    """Files whose writer died over them; those of earlier tests of the session are among them."""
    return set(Path(settings.STORAGE_DIR).rglob("*.part"))


def is_waiting_for_a_lock() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return bool(cursor.fetchone()[0])


def time_passes(job_id: int) -> None:
    """As if nobody had heard of this job for a while."""
    moment = timezone.now() - dt.timedelta(minutes=5)
    Job.objects.filter(pk=job_id).update(heartbeat_at=moment, created_at=moment)


def finished(job_id: int) -> Job:
    """The job once it has come to an end, whatever end."""
    happens(lambda: Job.objects.get(pk=job_id).state not in JobState.unfinished())
    return Job.objects.get(pk=job_id)


def swept(job_id: int) -> Job:
    """The sweeper hands the job to whoever works now; gives it when it has ended."""
    time_passes(job_id)
    assert sweep_jobs() >= 1
    return finished(job_id)


def dying_at_sync(environment: Mapping[str, str], number: int) -> dict[str, str]:
    """The environment of a worker that is killed in the middle of its `number`-th file."""
    path = os.pathsep.join(filter(None, [str(KILL_POINTS), environment.get("PYTHONPATH", "")]))
    return {**environment, "PYTHONPATH": path, "KILL_AT_FSYNC": str(number)}
