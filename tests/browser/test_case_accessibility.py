"""axe-core over the page of a case, its decisions, one that is out of date, and the help: an officer's screen and a phone."""

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from accounts.enums import Role
from support_programs.models import Case
from support_programs.services.appraisal import exclude_case
from tests.browser.test_register_accessibility import _faults
from tests.factories import cases as make
from tests.factories import people

pytestmark = [pytest.mark.browser, pytest.mark.tour]


@pytest.mark.parametrize("width", [1366, 390], ids=["laptop", "phone"])
def test_pages_have_no_fault_and_do_not_scroll_sideways(site: str, browser: Browser, width: int) -> None:
    who = make.staff()
    make.list_at_district(who, rows=2)
    first, second = Case.objects.order_by("pk")
    exclude_case(second, to="ineligible", reason="Sai", actor=who.officer)
    officer = people.user(Role.DISTRICT_OFFICER, name="Phạm Thị Cẩm Tú")
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    context = browser.new_context(viewport={"width": width, "height": 768}, bypass_csp=True)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page = context.new_page()
    faults = {}
    for address in (
        f"/cases/{first.reference}/?from=queue%3Dto_appraise",
        f"/cases/{first.reference}/refuse/",
        f"/cases/{second.reference}/",
        f"/cases/{second.reference}/reopen/",
        "/help/",
        "/help/case/",
        "/help/?q=ho+so",
    ):
        response = page.goto(f"{site}{address}")
        assert response is not None
        assert response.ok, address
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        faults[address] = _faults(page, width)
    faults["stale"] = _stale(page, f"{site}/cases/{first.reference}/refuse/", first, width)
    assert {address: found for address, found in faults.items() if found} == {}


def _stale(page: Page, address: str, case: Case, width: int) -> list[str]:
    page.goto(address)
    Case.objects.filter(pk=case.pk).update(version=case.version + 1)
    page.locator("main textarea[name=reason]").fill("Có hợp đồng lao động")
    page.get_by_role("button", name="Kết luận không đủ điều kiện").click()
    page.locator("#stale").wait_for()
    return list(_faults(page, width))
