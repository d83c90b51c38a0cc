"""The API of targets: read by readers of figures, figures kept by who reports them, each wrong cell with its sentence."""

import datetime as dt
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.enums import Role
from accounts.models import User
from reports.models import TargetEntry
from tests.factories import targets as make
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, user
from tests.factories.targets import JOBS

pytestmark = pytest.mark.django_db
BASE = "/api/v1/targets/"


@pytest.fixture(autouse=True)
def _on_a_day(settings: Any) -> None:
    settings.BUSINESS_DATE = dt.date(2021, 9, 27)


def api(person: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


def sheet(*cells: tuple[str, str], submit: bool = False) -> dict[str, Any]:
    typed = [{"code": code, "value": value} for code, value in cells]
    return {"kind": "month", "year": 2021, "period": 8, "cells": typed, "submit": submit}


def test_figures_are_kept_and_submitted() -> None:
    answer = api(make.officer()).post(f"{BASE}entries/", sheet((JOBS, "1.250"), submit=True), format="json")
    assert answer.status_code == 201, answer.content
    (row,) = answer.json()
    assert (row["value"], row["status"], row["area_code"]) == ("1250.00", "submitted", DISTRICT)
    assert api(user(Role.LEADER)).get(f"{BASE}entries/", {"status": "submitted"}).json()["count"] == 1
    assert api(make.outsider()).get(f"{BASE}entries/").json()["count"] == 0


def test_a_wrong_cell_refuses_all_and_says_why() -> None:
    answer = api(make.officer()).post(
        f"{BASE}entries/", sheet((JOBS, "5"), ("workers_abroad", "2,5"), ("x", "1")), format="json"
    )
    assert answer.status_code == 400
    assert set(answer.json()) == {"workers_abroad", "x"}
    assert not TargetEntry.objects.exists()
    computed = api(make.officer()).post(f"{BASE}entries/", sheet(("free_workers_paid", "5")), format="json")
    assert computed.status_code == 409
    assert "Hệ thống tính" in computed.json()["detail"]


@pytest.mark.parametrize("role", [Role.LEADER, Role.ACCOUNTANT, Role.DISTRICT_HEAD])
def test_who_reports_nothing_keeps_nothing(role: Role) -> None:
    answer = api(user(role)).post(f"{BASE}entries/", sheet((JOBS, "5")), format="json")
    assert answer.status_code == 403
    assert not TargetEntry.objects.exists()


def test_progress_is_what_the_page_says_within_the_own_area() -> None:
    make.planned(120, area=DISTRICT)
    make.approved(make.officer(), 40)
    answer = api(make.head()).get(f"{BASE}progress/").json()
    line = next(line for line in answer["lines"] if line["code"] == JOBS)
    assert (line["plan"], line["done"], line["share"], line["periods"]) == (
        "120.00",
        "40.00",
        0.3333,
        {"8": "40.00"},
    )
    assert api(make.head()).get(f"{BASE}progress/", {"area": OUTSIDE_DISTRICT}).status_code == 404
    assert api(make.head()).get(f"{BASE}progress/", {"year": "9"}).status_code == 400
    assert api(user(Role.COMMUNE_OFFICER)).get(f"{BASE}progress/").status_code == 403
    codes = [one["code"] for one in api(make.head()).get(f"{BASE}indicators/").json()]
    assert JOBS in codes
