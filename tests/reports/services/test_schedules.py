"""A schedule is set up by an officer of the department, for people who could open its report; what it was stays in the log."""

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from accounts.enums import Role
from accounts.models import User
from core import clock
from core.models import Event
from core.transitions import TransitionRefused
from reports.models import ReportSchedule
from reports.services.schedules import (
    SchedulePlan,
    business_moment,
    change_schedule,
    end_schedule,
    set_up_schedule,
    take_schedule_over,
)
from reports.services.suggested_schedules import open_suggestions, take_suggestion
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2021, 9, 27)


@pytest.fixture(autouse=True)
def _monday(settings: Any) -> None:
    settings.BUSINESS_DATE = MONDAY


@pytest.fixture
def officer() -> User:
    return user(Role.PROVINCIAL_REVIEWER, name="Chuyên viên Sở")


@pytest.fixture
def leader() -> User:
    return user(Role.LEADER, name="Lãnh đạo tỉnh")


def plan_for(*people: User, **changed: Any) -> SchedulePlan:
    plan = SchedulePlan(
        definition="free_workers",
        area_code="89",
        every="day",
        at_time=dt.time(7, 0),
        recipients=tuple(person.pk for person in people),
        counts_from=MONDAY,
    )
    return replace(plan, **changed)


def test_it_is_set_up_with_the_rights_of_who_does_it(officer: User, leader: User) -> None:
    schedule = set_up_schedule(plan=plan_for(leader, every="week", weekday=1, month_day=9), actor=officer)
    assert schedule.reference.startswith("LB-2021-")
    assert (schedule.keeper, schedule.recipients, schedule.month_day) == (officer, [leader.pk], None)
    event = Event.objects.get(action="schedule.set_up")
    assert (event.object_ref, event.change["when"]) == (schedule.reference, "Hằng tuần, Thứ Hai, 07:00")


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.DISTRICT_OFFICER, Role.PROVINCIAL_APPROVER])
def test_nobody_else_sets_one_up(role: Role, leader: User) -> None:
    with pytest.raises(PermissionDenied):
        set_up_schedule(plan=plan_for(leader), actor=user(role))
    assert ReportSchedule.objects.count() == 0


def test_who_could_not_open_the_report_is_no_recipient(officer: User, leader: User) -> None:
    district = user(Role.DISTRICT_OFFICER)
    closed = user(Role.LEADER)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    administrator = user(Role.ADMINISTRATOR)
    for stranger in (district, closed, administrator):
        with pytest.raises(TransitionRefused, match="không mở được báo cáo"):
            set_up_schedule(plan=plan_for(leader, stranger), actor=officer)
    with pytest.raises(TransitionRefused, match="ít nhất một người nhận"):
        set_up_schedule(plan=plan_for(), actor=officer)
    of_district = set_up_schedule(plan=plan_for(leader, district, area_code=DISTRICT), actor=officer)
    assert of_district.recipients == [leader.pk, district.pk]
    with pytest.raises(TransitionRefused, match="không mở được báo cáo"):
        set_up_schedule(plan=plan_for(district, area_code=OUTSIDE_DISTRICT), actor=officer)


def test_what_makes_no_sense_is_refused_in_words(officer: User, leader: User) -> None:
    for changed, words in (
        ({"definition": "khong-co"}, "không lập theo lịch được"),
        ({"area_code": "9100000000"}, "ngoài đơn vị"),
        ({"counts_from": dt.date(2021, 1, 1)}, "27/06/2021"),
        ({"programmes": ("LD_TU_DO",)}, "không chọn theo chính sách"),
    ):
        with pytest.raises(TransitionRefused, match=words):
            set_up_schedule(plan=plan_for(leader, **changed), actor=officer)


def test_another_rhythm_makes_nothing_of_the_past_due(officer: User, leader: User) -> None:
    plan = plan_for(leader, counts_from=dt.date(2021, 9, 1), every="week", weekday=1)
    schedule = set_up_schedule(plan=plan, actor=officer)
    change_schedule(schedule=schedule, plan=replace(plan, by_mail=True), actor=officer)
    assert (schedule.counts_from, schedule.by_mail) == (dt.date(2021, 9, 1), True)
    change_schedule(schedule=schedule, plan=replace(plan, weekday=5), actor=officer)
    assert (schedule.counts_from, schedule.weekday) == (MONDAY, 5)
    end_schedule(schedule=schedule, actor=officer)
    for act in (
        lambda: change_schedule(schedule=schedule, plan=plan, actor=officer),
        lambda: end_schedule(schedule=schedule, actor=officer),
        lambda: take_schedule_over(schedule=schedule, actor=officer),
    ):
        with pytest.raises(TransitionRefused, match="đã ngừng"):
            act()
    assert list(Event.objects.filter(action__startswith="schedule.").values_list("action", flat=True).order_by("pk")) == [
        "schedule.set_up", "schedule.changed", "schedule.changed", "schedule.ended"
    ]  # fmt: skip


def test_a_colleague_takes_it_over(officer: User, leader: User) -> None:
    schedule = set_up_schedule(plan=plan_for(leader), actor=officer)
    with pytest.raises(TransitionRefused, match="Bạn đang giữ"):
        take_schedule_over(schedule=schedule, actor=officer)
    colleague = user(Role.PROVINCIAL_REVIEWER)
    take_schedule_over(schedule=schedule, actor=colleague)
    schedule.refresh_from_db()
    assert schedule.keeper == colleague
    assert Event.objects.get(action="schedule.taken_over").change == {"before": "Chuyên viên Sở"}


def test_a_proposed_schedule_is_switched_on_once_for_the_leaders(officer: User, leader: User) -> None:
    user(Role.LEADER, area=DISTRICT)
    daily = next(one for one in open_suggestions() if one.code == "daily")
    schedule = take_suggestion(suggestion=daily, actor=officer)
    assert (schedule.definition, schedule.is_suggested) == ("daily_progress", True)
    assert sorted(schedule.recipients) == sorted([leader.pk, officer.pk])
    assert schedule.counts_from == clock.today()
    assert "daily" not in [one.code for one in open_suggestions()]


def test_the_database_refuses_a_rhythm_without_its_day_and_a_deletion(officer: User, leader: User) -> None:
    schedule = set_up_schedule(plan=plan_for(leader), actor=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportSchedule.objects.filter(pk=schedule.pk).update(every="week")
    with (
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM reports_reportschedule")


def test_the_hour_is_vietnams_all_year(settings: Any) -> None:
    zone = ZoneInfo(settings.TIME_ZONE)
    for month in (1, 4, 7, 10):
        assert dt.datetime(2021, month, 1, tzinfo=zone).utcoffset() == dt.timedelta(hours=7)
    moment, real = business_moment(), clock.now()
    assert moment.date() == MONDAY
    local = (real.astimezone(dt.UTC) + dt.timedelta(hours=7)).time()
    assert abs((local.hour - moment.hour) * 60 + local.minute - moment.minute) % 1439 <= 1
