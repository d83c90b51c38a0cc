"""Nobody left behind, at two desks: the district finds somebody on a register without a case and hands them over, the commune
invites them and takes the dossier in; and a case without an entry is written into the register.
"""

import datetime as dt
import re

import pytest
from playwright.sync_api import Browser, expect

from accounts.enums import Role
from beneficiaries.models import Status
from support_programs.models import Case, Outreach
from support_programs.services.claims import open_claim
from tests.factories import registered
from tests.factories.claims import applicant
from tests.factories.people import COMMUNE, DISTRICT
from tests.infrastructure.programs import Worker
from tests.journeys.desk import Office
from tests.support_programs.queries.entry_rows import Held, write_entries

pytestmark = pytest.mark.browser
SINCE = (dt.date(2021, 1, 1), None)
LOST = {"lost_work_on": "2021-07-09", "monthly_income": 0, "has_labour_contract": False}
PEOPLE = (
    ("Néang Sóc Kha", dt.date(1978, 3, 4), "089178002201"),
    ("Huỳnh Thị Bé Năm", dt.date(1969, 11, 20), "089169013377"),
    ("Trần Thị Út", dt.date(1983, 7, 9), "089183024918"),
    ("Phà Ti Mách", dt.date(1990, 1, 30), "089190005642"),
    ("Lê Thị Gấm", dt.date(1972, 5, 16), "089172018863"),
)
CLAIMED = (
    ("Phụ hồ", {"full_name": "Dương Thị Lụa", "dob": "02/02/1975", "id_number": "089175011111"}),
    ("Bán vé số dạo", {"full_name": "Kiều Thị Mận", "dob": "13/08/1988", "id_number": "089188022228"}),
    ("Làm thuê làm mướn", {"full_name": "Tăng Thị Oanh", "dob": "27/12/1966", "id_number": "089166033339"}),
)


@pytest.fixture
def office(site: str, browser: Browser, celery_worker_process: Worker) -> Office:
    return Office(site, browser)


def workers() -> None:
    """Five people of the register of free workers; of two it doesn't know when they lost their work."""
    people = [
        registered.person(name, number=number, born=born, sex="F", occupation="Phụ hồ")
        for name, born, number in PEOPLE
    ]
    write_entries(
        [
            (Held("free_workers", "tho_ho_phu_ho", {} if place > 2 else LOST, SINCE), person)
            for place, person in enumerate(people)
        ]
    )


def test_the_district_hands_over_and_the_commune_takes_the_dossier_in(office: Office) -> None:
    workers()
    district = office.seat(Role.DISTRICT_OFFICER, name="Phạm Thị Cẩm Tú")
    page = district.open("/left-behind/?programme=LD_TU_DO")
    district.shoot("left-1-district")
    page.locator("tr", has_text="Néang Sóc Kha").locator("summary").click()
    expect(page.locator("tr", has_text="Néang Sóc Kha")).to_contain_text(
        "Chưa có thông tin về nơi thường trú"
    )
    for name, _born, _number in PEOPLE[:3]:
        page.get_by_label(f"Chọn {name}").check()
    district.press("Giao xã rà soát")
    expect(page.locator("main, .msgs").first).to_contain_text("Đã giao 3 người cho xã rà soát.")
    district.shoot("left-2-handed")
    assert Outreach.objects.count() == 3

    commune = office.seat(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt")
    page = commune.open("/")
    page.get_by_role("link", name="Cần rà soát").click()
    commune.shoot("left-3-commune")
    row = page.locator("tr", has_text="Trần Thị Út")
    row.get_by_text("Trả lời", exact=True).click()
    row.get_by_label("Kết quả").select_option("moved")
    row.get_by_role("button", name="Ghi kết quả").click()
    expect(page.locator("main")).to_contain_text("Hãy ghi chú vì sao")
    commune.shoot("left-4-refused")
    row = page.locator("tr", has_text="Trần Thị Út")
    row.get_by_label("Ghi chú").fill("Đã lên Bình Dương từ tháng 6")
    row.get_by_role("button", name="Ghi kết quả").click()
    page.wait_for_load_state()
    assert Outreach.objects.get(person__full_name="Trần Thị Út").state == "moved"

    commune.open("/left-behind/handed/?programme=LD_TU_DO")
    page.locator("tr", has_text="Néang Sóc Kha").get_by_role("link", name="Làm hồ sơ").click()
    expect(page.get_by_label("Họ và tên")).to_have_value("Néang Sóc Kha")
    expect(page.locator("main")).to_contain_text("số giấy tờ kết thúc bằng 201")
    commune.shoot("left-5-claim")
    commune.answer(
        {"applicant-id_number": "089178002201", "applicant-job": "Phụ hồ", "received_on": "20/09/2021"}
    )
    commune.press("Lưu")
    page.wait_for_url(re.compile(r"/cases/HS-"))
    case = Case.objects.get()
    assert commune.path == f"/cases/{case.reference}/"
    assert case.person.full_name == "Néang Sóc Kha"
    expect(page.locator("#registers")).to_contain_text("Thợ hồ, phụ hồ")
    commune.shoot("left-6-case")
    page = commune.open("/left-behind/handed/")
    expect(page.locator("table")).not_to_contain_text("Néang Sóc Kha")
    assert office.seat_outsider().open("/left-behind/?programme=LD_TU_DO").locator("tbody tr").count() == 0


def test_a_case_is_written_into_the_register(office: Office) -> None:
    commune = office.seat(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt")
    for job, typed in CLAIMED:
        open_claim(
            programme="LD_TU_DO",
            received_on=dt.date(2021, 9, 20),
            actor=commune.person,
            applicant=applicant(job=job, **typed),
            answers={},
            stream="VE_SO" if "vé số" in job else "KHAC",
        )
    page = commune.open("/left-behind/unregistered/?programme=LD_TU_DO")
    commune.shoot("left-7-unregistered")
    page.locator("[data-pick-page]").check()
    commune.press("Ghi vào sổ")
    expect(page.locator("body")).to_contain_text("Đã ghi 2 người vào sổ.")
    expect(page.locator("body")).to_contain_text("Hồ sơ chưa cho biết nhóm để ghi vào sổ.")
    commune.shoot("left-8-written")
    assert set(Status.objects.values_list("category", flat=True)) == {"tho_ho_phu_ho", "ban_ve_so_luu_dong"}
    assert COMMUNE.startswith(DISTRICT)
