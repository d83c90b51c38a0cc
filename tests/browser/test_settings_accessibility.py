"""axe-core over the administrator's, the auditor's and the search pages, on an officer's screen and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser

from accounts.enums import Role
from accounts.models import User
from core.audit import record_event
from core.models import Job
from core.queries.references import next_reference
from tests.factories import people

pytestmark = [pytest.mark.browser, pytest.mark.tour]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    Role.ADMINISTRATOR: (
        "/settings/users/",
        "/settings/users/new/",
        "/settings/calendar/",
        "/settings/areas/?district=89886",
        "/settings/jobs/",
        "/settings/audit/",
    ),
    Role.AUDITOR: ("/settings/audit/", "/settings/audit/?first=x", "/search/"),
}


def _cookie(user: User, site: str) -> dict[str, str]:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)], ids=["laptop", "phone"])
@pytest.mark.parametrize("role", PAGES)
def test_pages_have_no_fault_and_do_not_scroll_sideways(
    site: str, browser: Browser, role: Role, width: int, height: int
) -> None:
    officer = people.user(Role.DISTRICT_OFFICER, name="Trần Thị Mỹ Duyên")
    job = Job.objects.create(
        reference=next_reference("CV"), area_code=people.COMMUNE, kind="x", state="failed"
    )
    record_event("job.started", job, actor=officer)
    reader = people.user(role)
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    context.add_cookies([_cookie(reader, site)])
    page = context.new_page()
    faults: dict[str, list[str]] = {}
    for address in (*PAGES[role], *([f"/settings/users/{officer.username}/"] if reader.is_staff else [])):
        page.goto(f"{site}{address}")
        violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        faults[address] = [
            f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in violations
        ]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults[address].append("scrolls sideways")
    context.close()
    assert {address: found for address, found in faults.items() if found} == {}
