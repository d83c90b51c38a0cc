"""axe-core over the pages of budget lines and the ledger, on an officer's screen and on a phone; a transfer done in a browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from accounts.enums import Role
from accounts.models import User
from disbursements.models import Allocation, BudgetLine, PaymentInstruction
from disbursements.queries.ledger_check import first_difference
from disbursements.services.results import Results, record_results
from tests.browser.test_register_accessibility import _faults
from tests.factories import payments as make
from tests.factories.people import OUTSIDE_COMMUNE, user

pytestmark = [pytest.mark.browser, pytest.mark.tour]


@pytest.fixture
def department(committed_db: None) -> User:
    """Two decisions' money in one district, some of it paid; a second district that waits. Gives the department's accountant."""
    made = make.payable_list(9)
    make.approved_list(4, staff=made.staff, area=OUTSIDE_COMMUNE, decision=made.decision)
    batch = make.released_batch(made)
    first, second, third, *_rest = PaymentInstruction.objects.filter(batch=batch).order_by("position")
    results = Results(
        frozenset([first.reference, second.reference]), {third.reference: "Vắng mặt khi chi trả"}
    )
    record_results(actor=made.staff.accountant, batch=batch, results=results)
    make.payable_list(5, staff=made.staff)
    return user(Role.ACCOUNTANT, area="89", name="Nguyễn Thị Bé Sáu")


@pytest.fixture(params=[1366, 390], ids=["laptop", "phone"])
def page(
    request: pytest.FixtureRequest, department: User, site: str, browser: Browser
) -> Iterator[tuple[Page, int]]:
    client = Client()
    client.force_login(department, backend="django.contrib.auth.backends.ModelBackend")
    width = int(request.param)
    context = browser.new_context(viewport={"width": width, "height": 768}, bypass_csp=True)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    yield context.new_page(), width
    context.close()


def test_pages_have_no_fault_and_a_transfer_is_confirmed(page: tuple[Page, int], site: str) -> None:
    shown, width = page
    line = BudgetLine.objects.order_by("pk")[1]
    paper = Allocation.objects.order_by("pk")[1]
    faults: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if folder := os.environ.get("JOURNEY_SHOTS"):
            shown.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        faults[name] = _faults(shown, width)

    for name, address in {
        "budget": "/budget/",
        "budget-by-decision": "/budget/?by=decision",
        "budget-empty": "/budget/?area=89900",
        "line": f"/budget/{BudgetLine.objects.order_by('pk')[0].reference}/",
        "ledger": "/ledger/",
        "allocations": "/allocations/",
        "source": "/allocations/sources/new/",
        "correct": f"/allocations/{paper.reference}/correct/",
        "return": f"/budget/{line.reference}/return/",
        "transfer": f"/budget/{line.reference}/transfer/",
    }.items():
        response = shown.goto(f"{site}{address}")
        assert response is not None
        assert response.ok, address
        look(name)
    shown.locator("main [name=to]").select_option(index=1)
    for name, value in {
        "amount": "99.999.999",
        "document_number": "77/QĐ-UBND",
        "moved_on": "27/09/2021",
        "reason": "Huyện thiếu kinh phí",
    }.items():
        shown.locator(f"main [name={name}]").fill(value)
    shown.get_by_role("button", name="Xem lại").click()
    expect(shown.locator("main")).to_contain_text(f"Dòng {line.reference} chỉ còn 7.500.000 đồng")
    look("transfer-refused")
    shown.goto(f"{site}/budget/{line.reference}/return/")
    for name, value in {
        "amount": "1.500.000",
        "document_number": "78/CV-TCKH",
        "moved_on": "27/09/2021",
        "reason": "Một người không còn nhận",
    }.items():
        shown.locator(f"main [name={name}]").fill(value)
    shown.get_by_role("button", name="Xem lại").click()
    expect(shown.locator("main")).to_contain_text("Một triệu năm trăm nghìn đồng")
    look("return-check")
    shown.get_by_role("button", name="Ghi hoàn trả").click()
    expect(shown.locator("main")).to_contain_text("78/CV-TCKH")
    look("line-after")
    assert first_difference() is None
    assert {name: found for name, found in faults.items() if found} == {}
