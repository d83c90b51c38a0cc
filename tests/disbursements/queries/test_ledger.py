"""Sums over the ledger against what was done: where the money is, what moved it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from disbursements.models import BudgetLine, PaymentInstruction
from disbursements.queries.ledger import (
    BatchMoney,
    LedgerFilter,
    Tally,
    balance,
    balances,
    batch_money,
    flows,
    line_money,
    postings_of,
)
from disbursements.services.batches import cancel_batch
from disbursements.services.results import Results, record_results
from tests.factories.payments import (
    AMOUNT,
    PROGRAMME,
    ApprovedList,
    payable_list,
    prepared_batch,
    released_batch,
)
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


def people(count: int) -> Tally:
    return Tally(count * AMOUNT, count)


@pytest.fixture
def paid_out() -> ApprovedList:
    """Five people: two paid, one returned, two still awaited."""
    made = payable_list(5)
    batch = released_batch(made)
    lines = list(PaymentInstruction.objects.filter(batch=batch).order_by("position"))
    results = Results(
        frozenset(line.reference for line in lines[:2]), {lines[2].reference: "Vắng mặt khi chi trả"}
    )
    record_results(actor=made.staff.accountant, batch=batch, results=results)
    return made


def test_a_batch_is_what_became_of_its_people(paid_out: ApprovedList) -> None:
    batch = PaymentInstruction.objects.values_list("batch", flat=True).distinct().get()
    line = PaymentInstruction.objects.first()
    assert line is not None
    money = batch_money([line.batch])[batch]
    assert money == BatchMoney(total=people(5), sent=people(2), paid=people(2), returned=people(1))
    assert (money.awaited, money.unpaid) == (people(2), people(1))


def test_a_cancelled_batch_gives_everything_back() -> None:
    made = payable_list(3)
    batch = prepared_batch(made)
    assert batch_money([batch])[batch.pk] == BatchMoney(total=people(3), queued=people(3))
    cancel_batch(actor=made.staff.accountant, batch=batch, reason="Nhầm")
    assert batch_money([batch])[batch.pk] == BatchMoney(total=people(3), cancelled=people(3))


def test_a_line_says_where_its_money_is(paid_out: ApprovedList) -> None:
    line = BudgetLine.objects.get()
    money = line_money([line])[line.pk]
    assert (money.given, money.left) == (5 * AMOUNT, AMOUNT)
    assert (money.committed, money.sent, money.paid) == (Tally(), people(2), people(2))
    # the line's own columns, which only guard, say the same
    assert (line.available, line.committed, line.sent, line.paid) == (AMOUNT, 0, 2 * AMOUNT, 2 * AMOUNT)


def test_sums_are_taken_by_area_programme_decision_source_and_kind(paid_out: ApprovedList) -> None:
    accountant = paid_out.staff.accountant
    seen = postings_of(accountant, LedgerFilter(area=DISTRICT, programme=PROGRAMME, source="TINH"))
    by = balances(seen, "district", "programme", "decision", "source")
    ((key, money),) = by.items()
    assert key == (DISTRICT, PROGRAMME, paid_out.decision.pk, "TINH")
    assert money == balance(seen)
    assert flows(seen)[()] == {
        ("allocation", "available"): Tally(5 * AMOUNT),
        ("allocation", "source"): Tally(-5 * AMOUNT),
        ("commitment", "available"): -people(5),
        ("commitment", "committed"): people(5),
        ("sending", "committed"): -people(5),
        ("sending", "sent"): people(5),
        ("payment", "sent"): -people(2),
        ("payment", "paid"): people(2),
        ("return", "sent"): -people(1),
        ("return", "available"): people(1),
    }
    assert balance(postings_of(accountant, LedgerFilter(source="TW"))).given == 0


def test_an_outsider_and_an_administrator_sum_nothing(paid_out: ApprovedList) -> None:
    for other in (user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT), user(Role.ADMINISTRATOR)):
        assert balances(postings_of(other)) == {}
    assert balance(postings_of(user(Role.AUDITOR))).given == 5 * AMOUNT


def test_sums_of_many_cost_as_many_questions_as_of_one(paid_out: ApprovedList) -> None:
    others = [payable_list(1) for _ in range(3)]
    batches = [released_batch(made, decision=made.decision.number) for made in others]
    for found in (batches[:1], batches):
        with CaptureQueriesContext(connection) as queries:
            batch_money(found)
        assert len(queries) == 1
    for lines in (list(BudgetLine.objects.all()[:1]), list(BudgetLine.objects.all())):
        with CaptureQueriesContext(connection) as queries:
            line_money(lines)
        assert len(queries) == 1
