"""axe-core over the pages of the targets, on an officer's screen and on a phone."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.enums import Role
from accounts.models import User
from reports.models import TargetEntry, TargetIndicator
from reports.services.targets_entry import PeriodOf
from reports.services.targets_review import send_back_figures
from tests.browser.test_register_accessibility import _faults
from tests.factories import targets as make
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, PROVINCE, user
from tests.factories.targets import AUGUST, JOBS, JULY

pytestmark = [pytest.mark.browser, pytest.mark.tour]


@pytest.fixture
def people(committed_db: None) -> dict[str, User]:
    """Figures in every state, and one person of each desk."""
    officer, head = make.officer(), make.head()
    for code, value, area in (
        (JOBS, 25_000, PROVINCE),
        (JOBS, 1_200, DISTRICT),
        ("workers_abroad", 20, DISTRICT),
        ("work_accidents", 6, DISTRICT),
        ("trained_labour_rate", 68, PROVINCE),
    ):
        make.planned(value, area=area, code=code)
    make.approved(officer, 310, JULY)
    make.approved(make.officer(OUTSIDE_DISTRICT), 420, JULY)
    make.approved(officer, 455, AUGUST)
    make.approved(officer, 9, PeriodOf("half", 2021, 1), "work_accidents")
    back = make.submitted(officer, 4, JULY, "workers_abroad")
    send_back_figures(actor=head, rows=TargetEntry.objects.filter(pk=back.pk), reason="Thiếu xã Phú Bình")
    make.submitted(officer, 6, AUGUST, "workers_abroad")
    return {
        "officer": officer,
        "head": head,
        "planner": user(Role.PROVINCIAL_REVIEWER),
        "leader": user(Role.LEADER),
    }


@pytest.fixture(params=[1366, 390], ids=["laptop", "phone"])
def desk(
    request: pytest.FixtureRequest, people: dict[str, User], site: str, browser: Browser
) -> Iterator[tuple[Any, int]]:
    """Gives a page of each person's own browser, and the width of the screen."""
    width, contexts = int(request.param), dict[str, BrowserContext]()

    def page_of(who: str) -> Page:
        if who not in contexts:
            client = Client()
            client.force_login(people[who], backend="django.contrib.auth.backends.ModelBackend")
            size = {"width": width, "height": 844 if width < 500 else 768}
            contexts[who] = browser.new_context(viewport=size, bypass_csp=True)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
            contexts[who].add_cookies([cookie])
        return contexts[who].new_page()

    yield page_of, width
    for context in contexts.values():
        context.close()


def test_pages_have_no_fault(desk: tuple[Any, int], site: str) -> None:
    page_of, width = desk
    waiting = TargetEntry.objects.get(status="submitted")
    done = TargetEntry.objects.filter(status="approved", area_code=DISTRICT, indicator__code=JOBS).first()
    assert done is not None
    assert TargetIndicator.objects.count() > 10
    faults: dict[str, list[str]] = {}
    for who, name, address in (
        ("leader", "progress", "/targets/"),
        ("leader", "indicator", f"/targets/indicators/{JOBS}/"),
        ("leader", "indicator-computed", "/targets/indicators/free_workers_paid/"),
        ("leader", "missing", "/targets/missing/"),
        ("head", "progress-district", "/targets/"),
        ("head", "entries", "/targets/figures/?status=submitted"),
        ("head", "entry", f"/targets/figures/{waiting.reference}/"),
        ("officer", "sheet", "/targets/figures/new/?kind=month&year=2021&number=7"),
        ("officer", "correct", f"/targets/figures/{done.reference}/correct/"),
        ("planner", "plan", "/targets/plan/"),
        ("planner", "plan-history", "/targets/plan/history/"),
        ("planner", "words", "/targets/words/"),
        ("planner", "indicator-edit", f"/targets/indicators/{JOBS}/edit/"),
    ):
        shown = page_of(who)
        response = shown.goto(f"{site}{address}")
        assert response is not None
        assert response.ok, address
        if folder := os.environ.get("JOURNEY_SHOTS"):
            shown.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        faults[name] = _faults(shown, width)
        shown.close()
    assert {name: found for name, found in faults.items() if found} == {}
