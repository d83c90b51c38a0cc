"""Pages of schedules: set up by an officer of the department, read by leaders, found by nobody outside the area."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from reports.models import ReportSchedule, ScheduledDelivery, ScheduledRun
from reports.services.scheduled_runs import make_due_reports
from reports.services.schedules import set_up_schedule
from tests.factories.people import DISTRICT, user
from tests.reports.conftest import BACKEND
from tests.reports.services.test_schedules import MONDAY, plan_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(settings: Any) -> None:
    settings.BUSINESS_DATE = MONDAY


@pytest.fixture
def officer() -> User:
    return user(Role.PROVINCIAL_REVIEWER, name="Chuyên viên Sở")


@pytest.fixture
def leader() -> User:
    return user(Role.LEADER, name="Lãnh đạo tỉnh")


@pytest.fixture
def schedule(officer: User, leader: User) -> ReportSchedule:
    """Each morning since the day before, made twice."""
    plan = plan_for(leader, counts_from=MONDAY - dt.timedelta(days=1), by_mail=True)
    made = set_up_schedule(plan=plan, actor=officer)
    make_due_reports(dt.datetime.combine(MONDAY, dt.time(8)))
    return made


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def asked(*people: User, **changed: Any) -> dict[str, Any]:
    typed = {
        "definition": "free_workers",
        "area": "89",
        "every": "week",
        "weekday": "1",
        "at_time": "7h30",
        "counts_from": "27/09/2021",
        "recipients": [person.pk for person in people],
    }
    return typed | changed


def test_an_officer_sets_one_up_and_it_stands_in_the_list(officer: User, leader: User) -> None:
    client = browser(officer)
    assert client.get("/reports/schedules/new/").status_code == 200
    answer = client.post("/reports/schedules/new/", asked(leader))
    made = ReportSchedule.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/reports/schedules/{made.reference}/"
    page = client.get("/reports/schedules/").content.decode()
    assert "Hằng tuần, Thứ Hai, 07:30" in page
    assert "27/09/2021, 07:30" in page or "04/10/2021, 07:30" in page


def test_what_was_typed_stays_when_it_is_refused(officer: User, leader: User) -> None:
    answer = browser(officer).post("/reports/schedules/new/", asked(leader, weekday="", at_time="sáng sớm"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Lịch hằng tuần cần thứ. Hãy chọn thứ." in page
    assert "Không đọc được giờ" in page
    assert "sáng sớm" in page
    assert ReportSchedule.objects.count() == 0


def test_leaders_find_their_report_marked_as_new_until_they_open_it(
    schedule: ReportSchedule, leader: User
) -> None:
    client = browser(leader)
    for address in ("/reports/", "/reports/overview/"):
        page = client.get(address).content.decode()
        assert "Báo cáo định kỳ" in page, address
        assert "2 báo cáo mới" in page, address
    newest = ScheduledRun.objects.order_by("-due_on")[0].run
    assert newest is not None
    answer = client.get(f"/reports/scheduled/{newest.reference}/")
    assert answer["Location"] == f"/reports/runs/{newest.reference}/"
    assert "1 báo cáo mới" in client.get("/reports/").content.decode()
    oldest = ScheduledRun.objects.order_by("due_on")[0].run
    assert oldest is not None
    assert client.get(f"/reports/runs/{oldest.reference}/").status_code == 200
    assert "báo cáo mới" not in client.get("/reports/").content.decode()
    mine = client.get("/reports/scheduled/").content.decode()
    assert mine.count(newest.reference) == 2  # its address and its number
    assert "lập bù" in mine


def test_a_leader_reads_and_changes_nothing(schedule: ReportSchedule, leader: User) -> None:
    client = browser(leader)
    place = f"/reports/schedules/{schedule.reference}/"
    page = client.get(place)
    assert page.status_code == 200
    assert "Sửa lịch" not in page.content.decode()
    for act in ("edit/", "end/", "take-over/", "retry/"):
        assert client.post(place + act, asked(leader)).status_code == 403
    assert client.post("/reports/schedules/new/", asked(leader)).status_code == 403
    assert client.post("/reports/schedules/suggested/", {"suggestion": "daily"}).status_code == 403
    schedule.refresh_from_db()
    assert (schedule.is_running, ReportSchedule.objects.count()) == (True, 1)


def test_outside_the_area_there_is_no_schedule_and_no_report(schedule: ReportSchedule) -> None:
    client = browser(user(Role.DISTRICT_OFFICER, area=DISTRICT))
    run = ScheduledRun.objects.all()[0].run
    assert run is not None
    assert client.get(f"/reports/schedules/{schedule.reference}/").status_code == 404
    assert client.get(f"/reports/scheduled/{run.reference}/").status_code == 404
    assert schedule.reference not in client.get("/reports/schedules/").content.decode()
    assert browser(user(Role.COMMUNE_OFFICER)).get("/reports/schedules/").status_code == 403


def test_it_is_changed_taken_over_and_ended(schedule: ReportSchedule, officer: User, leader: User) -> None:
    place = f"/reports/schedules/{schedule.reference}/"
    client = browser(officer)
    assert 'value="07:00"' in client.get(place + "edit/").content.decode()
    assert client.post(place + "edit/", asked(leader, at_time="06:45")).status_code == 302
    colleague = browser(user(Role.PROVINCIAL_REVIEWER))
    assert colleague.post(place + "take-over/").status_code == 302
    assert colleague.post(place + "end/").status_code == 302
    schedule.refresh_from_db()
    assert (schedule.every, f"{schedule.at_time:%H:%M}", schedule.ended_on) == ("week", "06:45", MONDAY)
    page = client.get(place).content.decode()
    assert "Đã ngừng" in page
    assert "Lập lại" not in page
    assert Event.objects.filter(action="schedule.taken_over").count() == 1


def test_a_halted_schedule_says_why_and_a_failed_day_can_be_tried_again(
    schedule: ReportSchedule, officer: User
) -> None:
    failed = ScheduledRun.objects.create(
        schedule=schedule, due_on=MONDAY + dt.timedelta(days=1), first=MONDAY, last=MONDAY, attempts=5
    )
    place = f"/reports/schedules/{schedule.reference}/"
    client = browser(officer)
    assert "Chưa lập được" in client.get(place).content.decode()
    assert client.post(place + "retry/", {"run": "khong"}).status_code == 404
    assert client.post(place + "retry/", {"run": failed.pk}).status_code == 302
    failed.refresh_from_db()
    assert failed.attempts == 0
    ReportSchedule.objects.update(halted_because="account")
    assert "Lịch đã tự dừng: tài khoản của người giữ lịch đã khóa." in client.get(place).content.decode()


def test_proposed_schedules_are_switched_on_with_one_press(officer: User, leader: User) -> None:
    client = browser(officer)
    assert "Lịch gợi ý" in client.get("/reports/schedules/").content.decode()
    assert client.post("/reports/schedules/suggested/", {"suggestion": "weekly"}).status_code == 302
    made = ReportSchedule.objects.get()
    assert (made.definition, made.every, made.weekday) == ("weekly_progress", "week", 1)
    assert client.post("/reports/schedules/suggested/", {"suggestion": "weekly"}).status_code == 404
    assert "Chưa chắc chắn" in client.get(f"/reports/schedules/{made.reference}/").content.decode()


@pytest.mark.parametrize("address", ["/reports/schedules/", "/reports/scheduled/", "/reports/"])
def test_more_rows_ask_no_more_queries(
    schedule: ReportSchedule, officer: User, leader: User, address: str, django_assert_max_num_queries: Any
) -> None:
    client = browser(leader)
    client.get(address)
    with django_assert_max_num_queries(100) as before:
        client.get(address)
    for _count in range(3):
        set_up_schedule(plan=plan_for(leader), actor=officer)
    make_due_reports(dt.datetime.combine(MONDAY, dt.time(9)))
    assert ScheduledDelivery.objects.filter(user=leader).count() == 5
    with django_assert_max_num_queries(len(before)):
        client.get(address)
