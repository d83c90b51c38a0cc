"""The project's own programs as the tests run them: real processes on the session's database and broker."""

import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import redis

from ops.children import Child, last_lines, start_child, wait_until
from ops.ports import LOOPBACK, answers_http, free_port
from tests.infrastructure.slots import ROOT

SECONDS_TO_START = 180.0
SECONDS_TO_FINISH = 10.0


@dataclass(frozen=True, slots=True)
class Worker:
    """A Celery worker process that listens to the session's broker number."""

    child: Child

    @property
    def pid(self) -> int:
        return self.child.popen.pid

    def kill(self) -> None:
        """SIGKILL to the worker and its pool, as a power cut would: nothing is given back or cleaned up."""
        self.child.kill_session()
        self.child.popen.wait()

    def stop(self) -> None:
        self.child.stop([(signal.SIGTERM, 10), (signal.SIGQUIT, 3)])

    def output(self) -> str:
        return last_lines(self.child.log, 40)


@dataclass(slots=True)
class SharedWorker:
    """The worker of all those tests that only need one running: to start it anew takes longer than many a test."""

    environment: Mapping[str, str]
    log_folder: Path
    _worker: Worker | None = field(default=None, init=False)

    def running(self) -> Worker:
        """The worker, started when there is none."""
        if self._worker is None or not self._worker.child.is_running():
            self._worker = start_worker(self.environment, log_folder=self.log_folder)
        return self._worker

    def finish_tasks(self) -> None:
        """Return when nothing is queued or being done. A worker that does not come to rest is stopped, as at the end."""
        with redis.Redis.from_url(self.environment["BROKER_URL"]) as broker:
            # tasks are acknowledged late: one that is being done is still among the unacknowledged
            is_idle = wait_until(
                lambda: not broker.exists("celery", "unacked"), seconds=SECONDS_TO_FINISH, step=0.02
            )
        if not is_idle:
            self.stop()

    def stop(self) -> None:
        if self._worker is not None:
            self._worker.stop()
            self._worker = None


@dataclass(frozen=True, slots=True)
class Site:
    """A web server process. `str(site)` is its address without a slash at the end."""

    child: Child
    port: int

    def __str__(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def stop(self) -> None:
        self.child.stop([(signal.SIGTERM, 5), (signal.SIGQUIT, 3)])


def start_worker(environment: Mapping[str, str], *, log_folder: Path, concurrency: int = 1) -> Worker:
    """Start a worker and wait until it takes tasks."""
    with redis.Redis.from_url(environment["BROKER_URL"]) as broker:
        listeners = _waiting_clients(broker)
        child = start_child(
            "worker",
            [
                *(sys.executable, "-m", "celery", "-A", "config", "worker", "--loglevel", "INFO"),
                *(
                    "--concurrency",
                    str(concurrency),
                    "--without-gossip",
                    "--without-mingle",
                    "--without-heartbeat",
                ),
            ],
            log=log_folder / "worker.log",
            folder=ROOT,
            environment=environment,
        )
        wait_until(
            lambda: not child.is_running() or _waiting_clients(broker) > listeners, seconds=SECONDS_TO_START
        )
    if not child.is_running():
        raise RuntimeError(f"the worker did not start:\n{last_lines(child.log, 40)}")
    return Worker(child)


def _waiting_clients(broker: "redis.Redis[bytes]") -> int:
    """Workers that wait for a task on this broker number (blocked in BRPOP)."""
    number = broker.connection_pool.connection_kwargs.get("db", 0)
    clients = broker.client_list()
    return sum(1 for client in clients if client["cmd"] == "brpop" and int(client["db"]) == number)


def start_site(environment: Mapping[str, str], *, log_folder: Path) -> Site:
    """Start gunicorn as in production, DEBUG off, and wait until it answers."""
    port = free_port()
    child = start_child(
        "web",
        [
            *(sys.executable, "-m", "gunicorn", "config.wsgi", "--worker-class", "gthread", "--workers", "1"),
            *(
                "--threads",
                "8",
                "--bind",
                f"{LOOPBACK}:{port}",
                "--graceful-timeout",
                "3",
                "--no-control-socket",
            ),
        ],
        log=log_folder / "web.log",
        folder=ROOT,
        environment=environment,
    )
    site = Site(child=child, port=port)
    wait_until(lambda: not child.is_running() or answers_http(port), seconds=SECONDS_TO_START, step=0.1)
    if not child.is_running():
        raise RuntimeError(f"the web server did not start:\n{last_lines(child.log, 40)}")
    return site
