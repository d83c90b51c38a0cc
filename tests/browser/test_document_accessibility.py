"""axe-core over the pages of official papers, on an officer's screen and on a phone; the public page too.

With JOURNEY_SHOTS=<folder> the pages leave pictures there, to be looked at.
"""

import datetime as dt
import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page

from support_programs.models import Case
from support_programs.services import documents as service
from support_programs.services import posting
from tests.factories import cases as make

pytestmark = [pytest.mark.browser, pytest.mark.tour]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROWEST = 320


def _faults(page: Page, width: int) -> list[str]:
    violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    faults = [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in violations]
    for screen in {width, NARROWEST if width < 400 else width}:
        page.set_viewport_size({"width": screen, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth") > screen:
            faults.append(f"scrolls sideways at {screen}")
    page.set_viewport_size({"width": width, "height": 844 if width < 400 else 768})
    return faults


@pytest.mark.parametrize("width", [1366, 390], ids=["laptop", "phone"])
def test_pages_have_no_fault_and_do_not_scroll_sideways(
    site: str, browser: Browser, client: Client, width: int
) -> None:
    who = make.staff()
    case_list = make.confirmed_list(who)
    case = Case.objects.get(case_list=case_list)
    posting.post_list(case_list, place="Trụ sở UBND", posting_from=dt.date(2021, 9, 22), actor=who.commune)
    case_list.refresh_from_db()
    typed = {"result_on": "2021-10-12"}
    draft = service.draft_document(kind="receipt", case=case, actor=who.commune, content=typed)
    issued = service.draft_document(kind="posting_start", case_list=case_list, actor=who.commune)
    service.issue_document(
        issued,
        number="4/BB-UBND",
        dated=dt.date(2021, 9, 22),
        signer_office="TM. Ủy ban nhân dân\nChủ tịch",
        signer_name="Trần Thị Mỹ Hạnh",
        actor=who.commune,
    )
    client.force_login(who.commune, backend="django.contrib.auth.backends.ModelBackend")
    context = browser.new_context(viewport={"width": width, "height": 768}, bypass_csp=True)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page = context.new_page()
    addresses = {
        "shelf": "/documents/",
        "new": f"/documents/new/receipt/{case.reference}/",
        "draft": f"/documents/{draft.reference}/",
        "edit": f"/documents/{draft.reference}/edit/",
        "issued": f"/documents/{issued.reference}/",
        "closing": f"/lists/{case_list.reference}/close-posting/",
        "list": f"/lists/{case_list.reference}/",
        "public": f"/public/documents/{issued.token}/",
    }
    found = {}
    for name, address in addresses.items():
        response = page.goto(f"{site}{address}")
        assert response is not None
        assert response.ok, address
        if faults := _faults(page, width):
            found[name] = faults
        if folder := os.environ.get("JOURNEY_SHOTS"):
            page.screenshot(path=Path(folder) / f"document-{name}-{width}.png", full_page=True)
    assert not found
