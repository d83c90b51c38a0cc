"""An employer's list of suspended workers, from the workbook to the decision; a child counts for one parent only."""

import re
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Locator, expect

from accounts.enums import Role
from tests.factories import claims
from tests.infrastructure.programs import Worker
from tests.journeys.desk import Desk, Office, expect_hidden

pytestmark = pytest.mark.browser

FIRM = "Công ty TNHH May Phú Thuận"
MOTHER, LONG, SHORT, OPEN, HALF = (
    "Nguyễn Thị Thu Hà", "Trần Văn Long", "Lê Thị Cúc", "Phạm Minh Tú", "Võ Thị Hồng",
)  # fmt: skip
STOPPED = "Đơn vị phải tạm dừng hoạt động theo yêu cầu của cơ quan có thẩm quyền"
CHILDREN = (
    {
        "full_name": "Trần Bảo An",
        "birth_date": "11/03/2018",
        "relation": "mother",
        "identity_kind": "personal_number",
        "number": "089318004321",
        "proof": "Bản sao giấy khai sinh",
    },
    {
        "full_name": "Trần Bảo Ngọc",
        "birth_date": "02/02/2020",
        "relation": "mother",
        "identity_kind": "birth_certificate",
        "number": "45/2020",
        "place": "UBND thị trấn Phú Mỹ",
        "proof": "Bản sao giấy khai sinh",
    },
)


@pytest.fixture
def office(site: str, browser: Browser, celery_worker_process: Worker) -> Office:
    return Office(site, browser)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The form No. 05 as a firm sends it: a title, headings of two rows, five workers, one number with a digit too few."""
    book = Workbook()
    sheet = book.active
    sheet.append(["CÔNG TY TNHH MAY PHÚ THUẬN"])
    sheet.append(
        ["DANH SÁCH NGƯỜI LAO ĐỘNG TẠM HOÃN THỰC HIỆN HỢP ĐỒNG LAO ĐỘNG, NGHỈ VIỆC KHÔNG HƯỞNG LƯƠNG"]
    )
    sheet.append([])
    sheet.append(
        [
            "TT", "Họ và tên", "Ngày, tháng, năm sinh", "Giới tính", "Số CCCD", "Phòng, ban, phân xưởng làm việc",
            "Hợp đồng lao động", "", "Số sổ BHXH", "Thời gian tạm hoãn, nghỉ không lương", "", "Lý do tạm hoãn",
            "BHXH xác nhận", "Đang mang thai", "Số con dưới 6 tuổi", "Tài khoản", "",
        ]
    )  # fmt: skip
    sheet.append(
        [
            *[""] * 6,
            "Loại HĐLĐ",
            "Thời điểm bắt đầu HĐLĐ",
            "",
            "Từ ngày",
            "Đến ngày",
            *[""] * 4,
            "Số tài khoản",
            "Ngân hàng",
        ]
    )
    for merged in (*(f"{letter}4:{letter}5" for letter in "ABCDEFILMNO"), "G4:H4", "J4:K4", "P4:Q4"):
        sheet.merge_cells(merged)
    rows = (
        (MOTHER, "05/09/1990", "Nữ", "089190000411", "12/07/2021", "05/09/2021", "Có", "Có", 2),
        (LONG, "17/02/1985", "Nam", "089085000412", "12/07/2021", "05/09/2021", "Có", "", ""),
        (SHORT, "21/11/1992", "Nữ", "089192000413", "12/07/2021", "25/07/2021", "Có", "", ""),
        (OPEN, "30/06/1995", "Nam", "089095000414", "12/07/2021", "05/09/2021", "", "", ""),
        (HALF, "08/08/1988", "Nữ", "08918800041", "12/07/2021", "31/07/2021", "", "", ""),
    )  # fmt: skip
    for number, (name, born, sex, paper, first, last, insured, pregnant, children) in enumerate(
        rows, start=1
    ):
        contract = ("Tổ may 2", "Không xác định thời hạn", "01/02/2019", f"891234567{number}")
        sheet.append(
            [number, name, born, sex, paper, *contract, first, last, STOPPED, insured, pregnant, children]
        )
    path = tmp_path / "mau-05.xlsx"
    book.save(path)
    return path


def bring_in(officer: Desk, workbook: Path) -> str:
    """The list with its employer by tax code; one number is corrected, all rows taken in. Gives the address of the list."""
    page = officer.open("/imports/new/")
    officer.answer({"profile": "TAM_HOAN"})
    if not page.locator("#employer").get_attribute("open"):
        page.locator("#employer summary").click()
    officer.answer(
        {
            "employer_tax_code": claims.tax_code(),
            "employer_name": FIRM,
            "employer_kind": "enterprise",
            "employer_address": "Thị trấn Phú Mỹ",
        }
    )
    page.set_input_files("input[type=file]", workbook)
    officer.shoot("worker-1-upload")
    page.locator("main button.btn-p").click()
    page.wait_for_url(re.compile(r"/imports/NH-[\d-]+/rows/"))
    officer.shoot("worker-2-rows")
    cell = page.get_by_label(re.compile(r"^Dòng \d+, Số CCCD, CMND$")).and_(
        page.locator("[value='08918800041']")
    )
    cell.fill("089188000415")
    cell.press("Enter")
    expect(page.get_by_role("button", name="Nhập 5 dòng hợp lệ")).to_be_visible()
    page.get_by_role("button", name="Nhập 5 dòng hợp lệ").click()
    page.locator("main a[href^='/lists/DS-']").wait_for()
    officer.shoot("worker-3-taken-in")
    return officer.follow_to_list()


def case_of(desk: Desk, address: str, name: str) -> str:
    page = desk.open(address)
    link = page.get_by_role("link", name=name, exact=True).first.get_attribute("href")
    return str(link).partition("?")[0]  # without the table that it came from


def check_facts(officer: Desk, address: str) -> None:
    """What the list doesn't say is confirmed for all but the fourth row; the rows stand with their facts."""
    page = officer.open(address)
    expect(page.locator("main")).to_contain_text(FIRM)
    officer.shoot("worker-4-list")
    page = officer.open(f"{address}facts/")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    officer.answer({"insured_before_except": "4"})
    officer.shoot("worker-5-facts")
    officer.press("Xác nhận cho cả danh sách")
    page = officer.open(case_of(officer, address, MOTHER))
    for words in ("Tổ may 2", "12/07/2021", "05/09/2021", STOPPED, "01/02/2019"):
        expect(page.locator("main")).to_contain_text(words)


