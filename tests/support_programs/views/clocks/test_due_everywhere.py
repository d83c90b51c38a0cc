"""Due days, standing clocks, marked answers and a calendar without holidays are told where somebody looks."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from support_programs.models import Case
from support_programs.queries.supplements import places_of
from support_programs.services.supplements import ask_supplement
from tests.factories import cases as make

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
GAP = "Lịch chưa có ngày nghỉ lễ năm 2023"


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


@pytest.fixture
def as_(client: Client) -> As:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_standing_clock_says_since_when_on_the_page_and_in_tables(
    who: make.Staff, as_: As, settings: Any
) -> None:
    case = Case.objects.get(case_list=make.list_at_district(who))
    listed = page(as_(who.officer), f"/lists/{case.case_list.reference}/")
    assert '<span class="due soon" title="29/09/2021">Còn 2 ngày</span>' in listed
    assert 'title="29/09/2021"' in page(as_(who.officer), f"/cases/{case.reference}/")
    ask_supplement(case, marked={("other", "other"): "Thiếu"}, reason="", actor=who.officer)
    settings.BUSINESS_DATE = dt.date(2021, 10, 6)
    assert "Chờ bổ sung từ 27/09/2021" in page(as_(who.officer), f"/cases/{case.reference}/")
    assert "Chờ bổ sung từ 27/09/2021" in page(as_(who.officer), "/cases/")
    assert "Quá 5 ngày" in page(as_(who.officer), f"/lists/{make.CaseList.objects.get().reference}/")


def test_a_marked_answer_says_why_at_its_place(who: make.Staff, as_: As) -> None:
    case = Case.objects.get(case_list=make.list_at_district(who))
    answers = next(group for group in places_of(case) if group.title == "Thông tin trong hồ sơ")
    assert "Cần bổ sung:" not in page(as_(who.officer), f"/cases/{case.reference}/")
    marked = {("answer", answers.places[0].code): "Không khớp phụ lục"}
    ask_supplement(case, marked=marked, reason="Sai", actor=who.officer)
    assert "Cần bổ sung: Không khớp phụ lục" in page(as_(who.officer), f"/cases/{case.reference}/")


def test_a_year_without_holidays_is_told_before_its_due_days_are_wrong(
    who: make.Staff, as_: As, settings: Any
) -> None:
    assert GAP not in page(as_(who.officer), "/")
    settings.BUSINESS_DATE = dt.date(2022, 12, 1)
    assert GAP not in page(as_(who.officer), "/")
    settings.BUSINESS_DATE = dt.date(2022, 12, 5)
    assert GAP in page(as_(who.officer), "/")
    assert GAP in page(as_(who.reviewer), "/reminders/")
