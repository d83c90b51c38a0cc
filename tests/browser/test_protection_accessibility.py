"""axe-core over the pages that protect personal data: data requests and the reveal of a number, wide and narrow."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from accounts.enums import Role
from beneficiaries.services.data_requests import answer_request
from tests.factories import cases
from tests.factories.people import user
from tests.journeys.desk import Office
from tests.security.story import brought_in
from tests.security.test_data_requests import received

pytestmark = [pytest.mark.browser, pytest.mark.tour]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = ((1366, 768), (390, 844), (320, 844))


def faults(page: Page) -> list[str]:
    found = []
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        # what the sticky head covers after a jump to the errors is no fault
        page.evaluate("scrollTo(0, 0)")
        violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        found += [
            f"{width} {each['id']}: {[node['target'] for node in each['nodes']]}" for each in violations
        ]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"scrolls sideways at {width}")
    return found


def test_pages_have_no_fault_and_do_not_scroll_sideways(site: str, browser: Browser) -> None:
    who = cases.staff()
    person = brought_in(who).rows.filter(person__isnull=False).order_by("row_number")[0].person
    assert person
    clerk = user(Role.COMMUNE_OFFICER)
    waiting = received(clerk, person)
    late = received(clerk, received_on=dt.date(2021, 9, 20), kind="correction")
    closed = received(clerk, kind="other")
    answer_request(request=closed, answer="Đã trả lời tại chỗ", actor=who.officer)
    desk = Office(site, browser).seat(Role.DISTRICT_OFFICER)
    found = {}
    for path in (
        "/data-requests/",
        "/data-requests/?state=closed",
        f"/data-requests/new/?person={person.reference}",
        *(f"/data-requests/{asked.reference}/" for asked in (waiting, late, closed)),
        f"/people/{person.reference}/reveal/",
    ):
        found[path] = faults(desk.open(path))
    page = desk.page
    page.locator("#reveal button[name=code]").first.click()
    page.locator("#reveal b").wait_for()
    found["a number shown"] = faults(page)
    page.locator("#reveal-purpose").select_option("other")
    page.locator("#reveal button[name=code]").first.click()
    page.locator("#reveal-error").wait_for()
    found["a reveal refused"] = faults(page)
    desk.open(f"/data-requests/{waiting.reference}/")
    desk.press("Đã trả lời")
    found["an answer refused"] = faults(page)
    assert {path: said for path, said in found.items() if said} == {}
