"""I1-I8 against statements that no service would write, as the application's role and as the owner of the tables.

Each statement changes rows that are really there: what would change nothing would prove nothing.
"""

import pytest

from disbursements.models import Batch, PaymentInstruction
from disbursements.services.batches import approve_batch, cancel_batch, close_batch, release_batch
from disbursements.services.results import Results, record_all_paid_except, record_results
from tests.factories.payments import (
    ApprovedList,
    Staff,
    approved_list,
    bare_batch,
    payable_list,
    prepared_batch,
    released_batch,
)
from tests.factories.people import OUTSIDE_COMMUNE
from tests.invariants.breaking import ask, assert_refused, copy_of, run

pytestmark = pytest.mark.usefixtures("role")

LINE = "disbursements_paymentinstruction"
BATCH = "disbursements_batch"
OWED = "support_programs_entitlement"


def paid_and_returned() -> tuple[ApprovedList, Batch]:
    """Two people of a batch that is being paid: the first got the money, the second was away."""
    made = payable_list(2)
    batch = released_batch(made)
    first, second = PaymentInstruction.objects.filter(batch=batch).order_by("pk")
    record_results(
        actor=made.staff.accountant,
        batch=batch,
        results=Results(frozenset([first.reference]), {second.reference: "Vắng mặt"}),
    )
    return made, batch


def test_i1_one_live_entitlement_of_a_person() -> None:
    approved_list(2)
    first, second = (row[0] for row in ask(f"SELECT id FROM {OWED} ORDER BY id"))
    again = {"id": "999999", "status": "'proposed'"}
    assert_refused(
        (copy_of(OWED, f"id = {first}", **again), "one_live_entitlement_per_(period|case)"),
        (copy_of(OWED, f"id = {first}", **again, period="'other'", claimant_id=str(second)), "names the claimant"),
        (f"UPDATE {OWED} SET claimant_id = NULL", "entitlement_has_claimant|not rewritten|follow"),
        (f"UPDATE {OWED} SET doubles_id = {second} WHERE id = {first}", "double"),
    )  # fmt: skip


def test_i2_paid_is_final_and_one_live_line_per_entitlement() -> None:
    paid_and_returned()
    paid = f"{LINE}.status = 'paid'"
    commit_and_pay = (
        f"UPDATE {OWED} SET status = 'committed' WHERE status = 'approved'; "
        f"UPDATE {OWED} SET status = 'paid' WHERE status = 'committed'; SET CONSTRAINTS ALL IMMEDIATE"
    )
    assert_refused(
        (f"UPDATE {LINE} SET status = 'returned', result_reason = 'x' WHERE {paid}", "results are final|not allowed"),
        (f"UPDATE {LINE} SET status = 'sent' WHERE {paid}", "results are final|not allowed"),
        (f"UPDATE {LINE} SET resulted_on = '2021-01-01' WHERE {paid}", "results are final"),
        (f"UPDATE {LINE} SET recorded_by_id = 7 WHERE {paid}", "results are final"),
        (f"UPDATE {LINE} SET status = 'paid', result_reason = '' WHERE status = 'returned'", "results are final|not allowed"),
        (f"UPDATE {OWED} SET status = 'approved' WHERE status = 'paid'", "not allowed"),
        (commit_and_pay, "paid by no line"),
        (copy_of(LINE, "status = 'paid'", id="999999", reference="'LC-2021-1'", attempt="2", position="99", status="'queued'"),
         "one_live_instruction_per_entitlement|fit neither"),
    )  # fmt: skip


