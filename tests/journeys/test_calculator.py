"""The calculator in a browser: without an account, with the keyboard, on a screen and on a phone, without a fault."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = {"laptop": (1366, 768), "phone": (390, 844)}
NARROWEST = 320


@pytest.fixture(params=SCREENS)
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Page:
    width, height = SCREENS[request.param]
    # axe is put into the page from outside, which the pages' own policy rightly forbids
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="vi-VN", bypass_csp=True
    )
    opened = context.new_page()
    opened.goto(f"{site}/sign-in/")
    opened.get_by_role("link", name="Tôi được hỗ trợ gì?").click()
    opened.wait_for_url("**/calculator/")
    return opened


def faults(page: Page) -> list[str]:
    """What axe finds, also with everything unfolded, and whether the page scrolls sideways."""
    page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")
    page.evaluate("scrollTo(0, 0)")
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    problems = [f"{fault['id']}: {[node['target'] for node in fault['nodes']][:5]}" for fault in found]
    size = page.viewport_size
    assert size is not None
    for width in (size["width"], NARROWEST):
        page.set_viewport_size({"width": width, "height": 800})
        widest = int(page.evaluate("document.documentElement.scrollWidth"))
        problems += [f"{widest} px wide at {width}"] if widest > width else []
    page.set_viewport_size(size)
    return problems


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).press("Enter")
    page.wait_for_load_state()


def test_a_suspended_worker_learns_what_there_is(page: Page) -> None:
    assert faults(page) == []
    press(page, "Tiếp tục")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Hãy chọn ông/bà là ai.").press("Enter")
    page.get_by_role("radio", name="Người lao động có hợp đồng lao động").press(" ")
    page.get_by_role("checkbox", name="Tạm hoãn, nghỉ không lương").press(" ")
    page.get_by_label("Ngày sinh hoặc năm sinh").fill("5/9/1985")
    press(page, "Tiếp tục")
    assert faults(page) == []

    page.get_by_role("group", name="Loại hình đơn vị").get_by_label("Doanh nghiệp").press(" ")
    page.get_by_label("Ngày bắt đầu tạm hoãn, nghỉ không lương").fill("19/7/2021")
    page.get_by_label("Ngày cuối cùng tạm hoãn, nghỉ không lương").fill("10/7/2021")
    press(page, "Xem kết quả")
    expect(page.get_by_role("alert")).to_contain_text("trước ngày bắt đầu 19/07/2021")
    assert page.title().startswith("Lỗi:")
    assert faults(page) == []

    page.get_by_label("Ngày cuối cùng tạm hoãn, nghỉ không lương").fill("25/8/2021")
    page.locator("[name=TAM_HOAN-cause][value=employer_stopped]").check()
    for question in (
        "Tạm hoãn, nghỉ không lương trong thời hạn của hợp đồng lao động",
        "Đang tham gia BHXH bắt buộc ở tháng liền trước tháng bắt đầu tạm hoãn",
        "Đang mang thai",
    ):
        page.get_by_role("group", name=question).get_by_label("Có", exact=True).check()
    page.get_by_label("Con đẻ, con nuôi").fill("5/9/2018\n1/1/2010")
    press(page, "Xem kết quả")
    result = page.get_by_role("region", name="Tạm hoãn, nghỉ không lương", exact=True)
    expect(result).to_contain_text("Đủ điều kiện")
    expect(result).to_contain_text("5.710.000 đ")
    expect(result).to_contain_text("07/02/2022")
    expect(result.locator("li", has_text="Đang tham gia BHXH")).to_be_hidden()
    assert faults(page) == []
    expect(result.locator("li", has_text="Đang tham gia BHXH")).to_be_visible()


def test_an_answer_is_changed_and_asked_again(page: Page) -> None:
    page.get_by_role("radio", name="Hộ kinh doanh").check()
    press(page, "Tiếp tục")
    page.locator("[name=HO_KD-household_kind][value=registered]").check()
    page.locator("[name=HO_KD-stop_cause][value=directive_16]").check()
    page.locator("[name=HO_KD-all_lines_stopped][value=true]").check()
    page.get_by_label("Ngày bắt đầu dừng kinh doanh").fill("19/7/2021")
    page.get_by_label("Ngày cuối cùng dừng kinh doanh").fill("31/8/2021")
    press(page, "Xem kết quả")
    result = page.get_by_role("region", name="Hộ kinh doanh", exact=True)
    expect(result).to_contain_text("Không đủ điều kiện")
    expect(result).to_contain_text("hồ sơ nộp từ ngày 08/10/2021 thì đủ điều kiện")

    page.get_by_text("Xem lại và sửa câu trả lời").click()
    expect(page.get_by_label("Ngày bắt đầu dừng kinh doanh")).to_have_value("19/7/2021")
    page.get_by_label("Ngày nộp hồ sơ").fill("08/10/2021")
    press(page, "Xem kết quả")
    expect(page.get_by_role("region", name="Hộ kinh doanh", exact=True)).to_contain_text("3.000.000 đ")
