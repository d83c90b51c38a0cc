"""The main job from end to end in a browser: a commune's Excel list becomes paid and reported free workers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from accounts.enums import Role
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT
from tests.generator import make_commune_lists as generator
from tests.infrastructure.programs import Worker
from tests.journeys.desk import Desk, Office

pytestmark = pytest.mark.browser

COMMUNE = "8988830406"
AMOUNT = 1_500_000
CORRECTABLE = ("ID_BAD_LENGTH", "ID_MISSING", "NAME_MISSING", "DOB_MISSING", "DOB_INVALID")
LABELS = {"full_name": "Họ và tên", "dob": "Ngày sinh", "id_number": "Số CCCD, CMND"}


@pytest.fixture
def office(site: str, browser: Browser, celery_worker_process: Worker) -> Office:
    return Office(site, browser)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    generator.main(
        ["--commune", "30406", "--rows", "40", "--seed", "2021", "--layout", "L3", "--out", str(tmp_path)]
    )
    return tmp_path / "30406_LDTD.xlsx"


def _correctable(truth: dict[str, Any]) -> tuple[int, str, str]:
    """A row with one wrong cell: its number, the cell's label, and what the paper says."""
    for row in truth["rows"]:
        wrong = [issue for issue in row["issues"] if issue["severity"] == "error"]
        if row["expected"] == "error" and len(wrong) == 1 and wrong[0]["code"] in CORRECTABLE:
            field = wrong[0]["field"]
            value = row["person"][field]
            return row["row"], LABELS[field], value if field != "dob" else generator.vn_date(value)
    raise LookupError("choose another seed: no row with one correctable cell")


def import_list(commune: Desk, workbook: Path) -> tuple[str, int]:
    """Upload, look at the columns, correct one row, keep one warning, take in; gives the list's address and its people."""
    truth = json.loads(workbook.with_suffix(".truth.json").read_text(encoding="utf-8"))
    ready = sum(row["expected"] in ("ok", "fix") for row in truth["rows"])
    page = commune.open("/imports/new/")
    page.get_by_label("Chính sách hỗ trợ").select_option("LD_TU_DO")
    page.set_input_files("input[type=file]", workbook)
    page.locator("main button.btn-p").click()
    page.wait_for_url(re.compile(r"/imports/NH-[\d-]+/rows/"))
    address = page.url.removeprefix(commune.site).split("rows/")[0]
    commune.open(f"{address}columns/")
    assert page.get_by_role("combobox").count() == len(truth["columns"])

    commune.open(f"{address}rows/")
    number, label, value = _correctable(truth)
    cell = page.get_by_label(f"Dòng {number}, {label}")
    cell.fill(value)
    cell.press("Enter")
    expect(page.get_by_role("button", name=f"Nhập {ready + 1} dòng hợp lệ")).to_be_visible()
    page.get_by_role("button", name="Giữ nguyên").first.click()
    expect(page.get_by_role("button", name=f"Nhập {ready + 2} dòng hợp lệ")).to_be_visible()
    page.get_by_role("button", name=f"Nhập {ready + 2} dòng hợp lệ").click()
    page.locator("main a[href^='/lists/DS-']").click()
    page.wait_for_url(re.compile("/lists/DS-"))
    return page.url.removeprefix(commune.site), ready + 2


def confirm_and_post(commune: Desk, address: str) -> None:
    """The commune confirms what the list has no column for, posts the list and closes the posting."""
    page = commune.open(f"{address}facts/")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    commune.press("Xác nhận cho cả danh sách")
    commune.open(f"{address}facts/")
    for group in page.get_by_role("combobox", name=re.compile("^Nhóm của ")).all():
        group.select_option(index=1)
    if page.get_by_role("button", name="Ghi nhóm công việc").count():
        commune.press("Ghi nhóm công việc")
    commune.open(f"{address}post/")
    commune.fill(posting_from="22/09/2021", place="Trụ sở UBND thị trấn Phú Mỹ")
    commune.press("Niêm yết công khai")
    commune.open(f"{address}close-posting/")
    commune.fill(remarks="Không có ý kiến")
    commune.press("Kết thúc niêm yết")
    commune.open(f"{address}submit/")
    commune.fill(letter_number="41/TTr-UBND", letter_date="27/09/2021")
    commune.press("Trình huyện")
    expect(commune.page.locator("main")).to_contain_text("41/TTr-UBND")


def verify(officer: Desk, people: int) -> None:
    """The district verifies what is ready at once, then each row that needs eyes."""
    page = officer.open("/?queue=to_appraise")
    page.get_by_label(f"Chọn cả {people}").check()
    officer.press("Xác nhận đủ điều kiện")
    page = officer.open("/?queue=to_appraise")
    left = [link.get_attribute("href") or "" for link in page.locator("main a.name").all()]
    assert 0 < len(left) < people
    for case in left:
        officer.open(case)
        officer.press("Xác nhận đủ điều kiện")


def approve(office: Office, address: str, people: int) -> Desk:
    """District, department and province approve; gives the desk of who approved the money."""
    officer = office.seat(Role.DISTRICT_OFFICER)
    verify(officer, people)
    head = office.seat(Role.DISTRICT_HEAD)
    head.open(f"{address}approve/")
    head.fill(number="77/QĐ-UBND", date="27/09/2021")
    head.press("Duyệt danh sách")
    officer.open(f"{address}forward/")
    officer.press("Trình Sở")
    reviewer = office.seat(Role.PROVINCIAL_REVIEWER)
    reviewer.open(f"{address}appraise-money/")
    reviewer.fill(finance_number="1200/STC-HCSN", finance_date="27/09/2021")
    reviewer.press("Thẩm định kinh phí")
    approver = office.seat(Role.PROVINCIAL_APPROVER)
    page = approver.open(f"/lists/decide/?pick={address.split('/')[2]}")
    expect(page.locator("main")).to_contain_text(f"{people} người")
    approver.fill(number="2299/QĐ-UBND", signed_on="27/09/2021", signer="Nguyễn Thanh Bình")
    approver.press("Ghi quyết định")
    return approver


