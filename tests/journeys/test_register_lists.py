"""A commune brings a list of each register in through the pages: template, check, result, register."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from accounts.enums import Role
from beneficiaries.models import HouseholdMember, Status
from tests.beneficiaries.services.registers.lists import NUMBERS, sheet
from tests.infrastructure.programs import Worker
from tests.journeys.desk import Desk, Office

pytestmark = pytest.mark.browser

_PERSON = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD/CMND", "Khóm, ấp"]
WORKERS = sheet(
    [*_PERSON, "Công việc", "Ngày mất việc"],
    [1, "TRẦN VĂN BẢY", "02/03/1985", "Nam", NUMBERS[0], "K. Mỹ Lương", "Bán vé số dạo", "15/07/2021"],
    [2, "Lê Văn Tám", "05/06/1979", "Nam", "351234567", "Khóm Mỹ Lương", "Phụ hồ", "15/07/2021"],
)
HOUSEHOLDS = sheet(
    [
        *_PERSON,
        "Mã hộ",
        "Quan hệ với chủ hộ",
        "Diện hộ",
        "Năm công nhận",
        "Thu nhập bình quân",
        "Chỉ số thiếu hụt",
    ],
    [
        1,
        "Cao Văn Chín",
        "02/03/1985",
        "Nam",
        NUMBERS[1],
        "Khóm Mỹ Lương",
        "H-01",
        "Chủ hộ",
        "Hộ nghèo",
        2021,
        "950.000",
        1,
    ],
    [2, "Cao Thị Bé", "05/06/2019", "Nữ", "", "Khóm Mỹ Lương", "H-01", "con", "", "", "", ""],
)
RECIPIENTS = sheet(
    [*_PERSON, "Nhóm đối tượng", "Hưởng từ ngày", "Số quyết định"],
    [1, "Nguyễn Thị Sáu", "05/06/1940", "Nữ", "", "Khóm Mỹ Lương", "Người từ 80 tuổi không có lương hưu, trợ cấp",
     "01/07/2021", "12/QĐ-UBND"],
)  # fmt: skip
MERIT = sheet(
    [*_PERSON, "Diện người có công", "Tỷ lệ thương tật"],
    [1, "Đỗ Văn Mười", "02/03/1950", "Nam", "351234568", "Khóm Mỹ Lương", "Bệnh binh", "61%"],
)


@pytest.fixture
def commune(site: str, browser: Browser, celery_worker_process: Worker) -> Desk:
    return Office(site, browser).seat(Role.COMMUNE_OFFICER)


def bring_in(commune: Desk, register: str, content: bytes, folder: Path) -> None:
    """Choose the register's list, keep what is asked about, take in; ends on the result."""
    file = folder / f"{register}.xlsx"
    file.write_bytes(content)
    page = commune.open("/imports/new/")
    commune.shoot("import-new")
    page.locator("main [name=profile]").select_option(register)
    page.set_input_files("input[type=file]", file)
    page.locator("main button.btn-p").click()
    page.wait_for_url(re.compile(r"/imports/NH-[\d-]+/rows/"))
    commune.shoot(f"{register}-rows")
    while page.get_by_role("button", name="Giữ nguyên").count():
        page.get_by_role("button", name="Giữ nguyên").first.click()
        page.wait_for_load_state()
    page.get_by_role("button", name=re.compile(r"^Nhập \d+ dòng hợp lệ$")).click()
    expect(page.locator("main")).to_contain_text("vào sổ", timeout=20_000)
    commune.shoot(f"{register}-result")


def test_a_list_of_each_register_goes_in_by_the_pages(commune: Desk, tmp_path: Path) -> None:
    results = {
        "free_workers": (WORKERS, "Ghi mới 2 mục vào sổ."),
        "poor_households": (HOUSEHOLDS, "1 hộ mới, 2 thành viên mới. Ghi mới 1 mục vào sổ."),
        "social_protection": (RECIPIENTS, "Ghi mới 1 mục vào sổ."),
        "merit": (MERIT, "Ghi mới 1 mục vào sổ."),
    }
    for register, (content, told) in results.items():
        bring_in(commune, register, content, tmp_path)
        expect(commune.page.locator("main")).to_contain_text(told)
        commune.page.get_by_role("link", name="Mở sổ").click()
        commune.page.wait_for_url(re.compile(f"/registers/{register}/"))
        commune.shoot(f"{register}-register")
    assert sorted(Status.objects.values_list("register", "category")) == [
        ("free_workers", "ban_ve_so_luu_dong"),
        ("free_workers", "tho_ho_phu_ho"),
        ("merit", "sick_soldier"),
        ("poor_households", "poor"),
        ("social_protection", "k5c"),
    ]
    assert HouseholdMember.objects.count() == 2
    # the empty list is offered beside the upload
    page = commune.open("/imports/new/")
    for link in page.locator("main a[href^='/imports/templates/']").all():
        assert commune.page.request.get(f"{commune.site}{link.get_attribute('href')}").ok
