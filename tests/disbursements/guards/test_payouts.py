"""I2-I7, I9, I11, I15 against raw SQL: what the services refuse, the database refuses too."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.enums import Role
from disbursements.models import PaymentInstruction
from disbursements.services.results import record_all_paid_except
from tests.factories.payments import (
    AMOUNT,
    allocation,
    approved_list,
    bare_batch,
    bare_line,
    payable_list,
    prepared_batch,
    released_batch,
)
from tests.factories.people import COMMUNE, OUTSIDE_COMMUNE, user

pytestmark = pytest.mark.django_db


def run(sql: str, *params: object) -> None:
    """One statement as the application's role, its deferred checks included."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(match: str) -> Any:
    return pytest.raises(IntegrityError, match=match)


class TestOneLiveLine:
    def test_a_second_live_line_is_refused(self) -> None:
        batch = prepared_batch(payable_list(1))
        line = PaymentInstruction.objects.get(batch=batch)
        second = bare_batch(user(Role.ACCOUNTANT))
        with refused("one_live_instruction_per_entitlement"), transaction.atomic():
            bare_line(second, line.entitlement, attempt=2)

    def test_paid_is_final(self) -> None:
        made = payable_list(1)
        batch = released_batch(made)
        record_all_paid_except(actor=made.staff.accountant, batch=batch, exceptions={})
        for change in (
            "status = 'returned', result_reason = 'x'",
            "resulted_on = '2021-01-01'",
            "recorded_by_id = 7",
        ):
            with refused(r"results are final|not allowed"):
                run(f"UPDATE disbursements_paymentinstruction SET {change}")
        with refused("not allowed"):
            run("UPDATE support_programs_entitlement SET status = 'approved'")


class TestAttempts:
    @pytest.mark.parametrize("attempt", [2, 7])
    def test_an_attempt_does_not_jump(self, attempt: int) -> None:
        batch = bare_batch(user(Role.ACCOUNTANT))
        entitlement = approved_list(1).entitlements[0]
        with refused("does not follow the one before"), transaction.atomic():
            bare_line(batch, entitlement, attempt=attempt)


class TestRequestOnce:
    def test_a_key_serves_one_batch(self) -> None:
        first = bare_batch(user(Role.ACCOUNTANT))
        second = bare_batch(user(Role.ACCOUNTANT))
        with refused("idempotency_key|a prepared batch is frozen"):
            run(
                "UPDATE disbursements_batch SET idempotency_key = %s WHERE id = %s",
                first.idempotency_key,
                second.pk,
            )

    @pytest.mark.parametrize(
        "change",
        ["request_hash = 'x'", f"area_code = '{OUTSIDE_COMMUNE}'", "channel = 'post'", "created_by_id = 1"],
    )
    def test_what_was_asked_for_never_changes(self, change: str) -> None:
        bare_batch(user(Role.ACCOUNTANT))
        with refused("a prepared batch is frozen"):
            run(f"UPDATE disbursements_batch SET {change}")


