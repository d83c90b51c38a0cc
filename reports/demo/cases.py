"""The cases of the lists: in which state each stands, those taken out with their reason, what the check of conditions said."""

import datetime as dt
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from core.references import format_reference
from reports.demo.copying import copy_rows, next_id
from reports.demo.filing import Entry, Filed, moment
from reports.demo.judging import Judge, Judged, refusal_reason
from reports.demo.papers import papers_missing, write_papers
from reports.demo.people import Human
from reports.demo.plan import Days
from reports.demo.stages import Stage
from reports.demo.waiting import assignment, supplement_reason, write_requests
from support_programs.enums import CaseStatus, Step
from support_programs.models import Case, EligibilityDetermination, Exclusion, FactConfirmation

AMOUNT: Final = 1_500_000
JudgedCases = dict[int, Judged]
_MARKS: Final = (
    "Ngày sinh chưa khớp căn cước.",
    "Nghề ghi trong danh sách chưa rõ.",
    "Thiếu chữ ký trong đơn.",
)


def enter_cases(filed: Sequence[Filed], people: dict[int, list[Human]], random: Random) -> None:
    """Give every list its entries with their states."""
    for item in filed:
        item.entries = [_entry(item, human, random) for human in people[item.plan.turn]]
        if all(entry.is_out for entry in item.entries):
            item.entries[0] = Entry(item.entries[0].human, _usual_status(item.plan.stage))


def _entry(item: Filed, human: Human, random: Random) -> Entry:
    stage, chance = item.plan.stage, random.random()
    if stage is Stage.SENT_BACK:
        return Entry(human, CaseStatus.LISTED, mark_text=random.choice(_MARKS) if chance < 0.12 else "")
    if stage is Stage.DRAFT and chance < 0.1:
        return Entry(human, CaseStatus.DRAFT, is_out=True)
    if not item.plan.was_submitted:
        return Entry(human, CaseStatus.LISTED)
    if chance < 0.020:
        return Entry(human, CaseStatus.INELIGIBLE, is_out=True)
    if chance < 0.034:
        return Entry(human, CaseStatus.NEEDS_SUPPLEMENT, is_out=True)
    if chance < 0.037:
        return Entry(human, CaseStatus.WITHDRAWN, is_out=True)
    if stage is Stage.AT_DISTRICT and chance < 0.55:
        return Entry(human, CaseStatus.APPRAISING)
    return Entry(human, _usual_status(stage))


def _usual_status(stage: Stage) -> CaseStatus:
    if stage.rank >= Stage.MONEY_APPROVED.rank:
        return CaseStatus.APPROVED
    return CaseStatus.ELIGIBLE if stage.rank >= Stage.AT_DISTRICT.rank else CaseStatus.LISTED


def write_cases(
    cursor: CursorWrapper,
    filed: Sequence[Filed],
    programme: dict[str, Any],
    judge: Judge,
    days: Days,
    first_number: int,
) -> int:
    """Cases with all that hangs on them: determinations, exclusions, requests, confirmations, papers; gives how many cases."""
    first = next_id(cursor, Case)
    place = 0
    judged: JudgedCases = {}
    rows: list[dict[str, object]] = []
    for item in filed:
        position = 0
        for entry in item.entries:
            entry.pk, entry.reference = first + place, format_reference("HS", 2021, first_number + place)
            position += 0 if entry.is_out else 1
            judged[entry.pk] = judge.judge(item, entry)
            row = _case_row(item, entry, judged[entry.pk], position)
            missing = papers_missing(item, entry, judge, judged[entry.pk])
            rows.append({**row, "papers_missing": missing, **programme, **assignment(item, entry)})
            place += 1
    copy_rows(cursor, Case, rows)
    rows.clear()  # tens of megabytes that nothing below needs
    _write_determinations(cursor, filed, judge, judged)
    _write_exclusions(cursor, filed)
    asked_on = {entry.pk: _appraised_on(item, entry) for item, entry in _each(filed) if entry.is_out}
    write_requests(cursor, filed, {pk: day for pk, day in asked_on.items() if day}, days)
    _write_confirmations(cursor, filed, judge)
    write_papers(cursor, filed, judge, judged)
    return place


def _appraised_on(item: Filed, entry: Entry) -> dt.date | None:
    decided = (CaseStatus.ELIGIBLE, CaseStatus.APPROVED, CaseStatus.INELIGIBLE, CaseStatus.NEEDS_SUPPLEMENT)
    if not item.plan.was_submitted or entry.status not in decided:
        return None
    return item.plan.end_of(Step.DISTRICT_APPRAISAL) or item.plan.day_of(Step.DISTRICT_APPRAISAL)


