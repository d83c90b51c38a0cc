"""The ground that the other tests stand on."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.db.utils import ProgrammingError
from django.utils import timezone

from ops.ports import answers_http
from tests.infrastructure.databases import Cleaner, owner_connection
from tests.infrastructure.programs import Worker


def add_session(key: str = "k" * 32) -> None:
    Session.objects.create(session_key=key, session_data="", expire_date=timezone.now())


@pytest.mark.django_db
def test_tests_work_as_the_role_that_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user::text, (SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner "
            "WHERE r.rolname = current_user), has_schema_privilege('public', 'CREATE')"
        )
        assert cursor.fetchone() == (settings.DATABASES["default"]["USER"], 0, False)
        with pytest.raises(ProgrammingError, match="permission denied"):
            cursor.execute("TRUNCATE django_session")


class TestCommittedRows:
    def test_are_seen_from_outside(self, committed_db: None) -> None:
        add_session()
        with owner_connection() as other, other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_session")
            assert cursor.fetchone() == (1,)
        other.close()

    def test_are_gone_afterwards(self, committed_db: None) -> None:
        assert Session.objects.count() == 0

    def test_reference_data_changed_by_a_test_is_named(self, committed_db: None, cleaner: Cleaner) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute("UPDATE django_content_type SET app_label = app_label || 'x'")
        with pytest.raises(AssertionError, match="django_content_type"):
            cleaner.clean()
        with connections["owner"].cursor() as cursor:
            cursor.execute("UPDATE django_content_type SET app_label = rtrim(app_label, 'x')")
        connections["owner"].close()


@pytest.mark.faults
def test_a_killed_worker_is_replaced(launch_worker: Callable[..., Worker]) -> None:
    first = launch_worker()
    first.kill()
    assert not first.child.is_running()
    assert launch_worker().child.is_running()


def test_the_web_server_answers_on_committed_rows(site: str) -> None:
    assert answers_http(int(site.rsplit(":", 1)[1]))
