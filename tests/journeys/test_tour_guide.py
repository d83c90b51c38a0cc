"""A tour guide's dossier from the department's desk to the decision; a second cash regime of the same person is refused."""

import re

import pytest
from playwright.sync_api import Browser, expect

from accounts.enums import Role
from tests.factories import claims
from tests.factories.people import PROVINCE
from tests.infrastructure.programs import Worker
from tests.journeys.desk import Desk, Office, expect_hidden

pytestmark = pytest.mark.browser

AMOUNT = "3.710.000 đ"
ONE_REGIME = "Mục I NQ 68"
GUIDE = {
    "answers-guide_card_number": "189123456",
    "answers-guide_card_expires_on": "31/05/2023",
    "answers-guide_basis": "labour_contract",
    "answers-got_other_support": "false",
}


@pytest.fixture
def office(site: str, browser: Browser, celery_worker_process: Worker) -> Office:
    return Office(site, browser)


@pytest.fixture
def person() -> dict[str, str]:
    """Somebody who guides tourists, and sells lottery tickets as well."""
    typed = claims.applicant(full_name="Nguyễn Thị Lan Anh")
    return {f"applicant-{name}": value for name, value in typed.items()}


def take_in(reviewer: Desk, person: dict[str, str]) -> tuple[str, str]:
    """The department enters the guide, lists and submits the dossier; gives the addresses of case and list."""
    page = reviewer.open("/cases/new/")
    reviewer.follow("Hướng dẫn viên du lịch")
    reviewer.answer({**person, "applicant-job": "Hướng dẫn viên du lịch", **GUIDE})
    reviewer.shoot("guide-1-form")
    reviewer.press("Lưu")
    page.wait_for_url(re.compile(r"/cases/HS-"))
    case = reviewer.path
    expect(page.locator("main")).to_contain_text(AMOUNT)
    reviewer.shoot("guide-2-case")

    reviewer.open("/?queue=loose_department")
    page.get_by_label("Chọn cả 1").check()
    reviewer.press("Đưa vào danh sách đang lập")
    reviewer.open("/?queue=department_drafts")
    address = reviewer.follow_to_list()
    reviewer.shoot("guide-3-list")
    page = reviewer.open(f"{address}facts/")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    reviewer.press("Xác nhận cho cả danh sách")
    reviewer.open(address)
    reviewer.follow("Chuyển Sở thẩm định")
    reviewer.press("Chuyển Sở thẩm định")
    reviewer.open(case)
    expect(page.locator("#decision")).to_contain_text("Bạn đã nhập hồ sơ này nên không được thẩm định.")
    return case, address


def appraise(reviewer: Desk, case: str, address: str) -> None:
    """Somebody else at the department finds the guide eligible and sends the list to the province."""
    page = reviewer.open("/?queue=appraise_department")
    reviewer.follow("Nguyễn Thị Lan Anh")
    assert reviewer.path == case
    reviewer.shoot("guide-4-appraise")
    reviewer.press("Xác nhận đủ điều kiện")
    page = reviewer.open(address)
    reviewer.follow("Kết thúc thẩm định, trình UBND tỉnh")
    reviewer.press("Kết thúc thẩm định, trình UBND tỉnh")
    expect(page.locator("main .head")).to_contain_text("Chờ UBND tỉnh quyết định")


def decide(approver: Desk, case: str, address: str) -> None:
    """The province's decision on the guides of the list."""
    page = approver.open("/?queue=to_decide")
    page.get_by_role("checkbox", name=re.compile(address.split("/")[2])).check()
    approver.press("Ghi quyết định phê duyệt kinh phí")
    expect(page.locator("main")).to_contain_text(AMOUNT)
    approver.fill(number="2310/QĐ-UBND", signed_on="27/09/2021", signer="Nguyễn Thanh Bình")
    approver.shoot("guide-5-decide")
    approver.press("Ghi quyết định")
    page = approver.open(case)
    sums = page.locator("section", has=page.get_by_role("heading", name="Cách tính mức hỗ trợ"))
    expect(sums).to_contain_text("Hỗ trợ một lần cho hướng dẫn viên du lịch")
    expect(sums).to_contain_text("Điều 32")
    expect(sums.locator("tfoot")).to_contain_text("2310/QĐ-UBND")
    expect(sums.locator("tfoot")).to_contain_text(AMOUNT)
    approver.shoot("guide-6-decided")


def ask_as_free_worker(commune: Desk, person: dict[str, str]) -> tuple[str, str]:
    """The commune enters the same person as a lottery seller, posts and submits; the rules have refused already."""
    page = commune.open("/cases/new/LD_TU_DO/")
    commune.answer({**person, "applicant-job": "Bán vé số dạo"})
    commune.send("Lưu")
    expect(page.locator("main")).to_contain_text(
        "Số này đang có hồ sơ khác: Hướng dẫn viên du lịch ở Tỉnh An Giang"
    )
    commune.answer({"keep": "on"})
    commune.shoot("guide-7-warned")
    commune.send("Lưu")
    case = commune.path
    refused = page.locator("#checks li", has_text="Chưa hưởng chế độ hỗ trợ tiền mặt một lần nào khác")
    expect(refused).to_contain_text("Không đạt")
    expect(refused).to_contain_text("«Hướng dẫn viên du lịch»")
    expect(refused).to_contain_text(ONE_REGIME)
    commune.shoot("guide-7-free-worker")
    commune.press("Đưa vào danh sách đang lập")
    commune.open("/?queue=drafts")
    address = commune.follow_to_list()
    commune.open(f"{address}post/")
    commune.fill(posting_from="22/09/2021", place="Trụ sở UBND thị trấn Phú Mỹ")
    commune.press("Niêm yết công khai")
    commune.open(f"{address}close-posting/")
    commune.press("Kết thúc niêm yết")
    commune.open(f"{address}submit/")
    commune.fill(letter_number="52/TTr-UBND", letter_date="27/09/2021")
    commune.press("Trình huyện")
    return case, address


def refuse(officer: Desk, case: str) -> None:
    """The district can't find the person eligible and refuses with the article that stands on the screen."""
    page = officer.open(case)
    expect(page.get_by_role("button", name="Xác nhận đủ điều kiện")).to_have_attribute(
        "aria-disabled", "true"
    )
    officer.follow("Không đủ điều kiện")
    expect(page.locator("label:has([name=preset]:checked)").first).to_contain_text(ONE_REGIME)
    officer.shoot("guide-8-refuse")
    officer.press("Kết luận không đủ điều kiện")
    page = officer.open(case)
    expect(page.locator("main .head")).to_contain_text("Không đủ điều kiện")
    expect(page.locator("main .note").first).to_contain_text(f"«Hướng dẫn viên du lịch» ({ONE_REGIME})")
    officer.shoot("guide-9-refused")


def test_a_guide_is_paid_once_and_not_again_as_free_worker(office: Office, person: dict[str, str]) -> None:
    case, address = take_in(office.seat(Role.PROVINCIAL_REVIEWER, area=PROVINCE), person)
    appraise(office.seat(Role.PROVINCIAL_REVIEWER, area=PROVINCE), case, address)
    decide(office.seat(Role.PROVINCIAL_APPROVER), case, address)

    second, free_workers = ask_as_free_worker(office.seat(Role.COMMUNE_OFFICER), person)
    refuse(office.seat(Role.DISTRICT_OFFICER), second)

    leader = office.seat(Role.LEADER)
    expect_hidden(office.seat_outsider(), leader, case, address, second, free_workers)