def _case_row(item: Filed, entry: Entry, judged: Judged, position: int) -> dict[str, object]:
    human, plan = entry.human, item.plan
    appraised_on = _appraised_on(item, entry)
    current = plan.steps[-1]
    changed = (
        plan.end_of(Step.MONEY_APPROVAL)
        or appraised_on
        or plan.day_of(Step.DISTRICT_APPRAISAL)
        or plan.list_date
    )
    is_open = (
        entry.status in (CaseStatus.LISTED, CaseStatus.APPRAISING, CaseStatus.ELIGIBLE) and not entry.is_out
    )
    return {
        "id": entry.pk,
        "reference": entry.reference,
        "area_code": plan.area_code,
        "status": entry.status.value,
        "status_changed_at": moment(changed, 60 + entry.pk % 400),
        "created_at": moment(plan.list_date, entry.pk % 20),
        "version": 1 + len(plan.steps),
        "stream": plan.stream,
        "person_id": human.pk,
        "case_list_id": None if entry.is_out else item.pk,
        "position": None if entry.is_out else position,
        "applicant_name": human.full_name,
        "name_key": human.name_key,
        "name_sort": human.name_sort,
        "birth_date": human.birth_date,
        "birth_year": human.birth_year,
        "sex": human.sex.value,
        "number_kind": human.kind.value,
        "number_last3": human.last3,
        "hamlet": human.hamlet,
        "phone": human.phone,
        "occupation": human.occupation,
        "received_on": plan.list_date,
        "due_on": current.due_on if is_open else None,
        "facts": judged.own,
        "result": judged.judgement.result,
        "outcomes": judged.judgement.letters,
        "amount_proposed": AMOUNT,
        "mark_text": entry.mark_text,
        "entered_by_id": item.officer.pk,
        "appraised_by_id": item.appraiser.pk if appraised_on else None,
        "appraised_on": appraised_on,
    }


def _each(filed: Sequence[Filed]) -> Iterator[tuple[Filed, Entry]]:
    for item in filed:
        for entry in item.entries:
            yield item, entry


def _write_determinations(
    cursor: CursorWrapper, filed: Sequence[Filed], judge: Judge, judged: JudgedCases
) -> None:
    first = next_id(cursor, EligibilityDetermination)
    rows = [
        {
            "area_code": item.plan.area_code,
            "case_id": entry.pk,
            **judged[entry.pk].determination(judge.version, item.plan.list_date),
            "created_by_id": item.officer.pk,
            "created_at": moment(item.plan.list_date, 30 + entry.pk % 20),
        }
        for item, entry in _each(filed)
        if entry.status is not CaseStatus.DRAFT
    ]
    copy_rows(cursor, EligibilityDetermination, [{"id": first + n, **row} for n, row in enumerate(rows)])


def _write_exclusions(cursor: CursorWrapper, filed: Sequence[Filed]) -> None:
    first = next_id(cursor, Exclusion)
    rows = [
        {
            "area_code": item.plan.area_code,
            "case_list_id": item.pk,
            "case_id": entry.pk,
            "reason": _exclusion_reason(entry),
            "case_status": entry.status.value,
            "excluded_by_id": item.appraiser.pk,
            "excluded_by_name": item.appraiser.full_name,
            "excluded_on": _appraised_on(item, entry),
        }
        for item, entry in _each(filed)
        if entry.is_out and entry.status in (CaseStatus.INELIGIBLE, CaseStatus.NEEDS_SUPPLEMENT)
    ]
    copy_rows(cursor, Exclusion, [{"id": first + n, **row} for n, row in enumerate(rows)])


def _exclusion_reason(entry: Entry) -> str:
    if entry.status is CaseStatus.INELIGIBLE:
        return refusal_reason(entry)
    return supplement_reason(entry)


def _write_confirmations(cursor: CursorWrapper, filed: Sequence[Filed], judge: Judge) -> None:
    first = next_id(cursor, FactConfirmation)
    rows = [
        {
            "area_code": item.plan.area_code,
            "case_list_id": item.pk,
            "fact": fact,
            "value": value,
            "confirmed_by_id": item.officer.pk,
            "confirmed_by_name": item.officer.full_name,
            "confirmed_on": item.plan.list_date,
        }
        for item in filed
        if item.is_confirmed
        for fact, value in judge.confirmed_facts()
    ]
    copy_rows(cursor, FactConfirmation, [{"id": first + n, **row} for n, row in enumerate(rows)])
