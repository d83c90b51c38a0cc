"""Somebody is entered by hand, others come in by the filled-in template, and all are found: in each of the four registers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Browser, expect

from accounts.enums import Role
from tests.infrastructure.programs import Worker
from tests.journeys.desk import Desk, Office

pytestmark = pytest.mark.browser

NEW_PERSON = {
    "new-full_name": "Nguyễn Văn Bảy",
    "new-dob": "05/03/1985",
    "new-sex": "Nam",
    "new-id_number": "089085000411",
    "new-address": "Khóm Mỹ Lương",
}
DECISION = {"decision_number": "12/QĐ-UBND", "decided_on": "25/06/2021", "decided_by": "UBND huyện Phú Tân"}
IMPORTED = {
    "Họ và tên": "Trần Thị Ánh",
    "Ngày, tháng, năm sinh": "05/03/1985",
    "Giới tính": "Nữ",
    "Số CMND/CCCD": "089185000423",
    "Nơi ở hiện nay (ấp, khóm)": "Khóm Mỹ Lương",
}


@dataclass(frozen=True, slots=True)
class Story:
    """What is typed into the register's form, what is written into its template, and what the entries then say."""

    register: str
    title: str
    typed: Mapping[str, str]
    row: Mapping[str, object]
    says: str
    imported_says: str


STORIES = (
    Story(
        "free_workers",
        "Lao động tự do",
        {
            "category": "ban_ve_so_luu_dong",
            "occupation": "bán vé số dạo",
            "lost_work_on": "09/07/2021",
            "has_labour_contract": "no",
            "valid_from": "01/05/2021",
        },
        {"Nhóm công việc": "Thợ hồ, phụ hồ", "Ngày mất việc, mất thu nhập": "15/07/2021"},
        "Bán vé số lưu động",
        "Thợ hồ, phụ hồ",
    ),
    Story(
        "poor_households",
        "Hộ nghèo, hộ cận nghèo",
        {
            "code": "PM-017",
            "member_from": "01/01/2020",
            "category": "poor",
            "year": "2021",
            "monthly_income": "650.000",
            "deprivations": "4",
        },
        {
            "Mã hộ": "PM-018",
            "Họ tên chủ hộ": "Trần Thị Ánh",
            "Quan hệ với chủ hộ": "Chủ hộ",
            "Diện hộ": "Hộ cận nghèo",
            "Năm công nhận": 2021,
            "Số chỉ số thiếu hụt dịch vụ xã hội cơ bản": 1,
        },
        "Hộ nghèo",
        "Hộ cận nghèo",
    ),
    Story(
        "social_protection",
        "Đối tượng bảo trợ xã hội",
        {"category": "k6_severe", "disability_degree": "severe", "valid_from": "01/07/2021"},
        {
            "Nhóm đối tượng": "Người khuyết tật đặc biệt nặng",
            "Mức độ khuyết tật": "Đặc biệt nặng",
            "Từ ngày": "01/07/2021",
        },
        "Người khuyết tật nặng",
        "Người khuyết tật đặc biệt nặng",
    ),
    Story(
        "merit",
        "Người có công với cách mạng",
        {
            "category": "relative",
            "kinship": "child",
            "merit_person": "Nguyễn Văn Hùng",
            "martyrs": "1",
            "valid_from": "01/07/2021",
        },
        {
            "Diện người có công": "Thân nhân của người có công với cách mạng",
            "Quan hệ với người có công": "Con",
            "Là thân nhân của ai": "Trần Văn Thọ",
            "Số liệt sĩ": 1,
            "Từ ngày": "01/07/2021",
        },
        "Thân nhân của người có công với cách mạng",
        "Thân nhân của người có công với cách mạng",
    ),
)


@pytest.fixture
def commune(site: str, browser: Browser, celery_worker_process: Worker) -> Desk:
    return Office(site, browser).seat(Role.COMMUNE_OFFICER)


def enter(commune: Desk, story: Story) -> None:
    """By hand: nobody is found by the number, so the person is registered in the same form; warnings are kept by a tick."""
    page = commune.open("/registers/")
    commune.follow(story.title)
    commune.follow("Ghi một hộ" if story.register == "poor_households" else "Ghi một người")
    commune.fill(q=NEW_PERSON["new-id_number"])
    commune.press("Tìm")
    expect(page.locator("main")).to_contain_text("Không tìm thấy trong địa bàn của bạn.")
    commune.shoot(f"{story.register}-1-nobody")
    page.locator("main button[name=new]").click()
    expect(page.locator("[name=new-id_number]")).to_have_value(NEW_PERSON["new-id_number"])
    commune.answer({**NEW_PERSON, **story.typed, **DECISION})
    commune.shoot(f"{story.register}-2-form")
    commune.press("Lưu")
    if page.locator("main [name=keep]").count():
        commune.shoot(f"{story.register}-3-asked")
        page.locator("main [name=keep]").check()
        commune.press("Lưu")
    expect(page.locator("main")).to_contain_text("vào sổ")
    expect(page.locator("main h1")).to_contain_text(NEW_PERSON["new-full_name"])
    expect(page.locator("main")).to_contain_text("12/QĐ-UBND")


