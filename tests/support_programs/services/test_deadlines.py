"""Steps end on the working day that the law counts to, over weekends, National Day and Tết (docs: boundary cases 13, 16, 17)."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from support_programs.enums import Step
from support_programs.models import Case, CaseListStep
from support_programs.queries.eyes import rows_that_need_eyes
from support_programs.queries.lists import list_totals
from support_programs.queries.programmes import definition_of, version_for_dossier
from support_programs.services.facts import confirm_facts
from tests.factories import cases as make
from tests.factories.papers import hand_in_all

pytestmark = pytest.mark.django_db


def _page(reader: User, address: str) -> str:
    client = Client()
    client.force_login(reader)
    return client.get(address).content.decode()


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (dt.date(2021, 8, 27), dt.date(2021, 8, 31)),  # a Friday
        (dt.date(2021, 9, 1), dt.date(2021, 9, 7)),  # 02-03/09 are holidays, then a weekend
        (dt.date(2022, 1, 28), dt.date(2022, 2, 8)),  # the last working day before Tết
    ],
)
def test_the_districts_two_days_are_working_days(received: dt.date, due: dt.date, settings: Any) -> None:
    settings.BUSINESS_DATE = dt.date(2021, 8, 24) if received.year == 2021 else dt.date(2021, 12, 30)
    who = make.staff()
    case_list = make.draft_list(who)
    confirm_facts(case_list, codes=make.CONFIRMED, excepted={}, actor=who.commune)
    make.posting.post_list(case_list, place="Trụ sở UBND", actor=who.commune)
    settings.BUSINESS_DATE = received
    make.posting.close_posting(case_list, actor=who.commune)
    current = make.posting.submit_list(
        case_list, letter_number="12/TTr", letter_date=received, actor=who.commune
    )
    assert current.due_on == due
    step = CaseListStep.objects.get(case_list=current, step=Step.DISTRICT_APPRAISAL)
    assert (step.started_on, step.due_on) == (received, due)
    page = _page(who.officer, f"/lists/{current.reference}/")
    assert f"hạn {due:%d/%m/%Y}" in page


def test_the_list_of_4727_people_adds_up_exactly() -> None:
    who = make.staff()
    case_list = make.draft_list(who, 4_727)
    totals = list_totals(case_list)
    assert (totals.people, totals.amount) == (4_727, 7_090_500_000)
    assert "7.090.500.000" in _page(who.commune, f"/lists/{case_list.reference}/")
    rules = definition_of(version_for_dossier("LD_TU_DO", received=dt.date(2021, 9, 24)).pk)
    assert rules.fixed_amount == 1_500_000


def test_a_list_after_the_last_day_needs_eyes_and_its_cases_say_so(settings: Any) -> None:
    settings.BUSINESS_DATE = dt.date(2022, 1, 4)
    who = make.staff()
    case_list = make.draft_list(who, 2)
    rows = Case.objects.filter(case_list=case_list)
    rows.filter(position=1).update(received_on=dt.date(2021, 12, 31))
    confirm_facts(case_list, codes=make.CONFIRMED, excepted={}, actor=who.commune)
    hand_in_all(case_list, who.commune)
    in_time, late = rows.order_by("position")
    (eyes,) = rows_that_need_eyes(rows)
    assert eyes.reference == late.reference
    assert "Ngày 04/01/2022 đã quá hạn nộp." in eyes.reason
    assert "đã quá hạn nộp" in _page(who.officer, f"/cases/{late.reference}/")
    assert "đã quá hạn nộp" not in _page(who.officer, f"/cases/{in_time.reference}/")