class TestFrozen:
    def test_a_line_joins_no_prepared_batch(self) -> None:
        batch = bare_batch(user(Role.ACCOUNTANT), is_prepared=True)
        with refused("fit neither an open batch"), transaction.atomic():
            bare_line(batch, approved_list(1).entitlements[0])

    @pytest.mark.parametrize(
        "change",
        [
            "amount = amount - 1", "payee_name = 'Kẻ khác'", "payee_number_last3 = '999'", "account_last3 = '111'",
            "batch_id = batch_id + 1", "entitlement_id = entitlement_id + 1", "attempt = 9", "position = 99",
            "version_hash = 'x'", f"area_code = '{OUTSIDE_COMMUNE}'", "money_approved_by_id = 1", "hamlet = 'x'", "cap = cap * 2",
        ],
    )  # fmt: skip
    def test_a_line_never_changes(self, change: str) -> None:
        bare_batch(user(Role.ACCOUNTANT), is_prepared=True)
        with refused("payment lines are snapshots"):
            run(f"UPDATE disbursements_paymentinstruction SET {change}")

    @pytest.mark.parametrize("counts", ["line_count = 2", "total_amount = total_amount + 1"])
    def test_count_and_sum_equal_the_lines_at_the_freeze(self, counts: str) -> None:
        bare_batch(user(Role.ACCOUNTANT))
        with refused("its lines are"):
            run(f"UPDATE disbursements_batch SET status = 'prepared', {counts}")

    def test_count_and_sum_stay_afterwards(self) -> None:
        bare_batch(user(Role.ACCOUNTANT), is_prepared=True)
        with refused("a prepared batch is frozen"):
            run("UPDATE disbursements_batch SET total_amount = 1")

    def test_more_than_what_was_allocated_is_not_committed(self) -> None:
        made = approved_list(2)
        allocation(made, amount=AMOUNT)
        batch = bare_batch(made.staff.accountant)
        first, second = made.entitlements
        bare_line(batch, first)
        with refused("budget_line_not_exceeded"), transaction.atomic():
            bare_line(batch, second)


class TestSnapshot:
    @pytest.mark.parametrize(
        "other",
        [
            {"amount": AMOUNT - 1}, {"cap": AMOUNT * 2}, {"payee_name": "Kẻ khác"}, {"payee_number_last3": "000"},
            {"area_code": OUTSIDE_COMMUNE}, {"money_approved_by_id": 1}, {"version_hash": "x"}, {"channel": "post"},
            {"batch_reference": "DC-2021-00000000"}, {"case_reference": "HS-2021-00000000"},
        ],
    )  # fmt: skip
    def test_a_line_equals_its_entitlement(self, other: dict[str, Any]) -> None:
        batch = bare_batch(user(Role.ACCOUNTANT))
        with refused("fit neither an open batch nor their entitlement"), transaction.atomic():
            bare_line(batch, approved_list(1).entitlements[0], **other)


class TestSeparation:
    def test_the_maker_is_not_the_approver(self) -> None:
        maker = user(Role.ACCOUNTANT)
        bare_batch(maker, is_prepared=True)
        with refused("batch_approver_did_not_make_it"):
            run("UPDATE disbursements_batch SET status = 'approved', approved_by_id = %s", maker.pk)

    @pytest.mark.parametrize(
        "desk",
        [
            "entered_by_id",
            "appraised_by_id",
            "list_approved_by_id",
            "money_appraised_by_id",
            "money_approved_by_id",
        ],
    )
    def test_who_worked_on_its_people_is_not_the_approver(self, desk: str) -> None:
        batch = bare_batch(user(Role.ACCOUNTANT), is_prepared=True)
        worker = PaymentInstruction.objects.values_list(f"entitlement__{desk}", flat=True).get(batch=batch)
        with refused("worked on its people"):
            run("UPDATE disbursements_batch SET status = 'approved', approved_by_id = %s", worker)

    @pytest.mark.parametrize("result", ["status = 'paid'", "status = 'returned', result_reason = 'x'"])
    def test_a_result_names_who_recorded_it(self, result: str) -> None:
        released_batch(payable_list(1))
        with refused("result_names_its_recorder"):
            run(f"UPDATE disbursements_paymentinstruction SET {result}")

    def test_an_approval_names_a_person(self) -> None:
        bare_batch(user(Role.ACCOUNTANT), is_prepared=True)
        with refused("approved_batch_names_its_approver"):
            run("UPDATE disbursements_batch SET status = 'approved'")

    @pytest.mark.parametrize("field", ["entered_by_id", "list_approved_by_id"])
    def test_the_maker_neither_entered_nor_approved(self, field: str) -> None:
        made = approved_list(1)
        entitlement = made.entitlements[0]
        batch = bare_batch(user(Role.ACCOUNTANT))
        with refused("batch_maker_did_not_enter_or_approve|fit neither"), transaction.atomic():
            bare_line(batch, entitlement, **{field: batch.created_by_id})

    @pytest.mark.parametrize("field", ["entered_by_id", "list_approved_by_id"])
    def test_the_recorder_neither_entered_nor_approved(self, field: str) -> None:
        released_batch(payable_list(1))
        with refused("result_recorder_did_not_enter_or_approve"):
            run(f"UPDATE disbursements_paymentinstruction SET status = 'paid', recorded_by_id = {field}")