def make_batch(accountant: Desk, people: int) -> str:
    """The accountant records the allocation and asks for a batch; gives its address once a worker has built it."""
    page = accountant.open("/allocations/")
    page.locator("main [name=money]").select_option(
        index=1 if page.locator("main [name=money] option").count() > 1 else 0
    )
    page.locator("main [name=source]").select_option(value="HUYEN")
    accountant.fill(
        document_number="15/TB-KBNN",
        allocated_on="27/09/2021",
        amount=f"{people * AMOUNT}",
    )
    accountant.press("Xem lại")
    accountant.press("Ghi phân bổ")
    page = accountant.open("/batches/new/")
    page.locator("main [name=area]").select_option(value=DISTRICT)
    page.locator("main [name=channel][value=cash]").check()
    accountant.press("Xem trước")
    accountant.press(f"Lập đợt chi {people} người")
    page.wait_for_url(re.compile(r"/batches/DC-"))
    address = page.url.removeprefix(accountant.site)
    _until(accountant, address, "Chờ duyệt")
    return address


def _until(desk: Desk, address: str, words: str) -> None:
    """Open a page again until a worker has brought its record to a state."""
    for _ in range(40):
        if words in desk.open(address).locator("main .head").inner_text():
            return
        desk.page.wait_for_timeout(250)
    expect(desk.page.locator("main .head")).to_contain_text(words)


def pay(accountant: Desk, address: str, people: int, folder: Path) -> tuple[Path, Path]:
    """Release, take the payment list, record one person as not paid and everybody else as paid, close."""
    accountant.open(f"{address}release/")
    accountant.press("Bắt đầu chi")
    for _ in range(40):
        page = accountant.open(address)
        if (
            page.locator("a[href$='/files/list_xlsx/']").count()
            and page.locator("a[href$='/files/list_pdf/']").count()
        ):
            break
        page.wait_for_timeout(250)
    workbook = accountant.download("Excel", folder)
    pdf = accountant.download("PDF", folder)
    page.locator("main [name=pick]").first.check()
    accountant.press("Đã nhận hết, trừ người được chọn")
    page.locator("main select[name$=choice]").select_option(index=1)
    accountant.press("Ghi kết quả")
    accountant.open(f"{address}close/")
    accountant.press("Khóa đợt chi")
    return workbook, pdf


def totals_of(workbook: Path, pdf: Path) -> tuple[int, set[str]]:
    """The sum of the amounts in an Excel list, and the money words found in a PDF."""
    sheets = load_workbook(workbook, data_only=True)
    cells = [cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row]
    text = " ".join(page.extract_text() for page in PdfReader(pdf).pages)
    return cells.count(AMOUNT) * AMOUNT, set(re.findall(r"\d{1,3}(?:\.\d{3})+", text))


def test_from_a_messy_list_to_paid_and_reported_people(
    office: Office, workbook: Path, tmp_path: Path
) -> None:
    commune = office.seat(Role.COMMUNE_OFFICER, area=COMMUNE)
    address, people = import_list(commune, workbook)
    confirm_and_post(commune, address)
    decided_by = approve(office, address, people)

    accountant = office.seat(Role.ACCOUNTANT)
    batch = make_batch(accountant, people)
    page = decided_by.open(batch)
    expect(page.locator("main")).to_contain_text("Bạn đã phê duyệt kinh phí của danh sách trong đợt này")
    second = office.seat(Role.PROVINCIAL_APPROVER)
    second.open(f"{batch}approve/")
    second.press("Duyệt đợt chi")
    sheet, pdf = pay(accountant, batch, people, tmp_path)
    in_sheet, in_pdf = totals_of(sheet, pdf)
    total = f"{people * AMOUNT:,}".replace(",", ".")
    assert in_sheet == people * AMOUNT
    assert total in in_pdf

    paid = people - 1
    money = f"{paid * AMOUNT:,}".replace(",", ".")
    leader = office.seat(Role.LEADER)
    page = leader.open("/reports/overview/")
    row = page.locator("main tr", has_text="Phú Tân").first
    assert [cell.split()[0] for cell in row.locator("td").all_inner_texts()[:3]] == [
        f"{people}",
        f"{people}",
        f"{paid}",
    ]
    page = leader.open("/reports/overview/?what=amount")
    expect(page.locator("main tr", has_text="Phú Tân").first).to_contain_text(money)
    page = leader.open("/reports/free-workers/?first=01/08/2021&last=27/09/2021&area=89")
    leader.press("Phát hành báo cáo")
    report_sheet, report_pdf = leader.download("Excel", tmp_path), leader.download("PDF", tmp_path)
    assert paid * AMOUNT in _numbers(report_sheet)
    assert money in totals_of(report_sheet, report_pdf)[1]

    outsider = office.seat(Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD, Role.ACCOUNTANT, area=OUTSIDE_DISTRICT)
    case = commune.open(address).locator("main td a.name").first.get_attribute("href")
    for path in (
        address,
        f"{address}facts/",
        case,
        f"{case}facts/",
        batch,
        f"{batch}files/list_xlsx/",
        f"/api/v1{address}",
        f"/api/v1{batch}",
    ):
        assert outsider.status_of(str(path)) == 404, path


def _numbers(workbook: Path) -> set[object]:
    return {
        cell.value
        for sheet in load_workbook(workbook, data_only=True)
        for row in sheet.iter_rows()
        for cell in row
    }
