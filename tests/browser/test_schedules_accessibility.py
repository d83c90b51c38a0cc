"""axe-core over the pages of schedules, of wordings and of own reports, on an officer's screen and on a phone."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser

from accounts.enums import Role
from accounts.models import User
from core import clock
from reports.definitions import definition_of
from reports.definitions.free_workers import COLUMNS
from reports.definitions.layouts import ColumnWords, Layout
from reports.models import ReportSchedule, ScheduledRun
from reports.services.layouts import change_layout
from reports.services.own_reports import make_own_report
from reports.services.scheduled_runs import make_due_reports
from reports.services.schedules import SchedulePlan, set_up_schedule
from tests.browser.test_register_accessibility import _faults
from tests.factories.people import DISTRICT, user
from tests.reports.services.test_own_reports import SPEC

pytestmark = [pytest.mark.browser, pytest.mark.tour]
SHOTS = os.environ.get("JOURNEY_SHOTS", "")


@pytest.fixture
def pages(committed_db: None) -> dict[User, list[str]]:
    """Pages by who opens them: one schedule that runs, one that stopped, one day that failed, a wording, an own report."""
    officer = user(Role.PROVINCIAL_REVIEWER, name="Lâm Thị Ngọc Sương")
    leader = user(Role.LEADER, name="Nguyễn Thanh Bình")
    today = clock.today()
    plan = SchedulePlan(
        definition="free_workers",
        area_code="89",
        every="day",
        at_time=dt.time(0, 0),
        recipients=(leader.pk, officer.pk),
        counts_from=today - dt.timedelta(days=2),
        by_mail=True,
    )
    running = set_up_schedule(plan=plan, actor=officer)
    make_due_reports()
    ScheduledRun.objects.create(
        schedule=running, due_on=today - dt.timedelta(days=9), first=today, last=today, attempts=5
    )
    halted = set_up_schedule(plan=plan, actor=officer)
    ReportSchedule.objects.filter(pk=halted.pk).update(halted_because="account", every="week", weekday=1)
    own = make_own_report(spec=SPEC, actor=officer)
    form = definition_of("free_workers")
    assert form is not None
    words = Layout(title="Kết quả hỗ trợ", columns=(ColumnWords("paid_amount", "Đã chi, đồng", "Kết quả"),))
    change_layout(definition=form, columns=COLUMNS, layout=words, based_on=0, actor=officer)
    return {
        officer: [
            "/reports/",
            "/reports/schedules/",
            "/reports/schedules/new/",
            f"/reports/schedules/{running.reference}/",
            f"/reports/schedules/{halted.reference}/",
            f"/reports/schedules/{running.reference}/edit/",
            "/reports/layouts/",
            "/reports/layouts/free-workers/",
            "/reports/layouts/free-workers/1/",
            "/reports/own/",
            "/reports/own/new/",
            f"/reports/own/{own.code}/",
        ],
        leader: ["/reports/", "/reports/scheduled/", f"/reports/schedules/{halted.reference}/"],
        user(Role.DISTRICT_OFFICER, area=DISTRICT): ["/reports/scheduled/", "/reports/schedules/"],
    }


@pytest.mark.parametrize("width", [1366, 390], ids=["laptop", "phone"])
def test_pages_have_no_fault_and_do_not_scroll_sideways(
    pages: dict[User, list[str]], site: str, browser: Browser, width: int
) -> None:
    faults: dict[str, list[str]] = {}
    for person, addresses in pages.items():
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        size = {"width": width, "height": 768 if width > 800 else 844}
        context = browser.new_context(viewport=size, bypass_csp=True)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        page = context.new_page()
        for address in addresses:
            response = page.goto(f"{site}{address}")
            assert response is not None
            assert response.ok, address
            if SHOTS:
                name = f"{width}{address.replace('/', '_')}{person.pk}.png"
                page.screenshot(path=str(Path(SHOTS) / name), full_page=True)
            if found := _faults(page, width):
                faults[f"{address} {width}"] = found
        context.close()
    assert faults == {}
