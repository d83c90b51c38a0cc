"""Another agency confirms a list before it is appraised: social insurance, the tax office. And the department's own lists."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.models import StoredFile
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.enums import ListStatus, Step
from support_programs.models import AgencyConfirmation, CaseList
from support_programs.permissions import COMMUNE_DIGITS, district_officer, intake_of
from support_programs.services.clocks import advance, appraisal_step, first_step, step_after, step_of_chain
from support_programs.services.posting import receive_rows
from support_programs.services.scope import check_area, check_intake, check_past


@transaction.atomic
def send_to_agency(
    case_list: CaseList,
    *,
    actor: Actor,
    letter_number: str = "",
    letter_date: dt.date | None = None,
    expected_version: int | None = None,
) -> CaseList:
    """The list goes to the agency that its chain names; the agency's working days begin.

    Refused: an empty list, open rows of an earlier return, a list that must be posted first or has no such step.
    """
    check_area(actor, case_list.area_code)
    check_intake(actor, case_list.area_code)
    day = letter_date or clock.today()
    check_past(day, _("Ngày văn bản"))
    return advance(
        case_list,
        "list.send_to_agency",
        actor=actor,
        step=agency_step(case_list),
        changes={
            "letter_number": letter_number.strip(),
            "letter_date": day if letter_number.strip() else None,
            "submitted_by_id": actor.pk,
        },
        event={"number": letter_number.strip(), "date": day},
        expected_version=expected_version,
    )


@transaction.atomic
def record_confirmation(
    case_list: CaseList,
    *,
    number: str,
    signed_on: dt.date,
    actor: Actor,
    note: str = "",
    scan: StoredFile | None = None,
    expected_version: int | None = None,
) -> CaseList:
    """Record the agency's paper; the list goes on to the district, or to the department where that appraises.

    Refused: a paper without number or from the future, who neither drew the list up nor sits at the district that received the
    paper, a list that wasn't sent.
    """
    _check_receiver(case_list, actor)
    check_past(signed_on, _("Ngày văn bản xác nhận"))
    if not number.strip():
        raise TransitionRefused(_("Hãy ghi số văn bản xác nhận."))
    step = agency_step(case_list)
    rule = step_of_chain(case_list, step) if step else None
    if rule is not None and case_list.status == ListStatus.AT_AGENCY:
        AgencyConfirmation.objects.create(
            area_code=case_list.area_code,
            case_list=case_list,
            agency=rule.actor,
            number=number.strip(),
            signed_on=signed_on,
            scan=scan,
            note=note.strip(),
            recorded_by_id=actor.pk,
            recorded_by_name=actor.full_name,
            recorded_on=clock.today(),
        )
    current = advance(
        case_list,
        "list.confirm_agency" if case_list.has_list_approval else "list.confirm_for_department",
        actor=actor,
        step=step_after(case_list, Step.of_agencies()) if rule else None,
        event={"number": number.strip(), "date": signed_on, "agency": rule.actor if rule else ""},
        expected_version=expected_version,
    )
    receive_rows(current, actor)
    return current


@transaction.atomic
def record_agency_refusal(
    case_list: CaseList, *, reason: str, actor: Actor, expected_version: int | None = None
) -> CaseList:
    """The agency did not confirm the list: it is drawn up anew, for the reason given, and posted anew where that is asked for."""
    _check_receiver(case_list, actor)
    return advance(
        case_list,
        "list.agency_refuses",
        actor=actor,
        is_intake=True,
        reason=reason,
        changes={
            "sent_back_reason": reason.strip(),
            "posting_from": None,
            "posting_until": None,
            "posting_closed_on": None,
        },
        expected_version=expected_version,
    )


@transaction.atomic
def submit_to_department(
    case_list: CaseList,
    *,
    actor: Actor,
    letter_number: str = "",
    letter_date: dt.date | None = None,
    expected_version: int | None = None,
) -> CaseList:
    """A list that was filed with the department goes to its appraisers. Refused while a row's facts are unknown."""
    check_area(actor, case_list.area_code)
    check_intake(actor, case_list.area_code)
    day = letter_date or clock.today()
    check_past(day, _("Ngày văn bản"))
    appraisal = appraisal_step(case_list)
    is_running = first_step(case_list) == appraisal  # since the dossiers came in
    current = advance(
        case_list,
        "list.submit_to_department",
        actor=actor,
        step=None if is_running else appraisal,
        changes={
            "letter_number": letter_number.strip(),
            "letter_date": day if letter_number.strip() else None,
            "submitted_by_id": actor.pk,
        },
        event={"number": letter_number.strip(), "date": day},
        expected_version=expected_version,
    )
    receive_rows(current, actor)
    return current


def agency_step(case_list: CaseList) -> Step | None:
    """The step of the list's chain in which another agency confirms it; None where there is none."""
    return next((step for step in Step.of_agencies() if step_of_chain(case_list, step)), None)


def _check_receiver(case_list: CaseList, actor: Actor) -> None:
    """Who drew the list up records the paper, or the district that receives the one about a commune's list."""
    check_area(actor, case_list.area_code)
    has_role, denied = intake_of(case_list.area_code)
    is_of_commune = len(case_list.area_code) == COMMUNE_DIGITS
    is_receiving = has_role(actor) or (is_of_commune and district_officer(actor))
    if not actor.is_active or not is_receiving:
        raise PermissionDenied(str(denied))
