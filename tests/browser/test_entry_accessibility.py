"""axe-core over the form of a new dossier as it is typed, filled from a row, refused, resumed and thrown away.

With JOURNEY_SHOTS=<folder> the pages leave pictures there, to be looked at.
"""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from accounts.enums import Role
from support_programs.models import ClaimDraft
from tests.factories import claims, people

pytestmark = [pytest.mark.browser, pytest.mark.tour]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROWEST = 320
TALL = 6000
FORM = "/cases/new/LD_TU_DO/"
ROW = "7\tLê Thị Mười\t12/11/1969\tNữ\t089169000345\tẤp Mỹ Hóa\tthu gom ve chai\t0939123456\thộ cận nghèo"


def _faults(page: Page, name: str, width: int) -> list[str]:
    # as tall as the page: what the sticky bars cover at one place of scrolling is no fault of the page
    page.set_viewport_size({"width": width, "height": TALL})
    violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    faults = [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in violations]
    for screen in {width, NARROWEST if width < 400 else width}:
        page.set_viewport_size({"width": screen, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth") > screen:
            faults.append(f"scrolls sideways at {screen}")
    page.set_viewport_size({"width": width, "height": 844 if width < 400 else 768})
    if folder := os.environ.get("JOURNEY_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}-{width}.png")
    return faults


@pytest.mark.parametrize("width", [1366, 390], ids=["laptop", "phone"])
def test_single_entry_has_no_fault_and_does_not_scroll_sideways(
    committed_db: None, site: str, browser: Browser, width: int
) -> None:
    officer = people.user(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt")
    known = claims.applicant(full_name="Lê Thị Mười", dob="12/11/1969", id_number="089169000876")
    claims.claim("LD_TU_DO", officer, applicant=known)
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    context = browser.new_context(viewport={"width": width, "height": 768}, bypass_csp=True)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page = context.new_page()
    faults: dict[str, list[str]] = {}

    page.goto(f"{site}{FORM}")
    faults["form"] = _faults(page, "axe-form", width)
    page.locator("[name='applicant-full_name']").fill("Lê Thị Mười")
    page.locator("[name='applicant-dob']").fill("1969")
    page.locator("[name='applicant-id_number']").fill("0891")
    page.locator("[name='applicant-job']").focus()
    expect(page.locator("#live-applicant-id_number .msg")).to_be_visible()
    expect(page.locator("#entry-doubts [name=keep]")).to_be_visible()
    faults["typed"] = _faults(page, "axe-typed", width)
    page.locator("#save").click()
    page.locator(".errsum").wait_for()
    faults["refused"] = _faults(page, "axe-refused", width)
    page.goto(f"{site}{FORM}")
    page.get_by_text("Dán một dòng từ Excel").click()
    page.locator("#row_paste").fill(ROW)
    page.locator("#fill-row").click()
    page.locator("#filled").wait_for()
    faults["filled"] = _faults(page, "axe-filled", width)
    page.goto(f"{site}/cases/new/")
    expect(page.locator("#drafts tbody tr")).to_have_count(2)
    faults["drafts"] = _faults(page, "axe-drafts", width)
    page.goto(f"{site}/cases/new/drafts/{ClaimDraft.objects.latest('pk').pk}/discard/")
    faults["discard"] = _faults(page, "axe-discard", width)
    context.close()
    assert {name: found for name, found in faults.items() if found} == {}
