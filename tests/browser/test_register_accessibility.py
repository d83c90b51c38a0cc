"""axe-core over the pages of registers, households, carers and stop orders, on an officer's screen and on a phone.

With JOURNEY_SHOTS=<folder> the pages leave pictures there, to be looked at.
"""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page

from accounts.enums import Role
from beneficiaries.models import Employer, Household, Person, Status
from beneficiaries.registers import register_of
from beneficiaries.services.care import record_care
from beneficiaries.services.employers import register_employer
from beneficiaries.services.households import add_member, change_head
from beneficiaries.services.registers import change_status
from beneficiaries.services.registers.entering import HouseholdTyped, enter_household
from beneficiaries.services.stop_orders import record_stop_order
from core import clock
from tests.beneficiaries.views.registered import DECISION, DISABLED, NUMBERS, entry, person
from tests.factories import people

pytestmark = [pytest.mark.browser, pytest.mark.tour]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROWEST = 320


@pytest.fixture
def registers(committed_db: None) -> None:
    """A household with an entry, recipients, a worker, a carer, an eatery under a stop order."""
    officer = people.user(Role.DISTRICT_OFFICER, name="Trần Thị Mỹ Duyên")
    head, wife = person(), person("Trần Thị Ánh", NUMBERS[1])
    child = person("Nguyễn Văn Tí", "089215000459")
    household, _status = enter_household(
        head=head,
        typed_head={},
        area_code=head.area_code,
        household=HouseholdTyped(
            {"code": "PM-017", "hamlet": "Ấp Phú Lợi"}, clock.today().replace(year=2020)
        ),
        register=register_of("poor_households"),
        typed={"category": "poor", "year": "2021", "monthly_income": "650.000", "deprivations": "4"},
        actor=officer,
        keeps_warnings=True,
    )
    since = clock.today().replace(year=2020)
    for member, relation in ((wife, "vợ"), (child, "con")):
        add_member(household=household, person=member, relation=relation, valid_from=since, actor=officer)
    change_head(
        household=household,
        person=wife,
        relation_of_former="chồng",
        on=clock.today(),
        reason="Chồng đi làm xa, xã xác nhận ngày 20/09/2021",
        actor=officer,
    )
    first = entry("social_protection", child)
    change_status(
        status=first,
        typed={**DISABLED, **DECISION, "category": "k6_severe_child_elder", "monthly_amount": "720.000"},
        reason="Ghi sai nhóm: trẻ em khuyết tật nặng",
        actor=officer,
        keeps_warnings=True,
    )
    entry("social_protection", person("Lê Văn Quý", NUMBERS[2]), category="k5c", valid_from="01/01/2021")
    entry("free_workers", head, workplace="Chợ Phú Mỹ")
    record_care(
        person=child, carer=wife, typed={"relation": "mother", "valid_from": "02/09/2015"}, actor=officer
    )
    eatery = register_employer(
        values={"name": "Quán Hai Lúa", "kind": "household_business", "address": "Ấp Phú Lợi"}, actor=officer
    )
    record_stop_order(
        employer=eatery,
        typed={"decision_number": "1700/UBND-KGVX", "decided_on": "08/07/2021", "valid_from": "12/07/2021"},
        actor=officer,
    )


def addresses() -> dict[str, str]:
    """What is looked at, by the name of its picture."""
    household, employer = Household.objects.get(), Employer.objects.get()
    child = Person.objects.get(full_name="Nguyễn Văn Tí")
    replaced = Status.objects.get(is_replaced=True)
    current = Status.objects.get(replaces=replaced)
    entries = "/registers/social_protection/entries"
    return {
        "registers": "/registers/",
        "register": "/registers/social_protection/",
        "register-ended": "/registers/social_protection/?state=ended&q=ai",
        "register-workers": "/registers/free_workers/",
        "register-poor": "/registers/poor_households/",
        "register-empty": "/registers/merit/",
        "choose": "/registers/social_protection/new/",
        "form": f"/registers/social_protection/new/?person={child.reference}",
        "form-merit": f"/registers/merit/new/?person={child.reference}",
        "form-worker": f"/registers/free_workers/new/?person={child.reference}",
        "form-household": f"/registers/poor_households/new/?head={child.reference}",
        "entry": f"{entries}/{current.reference}/",
        "entry-replaced": f"{entries}/{replaced.reference}/",
        "entry-change": f"{entries}/{current.reference}/change/",
        "entry-end": f"{entries}/{current.reference}/end/",
        "households": "/households/",
        "household": f"/households/{household.reference}/",
        "household-head": f"/households/{household.reference}/head/",
        "household-correct": f"/households/{household.reference}/correct/",
        "member": f"/households/{household.reference}/members/new/?person={child.reference}",
        "carer": f"/people/{child.reference}/carers/new/?person={child.reference}",
        "person": f"/people/{child.reference}/",
        "employers": "/employers/",
        "employer": f"/employers/{employer.reference}/",
        "employer-new": "/employers/new/",
        "stop-order": f"/employers/{employer.reference}/stop-orders/",
    }


def _shoot(page: Page, name: str, width: int) -> None:
    if folder := os.environ.get("JOURNEY_SHOTS"):
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def _faults(page: Page, width: int) -> list[str]:
    violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    faults = [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in violations]
    for screen in {width, NARROWEST if width < 400 else width}:
        page.set_viewport_size({"width": screen, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth") > screen:
            faults.append(f"scrolls sideways at {screen}")
    page.set_viewport_size({"width": width, "height": 844 if width < 400 else 768})
    return faults


@pytest.mark.parametrize("width", [1366, 390], ids=["laptop", "phone"])
def test_pages_have_no_fault_and_do_not_scroll_sideways(
    registers: None, site: str, browser: Browser, width: int
) -> None:
    officer = people.user(Role.DISTRICT_OFFICER, name="Lê Tấn Đạt")
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    context = browser.new_context(viewport={"width": width, "height": 768}, bypass_csp=True)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page = context.new_page()
    faults: dict[str, list[str]] = {}
    for name, address in addresses().items():
        response = page.goto(f"{site}{address}")
        assert response is not None
        assert response.ok, address
        faults[name] = _faults(page, width)
        _shoot(page, name, width)
    # what was searched for and refused looks right too
    page.goto(f"{site}/registers/poor_households/new/")
    page.get_by_label("Số CCCD, họ tên, số điện thoại hoặc mã").fill("ánh")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Chọn hộ của").first.wait_for()
    faults["chosen"] = _faults(page, width)
    _shoot(page, "chosen", width)
    page.locator("main").get_by_role("button", name="Lập hộ mới, chủ hộ là người mới").click()
    page.locator("main").get_by_role("button", name="Lưu", exact=True).click()
    page.locator(".errsum").wait_for()
    faults["refused"] = _faults(page, width)
    _shoot(page, "refused", width)
    assert page.locator(".errsum li").count() >= 3
    context.close()
    assert {name: found for name, found in faults.items() if found} == {}
