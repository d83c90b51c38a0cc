"""Paper forms at a commune's desk: three people in a row without the mouse, a row out of Excel, a tab that is killed."""

import re
import time

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from accounts.enums import Role
from core.models import Event
from support_programs.models import Case, ClaimDraft
from tests.journeys.desk import PASSWORD, Desk, Office
from tests.journeys.entry_steps import Hands, PaperForm, enter_paper_case, save_and_next, type_paper_form

pytestmark = pytest.mark.browser
FORM = "/cases/new/LD_TU_DO/"
PEOPLE = (
    PaperForm("Nguyễn Thị Lành", "5/9/85", "Nữ", "089185000123", "Bán vé số dạo", "0913456788"),
    PaperForm("Trần Văn Út", "2/3/71", "Nam", "089071000222", "Chạy xe ôm"),
    PaperForm("Néang Sóc Kha", "04/03/1978", "Nữ", "089178000222", "Bán hàng rong"),
)
ROW = "7\tLê Thị Mười\t12/11/1969\tNữ\t089169000345\tẤp Mỹ Hóa\tthu gom ve chai\t0939123456\thộ cận nghèo"


@pytest.fixture
def office(site: str, browser: Browser) -> Office:
    return Office(site, browser)


def listening(desk: Desk) -> list[str]:
    """What the browser has to complain about."""
    complaints: list[str] = []
    desk.page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    desk.page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def kept(page: Page) -> None:
    expect(page.locator("#kept")).to_contain_text("Đã giữ bản đang nhập lúc", timeout=10_000)