def add_children(officer: Desk, case: str) -> None:
    page = officer.open(case)
    expect(page.locator("#children")).to_contain_text("Danh sách ghi 2 trẻ em, hồ sơ có 0")
    for number, child in enumerate(CHILDREN):
        officer.follow("Thêm trẻ em")
        officer.answer(child)
        officer.shoot(f"worker-6-child-{number}")
        page.locator("#record button.btn-p").click()
        page.wait_for_url(f"**{case}*")
        expect(page.locator("#children")).to_contain_text(child["full_name"])
    expect(page.locator("#children")).not_to_contain_text("Danh sách ghi 2 trẻ em")
    officer.shoot("worker-7-case")


def sums_of(desk: Desk, case: str) -> Locator:
    page = desk.open(case)
    return page.locator("section", has=page.get_by_role("heading", name="Cách tính mức hỗ trợ"))


def send_to_insurance(officer: Desk, address: str) -> None:
    page = officer.open(address)
    officer.follow("Gửi cơ quan BHXH xác nhận")
    officer.press("Gửi cơ quan BHXH xác nhận")
    officer.follow("Ghi xác nhận, chuyển huyện thẩm định")
    officer.shoot("worker-8-confirm")
    officer.fill(number="312/BHXH-TST", signed_on="27/09/2021")
    officer.press("Ghi xác nhận, chuyển huyện thẩm định")
    expect(page.locator("main")).to_contain_text("312/BHXH-TST, 27/09/2021")


def appraise(officer: Desk, address: str) -> None:
    """Ready rows at once; 14 days are refused with the article, what is not determined is returned."""
    page = officer.open("/?queue=to_appraise")
    page.get_by_label("Chọn cả 5").check()
    officer.press("Xác nhận đủ điều kiện")
    for name, words in (
        (SHORT, "Không đạt: Tạm hoãn, nghỉ không lương từ 15 ngày liên tục trở lên (Điều 13)"),
        (OPEN, "Chưa đủ dữ liệu: Đang tham gia BHXH bắt buộc"),
    ):
        expect(page.locator("main tr", has_text=name)).to_contain_text(words)
    officer.shoot("worker-9-report")
    page = officer.open(case_of(officer, address, SHORT))
    row = page.locator("#checks li", has_text="Tạm hoãn, nghỉ không lương từ 15 ngày liên tục trở lên")
    for words in ("Không đạt", "14 ngày", "Điều 13"):
        expect(row).to_contain_text(words)
    short = officer.path
    officer.follow("Không đủ điều kiện")
    expect(page.locator("label:has([name=preset]:checked)").first).to_contain_text(
        re.compile(r"14 ngày.*\(Điều 13\)")
    )
    officer.shoot("worker-10-refuse")
    officer.press("Kết luận không đủ điều kiện")
    page = officer.open(short)
    expect(page.locator("main .note").first).to_contain_text("(Điều 13)")

    page = officer.open(case_of(officer, address, OPEN))
    row = page.locator("#checks li", has_text="Đang tham gia BHXH bắt buộc")
    expect(row).to_contain_text("Chưa có xác nhận của cơ quan BHXH")
    expect(page.get_by_role("button", name="Xác nhận đủ điều kiện")).to_have_attribute(
        "aria-disabled", "true"
    )
    officer.shoot("worker-11-undetermined")
    officer.follow("Trả bổ sung")
    officer.fill(reason="Bổ sung xác nhận của cơ quan BHXH cho tháng 06/2021.")
    officer.press("Trả bổ sung")