def test_i3_attempts_count_by_one_and_follow_a_final_answer() -> None:
    made, _batch = paid_and_returned()
    again = bare_batch(made.staff.accountant)
    new = {"id": "999999", "reference": "'LC-2021-1'", "batch_id": str(again.pk), "batch_reference": f"'{again.reference}'",
           "status": "'queued'", "position": "99", "result_reason": "''", "result_code": "''", "resulted_on": "NULL",
           "sent_on": "NULL", "recorded_by_id": "NULL"}  # fmt: skip
    assert_refused(
        *((copy_of(LINE, "status = 'returned'", **new, attempt=n), "attempt|fit neither") for n in ("0", "1", "3", "9")),
        (f"UPDATE {LINE} SET attempt = 2 WHERE status = 'returned'", "snapshots"),
        # while the first attempt has no final answer there is no second, whatever its number
        (copy_of(LINE, f"batch_id = {again.pk}", id="999999", reference="'LC-2021-1'", position="99", attempt="2"), "one_live"),
    )  # fmt: skip
    # what is refused above is the number alone
    row = copy_of(LINE, "status = 'returned'", **new, attempt="2")
    assert run(f"UPDATE {OWED} SET status = 'committed' WHERE status = 'approved'; {row}") == 1


def test_i4_a_request_stays_and_its_key_serves_one_batch() -> None:
    batch = prepared_batch(payable_list(1))
    assert_refused(
        *((f"UPDATE {BATCH} SET {change}", "frozen") for change in (
            "idempotency_key = 'other'", "request_hash = 'x'", f"area_code = '{OUTSIDE_COMMUNE}'", "channel = 'post'",
            "stream = 'x'", "source_code = 'HUYEN'", "decision_number = '1/X'", "is_retry = true", "created_by_id = 1",
            "made_on = '2020-01-01'",
        )),
        (copy_of(BATCH, f"id = {batch.pk}", id="999999", reference="'DC-2021-1'", status="'preparing'"), "idempotency_key"),
    )  # fmt: skip


def test_i5_a_line_stays_in_its_batch() -> None:
    prepared_batch(payable_list(1))
    other = bare_batch(Staff().accountant)
    assert_refused(
        (f"UPDATE {LINE} SET batch_id = {other.pk} WHERE batch_id <> {other.pk}", "snapshots"),
        (copy_of(LINE, f"batch_id <> {other.pk}", id="999999", reference="'LC-2021-1'", batch_id=str(other.pk),
                 batch_reference=f"'{other.reference}'", attempt="2", position="99"), "one_live|fit neither"),
    )  # fmt: skip


def test_i6_a_frozen_batch_equals_its_lines() -> None:
    batch = prepared_batch(payable_list(2))
    assert_refused(
        *((f"UPDATE {BATCH} SET {change}", "frozen") for change in (
            "line_count = 1", "total_amount = total_amount - 1", "due_on = '2030-01-01'", "signatures_needed = 0",
            "warnings = '{\"x\": 1}'",
        )),
        (copy_of(LINE, f"batch_id = {batch.pk}", id="999999", reference="'LC-2021-1'", position="99", attempt="2"),
         "fit neither|one_live"),
        (f"DELETE FROM {LINE}", "never deleted|permission denied"),
    )  # fmt: skip


def test_i6_nothing_is_frozen_that_does_not_tie() -> None:
    bare_batch(Staff().accountant)
    assert_refused(
        *((f"UPDATE {BATCH} SET status = 'prepared', {wrong}", "its lines are|prepared_batch_has_lines") for wrong in (
            "line_count = 2", "total_amount = total_amount + 1", "total_amount = 0, line_count = 0",
        )),
    )  # fmt: skip


def test_i7_each_desk_is_another_person() -> None:
    made = payable_list(1)
    batch = prepared_batch(made)
    who = made.staff
    sign = (
        "INSERT INTO disbursements_batchsignature (batch_id, area_code, ordinal, signer_id, signer_name, signed_on, signed_at) "
        f"VALUES ({batch.pk}, '{batch.area_code}', 1, {{}}, 'x', '2021-09-27', now())"
    )
    worked = (who.enterer, who.appraiser, who.list_approver, who.money_appraiser, who.money_approver)
    assert_refused(
        *((sign.format(person.pk), "worked on its people") for person in worked),
        (sign.format(who.accountant.pk), "by who made it"),
        *((f"UPDATE {BATCH} SET status = 'approved', approved_by_id = {person.pk}", "worked on its people|lacks signatures")
          for person in worked),
        (f"UPDATE {BATCH} SET status = 'approved', approved_by_id = {who.accountant.pk}", "batch_approver_did_not_make_it"),
        (f"UPDATE {BATCH} SET status = 'approved', approved_by_id = NULL", "names_its_approver"),
        (f"UPDATE {BATCH} SET status = 'approved', approved_by_id = {who.approver.pk}", "lacks signatures"),
        (f"UPDATE {BATCH} SET created_by_id = {who.enterer.pk}", "frozen"),
    )  # fmt: skip


