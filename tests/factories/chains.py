"""Lists of the other chains, led through the services: an employer's workers, treated people, households, the department's."""

from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from accounts.enums import Role
from accounts.models import User
from core import clock
from support_programs.models import ApprovalDecision, Case, CaseList
from support_programs.services import agencies, approval, posting
from support_programs.services.appraisal import verify_cases
from support_programs.services.lists import list_cases
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import DISTRICT, user

_number = count(1)
PROGRAMMES: Final = ("TAM_HOAN", "F0_F1", "HO_KD", "CHAM_DUT", "DAO_TAO")
WITH_AGENCY: Final = ("TAM_HOAN", "HO_KD", "DAO_TAO")


@dataclass(frozen=True, slots=True)
class Desks:
    """Who takes a list of this programme in, and who appraises it; everybody else as usual."""

    who: make.Staff
    intake: User
    appraiser: User


def desks(programme: str) -> Desks:
    who = make.staff()
    if programme == "TAM_HOAN":
        return Desks(who, user(Role.DISTRICT_OFFICER), who.officer)
    if programme in ("CHAM_DUT", "DAO_TAO"):
        return Desks(who, user(Role.PROVINCIAL_REVIEWER), who.reviewer)
    return Desks(who, who.commune, who.officer)


def drafted(programme: str, at: Desks, rows: int = 1) -> CaseList:
    """A draft list of eligible cases, typed by hand where its dossiers come in."""
    given: dict[str, Any] = {}
    if programme in ("TAM_HOAN", "DAO_TAO"):
        given["employer"] = claims.employer(DISTRICT)
    made = []
    for _row in range(rows):
        if programme == "HO_KD":
            business = f"Tạp hóa số {next(_number)}"
            given["answers"] = {**claims.STOPPED, "business_name": business, "all_lines_stopped": True}
        made.append(claims.claim(programme, at.intake, **given).pk)
    loose = Case.objects.filter(pk__in=made, case_list__isnull=True)
    if loose.exists():
        list_cases(loose, actor=at.intake)
    return CaseList.objects.get(pk=Case.objects.get(pk=made[0]).case_list_id)


def posted(at: Desks, case_list: CaseList) -> CaseList:
    posting.post_list(case_list, place="Trụ sở UBND", actor=at.intake)
    return posting.close_posting(case_list, actor=at.intake)


def sent(programme: str, at: Desks, rows: int = 1) -> CaseList:
    """Waits for the paper of social insurance or of the tax office."""
    case_list = drafted(programme, at, rows)
    if programme == "HO_KD":
        case_list = posted(at, case_list)
    return agencies.send_to_agency(case_list, letter_number="17/CV", actor=at.intake)


def confirmed(at: Desks, case_list: CaseList, *, actor: User | None = None) -> CaseList:
    return agencies.record_confirmation(
        case_list, number="88/BHXH-XN", signed_on=clock.today(), actor=actor or at.intake
    )


def in_appraisal(programme: str, at: Desks, rows: int = 1) -> CaseList:
    """With those who appraise it: the district, or the department."""
    if programme in WITH_AGENCY:
        return confirmed(at, sent(programme, at, rows))
    case_list = drafted(programme, at, rows)
    if programme == "F0_F1":
        return posting.submit_list(
            case_list, letter_number="12/TTr-UBND", letter_date=clock.today(), actor=at.intake
        )
    return agencies.submit_to_department(case_list, actor=at.intake)


def verified(programme: str, at: Desks, rows: int = 1) -> CaseList:
    case_list = in_appraisal(programme, at, rows)
    report = verify_cases(Case.objects.filter(case_list=case_list), actor=at.appraiser)
    assert report.done == rows, report.needs_eyes
    return case_list


def at_province(programme: str, at: Desks, rows: int = 1) -> CaseList:
    """Waits for the decision, after the district's approval or the end of the department's appraisal."""
    case_list = verified(programme, at, rows)
    if not case_list.has_list_approval:
        return approval.conclude_list(case_list, actor=at.who.reviewer)
    approval.approve_list(case_list, number="45/QĐ-UBND", date=clock.today(), actor=at.who.head)
    return approval.forward_to_province(case_list, actor=at.appraiser)


def decided(programme: str, at: Desks, rows: int = 1) -> tuple[CaseList, ApprovalDecision]:
    case_list = at_province(programme, at, rows)
    paper = approval.DecisionPaper(number=f"{next(_number)}/QĐ-UBND", signed_on=clock.today())
    decision = approval.approve_money([case_list], paper=paper, actor=at.who.approver)
    case_list.refresh_from_db()
    return case_list, decision
