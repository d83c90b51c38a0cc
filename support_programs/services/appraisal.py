"""Cases appraised by the district or the department: found eligible alone or in bulk, taken out of the list, reopened."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event, record_events
from core.transitions import ManyResult, Refusal, TransitionRefused, perform, perform_many
from core.workflow import Actor
from support_programs.enums import CaseStatus, ListStatus
from support_programs.models import Case, CaseList, Exclusion
from support_programs.permissions import DEPARTMENT_DIGITS, READS_ONLY, works_on_cases
from support_programs.queries.eyes import rows_that_need_eyes
from support_programs.services.assignment import UNASSIGNED
from support_programs.services.determinations import determine_cases
from support_programs.services.entitlements import cancel_entitlements, propose_entitlements
from support_programs.services.holding import hold_lists
from support_programs.services.papers import recount_papers
from support_programs.services.register_checks import recheck_changed, refuse_changed
from support_programs.services.rejudging import judge_anew, newer_version
from support_programs.services.scope import (
    check_appraiser,
    check_area,
    check_intake,
    check_no_number,
    check_past,
    check_role,
)
from support_programs.services.waiting import Asked, Stopped, due_back_in, end_requests, open_requests
from support_programs.workflow import CASE_WORKFLOW


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What a bulk verify did, and which rows a person must look at, each with its sentences."""

    done: int
    needs_eyes: tuple[Refusal, ...]


@transaction.atomic
def mark_eligible(case: Case, *, actor: Actor, expected_version: int | None = None) -> Case:
    """The officer, having seen the case, finds it eligible; its entitlement is proposed with its calculation lines.

    Refused: who entered it or took its papers in, an undetermined or failing case, another live regime, a list that isn't on the
    appraiser's desk, a required paper that is missing, a case whose entries of registers changed since it was judged.
    """
    check_area(actor, case.area_code)
    check_appraiser(actor, Case.objects.filter(pk=case.pk))
    hold_lists(Case.objects.filter(pk=case.pk))
    refuse_changed(case)
    recount_papers([case.pk])
    current = perform(
        CASE_WORKFLOW,
        case,
        "case.mark_eligible",
        actor=actor,
        changes={"appraised_by_id": actor.pk, "appraised_on": clock.today(), "mark_text": ""},
        expected_version=expected_version,
    )
    propose_entitlements([current.pk], actor=actor)
    return current