def approve(office: Office, officer: Desk, address: str) -> Desk:
    """District head, then UBND tỉnh; gives the approver's desk."""
    head = office.seat(Role.DISTRICT_HEAD)
    head.open(address)
    head.follow("Duyệt danh sách")
    head.fill(number="61/TTr-UBND", date="27/09/2021")
    head.press("Duyệt danh sách")
    officer.open(address)
    officer.follow("Trình UBND tỉnh")
    officer.press("Trình UBND tỉnh")
    approver = office.seat(Role.PROVINCIAL_APPROVER)
    page = approver.open(address)
    approver.follow("Ghi quyết định phê duyệt kinh phí")
    expect(page.locator("main")).to_contain_text("12.275.000 đ")
    approver.shoot("worker-12-decide")
    approver.fill(number="2312/QĐ-UBND", signed_on="27/09/2021", signer="Nguyễn Thanh Bình")
    approver.press("Ghi quyết định")
    approver.shoot("worker-13-decided")
    return approver


def ask_for_the_father(officer: Desk) -> str:
    """The father's employer stopped his work too; his first child is counted with the mother already."""
    page = officer.open("/cases/new/NGUNG_VIEC/")
    father = claims.applicant(full_name="Trần Văn Nghĩa", sex="Nam", id_number="089090000416")
    firm = {**claims.employer("89888", name="Xí nghiệp Cơ khí Phú Tân"), "area_code": ""}
    del firm["area_code"]
    officer.answer({f"applicant-{name}": value for name, value in father.items()})
    officer.answer({f"employer-{name}": value for name, value in firm.items()})
    officer.answer(
        {
            "answers-stopped_under_art_99_3": "true",
            "answers-cause": "locked_area",
            "answers-event_start": "01/08/2021",
            "answers-event_end": "31/08/2021",
            "answers-insured_month_before": "true",
            **{f"child-1-{name}": value for name, value in {**CHILDREN[0], "relation": "father"}.items()},
        }
    )
    officer.press("Lưu")
    refused = page.locator(".field.err", has=page.locator("[name='child-1-number']"))
    expect(refused).to_contain_text(
        re.compile(r"Trẻ này đã được tính hỗ trợ ở hồ sơ khác \(Tạm hoãn.*\(khoản 7 Mục II NQ 68\)")
    )
    officer.shoot("worker-14-father")
    officer.answer(
        {f"child-1-{name}": "" for name in ("full_name", "birth_date", "relation", "number", "proof")}
    )
    officer.press("Lưu")
    page.wait_for_url(re.compile(r"/cases/HS-"))
    expect(sums_of(officer, officer.path).locator("tfoot")).to_contain_text("1.000.000 đ")
    return officer.path


def test_from_the_employers_list_to_the_decision(office: Office, workbook: Path) -> None:
    first, second = office.seat(Role.DISTRICT_OFFICER), office.seat(Role.DISTRICT_OFFICER)
    address = bring_in(first, workbook)
    check_facts(first, address)
    mother = case_of(first, address, MOTHER)
    add_children(first, mother)
    send_to_insurance(first, address)
    appraise(second, address)
    approver = approve(office, second, address)

    sums = sums_of(approver, mother)
    lines = sums.locator("tbody tr")
    expect(lines).to_have_count(4)
    for line, words in zip(
        lines.all(),
        (
            ("Hỗ trợ một lần theo số ngày", "Điều 14", "3.710.000 đ"),
            ("Người lao động đang mang thai", "khoản 7 Mục II NQ 68", "1.000.000 đ"),
            ("Trẻ em chưa đủ 06 tuổi: Trần Bảo An", "khoản 7 Mục II NQ 68", "1.000.000 đ"),
            ("Trẻ em chưa đủ 06 tuổi: Trần Bảo Ngọc", "khoản 7 Mục II NQ 68", "1.000.000 đ"),
        ),
        strict=True,
    ):
        for word in words:
            expect(line).to_contain_text(word)
    expect(sums.locator("tfoot")).to_contain_text("2312/QĐ-UBND")
    expect(sums.locator("tfoot")).to_contain_text("6.710.000 đ")
    approver.shoot("worker-15-entitlement")
    half = sums_of(approver, case_of(approver, address, HALF))
    expect(half.locator("tfoot")).to_contain_text("1.855.000 đ")

    father = ask_for_the_father(first)
    expect_hidden(office.seat_outsider(), office.seat(Role.LEADER), address, mother, father)