def fill_in(template: Path, cells: Mapping[str, object]) -> None:
    """One row under the header of the downloaded template; every heading that is filled must be there."""
    book = load_workbook(template)
    sheet = book.worksheets[0]
    header = _header_row(sheet)
    columns = {
        str(cell.value).split("*")[0].strip(): cell.column for cell in sheet[header] if cell.value is not None
    }
    assert set(cells) <= set(columns), sorted(set(cells) - set(columns))
    for title, value in cells.items():
        sheet.cell(header + 1, columns[title], value)
    book.save(template)


def _header_row(sheet: Worksheet) -> int:
    for row in sheet.iter_rows(min_row=1, max_row=15):
        if any(str(cell.value).startswith("Họ và tên") for cell in row if cell.value):
            return int(row[0].row)
    raise LookupError("the template has no header")


def bring_in(commune: Desk, story: Story, folder: Path) -> None:
    """The template of the register's page is filled in and goes in by the real import pages."""
    page = commune.open(f"/registers/{story.register}/")
    template = commune.download("Tải mẫu", folder)
    fill_in(template, {**IMPORTED, **story.row})
    commune.follow("Nhập từ Excel")
    expect(page.locator("main [name=profile]")).to_have_value(story.register)
    page.set_input_files("input[type=file]", template)
    page.locator("main button.btn-p").click()
    page.wait_for_url(re.compile(r"/imports/NH-[\d-]+/rows/"))
    if page.get_by_role("button", name="Giữ nguyên").count():
        page.get_by_role("button", name="Giữ nguyên").first.click()
        page.wait_for_load_state()
    page.get_by_role("button", name="Nhập 1 dòng hợp lệ").click()
    expect(page.locator("main")).to_contain_text("vào sổ", timeout=20_000)


def find(commune: Desk, story: Story) -> None:
    """Both by a word of the name without marks; the imported one says its list and row; the search of every page finds it too."""
    page = commune.open(f"/registers/{story.register}/")
    commune.shoot(f"{story.register}-4-register")
    for text, name, says in (
        ("bay", NEW_PERSON["new-full_name"], story.says),
        ("tran anh", IMPORTED["Họ và tên"], story.imported_says),
    ):
        page.locator("main [name=q]").fill(text)
        page.locator("main [name=q]").press("Enter")
        page.wait_for_url(re.compile(r"\?q=|&q="))
        row = page.locator("main .tbl tbody tr")
        expect(row).to_have_count(1)
        expect(row).to_contain_text(name)
        expect(row).to_contain_text(says)
    row.locator("a.name").click()
    page.wait_for_url(re.compile(r"/entries/DT-"))
    expect(page.locator("main")).to_contain_text(re.compile(r"dòng \d+ của danh sách NH-"))
    commune.shoot(f"{story.register}-5-entry")
    assert commune.status_of(
        page.locator("main a[href^='/imports/NH-']").first.get_attribute("href") or ""
    ) in (
        200,
        302,
    )
    commune.open("/search/")
    page.locator("main [name=q]").fill(IMPORTED["Số CMND/CCCD"])
    commune.press("Tìm")
    expect(page.locator("main")).to_contain_text(IMPORTED["Họ và tên"])
    assert IMPORTED["Số CMND/CCCD"] not in page.url


def test_who_is_typed_again_is_pointed_to_who_is_there(commune: Desk) -> None:
    story = next(story for story in STORIES if story.register == "merit")
    enter(commune, story)
    page = commune.open("/registers/merit/new/")
    commune.fill(q="Nguyễn Văn Bảy")
    commune.press("Tìm")
    expect(page.locator("main .tbl tbody tr")).to_contain_text("Nguyễn Văn Bảy")
    page.locator("main button[name=new]").click()
    page.locator("main [name=new-address]").press_sequentially(NEW_PERSON["new-address"])
    page.locator("main [name=new-dob]").press_sequentially(NEW_PERSON["new-dob"])
    hint = page.locator("#duplicate-hint")
    expect(hint).to_contain_text("Có thể đã có trong hệ thống")
    expect(hint.get_by_role("link")).to_contain_text("Nguyễn Văn Bảy")
    commune.shoot("registers-hint")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.register)
def test_people_are_entered_imported_and_found(commune: Desk, story: Story, tmp_path: Path) -> None:
    enter(commune, story)
    bring_in(commune, story, tmp_path)
    find(commune, story)
