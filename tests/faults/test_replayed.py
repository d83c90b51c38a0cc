"""F2: the same form sent twice, from a second tab or after going back: a page each time, one effect."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core.models import Event
from disbursements.models import Batch, BatchSignature, BudgetMovement, LedgerPosting, PaymentInstruction
from disbursements.services.batches import approve_batch, release_batch
from disbursements.services.results import Results, record_results
from support_programs.models import Entitlement
from tests.factories.payments import payable_list, prepared_batch
from tests.invariants.whole import broken

pytestmark = pytest.mark.django_db
Send = Callable[[User, str, Mapping[str, Any]], None]


def everything() -> dict[str, list[Any]]:
    return {
        "batches": list(Batch.objects.order_by("pk").values("status", "version", "line_count", "approved_by_id")),
        "lines": list(PaymentInstruction.objects.order_by("pk").values("status", "version", "attempt")),
        "owed": list(Entitlement.objects.order_by("pk").values("status", "version")),
        "signatures": list(BatchSignature.objects.order_by("pk").values("signer_id", "ordinal")),
        "papers": list(BudgetMovement.objects.order_by("pk").values("reference", "amount")),
        "ledger": list(LedgerPosting.objects.order_by("pk").values("account", "amount")),
        "log": sorted(Counter(Event.objects.exclude(action__startswith="record.").values_list("action", flat=True)).items()),
    }  # fmt: skip


@pytest.fixture
def twice(client: Client) -> Send:
    """Send a form, and again as it was: the second answer is a page too, and nothing is other than after the first."""

    def send(person: User, path: str, body: Mapping[str, Any]) -> None:
        client.force_login(person)
        first = client.post(path, body)
        assert first.status_code == 302, (path, first.status_code, first.content.decode()[:3000])
        after = everything()
        again = client.post(path, body)
        assert again.status_code in (302, 422), (path, again.status_code)
        assert everything() == after, path
        assert broken() == []

    return send


def test_every_form_from_the_approval_to_the_lock(twice: Send) -> None:
    made = payable_list(3)
    batch = prepared_batch(made)
    accountant, approver = made.staff.accountant, made.staff.approver
    address = f"/batches/{batch.reference}/"
    twice(approver, f"{address}approve/", {"version": batch.version})
    twice(accountant, f"{address}release/", {"version": batch.version})
    first, second, _third = PaymentInstruction.objects.filter(batch=batch).order_by("pk")
    twice(accountant, f"{address}results/", {"action": "paid", "pick": [first.reference], "confirm": "1"})
    away = {f"{second.reference}-choice": "absent"}
    twice(
        accountant,
        f"{address}results/",
        {"action": "except", "pick": [second.reference], "confirm": "1", **away},
    )
    twice(accountant, f"{address}close/", {"version": batch.version})
    assert sorted(PaymentInstruction.objects.values_list("status", flat=True)) == ["paid", "paid", "returned"]


def test_a_cancelled_batch_is_cancelled_once(twice: Send) -> None:
    made = payable_list(2)
    batch = prepared_batch(made)
    twice(made.staff.accountant, f"/batches/{batch.reference}/cancel/", {"reason": "Lập nhầm", "version": 1})
    assert set(Entitlement.objects.values_list("status", flat=True)) == {"approved"}


def test_two_tabs_with_different_answers_about_one_person(client: Client) -> None:
    made = payable_list(1)
    batch = prepared_batch(made)
    approve_batch(actor=made.staff.approver, batch=batch)
    release_batch(actor=made.staff.accountant, batch=batch)
    line = PaymentInstruction.objects.get(batch=batch)
    client.force_login(made.staff.accountant)
    address = f"/batches/{batch.reference}/results/"
    paid = client.post(address, {"action": "paid", "pick": [line.reference], "confirm": "1"})
    assert paid.status_code == 302
    after = everything()
    other = {"action": "returned", "pick": [line.reference], "confirm": "1", f"{line.reference}-choice": "absent"}  # fmt: skip
    answer = client.post(address, other, follow=True)
    assert "giữ nguyên" in answer.content.decode()
    assert everything() == after
    results = Results(returned={line.reference: "Vắng mặt"})
    report = record_results(actor=made.staff.accountant, batch=batch, results=results)
    assert (report.paid, report.returned, len(report.refused)) == (0, 0, 1)
