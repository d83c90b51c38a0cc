"""The figures' tests stand on a small demo province: random data in every state, made once per module."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from accounts.models import User
from benchmarks.million import make_million
from tests.infrastructure.databases import Cleaner

BACKEND = "django.contrib.auth.backends.ModelBackend"
PEOPLE = 800


@pytest.fixture(scope="module")
def province(
    cleaner: Cleaner, django_db_blocker: DjangoDbBlocker, session_environment: dict[str, str]
) -> Iterator[None]:
    """About 800 people in 60 lists, committed; emptied again after the module."""
    with django_db_blocker.unblock():
        with override_settings(DEMO=True):
            call_command("seed_demo", "--people", str(PEOPLE), "--uploads", "0", verbosity=0)
        yield
        connections.close_all()
        cleaner.clean()


@pytest.fixture(scope="module")
def two_programmes(
    cleaner: Cleaner, django_db_blocker: DjangoDbBlocker, session_environment: dict[str, str]
) -> Iterator[None]:
    """The same people twice: of free workers, and of those whose contract is suspended, of whom some are the department's own."""
    with django_db_blocker.unblock():
        with override_settings(DEMO=True):
            make_million(2 * PEOPLE, first=PEOPLE)
        with connections["owner"].cursor() as cursor:
            for table in ("case", "caselist"):
                cursor.execute(f"ALTER TABLE support_programs_{table} DISABLE TRIGGER USER")
            cursor.execute(
                "UPDATE support_programs_case SET area_code = '89' WHERE case_list_id = (SELECT min(id) FROM"
                " support_programs_caselist WHERE programme_id = 'TAM_HOAN' AND status = 'at_district') RETURNING case_list_id"
            )
            own = cursor.fetchall()[0][0]
            cursor.execute("UPDATE support_programs_caselist SET area_code = '89' WHERE id = %s", [own])
            for table in ("case", "caselist"):
                cursor.execute(f"ALTER TABLE support_programs_{table} ENABLE TRIGGER USER")
            cursor.execute("SELECT rebuild_figures()")
        yield
        connections.close_all()
        cleaner.clean()


def person(username: str) -> User:
    """Somebody of the demo."""
    return User.objects.get(username=username)


def browser_of(username: str) -> Client:
    """A signed-in browser of somebody of the demo."""
    client = Client()
    client.force_login(person(username), backend=BACKEND)
    return client