def test_three_people_in_a_row_by_keyboard_alone(office: Office) -> None:
    officer = office.seat(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt")
    complaints = listening(officer)
    page = officer.open(FORM)
    hands = Hands(page)
    expect(page.locator("[name='applicant-full_name']")).to_be_focused()
    per_person = []
    for number, paper in enumerate(PEOPLE):
        before = hands.keys
        if number == 0:
            # the pile is of one hamlet: written once
            type_paper_form(hands, paper)
            page.locator("[name='applicant-address']").focus()
            hands.type("Ấp Mỹ Lương")
        else:
            expect(page.locator("[name='applicant-address']")).to_have_value("Ấp Mỹ Lương")
            type_paper_form(hands, paper)
        save_and_next(hands)
        per_person.append(hands.keys - before)
    expect(page.locator(".messages")).to_contain_text("Hôm nay bạn đã nhập 3 hồ sơ.")
    officer.shoot("entry-1-next")
    cases = list(Case.objects.order_by("pk").values_list("applicant_name", "hamlet", "birth_year", "sex"))
    assert cases == [
        ("Nguyễn Thị Lành", "Ấp Mỹ Lương", 1985, "F"),
        ("Trần Văn Út", "Ấp Mỹ Lương", 1971, "M"),
        ("Néang Sóc Kha", "Ấp Mỹ Lương", 1978, "F"),
    ]
    assert not ClaimDraft.objects.exists()
    assert hands.clicks == 0
    assert per_person[1:] == [54, 62]
    assert complaints == []


def test_a_whole_paper_form_takes_ninety_three_keys_and_no_click(office: Office) -> None:
    officer = office.seat(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt")
    hands = Hands(officer.open(FORM))
    enter_paper_case(hands, PEOPLE[0])
    facts = {code: fact["value"] for code, fact in Case.objects.get().facts.items()}
    assert facts == {
        "lost_income_on": "2021-07-09",
        "has_labour_contract": False,
        "residence": "permanent",
        "claims_elsewhere": False,
        "monthly_income": 0,
    }
    assert (hands.keys, hands.clicks) == (93, 0)


def test_what_is_wrong_is_said_on_leaving_the_field(office: Office) -> None:
    officer = office.seat(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt")
    page = officer.open(FORM)
    hands = Hands(page)
    hands.type("Nguyễn Thị Lành")
    hands.press("Enter")
    hands.type("31/2/1985")
    page.wait_for_timeout(1500)
    expect(page.locator("#live-applicant-dob .msg")).to_have_count(0)
    hands.press("Enter", "Enter")
    expect(page.locator("#live-applicant-dob .msg")).to_contain_text("31/2/1985")
    expect(page.locator("[name='applicant-id_number']")).to_be_focused()
    hands.type("089085000123")
    hands.press("Enter")
    page.locator("[name='applicant-dob']").fill("5/9/1985")
    page.locator("[name='applicant-sex']").select_option("Nữ")
    expect(page.locator("#live-applicant-id_number .msg")).to_be_visible()
    officer.shoot("entry-2-checks")


def test_a_row_out_of_excel_fills_the_form(office: Office) -> None:
    officer = office.seat(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt")
    page = officer.open(FORM)
    page.get_by_text("Dán một dòng từ Excel").click()
    officer.shoot("entry-3-paste")
    box = page.locator("#row_paste")
    box.focus()
    page.evaluate(
        """(row) => {
          const box = document.getElementById("row_paste");
          box.value = row;
          box.dispatchEvent(new ClipboardEvent("paste", { bubbles: true }));
        }""",
        ROW,
    )
    expect(page.locator("#filled")).to_be_visible()
    expect(page.locator("[name='applicant-full_name']")).to_have_value("Lê Thị Mười")
    expect(page.locator("[name='applicant-dob']")).to_have_value("12/11/1969")
    expect(page.locator("#filled")).to_contain_text("1 ô chưa điền vào đâu")
    expect(box).to_have_value(ROW)
    officer.shoot("entry-4-filled")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/cases/HS-[\d-]+/"))
    case = Case.objects.get()
    assert (case.applicant_name, case.hamlet, case.phone) == ("Lê Thị Mười", "Ấp Mỹ Hóa", "0939123456")


def test_a_killed_tab_and_a_sign_out_lose_nothing(office: Office) -> None:
    officer = office.seat(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt")
    page = officer.open(FORM)
    hands = Hands(page)
    type_paper_form(hands, PEOPLE[0])
    kept(page)
    expect(page).to_have_url(re.compile(r"\?draft=\d+$"))
    officer.shoot("entry-5-kept")
    page.close()  # no event of leaving reaches the page
    again = page.context.new_page()
    again.goto(f"{officer.site}/")
    again.locator("summary.mast-user").click()
    again.get_by_role("button", name="Đăng xuất").click()
    again.wait_for_url("**/sign-in/**")
    again.context.close()

    other = office.browser.new_context(locale="vi-VN").new_page()
    other.goto(f"{office.site}/sign-in/")
    other.get_by_label("Tên đăng nhập").fill(officer.person.username)
    other.get_by_label("Mật khẩu").fill(PASSWORD)
    other.get_by_role("button", name="Đăng nhập").click()
    other.get_by_role("link", name=re.compile("Bản đang nhập")).click()
    elsewhere = Desk(office.site, officer.person, other)
    elsewhere.shoot("entry-6-drafts")
    elsewhere.follow("Nguyễn Thị Lành")
    expect(other.locator("[name='applicant-id_number']")).to_have_value("089185000123")
    expect(other.locator("[name='applicant-phone']")).to_have_value("0913456788")
    elsewhere.shoot("entry-7-resumed")
    other.keyboard.press("Control+Enter")
    other.wait_for_url(re.compile(r"/cases/HS-[\d-]+/"))
    assert Case.objects.get().applicant_name == "Nguyễn Thị Lành"
    assert not ClaimDraft.objects.exists()
    assert Event.objects.filter(action="claim_draft.begun").count() == 1


def test_a_lost_network_and_an_ended_session_are_said(office: Office) -> None:
    officer = office.seat(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt")
    page = officer.open(FORM)
    hands = Hands(page)
    page.context.set_offline(True)
    hands.type("Nguyễn Thị Lành")
    hands.press("Enter")
    expect(page.locator("#kept")).to_contain_text("Chưa giữ được: mạng bị ngắt")
    page.context.set_offline(False)
    kept(page)
    page.context.clear_cookies(name="sessionid")
    hands.type("5/9/85")
    hands.press("Enter")
    page.wait_for_url("**/sign-in/**")
    page.get_by_label("Tên đăng nhập").fill(officer.person.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"**{FORM}*")
    expect(page.locator("[name='applicant-full_name']")).to_have_value("Nguyễn Thị Lành")
    expect(page.locator("[name='applicant-dob']")).to_have_value("5/9/85")
    page.locator("[name='applicant-job']").press("Control+s")
    kept(page)
    assert ClaimDraft.objects.count() == 1


def test_what_is_handed_in_while_it_is_being_kept_leaves_no_draft(office: Office) -> None:
    """A slow line: the form is on its way to be kept when the officer presses «Lưu»."""
    officer = office.seat(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt")
    page = officer.open(FORM)
    asked: list[str] = []

    def slow(route: Route) -> None:
        asked.append(route.request.url)
        time.sleep(1.5)
        route.continue_()

    page.route("**/draft/", slow)
    hands = Hands(page)
    type_paper_form(hands, PEOPLE[0])
    page.locator("#save").click()
    page.wait_for_url(re.compile(r"/cases/HS-[\d-]+/"))
    assert len(asked) >= 1
    assert Case.objects.count() == 1
    assert not ClaimDraft.objects.exists()