class TestMoney:
    @pytest.mark.parametrize("amount", [0, -1, AMOUNT + 1])
    def test_a_line_is_above_nothing_and_within_the_cap(self, amount: int) -> None:
        batch = bare_batch(user(Role.ACCOUNTANT))
        with refused("instruction_amount_within_cap"), transaction.atomic():
            bare_line(batch, approved_list(1).entitlements[0], amount=amount)

    def test_what_is_allocated_stays_within_the_decision(self) -> None:
        made = approved_list(1)
        with refused("allotted 1500001 of 1500000"), transaction.atomic():
            allocation(made, amount=AMOUNT + 1)

    def test_papers_and_files_never_change(self) -> None:
        payable_list(1)
        with refused("a correction is a new row"):
            run("UPDATE disbursements_allocation SET amount = 1")


class TestStates:
    def test_a_batch_with_open_lines_is_not_closed(self) -> None:
        released_batch(payable_list(1))
        with refused("stand in the way"):
            run("UPDATE disbursements_batch SET status = 'closed'")

    def test_a_released_batch_has_sent_every_line(self) -> None:
        approver = user(Role.PROVINCIAL_APPROVER)
        bare_batch(user(Role.ACCOUNTANT), is_prepared=True)
        run(
            "INSERT INTO disbursements_batchsignature "
            "(batch_id, area_code, ordinal, signer_id, signer_name, signed_on, signed_at) "
            "SELECT id, area_code, 1, %s, 'x', '2021-09-27', now() FROM disbursements_batch",
            approver.pk,
        )
        run("UPDATE disbursements_batch SET status = 'approved', approved_by_id = %s", approver.pk)
        with refused("stand in the way"):
            run("UPDATE disbursements_batch SET status = 'released', released_by_id = created_by_id")

    def test_a_cancelled_batch_holds_nobody(self) -> None:
        bare_batch(user(Role.ACCOUNTANT), is_prepared=True)
        with refused("stand in the way"):
            run("UPDATE disbursements_batch SET status = 'cancelled'")

    @pytest.mark.parametrize("status", ["sent", "cancelled"])
    def test_lines_move_with_their_batch_only(self, status: str) -> None:
        bare_batch(user(Role.ACCOUNTANT), is_prepared=True)
        with refused("moved in a batch that does not allow it"):
            run("UPDATE disbursements_paymentinstruction SET status = %s", status)

    def test_somebody_with_a_live_line_is_not_owed_again(self) -> None:
        prepared_batch(payable_list(1))
        with refused("still has a live line"):
            run("UPDATE support_programs_entitlement SET status = 'approved'")

    def test_an_unpaid_result_has_a_reason(self) -> None:
        released_batch(payable_list(1))
        with refused("unpaid_result_has_reason"):
            run("UPDATE disbursements_paymentinstruction SET status = 'returned', recorded_by_id = 1")


def test_the_application_deletes_nothing_and_the_area_stays() -> None:
    batch = bare_batch(user(Role.ACCOUNTANT))
    assert PaymentInstruction.objects.get(batch=batch).area_code == COMMUNE
    for table in ("batch", "paymentinstruction", "paymentfile", "allocation", "statementimport"):
        with pytest.raises(Exception, match="permission denied"):
            run(f"DELETE FROM disbursements_{table}")
