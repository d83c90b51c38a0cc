"""axe-core over the pages of people left behind and of the coverage, on an officer's screen and on a phone."""

import pytest
from django.test import Client
from playwright.sync_api import Browser

from accounts.enums import Role
from accounts.models import User
from support_programs.models import Case, Outreach
from tests.browser.test_register_accessibility import _faults
from tests.factories import people
from tests.support_programs.queries.test_facts_of_registers import claim, entry
from tests.support_programs.views.test_left_behind import HAND, HANDED, PAGE, RICE, UNREGISTERED
from tests.support_programs.views.test_left_behind import people as registered

pytestmark = [pytest.mark.browser, pytest.mark.tour]


@pytest.fixture
def officers(committed_db: None) -> dict[str, User]:
    """Four people without a case, two of them handed over; a case that the registers contradict, and one that they changed."""
    poor, other, *_rest = registered("poor_households", "social_protection", "poor_households", "")
    officers = {
        "district": people.user(Role.DISTRICT_OFFICER, name="Phạm Thị Cẩm Tú"),
        "commune": people.user(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt"),
        "leader": people.user(Role.LEADER, name="Võ Thanh Liêm"),
    }
    client = Client()
    client.force_login(officers["district"], backend="django.contrib.auth.backends.ModelBackend")
    client.post(HAND + RICE, {"pick": [poor.reference, other.reference]})
    assert Outreach.objects.count() == 2
    case = claim(officers["commune"], group="poor", present_locally="true")
    entry(case.person, "social_protection", "k8")
    client.force_login(officers["commune"], backend="django.contrib.auth.backends.ModelBackend")
    client.post(f"/cases/{case.reference}/recheck/")
    entry(case.person, "merit", "war_invalid")
    return officers


@pytest.mark.parametrize("width", [1366, 390], ids=["laptop", "phone"])
def test_pages_have_no_fault_and_do_not_scroll_sideways(
    officers: dict[str, User], site: str, browser: Browser, width: int
) -> None:
    case = Case.objects.get()
    asked = {
        "district": [PAGE + RICE, f"{PAGE}{RICE}&who=all&result=undetermined", HANDED, UNREGISTERED + RICE],
        "commune": [HANDED, f"/cases/{case.reference}/", "/programmes/GAO_HO_TRO/", UNREGISTERED],
        "leader": ["/reports/overview/", "/reports/overview/?area=89888"],
    }
    faults: dict[str, list[str]] = {}
    for who, addresses in asked.items():
        client = Client()
        client.force_login(officers[who], backend="django.contrib.auth.backends.ModelBackend")
        context = browser.new_context(viewport={"width": width, "height": 768}, bypass_csp=True)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        page = context.new_page()
        for address in addresses:
            response = page.goto(f"{site}{address}")
            assert response is not None
            assert response.ok, address
            page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
            faults[address] = _faults(page, width)
        context.close()
    assert {address: found for address, found in faults.items() if found} == {}
