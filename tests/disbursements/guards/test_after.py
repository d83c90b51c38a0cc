"""Recoveries, unclaimed money and call-backs against raw SQL: what the services refuse, the database refuses too."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from accounts.enums import Role
from disbursements.models import (
    CallbackItem,
    LedgerPosting,
    PaymentInstruction,
    Recovery,
)
from disbursements.queries.callbacks import SampleScope
from disbursements.services.callbacks import SampleSize, draw_sample
from disbursements.services.recoveries import WrongPayment, open_recovery
from disbursements.services.results import record_all_paid_except
from disbursements.services.unclaimed import UnclaimedPaper, return_unclaimed
from tests.factories import payments as make
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, user

pytestmark = pytest.mark.django_db

TODAY = dt.date(2021, 9, 27)


def run(sql: str, *params: int | str | None) -> None:
    """One statement as the application's role, its deferred checks included."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(match: str) -> Any:
    return pytest.raises(IntegrityError, match=match)


@pytest.fixture
def paid(settings: Any) -> tuple[make.ApprovedList, list[PaymentInstruction]]:
    """Three people, the last of whom was absent."""
    settings.BUSINESS_DATE = TODAY
    made = make.payable_list(3)
    batch = make.released_batch(made)
    lines = list(PaymentInstruction.objects.filter(batch=batch).order_by("position"))
    record_all_paid_except(
        actor=made.staff.accountant, batch=batch, exceptions={lines[2].reference: "Vắng mặt khi chi trả"}
    )
    return made, lines


def recovery_of(made: make.ApprovedList, line: PaymentInstruction, amount: int = 1_000) -> Recovery:
    wrong = WrongPayment("other", amount, "Chi sai")
    return open_recovery(actor=made.staff.accountant, line=line, wrong=wrong)


RECEIPT = """INSERT INTO disbursements_recoveryreceipt
 (recovery_id, area_code, document_number, received_on, amount, recorded_by_id, recorded_by_name, created_at)
 VALUES (%s, %s, %s, '2021-09-27', %s, 1, 'x', now())"""
HAND_BACK = RECEIPT.replace("recoveryreceipt", "recoveryhandback").replace("received_on", "handed_on")


class TestRecovery:
    @pytest.mark.parametrize(
        ("line", "values"),
        [(0, {"amount": 1_500_001}), (2, {"amount": 5}), (0, {"amount": 5, "area_code": OTHER_COMMUNE})],
        ids=["above what was paid", "not paid", "elsewhere"],
    )
    def test_only_of_a_paid_line_and_within_it(self, paid: Any, line: int, values: dict[str, Any]) -> None:
        _made, lines = paid
        with refused("not of a paid line, or above what it paid"), transaction.atomic():
            Recovery.objects.create(
                **{
                    "reference": "TH-1",
                    "area_code": COMMUNE,
                    "entitlement_id": lines[line].entitlement_id,
                    "instruction": lines[line],
                    "reason": "x",
                    "opened_by_id": 1,
                    "opened_on": TODAY,
                    **values,
                }
            )

    def test_receipts_stay_within_it_and_end_it(self, paid: Any) -> None:
        made, lines = paid
        recovery = recovery_of(made, lines[0])
        for amount in (1_001, 0, -5):
            with refused("above what recovery|receipt_has_paper"):
                run(RECEIPT, recovery.pk, COMMUNE, "PT-1", amount)
        run(RECEIPT, recovery.pk, COMMUNE, "PT-1", 400)
        with refused("recovery_receipt_once"):
            run(RECEIPT, recovery.pk, COMMUNE, "PT-1", 1)
        with refused("above what recovery"):
            run(RECEIPT, recovery.pk, COMMUNE, "PT-2", 601)
        with refused("more is handed back"):
            run(HAND_BACK, recovery.pk, COMMUNE, "NN-1", 401)
        run(RECEIPT, recovery.pk, COMMUNE, "PT-2", 600)
        recovery.refresh_from_db()
        assert (recovery.state, recovery.recovered, recovery.ended_on) == ("recovered", 1_000, TODAY)
        with refused("above what recovery"):
            run(RECEIPT, recovery.pk, COMMUNE, "PT-3", 1)
        for table in ("recoveryreceipt", "recoveryhandback", "recoveryinstalment"):
            with pytest.raises((IntegrityError, ProgrammingError)):
                run(f"UPDATE disbursements_{table} SET amount = 1")

    @pytest.mark.parametrize(
        "change",
        [
            "recovered = 5",
            "state = 'recovered', ended_on = '2021-09-27', ended_reason = 'x'",
            "amount = 5",
            "kind = 'double'",
            "state = 'waived', ended_on = '2021-09-27', ended_reason = 'x'",
            "handed_back = 1",
        ],
    )
    def test_its_sums_are_those_of_its_papers(self, paid: Any, change: str) -> None:
        made, lines = paid
        recovery_of(made, lines[0])
        with pytest.raises(IntegrityError):
            run(f"UPDATE disbursements_recovery SET {change}")

    def test_the_ledger_is_written_by_the_database_alone(self, paid: Any) -> None:
        made, lines = paid
        recovery = recovery_of(made, lines[0])
        with pytest.raises(ProgrammingError, match="permission denied"):
            run(
                "SELECT post_recovery_move(r, '2021-09-27', 'waiver', 'receivable', 'recovery', 1, 1)"
                " FROM disbursements_recovery r"
            )
        legs = LedgerPosting.objects.filter(object_ref=recovery.reference)
        assert {row.account: (row.amount, row.people) for row in legs} == {
            "recovery": (-1_000, -1),
            "receivable": (1_000, 1),
        }

    @pytest.mark.parametrize(
        "rows",
        [
            [("2021-10-01", 999, 999)],
            [("2021-10-01", 500, 500), ("2021-09-30", 500, 1_000)],
            [("2021-10-01", 500, 500), ("2021-10-02", 400, 1_000)],
        ],
        ids=["too little", "days the wrong way", "a gap"],
    )
    def test_a_plan_adds_up(self, paid: Any, rows: list[tuple[str, int, int]]) -> None:
        made, lines = paid
        recovery = recovery_of(made, lines[0])
        values = ", ".join(
            f"({recovery.pk}, '{COMMUNE}', 1, {n}, '{day}', {amount}, {total}, 1, 'x', now())"
            for n, (day, amount, total) in enumerate(rows, start=1)
        )
        with refused("does not add up"):
            run(
                "INSERT INTO disbursements_recoveryinstalment (recovery_id, area_code, plan, ordinal, due_on, amount, due_total,"
                f" planned_by_id, planned_by_name, created_at) VALUES {values}"
            )


