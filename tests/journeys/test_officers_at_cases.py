"""Officers at their cases, in a browser: ten decided by keyboard alone, and two officers on one."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from accounts.enums import Role
from support_programs.models import Case
from support_programs.services.facts import set_case_facts
from tests.factories import cases as make
from tests.factories import claims
from tests.journeys.desk import Desk, Office

pytestmark = pytest.mark.browser


@pytest.fixture
def office(site: str, browser: Browser) -> Office:
    return Office(site, browser)


def tab_to(page: Page, wanted: Locator, most: int = 80) -> None:
    """Go there as somebody without a mouse does."""
    for _press in range(most):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached with {most} presses of Tab")


def keys(page: Page, *pressed: str) -> None:
    """Press keys, one after the other; the page is there again after each."""
    for key in pressed:
        page.keyboard.press(key)
        page.wait_for_load_state()


def at(officer: Desk, case: Case) -> None:
    expect(officer.page.locator("main .sub .mono").first).to_have_text(case.reference, timeout=15_000)


def test_an_officer_decides_ten_cases_by_keyboard_alone(office: Office) -> None:
    """Seven found eligible, one sent back, one refused, one looked at twice and taken back: the mouse is not touched."""
    who = make.staff()
    make.list_at_district(who, rows=10)
    cases = list(Case.objects.order_by("due_on", "pk"))
    officer = office.seat(Role.DISTRICT_OFFICER, name="Trần Thị Mỹ Duyên")
    page = officer.open("/?queue=to_appraise")
    keys(page, "?")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
    officer.shoot("keyboard-1-dialog")
    keys(page, "Escape")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_hidden()
    keys(page, "j")
    expect(page.locator("tr.at")).to_have_count(1)
    keys(page, "Enter")
    at(officer, cases[0])
    expect(page.locator(".neighbours")).to_contain_text("Hồ sơ 1 trong 10")
    officer.shoot("keyboard-2-case")
    for case in cases[:3]:
        at(officer, case)
        keys(page, "e")
        expect(page.locator(".messages")).to_contain_text(f"Đã xác nhận {case.applicant_name} đủ điều kiện.")
    # the fourth is sent back with a reason, the fifth refused with one
    at(officer, cases[3])
    keys(page, "r")
    expect(page).to_have_url(re.compile("/ask-supplement/"))
    tab_to(page, page.locator("main textarea[name=reason]"))
    page.keyboard.type("Đơn thiếu chữ ký")
    keys(page, "Control+Enter")
    expect(page.locator(".messages")).to_contain_text(cases[3].applicant_name)
    if officer.path != f"/cases/{cases[4].reference}/":
        officer.open(f"/cases/{cases[4].reference}/?from=queue%3Dto_appraise")
    keys(page, "f")
    expect(page.locator("main textarea[name=reason]")).to_be_focused()
    page.keyboard.type("Có hợp đồng lao động với công ty")
    keys(page, "Control+Enter")
    expect(page.locator(".messages")).to_contain_text("Không đủ điều kiện")
    for case in cases[5:9]:
        at(officer, case)
        keys(page, "e")
        expect(page.locator(".messages")).to_contain_text("đủ điều kiện.")
    # the last one: looked at, why nothing else is possible, confirmed, taken back from the message
    at(officer, cases[9])
    keys(page, "w")
    expect(page.locator("#why")).to_contain_text("Hồ sơ này do cấp khác tiếp nhận.")
    keys(page, "w", "e")
    expect(page.locator(".messages")).to_contain_text("Hoàn tác")
    tab_to(page, page.locator(".messages").get_by_role("link", name="Hoàn tác"))
    keys(page, "Enter")
    expect(page.locator("main textarea[name=reason]")).to_be_focused()
    page.keyboard.type("Cần xem lại giấy tờ")
    keys(page, "Control+Enter")
    expect(page.locator(".messages")).to_contain_text("Thẩm định lại")
    found = dict(Case.objects.values_list("reference", "status"))
    wanted = ["eligible"] * 3 + ["needs_supplement", "ineligible"] + ["eligible"] * 4 + ["appraising"]
    assert [found[case.reference] for case in cases] == wanted


def test_two_officers_on_one_case(office: Office) -> None:
    """The second sees who has it open, is told who was faster, keeps what was typed and decides."""
    case = claims.claim("LD_TU_DO", make.staff().commune)
    address = f"/cases/{case.reference}/"
    hoa = office.seat(Role.COMMUNE_OFFICER, name="Lê Thị Hoa")
    dat = office.seat(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt")
    hoa.open(address)
    page = dat.open(address)
    expect(page.locator("main")).to_contain_text(re.compile(r"Lê Thị Hoa đang mở hồ sơ này \(\d\d:\d\d\)\."))
    dat.shoot("two-1-open")
    hoa.open(f"{address}correct/")
    dat.open(f"{address}correct/")
    hoa.fill(full_name="Trần Văn Bình", address="Ấp Thượng", reason="Theo thẻ")
    hoa.press("Ghi và kiểm tra lại")
    expect(hoa.page.locator("h1")).to_have_text("Trần Văn Bình")
    dat.fill(full_name="Trần Văn Bính", job="Bán vé số", reason="Theo sổ hộ khẩu")
    dat.press("Ghi và kiểm tra lại")
    expect(page.locator("#stale")).to_contain_text("Lê Thị Hoa vừa ghi «Sửa thông tin người đề nghị» lúc")
    row = page.locator("#stale tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Trần Văn Bình")
    expect(row).to_contain_text("Trần Văn Bính")
    expect(page.locator("[name=address]")).to_have_value("Ấp Thượng")
    expect(page.locator("[name=reason]")).to_have_value("Theo sổ hộ khẩu")
    dat.shoot("two-2-stale")
    dat.press("Giữ của tôi")
    expect(page.locator("h1")).to_have_text("Trần Văn Bính")
    case.refresh_from_db()
    assert (case.applicant_name, case.hamlet, case.occupation) == ("Trần Văn Bính", "Ấp Thượng", "Bán vé số")


def test_a_citizen_has_moved_on_while_the_page_was_open(office: Office) -> None:
    """Facts changed behind an open page: confirming it is refused once, with the case of now on the screen."""
    who = make.staff()
    make.list_at_district(who)
    case = Case.objects.get()
    officer = office.seat(Role.DISTRICT_OFFICER, name="Trần Thị Mỹ Duyên")
    page = officer.open(f"/cases/{case.reference}/")
    colleague = office.seat(Role.DISTRICT_OFFICER, name="Lê Tấn Đạt").person
    set_case_facts(case, values={"income": None}, actor=colleague)
    officer.press("Xác nhận đủ điều kiện")
    expect(page.locator("main .errsum")).to_contain_text("Lê Tấn Đạt vừa ghi «Ghi thông tin» lúc")
    officer.shoot("two-3-refused")
    expect(page.get_by_role("button", name="Xác nhận đủ điều kiện")).to_have_attribute(
        "aria-disabled", "true"
    )
    case.refresh_from_db()
    assert case.status == "appraising"
