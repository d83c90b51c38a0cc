"""A list hangs out over the national holiday: its days, its minutes, a remark from the street, the public check of a paper."""

import dataclasses

import pytest
from playwright.sync_api import Browser, expect

from accounts.enums import Role
from support_programs.models import CaseList, OfficialDocument
from tests.factories import cases as make
from tests.factories.people import OUTSIDE_COMMUNE
from tests.journeys.desk import Desk, Office

pytestmark = pytest.mark.browser
PLACE = "Trụ sở UBND thị trấn Phú Mỹ"


@pytest.fixture
def office(site: str, browser: Browser) -> Office:
    return Office(site, browser)


def test_a_posting_over_a_holiday(office: Office) -> None:
    commune = office.seat(Role.COMMUNE_OFFICER, name="Lê Thị Hoa")
    who = dataclasses.replace(make.staff(), commune=commune.person)
    case_list = make.confirmed_list(who, 3)
    hang_out(commune, case_list)
    draft_minutes_of_start(commune)
    issue(commune)
    remark(commune, case_list)
    take_down(commune, case_list)
    check_in_public(office, commune)


def hang_out(commune: Desk, case_list: CaseList) -> None:
    """Put up on Wednesday 01/09/2021: 2 and 3 September are holidays, then comes a weekend; the second working day is 07/09."""
    page = commune.open(f"/lists/{case_list.reference}/")
    commune.follow("Niêm yết công khai")
    commune.fill(posting_from="01/09/2021", place=PLACE)
    commune.press("Niêm yết công khai")
    expect(page.locator("main")).to_contain_text("01/09/2021 – 07/09/2021")
    commune.shoot("posting-1-list")


def draft_minutes_of_start(commune: Desk) -> None:
    commune.follow("Soạn: Biên bản niêm yết")
    commune.fill(
        hour="08 giờ 30 phút", present="Lê Thị Hoa, công chức Văn hóa - Xã hội\nNgô Văn Tư, Trưởng khóm"
    )
    commune.shoot("posting-2-draft")
    commune.press("Lưu dự thảo")
    expect(commune.page.locator("main")).to_contain_text("Dự thảo")
    commune.shoot("posting-3-draft-page")


def issue(commune: Desk) -> None:
    """Without a signer it is refused and what was typed stays; minutes need no number."""
    page = commune.page
    commune.fill(dated="01/09/2021", signer_name=" ")
    page.locator("main [name=signer_name]").evaluate("field => field.removeAttribute('required')")
    commune.press("Phát hành văn bản")
    expect(page.locator("main [name=dated]")).to_have_value("01/09/2021")
    commune.shoot("posting-4-refused")
    commune.fill(signer_name="Trần Thị Mỹ Hạnh")
    commune.press("Phát hành văn bản")
    expect(page.locator("main")).to_contain_text("Đã phát hành")
    commune.shoot("posting-5-issued")


def remark(commune: Desk, case_list: CaseList) -> None:
    """What somebody said in front of the list is taken down on its page."""
    commune.open(f"/lists/{case_list.reference}/")
    commune.follow("Ghi ý kiến ở nơi niêm yết")
    page = commune.page
    page.locator("main [name=topic]").select_option("left_out")
    page.locator("main [name=text]").fill("Chị Sáu bán vé số ở ấp Mỹ Lương chưa có tên trong danh sách này.")
    page.locator("main form[method=post] button.btn-p").click()
    page.wait_for_load_state()


def take_down(commune: Desk, case_list: CaseList) -> None:
    page = commune.open(f"/lists/{case_list.reference}/close-posting/")
    expect(page.locator("main")).to_contain_text("Chị Sáu bán vé số ở ấp Mỹ Lương")
    commune.shoot("posting-6-closing")
    commune.follow("Soạn: Biên bản kết thúc niêm yết")
    commune.press("Lưu dự thảo")
    commune.open(f"/lists/{case_list.reference}/close-posting/")
    commune.fill(remarks="Một người phản ánh, đã hướng dẫn nộp đơn.")
    commune.press("Kết thúc niêm yết")
    expect(page.locator("main")).to_contain_text("Đã niêm yết")
    commune.shoot("posting-7-closed")
    case_list.refresh_from_db()
    assert case_list.status == "posted"


def check_in_public(office: Office, commune: Desk) -> None:
    """The code on the minutes leads everybody to a page that names no one; another commune opens nothing."""
    document = OfficialDocument.objects.get(status="issued")
    stranger = office.browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    stranger.goto(f"{office.site}/public/documents/{document.token}/")
    expect(stranger.locator("main")).to_contain_text("Văn bản có thật, đang có hiệu lực.")
    assert "Nguyễn Văn Người" not in stranger.content()
    Desk(office.site, commune.person, stranger).shoot("posting-8-public")
    outsider = office.seat(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE)
    assert outsider.status_of(f"/documents/{document.reference}/") == 404
    commune.open("/documents/")
    commune.shoot("posting-9-shelf")
