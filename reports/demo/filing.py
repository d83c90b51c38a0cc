"""The lists of the plan as records: who acted on each, its papers and dates, its passes through the steps."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from accounts.demo import PROVINCE
from accounts.enums import Role
from core.references import format_reference
from reports.demo.copying import copy_rows, next_id
from reports.demo.people import Human
from reports.demo.plan import VE_SO, ListPlan
from reports.demo.staff import Member, Staff
from reports.demo.stages import WAVES, Stage
from support_programs.enums import CaseStatus, ListStatus, Step
from support_programs.models import CaseList, CaseListStep

ZONE: Final = dt.timezone(dt.timedelta(hours=7))
STREAM_NAMES: Final = {VE_SO: "người bán vé số lưu động"}
OTHER_STREAM: Final = "lao động tự do"


def moment(day: dt.date, minutes: int) -> dt.datetime:
    """A time of that day, so many minutes after the offices open at 7."""
    return dt.datetime.combine(day, dt.time(7), ZONE) + dt.timedelta(minutes=minutes)


@dataclass(slots=True)
class Entry:
    """One case of a list; `is_out` where it was taken out while the rest went on."""

    human: Human
    status: CaseStatus
    pk: int = 0
    reference: str = ""
    is_out: bool = False
    mark_text: str = ""


@dataclass(slots=True)
class Filed:
    """One list with the people who acted on it; the `colleague` of the appraiser has some of its rows on the desk."""

    plan: ListPlan
    pk: int
    reference: str
    officer: Member
    appraiser: Member
    colleague: Member
    head: Member
    money_appraiser: Member
    approver: Member
    is_confirmed: bool
    paid_by: Member | None = None
    entries: list[Entry] = field(default_factory=list)

    @property
    def status(self) -> ListStatus:
        return self.plan.stage.list_status


def file_lists(plans: Sequence[ListPlan], staff: Staff, first: int, first_number: int) -> list[Filed]:
    """Give each plan its number and its people; who decides differs from who acted before."""
    return [
        Filed(
            plan=plan,
            pk=first + place,
            reference=format_reference("DS", 2021, first_number + place),
            officer=staff.pick(plan.area_code, Role.COMMUNE_OFFICER, plan.turn),
            appraiser=staff.pick(plan.district, Role.DISTRICT_OFFICER, plan.turn),
            colleague=staff.pick(plan.district, Role.DISTRICT_OFFICER, plan.turn + 1),
            head=staff.pick(plan.district, Role.DISTRICT_HEAD, plan.turn // 2),
            money_appraiser=staff.pick(PROVINCE, Role.PROVINCIAL_REVIEWER, plan.turn),
            approver=staff.pick(PROVINCE, Role.PROVINCIAL_APPROVER, plan.wave or 0),
            is_confirmed=plan.was_submitted or (plan.stage is Stage.POSTED and plan.turn % 2 == 0),
        )
        for place, plan in enumerate(plans)
    ]


def write_lists(
    cursor: CursorWrapper,
    filed: Iterable[Filed],
    communes: dict[str, str],
    programme: dict[str, Any],
    decisions: dict[int, int],
) -> None:
    """The lists and their steps; `decisions` gives the record of each wave's decision, `programme` the version used."""
    kept = list(filed)
    copy_rows(cursor, CaseList, [_list_row(item, communes, programme, decisions) for item in kept])
    first = next_id(cursor, CaseListStep)
    passes = [(item, step) for item in kept for step in item.plan.steps]
    copy_rows(
        cursor,
        CaseListStep,
        [
            {
                "id": first + place,
                "area_code": item.plan.area_code,
                "case_list_id": item.pk,
                "step": step.step.value,
                "started_on": step.started_on,
                "due_on": step.due_on,
                "finished_on": step.finished_on,
                **_finisher(item, step.step, is_finished=step.finished_on is not None),
            }
            for place, (item, step) in enumerate(passes)
        ],
    )


