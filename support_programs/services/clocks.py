"""The clock of a list: each pass through a step of its chain starts, has a due day in working days, and ends."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from core import clock
from core.audit import record_event
from core.queries.calendar import working_calendar
from core.transitions import perform
from core.workflow import Actor
from support_programs.enums import ListStatus, Step
from support_programs.models import Case, CaseList, CaseListStep
from support_programs.queries.programmes import definition_of
from support_programs.rules.parts import ChainStep
from support_programs.services.assignment import drop_assignments
from support_programs.services.scope import check_area
from support_programs.workflow import LIST_WORKFLOW


def is_posting_inside_review(step: ChainStep) -> bool:
    """Do the posting days lie inside the commune's three? The setting POSTING_INSIDE_REVIEW overrules the catalogue."""
    chosen: bool | None = settings.POSTING_INSIDE_REVIEW
    return step.is_inside_previous if chosen is None else chosen


def first_step(case_list: CaseList) -> Step:
    """Where the chain of a list begins."""
    return Step(definition_of(case_list.version_used_id).chain[0].step)


def step_after(case_list: CaseList, steps: Collection[Step]) -> Step:
    """The step that follows the last one of these in the list's chain."""
    chain = [Step(part.step) for part in definition_of(case_list.version_used_id).chain]
    place = max(place for place, step in enumerate(chain) if step in steps)
    return chain[place + 1]


def step_of_chain(case_list: CaseList, step: Step) -> ChainStep | None:
    """The chain's step of a code; None where the list's version has none."""
    chain = definition_of(case_list.version_used_id).chain
    return next((part for part in chain if part.step == step), None)


def appraisal_step(case_list: CaseList) -> Step | None:
    """The step in which the list's cases are appraised: the district's, or, where the department does it, whichever it has."""
    own = () if case_list.has_list_approval else (Step.DEPARTMENT_APPRAISAL,)
    return next((step for step in (*own, Step.DISTRICT_APPRAISAL) if step_of_chain(case_list, step)), None)


def due_of(case_list: CaseList, step: Step, on: dt.date) -> dt.date | None:
    """The due day of a step that starts on a day; None where no limit is laid down.

    A posting inside the review keeps the review's due day.
    """
    rule = step_of_chain(case_list, step)
    if rule is None or rule.limit is None:
        return None
    if step == Step.POSTING and is_posting_inside_review(rule):
        return case_list.due_on
    return working_calendar().add_working_days(on, rule.limit)


def due_at_intake(case_list: CaseList, on: dt.date) -> dt.date | None:
    """The due day of the first step while the list is drawn up: an agency's days begin when it is sent there."""
    first = first_step(case_list)
    return None if first in Step.of_agencies() else due_of(case_list, first, on)


def open_step(case_list: CaseList) -> None:
    """Keep the pass through its present step that the list has just begun."""
    CaseListStep.objects.create(
        area_code=case_list.area_code,
        case_list=case_list,
        step=case_list.current_step,
        started_on=case_list.step_started_on,
        due_on=case_list.due_on,
    )


def advance(
    case_list: CaseList,
    action: str,
    *,
    actor: Actor,
    step: Step | None = None,
    is_intake: bool = False,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
    event: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
) -> CaseList:
    """Carry out an action on a list; with `step` its present pass ends today and one through that step starts.

    With `is_intake` it goes back to those who draw it up: the chain's first step begins anew. Refused like `perform`. The
    caller's block must be atomic.
    """
    check_area(actor, case_list.area_code)
    today = clock.today()
    clocked: dict[str, Any] = {}
    if is_intake:
        step = first_step(case_list)
    if step is not None:
        due = due_at_intake(case_list, today) if is_intake else due_of(case_list, step, today)
        clocked = {"current_step": step, "step_started_on": today, "due_on": due}
    with transaction.atomic():
        before = CaseList.objects.select_for_update(of=("self",)).get(pk=case_list.pk)
        current = perform(
            LIST_WORKFLOW,
            case_list,
            action,
            actor=actor,
            reason=reason,
            changes={**clocked, **(changes or {})},
            event=event,
            expected_version=expected_version,
        )
        if step is not None:
            end_step(current, actor=actor, on=today)
            open_step(current)
            Case.objects.filter(case_list=current).update(due_on=current.due_on)
        drop_assignments(before, current, actor=actor)
    return current


def end_step(case_list: CaseList, *, actor: Actor, on: dt.date) -> None:
    """The running pass of a list ends, with the name of who ended it."""
    CaseListStep.objects.filter(case_list=case_list, finished_on__isnull=True).update(
        finished_on=on, finished_by_id=actor.pk, finished_by_name=actor.full_name
    )


@transaction.atomic
def start_payment_step(case_list: CaseList, *, allocated_on: dt.date, actor: Actor) -> CaseList:
    """The payment's working days start with the recorded allocation (docs: QĐ 1856, chi trả).

    Called when money reached the district; a second allocation for the same list starts nothing anew, nor does one for a
    list whose chain has no payment.
    """
    locked = CaseList.objects.select_for_update(of=("self",)).get(pk=case_list.pk)
    is_started = locked.current_step == Step.PAYMENT or step_of_chain(locked, Step.PAYMENT) is None
    if locked.status != ListStatus.MONEY_APPROVED or is_started:
        return locked
    end_step(locked, actor=actor, on=locked.decision_date or allocated_on)
    due = due_of(locked, Step.PAYMENT, allocated_on)
    CaseList.objects.filter(pk=locked.pk).update(
        current_step=Step.PAYMENT,
        step_started_on=allocated_on,
        due_on=due,
        allocated_on=allocated_on,
        version=F("version") + 1,
    )
    locked.refresh_from_db()
    open_step(locked)
    record_event("list.allocated", locked, actor=actor, change={"allocated_on": allocated_on})
    return locked


@transaction.atomic
def end_payment_step(case_list: CaseList, *, actor: Actor, on: dt.date) -> None:
    """Everybody of the list was paid: its last pass ends."""
    if case_list.current_step == Step.PAYMENT:
        end_step(case_list, actor=actor, on=on)
        CaseList.objects.filter(pk=case_list.pk).update(due_on=None, version=F("version") + 1)
