"""Approvals of lists: the district the persons, the department its own lists and the sum, the province the money."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.dates import format_date
from core.models import StoredFile
from core.queries.references import next_reference
from core.transitions import TransitionRefused, perform_many, wrong_state
from core.workflow import Actor
from support_programs.enums import CaseStatus, EntitlementStatus, ListStatus, Step
from support_programs.models import ApprovalDecision, Case, CaseList, CaseListStep, Entitlement
from support_programs.services.clocks import advance, appraisal_step
from support_programs.services.scope import check_area, check_past
from support_programs.workflow import CASE_WORKFLOW, ENTITLEMENT_WORKFLOW, LIST_WORKFLOW

_UNAPPROVED: Final[Mapping[str, Any]] = {
    "list_approved_by_id": None,
    "concluded_by_id": None,
    "district_number": "",
    "district_date": None,
}


@dataclass(frozen=True, slots=True)
class DecisionPaper:
    """The paper of UBND tỉnh as it was signed; nothing of it is invented here."""

    number: str
    signed_on: dt.date
    signer: str = ""
    scan: StoredFile | None = None


@transaction.atomic
def approve_list(
    case_list: CaseList,
    *,
    number: str,
    date: dt.date,
    actor: Actor,
    expected_version: int | None = None,
) -> CaseList:
    """The district approves the persons of the list by its document. Refused: open rows, who entered or appraised one."""
    check_past(date, _("Ngày văn bản"))
    if not number.strip():
        raise TransitionRefused(_("Hãy ghi số văn bản duyệt của UBND cấp huyện."))
    current = advance(
        case_list,
        "list.approve",
        actor=actor,
        changes={
            "list_approved_by_id": actor.pk,
            "district_number": number.strip(),
            "district_date": date,
        },
        event={"number": number.strip(), "date": date},
        expected_version=expected_version,
    )
    _proposed(current).update(list_approved_by_id=actor.pk)
    return current


def forward_list(case_list: CaseList, *, actor: Actor, expected_version: int | None = None) -> CaseList:
    """The approved list goes to Sở LĐ-TBXH; its two working days with Sở Tài chính begin."""
    return advance(
        case_list, "list.forward", actor=actor, step=Step.MONEY_APPRAISAL, expected_version=expected_version
    )


def forward_to_province(
    case_list: CaseList, *, actor: Actor, expected_version: int | None = None
) -> CaseList:
    """The approved list waits for the decision of UBND tỉnh, where the chain has no appraisal of the money before it."""
    return advance(
        case_list,
        "list.forward_to_province",
        actor=actor,
        step=Step.MONEY_APPROVAL,
        expected_version=expected_version,
    )


@transaction.atomic
def conclude_list(case_list: CaseList, *, actor: Actor, expected_version: int | None = None) -> CaseList:
    """The department has appraised a list of its own: it waits for the decision. Refused: open rows, who drew it up."""
    is_running = case_list.current_step == Step.MONEY_APPROVAL
    return advance(
        case_list,
        "list.conclude",
        actor=actor,
        step=None if is_running else Step.MONEY_APPROVAL,
        changes={"concluded_by_id": actor.pk},
        expected_version=expected_version,
    )


@transaction.atomic
def return_from_province(
    case_list: CaseList, *, reason: str, actor: Actor, expected_version: int | None = None
) -> CaseList:
    """The province returns a list, with a reason, to the district or the department that appraised it.

    The approval of its persons, or the end of the department's appraisal, is taken back.
    """
    to_district = case_list.has_list_approval
    current = advance(
        case_list,
        "list.return_from_province" if to_district else "list.return_from_province_to_department",
        actor=actor,
        step=appraisal_step(case_list) or Step.MONEY_APPROVAL,
        reason=reason,
        changes={**_UNAPPROVED, "sent_back_reason": reason.strip()},
        expected_version=expected_version,
    )
    _proposed(current).update(list_approved_by_id=None)
    return current


@transaction.atomic
def return_to_district(
    case_list: CaseList, *, reason: str, actor: Actor, expected_version: int | None = None
) -> CaseList:
    """The department returns a list to the district, with a reason; the approval of its persons is taken back."""
    current = advance(
        case_list,
        "list.return_to_district",
        actor=actor,
        step=Step.DISTRICT_APPRAISAL,
        reason=reason,
        changes={**_UNAPPROVED, "sent_back_reason": reason.strip()},
        expected_version=expected_version,
    )
    _proposed(current).update(list_approved_by_id=None)
    return current


@transaction.atomic
def appraise_money(
    case_list: CaseList,
    *,
    finance_number: str,
    finance_date: dt.date,
    actor: Actor,
    expected_version: int | None = None,
) -> CaseList:
    """The department confirms the sum with the letter of Sở Tài chính; the list waits for the province's decision."""
    check_past(finance_date, _("Ngày văn bản của Sở Tài chính"))
    if not finance_number.strip():
        raise TransitionRefused(_("Hãy ghi số văn bản của Sở Tài chính."))
    current = advance(
        case_list,
        "list.appraise_money",
        actor=actor,
        step=Step.MONEY_APPROVAL,
        changes={
            "money_appraised_by_id": actor.pk,
            "finance_number": finance_number.strip(),
            "finance_date": finance_date,
        },
        event={"number": finance_number.strip(), "date": finance_date},
        expected_version=expected_version,
    )
    _proposed(current).update(money_appraised_by_id=actor.pk)
    return current


