"""Many people at the same moment: threads that each hold a connection before the gate opens."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from django.db import OperationalError, connection

from core.transitions import TransitionRefused

SECONDS_FOR_A_CONNECTION = 60.0
# django asks for its lock of signals and caches only once; beside each other fifty threads take a moment
SECONDS_AT_THE_GATE = 120.0


def at_once(work: Callable[[int], object], threads: int = 8) -> tuple[list[object], list[str]]:
    """Run `work(n)` in as many threads at the same moment; results, and the sentences of those refused.

    Another exception is an error of the test: all of them are raised together.
    """
    gate = threading.Barrier(threads, timeout=SECONDS_AT_THE_GATE)
    results: list[object] = []
    refusals: list[str] = []
    failures: list[Exception] = []

    def run(number: int) -> None:
        try:
            _connect()
            gate.wait()
            results.append(work(number))
        except TransitionRefused as refusal:
            refusals.append(str(refusal))
        except Exception as error:
            failures.append(error)
            gate.abort()
        finally:
            connection.close()

    workers = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if failures:
        raise ExceptionGroup("threads failed with something else than a refusal", failures)
    assert len(results) + len(refusals) == threads
    return results, refusals


def _connect() -> None:
    """Other test sessions may hold many of the server's connections for a moment."""
    end = time.monotonic() + SECONDS_FOR_A_CONNECTION
    while time.monotonic() < end:
        with suppress(OperationalError):
            connection.ensure_connection()
            return
        time.sleep(0.2)
    connection.ensure_connection()
