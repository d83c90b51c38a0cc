"""The area fence: settings of one transaction, and the range that `visible_to` filters by."""

import pytest
from django.db import connection, transaction

from accounts.enums import Role
from core.fence import fenced
from core.models import Job
from tests.factories.people import DISTRICT, user


def _scope() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.area_lo', true)")
        return cursor.fetchone()[0]


@pytest.mark.usefixtures("committed_db")
def test_is_gone_after_its_block() -> None:
    with fenced(7, DISTRICT):
        assert _scope() == DISTRICT
    with transaction.atomic():
        assert not _scope()


@pytest.mark.django_db
def test_without_an_area_or_a_role_nothing_is_visible() -> None:
    job = Job.objects.create(reference="CV-2021-1", area_code=DISTRICT, kind="x")
    assert not Job.objects.in_area("").exists()
    assert not Job.objects.visible_to(user(area="")).exists()
    assert not Job.objects.visible_to(user(Role.ADMINISTRATOR)).exists()
    assert not Job.objects.visible_to(user(Role.ACCOUNTANT, area="89889")).exists()
    assert Job.objects.visible_to(user(Role.AUDITOR)).get() == job
