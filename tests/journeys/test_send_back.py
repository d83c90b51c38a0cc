"""A dossier goes back with its wrong places marked, is put right, and is found eligible; an office that is late is urged."""

import datetime as dt

import pytest
from playwright.sync_api import Browser, expect

from accounts.enums import Role
from support_programs.enums import CaseStatus
from support_programs.models import Case, CaseList
from tests.factories import cases as make
from tests.journeys.desk import Office

pytestmark = pytest.mark.browser
WHY = "Ghi lại ấp theo sổ hộ khẩu"


@pytest.fixture
def office(site: str, browser: Browser) -> Office:
    return Office(site, browser)


def test_send_back_and_correction(office: Office) -> None:
    commune = office.seat(Role.COMMUNE_OFFICER, name="Lê Thị Hoa")
    officer = office.seat(Role.DISTRICT_OFFICER, name="Trần Văn Bảy")
    people = make.staff()
    who = make.Staff(
        commune.person, officer.person, people.head, people.reviewer, people.approver, people.accountant
    )
    case = Case.objects.get(case_list=make.list_at_district(who))
    address = f"/cases/{case.reference}/"

    page = officer.open(address)
    officer.follow("Trả bổ sung")
    page.locator("[name='mark-applicant-address']").check()
    page.locator("[name='why-applicant-address']").fill(WHY)
    page.locator("[name='answer_by']").fill("4/10/2021")
    officer.shoot("send-back-1-marks")
    officer.press("Trả bổ sung")
    expect(page.locator("main")).to_contain_text("Chờ bổ sung từ 27/09/2021")

    page = commune.open("/?queue=supplement")
    commune.follow(case.applicant_name)
    asked = page.locator("#supplement")
    expect(asked).to_contain_text(WHY)
    expect(asked).to_contain_text("đề nghị trước ngày 04/10/2021")
    expect(asked).to_contain_text("còn 2 ngày làm việc tính từ ngày bổ sung")
    commune.shoot("send-back-2-request")
    asked.get_by_role("link", name="Khóm, ấp").click()
    page.wait_for_load_state()
    commune.fill(address="Ấp Mỹ Phú", reason="Theo sổ hộ khẩu")
    page.locator("main form[method='post'] button.btn-p").click()
    page.wait_for_load_state()
    commune.open(address)
    page.locator("#supplement").get_by_role("link", name="Ghi đã bổ sung").click()
    page.wait_for_load_state()
    page.get_by_label("Khóm, ấp").fill("Đã ghi Ấp Mỹ Phú")
    commune.press("Đưa lại vào danh sách")
    expect(page.locator("main")).to_contain_text("Đang thẩm định")

    page = officer.open(address)
    expect(page.locator("#supplement")).to_contain_text("Đã ghi Ấp Mỹ Phú")
    expect(page.locator("main")).to_contain_text("Còn 2 ngày")
    officer.press("Xác nhận đủ điều kiện")
    case.refresh_from_db()
    assert (case.status, case.hamlet, case.due_on) == (
        CaseStatus.ELIGIBLE,
        "Ấp Mỹ Phú",
        dt.date(2021, 9, 29),
    )


def test_the_department_urges_and_the_district_has_seen_it(office: Office) -> None:
    reviewer = office.seat(Role.PROVINCIAL_REVIEWER, name="Ngô Thị Sáu")
    head = office.seat(Role.DISTRICT_HEAD, name="Phan Văn Chín")
    late = make.list_at_district(make.staff(), rows=2)
    CaseList.objects.filter(pk=late.pk).update(due_on=dt.date(2021, 9, 20))

    page = reviewer.open("/")
    reviewer.follow("Đôn đốc")
    page.get_by_role("link", name="Soạn đôn đốc Huyện Phú Tân").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("Quá 5 ngày")
    page.locator("[name='answer_by']").fill("29/9/2021")
    reviewer.press("Gửi đôn đốc")
    expect(page.locator("main")).to_contain_text("Chưa xem")
    letter = reviewer.path
    page.get_by_role("link", name="Công văn đôn đốc").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("Dự thảo")

    page = head.open("/")
    page.locator("main").get_by_role("link", name="Đôn đốc chưa xem").click()
    page.wait_for_load_state()
    head.press("Đã xem")
    page = reviewer.open(letter)
    expect(page.locator("main")).to_contain_text("Phan Văn Chín, 27/09/2021")