def test_i7_a_signature_stays_and_is_of_who_approved() -> None:
    made = payable_list(1)
    batch = prepared_batch(made)
    approve_batch(actor=made.staff.approver, batch=batch)
    signature = "disbursements_batchsignature"
    assert_refused(
        (f"UPDATE {signature} SET signer_id = 7", "signatures stay"),
        (f"DELETE FROM {signature}", "signatures stay|permission denied"),
        (copy_of(signature, "true", id="999999", ordinal="2"), "signs_a_batch_once"),
        (copy_of(signature, "true", id="999999", ordinal="2", signer_id="7"), "not prepared"),
        (f"UPDATE {BATCH} SET approved_by_id = 7", "frozen"),
        (f"UPDATE {BATCH} SET approved_at = now() - interval '1 day'", "frozen"),
    )  # fmt: skip


def test_i7_results_name_somebody_else() -> None:
    made = payable_list(1)
    released_batch(made)
    assert_refused(
        (f"UPDATE {LINE} SET status = 'paid'", "names_its_recorder"),
        *((f"UPDATE {LINE} SET status = 'paid', recorded_by_id = {column}", "recorder_did_not_enter_or_approve")
          for column in ("entered_by_id", "list_approved_by_id")),
    )  # fmt: skip


@pytest.mark.parametrize("state", ["preparing", "prepared", "approved", "released", "closed", "cancelled"])
def test_i8_no_jump_that_the_table_does_not_list(state: str) -> None:
    made = payable_list(1)
    batch = bare_batch(made.staff.accountant) if state == "preparing" else prepared_batch(made)
    if state in ("approved", "released", "closed"):
        batch = approve_batch(actor=made.staff.approver, batch=batch)
    if state in ("released", "closed"):
        release_batch(actor=made.staff.accountant, batch=batch)
    if state == "closed":
        record_all_paid_except(actor=made.staff.accountant, batch=batch, exceptions={})
        close_batch(actor=made.staff.accountant, batch=batch)
    if state == "cancelled":
        cancel_batch(actor=made.staff.accountant, batch=batch, reason="Nhầm")
    allowed = {
        "preparing": {"prepared", "cancelled"}, "prepared": {"approved", "cancelled"}, "approved": {"released", "cancelled"},
        "released": {"closed"}, "closed": set(), "cancelled": set(),
    }[state]  # fmt: skip
    jumps = {"preparing", "prepared", "approved", "released", "closed", "cancelled"} - allowed - {state}
    assert_refused(
        *((f"UPDATE {BATCH} SET status = '{to}' WHERE id = {batch.pk}", "not allowed") for to in sorted(jumps)),
        *((f"UPDATE {LINE} SET status = '{to}' WHERE batch_id = {batch.pk}", "not allowed|results are final|not allow it")
          for to in sorted({"queued", "sent", "unknown", "paid", "returned", "failed", "cancelled"} - {line_state(batch)})
          if (line_state(batch), to) not in {("sent", "unknown"), ("sent", "paid"), ("sent", "returned"), ("sent", "failed")}),
        (f"UPDATE {BATCH} SET status = 'gone' WHERE id = {batch.pk}", "not allowed|batch_status_known"),
    )  # fmt: skip


def line_state(batch: Batch) -> str:
    return PaymentInstruction.objects.values_list("status", flat=True).get(batch=batch)
