"""What the script adds to the pages, shown on the style guide; the browser finds nothing to complain about."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from accounts.enums import Role
from tests.factories import people

pytestmark = pytest.mark.browser

PASSWORD = "nuoc-noi-mua-ca-linh"


@pytest.fixture
def styleguide(site: str, page: Page) -> Iterator[Page]:
    """The style guide as a signed-in officer sees it; the browser must not complain about anything."""
    officer = people.user(Role.DISTRICT_OFFICER, name="Trần Thị Mỹ Duyên")
    officer.set_password(PASSWORD)
    officer.save(update_fields=["password"])
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{site}/sign-in/?next=/styleguide/")
    page.get_by_label("Tên đăng nhập").fill(officer.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/styleguide/")
    yield page
    assert complaints == []


def test_selection_counts_people_and_money(styleguide: Page) -> None:
    boxes = styleguide.locator("#list input[name=pick]")
    boxes.nth(0).check()
    expect(styleguide.locator("[data-bulk-count]")).to_have_text("Đã chọn 1 hồ sơ · 1.500.000 đ")
    boxes.nth(2).click(modifiers=["Shift"])
    expect(styleguide.locator("[data-bulk-count]")).to_have_text("Đã chọn 3 hồ sơ · 4.500.000 đ")
    expect(styleguide.locator("[data-pick-page]")).to_be_checked()
    styleguide.locator("[data-pick-page]").uncheck()
    expect(styleguide.locator("[data-bulk-count]")).to_have_text("Chưa chọn dòng nào")
    styleguide.get_by_label("Chọn cả 120").check()
    expect(styleguide.locator("[data-bulk-count]")).to_have_text("Đã chọn 120 hồ sơ")


def test_a_dialog_opens_closes_and_gives_focus_back(styleguide: Page) -> None:
    opener = styleguide.get_by_role("button", name="Mở hộp thoại")
    opener.click()
    expect(styleguide.get_by_role("dialog")).to_be_visible()
    styleguide.get_by_role("button", name="Để sau").click()
    expect(styleguide.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()


def test_letters_act_outside_fields_only_and_can_be_switched_off(styleguide: Page) -> None:
    styleguide.locator("h1").click()
    styleguide.keyboard.press("j")
    styleguide.keyboard.press("x")
    expect(styleguide.locator("#list input[name=pick]").first).to_be_checked()
    search = styleguide.locator("#sg-q")
    search.fill("")
    search.type("j?x")
    expect(search).to_have_value("j?x")
    expect(styleguide.locator("#shortcuts")).to_be_hidden()
    styleguide.locator("h1").click()
    styleguide.keyboard.press("?")
    expect(styleguide.locator("#shortcuts")).to_be_visible()
    styleguide.get_by_label("Tắt phím tắt một chữ trên máy này").check()
    styleguide.keyboard.press("Escape")
    styleguide.locator("h1").click()
    styleguide.keyboard.press("?")
    expect(styleguide.locator("#shortcuts")).to_be_hidden()


def test_the_password_can_be_shown(styleguide: Page) -> None:
    field = styleguide.locator("#id_password")
    field.fill("thu-mat-khau")
    styleguide.locator("#forms").get_by_role("button", name="Hiện").click()
    expect(field).to_have_attribute("type", "text")
    styleguide.locator("#forms").get_by_role("button", name="Ẩn").click()
    expect(field).to_have_attribute("type", "password")


def test_typed_text_survives_a_lost_network_and_a_reload(styleguide: Page) -> None:
    note = styleguide.get_by_label("Ghi chú nội bộ")
    note.press_sequentially("Đã gọi điện cho xã")
    styleguide.context.set_offline(True)
    styleguide.get_by_role("button", name="Lưu nháp").click()
    expect(styleguide.locator(".toast")).to_contain_text(
        "Chưa lưu được. Mạng bị ngắt, nội dung vẫn còn trên trang."
    )
    expect(note).to_have_value("Đã gọi điện cho xã")
    styleguide.context.set_offline(False)
    styleguide.reload()
    expect(note).to_have_value("Đã gọi điện cho xã")
    expect(styleguide.locator(".toast")).to_contain_text("Đã giữ lại nội dung bạn gõ lần trước.")
    styleguide.get_by_role("button", name="Lưu nháp").click()
    styleguide.wait_for_load_state()
    styleguide.goto(styleguide.url)
    expect(note).to_have_value("")


def test_enter_in_the_sheet_goes_down_the_column(styleguide: Page) -> None:
    cell = styleguide.locator(".sheet .cell").first
    cell.focus()
    styleguide.keyboard.press("Enter")
    assert styleguide.url.endswith("/styleguide/")


def test_the_account_menu_works_without_the_mouse_and_signs_out(styleguide: Page) -> None:
    styleguide.locator("summary.mast-user").focus()
    styleguide.keyboard.press("Enter")
    expect(styleguide.get_by_role("link", name="Đổi mật khẩu")).to_be_visible()
    styleguide.get_by_role("button", name="Đăng xuất").click()
    styleguide.wait_for_url("**/sign-in/")


def test_the_language_changes_and_stays(styleguide: Page) -> None:
    styleguide.get_by_role("button", name="EN").click()
    expect(styleguide.locator("html")).to_have_attribute("lang", "en")
    assert styleguide.url.endswith("/styleguide/")


@pytest.mark.parametrize("width", [320, 390, 683, 768, 1024, 1366])
def test_no_page_scrolls_sideways(styleguide: Page, width: int) -> None:
    styleguide.set_viewport_size({"width": width, "height": 800})
    assert styleguide.evaluate("document.documentElement.scrollWidth") <= width
