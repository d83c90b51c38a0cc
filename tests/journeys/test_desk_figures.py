"""What three pieces of everyday work take at the desk, counted in the page: a paper case, 30 ready cases, one sent back.

The limits are upper ones: a page that makes the work longer fails here. Run with -s to read the figures;
docs/benchmarks.md has them beside the same work in a spreadsheet (benchmarks/spreadsheet.py).
"""

import re
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from accounts.enums import Role
from benchmarks.desk_table import (
    CELLS_ONLY,
    OF_SENDING_BACK,
    WHOLE_PAPER,
    lines,
    of_verifying,
    spreadsheet,
)
from benchmarks.klm import Work
from benchmarks.spreadsheet import PaperRow
from support_programs.models import Case
from tests.factories import cases as make
from tests.journeys.counted_hands import CountedHands, Figures
from tests.journeys.desk import Office
from tests.journeys.entry_steps import PaperForm, answer_free_worker, save_and_next, type_paper_form

pytestmark = pytest.mark.browser
FORM = "/cases/new/LD_TU_DO/"
FIRST = PaperForm("Trần Văn Út", "2/3/71", "Nam", "089071000222", "Chạy xe ôm", "0913456000")
BY_KEYS = PaperForm("Nguyễn Thị Lành", "5/9/85", "Nữ", "089185000123", "Bán vé số dạo", "0913456788")
SAME_CELLS = PaperForm("Nguyễn Thị Thảo", "6/8/83", "Nữ", "089183000777", "Bán vé số dạo", "0913456799")
BY_MOUSE = PaperForm("Nguyễn Thị Hoàng", "7/1/79", "Nữ", "089179000555", "Bán vé số dạo", "0913456711")
WHY = "Ghi lại ấp theo sổ hộ khẩu"
ROWS = 30


@pytest.fixture
def office(site: str, browser: Browser) -> Office:
    return Office(site, browser)


_figures: dict[str, Work] = {}


@pytest.fixture(scope="module", autouse=True)
def printed() -> Iterator[None]:
    """Both sides of the comparison, with -s."""
    yield
    paper = PaperRow(BY_KEYS.full_name, BY_KEYS.dob, BY_KEYS.id_number, BY_KEYS.job, BY_KEYS.phone)
    sheet = spreadsheet(paper, rows=ROWS, why=WHY)
    sys.stdout.write("\n".join(["", *lines(_figures, sheet), ""]))


def kept_within(words: str, found: Figures, *, clicks: int, steering: int, thoughts: int) -> None:
    """No more clicks and keys beside the letters than that."""
    named = f"{words}, {found.steering} keys beside letters, {found.wheels} turns of the wheel"
    _figures[named] = found.work(thoughts=thoughts)
    assert found.clicks <= clicks, f"{words}: {found}"
    assert found.steering <= steering, f"{words}: {found}"


def fill_by_mouse(hands: CountedHands, paper: PaperForm) -> None:
    """Each field is clicked, then written; what has a list is chosen from it, what has buttons is pressed."""
    hands.type(paper.full_name)
    written = {
        "applicant-dob": paper.dob,
        "applicant-sex": paper.sex,
        "applicant-id_number": paper.id_number,
        "applicant-job": paper.job,
        "applicant-phone": paper.phone,
        "answers-lost_income_on": "9/7/21",
        "answers-has_labour_contract": "false",
        "answers-residence": "permanent",
        "answers-claims_elsewhere": "false",
        "answers-monthly_income": "0",
    }
    for name, text in written.items():
        field = hands.page.locator(f"[name='{name}']")
        kind = field.first.get_attribute("type")
        if field.first.evaluate("node => node.matches('select')"):
            hands.choose(field, text)
        elif kind == "radio":
            hands.click(hands.page.locator(f"label:has([name='{name}'][value='{text}'])"))
        else:
            hands.click(field)
            hands.type(text)