class TestUnclaimed:
    def test_a_movement_names_its_people(self, paid: Any) -> None:
        _made, lines = paid
        with refused("does not name all its people"):
            run(
                "INSERT INTO disbursements_budgetmovement (reference, area_code, kind, line_id, amount, document_number,"
                " moved_on, reason, recorded_by_id, recorded_by_name, created_at)"
                " VALUES ('CK-1', %s, 'unclaimed', %s, 5, '1', '2021-09-27', 'x', 1, 'x', now())",
                DISTRICT,
                lines[0].budget_line_id,
            )

    def test_what_went_back_stays_and_its_people_are_not_paid(self, paid: Any, settings: Any) -> None:
        made, lines = paid
        settings.BUSINESS_DATE = TODAY + dt.timedelta(days=90)
        paper = UnclaimedPaper(
            DISTRICT,
            make.PROGRAMME,
            [lines[2].reference],
            "7/TLĐ",
            settings.BUSINESS_DATE,
            people=1,
            amount=make.AMOUNT,
        )
        return_unclaimed(actor=made.staff.accountant, paper=paper)
        for change in (
            "UPDATE disbursements_unclaimedreturn SET amount = 1",
            "UPDATE disbursements_unclaimeditem SET amount = 1",
            "UPDATE disbursements_unclaimeditem SET reopened_on = '2021-12-30'",
        ):
            with pytest.raises(IntegrityError):
                run(change)
        make.allocation(made, amount=make.AMOUNT, on="2021-12-01")
        with refused("money of a payee went back"), transaction.atomic():
            make.bare_line(make.bare_batch(user(Role.ACCOUNTANT)), lines[2].entitlement, attempt=2)
        run(
            "UPDATE disbursements_unclaimeditem SET reopened_on = '2021-12-30', reopened_by_id = 1, reopened_by_name = 'x',"
            " reopened_reason = 'Đã về'"
        )
        with refused("what was given back stays"):
            run("UPDATE disbursements_unclaimeditem SET reopened_reason = 'khác'")


class TestCalls:
    def test_a_sample_is_of_paid_people_and_an_answer_stays(self, paid: Any) -> None:
        made, lines = paid
        caller = user(Role.PROVINCIAL_REVIEWER)
        sample = draw_sample(actor=caller, scope=SampleScope("89"), size=SampleSize(people=1), seed="1")
        with refused("a sample is of paid people"), transaction.atomic():
            CallbackItem.objects.create(sample=sample, area_code=COMMUNE, instruction=lines[2], position=2)
        with refused("drawn once"):
            run("UPDATE disbursements_callbacksample SET seed = '2'")
        said = (
            "UPDATE disbursements_callbackitem SET outcome = %s, called_on = '2021-09-27', called_by_id = %s"
        )
        for staff in (made.staff.accountant, made.staff.approver, made.staff.enterer, made.staff.appraiser):
            with refused("who calls back took part in paying"):
                run(said, "full", staff.pk)
        run(said, "unreachable", caller.pk)
        run(said, "full", caller.pk)
        with refused("what a payee said stays"):
            run(said, "less", caller.pk)
