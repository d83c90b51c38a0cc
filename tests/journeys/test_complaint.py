"""A citizen complains about money that didn't come, is answered by an office that had no part in it, and reads the answer."""

import re

import pytest
from playwright.sync_api import Browser, expect

from accounts.enums import Role
from core.models import Event
from support_programs.models import Grievance, OfficialDocument
from tests.factories.people import COMMUNE
from tests.journeys.desk import Office

pytestmark = pytest.mark.browser
SAID = "Tôi bán vé số ở ấp Mỹ Lương, có tên trong danh sách niêm yết mà chưa nhận được tiền."
ANSWER = "Hồ sơ của ông đã được duyệt, tiền được chi tại UBND thị trấn từ ngày 05/10/2021."


def test_a_complaint_from_the_kitchen_table_to_the_letter(browser: Browser, site: str) -> None:
    office = Office(site, browser)
    citizen = browser.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN").new_page()
    citizen.goto(f"{site}/public/grievances/new/")
    citizen.get_by_role("button", name="Gửi", exact=True).click()
    expect(citizen.get_by_role("alert")).to_be_visible()
    citizen.get_by_label("Loại").select_option("complaint")
    citizen.get_by_label("Nội dung về").select_option("not_paid")
    citizen.get_by_label("Xã, phường, thị trấn").select_option(COMMUNE)
    citizen.get_by_label("Nội dung", exact=True).fill(SAID)
    citizen.locator("[name=sender_name]").fill("Trần Văn Hai")
    citizen.locator("[name=phone]").fill("0912345678")
    citizen.get_by_role("button", name="Gửi", exact=True).click()
    code = citizen.locator(".code-once").inner_text().strip()
    made = Grievance.objects.get()
    assert (made.kind, made.area_code, made.sender_name) == ("complaint", COMMUNE, "Trần Văn Hai")

    desk = office.seat(Role.COMMUNE_OFFICER, name="Lê Thị Hoa")
    desk.open("/")
    desk.page.get_by_role("link", name=re.compile("Khiếu nại, phản ánh")).first.click()
    desk.shoot("grievances")
    desk.follow("Chưa nhận được tiền")
    expect(desk.page.locator("main")).to_contain_text("0912345678")
    desk.press("Thụ lý")
    expect(desk.page.locator("main")).to_contain_text("27/10/2021")
    desk.follow("Trả lời")
    desk.answer({"outcome": "upheld", "answer": ANSWER})
    desk.press("Trả lời")
    desk.shoot("grievance")
    desk.press("Lập văn bản trả lời")
    letter = OfficialDocument.objects.get()
    assert (letter.grievance, letter.status) == (made, "draft")

    citizen.goto(f"{site}/public/grievances/")
    citizen.get_by_label("Mã theo dõi").fill(code.lower().replace("-", " "))
    citizen.get_by_role("button", name="Xem").click()
    expect(citizen.locator("main")).to_contain_text(ANSWER)
    expect(citizen.locator("main")).not_to_contain_text("Lê Thị Hoa")
    acts = list(
        Event.objects.filter(object_type="support_programs.grievance")
        .order_by("id")
        .values_list("action", flat=True)
    )
    assert acts == ["grievance.filed", "grievance.accept", "grievance.answer"]
