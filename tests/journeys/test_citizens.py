"""A citizen registers on the public page, follows the application, and finds the case and the posted list: without an account."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from accounts.enums import Role
from support_programs.models import PublicApplication
from support_programs.queries.applications import Typed
from support_programs.services import posting
from support_programs.services.applications import send_application
from tests.factories import cases as made
from tests.factories.people import COMMUNE
from tests.journeys.desk import Office

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROWEST = 320


def citizen(browser: Browser, *, has_script: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        locale="vi-VN",
        java_script_enabled=has_script,
        bypass_csp=True,
    )
    return context.new_page()


def faults(page: Page) -> list[str]:
    """What axe finds, and whether the page scrolls sideways on a small phone."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    problems = [f"{fault['id']}: {[node['target'] for node in fault['nodes']][:5]}" for fault in found]
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    widest = int(page.evaluate("document.documentElement.scrollWidth"))
    page.set_viewport_size({"width": 390, "height": 844})
    return [*problems, *([f"{widest} px wide at {NARROWEST}"] if widest > NARROWEST else [])]


def test_registering_following_and_becoming_a_case(site: str, browser: Browser) -> None:
    page = citizen(browser)
    page.goto(f"{site}/public/")
    assert faults(page) == []
    page.locator("main").get_by_role("link", name="Đăng ký hỗ trợ").click()
    assert faults(page) == []
    page.locator("main a[href='?programme=LD_TU_DO']").click()
    assert faults(page) == []
    page.get_by_role("button", name="Xem lại đơn").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert faults(page) == []
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Lài")
    page.get_by_label("Ngày sinh", exact=True).fill("5/9/1978")
    page.get_by_label("Nữ", exact=True).check()
    page.get_by_label("Số CCCD hoặc CMND").fill("089178001234")
    page.get_by_label("Số điện thoại").fill("0912345678")
    page.get_by_label("Xã, phường, thị trấn đang ở").select_option(COMMUNE)
    page.get_by_label("Khóm, ấp, số nhà").fill("Ấp Mỹ Lương")
    page.get_by_label("Công việc").fill("Bán vé số dạo")
    page.get_by_role("button", name="Xem lại đơn").click()
    expect(page.get_by_role("heading", name="Xem lại đơn trước khi gửi")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Gửi đơn").click()
    expect(page.get_by_role("heading", name="Đã gửi đơn")).to_be_visible()
    assert faults(page) == []
    reference, code = page.locator(".code-once").all_inner_texts()
    assert PublicApplication.objects.get().reference == reference

    desk = Office(site, browser).seat(Role.COMMUNE_OFFICER)
    desk.open("/applications/")
    desk.follow("Nguyễn Thị Lài")
    desk.follow("Tiếp nhận thành hồ sơ")
    assert desk.page.locator("[name='applicant-id_number']").input_value() == "089178001234"
    desk.answer({"applicant-sex": "Nữ", "received_on": "27/09/2021"})
    desk.page.locator("main form button.btn-p").first.click()
    desk.page.wait_for_load_state()
    expect(desk.page.locator("main")).to_contain_text("Nguyễn Thị Lài")
    case = PublicApplication.objects.get().case
    assert case is not None

    page.get_by_role("link", name="Theo dõi đơn", exact=True).click()
    page.get_by_label("Mã đơn").fill(reference)
    page.get_by_label("Mã theo dõi").fill(code.lower())
    page.get_by_role("button", name="Xem đơn").click()
    expect(page.locator("main")).to_contain_text("Đã tiếp nhận thành hồ sơ")
    expect(page.locator("main")).to_contain_text(case.reference)
    assert faults(page) == []


def test_lists_and_the_desk_have_no_fault(site: str, browser: Browser) -> None:
    who = made.staff()
    case_list = posting.post_list(
        made.confirmed_list(who, 2), place="Trụ sở UBND", posting_from=dt.date(2021, 9, 27), actor=who.commune
    )
    applicant = {"full_name": "Nguyễn Thị Lài", "dob": "1978", "id_number": "089178001234", "sex": "Nữ"}
    sent = send_application(programme="LD_TU_DO", typed=Typed(applicant, {}, COMMUNE, 1978))
    desk = Office(site, browser).seat(Role.COMMUNE_OFFICER)
    page = browser.new_context(
        viewport={"width": 390, "height": 844},
        bypass_csp=True,
        storage_state=desk.page.context.storage_state(),
    ).new_page()
    found = {}
    for path in (
        "/public/lists/",
        f"/public/lists/{COMMUNE}/",
        f"/public/lists/{COMMUNE}/{case_list.reference}/",
        "/public/case/",
        "/public/khong-co/",
        "/calculator/",
        "/applications/",
        f"/applications/{sent.application.reference}/",
    ):
        page.goto(f"{site}{path}")
        found[path] = faults(page)
    assert {path: problems for path, problems in found.items() if problems} == {}


def test_a_case_and_a_posted_list_without_script(site: str, browser: Browser) -> None:
    who = made.staff()
    case_list = posting.post_list(
        made.confirmed_list(who, 3), place="Trụ sở UBND", posting_from=dt.date(2021, 9, 27), actor=who.commune
    )
    case = case_list.cases.earliest("pk")
    page = citizen(browser, has_script=False)
    page.goto(f"{site}/public/")
    page.get_by_role("link", name="Xem hồ sơ của tôi").click()
    page.get_by_label("Mã hồ sơ").fill(case.reference.lower())
    page.get_by_label("Năm sinh hoặc ngày sinh").fill("1978")
    page.get_by_role("button", name="Xem hồ sơ").click()
    expect(page.locator("main")).to_contain_text("Đang công khai lấy ý kiến")
    page.get_by_role("link", name="Danh sách công khai").click()
    page.get_by_role("link", name="Huyện Phú Tân").click()
    page.get_by_role("link", name="Thị trấn Phú Mỹ").click()
    page.locator("main section h2 a").first.click()
    expect(page.locator("main")).to_contain_text(case.applicant_name)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải bản niêm yết").click()
    assert waiting.value.suggested_filename.endswith(f"{case_list.reference}.pdf")