@transaction.atomic
def verify_cases(cases: QuerySet[Case], *, actor: Actor) -> VerifyReport:
    """Split a selection into ready rows, which are found eligible at once, and rows that need eyes, which stay as they are.

    Needs eyes: a criterion to review or unknown, a missing paper, a suspected duplicate, a mark of an earlier return, or any
    refusal that a single case would hear. The number of statements does not depend on the number of rows.
    """
    hold_lists(cases)
    ids = list(cases.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    chosen = Case.objects.filter(pk__in=ids)
    check_area(actor, *chosen.values_list("area_code", flat=True).distinct())
    check_appraiser(actor, chosen)
    recheck_changed(ids, actor=actor)
    recount_papers(ids)
    eyes = rows_that_need_eyes(chosen)
    seen = {row.pk for row in eyes}
    ready = [pk for pk in ids if pk not in seen]
    result = perform_many(
        CASE_WORKFLOW,
        Case.objects.filter(pk__in=ready),
        "case.mark_eligible",
        actor=actor,
        changes={"appraised_by_id": actor.pk, "appraised_on": clock.today()},
    )
    refused = {row.pk for row in result.refused}
    propose_entitlements([pk for pk in ready if pk not in refused], actor=actor)
    return VerifyReport(result.done, (*eyes, *result.refused))


@transaction.atomic
def exclude_cases(
    cases: QuerySet[Case], *, to: CaseStatus, reason: str, actor: Actor, asked: Asked | None = None
) -> ManyResult:
    """Take rows out of a list while the rest goes on: `to` is ineligible or needs_supplement.

    The exclusion is kept with reason and name, a proposed entitlement is cancelled. Rows that must stay are named. Of rows that
    wait to be completed the clock stands still; `asked` says which places are meant, without it the reason says all.
    """
    actions = {CaseStatus.INELIGIBLE: "case.refuse", CaseStatus.NEEDS_SUPPLEMENT: "case.ask_supplement"}
    if to == CaseStatus.NEEDS_SUPPLEMENT:
        asked = asked or Asked(reason)
    return _take_out(cases, actions[to], to, reason, actor, asked)


def exclude_case(
    case: Case, *, to: CaseStatus, reason: str, actor: Actor, asked: Asked | None = None
) -> Case:
    """One row as `exclude_cases`; what stands in the way is refused with its sentence."""
    result = exclude_cases(Case.objects.filter(pk=case.pk), to=to, reason=reason, actor=actor, asked=asked)
    return _one(case, result)


@transaction.atomic
def withdraw_case(case: Case, *, reason: str, actor: Actor) -> Case:
    """The person takes the claim back, at any time before the money is approved; the row leaves its list."""
    check_area(actor, case.area_code)
    check_intake(actor, case.area_code)
    result = _take_out(Case.objects.filter(pk=case.pk), "case.withdraw", CaseStatus.WITHDRAWN, reason, actor)
    withdrawn = _one(case, result)
    end_requests([case.pk], answer=_("Người dân rút hồ sơ."), actor=actor)
    return withdrawn


def _one(case: Case, result: ManyResult) -> Case:
    if result.refused:
        raise TransitionRefused(result.refused[0].reason)
    case.refresh_from_db()
    return case


def _take_out(
    cases: QuerySet[Case],
    action: str,
    to: CaseStatus,
    reason: str,
    actor: Actor,
    asked: Asked | None = None,
) -> ManyResult:
    hold_lists(cases)
    fields = ("pk", "case_list_id", "area_code", "due_on", "reference")
    rows = list(cases.order_by("pk").select_for_update(of=("self",)).values_list(*fields))
    check_area(actor, *{area for _pk, _list, area, *_rest in rows})
    chosen = Case.objects.filter(pk__in=[pk for pk, *_rest in rows])
    result = perform_many(
        CASE_WORKFLOW,
        chosen,
        action,
        actor=actor,
        reason=reason,
        changes={"case_list_id": None, "position": None, "mark_text": "", "due_on": None, **UNASSIGNED},
    )
    refused = {row.pk for row in result.refused}
    taken = [row for row in rows if row[0] not in refused]
    Exclusion.objects.bulk_create(
        Exclusion(
            area_code=area,
            case_list_id=list_id,
            case_id=pk,
            reason=reason.strip(),
            case_status=to,
            excluded_by_id=actor.pk,
            excluded_by_name=actor.full_name,
            excluded_on=clock.today(),
        )
        for pk, list_id, area, *_rest in taken
        if list_id is not None
    )
    if asked is not None:
        open_requests([Stopped(pk, area, due) for pk, _list, area, due, _ref in taken], asked, actor=actor)
    cancel_entitlements([pk for pk, *_rest in taken], actor=actor, reason=reason)
    lists = CaseList.objects.filter(pk__in={list_id for _pk, list_id, *_rest in taken if list_id})
    names = ", ".join(reference for *_rest, reference in taken[:20])
    record_events("list.rows_excluded", lists, actor=actor, reason=reason, change={"cases": names})
    return result


@transaction.atomic
def reconsider_case(case: Case, *, reason: str, actor: Actor, expected_version: int | None = None) -> Case:
    """The officer takes an "eligible" back while the list is still appraised; its proposed entitlement is cancelled."""
    check_no_number(reason)
    check_area(actor, case.area_code)
    check_appraiser(actor, Case.objects.filter(pk=case.pk))
    hold_lists(Case.objects.filter(pk=case.pk))
    current = perform(
        CASE_WORKFLOW,
        case,
        "case.reconsider",
        actor=actor,
        reason=reason,
        changes={"appraised_by_id": None, "appraised_on": None},
        expected_version=expected_version,
    )
    cancel_entitlements([current.pk], actor=actor, reason=reason)
    return current


@transaction.atomic
def supplement_case(case: Case, *, note: str, actor: Actor) -> Case:
    """The dossier was completed while the list that it came out of is still appraised: it goes back into it.

    Its clock runs on for the working days that were left when it was sent back. Otherwise refused: the case then goes into a
    new list, with the clock of that.
    """
    check_area(actor, case.area_code)
    check_intake(actor, case.area_code)
    home = list_still_appraised(case)
    if home is None:
        raise TransitionRefused(
            _("Danh sách cũ đã qua bước thẩm định của huyện. Hãy đưa hồ sơ này vào một danh sách mới.")
            if len(case.area_code) > DEPARTMENT_DIGITS
            else _("Danh sách cũ đã thẩm định xong. Hãy đưa hồ sơ này vào một danh sách mới.")
        )
    if not note.strip():
        raise TransitionRefused(_("Hãy ghi đã bổ sung những gì."))
    current = perform(
        CASE_WORKFLOW,
        case,
        "case.supplement",
        actor=actor,
        reason=note,
        changes={"case_list_id": home.pk, "due_on": due_back_in(home, case), **UNASSIGNED},
    )
    end_requests([case.pk], answer=note, actor=actor)
    return current


@transaction.atomic
def reopen_case(case: Case, *, reason: str, actor: Actor) -> Case:
    """A refused case is looked at again, for a reason: in its list while that is still appraised, else in a new one.

    Where a newer version of the programme is in force it counts as handed in again today, is judged by that version, and goes
    into a new list (policies: section 2). It is judged again in any case: a child may be another case's by now.
    """
    check_area(actor, case.area_code)
    check_appraiser(actor, Case.objects.filter(pk=case.pk))
    check_no_number(reason)
    is_judged_anew = newer_version(case, clock.today()) is not None
    home = None if is_judged_anew else list_still_appraised(case)
    action = "case.reopen" if home else "case.reopen_for_commune"
    changes = {"case_list_id": home.pk if home else None, "due_on": home.due_on if home else None}
    current = perform(CASE_WORKFLOW, case, action, actor=actor, reason=reason, changes=changes)
    if is_judged_anew:
        return judge_anew(current, actor=actor)
    determine_cases(Case.objects.filter(pk=current.pk), actor=actor)
    current.refresh_from_db()
    return current


def list_still_appraised(case: Case) -> CaseList | None:
    """The list that the case came out of, while it is appraised by the rules that judge the case."""
    last = Exclusion.objects.filter(case=case).select_related("case_list").order_by("-id").first()
    if last is None:
        return None
    home = CaseList.objects.select_for_update(of=("self",)).get(pk=last.case_list_id)
    if home.version_used.code != case.version_used.code:
        return None
    is_at_department = home.status == ListStatus.AT_DEPARTMENT and not home.has_list_approval
    return home if home.status == ListStatus.AT_DISTRICT or is_at_department else None


@transaction.atomic
def record_decision_elsewhere(
    case: Case,
    *,
    agency: str,
    signed_on: dt.date,
    actor: Actor,
    number: str = "",
    expected_version: int | None = None,
) -> Case:
    """What BHXH or the bank decided of a claim that is only tracked here, by its paper. Refused: other programmes' cases."""
    check_area(actor, case.area_code)
    check_past(signed_on, _("Ngày văn bản"))
    if not agency.strip():
        raise TransitionRefused(_("Hãy ghi cơ quan đã quyết định."))
    return perform(
        CASE_WORKFLOW,
        case,
        "case.record_decision_elsewhere",
        actor=actor,
        changes={
            "outside_number": number.strip(),
            "outside_date": signed_on,
            "outside_agency": agency.strip(),
            "due_on": None,
            **UNASSIGNED,
        },
        event={"number": number.strip(), "date": signed_on, "agency": agency.strip()},
        expected_version=expected_version,
    )


@transaction.atomic
def note_on_case(case: Case, *, text: str, actor: Actor) -> None:
    """An internal note of the staff, kept in the case's history. Refused: who only reads, an identity number in it."""
    check_area(actor, case.area_code)
    check_role(actor, works_on_cases, READS_ONLY)
    if not text.strip():
        raise TransitionRefused(_("Ghi chú đang trống."))
    check_no_number(text)
    record_event("case.noted", case, actor=actor, reason=text.strip())