def test_a_paper_case(office: Office) -> None:
    officer = office.seat(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt")
    hands = CountedHands(officer.page)
    page = officer.open(FORM)
    type_paper_form(hands, FIRST)
    page.locator("[name='applicant-address']").fill("Ấp Mỹ Lương")
    save_and_next(hands)

    with hands.counting() as found:
        type_paper_form(hands, BY_KEYS)
        answer_free_worker(hands, lost_on="9/7/21", income="0")
        save_and_next(hands)
    kept_within("paper case, keyboard", found, clicks=0, steering=23, thoughts=WHOLE_PAPER)
    with hands.counting() as found:
        type_paper_form(hands, SAME_CELLS)
        save_and_next(hands)
    kept_within(
        "paper case, the spreadsheet's cells only, keyboard",
        found,
        clicks=0,
        steering=12,
        thoughts=CELLS_ONLY,
    )
    with hands.counting() as found:
        fill_by_mouse(hands, BY_MOUSE)
        hands.click(page.locator("#save-next"))
        expect(page.locator(".messages")).to_contain_text("Hôm nay bạn đã nhập 4 hồ sơ.")
    kept_within("paper case, mouse", found, clicks=12, steering=0, thoughts=WHOLE_PAPER)
    amounts = Case.objects.order_by("pk").values_list("amount_proposed", flat=True)
    assert list(amounts)[1::2] == [1_500_000, 1_500_000]

    officer.open("/")
    with hands.counting() as found:
        hands.press("t")
        page.wait_for_url("**/cases/new/")
        hands.press("t")
        page.wait_for_url(f"**{FORM}")
        expect(page.locator("[name='applicant-full_name']")).to_be_focused()
    kept_within("way to the form, keyboard", found, clicks=0, steering=2, thoughts=2)
    officer.open("/")
    with hands.counting() as found:
        hands.click(page.get_by_role("link", name="Thêm hồ sơ"))
        hands.click(page.get_by_role("link", name=re.compile("^Nhập tiếp")))
        expect(page.locator("[name='applicant-full_name']")).to_be_focused()
    kept_within("way to the form, mouse", found, clicks=2, steering=0, thoughts=2)


def test_thirty_ready_cases_and_one_sent_back(office: Office) -> None:
    who = make.staff()
    make.list_at_district(who, rows=ROWS)
    officer = office.seat(Role.DISTRICT_OFFICER, name="Trần Thị Mỹ Duyên")
    page = officer.page
    hands = CountedHands(page)

    officer.open("/")
    hands.press("e")  # by mistake: nothing is chosen, so that nothing is sent
    page.wait_for_timeout(300)
    expect(page.locator(".messages")).to_have_count(0)
    with hands.counting() as found:
        hands.see_to_the_end(by_wheel=False)
        hands.press("n")
        page.wait_for_url("**page=2*")
        hands.see_to_the_end(by_wheel=False)
        hands.press("c", "e")
        expect(page.locator(".messages")).to_contain_text(f"Đã làm xong {ROWS} hồ sơ.")
    kept_within(f"{ROWS} ready cases, keyboard", found, clicks=0, steering=8, thoughts=of_verifying(ROWS))
    assert Case.objects.filter(status="eligible").count() == ROWS

    make.list_at_district(who, rows=ROWS)
    officer.open("/")
    with hands.counting() as found:
        hands.see_to_the_end(by_wheel=True)
        hands.click(page.locator(".pager a[rel=next]"))
        page.wait_for_url("**page=2*")
        hands.see_to_the_end(by_wheel=True)
        hands.click(page.locator("[data-bulk-all]"))
        hands.click(page.get_by_role("button", name="Xác nhận đủ điều kiện"))
        expect(page.locator(".messages")).to_contain_text(f"Đã làm xong {ROWS} hồ sơ.")
    kept_within(f"{ROWS} ready cases, mouse", found, clicks=3, steering=0, thoughts=of_verifying(ROWS))
    assert Case.objects.filter(status="eligible").count() == 2 * ROWS

    make.list_at_district(who, rows=3)
    names = list(
        Case.objects.filter(status="appraising")
        .order_by("due_on", "pk")
        .values_list("applicant_name", flat=True)
    )
    sent = "Đã trả bổ sung hồ sơ của {}. Đồng hồ tạm dừng."
    officer.open("/")
    with hands.counting() as found:
        hands.press("j", "j", "Enter")
        expect(page.locator("h1")).to_have_text(names[1])
        hands.press("r")
        mark = page.locator("[name='why-applicant-address']")
        mark.wait_for()
        for _stop in range(20):
            hands.press("Tab")
            if mark.evaluate("node => node === document.activeElement"):
                break
        hands.type(WHY)
        hands.press("Control+Enter")
        expect(page.locator(".messages")).to_contain_text(sent.format(names[1]))
    kept_within("one sent back, keyboard", found, clicks=0, steering=21, thoughts=OF_SENDING_BACK)
    officer.open("/")
    with hands.counting() as found:
        hands.click(page.get_by_role("link", name=names[0], exact=True))
        hands.click(page.locator("#decision").get_by_role("link", name="Trả bổ sung"))
        hands.click(page.locator("[name='why-applicant-address']"))
        hands.type(WHY)
        hands.click(page.locator("main").get_by_role("button", name="Trả bổ sung"))
        expect(page.locator(".messages")).to_contain_text(sent.format(names[0]))
    kept_within("one sent back, mouse", found, clicks=4, steering=0, thoughts=OF_SENDING_BACK)
    assert Case.objects.filter(status="needs_supplement").count() == 2
