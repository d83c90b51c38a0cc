"""The log in words: who reads which lines, the filters, paging from a line, the workbook."""

import datetime as dt
import io
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from accounts.models import User
from core.audit import record_event
from core.models import Event, Job
from core.queries.references import next_reference
from tests.factories import people

pytestmark = pytest.mark.django_db

LOG = reverse("accounts:audit_log")


@pytest.fixture
def duyen() -> User:
    return people.user(Role.DISTRICT_OFFICER, name="Trần Thị Mỹ Duyên")


@pytest.fixture
def outsider() -> User:
    return people.user(Role.DISTRICT_OFFICER, area=people.OUTSIDE_DISTRICT, name="Trịnh Hữu Khánh")


@pytest.fixture
def auditor() -> Client:
    return signed_in(people.user(Role.AUDITOR))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def a_job(user: User) -> Job:
    job = Job.objects.create(reference=next_reference("CV"), area_code=user.area_code, kind="x")
    record_event("job.started", job, actor=user)
    return job


def a_case_line(user: User, reason: str = "") -> None:
    """A line about a case, as the chain writes them."""
    record_event(
        "case.refuse",
        Job(pk=1, reference="HS-2021-00001236", area_code=user.area_code),
        actor=user,
        reason=reason,
    )


def test_lines_are_sentences_with_reason_and_unit(auditor: Client, duyen: User) -> None:
    a_case_line(duyen, reason="Không cư trú tại xã")
    html = auditor.get(LOG).content.decode()
    assert "Trần Thị Mỹ Duyên: Không đủ điều kiện HS-2021-00001236" in html
    assert "Không cư trú tại xã" in html
    assert "Huyện Phú Tân" in html


def test_an_auditor_of_a_district_reads_that_district(duyen: User, outsider: User) -> None:
    a_job(duyen)
    a_job(outsider)
    html = signed_in(people.user(Role.AUDITOR, area=people.DISTRICT)).get(LOG).content.decode()
    assert "Trần Thị Mỹ Duyên" in html
    assert "Trịnh Hữu Khánh" not in html
    assert "Huyện Châu Phú" not in html


def test_an_administrator_reads_nothing_of_cases(duyen: User) -> None:
    a_case_line(duyen)
    record_event("user.signed_in", duyen, actor=duyen)
    desk = signed_in(people.user(Role.ADMINISTRATOR))
    for asked in ({}, {"what": "case.refuse"}, {"what": "case."}, {"ref": "HS-2021-00001236"}):
        html = desk.get(LOG, asked).content.decode()
        assert "HS-2021-00001236</" not in html
        assert "Không đủ điều kiện HS" not in html
    assert "Trần Thị Mỹ Duyên đăng nhập" in desk.get(LOG).content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.AUDITOR, Role.ADMINISTRATOR)])
def test_nobody_else_reads_the_log(role: Role) -> None:
    assert signed_in(people.user(role)).get(LOG).status_code == 403


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({"who": "my duyen"}, True),
        ({"who": "huu khanh"}, False),
        ({"who": "không có ai"}, False),
        ({"what": "job.started"}, True),
        ({"what": "job."}, True),
        ({"what": "user."}, False),
        ({"area": people.DISTRICT}, True),
        ({"area": people.OUTSIDE_DISTRICT}, False),
        ({"first": "27/09/2021", "last": "27/09/2021"}, True),
        ({"first": "28/09/2021"}, False),
        ({"last": "26-09-2021"}, False),
    ],
)
def test_filters(auditor: Client, duyen: User, outsider: User, asked: dict[str, str], is_found: bool) -> None:
    job = a_job(duyen)
    assert (job.reference in auditor.get(LOG, asked).content.decode()) == is_found


def test_a_reference_is_found_as_people_type_it(auditor: Client, duyen: User) -> None:
    first, second = a_job(duyen), a_job(duyen)
    html = auditor.get(LOG, {"ref": first.reference.lower().replace("-", " ")}).content.decode()
    assert first.reference in html
    assert second.reference not in html


def test_a_filter_that_can_not_be_read_says_so(auditor: Client, duyen: User) -> None:
    a_job(duyen)
    answer = auditor.get(LOG, {"first": "hôm qua"})
    assert answer.status_code == 422
    assert "Không đọc được ngày" in answer.content.decode()
    answer = auditor.get(LOG, {"first": "27/09/2021", "last": "01/09/2021", "export": "xlsx"})
    assert "Ngày cuối phải bằng hoặc sau ngày đầu" in answer.content.decode()


def _pages(client: Client) -> Iterator[list[str]]:
    address = LOG
    while True:
        answer = client.get(address)
        yield [line.reference for line, _unit, _url in answer.context["rows"]]
        if answer.context["next_before"] is None:
            return
        address = f"{LOG}?before={answer.context['next_before']}"


def test_paging_shows_each_line_once_also_while_new_ones_come(auditor: Client, duyen: User) -> None:
    references = [a_job(duyen).reference for _line in range(120)]
    pages = _pages(auditor)
    seen = next(pages)
    a_job(duyen)
    seen += [reference for page in pages for reference in page]
    assert seen == references[::-1]


@pytest.mark.parametrize("before", ["", "abc", "-1", "9" * 30, "²"])
def test_a_strange_start_shows_the_newest(auditor: Client, duyen: User, before: str) -> None:
    job = a_job(duyen)
    assert job.reference in auditor.get(LOG, {"before": before}).content.decode()


@pytest.mark.parametrize("lines", [1, 3])
def test_the_log_stays_at_its_queries(
    auditor: Client, duyen: User, lines: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _line in range(lines):
        a_job(duyen)
    auditor.get(LOG)
    # session, user, savepoint, scope, roles, units of the filter, lines, names of units, release
    with django_assert_num_queries(9):
        auditor.get(LOG)


def test_the_workbook_holds_the_filtered_lines_and_is_recorded(
    auditor: Client, duyen: User, outsider: User
) -> None:
    a_case_line(duyen, reason="=1+1")
    a_job(outsider)
    answer = auditor.get(LOG, {"area": people.DISTRICT, "export": "xlsx"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    texts = [[value for value in row if value is not None] for row in rows]
    assert ["NHẬT KÝ HỆ THỐNG"] in texts
    assert ["Huyện Phú Tân"] in texts
    body = rows[-1]
    assert body[2].date() == dt.date(2021, 9, 27)
    assert body[3:] == [
        "Trần Thị Mỹ Duyên",
        "Không đủ điều kiện",
        "Trần Thị Mỹ Duyên: Không đủ điều kiện HS-2021-00001236",
        "HS-2021-00001236",
        "Huyện Phú Tân",
        "=1+1",
    ]
    assert not any("Khánh" in str(row) for row in rows)
    event = Event.objects.get(action="audit.exported")
    assert event.change == {"rows": "1", "filters": "Huyện Phú Tân"}


def test_the_log_can_not_be_written_through_the_page(auditor: Client, duyen: User) -> None:
    a_job(duyen)
    assert auditor.post(LOG, {"what": "x"}).status_code == 403
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(current_user, 'core_event', 'UPDATE, DELETE')")
        assert cursor.fetchone() == (False,)
