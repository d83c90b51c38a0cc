"""The chain of a list, with one person who does two of its deciding acts: through the services, the API and plain SQL."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db import connection

from accounts.enums import Role
from accounts.models import User
from core import clock
from support_programs.models import Case, CaseList, Entitlement
from support_programs.services import approval, posting
from support_programs.services.appraisal import mark_eligible, verify_cases
from support_programs.services.facts import confirm_facts
from tests.factories import cases as make
from tests.factories.api import Caller
from tests.factories.papers import hand_in_all
from tests.factories.people import COMMUNE, PROVINCE, promoted, user

ACTS: Final = ("enter", "submit", "appraise", "approve_list", "appraise_money", "approve_money")
# who submitted a list may appraise its cases: the law keeps apart who entered, verified and approved
PAIRS: Final = [
    (first, second)
    for place, first in enumerate(ACTS)
    for second in ACTS[place + 1 :]
    if second != "submit" and (first, second) != ("submit", "appraise")
]
EVERY_ROLE: Final = tuple(role for role in Role if role is not Role.COMMUNE_OFFICER)


def list_before(act: str, by: str) -> tuple[CaseList, User]:
    """A list that waits for `act`, on which one person, who holds every role there is, has done the act `by`."""
    who = make.staff()
    person = user(Role.COMMUNE_OFFICER, area=COMMUNE)
    enterer = person if by == "enter" else who.commune
    case_list = make.draft_list(make.Staff(enterer, *(who.officer,) * 5))
    person = promoted(person, *EVERY_ROLE, area=PROVINCE)
    usual = {
        "submit": who.commune,
        "appraise": who.officer,
        "approve_list": who.head,
        "appraise_money": who.reviewer,
        "approve_money": who.approver,
    }
    confirm_facts(case_list, codes=make.CONFIRMED, excepted={}, actor=who.commune)
    hand_in_all(case_list, who.commune)
    for name in ACTS[1 : ACTS.index(act)]:
        _ACTS[name](case_list, person if name == by else usual[name])
        case_list.refresh_from_db()
    if act == "appraise_money":
        case_list = approval.forward_list(case_list, actor=who.officer)
    return case_list, person


def _submit(case_list: CaseList, actor: User) -> None:
    posting.post_list(case_list, place="UBND", posting_from=posting.dt.date(2021, 9, 22), actor=actor)
    posting.close_posting(case_list, actor=actor)
    posting.submit_list(case_list, letter_number="12/TTr", letter_date=clock.today(), actor=actor)


def _appraise(case_list: CaseList, actor: User) -> None:
    for case in Case.objects.filter(case_list=case_list):
        mark_eligible(case, actor=actor)


def _approve_list(case_list: CaseList, actor: User) -> None:
    approval.approve_list(case_list, number="45/QĐ", date=clock.today(), actor=actor)


def _appraise_money(case_list: CaseList, actor: User) -> None:
    if case_list.status == "district_approved":  # on the way to a later act
        case_list = approval.forward_list(case_list, actor=user(Role.DISTRICT_OFFICER))
    approval.appraise_money(case_list, finance_number="7/STC", finance_date=clock.today(), actor=actor)


def _approve_money(case_list: CaseList, actor: User) -> None:
    approval.approve_money([case_list], paper=approval.DecisionPaper("2208/QĐ", clock.today()), actor=actor)


_ACTS: Final[Mapping[str, Callable[[CaseList, User], None]]] = {
    "submit": _submit,
    "appraise": _appraise,
    "approve_list": _approve_list,
    "appraise_money": _appraise_money,
    "approve_money": _approve_money,
}


def through_service(act: str, case_list: CaseList, person: User) -> None:
    _ACTS[act](case_list, person)


def in_bulk(case_list: CaseList, person: User) -> int:
    """How many cases a bulk verify finds eligible."""
    return verify_cases(Case.objects.filter(case_list=case_list), actor=person).done


def through_api(act: str, case_list: CaseList, person: User) -> Any:
    """The refusal's sentence."""
    case = Case.objects.get(case_list=case_list)
    today = clock.today().isoformat()
    path, body = {
        "appraise": (f"cases/{case.reference}/mark-eligible/", {}),
        "approve_list": (f"lists/{case_list.reference}/approve/", {"number": "45/QĐ", "date": today}),
        "appraise_money": (
            f"lists/{case_list.reference}/appraise-money/",
            {"finance_number": "7/STC", "finance_date": today},
        ),
        "approve_money": (
            "decisions/",
            {"lists": [case_list.reference], "number": "2208/QĐ", "signed_on": today},
        ),
    }[act]
    return Caller(person).post(path, body, expect=409)["detail"]


def through_sql(act: str, case_list: CaseList, person: User) -> None:
    """All that the service would write, in its order, as plain statements of the application's role."""
    owed = Entitlement.objects.filter(case_list=case_list).first()
    statements = {
        "appraise": (
            """UPDATE support_programs_case SET status = 'eligible', result = 'eligible', appraised_by_id = %(me)s
               WHERE case_list_id = %(list)s""",
        ),
        "approve_list": (
            "UPDATE support_programs_caselist SET status = 'district_approved', list_approved_by_id = %(me)s WHERE id = %(list)s",
            "UPDATE support_programs_entitlement SET list_approved_by_id = %(me)s WHERE case_list_id = %(list)s",
        ),
        "appraise_money": (
            "UPDATE support_programs_caselist SET status = 'money_appraised', money_appraised_by_id = %(me)s WHERE id = %(list)s",
            "UPDATE support_programs_entitlement SET money_appraised_by_id = %(me)s WHERE case_list_id = %(list)s",
        ),
        "approve_money": (
            """INSERT INTO support_programs_approvaldecision (reference, area_code, programme_id, number, signed_on, signer,
               people, amount, recorded_by_id, recorded_by_name, created_at)
               VALUES ('QD-X', '89', 'LD_TU_DO', 'x', '2021-09-27', '', 1, 1500000, %(me)s, 'x', now())""",
            """UPDATE support_programs_caselist SET status = 'money_approved', money_approved_by_id = %(me)s,
               decision_id = (SELECT id FROM support_programs_approvaldecision WHERE reference = 'QD-X') WHERE id = %(list)s""",
            "UPDATE support_programs_case SET status = 'approved' WHERE case_list_id = %(list)s",
            """UPDATE support_programs_entitlement SET status = 'approved', money_approved_by_id = %(me)s,
               decision_id = (SELECT id FROM support_programs_approvaldecision WHERE reference = 'QD-X') WHERE id = %(owed)s""",
        ),
    }[act]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(
                statement, {"me": person.pk, "list": case_list.pk, "owed": owed.pk if owed else None}
            )
