"""I11: what was approved is a snapshot, also for raw SQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.payments import approved_list

pytestmark = pytest.mark.django_db


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "change",
    ["amount = amount - 1", "payee_name = 'Kẻ khác'", "decision_id = NULL", "money_approved_by_id = 1"],
)
def test_an_approved_entitlement_keeps_its_snapshot(change: str) -> None:
    approved_list()
    with pytest.raises(IntegrityError, match=r"not rewritten|approvals are final"):
        run(f"UPDATE support_programs_entitlement SET {change}")


def test_an_entitlement_is_paid_only_by_a_line() -> None:
    approved_list()
    run("UPDATE support_programs_entitlement SET status = 'committed'")
    with pytest.raises(IntegrityError, match="paid by no line"):
        run("UPDATE support_programs_entitlement SET status = 'paid'; SET CONSTRAINTS ALL IMMEDIATE")