@transaction.atomic
def approve_money(case_lists: Sequence[CaseList], *, paper: DecisionPaper, actor: Actor) -> ApprovalDecision:
    """Record the decision of UBND tỉnh on the money of one or more lists: all of them, or none.

    Lists, cases and entitlements are approved together. Refused: who entered, appraised or approved anything in them, a list that
    somebody else has just decided, a number that is recorded already.
    """
    check_past(paper.signed_on, _("Ngày ký quyết định"))
    number = paper.number.strip()
    ids = sorted(case_list.pk for case_list in case_lists)
    locked = list(CaseList.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",)))
    _check_decision(locked, number, actor)
    sums = _proposed(*locked).aggregate(people=Count("pk"), amount=Sum("amount"))
    if not sums["people"]:
        raise TransitionRefused(_("Danh sách chưa có mức hưởng nào được đề nghị."))
    decision = _new_decision(locked[0].programme_id, paper, number, sums["people"], sums["amount"], actor)
    result = perform_many(
        LIST_WORKFLOW,
        CaseList.objects.filter(pk__in=ids),
        "list.approve_money",
        actor=actor,
        changes={
            "money_approved_by_id": actor.pk,
            "decision": decision,
            "decision_number": number,
            "decision_date": paper.signed_on,
        },
        event={"number": number, "date": paper.signed_on},
    )
    if result.refused:
        raise TransitionRefused(
            " ".join(f"{refusal.reference}: {refusal.reason}" for refusal in result.refused)
        )
    CaseListStep.objects.filter(case_list__in=locked, finished_on__isnull=True).update(
        finished_on=clock.today(), finished_by_id=actor.pk, finished_by_name=actor.full_name
    )
    rows = Case.objects.filter(case_list__in=ids, status=CaseStatus.ELIGIBLE)
    perform_many(CASE_WORKFLOW, rows, "case.approve", actor=actor, changes={"due_on": None})
    perform_many(
        ENTITLEMENT_WORKFLOW,
        _proposed(*locked),
        "entitlement.approve",
        actor=actor,
        changes={"decision": decision, "money_approved_by_id": actor.pk},
    )
    return decision


def _check_decision(locked: Sequence[CaseList], number: str, actor: Actor) -> None:
    if not locked:
        raise TransitionRefused(_("Hãy chọn ít nhất một danh sách."))
    check_area(actor, *(case_list.area_code for case_list in locked))
    if not number:
        raise TransitionRefused(_("Hãy ghi số quyết định đúng như trên văn bản."))
    for case_list in locked:
        if case_list.status not in ListStatus.before_decision():
            reason = wrong_state(LIST_WORKFLOW, case_list.status)
            raise TransitionRefused(f"{case_list.reference}: {reason}")
    if len({case_list.programme_id for case_list in locked}) > 1:
        raise TransitionRefused(_("Một quyết định chỉ ghi cho các danh sách của cùng một chính sách."))


def _new_decision(
    programme_id: str, paper: DecisionPaper, number: str, people: int, amount: int, actor: Actor
) -> ApprovalDecision:
    try:
        with transaction.atomic():
            decision = ApprovalDecision.objects.create(
                reference=next_reference("QD"),
                area_code=actor.area_code,
                programme_id=programme_id,
                number=number,
                signed_on=paper.signed_on,
                signer=paper.signer.strip(),
                scan=paper.scan,
                people=people,
                amount=amount,
                recorded_by_id=actor.pk,
                recorded_by_name=actor.full_name,
            )
    except IntegrityError as error:
        raise TransitionRefused(
            _("Quyết định số %(number)s ngày %(day)s đã được ghi trong hệ thống.")
            % {"number": number, "day": format_date(paper.signed_on)}
        ) from error
    record_event(
        "decision.recorded",
        decision,
        actor=actor,
        change={"number": number, "people": people, "amount": amount},
    )
    return decision


def _proposed(*case_lists: CaseList) -> QuerySet[Entitlement]:
    return Entitlement.objects.filter(case_list__in=case_lists, status=EntitlementStatus.PROPOSED)
