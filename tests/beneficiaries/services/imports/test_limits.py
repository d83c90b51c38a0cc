"""A constant number of queries whatever the length, nothing half done or twice, and clear words for what can't be."""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from beneficiaries.enums import RowState
from beneficiaries.models import ImportRow, Person
from beneficiaries.services.imports.commits import start_commit
from beneficiaries.services.imports.corrections import correct_row, set_rows_aside, take_rows_back
from beneficiaries.services.imports.refusals import ImportRefused
from beneficiaries.services.imports.uploads import cancel_import, upload_list
from core.services.jobs import run_job
from core.spreadsheets.reading import SpreadsheetRefused
from tests.beneficiaries.lists import (
    HEADER,
    PROFILE,
    brought,
    codes,
    committed,
    person,
    use_profile,
    workbook,
)
from tests.factories.people import COMMUNE, OTHER_COMMUNE, user

# openpyxl writes the time into a file: the same list is made once, to be the same file
FIXED: dict[tuple[int, int], bytes] = {}


@pytest.fixture(autouse=True)
def _profile() -> None:
    use_profile()


def people(count: int, first: int = 0) -> bytes:
    rows = [
        person(f"Nguyễn Văn {chr(65 + n)}", f"089085{first + n + 111:06d}", born=f"{1 + n:02d}/03/1985")
        for n in range(count)
    ]
    return FIXED.setdefault((count, first), workbook(*rows))


@pytest.mark.django_db
def test_check_and_commit_take_a_fixed_number_of_queries() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    committed(
        brought(people(1, 900), officer), officer
    )  # what is looked up once per process is looked up now
    counts = []
    for length in (1, 3, 25):
        list_import = upload_list(
            content=people(length, length * 100),
            name="x",
            profile=PROFILE.code,
            area_code=COMMUNE,
            actor=officer,
            is_background=False,
        )
        with CaptureQueriesContext(connection) as check:
            run_job(list_import.job_id or 0)
        job = start_commit(list_import=list_import, actor=officer, is_background=False)
        with CaptureQueriesContext(connection) as commit:
            run_job(job.pk)
        counts.append((len(check), len(commit)))
    assert counts[0] == counts[1] == counts[2]
    assert Person.objects.count() == 30


@pytest.mark.django_db
class TestRefusals:
    def test_a_list_of_another_commune_does_not_go_in(self) -> None:
        officer = user(Role.COMMUNE_OFFICER)
        content = workbook(person("Nguyễn Văn An", "089085000111"), header=HEADER, above=[["UBND XÃ PHÚ AN"]])
        list_import = brought(content, officer)
        with pytest.raises(ImportRefused, match="Xã Phú An"):
            start_commit(list_import=list_import, actor=officer, is_background=False)
        assert not Person.objects.exists()

    def test_nothing_ready_is_said(self) -> None:
        officer = user(Role.COMMUNE_OFFICER)
        list_import = brought(workbook(person("Nguyễn Văn An", "")), officer)
        with pytest.raises(ImportRefused, match="Không có dòng nào sẵn sàng"):
            start_commit(list_import=list_import, actor=officer, is_background=False)

    def test_a_list_being_taken_in_is_not_taken_in_again(self) -> None:
        officer = user(Role.COMMUNE_OFFICER)
        list_import = brought(people(2), officer)
        start_commit(list_import=list_import, actor=officer, is_background=False)
        with pytest.raises(ImportRefused):
            start_commit(list_import=list_import, actor=officer, is_background=False)
        with pytest.raises(ImportRefused):
            cancel_import(list_import=list_import, actor=officer)

    def test_nobody_uploads_for_another_commune(self) -> None:
        with pytest.raises(PermissionDenied):
            upload_list(
                content=people(1),
                name="x",
                profile=PROFILE.code,
                area_code=OTHER_COMMUNE,
                actor=user(Role.COMMUNE_OFFICER),
            )

    def test_an_empty_file_leaves_nothing(self) -> None:
        with pytest.raises(SpreadsheetRefused):
            upload_list(
                content=b"",
                name="x",
                profile=PROFILE.code,
                area_code=COMMUNE,
                actor=user(Role.COMMUNE_OFFICER),
            )
        assert not ImportRow.objects.exists()

    def test_a_row_that_went_in_is_not_corrected(self) -> None:
        officer = user(Role.COMMUNE_OFFICER)
        list_import = committed(brought(people(1), officer), officer)
        with pytest.raises(ImportRefused, match="đã nhập"):
            correct_row(list_import=list_import, row_number=2, fixes={"full_name": "Khác"}, actor=officer)

    def test_an_unknown_field_is_not_corrected(self) -> None:
        officer = user(Role.COMMUNE_OFFICER)
        list_import = brought(people(1), officer)
        with pytest.raises(ImportRefused):
            correct_row(list_import=list_import, row_number=2, fixes={"person_id": "1"}, actor=officer)


@pytest.mark.django_db
def test_a_row_left_out_frees_its_double_and_comes_back_as_the_double() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    content = workbook(person("Nguyễn Văn An", "089085000111"), person("Nguyễn Văn An", "089085000111"))
    list_import = brought(content, officer)
    set_rows_aside(list_import=list_import, row_numbers=[2], actor=officer)
    assert codes(list_import, 3) == set()
    take_rows_back(list_import=list_import, row_numbers=[2], actor=officer)
    assert codes(list_import, 3) == {"DUP_IN_FILE"}


def _at_once(*calls: Callable[[], None]) -> list[Exception]:
    """Run in threads of their own, each with its own connection; gives what they raised."""
    raised: list[Exception] = []

    def run(call: Callable[[], None]) -> None:
        try:
            call()
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_two_communes_take_the_same_person_in_at_once(committed_db: None) -> None:
    one, other = user(Role.COMMUNE_OFFICER), user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE)
    first = brought(workbook(person("Nguyễn Văn An", "089085000111")), one)
    second = brought(workbook(person("Lê Văn Ba", "089085000222")), other, OTHER_COMMUNE)
    # a correction that comes after the other's check: only the commit can see it
    ImportRow.objects.filter(list_import=second).update(
        number_index=ImportRow.objects.get(list_import=first).number_index, name_key="nguyen van an"
    )
    jobs = [
        start_commit(list_import=first, actor=one, is_background=False),
        start_commit(list_import=second, actor=other, is_background=False),
    ]
    assert _at_once(*[lambda job=job: run_job(job.pk) for job in jobs]) == []
    assert Person.objects.count() == 1
    states = set(ImportRow.objects.values_list("state", flat=True))
    assert states == {RowState.COMMITTED, RowState.STAGED}


def test_the_same_file_sent_twice_at_once_is_one_import(committed_db: None) -> None:
    officer = user(Role.COMMUNE_OFFICER)
    found: list[int] = []

    def send() -> None:
        made = upload_list(
            content=people(2),
            name="x",
            profile=PROFILE.code,
            area_code=COMMUNE,
            actor=officer,
            is_background=False,
        )
        found.append(made.pk)

    assert _at_once(send, send) == []
    assert len(set(found)) == 1
