"""An officer looks for people in a browser: by name, by a number, by a name that was written in another way."""

import datetime as dt

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.enums import Role
from tests.beneficiaries.queries.register_of_people import person
from tests.factories import cases as made
from tests.factories.people import COMMUNE, OTHER_COMMUNE, OUTSIDE_COMMUNE
from tests.journeys.desk import Desk, Office

pytestmark = pytest.mark.browser

NUMBER = "089190000412"


@pytest.fixture
def desk(site: str, browser: Browser) -> Desk:
    person("Trần Thị Lan", hamlet="Ấp Thượng 1", born=dt.date(1990, 5, 12), number=NUMBER, phone="0918123456")
    person("Trần Thị Lân", hamlet="Ấp Thượng 2", born=1990)
    person("Lê Thị Ngọc Lan", area=OTHER_COMMUNE, hamlet="Ấp Mỹ Lương", born=1971, number="089171000777")
    person("Trần Thị Lan Anh", hamlet="Ấp Hạ", born=1985)
    person("Huỳnh Văn Phước", hamlet="Ấp Hạ", born=1966, number="089066000123")
    person("Trần Thị Lan", area=OUTSIDE_COMMUNE, born=1955)
    made.draft_list(made.staff(), rows=12)
    return Office(site, browser).seat(Role.DISTRICT_OFFICER)


def search(desk: Desk, typed: str) -> Page:
    field = desk.page.locator("#global-search")
    field.fill(typed)
    field.press("Enter")
    desk.page.wait_for_load_state()
    return desk.page


def test_an_officer_finds_people(desk: Desk) -> None:
    desk.open("/search/")
    page = search(desk, "tran thi lan")
    people = page.locator("section[aria-label='Người thụ hưởng'] a.name")
    expect(people).to_have_text(["Trần Thị Lan", "Trần Thị Lân", "Trần Thị Lan Anh"])
    desk.shoot("search-names")

    page = search(desk, "Lan Mỹ Lương")
    expect(page.locator("section[aria-label='Người thụ hưởng'] a.name").first).to_have_text("Lê Thị Ngọc Lan")

    page = search(desk, "nguyen van nguoi")
    desk.shoot("search-many")
    page.locator("section[aria-label='Người thụ hưởng']").get_by_role("link", name="Xem tất cả").click()
    page.wait_for_url("**/people/?q=nguyen+van+nguoi**")

    page = search(desk, "089 190 000 412")
    expect(page.locator("h1")).to_have_text("Trần Thị Lan")
    assert NUMBER not in page.url

    page = search(desk, "Hoàng Văn Phước")
    expect(
        page.get_by_role("heading", name="Không tìm thấy “Hoàng Văn Phước” tại huyện Phú Tân")
    ).to_be_visible()
    expect(page.locator("section[aria-label='Tên gần giống'] a.name")).to_have_text(["Huỳnh Văn Phước"])
    desk.shoot("search-near")

    search(desk, "412")
    desk.shoot("search-unclear")

    page = desk.open(f"/people/?q=Ngọc Lan&area={COMMUNE}")
    desk.shoot("people-nobody")
    page.get_by_role("button", name="Tìm trong cả huyện Phú Tân").click()
    expect(page.locator("td a.name")).to_have_text(["Lê Thị Ngọc Lan"])
    desk.open(f"/people/?q=Hoàng Văn Phước&area={COMMUNE}")
    desk.shoot("people-near")
