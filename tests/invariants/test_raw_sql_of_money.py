"""I9-I11, I15, I16 against statements that no service would write, as the application's role and as the owner of the tables.

Each statement changes rows that are really there: what would change nothing would prove nothing.
"""

import pytest

from disbursements.models import Batch, BudgetLine, PaymentInstruction
from disbursements.services.results import Results, record_results
from tests.factories.payments import (
    AMOUNT,
    ApprovedList,
    allocation,
    approved_list,
    bare_batch,
    bare_line,
    budget_line,
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


def test_i9_money_is_whole_above_nothing_and_within_the_cap() -> None:
    made = approved_list(1)
    again = bare_batch(made.staff.accountant)
    line = {"id": "999999", "reference": "'LC-2021-1'", "position": "99", "attempt": "2"}
    arrived = (
        "INSERT INTO disbursements_allocation (reference, area_code, programme_id, decision_id, line_id, document_number, "
        "allocated_on, amount, recorded_by_id, created_at) SELECT 'PB-1', area_code, programme_id, decision_id, id, 'x', "
        "'2021-09-24', {}, 1, now() FROM disbursements_budgetline"
    )
    assert_refused(
        *((copy_of(LINE, f"batch_id = {again.pk}", **line, amount=amount), "instruction_amount_within_cap")
          for amount in ("0", "-1", f"{AMOUNT + 1}")),
        (f"UPDATE {OWED} SET amount = cap + 1", "within_cap|not rewritten"),
        (f"UPDATE {OWED} SET amount = 0", "within_cap|not rewritten"),
        *((arrived.format(amount), "allocation_amount_positive") for amount in (0, -5)),
    )  # fmt: skip
    money = ask(
        "SELECT table_name || '.' || column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' "
        "AND table_name ~ '^disbursements_|^support_programs_(case|entitlement|approvaldecision)$' "
        "AND column_name ~ '(^|_)amount$|^cap$|^amount_' AND column_name !~ '^typed_'"
    )
    assert len(money) > 12
    assert [row for row in money if row[1] != "bigint"] == []


def test_i10_a_budget_line_follows_the_ledger_and_never_falls_below_nothing(role: str) -> None:
    made = payable_list(2)
    other = approved_list(1, staff=made.staff)
    line, to = budget_line(made), budget_line(other)
    other_programme = "SELECT code FROM support_programs_programme"
    move = (
        "INSERT INTO disbursements_budgetmovement (reference, area_code, kind, line_id, to_line_id, allocation_id, amount, "
        "document_number, moved_on, reason, recorded_by_id, recorded_by_name, created_at) VALUES "
        f"('CK-1', '{line.area_code}', {{}}, {{}}, '5/STC', '2021-09-24', 'x', 1, 'x', now())"
    )
    paper = ask("SELECT id FROM disbursements_allocation")[0][0]
    line_table = "disbursements_budgetline"
    assert_refused(
        (move.format("'return'", f"{line.pk}, NULL, NULL, {2 * AMOUNT + 1}"), "budget_line_not_exceeded"),
        (move.format("'transfer'", f"{line.pk}, {to.pk}, NULL, {AMOUNT + 1}"), "allotted"),
        (move.format("'transfer'", f"{line.pk}, {line.pk}, NULL, 1"), "transfer_has_two_lines"),
        (move.format("'transfer'", f"{line.pk}, NULL, NULL, 1"), "transfer_has_two_lines"),
        (move.format("'return'", f"{line.pk}, NULL, NULL, 0"), "movement_amount_positive"),
        (move.format("'correction'", f"{line.pk}, NULL, {paper}, 1"), "does not take its allocation back"),
        (move.format("'correction'", f"{to.pk}, NULL, {paper}, {2 * AMOUNT}"), "does not take its allocation back"),
        (f"UPDATE {line_table} SET area_code = '{OUTSIDE_COMMUNE[:5]}'", "stays what it is|permission denied"),
        (f"UPDATE {line_table} SET available = -1", "budget_line_not_exceeded|permission denied"),
        (copy_of(line_table, f"id = {line.pk}", id="999999", reference="'KP-1'", stream="'khac'"), "begins empty"),
        (f"DELETE FROM {line_table}", "never deleted|permission denied|violates foreign key"),
    )  # fmt: skip
    assert ask(other_programme)
    if role == "app":
        assert_refused((f"UPDATE {line_table} SET available = available + 1000", "permission denied"))


def test_i10_what_the_ledger_does_not_hold_is_not_committed() -> None:
    made = approved_list(2)
    allocation(made, amount=AMOUNT)
    batch = bare_batch(made.staff.accountant)
    bare_line(batch, made.entitlements[0])
    second = made.entitlements[1]
    assert_refused(
        (copy_of(LINE, f"entitlement_id = {made.entitlements[0].pk}", id="999999", reference="'LC-2021-1'", position="99",
                 entitlement_id=str(second.pk), case_reference=f"'{second.reference}'", payee_name=f"'{second.payee_name}'",
                 payee_number_last3=f"'{second.payee_number_last3}'"), "budget_line_not_exceeded"),
    )  # fmt: skip


def test_i11_a_line_is_a_snapshot() -> None:
    prepared_batch(payable_list(1, with_accounts=1), channel="bank")
    frozen = [
        "amount = amount - 1", "cap = cap + 1", "payee_name = 'Kẻ khác'", "payee_number_last3 = '999'", "account_last3 = '111'",
        "account_holder = 'X'", "bank_name = 'X'", "bank_bin = '000000'", "hamlet = 'x'", "birth_year = 1900",
        "version_hash = 'x'", f"area_code = '{OUTSIDE_COMMUNE}'", "channel = 'cash'", "decision_number = '1/X'",
        "entered_by_id = 1", "list_approved_by_id = 1", "money_approved_by_id = 1", "batched_by_id = 1",
        "budget_line_id = budget_line_id + 1", "case_reference = 'HS-1'", "position = 9", "reference = 'LC-1'",
        "entitlement_id = entitlement_id + 1",
    ]  # fmt: skip
    assert_refused(
        *((f"UPDATE {LINE} SET {change}", "snapshots") for change in frozen),
        *((f"UPDATE {OWED} SET {change} WHERE status = 'committed'", "not rewritten|approvals are final")
          for change in ("amount = amount - 1", "payee_name = 'X'", "version_hash = 'x'", "decision_id = NULL",
                         "money_approved_by_id = 1")),
    )  # fmt: skip


def test_i11_the_account_that_is_paid_to_stays(role: str) -> None:
    prepared_batch(payable_list(1, with_accounts=1), channel="bank")
    attempts = [
        f"UPDATE {LINE} SET {column} = decode('00', 'hex')"
        for column in ("account_encrypted", "account_index", "payee_number_encrypted")
    ]
    if role == "app":
        assert_refused(*((statement, "rewritten by its owner only") for statement in attempts))
    else:
        # the owner encrypts anew under another key: said in docs/decisions.md
        assert [run(statement) for statement in attempts] == [1, 1, 1]


def test_i15_nothing_is_closed_that_does_not_tie() -> None:
    made = payable_list(2)
    batch = released_batch(made)
    first = PaymentInstruction.objects.filter(batch=batch).order_by("pk")[0]
    results = Results(frozenset([first.reference]), {})
    record_results(actor=made.staff.accountant, batch=batch, results=results)
    close = f"UPDATE {BATCH} SET status = 'closed'"
    assert_refused(
        (close, "stand in the way"),
        (f"UPDATE {LINE} SET status = 'unknown' WHERE status = 'sent'; {close}", "stand in the way"),
        (f"UPDATE {LINE} SET status = 'cancelled' WHERE status = 'sent'; {close}", "not allowed|not allow it"),
    )  # fmt: skip


def test_i16_papers_files_and_the_ledger_only_grow() -> None:
    paid_and_returned()
    assert BudgetLine.objects.exists()
    ledger = "disbursements_ledgerposting"
    assert_refused(
        ("UPDATE disbursements_allocation SET amount = amount - 1", "a correction is a new row"),
        ("UPDATE disbursements_allocation SET document_number = 'x'", "a correction is a new row"),
        ("DELETE FROM disbursements_allocation", "never deleted|permission denied|foreign key"),
        ("DELETE FROM disbursements_batch", "never deleted|permission denied|foreign key"),
        (f"UPDATE {ledger} SET amount = -amount", "only grows|permission denied"),
        (f"UPDATE {ledger} SET kind = 'payment'", "only grows|permission denied"),
        (f"DELETE FROM {ledger}", "only grows|permission denied"),
        (copy_of(ledger, f"id = (SELECT min(id) FROM {ledger})", id="999999"), "do not sum to 0|permission denied"),
        ("UPDATE disbursements_budgetmovement SET amount = 1", "a correction is a new row"),
        ("UPDATE disbursements_paymentfile SET sha256 = 'x'", "made once"),
    )  # fmt: skip


def test_i16_the_ledger_is_posted_by_the_database_alone(role: str) -> None:
    payable_list(1)
    if role == "app":
        assert_refused(
            (copy_of("disbursements_ledgerposting", "true", id="999999"), "permission denied"),
            ("SELECT post_move('2021-01-01', 'x', 'available', 'paid', '89', 'x', 1, NULL, 'x', 1, 1)", "permission denied"),
            ("SELECT post_history()", "permission denied"),
        )  # fmt: skip
