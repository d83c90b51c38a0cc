"""A child with COVID-19, from the commune's form to the decision; days that were granted are not counted twice."""

import pytest
from playwright.sync_api import Browser, expect

from accounts.enums import Role
from tests.factories import claims
from tests.infrastructure.programs import Worker
from tests.journeys.desk import Desk, Office, expect_hidden

pytestmark = pytest.mark.browser

NAME = "Lê Gia Hân"
FIRST = {"answers-event_start": "01/08/2021", "answers-event_end": "10/08/2021"}
SECOND = {"answers-event_start": "08/08/2021", "answers-event_end": "14/08/2021"}


@pytest.fixture
def office(site: str, browser: Browser, celery_worker_process: Worker) -> Office:
    return Office(site, browser)


@pytest.fixture
def child() -> dict[str, str]:
    """Born in 2014, with a personal number, treated at home."""
    typed = claims.applicant(full_name=NAME, dob="14/02/2014", id_number="089314000123", job="")
    return {
        **{f"applicant-{name}": value for name, value in typed.items()},
        "answers-variant": "F0",
        "answers-has_competent_decision": "true",
    }


def take_in(commune: Desk, typed: dict[str, str]) -> str:
    """One spell on the form; gives the address of the case."""
    commune.open("/cases/new/F0_F1/")
    commune.answer(typed)
    commune.press("Lưu")
    commune.page.wait_for_url("**/cases/HS-*/")
    return commune.path


def expect_sums(desk: Desk, case: str, *lines: tuple[str, ...], total: str) -> None:
    """The calculation on the page of a case: what, article, money."""
    page = desk.open(case)
    sums = page.locator("section", has=page.get_by_role("heading", name="Cách tính mức hỗ trợ"))
    rows = sums.locator("tbody tr")
    expect(rows).to_have_count(len(lines))
    for row, words in zip(rows.all(), lines, strict=True):
        for word in words:
            expect(row).to_contain_text(word)
    expect(sums.locator("tfoot")).to_contain_text(total)


def send_up(commune: Desk, case: str) -> str:
    """List the case and submit the list; F0 and F1 are not posted. Gives the address of the list."""
    page = commune.open(case)
    commune.press("Đưa vào danh sách đang lập")
    address = commune.follow_to_list()
    expect(page.get_by_role("link", name="Niêm yết công khai")).to_have_count(0)
    commune.shoot("child-3-list")
    commune.open(f"{address}facts/")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    commune.press("Xác nhận cho cả danh sách")
    commune.open(address)
    commune.follow("Trình huyện")
    commune.fill(letter_number="61/TTr-UBND", letter_date="27/09/2021")
    commune.press("Trình huyện")
    return address


def decide(office: Office, case: str, address: str) -> Desk:
    """District officer, district head and the province; gives the approver's desk."""
    officer = office.seat(Role.DISTRICT_OFFICER)
    officer.open("/?queue=to_appraise")
    officer.follow(NAME)
    assert officer.path == case
    officer.press("Xác nhận đủ điều kiện")
    head = office.seat(Role.DISTRICT_HEAD)
    head.open(address)
    head.follow("Duyệt danh sách")
    head.fill(number="81/QĐ-UBND", date="27/09/2021")
    head.press("Duyệt danh sách")
    officer.open(address)
    officer.follow("Trình UBND tỉnh")
    officer.press("Trình UBND tỉnh")
    approver = office.seat(Role.PROVINCIAL_APPROVER)
    approver.open(address)
    approver.follow("Ghi quyết định phê duyệt kinh phí")
    approver.fill(number="2311/QĐ-UBND", signed_on="27/09/2021", signer="Nguyễn Thanh Bình")
    approver.shoot("child-4-decide")
    approver.press("Ghi quyết định")
    return approver


def test_a_child_gets_days_and_supplement_and_a_day_only_once(office: Office, child: dict[str, str]) -> None:
    commune = office.seat(Role.COMMUNE_OFFICER)
    case = take_in(commune, {**child, **FIRST})
    days = ("Tiền ăn mỗi ngày điều trị, cách ly", "Điều 26", "800.000 đ")
    supplement = ("Trẻ em dưới 16 tuổi điều trị hoặc cách ly", "khoản 7 Mục II NQ 68", "1.000.000 đ")
    expect_sums(commune, case, days, supplement, total="1.800.000 đ")
    commune.shoot("child-1-case")
    address = send_up(commune, case)
    approver = decide(office, case, address)
    expect_sums(approver, case, days, supplement, total="2311/QĐ-UBND")
    expect_sums(approver, case, days, supplement, total="1.800.000 đ")

    second = take_in(commune, {**child, **SECOND})
    free = commune.page.locator("#checks li", has_text="chưa được hỗ trợ")
    expect(free).to_contain_text("trong đó 3 ngày đã được hỗ trợ")
    expect(free).to_contain_text("Điều 25")
    commune.shoot("child-5-second")
    expect_sums(commune, second, ("Tiền ăn mỗi ngày điều trị, cách ly", "320.000 đ"), total="320.000 đ")
    expect(commune.page.locator("main")).to_contain_text("đã được hỗ trợ một lần ở hồ sơ khác")

    expect_hidden(office.seat_outsider(), office.seat(Role.LEADER), case, address, second)
