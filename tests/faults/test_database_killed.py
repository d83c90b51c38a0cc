"""F4: PostgreSQL gets SIGKILL in the middle of an approval, of a build and of a payout, and is started again.

What was told as done is done, what was not is not there, no state is half, and the ledger ties. (The audit log is not sealed into
a chain yet: that its rows came with their changes is asked by `events_follow`.)
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg2
import pytest
from django.db import DatabaseError, OperationalError, connection

from accounts.enums import Role
from accounts.models import User
from core.fence import fenced
from core.models import Event, Job
from disbursements.models import Batch, BatchSignature, PaymentInstruction
from disbursements.queries.ledger_check import first_difference
from disbursements.services.batches import approve_batch, close_batch, release_batch
from disbursements.services.building import prepare_batch
from disbursements.services.requests import request_batch
from disbursements.services.results import record_all_paid_except
from support_programs.models import Entitlement
from tests.factories.payments import payable_list, prepared_batch, request_for
from tests.factories.people import DISTRICT
from tests.faults.own_server import OwnServer, own_server
from tests.faults.workers import happens, held, is_waiting_for_a_lock
from tests.invariants.whole import broken

pytestmark = [
    pytest.mark.faults,
    pytest.mark.usefixtures("committed_db"),
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the server's processes in /proc"),
]
PEOPLE = 60


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    root = tmp_path_factory.mktemp("cluster")
    with own_server(root) as made:
        yield made
    outside = root / "var" / "state"
    if outside.is_symlink():
        shutil.rmtree(Path(outside).resolve())


def interrupted(server: OwnServer, lock: str, work: Callable[[], object]) -> BaseException:
    """Kill the server while `work` waits for what another session holds; gives what `work` fell with."""
    fell: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            fell.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    # the session that holds the rows is gone with the server, too
    with suppress(psycopg2.Error), held(lock):
        thread.start()
        happens(is_waiting_for_a_lock)
        server.kill()
        thread.join(timeout=60)
    (error,) = fell
    server.start_again()
    return error


def everything_ties() -> None:
    assert broken() == []
    found = first_difference()
    assert found is None, found.sentence
    events_follow()


def events_follow() -> None:
    """I13: each line that was paid, each signature and each step of a batch has its event, and no event is without its change."""
    paid = PaymentInstruction.objects.filter(status="paid").count()
    assert Event.objects.filter(action="instruction.pay").count() == paid
    assert Event.objects.filter(action="batch.signed").count() == BatchSignature.objects.count()
    for step, states in (
        ("approve", ["approved", "released", "closed"]),
        ("release", ["released", "closed"]),
        ("close", ["closed"]),
    ):
        happened = Event.objects.filter(action=f"batch.{step}").count()
        assert happened == Batch.objects.filter(status__in=states).count(), step


def test_killed_in_the_middle_of_an_approval_a_build_and_a_payout(server: OwnServer) -> None:
    made = payable_list(PEOPLE)
    accountant, approver = made.staff.accountant, made.staff.approver
    batch = request_batch(actor=accountant, request=request_for())

    # a build: all lines are written, the people are being committed
    last = made.entitlements[-1]
    fell = interrupted(
        server,
        f"SELECT 1 FROM support_programs_entitlement WHERE id = {last.pk} FOR SHARE",
        lambda: in_area(accountant, lambda: prepare_batch(batch=batch, actor=accountant)),
    )
    assert isinstance(fell, OperationalError)
    batch.refresh_from_db()
    assert (batch.status, PaymentInstruction.objects.count()) == ("preparing", 0)
    assert set(Entitlement.objects.values_list("status", flat=True)) == {"approved"}
    everything_ties()
    in_area(accountant, lambda: prepare_batch(batch=batch, actor=accountant))

    # an approval: signature, state and event are written, the job for its files is not
    fell = interrupted(
        server,
        "LOCK TABLE core_job IN EXCLUSIVE MODE",
        lambda: in_area(approver, lambda: approve_batch(actor=approver, batch=batch)),
    )
    assert isinstance(fell, OperationalError)
    batch.refresh_from_db()
    assert (batch.status, batch.approved_by_id, BatchSignature.objects.count()) == ("prepared", None, 0)
    assert not Event.objects.filter(action__in=["batch.signed", "batch.approve"]).exists()
    assert not Job.objects.filter(idempotency_key=f"files:{batch.pk}:final").exists()
    everything_ties()
    in_area(approver, lambda: approve_batch(actor=approver, batch=batch))

    # told as done at the last moment before the next blow
    in_area(accountant, lambda: release_batch(actor=accountant, batch=batch))
    server.kill()
    server.start_again()
    batch.refresh_from_db()
    assert batch.status == "released"
    assert set(PaymentInstruction.objects.values_list("status", flat=True)) == {"sent"}
    everything_ties()

    # a payout: lines and ledger are written, the entitlements are being paid
    fell = interrupted(
        server,
        f"SELECT 1 FROM support_programs_entitlement WHERE id = {last.pk} FOR SHARE",
        lambda: in_area(
            accountant, lambda: record_all_paid_except(actor=accountant, batch=batch, exceptions={})
        ),
    )
    assert isinstance(fell, OperationalError)
    assert set(PaymentInstruction.objects.values_list("status", flat=True)) == {"sent"}
    everything_ties()
    in_area(accountant, lambda: record_all_paid_except(actor=accountant, batch=batch, exceptions={}))
    in_area(accountant, lambda: close_batch(actor=accountant, batch=batch))
    assert PaymentInstruction.objects.filter(status="paid").count() == PEOPLE
    everything_ties()


def in_area(actor: User, work: Callable[[], object]) -> None:
    with fenced(actor.pk, DISTRICT if actor.has_role(Role.ACCOUNTANT) else actor.area_code):
        work()


def test_killed_at_any_moment_of_a_busy_day(server: OwnServer) -> None:
    """Whatever was said to be done before the blow is there after it."""
    lists = [payable_list(5) for _ in range(4)]
    said: list[tuple[int, str]] = []
    begun = threading.Event()

    def work() -> None:
        try:
            for made in lists:
                accountant, approver = made.staff.accountant, made.staff.approver
                batch = prepared_batch(made, decision=made.decision.number)
                said.append((batch.pk, "prepared"))
                approve_batch(actor=approver, batch=batch)
                said.append((batch.pk, "approved"))
                begun.set()
                release_batch(actor=accountant, batch=batch)
                said.append((batch.pk, "released"))
                record_all_paid_except(actor=accountant, batch=batch, exceptions={})
                close_batch(actor=accountant, batch=batch)
                said.append((batch.pk, "closed"))
        except DatabaseError:
            return
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(timeout=60)
    server.kill()
    thread.join(timeout=60)
    server.start_again()
    order = ["preparing", "prepared", "approved", "released", "closed"]
    for pk, state in said:
        assert order.index(Batch.objects.get(pk=pk).status) >= order.index(state)
    everything_ties()
