"""A citizen who checks: looks somebody up, opens the list, the decision and its scan, the programme, the figures; no script."""

import pytest
from playwright.sync_api import Browser, expect

from core.enums import FileKind
from core.services.files import store_file
from support_programs.services.publishing import publish_scan
from tests.factories import cases as made
from tests.factories.people import DISTRICT
from tests.factories.uploads import pdf
from tests.journeys.test_citizens import citizen, faults

pytestmark = pytest.mark.browser


def test_from_a_name_to_the_list_the_decision_and_the_figures(site: str, browser: Browser) -> None:
    who = made.staff()
    case_list, decision = made.decided_list(who, 6)
    scan = store_file(pdf(2), name="qd.pdf", kind=FileKind.SCAN, area_code="89", created_by_id=None)
    publish_scan(decision, actor=who.reviewer, has_checked=True, file=scan)
    case = case_list.cases.earliest("position")
    page = citizen(browser, has_script=False)
    page.goto(f"{site}/public/")
    page.get_by_label("Họ và tên").fill(case.applicant_name.lower())
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.get_by_text("Ông/bà chọn huyện, thị xã, thành phố.").first).to_be_visible()
    page.get_by_label("Huyện, thị xã, thành phố").select_option(DISTRICT)
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.locator("main")).to_contain_text(f"••• {case.number_last3}")
    expect(page.locator("main")).to_contain_text("Đã phê duyệt")
    page.locator("main tbody").get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("Có trên trang đến hết ngày")
    page.get_by_role("link", name="Quyết định", exact=True).click()
    with page.expect_download() as waiting:
        page.locator("main").get_by_role("link", name="Tải PDF").click()
    assert waiting.value.suggested_filename.startswith("quyet-dinh-2208-qd-ubnd")
    page.locator("main tbody").get_by_role("link", name="Lao động tự do").click()
    expect(page.locator("main")).to_contain_text("1.500.000 đồng")
    page.get_by_role("link", name="Số liệu", exact=True).click()
    page.locator("main").get_by_role("link", name="Số liệu mở").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="payments.csv").click()
    assert waiting.value.suggested_filename == "payments.csv"


def test_the_pages_have_no_fault(site: str, browser: Browser) -> None:
    who = made.staff()
    made.decided_list(who, 6)
    page = citizen(browser)
    found = {}
    for path in (
        "/public/lookup/",
        "/public/decisions/",
        "/public/programmes/",
        "/public/programmes/F0_F1/",
        "/public/figures/",
        "/public/donations/",
        "/public/open-data/",
        "/public/lists/",
    ):
        page.goto(f"{site}{path}")
        found[path] = faults(page)
    assert {path: problems for path, problems in found.items() if problems} == {}
