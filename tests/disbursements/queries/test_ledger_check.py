"""A ledger that ties has no difference; each kind of difference that somebody plants is named with its place and figures."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.utils import load_backend
from django.test.utils import CaptureQueriesContext

from disbursements.models import Batch, BudgetLine, PaymentInstruction
from disbursements.queries.ledger_check import CHECKS, first_difference
from disbursements.services.results import Results, record_results
from tests.factories.payments import payable_list, released_batch


@pytest.fixture
def _as_owner(django_db_setup: None) -> Iterator[None]:
    """The transaction of the test is the owner's, who alone can switch triggers off; made before `db` opens it."""
    usual = connections["default"]
    found = connections["owner"].settings_dict
    connections["default"] = load_backend(found["ENGINE"]).DatabaseWrapper(dict(found), alias="default")
    yield
    connections["default"].close()
    connections["default"] = usual


@pytest.fixture
def batch(_as_owner: None, db: None) -> Batch:
    """Three people of one list: paid, returned, still awaited; money allocated twice."""
    made = payable_list(3)
    found = released_batch(made)
    first, second, _third = PaymentInstruction.objects.filter(batch=found).order_by("position")
    record_results(
        actor=made.staff.accountant,
        batch=found,
        results=Results(frozenset([first.reference]), {second.reference: "Vắng mặt khi chi trả"}),
    )
    assert first_difference() is None
    return found


