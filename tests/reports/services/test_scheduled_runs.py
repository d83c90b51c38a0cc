"""With a fake clock: each report once for its day, also after a stop, a failure, a closed account (Shows 4)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import RoleAssignment, User
from core.models import Event
from core.transitions import TransitionRefused
from reports.models import ReportRun, ReportSchedule, ScheduledDelivery, ScheduledRun
from reports.queries.schedules import deliveries_to, unread_of
from reports.services.schedule_mail import mail_scheduled_reports
from reports.services.scheduled_runs import Round, make_due_reports, read_report
from reports.services.schedules import retry_scheduled, set_up_schedule, take_schedule_over
from reports.tasks import make_due
from tests.factories.people import promoted, user
from tests.reports.services.test_schedules import MONDAY, plan_for

pytestmark = pytest.mark.django_db
Clock = Callable[..., Round]


@pytest.fixture
def officer() -> User:
    return user(Role.PROVINCIAL_REVIEWER)


@pytest.fixture
def leader() -> User:
    return user(Role.LEADER)


@pytest.fixture
def at(settings: Any) -> Clock:
    """The clock shows this day and hour, and a round goes by."""

    def tick(month: int, day: int, hour: int = 8, year: int = 2021) -> Round:
        settings.BUSINESS_DATE = dt.date(year, month, day)
        return make_due_reports(dt.datetime.combine(settings.BUSINESS_DATE, dt.time(hour)))

    return tick


@pytest.fixture
def daily(officer: User, leader: User, settings: Any) -> ReportSchedule:
    settings.BUSINESS_DATE = MONDAY
    return set_up_schedule(plan=plan_for(leader, officer), actor=officer)


def days_made() -> list[dt.date]:
    return list(
        ScheduledRun.objects.filter(run__isnull=False).order_by("pk").values_list("due_on", flat=True)
    )


def test_a_daily_report_is_made_at_its_hour_and_once(daily: ReportSchedule, leader: User, at: Clock) -> None:
    assert at(9, 27, hour=6) == Round()
    assert at(9, 27, hour=7) == Round(made=1)
    assert at(9, 27, hour=8) == Round()
    run = ReportRun.objects.get()
    assert (run.params["first"], run.params["last"]) == ("2021-09-26", "2021-09-26")
    assert run.made_by_id == daily.keeper_id
    assert [row.scheduled.run for row in deliveries_to(leader)] == [run]
    event = Event.objects.get(action="schedule.made")
    assert event.change == {"run": run.reference, "due_on": "27/09/2021", "people": 2}


def test_after_three_days_without_a_worker_everything_missed_comes_oldest_first(
    daily: ReportSchedule, at: Clock
) -> None:
    assert at(9, 27).made == 1
    assert at(10, 1).made == 4
    assert days_made() == [
        dt.date(2021, 9, 27),
        *(dt.date(2021, 9, day) for day in (28, 29, 30)),
        dt.date(2021, 10, 1),
    ]
    lasts = ReportRun.objects.order_by("pk").values_list("params__last", flat=True)
    assert list(lasts) == [f"2021-09-{day}" for day in (26, 27, 28, 29, 30)]
    assert [one.is_late for one in ScheduledRun.objects.order_by("due_on")] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert at(10, 1, hour=23) == Round()


def test_weekly_and_monthly_reports_come_on_their_day(
    officer: User, leader: User, at: Clock, settings: Any
) -> None:
    settings.BUSINESS_DATE = MONDAY
    set_up_schedule(plan=plan_for(leader, every="week", weekday=5), actor=officer)
    set_up_schedule(plan=plan_for(leader, every="month", month_day=31), actor=officer)
    made = [(day, at(9, day).made) for day in (27, 28, 29, 30)] + [
        (day, at(10, day).made) for day in range(1, 9)
    ]
    assert [day for day, count in made if count] == [
        30,
        1,
        8,
    ]  # 30 September stands in for the 31st; Fridays 1 and 8
    runs = ReportRun.objects.order_by("pk").values_list("params__first", "params__last")
    assert list(runs) == [
        ("2021-08-31", "2021-09-29"), ("2021-09-24", "2021-09-30"), ("2021-10-01", "2021-10-07")
    ]  # fmt: skip


def test_a_round_makes_so_many_and_the_next_goes_on(daily: ReportSchedule) -> None:
    ReportSchedule.objects.update(counts_from=dt.date(2021, 9, 25))
    moment = dt.datetime.combine(MONDAY, dt.time(8))
    assert make_due_reports(moment, most=2).made == 2
    assert days_made() == [dt.date(2021, 9, 25), dt.date(2021, 9, 26)]
    assert [make_due_reports(moment, most=2).made for _round in range(2)] == [1, 0]


def test_a_closed_account_stops_its_schedules_until_somebody_takes_them_over(
    daily: ReportSchedule, officer: User, at: Clock, settings: Any
) -> None:
    at(9, 27)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert at(9, 28) == Round(halted=1)
    assert at(9, 29) == Round()
    daily.refresh_from_db()
    assert (daily.halted_because, daily.is_running) == ("account", False)
    assert (
        Event.objects.get(action="schedule.halted").change["because"]
        == "tài khoản của người giữ lịch đã khóa"
    )
    settings.BUSINESS_DATE = dt.date(2021, 9, 30)
    take_schedule_over(schedule=daily, actor=user(Role.PROVINCIAL_REVIEWER))
    assert at(9, 30).made == 1
    assert days_made() == [dt.date(2021, 9, 27), dt.date(2021, 9, 30)]


def test_who_lost_the_role_or_the_area_makes_nothing(daily: ReportSchedule, officer: User, at: Clock) -> None:
    officer.role_assignments.update(role=Role.LEADER)
    assert at(9, 27) == Round(halted=1)
    daily.refresh_from_db()
    assert daily.halted_because == "role"
    assert ReportRun.objects.count() == 0


def test_a_report_that_is_gone_stops_its_schedule(daily: ReportSchedule, at: Clock) -> None:
    ReportSchedule.objects.update(definition="khong-con")
    assert at(9, 27) == Round(halted=1)


def test_what_fails_keeps_nobody_else_and_is_tried_five_times(
    daily: ReportSchedule, officer: User, leader: User, at: Clock, settings: Any, tmp_path: Any
) -> None:
    set_up_schedule(plan=plan_for(leader, every="week", weekday=1), actor=officer)
    kept = settings.STORAGE_DIR
    blocked = tmp_path / "full"
    blocked.write_text("no folder", encoding="utf-8")
    settings.STORAGE_DIR = blocked
    assert at(9, 27) == Round(failed=2)
    assert ReportRun.objects.count() == 0
    assert [one.attempts for one in ScheduledRun.objects.all()] == [1, 1]
    settings.STORAGE_DIR = kept
    assert at(9, 27) == Round(made=2)

    settings.STORAGE_DIR = blocked
    for _round in range(7):
        at(9, 28)
    failed = ScheduledRun.objects.get(due_on=dt.date(2021, 9, 28))
    assert (failed.attempts, failed.run) == (5, None)
    settings.STORAGE_DIR = kept
    assert at(9, 28) == Round()
    retry_scheduled(scheduled=failed, actor=officer)
    assert at(9, 28) == Round(made=1)
    failed.refresh_from_db()
    with pytest.raises(TransitionRefused):
        retry_scheduled(scheduled=failed, actor=officer)


def test_who_left_is_not_sent_what_comes_later(
    daily: ReportSchedule, leader: User, officer: User, at: Clock
) -> None:
    User.objects.filter(pk=leader.pk).update(is_active=False)
    at(9, 27)
    assert list(ScheduledDelivery.objects.values_list("user_id", flat=True)) == [officer.pk]


def test_it_is_new_until_it_was_opened_by_each(
    daily: ReportSchedule, leader: User, officer: User, at: Clock
) -> None:
    at(9, 28)
    newest = deliveries_to(leader)[0].scheduled.run
    assert newest is not None
    assert (unread_of(leader), unread_of(officer)) == (2, 2)
    read_report(newest, actor=leader)
    read_report(newest, actor=leader)
    assert (unread_of(leader), unread_of(officer)) == (1, 2)
    assert unread_of(user(Role.LEADER)) == 0


def test_the_database_keeps_what_was_made(daily: ReportSchedule, at: Clock) -> None:
    at(9, 27)
    made = ScheduledRun.objects.get()
    with pytest.raises(IntegrityError, match="a report is made once"), transaction.atomic():
        ScheduledRun.objects.filter(pk=made.pk).update(run=None, made_at=None)
    with pytest.raises(IntegrityError, match="scheduled_once"), transaction.atomic():
        ScheduledRun.objects.create(schedule=daily, due_on=made.due_on, first=made.first, last=made.last)


def test_mail_goes_out_once_with_a_link_and_the_paper(
    officer: User, leader: User, at: Clock, settings: Any
) -> None:
    settings.BUSINESS_DATE = MONDAY
    set_up_schedule(plan=plan_for(leader, officer, by_mail=True), actor=officer)
    User.objects.filter(pk=leader.pk).update(email="lanhdao@example.vn")
    at(9, 27)
    assert mail_scheduled_reports() == (0, 0)
    settings.EMAIL_HOST, settings.PUBLIC_URL = "mail.example.vn", "https://hotro.example.vn"
    assert mail_scheduled_reports() == (1, 0)
    (sent,) = mail.outbox
    run = ReportRun.objects.get()
    assert sent.to == ["lanhdao@example.vn"]
    assert f"https://hotro.example.vn/reports/scheduled/{run.reference}/" in sent.body
    attached = [name for name, _content, _kind in sent.attachments]
    assert attached == ([run.pdf.name] if run.pdf else [])
    assert mail_scheduled_reports() == (0, 0)
    assert len(mail.outbox) == 1


def test_a_mail_that_is_refused_is_tried_again_and_one_in_doubt_is_not(
    officer: User, leader: User, at: Clock, settings: Any
) -> None:
    settings.BUSINESS_DATE = MONDAY
    set_up_schedule(plan=plan_for(leader, by_mail=True), actor=officer)
    User.objects.filter(pk=leader.pk).update(email="lanhdao@example.vn")
    at(9, 27)
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    assert mail_scheduled_reports() == (0, 1)
    settings.EMAIL_BACKEND = usual
    assert mail_scheduled_reports() == (1, 0)
    # a worker that died while it sent: whether the mail arrived is unknown, so it isn't sent again
    ScheduledDelivery.objects.update(mailed_at=None)
    assert mail_scheduled_reports() == (0, 0)
    assert len(mail.outbox) == 1


def test_the_task_of_beat_works_by_the_business_date(daily: ReportSchedule, settings: Any) -> None:
    ReportSchedule.objects.update(at_time=dt.time(0, 0))
    assert make_due() == 1
    assert make_due() == 0
    assert settings.CELERY_BEAT_SCHEDULE["make-due-reports"]["task"] == "reports.make_due_reports"


def test_nobody_is_sent_a_report_that_they_may_not_open(leader: User, settings: Any, at: Clock) -> None:
    """Extracts of the log are the auditors', whoever keeps their schedule."""
    settings.BUSINESS_DATE = MONDAY
    keeper, auditor = promoted(user(Role.PROVINCIAL_REVIEWER), Role.AUDITOR, area="89"), user(Role.AUDITOR)
    with pytest.raises(TransitionRefused, match="không mở được"):
        set_up_schedule(plan=plan_for(leader, keeper, definition="audit_people"), actor=keeper)
    set_up_schedule(plan=plan_for(auditor, keeper, definition="audit_people"), actor=keeper)
    RoleAssignment.objects.filter(user=auditor).update(role=Role.LEADER)
    assert at(9, 27).made == 1
    assert [row.user_id for row in ScheduledDelivery.objects.all()] == [keeper.pk]
