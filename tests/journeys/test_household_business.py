"""A household business that stopped because of Directive 16: refused in September, eligible on 8 October with the same facts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from accounts.enums import Role
from tests.factories import claims
from tests.infrastructure.programs import Worker, start_site
from tests.journeys.desk import Desk, Office, expect_hidden

pytestmark = pytest.mark.browser

OWNER = "Trần Văn Hiếu"
CAUSE = "Dừng hoạt động theo yêu cầu của cơ quan có thẩm quyền"
ASKED = "Ở địa bàn áp dụng Chỉ thị 16"


@pytest.fixture
def office(site: str, browser: Browser, celery_worker_process: Worker) -> Office:
    return Office(site, browser)


@pytest.fixture
def october(site: str, session_environment: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """The same province on 8 October 2021, the first day of NQ 126: another web server on the same database."""
    later = start_site({**session_environment, "BUSINESS_DATE": "2021-10-08"}, log_folder=tmp_path)
    yield str(later)
    later.stop()


def take_in(commune: Desk) -> str:
    """The owner's dossier; gives its address. The rules of September say no."""
    page = commune.open("/cases/new/HO_KD/")
    owner = claims.applicant(full_name=OWNER, sex="Nam", job="Bán cà phê", id_number="089090123456")
    answers = {
        **claims.STOPPED,
        "business_name": "Quán cà phê Hiếu",
        "business_lines": "Bán cà phê, giải khát",
        "stop_cause": "directive_16",
        "all_lines_stopped": "true",
        "event_start": "14/07/2021",
        "event_end": "20/09/2021",
    }
    commune.answer({f"applicant-{name}": value for name, value in owner.items()})
    commune.answer({f"answers-{name}": value for name, value in answers.items()})
    commune.press("Lưu")
    row = page.locator("#checks li", has_text=CAUSE)
    for word in (
        "Không đạt",
        ASKED,
        "Điều 35",
        "Hồ sơ tiếp nhận từ 08/10/2021 được xét thêm địa bàn áp dụng Chỉ thị 16",
    ):
        expect(row).to_contain_text(word)
    commune.shoot("household-1-case")
    return commune.path


def bring_to_district(commune: Desk, case: str) -> str:
    """Listed, posted, confirmed by the tax office; gives the address of the list."""
    page = commune.open(case)
    commune.press("Đưa vào danh sách đang lập")
    address = commune.follow_to_list()
    commune.follow("Niêm yết công khai")
    commune.fill(posting_from="22/09/2021", place="Trụ sở UBND thị trấn Phú Mỹ")
    commune.press("Niêm yết công khai")
    commune.follow("Kết thúc niêm yết")
    commune.press("Kết thúc niêm yết")
    commune.shoot("household-2-list")
    commune.follow("Gửi chi cục Thuế thẩm định")
    commune.shoot("household-3-send")
    commune.press("Gửi chi cục Thuế thẩm định")
    commune.shoot("household-4-at-tax-office")
    commune.follow("Ghi xác nhận, chuyển huyện thẩm định")
    commune.fill(number="118/XN-CCT", signed_on="27/09/2021")
    commune.press("Ghi xác nhận, chuyển huyện thẩm định")
    expect(page.locator("main")).to_contain_text("118/XN-CCT, 27/09/2021")
    return address


def refuse(officer: Desk, case: str) -> None:
    """The district refuses with the article; the reason stands first on the page of the case."""
    page = officer.open("/?queue=to_appraise")
    officer.follow(OWNER)
    assert officer.path == case
    officer.follow("Không đủ điều kiện")
    expect(page.locator("label:has([name=preset]:checked)").first).to_contain_text("(Điều 35)")
    officer.press("Kết luận không đủ điều kiện")
    page = officer.open(case)
    expect(page.locator("main .head")).to_contain_text("Không đủ điều kiện")
    expect(page.locator("main .note").first).to_contain_text(
        f"«{ASKED}» không thuộc trường hợp được hỗ trợ (Điều 35)"
    )
    officer.shoot("household-5-refused")


def reopen(officer: Desk, case: str) -> None:
    """On 8 October the same facts are judged by the second version; what both found stays on the page."""
    page = officer.open(case)
    officer.follow("Mở lại hồ sơ")
    officer.fill(reason="Nộp lại theo Nghị quyết 126/NQ-CP")
    expect(page.locator("#act")).to_contain_text("nộp lại ngày 08/10/2021 và được xét theo phiên bản v2")
    officer.shoot("household-6-reopen")
    officer.press("Mở lại hồ sơ")
    page = officer.open(case)
    checks = page.locator("#checks")
    row = checks.locator(
        "li", has_text="Dừng theo yêu cầu của cơ quan có thẩm quyền, ở địa bàn áp dụng Chỉ thị 16"
    )
    expect(row.locator(".sr")).to_have_text("Đạt")
    expect(row).to_contain_text("NQ 126; Điều 35 QĐ 23 được sửa đổi")
    expect(checks.locator(".st.x, .st.u")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("27/09/2021, nộp lại 08/10/2021")
    officer.shoot("household-7-reopened")


def test_refused_in_september_and_eligible_in_october(office: Office, october: str) -> None:
    commune, officer = office.seat(Role.COMMUNE_OFFICER), office.seat(Role.DISTRICT_OFFICER)
    case = take_in(commune)
    address = bring_to_district(commune, case)
    refuse(officer, case)

    reopen(replace(officer, site=october), case)
    later = replace(commune, site=october)
    page = later.open(case)
    difference = page.locator("#difference")
    for word in ("v1, 27/09/2021", "v2, 08/10/2021", "Không đủ điều kiện", "Đủ điều kiện", "3.000.000 đ"):
        expect(difference.locator("dl")).to_contain_text(word)
    changed = difference.locator("tbody tr", has_text="Đổi kết quả")
    expect(changed).to_have_count(1)
    for word in (
        "Không đạt",
        f"«{ASKED}» không thuộc trường hợp được hỗ trợ",
        "Thuộc trường hợp: ở địa bàn áp dụng Chỉ thị 16",
    ):
        expect(changed).to_contain_text(word)
    later.press("Đưa vào danh sách đang lập")
    assert later.follow_to_list() != address
    expect(page.locator("main .head")).to_contain_text("Hộ kinh doanh v2")
    later.shoot("household-8-new-list")

    expect_hidden(office.seat_outsider(), office.seat(Role.LEADER), case, address, later.path)
