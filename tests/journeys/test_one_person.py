"""One person at three desks: registered by hand with a hint while typing, a number and an account changed with their reasons,
seen on the case, and named before the money goes out."""

import pytest
from playwright.sync_api import Browser, expect

from accounts.enums import Role
from beneficiaries.models import Person
from support_programs.models import Case
from tests.factories import registered
from tests.factories.payments import payable_list
from tests.factories.people import DISTRICT
from tests.infrastructure.programs import Worker
from tests.journeys.desk import Office

pytestmark = pytest.mark.browser


@pytest.fixture
def office(site: str, browser: Browser, celery_worker_process: Worker) -> Office:
    return Office(site, browser)


def test_a_person_is_registered_found_and_changed(office: Office) -> None:
    registered.person("Néang Sóc Kha", number="089178000222", sex="F", phone="0913456788")
    officer = office.seat(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt")
    page = officer.open("/people/")
    officer.follow("Thêm người thụ hưởng")
    officer.fill(full_name="Neang Soc Kha", dob="04/03/1978", id_number="089178000223")
    expect(page.locator("#duplicate-hint")).to_contain_text("Néang Sóc Kha")
    officer.shoot("person-1-hint")
    officer.fill(full_name="Trần Văn Bình", dob="04/03/1978", id_number="089078000123", address="Ấp Mỹ Lương")
    officer.answer(
        {"sex": "Nam", "bank": "Agribank Phú Tân", "account": "6700205100927", "job": "Bán vé số dạo"}
    )
    officer.shoot("person-2-form")
    officer.press("Ghi người thụ hưởng")
    made = Person.objects.get(full_name="Trần Văn Bình")
    assert officer.path == f"/people/{made.reference}/"
    officer.shoot("person-3-page")

    officer.follow("Ghi giấy tờ tùy thân khác")
    officer.answer({"kind": "CMND", "id_number": "351234567", "issued_by": "CA An Giang"})
    officer.press("Ghi giấy tờ")
    expect(page.locator(".summary, .err").first).to_contain_text("lý do")
    officer.shoot("person-4-refused")
    officer.fill(reason="Thẻ CCCD đang làm lại")
    officer.press("Ghi giấy tờ")
    expect(page.locator("#papers")).to_contain_text("••• ••• ••• 567")
    expect(page.locator("#papers")).to_contain_text("••• ••• ••• 123")

    officer.follow("Đổi tài khoản nhận tiền")
    officer.fill(bank="BIDV", account="12210001234567", holder="Trần Thị Cúc", reason="Con gái nhận thay")
    officer.press("Ghi tài khoản")
    expect(page.locator("main")).to_contain_text("Tên chủ tài khoản khác họ tên")
    officer.shoot("person-5-warning")
    page.get_by_label("Đã đối chiếu giấy tờ, giữ nguyên").check()
    officer.press("Ghi tài khoản")
    officer.follow("Sửa thông tin")
    officer.shoot("person-6-correct")
    officer.fill(address="Ấp Mỹ Hóa", permanent_address="Xã Phú An, huyện Phú Tân", reason="Đã dời nhà")
    officer.press("Ghi thông tin")
    expect(page.locator("#timeline")).to_contain_text("Ấp Mỹ Lương → Ấp Mỹ Hóa")
    officer.shoot("person-7-history")

    officer.open("/people/")
    officer.fill(q="mỹ hóa bình")
    page.locator("main form.filters button").click()
    expect(page.locator("main tbody tr")).to_have_count(1)
    officer.shoot("person-8-list")


def test_a_fresh_account_is_seen_on_the_case_and_before_the_payout(office: Office) -> None:
    made = payable_list(1, with_accounts=1)
    case = Case.objects.get(case_list=made.case_list, position=1)
    assert case.person
    officer = office.seat(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt")
    page = officer.open(f"/cases/{case.reference}/")
    officer.follow("Xem trang của người này")
    expect(page.locator("#cases")).to_contain_text(case.reference)
    officer.follow("Đổi tài khoản nhận tiền")
    officer.fill(bank="BIDV", account="12210001234567", reason="Ngân hàng trả lại tiền")
    officer.press("Ghi tài khoản")
    officer.open(f"/cases/{case.reference}/")
    expect(page.locator("#person-changes")).to_contain_text("Ngân hàng trả lại tiền")
    officer.shoot("person-9-case")

    accountant = office.seat(Role.ACCOUNTANT, area=DISTRICT)
    page = accountant.open("/batches/new/")
    accountant.answer({"channel": "bank", "area": DISTRICT})
    accountant.press("Xem trước")
    expect(page.locator("main")).to_contain_text("1 người vừa đổi tài khoản nhận tiền")
    accountant.shoot("person-10-preview")
    page.locator("main [name=has_seen_warnings]").check()
    accountant.press("Lập đợt chi 1 người")
    page.wait_for_url("**/batches/DC-*/")
    expect(page.locator("#lines")).to_contain_text("Vừa đổi tài khoản", timeout=30_000)
    accountant.shoot("person-11-batch")
