"""What has fallen due is made: each report once for its day, oldest first, also after a stop and with several workers."""

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import F

from core import clock
from core.audit import record_event
from core.dates import format_date
from core.fence import fenced
from core.workflow import Actor
from reports.definitions import definition_of
from reports.definitions.base import Params, ReportDefinition
from reports.enums.schedules import Halt
from reports.models import ReportRun, ReportSchedule, ScheduledDelivery, ScheduledRun
from reports.permissions import keeps_reports
from reports.queries.areas import AreaChoice, area_choice
from reports.queries.schedules import deliveries_to, made_days
from reports.rules.schedules import Occurrence, occurrences
from reports.services.runs import make_report_run
from reports.services.schedules import able_recipients, business_moment, can_be_scheduled, programme_problem

logger: Final = logging.getLogger(__name__)
# in one round; the next goes on where this one stopped
MOST_AT_ONCE: Final = 20


@dataclass(slots=True)
class Round:
    """What a round did: reports made, failures, schedules that stopped by themselves."""

    made: int = 0
    failed: int = 0
    halted: int = 0


def make_due_reports(at: dt.datetime | None = None, most: int = MOST_AT_ONCE) -> Round:
    """Make what has fallen due until now (`at`: the business date with Vietnam's time, without zone), `most` in one round.

    A report, its files, its place in the lists of its recipients are one transaction: a worker that dies leaves nothing, and
    the next round makes it. A schedule that another worker holds is passed over. What fails is tried again at later rounds,
    five times, and keeps no other day or schedule from its report. A schedule whose keeper's account is closed, or whose
    report can't be made any more, stops and says why.
    """
    moment = at or business_moment()
    done = Round()
    running = ReportSchedule.objects.filter(
        ended_on__isnull=True, halted_because="", counts_from__lte=moment.date()
    )
    for schedule in running.select_related("keeper").order_by("pk"):
        _work_through(schedule, moment, done, most)
    return done


def _work_through(schedule: ReportSchedule, moment: dt.datetime, done: Round, most: int) -> None:
    failed: set[dt.date] = set()
    while done.made < most:
        due: Occurrence | None = None
        try:
            with fenced(schedule.keeper_id, schedule.keeper.area_code):
                held = _hold(schedule.pk)
                if held is None or _halt(held, done):
                    return
                due = _next(held, moment, failed)
                if due is None:
                    return
                _make(held, due)
        except Exception:
            # a report that can't be made is no reason to leave out the others
            logger.exception("schedule %s could not make its report", schedule.reference)
            done.failed += 1
            if due is None:
                return
            failed.add(due.due_on)
            _note_failure(schedule, due)
        else:
            done.made += 1


def _hold(schedule_id: int) -> ReportSchedule | None:
    """The schedule, locked for this transaction; None when another worker has it, or it doesn't run any more."""
    rows = ReportSchedule.objects.select_for_update(skip_locked=True, of=("self",)).select_related("keeper")
    return rows.filter(pk=schedule_id, ended_on__isnull=True, halted_because="").first()


def _halt(schedule: ReportSchedule, done: Round) -> bool:
    because = _reason_to_halt(schedule)
    if because is None:
        return False
    ReportSchedule.objects.filter(pk=schedule.pk).update(halted_because=because)
    record_event("schedule.halted", schedule, actor=None, change={"because": str(because.label)})
    done.halted += 1
    return True


def _reason_to_halt(schedule: ReportSchedule) -> Halt | None:
    keeper, definition = schedule.keeper, definition_of(schedule.definition)
    if not keeper.is_active:
        return Halt.ACCOUNT
    if definition is None or not can_be_scheduled(definition):
        return Halt.DEFINITION
    if programme_problem(definition, tuple(schedule.programmes)):
        return Halt.DEFINITION
    if not keeps_reports(keeper) or not definition.readers(keeper):
        return Halt.ROLE
    return None if area_choice(keeper, schedule.area_code, clock.today()) else Halt.AREA


def _next(schedule: ReportSchedule, moment: dt.datetime, failed: set[dt.date]) -> Occurrence | None:
    """The oldest report that is due and not made."""
    due = list(occurrences(schedule.rhythm, schedule.counts_from, moment))
    settled = made_days(schedule, [one.due_on for one in due]) | failed
    return next((one for one in due if one.due_on not in settled), None)


def _make(schedule: ReportSchedule, due: Occurrence) -> None:
    definition, area = (
        definition_of(schedule.definition),
        area_choice(schedule.keeper, schedule.area_code, clock.today()),
    )
    if definition is None or area is None:
        raise RuntimeError("the schedule was to be halted")
    run = _run(definition, area, schedule, due)
    scheduled, _is_new = ScheduledRun.objects.get_or_create(
        schedule=schedule, due_on=due.due_on, defaults={"first": due.first, "last": due.last}
    )
    ScheduledRun.objects.filter(pk=scheduled.pk).update(run=run, made_at=clock.now())
    people = _deliver(definition, schedule, scheduled)
    change = {"run": run.reference, "due_on": format_date(due.due_on), "people": people}
    record_event("schedule.made", schedule, actor=schedule.keeper, change=change)


def _run(
    definition: ReportDefinition, area: AreaChoice, schedule: ReportSchedule, due: Occurrence
) -> ReportRun:
    params = Params(due.first, due.last, area, tuple(schedule.programmes))
    key = f"schedule:{schedule.pk}:{due.due_on}"
    return make_report_run(definition=definition, params=params, actor=schedule.keeper, request_key=key)


def _deliver(definition: ReportDefinition, schedule: ReportSchedule, scheduled: ScheduledRun) -> int:
    """Into the lists of its recipients, as far as they may open it today."""
    able = able_recipients(definition, schedule.area_code, schedule.recipients)
    rows = [ScheduledDelivery(scheduled=scheduled, user=user, wants_mail=schedule.by_mail) for user in able]
    return len(ScheduledDelivery.objects.bulk_create(rows))


def _note_failure(schedule: ReportSchedule, due: Occurrence) -> None:
    with fenced(schedule.keeper_id, schedule.keeper.area_code):
        scheduled, _is_new = ScheduledRun.objects.get_or_create(
            schedule=schedule, due_on=due.due_on, defaults={"first": due.first, "last": due.last}
        )
        ScheduledRun.objects.filter(pk=scheduled.pk, run__isnull=True).update(attempts=F("attempts") + 1)
        scheduled.refresh_from_db()
        change = {"due_on": format_date(due.due_on), "attempts": scheduled.attempts}
        record_event("schedule.failed", schedule, actor=None, change=change)


@transaction.atomic
def read_report(run: ReportRun, *, actor: Actor) -> None:
    """The report is no longer marked as new in this person's list. Nothing for a report that was not sent to them."""
    deliveries_to(actor).filter(scheduled__run=run, read_at__isnull=True).update(read_at=clock.now())
