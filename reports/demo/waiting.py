"""What the cases of the lists wait for: an officer who has taken them up, a missing paper, the citizen who completes them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from core.working_days import Calendar
from reports.demo.copying import copy_rows, next_id
from reports.demo.filing import Entry, Filed
from reports.demo.plan import Days
from reports.demo.stages import Stage
from support_programs.enums import CaseStatus, Step
from support_programs.models import SupplementRequest
from support_programs.rules.clocks import stop_clock

IDENTITY_PAPER: Final = "identity_paper"
# what is asked for: the place that is marked (kind, code, label), why there, and what is said in all
_ASKED: Final = (
    (
        ("paper", IDENTITY_PAPER, "Bản sao CCCD hoặc CMND"),
        "Hồ sơ chưa có bản sao.",
        "Cần bổ sung bản sao CCCD hoặc CMND, rõ cả hai mặt.",
    ),
    (
        ("applicant", "number", "Số CCCD, CMND"),
        "Số ghi trong danh sách chưa khớp bản chụp.",
        "Số giấy tờ chưa khớp bản chụp, cần xã kiểm tra lại.",
    ),
    (
        ("answer", "lost_income_on", "Ngày mất việc, mất thu nhập"),
        "Đơn chỉ ghi tháng, chưa ghi ngày.",
        "Cần ghi rõ thời điểm mất việc.",
    ),
)
_ANSWER_WITHIN: Final = (3, 5, 7)  # working days
_WITH_APPRAISER: Final = (CaseStatus.APPRAISING, CaseStatus.ELIGIBLE)


def supplement_reason(entry: Entry) -> str:
    """Why a case of the demo was sent back to be completed."""
    return _ASKED[entry.pk % len(_ASKED)][2]


def lacks_identity_paper(item: Filed, entry: Entry) -> bool:
    """One row in nine that the district looks at came without it, and those that were sent back for it."""
    if entry.status is CaseStatus.NEEDS_SUPPLEMENT:
        return _ASKED[entry.pk % len(_ASKED)][0][1] == IDENTITY_PAPER
    return (
        item.plan.stage is Stage.AT_DISTRICT and entry.status is CaseStatus.APPRAISING and entry.pk % 9 == 4
    )


def assignment(item: Filed, entry: Entry) -> dict[str, Any]:
    """Who works on the case: two thirds of what lies with an appraiser, half of what came back or was not listed yet."""
    on, turn = item.plan.day_of(Step.DISTRICT_APPRAISAL), entry.pk % 3
    if item.plan.stage is Stage.AT_DISTRICT and entry.status in _WITH_APPRAISER and turn:
        is_decided = entry.status is CaseStatus.ELIGIBLE
        officer = item.appraiser if is_decided or turn == 1 else item.colleague
        return {"assigned_to_id": officer.pk, "assigned_on": on}
    is_with_commune = entry.mark_text or entry.status is CaseStatus.DRAFT
    if is_with_commune and entry.pk % 2:
        return {"assigned_to_id": item.officer.pk, "assigned_on": item.plan.steps[-1].started_on}
    return {"assigned_to_id": None, "assigned_on": None}


def write_requests(
    cursor: CursorWrapper, filed: Sequence[Filed], appraised_on: dict[int, dt.date], days: Days
) -> int:
    """What was asked of every case that was sent back to be completed, its clock stopped on that day; gives how many."""
    first = next_id(cursor, SupplementRequest)
    waiting = [
        (item, entry)
        for item in filed
        for entry in item.entries
        if entry.status is CaseStatus.NEEDS_SUPPLEMENT and entry.pk in appraised_on
    ]
    rows = [
        {"id": first + place, **_row(item, entry, appraised_on[entry.pk], days.calendar)}
        for place, (item, entry) in enumerate(waiting)
    ]
    return copy_rows(cursor, SupplementRequest, rows)


def _row(item: Filed, entry: Entry, on: dt.date, calendar: Calendar) -> dict[str, Any]:
    (kind, code, label), why, reason = _ASKED[entry.pk % len(_ASKED)]
    step = next(step for step in item.plan.steps if step.step is Step.DISTRICT_APPRAISAL)
    stopped = stop_clock(calendar, due_on=step.due_on, on=on)
    return {
        "area_code": item.plan.area_code,
        "case_id": entry.pk,
        "items": [{"kind": kind, "code": code, "label": label, "why": why}],
        "reason": reason,
        "answer_by": calendar.add_working_days(on, _ANSWER_WITHIN[entry.pk % len(_ANSWER_WITHIN)]),
        "days_left": stopped.days_left,
        "due_before": stopped.due_before,
        "asked_on": on,
        "asked_by_id": item.appraiser.pk,
        "asked_by_name": item.appraiser.full_name,
    }
