"""Schedules set up, changed, ended and taken over by officers of the department."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.audit import record_event
from core.dates import format_date
from core.queries.references import next_reference
from core.transitions import TransitionRefused
from core.workflow import Actor
from reports.definitions import all_definitions, definition_of
from reports.definitions.base import Ask, ReportDefinition
from reports.enums.schedules import Every
from reports.models import ReportSchedule, ScheduledRun
from reports.permissions import keeps_reports
from reports.queries.areas import area_choice
from reports.queries.schedules import MOST_TRIES, possible_recipients

_LONGEST_PAST: Final = dt.timedelta(days=92)
# what makes a schedule another one, for which nothing of the past is missing
_CONTENT: Final = ("definition", "area_code", "programmes", "every", "weekday", "month_day")


@dataclass(frozen=True, slots=True)
class SchedulePlan:
    """What an officer asks for. `recipients` are accounts; `programmes` () are all that the report knows."""

    definition: str
    area_code: str
    every: str
    at_time: dt.time
    recipients: tuple[int, ...]
    counts_from: dt.date
    weekday: int | None = None
    month_day: int | None = None
    programmes: tuple[str, ...] = ()
    by_mail: bool = False
    is_suggested: bool = False


def can_be_scheduled(definition: ReportDefinition) -> bool:
    """Whether a report can come by itself: summaries do; lists and what names people are asked for by a person, each time."""
    return not definition.is_list and not definition.is_personal


def schedulable(actor: Actor) -> list[ReportDefinition]:
    """The reports that this officer can let come by themselves."""
    return [one for one in all_definitions() if can_be_scheduled(one) and one.readers(actor)]


def business_moment() -> dt.datetime:
    """The business date with Vietnam's time of the day, without zone."""
    return dt.datetime.combine(clock.today(), timezone.localtime(clock.now()).time())


@transaction.atomic
def set_up_schedule(*, plan: SchedulePlan, actor: Actor) -> ReportSchedule:
    """From now on the report comes by itself, with the rights of who sets it up.

    Refused: a report that names people, programmes that it doesn't know, people who could not open it, a beginning more
    than three months back.
    """
    _check_keeper(actor)
    definition = _check(plan, actor)
    schedule = ReportSchedule.objects.create(
        reference=next_reference("LB"), keeper_id=actor.pk, **_values(plan), is_suggested=plan.is_suggested
    )
    _record("schedule.set_up", schedule, definition, actor)
    return schedule


@transaction.atomic
def change_schedule(*, schedule: ReportSchedule, plan: SchedulePlan, actor: Actor) -> None:
    """Due days that have passed stay as they were: another report, area or day counts from today on at the earliest. Refused as
    in setting it up, and of a schedule that was ended.
    """
    _check_keeper(actor)
    locked = _locked(schedule)
    if locked.ended_on:
        raise TransitionRefused(_("Lịch này đã ngừng. Hãy lập lịch mới."))
    definition = _check(plan, actor)
    values = _values(plan)
    before = {name: getattr(locked, name) for name in values}
    if any(values[name] != before[name] for name in _CONTENT):
        values["counts_from"] = max(plan.counts_from, clock.today())
    ReportSchedule.objects.filter(pk=locked.pk).update(**values, is_suggested=False)
    schedule.refresh_from_db()
    _record("schedule.changed", schedule, definition, actor, before=before)


@transaction.atomic
def end_schedule(*, schedule: ReportSchedule, actor: Actor) -> None:
    """Nothing more comes; what was made stays in everybody's list."""
    _check_keeper(actor)
    if _locked(schedule).ended_on:
        raise TransitionRefused(_("Lịch này đã ngừng rồi."))
    ReportSchedule.objects.filter(pk=schedule.pk).update(ended_on=clock.today())
    record_event("schedule.ended", schedule, actor=actor)


@transaction.atomic
def take_schedule_over(*, schedule: ReportSchedule, actor: Actor) -> None:
    """The schedule works with this officer's rights and runs again if it had stopped by itself, from today on: days on which
    nobody kept it are not made up for.
    """
    _check_keeper(actor)
    locked = _locked(schedule)
    if locked.ended_on:
        raise TransitionRefused(_("Lịch này đã ngừng. Hãy lập lịch mới."))
    if locked.keeper_id == actor.pk and not locked.halted_because:
        raise TransitionRefused(_("Bạn đang giữ lịch này."))
    definition = definition_of(locked.definition)
    if definition is None:
        raise TransitionRefused(_("Mẫu báo cáo của lịch không còn dùng. Hãy lập lịch mới với mẫu khác."))
    changed: dict[str, Any] = {"keeper_id": actor.pk, "halted_because": ""}
    if locked.halted_because:
        changed["counts_from"] = clock.today()
    ReportSchedule.objects.filter(pk=locked.pk).update(**changed)
    record_event("schedule.taken_over", schedule, actor=actor, change={"before": locked.keeper.full_name})


