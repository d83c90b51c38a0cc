"""axe-core over the pages of files, lines, receipts and accounts that pay, on an officer's screen and on a phone.

With JOURNEY_SHOTS=<folder> the pages leave pictures there, to be looked at.
"""

import datetime as dt
import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page

from core.services.files import read_file
from core.services.jobs import run_job
from disbursements.enums import ProxyRelation
from disbursements.models import Batch, PaymentFile
from disbursements.services.batches import approve_batch
from disbursements.services.payer_accounts import PayerEntry, record_payer_account
from disbursements.services.proxies import ProxyEntry, record_proxy
from disbursements.services.rendering import start_rendering
from tests.factories.payments import ApprovedList, payable_list, released_batch
from tests.factories.transfers import transfer_batch

pytestmark = [pytest.mark.browser, pytest.mark.tour]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def made(committed_db: None) -> ApprovedList:
    """A batch of transfers with its files, one of cash with a proxy, and two accounts that pay."""
    made = payable_list(6)
    banks = ["970405", "970405", "970405", "970436", "970415", ""]
    transfers = approve_batch(actor=made.staff.approver, batch=transfer_batch(made, banks))
    cash = released_batch(payable_list(2, staff=made.staff))
    for batch in (transfers, cash):
        run_job(start_rendering(batch=batch, actor=made.staff.approver, is_draft=False).pk)
    line = cash.instructions.select_related("batch__programme").order_by("position")[0]
    for name, reason in (("Trần Thị Bé", ""), ("Trần Thị Bé Tư", "Ghi thiếu tên")):
        entry = ProxyEntry(
            name, "089178000123", ProxyRelation.SPOUSE, "12/UQ-UBND xã Phú Thọ", dt.date(2021, 9, 25), reason
        )
        record_proxy(actor=made.staff.accountant, line=line, entry=entry)
    record_payer_account(
        actor=made.staff.accountant,
        entry=PayerEntry("970436", "Phòng LĐ-TBXH huyện Phú Tân", "0071000123456"),
    )
    _keep_papers()
    return made


def _keep_papers() -> None:
    """The files themselves, for who looks at the pictures."""
    folder = os.environ.get("JOURNEY_SHOTS")
    if not folder:
        return
    for file in PaymentFile.objects.filter(is_draft=False).select_related("file"):
        (Path(folder) / file.file.name).write_bytes(read_file(file.file))


def addresses() -> dict[str, str]:
    """What is looked at, by the name of its picture."""
    transfers, cash = Batch.objects.get(channel="bank"), Batch.objects.get(channel="cash")
    line = cash.instructions.order_by("position")[0]
    transfer = transfers.instructions.order_by("position")[0]
    return {
        "batch-transfers": f"/batches/{transfers.reference}/",
        "batch-cash": f"/batches/{cash.reference}/",
        "line-cash": f"/batches/{cash.reference}/lines/{line.reference}/",
        "line-transfer": f"/batches/{transfers.reference}/lines/{transfer.reference}/",
        "proxy": f"/batches/{cash.reference}/lines/{line.reference}/proxy/",
        "payer-accounts": "/payer-accounts/",
        "payer-account-new": "/payer-accounts/new/",
        "payer-account-end": f"/payer-accounts/{transfers.payer_account_id}/end/",
        "banks": "/payer-accounts/banks/?q=NH Nông nghiệp CN Phú Tân",
    }


def _shoot(page: Page, name: str, width: int) -> None:
    if folder := os.environ.get("JOURNEY_SHOTS"):
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def _faults(page: Page, width: int) -> list[str]:
    violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    faults = [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in violations]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        faults.append("scrolls sideways")
    return faults


@pytest.mark.parametrize("width", [1366, 390], ids=["laptop", "phone"])
def test_pages_have_no_fault_and_do_not_scroll_sideways(
    made: ApprovedList, site: str, browser: Browser, width: int
) -> None:
    client = Client()
    client.force_login(made.staff.accountant, backend="django.contrib.auth.backends.ModelBackend")
    size = {"width": width, "height": 844 if width < 400 else 768}
    context = browser.new_context(viewport=size, bypass_csp=True)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page = context.new_page()
    faults: dict[str, list[str]] = {}
    for name, address in addresses().items():
        response = page.goto(f"{site}{address}")
        assert response is not None
        assert response.ok, address
        _shoot(page, name, width)
        faults[name] = _faults(page, width)
    context.close()
    assert {name: found for name, found in faults.items() if found} == {}
