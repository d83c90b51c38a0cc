"""axe-core over the pages of goods, on an officer's screen and on a phone. GOODS_SHOTS=<folder> leaves pictures of them."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser

from accounts.enums import Role
from accounts.models import User
from core.models import Job
from core.services.files import read_file
from core.services.jobs import run_job
from disbursements.models import Handout, HandoutUpload, StockMovement
from disbursements.services.goods_results import HandoutResults, Proxy, record_handout_results, record_proxy
from disbursements.services.goods_stock import StorePlace, add_store, record_loss, send_goods
from disbursements.services.goods_uploads import check_handout_list
from tests.browser.test_register_accessibility import _faults
from tests.disbursements.services.test_goods_lists import uploaded
from tests.factories.goods import paper, prepared_handout, receipt, rice_list, started_handout
from tests.factories.payments import Staff
from tests.factories.people import COMMUNE, DISTRICT, user

pytestmark = [pytest.mark.browser, pytest.mark.tour]


@dataclass(frozen=True, slots=True)
class Scene:
    """A district in the middle of handing out rice."""

    staff: Staff
    officer: User
    handing: Handout
    waiting: Handout
    upload: HandoutUpload
    sent: StockMovement


@pytest.fixture
def scene(committed_db: None) -> Scene:
    staff = Staff(accountant=user(Role.ACCOUNTANT, name="Lê Thị Hoa"))
    by = staff.accountant
    district = add_store(
        actor=by, place=StorePlace(DISTRICT, "Kho huyện Phú Tân", "Thị trấn Phú Mỹ", "Nguyễn Văn Ba")
    )
    commune = add_store(actor=by, place=StorePlace(COMMUNE, "Kho thị trấn Phú Mỹ"))
    receipt(staff, district, 20_000)
    sent = send_goods(actor=by, store=district, to_store=commune, paper=paper(400))
    record_loss(actor=by, store=district, paper=paper(25, reason="Ngập nước khi mưa lớn, biên bản 4/BB"))
    # no donation: it would make a funding source, which is reference data
    handing = started_handout(rice_list(6, staff=staff), district)
    run_job(Job.objects.get(idempotency_key=f"handout-files:{handing.pk}").pk)
    a, b, c, d, e, _f = handing.lines.order_by("position")
    results = HandoutResults(frozenset({a.reference}), {b.reference: "Vắng mặt khi cấp phát"})
    record_handout_results(actor=by, handout=handing, results=results)
    record_proxy(actor=by, line=c, proxy=Proxy("Lê Thị Ba", "con", "Giấy ủy quyền 12/GUQ", "089190000123"))
    cells = {d.reference: {"Kết quả nhận": "x"}, e.reference: {"Kết quả nhận": "Chưa nhận"}}
    content = uploaded(read_file(handing.files.get(kind="list_xlsx").file), cells)
    handing.refresh_from_db()
    upload = check_handout_list(actor=by, handout=handing, content=content, name="danh-sach.xlsx")
    waiting = prepared_handout(rice_list(3, staff=staff), district)
    rice_list(4, staff=staff)
    return Scene(staff, user(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt"), handing, waiting, upload, sent)


@pytest.mark.parametrize("width", [1366, 390], ids=["laptop", "phone"])
def test_pages_have_no_fault_and_do_not_scroll_sideways(
    scene: Scene, site: str, browser: Browser, width: int
) -> None:
    base = f"/goods/handouts/{scene.handing.reference}/"
    line = scene.handing.lines.order_by("-position")[0].reference
    asked = {
        scene.staff.accountant: {
            "stock": "/goods/",
            "store": f"/goods/stores/{scene.handing.store.reference}/",
            "paper-new": "/goods/papers/new/receipt/",
            "transfer-new": "/goods/papers/new/transfer/",
            "handouts": "/goods/handouts/",
            "handout-new": f"/goods/handouts/new/?programme=GAO_HO_TRO&area={DISTRICT}&goods=GAO&decision=&title="
            f"&store={scene.handing.store.reference}",
            "handout": base,
            "handout-close": f"{base}close/",
            "handout-line": f"{base}lines/{line}/",
            "upload": f"{base}upload/{scene.upload.pk}/",
            "donations": "/donations/",
            "donation-new": "/donations/new/",
            "home": "/",
        },
        scene.officer: {"arrival": f"/goods/papers/{scene.sent.reference}/", "stock-commune": "/goods/"},
        scene.staff.approver: {"handout-approve": f"/goods/handouts/{scene.waiting.reference}/approve/"},
    }
    faults: dict[str, list[str]] = {}
    for person, addresses in asked.items():
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        height = 768 if width > 400 else 844
        context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        page = context.new_page()
        for name, address in addresses.items():
            response = page.goto(f"{site}{address}")
            assert response is not None
            assert response.ok, address
            if folder := os.environ.get("GOODS_SHOTS"):
                page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
            faults[address] = _faults(page, width)
        context.close()
    assert {address: found for address, found in faults.items() if found} == {}
