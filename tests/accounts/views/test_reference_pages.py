"""The calendar that deadlines are counted by, the units, the background jobs."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.enums import Role
from accounts.models import User
from accounts.services.calendar import CalendarRefused, make_day_ordinary, set_special_day
from core.audit import sentence_of
from core.enums import JobState
from core.models import CalendarDay, Event, Job
from core.queries.calendar import working_calendar
from core.queries.references import next_reference
from tests.factories import people

pytestmark = pytest.mark.django_db

CALENDAR = reverse("accounts:calendar")
WEDNESDAY, SATURDAY = dt.date(2021, 10, 6), dt.date(2021, 10, 9)


@pytest.fixture
def administrator() -> User:
    return people.user(Role.ADMINISTRATOR, name="Ngô Nhật Tân")


@pytest.fixture
def desk(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(autouse=True)
def _no_cached_calendar(db: None) -> None:
    cache.delete("calendar")


def _day(**changes: str) -> dict[str, str]:
    typed = {"day": "06/10/2021", "kind": "off", "name": "Nghỉ đột xuất", "source": "TB 12/TB-UBND"}
    return {**typed, **changes}


def _sentences() -> list[str]:
    return [sentence_of(e.action, e.actor_name, e.object_ref, e.change) for e in Event.objects.order_by("pk")]


def test_a_day_off_moves_deadlines_at_once(
    desk: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert working_calendar().add_working_days(dt.date(2021, 10, 5), 1) == WEDNESDAY
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(CALENDAR, _day())
    assert (answer.status_code, answer["Location"]) == (302, f"{CALENDAR}?year=2021")
    assert working_calendar().add_working_days(dt.date(2021, 10, 5), 1) == dt.date(2021, 10, 7)
    assert _sentences() == ["Ngô Nhật Tân thêm ngày nghỉ 06/10/2021: Nghỉ đột xuất"]
    html = desk.get(CALENDAR, {"year": "2021"}).content.decode()
    assert "Nghỉ đột xuất" in html
    assert "TB 12/TB-UBND" in html


def test_a_swapped_saturday_is_worked(administrator: User) -> None:
    set_special_day(actor=administrator, day=SATURDAY, is_working=True, name="Làm bù", source="TB 12/TB-UBND")
    cache.delete("calendar")
    assert working_calendar().is_working_day(SATURDAY)
    assert _sentences() == ["Ngô Nhật Tân thêm ngày làm bù 09/10/2021: Làm bù"]


@pytest.mark.parametrize(("day", "is_working"), [(WEDNESDAY, True), (SATURDAY, False)])
def test_a_day_that_is_so_already_is_refused(administrator: User, day: dt.date, is_working: bool) -> None:
    with pytest.raises(CalendarRefused, match="vốn là ngày"):
        set_special_day(actor=administrator, day=day, is_working=is_working, name="thử", source="thử")
    assert not CalendarDay.objects.filter(day=day).exists()
    assert _sentences() == []


@pytest.mark.parametrize(
    ("day", "is_working"), [(WEDNESDAY, False), (SATURDAY, True)], ids=["day off", "swapped day"]
)
def test_taking_an_entry_back_keeps_the_row_and_says_why(
    desk: Client, administrator: User, day: dt.date, is_working: bool
) -> None:
    set_special_day(actor=administrator, day=day, is_working=is_working, name="Nhầm", source="thử")
    ordinary = reverse("accounts:calendar_ordinary", args=[day.isoformat()])
    desk.post(ordinary, {"reason": ""})
    cache.delete("calendar")
    assert working_calendar().is_working_day(day) == is_working, "no reason, no change"
    desk.post(ordinary, {"reason": "Ghi nhầm năm"})
    cache.delete("calendar")
    assert working_calendar().is_working_day(day) != is_working
    assert CalendarDay.objects.filter(day=day).exists()
    assert "Nhầm" not in desk.get(CALENDAR, {"year": "2021"}).content.decode()
    assert Event.objects.get(action="calendar.day_ordinary").reason == "Ghi nhầm năm"
    with pytest.raises(CalendarRefused, match="không có trong lịch"):
        make_day_ordinary(actor=administrator, day=day, reason="lần nữa")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"day": "31/02/2021"}, "Không đọc được ngày"),
        ({"day": "thứ Tư"}, "Không đọc được ngày"),
        ({"day": "09/10/2021"}, "Thứ Bảy, 09/10/2021 vốn là ngày nghỉ cuối tuần"),
        ({"kind": "worked"}, "Thứ Tư, 06/10/2021 vốn là ngày làm việc"),
        ({"name": ""}, "Trường này là bắt buộc"),
    ],
)
def test_bad_days_are_named_and_nothing_typed_is_lost(
    desk: Client, change: dict[str, str], message: str
) -> None:
    before = CalendarDay.objects.count()
    answer = desk.post(CALENDAR, _day(**change))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert "TB 12/TB-UBND" in answer.content.decode()
    assert CalendarDay.objects.count() == before


def test_a_day_that_is_none_is_not_found(desk: Client) -> None:
    assert (
        desk.post(reverse("accounts:calendar_ordinary", args=["hôm-qua"]), {"reason": "x"}).status_code == 404
    )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_changes_the_calendar(role: Role) -> None:
    client = Client()
    client.force_login(people.user(role), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(CALENDAR, _day()).status_code == 403
    assert not CalendarDay.objects.filter(day=WEDNESDAY).exists()


def test_units_show_what_became_of_them(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk.get(reverse("accounts:area_list"))
    # session, user, savepoint, scope, roles, units, successions, successors' rows come joined, release
    with django_assert_num_queries(8):
        html = desk.get(reverse("accounts:area_list"), {"q": "khanh binh"}).content.decode()
    assert "Xã Khánh Bình" in html
    assert "30343" in html
    assert "30/06/2025" in html
    assert "Xã Phú Hưng" not in html


def test_jobs_show_no_data_of_people(desk: Client) -> None:
    def job(state: JobState, area: str = people.COMMUNE) -> Job:
        return Job.objects.create(
            reference=next_reference("CV"),
            area_code=area,
            kind="beneficiaries.check",
            state=state,
            params={"name": "Trần Thị Mận"},
            result={"traceback": "Trần Thị Mận 089193000412"},
            error_text="Trần Thị Mận",
            progress_text="Trần Thị Mận",
        )

    failed, waiting = job(JobState.FAILED), job(JobState.QUEUED)
    done, elsewhere = job(JobState.DONE), job(JobState.FAILED, area="9100000000")
    html = desk.get(reverse("accounts:job_list")).content.decode()
    assert failed.reference in html
    assert waiting.reference in html
    assert done.reference not in html
    assert elsewhere.reference not in html
    assert "Mận" not in html
