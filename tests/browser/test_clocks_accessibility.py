"""axe-core over the pages of requests, of urging and of the morning's band, on an officer's screen and on a phone."""

import pytest
from django.test import Client
from playwright.sync_api import Browser

from accounts.models import User
from support_programs.models import Case, CaseList
from support_programs.services.digests import send_digests
from support_programs.services.reminders import send_reminder
from support_programs.services.supplements import ask_supplement
from tests.browser.test_register_accessibility import _faults
from tests.factories import cases as make
from tests.factories.people import DISTRICT

pytestmark = [pytest.mark.browser, pytest.mark.tour]


@pytest.fixture
def asked(committed_db: None) -> dict[User, list[str]]:
    """Pages by who opens them: a case that waits, one that can be sent back, a late list, a letter, a digest."""
    who = make.staff()
    late = make.list_at_district(who, rows=2)
    waiting, other = Case.objects.filter(case_list=late).order_by("position")
    CaseList.objects.update(due_on="2021-09-20")
    marked = {("applicant", "address"): "Ghi lại ấp", ("other", "other"): "Đơn chưa ký"}
    ask_supplement(waiting, marked=marked, reason="", actor=who.officer)
    letter = send_reminder(area_code=DISTRICT, lists=[late.reference], text="Nhanh", actor=who.reviewer)
    send_digests()
    return {
        who.officer: [f"/cases/{other.reference}/ask-supplement/", "/reminders/received/", "/"],
        who.commune: [f"/cases/{waiting.reference}/", f"/cases/{waiting.reference}/supplement/"],
        who.reviewer: ["/reminders/", f"/reminders/new/{DISTRICT}/", f"/reminders/{letter.pk}/", "/"],
    }


@pytest.mark.parametrize("width", [1366, 390], ids=["laptop", "phone"])
def test_pages_have_no_fault_and_do_not_scroll_sideways(
    asked: dict[User, list[str]], site: str, browser: Browser, width: int
) -> None:
    faults: dict[str, list[str]] = {}
    for person, addresses in asked.items():
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        context = browser.new_context(viewport={"width": width, "height": 768}, bypass_csp=True)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        page = context.new_page()
        for address in addresses:
            response = page.goto(f"{site}{address}")
            assert response is not None
            assert response.ok, address
            if found := _faults(page, width):
                faults[f"{address} {width}"] = found
        context.close()
    assert faults == {}
