"""A reference typed into the search of a page is looked for there, though it has as many digits as an identity number."""

import re

import pytest
from playwright.sync_api import Browser, expect

from accounts.enums import Role
from tests.journeys.desk import Office

pytestmark = pytest.mark.browser


def test_a_reference_stays_on_its_page_and_a_number_leaves_it(site: str, browser: Browser) -> None:
    accountant = Office(site, browser).seat(Role.ACCOUNTANT)
    for typed in ("LC-2021-00115046", "hs 2021 00115046", "LC202100115046"):
        page = accountant.open("/recoveries/new/")
        page.locator("main [name=q]").fill(typed)
        page.locator("main [name=q]").press("Enter")
        expect(page).to_have_url(re.compile(r"/recoveries/new/\?q="))
    page = accountant.open("/recoveries/new/")
    page.locator("main [name=q]").fill("CCCD 089 085 000 222")
    page.locator("main [name=q]").press("Enter")
    expect(page).to_have_url(re.compile(r"/search/$"))
