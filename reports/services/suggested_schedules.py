"""Schedules that the software proposes: its own choice, nobody prescribed them. The department switches them on."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from accounts.enums import Role
from core import clock
from core.workflow import Actor
from reports.definitions import definition_of
from reports.enums.schedules import Every
from reports.models import ReportSchedule
from reports.queries.schedules import possible_recipients
from reports.services.schedules import SchedulePlan, set_up_schedule

_MORNING: Final = dt.time(7, 0)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One proposed schedule of the whole province."""

    code: str
    definition: str
    every: str
    weekday: int | None = None
    month_day: int | None = None


SUGGESTIONS: Final = (
    Suggestion("daily", "daily_progress", Every.DAY),
    Suggestion("weekly", "weekly_progress", Every.WEEK, weekday=1),
    Suggestion("monthly", "nq68_result", Every.MONTH, month_day=1),
)


def open_suggestions() -> list[Suggestion]:
    """Those whose report exists and that nobody has switched on."""
    running = set(
        ReportSchedule.objects.filter(ended_on__isnull=True, area_code="89").values_list(
            "definition", "every"
        )
    )
    return [
        one
        for one in SUGGESTIONS
        if definition_of(one.definition) and (one.definition, one.every) not in running
    ]


@transaction.atomic
def take_suggestion(*, suggestion: Suggestion, actor: Actor) -> ReportSchedule:
    """The proposed schedule begins today at 07:00, for the province's leaders and for who switches it on. Errors as in
    setting up a schedule.
    """
    leaders = possible_recipients(actor.area_code).filter(
        role_assignments__role=Role.LEADER, area_code=actor.area_code
    )
    plan = SchedulePlan(
        definition=suggestion.definition,
        area_code=actor.area_code,
        every=suggestion.every,
        weekday=suggestion.weekday,
        month_day=suggestion.month_day,
        at_time=_MORNING,
        recipients=tuple(sorted({*leaders.values_list("pk", flat=True), actor.pk})),
        counts_from=clock.today(),
        is_suggested=True,
    )
    return set_up_schedule(plan=plan, actor=actor)
