"""Every main page on an officer's screen and on a phone: axe-core (WCAG 2.2 A and AA, best practice) and no sideways scroll.

The pages stand on a small demo province, so that lists, batches and figures have rows in every state.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser, Page

from accounts.demo import SIGN_IN_WORDS
from accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.tour]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = {"laptop": (1366, 768), "phone": (390, 844)}
NARROWEST = 320
FIRST_OF_LIST = ".tbl tbody a.name"

# who looks at which pages; a selector after >> is what is pressed there
TOURS: dict[str, tuple[str, ...]] = {
    "xa30406": ("/", "/imports/", "/imports/new/", "/imports/ >> .tbl tbody a.name", "/account/password/"),
    "cv888a": (
        "/",
        "/cases/",
        f"/cases/ >> {FIRST_OF_LIST}",
        "/cases/new/",
        "/cases/new/TAM_HOAN/",
        "/employers/",
        f"/employers/ >> {FIRST_OF_LIST}",
        "/people/",
        "/people/new/",
        f"/people/ >> {FIRST_OF_LIST}",
        f"/people/ >> {FIRST_OF_LIST} >> #decision a[href$='/correct/']",
        f"/people/ >> {FIRST_OF_LIST} >> #decision a[href$='/number/']",
        f"/people/ >> {FIRST_OF_LIST} >> #decision a[href$='/account/']",
        "/lists/",
        f"/lists/ >> {FIRST_OF_LIST}",
        "/programmes/",
        "/programmes/LD_TU_DO/",
        "/programmes/TAM_HOAN/",
        "/nothing-here/",
    ),
    "tinh-a": ("/", "/ >> input[name=pick] >> .bulk .btn"),
    "kt888a": (
        "/",
        "/batches/",
        f"/batches/ >> {FIRST_OF_LIST}",
        "/batches/new/",
        "/allocations/",
        "/payments/returned/",
    ),
    "lanhdao": (
        "/reports/overview/",
        "/reports/",
        "/reports/free-workers/",
        "/reports/runs/",
        "/styleguide/",
    ),
    "quantri": (
        "/settings/users/",
        "/settings/users/new/",
        "/settings/calendar/",
        "/settings/areas/",
        "/settings/jobs/",
    ),
    "thanhtra": ("/settings/audit/",),
}


@pytest.fixture
def province(committed_db: None) -> None:
    """A few hundred people in every state, committed, with the demo's accounts."""
    with override_settings(DEMO=True):
        call_command("seed_demo", "--people", "500", "--uploads", "1", verbosity=0)
    assert set(TOURS) <= set(User.objects.values_list("username", flat=True))


def _page_of(browser: Browser, site: str, username: str, screen: str) -> Page:
    width, height = SCREENS[screen]
    # axe is put into the page from outside, which the pages' own policy rightly forbids
    page = browser.new_context(
        viewport={"width": width, "height": height}, locale="vi-VN", bypass_csp=True
    ).new_page()
    page.goto(f"{site}/sign-in/?next=/styleguide/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(SIGN_IN_WORDS)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/styleguide/")
    return page


def _open(page: Page, site: str, stop: str) -> None:
    path, *presses = stop.split(" >> ")
    page.goto(f"{site}{path}")
    for selector in presses:
        page.locator(selector).first.click()
        page.wait_for_load_state()
    page.evaluate("scrollTo(0, 0)")  # what lies half under a sticky bar depends on where the page stands


def _faults(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{fault['id']}: {[node['target'] for node in fault['nodes']][:5]}" for fault in found]


def _widest(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("screen", SCREENS)
def test_pages_have_no_fault_and_do_not_scroll_sideways(
    province: None, site: str, browser: Browser, screen: str
) -> None:
    problems: list[str] = []
    for username, stops in TOURS.items():
        page = _page_of(browser, site, username, screen)
        for stop in stops:
            _open(page, site, stop)
            problems += [f"{username} {stop}: {fault}" for fault in _faults(page)]
            if _widest(page) > SCREENS[screen][0]:
                problems.append(f"{username} {stop}: {_widest(page)} px wide")
            if screen == "phone":
                page.set_viewport_size({"width": NARROWEST, "height": 700})
                if _widest(page) > NARROWEST:
                    problems.append(f"{username} {stop}: {_widest(page)} px wide at {NARROWEST}")
                page.set_viewport_size({"width": SCREENS[screen][0], "height": SCREENS[screen][1]})
        page.context.close()
    assert problems == []
