"""Chunks on their way to the database while the next ones are judged: two processors work instead of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Final

from django.db import connections

ALIAS: Final = "default"


class BackgroundWriter:
    """Runs one write at a time in a thread of its own, on this thread's connection.

    Between `write` and the next `wait` this thread must not touch the database: a connection serves one of them.
    """

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._connection = connections[ALIAS]
        self._running: Future[None] | None = None

    def write(self, work: Callable[[], Any]) -> None:
        """Start a write after the one before has ended; raises what that one raised."""
        self.wait()
        self._running = self._pool.submit(self._run, work)

    def wait(self) -> None:
        """Until the last write has ended; raises what it raised."""
        running, self._running = self._running, None
        if running is not None:
            running.result()

    def _run(self, work: Callable[[], Any]) -> None:
        connections[ALIAS] = self._connection
        try:
            work()
        finally:
            del connections[ALIAS]


@contextmanager
def background_writer() -> Iterator[BackgroundWriter]:
    """A writer that has ended its last write when the block ends, whatever ends it."""
    connection = connections[ALIAS]
    connection.inc_thread_sharing()
    try:
        with ThreadPoolExecutor(max_workers=1) as pool:
            writer = BackgroundWriter(pool)
            yield writer
            writer.wait()
    finally:
        connection.dec_thread_sharing()
