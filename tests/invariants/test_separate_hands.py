"""I7: who signed a batch does not release it, whatever their desk; I2: a frozen batch pays committed people; I17 as the owner."""

import pytest

from accounts.enums import Role
from core.transitions import TransitionRefused
from disbursements.models import Batch, PaymentInstruction
from disbursements.services.batches import approve_batch, release_batch
from support_programs.models import CaseChild
from support_programs.services.children import add_child
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.payments import (
    AMOUNT,
    approved_list,
    bare_batch,
    bare_line,
    payable_list,
    prepared_batch,
)
from tests.factories.people import DISTRICT, PROVINCE, promoted, user
from tests.invariants.breaking import assert_refused, copy_of, run

pytestmark = pytest.mark.usefixtures("role")
BATCH = "disbursements_batch"


def approved() -> tuple[Batch, int, int]:
    """An approved batch, who made it, and who signed it."""
    made = payable_list(1)
    batch = approve_batch(actor=made.staff.approver, batch=prepared_batch(made))
    return batch, made.staff.accountant.pk, made.staff.approver.pk


def test_who_signed_a_batch_does_not_release_it() -> None:
    made = payable_list(1)
    both = user(Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER, area=PROVINCE)
    batch = approve_batch(actor=both, batch=prepared_batch(made))
    sentence = "Bạn đã ký duyệt đợt chi này nên không được bắt đầu chi. Hãy nhờ kế toán khác."
    with pytest.raises(TransitionRefused, match=sentence):
        release_batch(actor=both, batch=batch)
    batch.refresh_from_db()
    assert (batch.status, batch.released_by_id) == ("approved", None)
    assert PaymentInstruction.objects.get(batch=batch).status == "queued"
    released = release_batch(actor=made.staff.accountant, batch=batch)
    assert released.released_by_id == made.staff.accountant.pk


def test_nor_after_a_move_to_another_desk() -> None:
    made = payable_list(1)
    batch = approve_batch(actor=made.staff.approver, batch=prepared_batch(made))
    later = promoted(made.staff.approver, Role.ACCOUNTANT, area=DISTRICT)
    with pytest.raises(TransitionRefused, match="Bạn đã ký duyệt đợt chi này"):
        release_batch(actor=later, batch=batch)


def test_nor_by_raw_sql() -> None:
    batch, maker, signer = approved()
    release = f"UPDATE {BATCH} SET status = 'released', released_by_id = {{}} WHERE id = {batch.pk}"
    assert_refused(
        (release.format("NULL"), "signed it, or is not named"),
        (release.format(signer), "signed it, or is not named"),
        (f"UPDATE {BATCH} SET released_by_id = {maker} WHERE id = {batch.pk}", "who released a batch stays"),
    )
    release_batch(actor=user(Role.ACCOUNTANT), batch=batch)
    assert_refused(
        (f"UPDATE {BATCH} SET released_by_id = {maker} WHERE id = {batch.pk}", "who released a batch stays"),
        (f"UPDATE {BATCH} SET released_by_id = NULL WHERE id = {batch.pk}", "who released a batch stays"),
    )


@pytest.mark.parametrize("state", ["approved", "cancelled"])
def test_only_committed_people_are_in_a_frozen_batch(state: str) -> None:
    """A line of somebody whose support was cancelled meanwhile, or who was never committed, stops the freeze."""
    batch = bare_batch(user(Role.ACCOUNTANT))
    second = approved_list(1).entitlements[0]
    bare_line(batch, second)
    if state == "cancelled":
        run(f"UPDATE support_programs_entitlement SET status = 'cancelled' WHERE id = {second.pk}")
    sums = f"line_count = 2, total_amount = {2 * AMOUNT}"
    freeze = f"UPDATE {BATCH} SET status = 'prepared', {sums} WHERE id = {batch.pk}"
    assert_refused((freeze, "1 lines of batch .* pay what is not committed"))
    if state == "approved":
        run(f"UPDATE support_programs_entitlement SET status = 'committed' WHERE id = {second.pk}")
        assert run(freeze) == 1


def test_i17_a_child_is_counted_once() -> None:
    who = make.staff()
    first, second = (claims.claim("TAM_HOAN", who.officer) for _parent in range(2))
    add_child(first, typed=claims.child(), actor=who.officer)
    row = CaseChild.objects.get()
    assert_refused(
        (copy_of("support_programs_casechild", f"id = {row.pk}", id="999999"), "child_supplement_once"),
        (copy_of("support_programs_casechild", f"id = {row.pk}", id="999999", case_id=str(second.pk)), "child_supplement_once"),
    )  # fmt: skip
