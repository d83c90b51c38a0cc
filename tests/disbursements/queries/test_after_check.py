"""`verify_ledger` ties through a recovery's whole life and unclaimed money, and names what was changed behind the triggers."""

import datetime as dt
from typing import Any

import pytest
from django.db import connections

from disbursements.models import PaymentInstruction, Recovery
from disbursements.queries.ledger_check import Difference, first_difference
from disbursements.services.recoveries import (
    DecisionPaper,
    MoneyPaper,
    WrongPayment,
    hand_back,
    open_recovery,
    record_receipt,
    waive_recovery,
)
from disbursements.services.results import record_all_paid_except
from disbursements.services.unclaimed import UnclaimedPaper, return_unclaimed
from tests.factories import payments as make
from tests.factories.people import DISTRICT

TODAY = dt.date(2021, 9, 27)


@pytest.fixture
def story(committed_db: None, settings: Any) -> list[Recovery]:
    """One recovery back and handed over, one waived after a part, one open; one person's money given back."""
    settings.BUSINESS_DATE = TODAY
    made = make.payable_list(4)
    batch = make.released_batch(made)
    lines = list(PaymentInstruction.objects.filter(batch=batch).order_by("position"))
    me = made.staff.accountant
    record_all_paid_except(actor=me, batch=batch, exceptions={lines[3].reference: "Vắng mặt khi chi trả"})
    opened = []
    for line in lines[:3]:
        wrong = WrongPayment("other", 1_000_000, "Chi sai")
        opened.append(open_recovery(actor=me, line=line, wrong=wrong))
        assert first_difference() is None
    record_receipt(actor=me, recovery=opened[0], paper=MoneyPaper("PT-1", TODAY, 1_000_000))
    assert first_difference() is None
    hand_back(actor=me, recovery=opened[0], paper=MoneyPaper("NN-1", TODAY, 1_000_000))
    record_receipt(actor=me, recovery=opened[1], paper=MoneyPaper("PT-1", TODAY, 300_000))
    waive_recovery(
        actor=me, recovery=opened[1], decision=DecisionPaper("9/QĐ", TODAY, "A"), reason="Không có khả năng"
    )
    record_receipt(actor=me, recovery=opened[2], paper=MoneyPaper("PT-1", TODAY, 1))
    settings.BUSINESS_DATE = TODAY + dt.timedelta(days=90)
    paper = UnclaimedPaper(
        DISTRICT,
        make.PROGRAMME,
        [lines[3].reference],
        "7/TLĐ",
        settings.BUSINESS_DATE,
        people=1,
        amount=make.AMOUNT,
    )
    return_unclaimed(actor=me, paper=paper)
    return opened


def behind(table: str, change: str) -> Difference:
    """What is named after a change that no trigger saw; taken back afterwards by the fixture."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(change)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    found = first_difference()
    assert found is not None
    return found


def test_it_ties_and_a_recovery_that_was_changed_is_named(story: list[Recovery]) -> None:
    assert first_difference() is None
    still_open = story[2].reference
    found = behind(
        "disbursements_recovery",
        f"UPDATE disbursements_recovery SET amount = 900000 WHERE reference = '{still_open}'",
    )
    assert found.check == "recoveries"
    assert found.sentence == (
        f"Sổ cái lệch khoản thu hồi, {still_open}, «Còn phải thu hồi»: phải là 1 người, 899.999 đồng, tìm thấy 1 người,"
        " 999.999 đồng."
    )


def test_receipts_and_people_of_unclaimed_money(story: list[Recovery]) -> None:
    found = behind(
        "disbursements_recoveryreceipt",
        "UPDATE disbursements_recoveryreceipt SET amount = 5 WHERE amount = 300000",
    )
    assert (found.check, found.expected, found.found) == ("recovery_papers", "5 đồng", "300.000 đồng")
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE disbursements_recoveryreceipt DISABLE TRIGGER USER")
        cursor.execute("UPDATE disbursements_recoveryreceipt SET amount = 300000 WHERE amount = 5")
        cursor.execute("ALTER TABLE disbursements_recoveryreceipt ENABLE TRIGGER USER")
    assert first_difference() is None
    found = behind("disbursements_unclaimeditem", "UPDATE disbursements_unclaimeditem SET amount = 5")
    assert (found.check, found.expected, found.found) == (
        "unclaimed",
        "1 người, 5 đồng",
        "1 người, 1.500.000 đồng",
    )
