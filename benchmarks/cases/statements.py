"""A statement of 100,000 movements: read, written row by row into the table, matched to its payments, judged."""

import time
from typing import Final

from django.db import connections, transaction

from accounts.enums import Role
from benchmarks.harness import Measurement, case
from disbursements.models import Batch, PaymentInstruction, StatementLine
from disbursements.services.batches import approve_batch, release_batch
from disbursements.services.building import prepare_batch
from disbursements.services.requests import request_batch
from disbursements.services.statement_reading import read_statement
from disbursements.services.statements import check_statement, record_statement
from tests.factories.payments import AMOUNT, ApprovedList, allocation, approved_list, request_for
from tests.factories.people import user
from tests.factories.statements import Moved, mt940

PEOPLE: Final = 100_000
# one in so many comes back, one in so many has lost its reference
BACK: Final = 50
NAMELESS: Final = 100


def _released() -> tuple[ApprovedList, Batch]:
    made = approved_list(PEOPLE)
    allocation(made)
    batch = request_batch(actor=made.staff.accountant, request=request_for("bench"))
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE support_programs_entitlement, support_programs_case")
    prepare_batch(batch=batch, actor=made.staff.accountant)
    batch.refresh_from_db()
    for signer in (made.staff.approver, user(Role.PROVINCIAL_APPROVER))[: batch.signatures_needed]:
        approve_batch(actor=signer, batch=batch)
    batch.refresh_from_db()
    released = release_batch(actor=made.staff.accountant, batch=batch)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE disbursements_paymentinstruction")
    return made, released


def _statement(batch: Batch) -> bytes:
    moved = []
    lines = PaymentInstruction.objects.filter(batch=batch).order_by("position")
    for number, (reference, name) in enumerate(lines.values_list("reference", "payee_name").iterator()):
        plain = reference.replace("-", "")
        given = "NONREF" if number % NAMELESS == 0 else plain
        moved.append(Moved(AMOUNT, given, text="CHI HO TRO", name=name, bank_reference=f"FT{number}"))
        if number % BACK == 0:
            moved.append(
                Moved(AMOUNT, plain, is_out=False, text="RETURN", code="AC04", bank_reference=f"FR{number}")
            )
    return mt940(moved, opening=10**12)


@case("statement of 100,000 lines", seconds=20)
def matched(measured: Measurement) -> None:
    made, batch = _released()
    content = _statement(batch)
    started = time.perf_counter()
    read = read_statement(content, "saoke.txt")
    reading = time.perf_counter() - started
    with transaction.atomic():
        with measured.ours():
            statement = check_statement(
                actor=made.staff.accountant, batch=batch, content=content, name="saoke.txt"
            )
        assert StatementLine.objects.filter(statement=statement).count() == len(read.lines)
        started = time.perf_counter()
        report = record_statement(actor=made.staff.accountant, statement=statement)
        recording = time.perf_counter() - started
        transaction.set_rollback(True)
    measured.note(
        f"{len(read.lines)} movements of MT940, {len(content) // 10**6} MB; {reading:.1f} s of it reading; "
        f"recording {report.done} results then took {recording:.1f} s"
    )
