"""Money comes back in several windows at once: never more of it than is owed."""

import datetime as dt
import threading
from typing import Any

from django.db import connections

from core.transitions import TransitionRefused
from disbursements.models import LedgerPosting, PaymentInstruction, RecoveryReceipt
from disbursements.services.recoveries import MoneyPaper, WrongPayment, open_recovery, record_receipt
from disbursements.services.results import record_all_paid_except
from tests.factories import payments as make

TODAY = dt.date(2021, 9, 27)


def test_receipts_at_once_never_bring_more_than_is_owed(committed_db: None, settings: Any) -> None:
    """Eight windows record the same money under eight numbers: two of them fit."""
    settings.BUSINESS_DATE = TODAY
    made = make.payable_list(1)
    batch = make.released_batch(made)
    record_all_paid_except(actor=made.staff.accountant, batch=batch, exceptions={})
    recovery = open_recovery(
        actor=made.staff.accountant,
        line=PaymentInstruction.objects.get(),
        wrong=WrongPayment("other", 1_000, "Chi sai"),
    )
    outcomes: list[str] = []

    def record(number: int) -> None:
        try:
            paper = MoneyPaper(f"PT-{number}", TODAY, 400)
            record_receipt(actor=made.staff.accountant, recovery=recovery, paper=paper)
            outcomes.append("done")
        except TransitionRefused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=record, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    recovery.refresh_from_db()
    assert sorted(outcomes) == ["done"] * 2 + ["refused"] * 6
    assert (recovery.recovered, RecoveryReceipt.objects.count()) == (800, 2)
    back = LedgerPosting.objects.filter(account="recovered").values_list("amount", flat=True)
    assert sorted(back) == [400, 400]
