"""The steps of a list as its page draws them, and the words that follow its level and its chain."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from core import clock
from core.dates import format_date
from core.page_parts import Step as PageStep
from core.page_parts import StepState
from core.queries.calendar import working_calendar
from core.text import inside_sentence
from core.wording import Text
from support_programs.enums import ListStatus, Step
from support_programs.models import CaseList, CaseListStep
from support_programs.permissions import COMMUNE_DIGITS, DEPARTMENT_DIGITS
from support_programs.queries.programmes import definition_of
from support_programs.rules.parts import ChainStep

_KEPT: Final = (Step.POSTING, *Step.of_agencies())
_OF_DEPARTMENT: Final = "so_ldtbxh"
# who decides the money where it isn't UBND tỉnh
_DECIDED_BY: Final[Mapping[str, Text]] = {
    _OF_DEPARTMENT: lazy("Sở LĐ-TBXH quyết định"),
    "ubnd_huyen": lazy("UBND huyện quyết định"),
}
_APPRAISED_BY: Final[Mapping[str, Text]] = {
    "so_vhttdl": lazy("Sở Văn hóa, Thể thao và Du lịch thẩm định"),
    _OF_DEPARTMENT: lazy("Sở LĐ-TBXH thẩm định"),
}
# buttons whose usual words speak of the commune
_OFF_COMMUNE: Final[Mapping[str, Text]] = {
    "list.submit": lazy("Chuyển thẩm định"),
    "list.resubmit": lazy("Chuyển thẩm định lại"),
    "list.send_back": lazy("Trả lại nơi lập danh sách"),
    "list.rework": lazy("Sửa danh sách"),
}


def step_label(case_list: CaseList, rule: ChainStep) -> Text:
    """The step in words, with who really does it in this list."""
    if rule.step == Step.MONEY_APPROVAL:
        return _DECIDED_BY.get(rule.actor, Step.MONEY_APPROVAL.label)
    if rule.step == Step.DEPARTMENT_APPRAISAL:
        return _APPRAISED_BY.get(rule.actor, Step.DEPARTMENT_APPRAISAL.label)
    if len(case_list.area_code) == DEPARTMENT_DIGITS:
        if rule.step == Step.COMMUNE_REVIEW:
            return _("Tiếp nhận, lập danh sách")
        if rule.step == Step.DISTRICT_APPRAISAL:
            return Step.DEPARTMENT_APPRAISAL.label
    return Step(rule.step).label


def is_decided_by_department(case_list: CaseList) -> bool:
    """Whether the department decides the money itself, as with training plans."""
    chain = definition_of(case_list.version_used_id).chain
    return any(rule.step == Step.MONEY_APPROVAL and rule.actor == _OF_DEPARTMENT for rule in chain)


def action_label(case_list: CaseList, code: str, usual: Text) -> Text:
    """The words of a button for this list: its level, the agency that confirms it, and who decides after it."""
    if code == "list.send_to_agency":
        chain = definition_of(case_list.version_used_id).chain
        rule = next((rule for rule in chain if rule.step in Step.of_agencies()), None)
        return _("Gửi %(step)s") % {"step": inside_sentence(str(Step(rule.step).label))} if rule else usual
    if code in ("list.conclude", "list.approve_money") and is_decided_by_department(case_list):
        return (
            _("Kết thúc thẩm định, trình lãnh đạo Sở")
            if code == "list.conclude"
            else _("Ghi quyết định của Sở LĐ-TBXH")
        )
    if code == "list.rework" and not definition_of(case_list.version_used_id).has_step(Step.POSTING):
        return _OFF_COMMUNE[code]
    return usual if len(case_list.area_code) == COMMUNE_DIGITS else _OFF_COMMUNE.get(code, usual)


def shown_status(case_list: CaseList) -> str:
    """The state's code as the badges know it; a list that waits for the department's own decision says so."""
    is_own = case_list.status == ListStatus.AT_PROVINCE and is_decided_by_department(case_list)
    return "at_department_head" if is_own else case_list.status


def stepper(case_list: CaseList) -> list[PageStep]:
    """The chain with who and when, due days and lateness; a step passed twice shows its last pass.

    After a return the later steps are to do again; only a posting, and what another agency confirmed, stands while the list
    may still be resubmitted without a new one.
    """
    passes: dict[str, CaseListStep] = {row.step: row for row in case_list.steps.all()}
    calendar, today = working_calendar(), clock.today()
    shown = []
    is_behind = False
    for rule in definition_of(case_list.version_used_id).chain:
        is_kept = rule.step in _KEPT and case_list.status == ListStatus.SENT_BACK
        row = None if is_behind and not is_kept else passes.get(rule.step)
        is_behind = is_behind or rule.step == case_list.current_step
        label = step_label(case_list, rule)
        if row is None or (row.step != case_list.current_step and row.finished_on is None):
            limit = (
                _("%(days)d ngày làm việc") % {"days": rule.limit} if rule.limit else _("không quy định hạn")
            )
            shown.append(PageStep(label, StepState.TODO, limit))
            continue
        ended = row.finished_on
        is_late = row.due_on is not None and (ended or today) > row.due_on
        if ended is not None and row.step != case_list.current_step:
            note = f"{row.finished_by_name}, {format_date(ended)}"
            shown.append(PageStep(label, StepState.DONE, note, is_late=is_late))
            continue
        state = StepState.DONE if ended else StepState.CURRENT
        if _is_not_sent(case_list, row):
            is_back = case_list.status == ListStatus.SENT_BACK
            shown.append(PageStep(label, state, _("đang sửa") if is_back else _("chưa gửi")))
            continue
        note = _due_words(row, calendar.working_days_between, today)
        shown.append(PageStep(label, state, note, is_late=is_late))
    return shown


def _due_words(row: CaseListStep, between: Any, today: dt.date) -> str:
    if row.finished_on is not None:
        return f"{row.finished_by_name}, {format_date(row.finished_on)}"
    if row.due_on is None:
        return _("từ %(day)s, không quy định hạn") % {"day": format_date(row.started_on)}
    days = between(today, row.due_on)
    if days < 0:
        return _("hạn %(day)s, quá %(days)d ngày") % {"day": format_date(row.due_on), "days": -days}
    return _("hạn %(day)s, còn %(days)d ngày") % {"day": format_date(row.due_on), "days": days}


def _is_not_sent(case_list: CaseList, row: CaseListStep) -> bool:
    """The first step is another agency's, and the list is still drawn up."""
    return row.step in Step.of_agencies() and case_list.status in ListStatus.at_commune()