@transaction.atomic
def retry_scheduled(*, scheduled: ScheduledRun, actor: Actor) -> None:
    """A report that failed too often is tried again at the next round."""
    _check_keeper(actor)
    freed = ScheduledRun.objects.filter(pk=scheduled.pk, run__isnull=True, attempts__gte=MOST_TRIES).update(
        attempts=0
    )
    if not freed:
        raise TransitionRefused(_("Kỳ này đã có báo cáo, hoặc hệ thống đang tự lập lại."))
    record_event(
        "schedule.retried", scheduled.schedule, actor=actor, change={"due_on": format_date(scheduled.due_on)}
    )


def _check_keeper(actor: Actor) -> None:
    if not actor.is_active or not keeps_reports(actor):
        raise PermissionDenied(_("Lịch báo cáo do chuyên viên Sở giữ."))


def _locked(schedule: ReportSchedule) -> ReportSchedule:
    return ReportSchedule.objects.select_for_update(of=("self",)).select_related("keeper").get(pk=schedule.pk)


def _check(plan: SchedulePlan, actor: Actor) -> ReportDefinition:
    definition = definition_of(plan.definition)
    if definition is None or not can_be_scheduled(definition) or not definition.readers(actor):
        raise TransitionRefused(_("Mẫu báo cáo này không lập theo lịch được. Hãy chọn mẫu khác."))
    today = clock.today()
    if area_choice(actor, plan.area_code, today) is None:
        raise TransitionRefused(_("Địa bàn này nằm ngoài đơn vị của bạn."))
    if plan.counts_from < today - _LONGEST_PAST:
        raise TransitionRefused(
            _("Lịch tính từ ngày %(first)s trở đi; hãy chọn ngày gần hơn.")
            % {"first": format_date(today - _LONGEST_PAST)}
        )
    if problem := programme_problem(definition, plan.programmes):
        raise TransitionRefused(problem)
    if not plan.recipients:
        raise TransitionRefused(_("Hãy chọn ít nhất một người nhận."))
    known = able_recipients(definition, plan.area_code, plan.recipients)
    if not set(plan.recipients) <= {user.pk for user in known}:
        raise TransitionRefused(
            _("Có người nhận không mở được báo cáo của địa bàn này. Hãy chọn lại người nhận.")
        )
    return definition


def able_recipients(definition: ReportDefinition, area_code: str, chosen: Iterable[int]) -> list[User]:
    """Of the chosen accounts those that can open this report of an area today."""
    return [user for user in possible_recipients(area_code).filter(pk__in=chosen) if definition.readers(user)]


def programme_problem(definition: ReportDefinition, programmes: tuple[str, ...]) -> str:
    """Why a report can't be made for these programmes; "" when it can."""
    known = set(definition.programmes)
    if known and not set(programmes) <= known:
        return _("Mẫu báo cáo này không có chính sách đã chọn. Hãy chọn lại chính sách.")
    if Ask.PROGRAMME in definition.asks and len(programmes) != 1:
        return _("Mẫu báo cáo này làm cho từng chính sách. Hãy chọn đúng một chính sách.")
    if programmes and not {Ask.PROGRAMME, Ask.PROGRAMMES} & set(definition.asks):
        return _("Mẫu báo cáo này không chọn theo chính sách. Hãy bỏ chọn chính sách.")
    return ""


def _values(plan: SchedulePlan) -> dict[str, Any]:
    values = asdict(plan)
    del values["is_suggested"]
    values["recipients"], values["programmes"] = list(plan.recipients), list(plan.programmes)
    values["weekday"] = plan.weekday if plan.every == Every.WEEK else None
    values["month_day"] = plan.month_day if plan.every == Every.MONTH else None
    return values


def _record(
    action: str, schedule: ReportSchedule, definition: ReportDefinition, actor: Actor, **more: Any
) -> None:
    change = {
        "definition": definition.title,
        "when": schedule.says_when,
        "recipients": schedule.recipients,
        "by_mail": schedule.by_mail,
        **more,
    }
    record_event(action, schedule, actor=actor, change=change)
