"""Only officers of the commune and of its district work on its lists, also when nobody asks a page."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from accounts.models import User
from beneficiaries.enums import ImportState
from beneficiaries.models import ImportRow, ListImport, Person
from beneficiaries.services.imports import corrections, mappings, uploads
from beneficiaries.services.imports.commits import start_commit
from core.services.jobs import run_job
from tests.beneficiaries.lists import brought, person, use_profile, workbook
from tests.factories.people import COMMUNE, OUTSIDE_COMMUNE, promoted, user

pytestmark = pytest.mark.django_db

Work = Callable[[ListImport, User], object]
WORKS: list[Work] = [
    lambda item, actor: corrections.correct_row(
        list_import=item, row_number=2, fixes={"full_name": "Khác"}, actor=actor
    ),
    lambda item, actor: corrections.accept_warnings(list_import=item, actor=actor),
    lambda item, actor: corrections.set_rows_aside(list_import=item, row_numbers=[2], actor=actor),
    lambda item, actor: corrections.take_rows_back(list_import=item, row_numbers=[2], actor=actor),
    lambda item, actor: corrections.apply_suggestions(list_import=item, code="ID_BAD_LENGTH", actor=actor),
    lambda item, actor: mappings.match_columns(list_import=item, columns=item.columns, actor=actor),
    lambda item, actor: uploads.cancel_import(list_import=item, actor=actor),
    lambda item, actor: uploads.restart_check(list_import=item, actor=actor),
    lambda item, actor: start_commit(list_import=item, actor=actor),
]


@pytest.fixture
def officer() -> User:
    use_profile()
    return user(Role.COMMUNE_OFFICER)


@pytest.fixture
def checked(officer: User) -> ListImport:
    return brought(workbook(person("Nguyễn Văn An", "089085000111")), officer)


@pytest.mark.parametrize("work", WORKS)
def test_an_outsider_a_reader_and_a_closed_account_do_nothing(checked: ListImport, work: Work) -> None:
    closed = user(Role.COMMUNE_OFFICER)
    closed.is_active = False
    for stranger in (
        user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE),
        user(Role.AUDITOR, area=COMMUNE),
        closed,
    ):
        with pytest.raises(PermissionDenied):
            work(checked, stranger)
    checked.refresh_from_db()
    assert (checked.state, checked.version) == (ImportState.CHECKED, 1)
    row = ImportRow.objects.get()
    assert (row.full_name, row.state) == ("Nguyễn Văn An", "staged")


def test_who_was_moved_before_the_worker_came_takes_nobody_in(checked: ListImport, officer: User) -> None:
    job = start_commit(list_import=checked, actor=officer, is_background=False)
    promoted(officer, area=OUTSIDE_COMMUNE)
    run_job(job.pk)
    job.refresh_from_db()
    checked.refresh_from_db()
    assert "không còn nhập danh sách cho xã" in job.error_text
    assert (job.state, checked.state, Person.objects.count()) == ("failed", ImportState.CHECKED, 0)
