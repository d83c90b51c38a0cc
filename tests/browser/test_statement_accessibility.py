"""axe-core over the pages of what came back, on an officer's screen and on a phone."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser

from core import clock
from disbursements.models import PaymentInstruction
from disbursements.services.results import mark_unknown
from disbursements.services.statements import check_statement
from tests.browser.test_register_accessibility import _faults
from tests.factories.payments import AMOUNT, payable_list, released_batch
from tests.factories.statements import Moved, mt940

pytestmark = [pytest.mark.browser, pytest.mark.tour]
SIZES = ((1366, 768), (390, 844))


def test_pages_of_what_came_back(site: str, browser: Browser) -> None:
    made = payable_list(6)
    actor = made.staff.accountant
    batch = released_batch(made)
    plain = [
        line.payment_reference for line in PaymentInstruction.objects.filter(batch=batch).order_by("position")
    ]
    moved = [
        Moved(AMOUNT, plain[0], text="CHI HO TRO"),
        Moved(AMOUNT, plain[1], is_out=False, code="AC04", text="RETURN"),
        Moved(AMOUNT, plain[2], name="TRAN VAN KHAC"),
        Moved(AMOUNT + 1, plain[3]),
        Moved(11_000, text="PHI CHUYEN TIEN"),
    ]
    statement = check_statement(actor=actor, batch=batch, content=mt940(moved), name="saoke-2809.txt")
    last = PaymentInstruction.objects.get(batch=batch, position=6)
    mark_unknown(actor=actor, batch=batch, on=clock.today(), references={last.reference})
    session = Client()
    session.force_login(actor)
    base = f"/batches/{batch.reference}/"
    page_of_file = f"{base}statement/{statement.pk}/"
    faults: list[str] = []
    for width, height in SIZES:
        context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
        cookie = session.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        page = context.new_page()
        for name, address in {
            "new": f"{base}statement/",
            "file": page_of_file,
            "row": f"{page_of_file}lines/3/",
            "aside": f"{page_of_file}aside/",
            "doubt": f"{base}unknown/",
            "unknown": "/payments/unknown/",
            "batch": base,
        }.items():
            page.goto(f"{site}{address}")
            if folder := os.environ.get("JOURNEY_SHOTS"):
                page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
            faults += [f"{address} {width}: {fault}" for fault in _faults(page, width)]
        context.close()
    assert faults == []
