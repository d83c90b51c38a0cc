"""axe-core over the pages of asking for batches and signing them, on an officer's screen and on a phone."""

import os
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser

from accounts.enums import Role
from accounts.models import User
from disbursements.services.batches import approve_batch
from tests.browser.test_register_accessibility import _faults
from tests.disbursements.services.test_asking import returned
from tests.factories import payments as make
from tests.factories.people import DISTRICT, OTHER_COMMUNE, user

pytestmark = [pytest.mark.browser, pytest.mark.tour, pytest.mark.usefixtures("committed_db")]


def test_pages_of_asking_and_signing_have_no_fault(site: str, browser: Browser) -> None:
    made = make.payable_list(3, amount=300_000_000, with_accounts=3)
    approver = user(Role.PROVINCIAL_APPROVER, name="Phạm Thị Sáu")
    returned(make.payable_list(2, staff=made.staff, area=OTHER_COMMUNE, with_accounts=2), area=OTHER_COMMUNE)
    make.approved_list(2, staff=made.staff)
    asked = f"programme={make.PROGRAMME}&area={DISTRICT}&channel=bank"
    _look(
        browser,
        site,
        made.staff.accountant,
        {"new": f"/batches/new/?{asked}", "people": f"/batches/new/people/?{asked}&group=shared_account"},
    )
    batch = make.prepared_batch(made, channel="bank")
    approve_batch(actor=made.staff.approver, batch=batch)
    pages = {
        "approve": f"/batches/{batch.reference}/approve/",
        "batches": "/batches/",
        "batch": f"/batches/{batch.reference}/",
    }
    _look(browser, site, approver, pages)
    _look(browser, site, user(Role.ADMINISTRATOR, area="89"), {"rules": "/settings/signature-rules/"})


def _look(browser: Browser, site: str, person: User, pages: dict[str, str]) -> None:
    """Open each page on both screens as this person; a picture of each where JOURNEY_SHOTS names a folder."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    for width in (1366, 390):
        context = browser.new_context(viewport={"width": width, "height": 768}, bypass_csp=True)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        shown = context.new_page()
        for name, address in pages.items():
            answer = shown.goto(f"{site}{address}")
            assert answer is not None
            assert answer.ok, address
            if folder := os.environ.get("JOURNEY_SHOTS"):
                shown.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
            assert _faults(shown, width) == [], name
        context.close()
