"""axe-core over the pages of what follows a payment, on an officer's screen and on a phone."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Person
from disbursements.models import CallbackSample, PaymentInstruction, Recovery, UnclaimedReturn
from disbursements.queries.callbacks import SampleScope
from disbursements.services.callbacks import CallAnswer, SampleSize, draw_sample, record_call
from disbursements.services.recoveries import (
    DecisionPaper,
    Due,
    MoneyPaper,
    WrongPayment,
    hand_back,
    open_recovery,
    plan_instalments,
    record_receipt,
    record_recovery_decision,
)
from disbursements.services.results import record_all_paid_except
from disbursements.services.unclaimed import UnclaimedPaper, return_unclaimed
from tests.browser.test_register_accessibility import _faults
from tests.factories import payments as make
from tests.factories.people import DISTRICT, user

pytestmark = [pytest.mark.browser, pytest.mark.tour]

PAID_ON, TODAY = dt.date(2021, 6, 20), dt.date(2021, 9, 27)
GROUP = f"/payments/unclaimed/of/{DISTRICT}/{make.PROGRAMME}/"


@pytest.fixture
def officers(committed_db: None, settings: Any) -> dict[str, User]:
    """Twelve people paid in June but four who were not; one recovery under way, one paper of unclaimed money, one sample."""
    settings.BUSINESS_DATE = PAID_ON
    made = make.payable_list(12, with_accounts=12)
    batch = make.released_batch(made, channel="bank")
    lines = list(PaymentInstruction.objects.filter(batch=batch).order_by("position"))
    reasons = (
        "Vắng mặt khi chi trả",
        "Sai số tài khoản",
        "Đã chuyển đi nơi khác",
        "Tài khoản đã đóng tại ngân hàng",
    )
    unpaid = dict(zip((line.reference for line in lines[:4]), reasons, strict=True))
    accountant = made.staff.accountant
    record_all_paid_except(actor=accountant, batch=batch, exceptions=unpaid)
    Person.objects.update(phone="0918000123")
    wrong = WrongPayment("not_entitled", 1_000_000, "Đang đóng bảo hiểm xã hội bắt buộc tại công ty.")
    recovery = open_recovery(actor=accountant, line=lines[5], wrong=wrong)
    dues = [Due(dt.date(2021, month, 15), 250_000) for month in (7, 8, 10, 11)]
    plan_instalments(actor=accountant, recovery=recovery, dues=dues)
    settings.BUSINESS_DATE = TODAY
    decision = DecisionPaper("15/QĐ-UBND", TODAY, "Trần Văn Nam")
    record_recovery_decision(actor=accountant, recovery=recovery, decision=decision)
    record_receipt(actor=accountant, recovery=recovery, paper=MoneyPaper("PT-0012", TODAY, 300_000))
    hand_back(actor=accountant, recovery=recovery, paper=MoneyPaper("NNS-04", TODAY, 200_000))
    paper = UnclaimedPaper(
        DISTRICT, make.PROGRAMME, [lines[0].reference], "77/TLĐTBXH", TODAY, people=1, amount=make.AMOUNT
    )
    return_unclaimed(actor=accountant, paper=paper)
    caller = user(Role.PROVINCIAL_REVIEWER, name="Nguyễn Thị Kiều Oanh")
    sample = draw_sample(actor=caller, scope=SampleScope("89"), size=SampleSize(people=4), seed="2021-09")
    first, second, *_rest = sample.items.order_by("position")
    record_call(actor=caller, item=first, answer=CallAnswer("full"))
    record_call(actor=caller, item=second, answer=CallAnswer("not_received", note="Nói chưa ai đưa tiền"))
    officer = user(Role.DISTRICT_OFFICER, name="Phạm Thị Cẩm Tú")
    return {"accountant": accountant, "caller": caller, "officer": officer}


@pytest.mark.parametrize("width", [1366, 390], ids=["laptop", "phone"])
def test_pages_have_no_fault_and_do_not_scroll_sideways(
    officers: dict[str, User], site: str, browser: Browser, width: int
) -> None:
    recovery = f"/recoveries/{Recovery.objects.get().reference}/"
    unclaimed = UnclaimedReturn.objects.get()
    gone = f"/payments/unclaimed/{unclaimed.reference}/"
    reopened = unclaimed.items.get().instruction.reference
    calls = f"/callbacks/{CallbackSample.objects.get().reference}/"
    paid = PaymentInstruction.objects.filter(status="paid", recoveries__isnull=True).first()
    assert paid is not None
    asked = {
        "accountant": {
            "returned": "/payments/returned/",
            "unclaimed": "/payments/unclaimed/",
            "unclaimed-group": GROUP,
            "unclaimed-page": gone,
            "unclaimed-reopen": f"{gone}people/{reopened}/reopen/",
            "recoveries": "/recoveries/",
            "recovery": recovery,
            "recovery-find": f"/recoveries/new/?q={paid.case_reference}",
            "recovery-new": f"/recoveries/new/?line={paid.reference}",
            "recovery-plan": f"{recovery}plan/?count=3&first=31/10/2021",
            "recovery-receipt": f"{recovery}receipt/",
            "recovery-waive": f"{recovery}waive/",
        },
        "caller": {
            "calls": "/callbacks/",
            "calls-new": "/callbacks/new/",
            "calls-page": calls,
            "calls-answered": f"{calls}2/",
            "calls-open": f"{calls}3/",
        },
        "officer": {"returned-officer": "/payments/returned/", "recovery-officer": recovery},
    }
    faults: dict[str, list[str]] = {}
    for who, addresses in asked.items():
        client = Client()
        client.force_login(officers[who], backend="django.contrib.auth.backends.ModelBackend")
        context = browser.new_context(viewport={"width": width, "height": 768}, bypass_csp=True)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        page = context.new_page()
        for name, address in addresses.items():
            response = page.goto(f"{site}{address}")
            assert response is not None
            assert response.ok, address
            if folder := os.environ.get("JOURNEY_SHOTS"):
                page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
            faults[address] = _faults(page, width)
        if who == "accountant":
            page.goto(f"{site}{GROUP}")
            page.locator("main [name=pick_all]").check()
            page.locator("main").get_by_role("button", name="Hoàn trả ngân sách").click()
            page.wait_for_load_state()
            if folder := os.environ.get("JOURNEY_SHOTS"):
                page.screenshot(path=Path(folder) / f"unclaimed-confirm-{width}.png", full_page=True)
            faults["confirm"] = _faults(page, width)
        context.close()
    assert {address: found for address, found in faults.items() if found} == {}
