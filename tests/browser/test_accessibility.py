"""axe-core (WCAG 2.2 A and AA, best practice) over the main pages, on an officer's screen and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from accounts.enums import Role
from tests.factories import people

pytestmark = pytest.mark.browser

PASSWORD = "nuoc-noi-mua-ca-linh"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ("/styleguide/", "/account/password/", "/nothing-here/")


def _faults(page: object) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{fault['id']}: {[node['target'] for node in fault['nodes']]}" for fault in found]


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)], ids=["laptop", "phone"])
def test_pages_have_no_fault(site: str, browser: Browser, width: int, height: int) -> None:
    officer = people.user(Role.DISTRICT_OFFICER, name="Trần Thị Mỹ Duyên")
    officer.set_password(PASSWORD)
    officer.save(update_fields=["password"])
    # axe is put into the page from outside, which the pages' own policy rightly forbids
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    page = context.new_page()
    faults: dict[str, list[str]] = {}
    page.goto(f"{site}/sign-in/?next=/styleguide/")
    faults["/sign-in/"] = _faults(page)
    page.get_by_label("Tên đăng nhập").fill(officer.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/styleguide/")
    for address in PAGES:
        page.goto(f"{site}{address}")
        faults[address] = _faults(page)
    context.close()
    assert {address: found for address, found in faults.items() if found} == {}