def plant(statement: str, *tables: str) -> None:
    """Write it with the triggers of these tables off, as only their owner could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        for table in tables:
            cursor.execute(f"ALTER TABLE disbursements_{table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        assert cursor.rowcount == 1, "one row was changed"


def told() -> str:
    found = first_difference()
    assert found is not None
    return found.sentence


def test_nothing_written_ties(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert first_difference() is None
    assert len(queries) == len(CHECKS)


def test_an_entry_that_does_not_sum_to_nothing(batch: Batch) -> None:
    plant(
        "UPDATE disbursements_ledgerposting SET amount = amount - 1 WHERE kind = 'payment' AND account = 'paid'",
        "ledgerposting",
    )
    assert told().startswith("Bút toán không cân, bút toán ")
    assert told().endswith(f" của {batch.reference}: phải là 0 người, 0 đồng, tìm thấy 0 người, -1 đồng.")


@pytest.mark.parametrize(
    ("column", "label", "is_", "found"),
    [
        ("available", "Kinh phí còn lại", "1.500.000", "1.500.007"),
        ("committed", "Trong đợt chi", "0", "7"),
        ("sent", "Đã gửi chi, chờ kết quả", "1.500.000", "1.500.007"),
        ("paid", "Đã chi", "1.500.000", "1.500.007"),
    ],
)
def test_a_balance_that_the_ledger_does_not_sum_to(
    batch: Batch, column: str, label: str, is_: str, found: str
) -> None:
    plant(f"UPDATE disbursements_budgetline SET {column} = {column} + 7", "budgetline")
    line = BudgetLine.objects.get()
    assert told() == (
        f"Số dư dòng kinh phí lệch sổ cái, dòng {line.reference}, «{label}»: phải là {is_} đồng, tìm thấy {found} đồng."
    )


def test_a_paper_that_was_changed(batch: Batch) -> None:
    line = BudgetLine.objects.get()
    paper = line.allocations.get()
    plant("UPDATE disbursements_allocation SET amount = amount + 500000", "allocation")
    assert told() == (
        f"Sổ cái lệch văn bản phân bổ, {paper.reference}, dòng {line.reference}: "
        "phải là 5.000.000 đồng ngày 24/09/2021, tìm thấy 4.500.000 đồng ngày 24/09/2021."
    )


def test_a_paper_of_another_day(batch: Batch) -> None:
    plant("UPDATE disbursements_allocation SET allocated_on = '2021-09-25'", "allocation")
    assert told().endswith("phải là 4.500.000 đồng ngày 25/09/2021, tìm thấy 4.500.000 đồng ngày 24/09/2021.")


def test_a_paper_written_beside_the_ledger(batch: Batch) -> None:
    plant(
        "INSERT INTO disbursements_allocation (reference, area_code, programme_id, decision_id, line_id, document_number,"
        " allocated_on, amount, recorded_by_id, created_at) SELECT 'PB-2021-99999999', area_code, programme_id, decision_id,"
        " line_id, '7/STC', allocated_on, 1000, recorded_by_id, now() FROM disbursements_allocation",
        "allocation",
    )
    assert "PB-2021-99999999" in told()
    assert told().endswith("phải là 1.000 đồng ngày 24/09/2021, tìm thấy không có.")


def test_a_movement_written_beside_the_ledger(batch: Batch) -> None:
    line = BudgetLine.objects.get()
    plant(
        "INSERT INTO disbursements_budgetmovement (reference, area_code, kind, line_id, amount, document_number, moved_on,"
        " reason, recorded_by_id, recorded_by_name, created_at) SELECT 'CK-2021-99999999', area_code, 'return', id, 2000,"
        " '8/STC', '2021-09-24', 'x', 1, 'x', now() FROM disbursements_budgetline",
        "budgetmovement",
    )
    assert told() == (
        "Sổ cái lệch văn bản điều chỉnh kinh phí, CK-2021-99999999 (Hoàn trả ngân sách), "
        f"dòng {line.reference}, «Kinh phí còn lại»: phải là -2.000 đồng, tìm thấy không có."
    )


def test_a_state_that_moved_without_its_money(batch: Batch) -> None:
    line = BudgetLine.objects.get()
    plant(
        "UPDATE disbursements_paymentinstruction SET status = 'paid', resulted_on = '2021-09-30', recorded_by_id = 99999999"
        " WHERE status = 'sent'",
        "paymentinstruction",
    )
    commune = PaymentInstruction.objects.values_list("area_code", flat=True).first()
    assert told() == (
        f"Sổ cái lệch trạng thái lệnh chi, đợt {batch.reference}, dòng {line.reference}, địa bàn {commune}, «Đã chi»: "
        "phải là 2 người, 3.000.000 đồng, tìm thấy 1 người, 1.500.000 đồng."
    )


def test_an_answer_of_another_day(batch: Batch) -> None:
    plant(
        "UPDATE disbursements_paymentinstruction SET resulted_on = '2021-09-01' WHERE status = 'paid'",
        "paymentinstruction",
    )
    assert told() == (
        f"Sổ cái lệch kết quả chi, đợt {batch.reference}, «Đã chi» ngày 01/09/2021: "
        "phải là 1 người, 1.500.000 đồng, tìm thấy 0 người, 0 đồng."
    )


def test_a_failure_told_as_a_return(batch: Batch) -> None:
    plant(
        "UPDATE disbursements_paymentinstruction SET status = 'failed' WHERE status = 'returned'",
        "paymentinstruction",
    )
    assert "«Không chi được» ngày " in told()


def test_a_batch_that_says_another_sum(batch: Batch) -> None:
    plant("UPDATE disbursements_batch SET total_amount = total_amount + 1", "batch")
    assert told() == (
        f"Đợt chi lệch các lệnh chi của nó, đợt {batch.reference}: "
        "phải là 3 người, 4.500.000 đồng, tìm thấy 3 người, 4.500.001 đồng."
    )


def test_an_entry_that_holds_other_people_than_money(batch: Batch) -> None:
    plant(
        "UPDATE disbursements_ledgerposting SET people = people * 2 WHERE entry ="
        " (SELECT entry FROM disbursements_ledgerposting WHERE kind = 'commitment' LIMIT 1) AND account = 'committed'",
        "ledgerposting",
    )
    assert told().startswith("Bút toán không cân")


def test_the_command_names_the_first_difference_and_fails(
    batch: Batch, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_ledger")
    assert "khớp" in capsys.readouterr().out
    plant("UPDATE disbursements_batch SET line_count = 4", "batch")
    with pytest.raises(CommandError, match=rf"Đợt chi lệch.* {batch.reference}: phải là 3 người"):
        call_command("verify_ledger")
