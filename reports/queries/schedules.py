"""Schedules as they are shown, whom a report can be sent to, and what waits in somebody's list."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from django.db.models import Count, F, Max, Q, QuerySet

from accounts.enums import Role
from accounts.models import User
from core.querysets import Viewer
from core.workflow import Actor
from reports.models import ReportSchedule, ScheduledDelivery, ScheduledRun

MOST_TRIES: Final = 5


def schedules_of(viewer: Viewer) -> QuerySet[ReportSchedule]:
    """The schedules of the viewer's area, those that run first, with when they last made a report and what failed for good."""
    failed = Q(runs__run__isnull=True, runs__attempts__gte=MOST_TRIES)
    rows: QuerySet[ReportSchedule] = (
        ReportSchedule.objects.visible_to(viewer)
        .select_related("keeper")
        .annotate(last_made=Max("runs__made_at"), gave_up=Count("runs", filter=failed))
    )
    return rows.order_by(F("ended_on").asc(nulls_first=True), "id")


def possible_recipients(area_code: str) -> QuerySet[User]:
    """Who can be sent a report of an area: open accounts whose role reads figures and whose area contains it."""
    above = [area_code[:2], area_code[:5], area_code]
    readers = Q(role_assignments__role__in=Role.readers_of_figures())
    return (
        User.objects.filter(readers, is_active=True, area_code__in=above)
        .distinct()
        .order_by("area_code", "full_name")
    )


def runs_of_schedule(schedule: ReportSchedule) -> QuerySet[ScheduledRun]:
    """What a schedule did, newest first, with how many people have it, how many read it, and its mails."""
    rows: QuerySet[ScheduledRun] = schedule.runs.select_related("run").annotate(
        people=Count("deliveries"),
        read=Count("deliveries", filter=Q(deliveries__read_at__isnull=False)),
        mailed=Count("deliveries", filter=Q(deliveries__mailed_at__isnull=False)),
        to_mail=Count("deliveries", filter=Q(deliveries__wants_mail=True)),
    )
    return rows.order_by("-due_on")


def deliveries_to(user: Actor) -> QuerySet[ScheduledDelivery]:
    """The reports that came by themselves for somebody and that they may still see, newest first."""
    rows = ScheduledDelivery.objects.filter(user_id=user.pk).select_related(
        "scheduled__run", "scheduled__schedule"
    )
    if not user.sees_records or not user.area_code:
        return rows.none()
    return rows.filter(scheduled__run__area_code__startswith=user.area_code)


def unread_of(user: Actor) -> int:
    """How many of them nobody has opened yet."""
    return deliveries_to(user).filter(read_at__isnull=True).count()


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """Full names of accounts."""
    return dict(User.objects.filter(pk__in=list(ids)).values_list("pk", "full_name"))


def made_days(schedule: ReportSchedule, days: Sequence[dt.date]) -> set[dt.date]:
    """Of these due days those that need nothing more: made, or given up until somebody asks again."""
    done = Q(run__isnull=False) | Q(attempts__gte=MOST_TRIES)
    return set(schedule.runs.filter(done, due_on__in=days).values_list("due_on", flat=True))
