"""axe-core over the worklist, its filters and bulk work, on an officer's screen and on a phone; a bulk action by hand."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from accounts.enums import Role
from accounts.models import User
from support_programs.models import Case
from support_programs.services import assignment
from support_programs.services.saved_views import save_view
from tests.factories import cases as make
from tests.factories.people import user

pytestmark = [pytest.mark.browser, pytest.mark.tour]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _cookie(person: User, site: str) -> dict[str, str]:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}


def _faults(page: Page) -> list[str]:
    violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    found = [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in violations]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("scrolls sideways")
    return found


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)], ids=["laptop", "phone"])
def test_an_officer_takes_cases_up_hands_them_over_and_reads_what_was_left(
    site: str, browser: Browser, width: int, height: int
) -> None:
    who = make.staff()
    make.list_at_district(who, rows=4)
    other = user(Role.DISTRICT_OFFICER, name="Lê Tấn Đạt")
    busy = Case.objects.order_by("name_sort").first()
    assignment.claim_case(busy, actor=other)
    save_view(page="home", name="Của anh Đạt", query=f"officer={other.pk}", actor=who.officer)
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    context.add_cookies([_cookie(who.officer, site)])
    page = context.new_page()
    faults: dict[str, list[str]] = {}
    for address in (
        "/?queue=to_appraise",
        "/cases/?officer=me&received_from=31/2/2021&papers=missing",
        f"/cases/{busy.reference}/assign/",
    ):
        page.goto(f"{site}{address}")
        for fold in page.locator("main details.more").all():
            fold.evaluate("fold => { fold.open = true; }")
        faults[address] = _faults(page)
    page.goto(f"{site}/?queue=to_appraise&sort=name")
    page.locator("input[name=pick_all]").check()
    page.get_by_role("button", name="Nhận xử lý").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nhận xử lý: đã làm xong 3 hồ sơ")
    expect(page.locator("main")).to_contain_text("Hồ sơ đang do Lê Tấn Đạt xử lý.")
    faults["result"] = _faults(page)
    page.get_by_role("link", name="Về danh sách").click()
    page.locator("input[name=pick]").first.check()
    page.get_by_role("button", name="Chuyển người xử lý").click()
    page.get_by_label("Người xử lý").select_option(label="Lê Tấn Đạt")
    faults["confirmation"] = _faults(page)
    page.locator("main").get_by_role("button", name="Chuyển người xử lý").click()
    expect(page.locator("main")).to_contain_text("Đã làm xong 1 hồ sơ.")
    context.close()
    assert {where: found for where, found in faults.items() if found} == {}
