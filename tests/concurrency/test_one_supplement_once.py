"""Two spells of one child are granted at once: the supplement is given with one of them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from accounts.enums import Role
from accounts.models import User
from core import clock
from support_programs.models import Case, Entitlement
from support_programs.services import posting
from support_programs.services.appraisal import mark_eligible
from support_programs.services.lists import list_cases
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import DISTRICT, user

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_db")]


def sent(who: make.Staff, typed: dict[str, str], start: str, end: str) -> Case:
    answers = {**claims.TREATED, "event_start": start, "event_end": end}
    case = claims.claim("F0_F1", who.commune, applicant=typed, answers=answers)
    list_cases(Case.objects.filter(pk=case.pk), actor=who.commune)
    case.refresh_from_db()
    posting.submit_list(case.case_list, letter_number="12/TTr", letter_date=clock.today(), actor=who.commune)
    case.refresh_from_db()
    return case


def test_two_officers_grant_two_spells_of_a_child() -> None:
    who = make.staff()
    child = claims.applicant(dob="14/02/2014", id_number="089314000123", job="")
    spells = [
        sent(who, child, "01/08/2021", "05/08/2021"),
        sent(who, child, "11/08/2021", "15/08/2021"),
    ]
    officers = [who.officer, user(Role.DISTRICT_OFFICER, area=DISTRICT)]
    barrier = Barrier(2)

    def grant(case: Case, actor: User) -> None:
        try:
            barrier.wait(timeout=30)
            mark_eligible(case, actor=actor)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(grant, spells, officers))
    assert sorted(Entitlement.objects.values_list("amount", flat=True)) == [400_000, 1_400_000]
