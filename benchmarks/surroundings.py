"""The database of a benchmark run: like a test's, with commits as durable as in production."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from tests.infrastructure.databases import Cleaner, create_test_database
from tests.infrastructure.slots import take_slot
from tests.infrastructure.surroundings import broker_and_database_servers, program_environment, use_slot


@contextmanager
def own_database() -> Iterator[Cleaner]:
    """Work as `app` in a fresh database with reference data; the cleaner empties it between cases."""
    slot = take_slot()
    try:
        with broker_and_database_servers() as broker:
            use_slot(slot, program_environment(slot, broker))
            create_test_database(slot.database)
            yield Cleaner.of_fresh_database()
            connections.close_all()
    finally:
        slot.lock.close()
