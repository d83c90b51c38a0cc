"""Steps end on the working day that the law counts to, over weekends, National Day and Tết (docs: boundary cases 13, 16, 17)."""

import datetime as dt
from typing import Any

import pytest

from support_programs.enums import Step
from support_programs.models import CaseListStep
from support_programs.queries.lists import list_totals
from support_programs.queries.programmes import definition_of, version_for_dossier
from support_programs.services.facts import confirm_facts
from tests.factories import cases as make

pytestmark = pytest.mark.django_db


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


def test_the_list_of_4727_people_adds_up_exactly() -> None:
    who = make.staff()
    case_list = make.draft_list(who, 4_727)
    totals = list_totals(case_list)
    assert (totals.people, totals.amount) == (4_727, 7_090_500_000)
    rules = definition_of(version_for_dossier("LD_TU_DO", received=dt.date(2021, 9, 24)).pk)
    assert rules.fixed_amount == 1_500_000
