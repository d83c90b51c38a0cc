"""A batch of 100,000 people against its bare `INSERT … SELECT`, and a smaller one against all statements that write its rows."""

from typing import Final

from django.db import connection, connections, transaction

from benchmarks.harness import Measurement, case
from disbursements.models import Batch, PaymentInstruction
from disbursements.queries.payable import BatchScope
from disbursements.services.building import insert_lines, prepare_batch
from disbursements.services.requests import request_batch
from tests.factories.payments import ApprovedList, payable_list, request_for

LARGE: Final = 100_000
SMALL: Final = 20_000
ROUNDS: Final = 2
# HOPE builds 37 payments a second on 2 cores
OF_HOPE: Final = 37

_COMMIT: Final = """
UPDATE support_programs_entitlement SET status = 'committed', status_changed_at = now(), version = version + 1
 WHERE id IN (SELECT entitlement_id FROM disbursements_paymentinstruction WHERE batch_id = %s)
"""
_EVENTS: Final = """
INSERT INTO core_event
      (business_date, actor_id, actor_name, action, object_type, object_id, object_ref, area_code, reason, change)
SELECT current_date, %s, 'x', 'entitlement.commit', 'support_programs.entitlement', e.id, e.reference, e.area_code, '', '{}'
  FROM support_programs_entitlement e
  JOIN disbursements_paymentinstruction i ON i.entitlement_id = e.id
 WHERE i.batch_id = %s ORDER BY e.id
"""


def _waiting(people: int) -> tuple[ApprovedList, Batch]:
    made = payable_list(people)
    batch = request_batch(actor=made.staff.accountant, request=request_for("bench"))
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "ANALYZE support_programs_entitlement, support_programs_case, beneficiaries_payoutaccount"
        )
    return made, batch


def _bare(made: ApprovedList, batch: Batch, *, with_the_rest: bool) -> None:
    insert_lines(batch, BatchScope.of(batch))
    if with_the_rest:
        with connection.cursor() as cursor:
            cursor.execute(_COMMIT, [batch.pk])
            cursor.execute(_EVENTS, [made.staff.accountant.pk, batch.pk])


def _measure(measured: Measurement, people: int, *, with_the_rest: bool) -> None:
    """Each round is taken back, so that all work on the same rows."""
    made, batch = _waiting(people)
    for _ in range(ROUNDS):
        with transaction.atomic():
            with measured.yardstick():
                _bare(made, batch, with_the_rest=with_the_rest)
            transaction.set_rollback(True)
        with transaction.atomic():
            with measured.ours():
                prepare_batch(batch=batch, actor=made.staff.accountant)
            assert PaymentInstruction.objects.filter(batch=batch).count() == people
            transaction.set_rollback(True)
    per_second = round(people / min(measured.our_seconds))
    measured.note(f"{per_second} lines a second, {per_second // OF_HOPE} times HOPE's {OF_HOPE}")


@case(
    "batch of 100,000 lines, against its lines alone",
    yardstick="the bare INSERT … SELECT of the lines",
    ratio=2,
)
def against_the_insert(measured: Measurement) -> None:
    _measure(measured, LARGE, with_the_rest=False)
    measured.note("the yardstick neither commits the entitlements nor writes their audit events")


@case("batch of 20,000 lines", yardstick="the bare statements that write the same rows", ratio=2)
def against_all_statements(measured: Measurement) -> None:
    _measure(measured, SMALL, with_the_rest=True)
    measured.note("lines, committed entitlements and their audit events; same indexes and triggers")
