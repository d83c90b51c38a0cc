"""axe-core over the catalogue, a summary with charts, a list and what was issued, on an officer's screen and on a phone."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from accounts.enums import Role
from accounts.models import User
from core.models import Job
from core.services.jobs import run_job
from reports.models import ReportRun
from tests.browser.test_register_accessibility import _faults
from tests.factories import payments as make
from tests.factories.people import user

pytestmark = [pytest.mark.browser, pytest.mark.tour]
PERIOD = "first=01/01/2021&last=27/09/2021"


@pytest.fixture
def leader(committed_db: None) -> User:
    """Sixty people to be paid in one commune: a list that is longer than a page shows."""
    make.payable_list(60)
    return user(Role.LEADER, area="89", name="Trần Văn Lãnh Đạo")


@pytest.fixture(params=[1366, 390], ids=["laptop", "phone"])
def page(
    request: pytest.FixtureRequest, leader: User, site: str, browser: Browser
) -> Iterator[tuple[Page, int]]:
    client = Client()
    client.force_login(leader, backend="django.contrib.auth.backends.ModelBackend")
    width = int(request.param)
    context = browser.new_context(viewport={"width": width, "height": 768}, bypass_csp=True)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    yield context.new_page(), width
    context.close()


def test_pages_have_no_fault_and_a_list_is_issued(page: tuple[Page, int], site: str) -> None:
    shown, width = page
    faults: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if folder := os.environ.get("JOURNEY_SHOTS"):
            shown.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        faults[name] = _faults(shown, width)

    shown.goto(f"{site}/reports/")
    look("catalogue")
    shown.goto(f"{site}/reports/daily-progress/?{PERIOD}")
    shown.locator("figure details summary").first.click()
    look("summary")
    shown.get_by_role("button", name="Phát hành báo cáo").click()
    shown.wait_for_url("**/reports/runs/BC-*/")
    look("run")
    shown.goto(f"{site}/reports/programme-list/?{PERIOD}&programme=LD_TU_DO")
    assert "60 dòng" in shown.content()
    look("list")
    shown.get_by_role("button", name="Phát hành báo cáo").click()
    shown.wait_for_url("**/jobs/CV-*/")
    run_job(Job.objects.latest("pk").pk)
    shown.wait_for_url("**/reports/runs/BC-*/")
    assert ReportRun.objects.get(definition="programme_list").row_count == 60
    look("list run")
    shown.goto(f"{site}/reports/runs/")
    look("runs")
    assert faults == {name: [] for name in faults}