def _finisher(item: Filed, step: Step, *, is_finished: bool) -> dict[str, object]:
    by = {
        Step.COMMUNE_REVIEW: item.officer,
        Step.POSTING: item.officer,
        Step.DISTRICT_APPRAISAL: item.head,
        Step.MONEY_APPRAISAL: item.money_appraiser,
        Step.MONEY_APPROVAL: item.approver,
        Step.PAYMENT: item.paid_by,
    }.get(step)
    if not is_finished or by is None:
        return {"finished_by_id": None, "finished_by_name": ""}
    return {"finished_by_id": by.pk, "finished_by_name": by.full_name}


def _list_row(
    item: Filed, communes: dict[str, str], programme: dict[str, Any], decisions: dict[int, int]
) -> dict[str, object]:
    plan = item.plan
    commune = communes[plan.area_code]
    current = plan.steps[-1]
    changed = moment(current.finished_on or current.started_on, 40 + plan.turn % 400)
    return {
        "id": item.pk,
        "reference": item.reference,
        "area_code": plan.area_code,
        "status": item.status.value,
        "status_changed_at": changed,
        "version": len(plan.steps),
        "created_at": moment(plan.list_date, 20 + plan.turn % 200),
        **programme,
        "stream": plan.stream,
        "title": f"Danh sách {STREAM_NAMES.get(plan.stream, OTHER_STREAM)} {commune}, đợt {plan.turn % 5 + 1}",
        "list_date": plan.list_date,
        "current_step": current.step.value,
        "step_started_on": current.started_on,
        # the last pass has ended where everybody was paid
        "due_on": current.due_on if current.finished_on is None else None,
        "created_by_id": item.officer.pk,
        **_papers_of_commune(item, commune),
        **_papers_above(item, decisions),
    }


def _papers_of_commune(item: Filed, commune: str) -> dict[str, object]:
    plan = item.plan
    posting = next((step for step in plan.steps if step.step is Step.POSTING), None)
    submitted = plan.day_of(Step.DISTRICT_APPRAISAL)
    is_posted = item.status is not ListStatus.POSTING and posting is not None
    return {
        "letter_number": f"DEMO-{plan.turn + 1:03d}/TTr-UBND" if submitted else "",
        "letter_date": submitted,
        "posting_from": posting.started_on if posting else None,
        "posting_until": plan.posted_until,
        "posting_closed_on": (posting.finished_on or plan.posted_until) if posting and is_posted else None,
        "posting_place": f"Trụ sở UBND {commune} và nhà văn hóa khóm, ấp" if posting else "",
        "posting_remarks": "Không có ý kiến phản đối." if is_posted else "",
        "submitted_by_id": item.officer.pk if submitted else None,
        "sent_back_reason": (
            "Một số dòng chưa khớp giấy tờ, đề nghị xã kiểm tra lại."
            if item.status is ListStatus.SENT_BACK
            else ""
        ),
    }


def _papers_above(item: Filed, decisions: dict[int, int]) -> dict[str, object]:
    plan, rank = item.plan, item.plan.stage.rank
    is_approved, is_appraised = rank >= Stage.DISTRICT_APPROVED.rank, rank >= Stage.MONEY_APPRAISED.rank
    wave = WAVES[plan.wave] if plan.wave is not None else None
    appraised_on = plan.end_of(Step.DISTRICT_APPRAISAL) or plan.day_of(Step.DISTRICT_APPRAISAL)
    money_on = plan.end_of(Step.MONEY_APPRAISAL)
    return {
        "district_number": f"DEMO-{plan.turn + 1:03d}/QĐ-UBND" if is_approved else "",
        "district_date": appraised_on if is_approved else None,
        "list_approved_by_id": item.head.pk if is_approved else None,
        "finance_number": f"DEMO-{plan.turn + 1:03d}/STC-HCSN" if is_appraised else "",
        "finance_date": money_on if is_appraised else None,
        "money_appraised_by_id": item.money_appraiser.pk if is_appraised else None,
        "money_approved_by_id": item.approver.pk if wave else None,
        "decision_id": decisions[plan.wave] if plan.wave is not None else None,
        "decision_number": wave.number if wave else "",
        "decision_date": wave.signed_on if wave else None,
        "allocated_on": wave.allocated_on if wave else None,
    }
