"""Fixtures of every test.

`db` (of pytest-django): the test runs as role `app` inside a transaction that is taken back. For what needs real commits (a
worker, a browser, threads) `committed_db`: the rows are really there, and everything but reference data is emptied afterwards.
Not `django_db(transaction=True)`: it would empty the tables as `app`, which has no right to.

`.venv/bin/pytest tests/x` is enough: the embedded servers are started when no DATABASE_URL is given.
"""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from core.queries.calendar import working_calendar
from ops.system import find_chromium
from tests.infrastructure.databases import Cleaner, create_test_database
from tests.infrastructure.programs import SharedWorker, Site, Worker, start_site, start_worker
from tests.infrastructure.slots import Slot, take_slot
from tests.infrastructure.surroundings import (
    broker_and_database_servers,
    empty_broker,
    program_environment,
    use_slot,
)

# Playwright runs an event loop in the test's own thread; Django would refuse queries beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

SHARED_WORKER = pytest.StashKey[SharedWorker]()


def pytest_configure() -> None:
    """An empty folder of collected files: WhiteNoise warns when there is none.

    In this process it looks for a static file when one is asked for: every Client of a test would otherwise read them all first.
    """
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    settings.WHITENOISE_AUTOREFRESH = True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse what can't work, with the way that does; and start with what takes long, so that both processes end together."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and (
            marker.kwargs.get("transaction") or "transactional_db" in getattr(item, "fixturenames", ())
        ):
            raise pytest.UsageError(
                f"{item.nodeid}: use the fixture committed_db instead of transaction=True"
            )

    if os.environ.get("TOURS") == "one":
        walk_one_width(items)
    takes_long = ("browser", "faults", "scale", "tour")
    items.sort(key=lambda item: not any(item.get_closest_marker(name) for name in takes_long))
    # those that share a worker come together: any other test stops it
    items.sort(key=lambda item: not uses_shared_worker(item))


def walk_one_width(items: list[pytest.Item]) -> None:
    """Leave each tour one of its two widths, the laptop's and the phone's in turn; `make test-tours` walks both."""
    widths = ("laptop", "phone")
    kept: dict[str, str] = {}
    left, dropped = [], []
    for item in items:
        width = next(
            (part for part in item.name.rpartition("[")[2].rstrip("]").split("-") if part in widths), ""
        )
        if width and item.get_closest_marker("tour"):
            tour = item.nodeid.partition("[")[0]
            is_kept = kept.setdefault(tour, widths[len(kept) % 2]) == width
            (left if is_kept else dropped).append(item)
        else:
            left.append(item)
    if dropped:
        items[0].config.hook.pytest_deselected(items=dropped)
        items[:] = left


def pytest_collection_finish() -> None:
    """Code and thousands of collected tests stay to the end: the garbage collector need not walk over them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def uses_shared_worker(item: pytest.Item) -> bool:
    return "celery_worker_process" in getattr(item, "fixturenames", ())


def pytest_runtest_setup(item: pytest.Item) -> None:
    """No worker takes the tasks of a test that did not ask for one."""
    shared = item.session.stash.get(SHARED_WORKER, None)
    if shared is not None and not uses_shared_worker(item):
        shared.stop()


@pytest.fixture(scope="session", autouse=True)
def _counts_ask_no_calendar() -> Iterator[None]:
    """The calendar is kept for a minute: one that runs out while a test counts would be a query that nobody asked for."""
    counting = CaptureQueriesContext.__enter__

    def count(self: CaptureQueriesContext) -> CaptureQueriesContext:
        cache.delete("calendar")
        working_calendar()
        return counting(self)

    CaptureQueriesContext.__enter__ = count  # type: ignore[method-assign]
    yield
    CaptureQueriesContext.__enter__ = counting  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def slot() -> Iterator[Slot]:
    taken = take_slot()
    yield taken
    taken.lock.close()


@pytest.fixture(scope="session")
def session_environment(slot: Slot) -> Iterator[dict[str, str]]:
    """The environment of this session's programs: its own database, broker number and folder of stored files."""
    with broker_and_database_servers() as broker:
        yield program_environment(slot, broker)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    session_environment: dict[str, str],
    slot: Slot,
) -> Iterator[None]:
    """Instead of pytest-django's own: the session's database, made as `owner`, used as `app`."""
    use_slot(slot, session_environment)
    for alias in ("default", "owner"):
        # Committed rows of a test need not survive a power cut. fsync itself stays on.
        options = connections[alias].settings_dict.setdefault("OPTIONS", {})
        options["options"] = "-c synchronous_commit=off"
    with django_db_blocker.unblock():
        create_test_database(slot.database)
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture(scope="session")
def cleaner(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Cleaner:
    with django_db_blocker.unblock():
        return Cleaner.of_fresh_database()


@pytest.fixture
def committed_db(
    cleaner: Cleaner, django_db_blocker: DjangoDbBlocker, session_environment: dict[str, str]
) -> Iterator[None]:
    """Real commits, seen by other processes and threads; tables, broker and cache are emptied afterwards."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()
        empty_broker(session_environment["BROKER_URL"])
        cleaner.clean()


@pytest.fixture
def launch_worker(
    committed_db: None, session_environment: dict[str, str], tmp_path: Path
) -> Iterator[Callable[..., Worker]]:
    """Start Celery workers to be killed, stopped and started again by the test; what is left is stopped at its end."""
    started: list[Worker] = []

    def launch(concurrency: int = 1) -> Worker:
        worker = start_worker(session_environment, log_folder=tmp_path, concurrency=concurrency)
        started.append(worker)
        return worker

    yield launch
    for worker in started:
        worker.stop()


@pytest.fixture(scope="session")
def _worker_of_session(
    request: pytest.FixtureRequest,
    cleaner: Cleaner,
    session_environment: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[SharedWorker]:
    shared = SharedWorker(session_environment, tmp_path_factory.mktemp("worker"))
    request.session.stash[SHARED_WORKER] = shared
    yield shared
    shared.stop()


@pytest.fixture
def celery_worker_process(committed_db: None, _worker_of_session: SharedWorker) -> Iterator[Worker]:
    """One running Celery worker that does the background jobs of this test, and is idle before the tables are emptied.

    The next test may get the same one, so a test that stops or kills workers takes `launch_worker`.
    """
    yield _worker_of_session.running()
    _worker_of_session.finish_tasks()


@pytest.fixture(scope="session")
def _site_of_session(
    cleaner: Cleaner, session_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    site = start_site(session_environment, log_folder=tmp_path_factory.mktemp("site"))
    yield site
    site.stop()


@pytest.fixture
def site(committed_db: None, _site_of_session: Site) -> str:
    """Address of a running web server (gunicorn, DEBUG off) on the test's committed rows, such as http://127.0.0.1:40001."""
    return str(_site_of_session)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """For pytest-playwright: the system's Chromium, with its habits of calling home switched off."""
    chromium = find_chromium()
    if chromium is None:
        raise pytest.UsageError("No Chromium found. Run:  python3 bootstrap.py --test")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": chromium, "args": [*quiet, "--disable-sync"]}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Instead of pytest-playwright's own, whose form pytest 9 warns about; tests write `site` before their paths."""


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """An officer's screen."""
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1366, "height": 768},
    }
