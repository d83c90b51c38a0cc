"""Many people at once: exactly one succeeds, the others hear why not (F1, F2)."""

import pytest

from accounts.enums import Role
from core.fence import fenced
from core.models import Event
from disbursements.models import Batch, PaymentInstruction
from disbursements.services.batches import approve_batch, close_batch
from disbursements.services.building import prepare_batch
from disbursements.services.requests import request_batch
from disbursements.services.results import record_all_paid_except
from support_programs.models import Entitlement
from tests.factories.payments import PROGRAMME, payable_list, prepared_batch, released_batch, request_for
from tests.factories.people import COMMUNE, DISTRICT, user
from tests.infrastructure.crowds import at_once

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_db")]
# as many as work in the province at one time; the server takes a hundred connections
THREADS = 50


def test_the_same_request_from_many_tabs_is_one_batch() -> None:
    made = payable_list(5)
    results, refusals = at_once(
        lambda n: request_batch(actor=made.staff.accountant, request=request_for("tab")).pk, THREADS
    )
    assert (len(set(results)), refusals) == (1, [])
    assert Batch.objects.count() == 1


def test_different_requests_for_one_area_give_one_batch() -> None:
    made = payable_list(5)
    results, refusals = at_once(
        lambda n: request_batch(actor=made.staff.accountant, request=request_for(f"r{n}")).pk, THREADS
    )
    assert (len(results), len(refusals)) == (1, THREADS - 1)
    assert all("đang được lập" in text or "Đang lập một đợt chi khác" in text for text in refusals)
    assert Batch.objects.count() == 1


def test_one_batch_is_built_once_by_many_workers() -> None:
    made = payable_list(40)
    batch = request_batch(actor=made.staff.accountant, request=request_for())

    def build(number: int) -> str:
        with fenced(made.staff.accountant.pk, DISTRICT):
            return prepare_batch(batch=batch, actor=made.staff.accountant).status

    results, _refusals = at_once(build, THREADS)
    assert results == ["prepared"] * THREADS
    assert PaymentInstruction.objects.count() == 40
    assert Event.objects.filter(action="entitlement.commit").count() == 40


def test_two_batches_over_the_same_people_take_everybody_once() -> None:
    made = payable_list(40)
    batches = [
        Batch.objects.create(
            reference=f"DC-2021-7{n}", area_code=area, status="preparing", programme_id=PROGRAMME, title="x", channel="cash",
            idempotency_key=f"two{n}", request_hash="h", created_by_id=made.staff.accountant.pk, created_by_name="x",
        )
        for n, area in enumerate((DISTRICT, COMMUNE))
    ]  # fmt: skip

    def build(number: int) -> str:
        with fenced(made.staff.accountant.pk, DISTRICT):
            return prepare_batch(batch=batches[number], actor=made.staff.accountant).reference

    results, refusals = at_once(build, threads=2)
    assert (len(results), len(refusals)) == (1, 1)
    assert "Không còn ai để chi" in refusals[0]
    assert PaymentInstruction.objects.count() == Entitlement.objects.filter(status="committed").count() == 40


def test_many_approvers_approve_once() -> None:
    batch = prepared_batch(payable_list(2))
    approvers = [user(Role.PROVINCIAL_APPROVER) for _ in range(THREADS)]
    results, refusals = at_once(
        lambda n: approve_batch(actor=approvers[n], batch=batch).approved_by_id, THREADS
    )
    batch.refresh_from_db()
    assert results == [batch.approved_by_id]
    assert refusals == ["Không làm được khi đang ở trạng thái «Đã duyệt»."] * (THREADS - 1)
    assert Event.objects.filter(action="batch.approve").count() == 1


def test_results_and_lock_at_once_stay_exact() -> None:
    made = payable_list(30)
    batch = released_batch(made)

    def work(number: int) -> object:
        if number % 2:
            return close_batch(actor=made.staff.accountant, batch=batch).status
        return record_all_paid_except(actor=made.staff.accountant, batch=batch, exceptions={}).paid

    at_once(work, THREADS)
    assert PaymentInstruction.objects.filter(status="paid").count() == 30
    assert Event.objects.filter(action="instruction.pay").count() == 30
    assert set(Entitlement.objects.values_list("status", flat=True)) == {"paid"}
