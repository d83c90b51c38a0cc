"""Cases that wait for the citizen: what was asked of them is kept, and their clock stands still until it is answered."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from django.utils.translation import gettext as _

from core import clock
from core.dates import format_date
from core.queries.calendar import working_calendar
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.models import Case, CaseList, SupplementRequest
from support_programs.rules.clocks import StoppedClock, due_after, stop_clock

MarkKind = Literal["answer", "applicant", "paper", "other"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of the dossier that must be put right, and why: a question of the form, a field of the applicant, a paper."""

    kind: MarkKind
    code: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: the reason, the marked places, and by when it should be there."""

    reason: str
    marks: tuple[Mark, ...] = ()
    answer_by: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """A case that leaves its list to be completed, with the due day that it had."""

    pk: int
    area_code: str
    due_on: dt.date | None


def open_requests(cases: Sequence[Stopped], asked: Asked, *, actor: Actor) -> None:
    """Keep what is asked of these cases, each with the working days that were left of its step. Two statements for any number.

    TransitionRefused for a day of answer that is not in the future, or a marked place without a reason.
    """
    today = clock.today()
    if asked.answer_by is not None and asked.answer_by <= today:
        raise TransitionRefused(
            _("Ngày đề nghị bổ sung %(day)s phải sau hôm nay, %(today)s.")
            % {"day": format_date(asked.answer_by), "today": format_date(today)}
        )
    for mark in asked.marks:
        if not mark.why.strip():
            raise TransitionRefused(_("Hãy ghi điều cần bổ sung ở «%(place)s».") % {"place": mark.label})
    calendar = working_calendar()
    SupplementRequest.objects.bulk_create(
        SupplementRequest(
            area_code=case.area_code,
            case_id=case.pk,
            items=[asdict(mark) for mark in asked.marks],
            reason=asked.reason.strip(),
            answer_by=asked.answer_by,
            days_left=stopped.days_left,
            due_before=stopped.due_before,
            asked_on=today,
            asked_by_id=actor.pk,
            asked_by_name=actor.full_name,
        )
        for case in cases
        for stopped in [stop_clock(calendar, due_on=case.due_on, on=today)]
    )


def is_waiting(case: Case) -> bool:
    """Whether something was asked of this case that nobody has answered: its clock stands still."""
    return SupplementRequest.objects.filter(case=case, answered_on__isnull=True).exists()


def end_requests(case_ids: Collection[int], *, answer: str, actor: Actor) -> None:
    """What was asked of these cases is settled today, with the words of how."""
    SupplementRequest.objects.filter(case_id__in=case_ids, answered_on__isnull=True).update(
        answered_on=clock.today(),
        answered_by_id=actor.pk,
        answered_by_name=actor.full_name,
        answer=answer.strip(),
    )


def due_back_in(home: CaseList, case: Case) -> dt.date | None:
    """The due day of a case that is completed today and goes back into its list.

    Its clock runs on; a list that began its step anew meanwhile gives it the new clock, and so it is where nothing was kept.
    """
    asked = SupplementRequest.objects.filter(case=case, answered_on__isnull=True).first()
    if asked is None or home.step_started_on > asked.asked_on:
        return home.due_on
    stopped = StoppedClock(asked.days_left, asked.due_before)
    return due_after(working_calendar(), stopped, answered_on=clock.today())
