"""What the demo writes past the services must be what they could have written."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.test import override_settings

from accounts.demo import ACCOUNTS
from accounts.models import User
from beneficiaries.models import IdentityDocument, Person
from core import crypto
from core.models import Event
from core.queries.references import next_reference
from core.references import is_valid_reference
from disbursements.enums import BatchStatus, InstructionStatus
from disbursements.models import Batch, PaymentInstruction
from reports.demo.province import TABLES
from support_programs.enums import CaseStatus, EntitlementStatus, ListStatus
from support_programs.models import Case, CaseList, Entitlement

pytestmark = pytest.mark.usefixtures("province")


def rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


@contextmanager
def demo() -> Iterator[None]:
    with override_settings(DEMO=True):
        yield


def test_one_person_for_each_case() -> None:
    assert Person.objects.count() == Case.objects.values("person").distinct().count() == Case.objects.count()
    assert 700 <= Case.objects.count() <= 900


def test_work_lies_at_every_desk() -> None:
    assert set(CaseList.objects.values_list("status", flat=True)) == set(ListStatus.values)
    assert set(Case.objects.values_list("status", flat=True)) >= set(CaseStatus.values) - {
        CaseStatus.WITHDRAWN
    }
    assert set(Batch.objects.values_list("status", flat=True)) == {
        BatchStatus.PREPARED,
        BatchStatus.APPROVED,
        BatchStatus.RELEASED,
        BatchStatus.CLOSED,
    }
    assert set(Entitlement.objects.values_list("status", flat=True)) == {
        EntitlementStatus.PROPOSED,
        EntitlementStatus.APPROVED,
        EntitlementStatus.COMMITTED,
        EntitlementStatus.PAID,
    }
    assert {InstructionStatus.PAID, InstructionStatus.SENT, InstructionStatus.QUEUED} <= set(
        PaymentInstruction.objects.values_list("status", flat=True)
    )


@pytest.mark.parametrize(
    "sql",
    [
        # a batch's count and sum are its lines'
        "SELECT b.id FROM disbursements_batch b JOIN disbursements_paymentinstruction i ON i.batch_id = b.id"
        " GROUP BY b.id HAVING count(*) <> b.line_count OR sum(i.amount) <> b.total_amount",
        "SELECT id FROM disbursements_batch b WHERE NOT EXISTS"
        " (SELECT FROM disbursements_paymentinstruction i WHERE i.batch_id = b.id)",
        # a decision's people and đồng are its entitlements'
        "SELECT d.id FROM support_programs_approvaldecision d LEFT JOIN support_programs_entitlement e ON e.decision_id = d.id"
        " GROUP BY d.id HAVING count(e.id) <> d.people OR sum(e.amount) <> d.amount",
        # what was allocated to a district is what was approved for it
        "SELECT e.decision_id FROM (SELECT decision_id, left(area_code, 5) AS district, sum(amount) AS due"
        " FROM support_programs_entitlement WHERE decision_id IS NOT NULL GROUP BY 1, 2) e"
        " JOIN (SELECT decision_id, area_code, sum(amount) AS got FROM disbursements_allocation GROUP BY 1, 2) a"
        " ON a.decision_id = e.decision_id AND a.area_code = e.district WHERE a.got <> e.due",
        # an entitlement's state is its newest instruction's
        "SELECT e.id FROM support_programs_entitlement e LEFT JOIN LATERAL (SELECT status FROM disbursements_paymentinstruction i"
        " WHERE i.entitlement_id = e.id ORDER BY attempt DESC LIMIT 1) i ON true WHERE e.status <> CASE"
        " WHEN i.status = 'paid' THEN 'paid' WHEN i.status IN ('queued', 'sent', 'unknown') THEN 'committed'"
        " WHEN e.decision_id IS NOT NULL THEN 'approved' ELSE 'proposed' END",
        # closed: nobody without an answer; not released: nobody with one
        "SELECT i.id FROM disbursements_paymentinstruction i JOIN disbursements_batch b ON b.id = i.batch_id"
        " WHERE (b.status = 'closed' AND i.status NOT IN ('paid', 'failed', 'returned'))"
        " OR (b.status IN ('prepared', 'approved') AND i.status <> 'queued')",
        # whoever decides has not acted before
        "SELECT b.id FROM disbursements_batch b JOIN disbursements_paymentinstruction i ON i.batch_id = b.id"
        " WHERE b.approved_by_id IN (b.created_by_id, i.money_approved_by_id, i.list_approved_by_id, i.entered_by_id)",
        "SELECT l.id FROM support_programs_caselist l JOIN support_programs_case c ON c.case_list_id = l.id"
        " WHERE l.list_approved_by_id IN (c.entered_by_id, c.appraised_by_id)"
        " OR l.money_approved_by_id IN (c.entered_by_id, c.appraised_by_id, l.list_approved_by_id, l.money_appraised_by_id)",
        # a case has its list's commune and stream, and a state that fits the list's
        "SELECT c.id FROM support_programs_case c JOIN support_programs_caselist l ON l.id = c.case_list_id"
        " WHERE c.area_code <> l.area_code OR c.stream <> l.stream OR (l.status = 'money_approved') <> (c.status = 'approved')",
        # the newest determination is what the case says
        "SELECT c.id FROM support_programs_case c LEFT JOIN support_programs_eligibilitydetermination d ON d.case_id = c.id"
        " WHERE c.status <> 'draft' AND (d.result IS NULL OR d.result <> c.result)",
        # one open pass per list, the one that the list names; none where everybody was paid or no money has come yet
        "SELECT l.id FROM support_programs_caselist l JOIN support_programs_caseliststep s ON s.case_list_id = l.id"
        " AND s.finished_on IS NULL WHERE s.step <> l.current_step OR s.due_on IS DISTINCT FROM l.due_on",
        "SELECT case_list_id FROM support_programs_caseliststep WHERE finished_on IS NULL GROUP BY 1 HAVING count(*) > 1",
        "SELECT id FROM support_programs_caseliststep WHERE finished_on < started_on OR started_on > '2021-09-27'",
        # a payee's instruction is of the same commune as the entitlement, inside the batch's area
        "SELECT i.id FROM disbursements_paymentinstruction i JOIN disbursements_batch b ON b.id = i.batch_id"
        " JOIN support_programs_entitlement e ON e.id = i.entitlement_id"
        " WHERE i.area_code <> e.area_code OR i.area_code NOT LIKE b.area_code || '%' OR i.amount <> e.amount",
        # the log is in the order of the days
        "SELECT id FROM (SELECT id, at, lag(at) OVER (ORDER BY id) AS before FROM core_event) e WHERE at < before",
    ],
)
def test_nothing_contradicts(sql: str) -> None:
    assert rows(sql) == []


def test_numbers_are_encrypted_found_by_their_index_and_valid() -> None:
    for paper in IdentityDocument.objects.all()[:50]:
        number = crypto.decrypt("number", paper.number_encrypted)
        assert crypto.blind_index("number", number) == bytes(paper.number_index)
        assert number[-3:] == paper.number_last3
        assert len(number) == {"CCCD": 12, "CMND": 9}[paper.kind]


def test_references_are_valid_and_the_next_one_is_new() -> None:
    for model in (Case, CaseList, Batch, PaymentInstruction, Person):
        known = set(model._default_manager.values_list("reference", flat=True))
        assert all(map(is_valid_reference, known))
    assert next_reference("HS") not in set(Case.objects.values_list("reference", flat=True))


def test_the_log_tells_of_every_case_and_knows_its_words() -> None:
    told = set(Event.objects.filter(action="case.created").values_list("object_id", flat=True))
    assert told == set(Case.objects.values_list("pk", flat=True))
    from core.audit import registered_codes

    assert set(Event.objects.values_list("action", flat=True)) <= registered_codes()


def test_guards_are_on_again() -> None:
    names = ", ".join(f"'{table}'::regclass" for table in TABLES)
    off = (
        f"SELECT tgname FROM pg_trigger WHERE tgrelid IN ({names}) AND NOT tgisinternal AND tgenabled <> 'O'"
    )
    assert rows(off) == []


def test_everybody_shown_can_sign_in_and_the_others_cannot() -> None:
    from accounts.demo import SIGN_IN_WORDS

    shown = {account.username for account in ACCOUNTS}
    assert all(user.check_password(SIGN_IN_WORDS) for user in User.objects.filter(username__in=shown))
    assert not any(user.has_usable_password() for user in User.objects.exclude(username__in=shown))


def test_run_again_changes_nothing() -> None:
    before = Case.objects.count()
    with demo():
        call_command("seed_demo", verbosity=0)
        call_command("seed_demo", "--if-empty", verbosity=0)
    assert Case.objects.count() == before


def test_without_demo_it_is_refused() -> None:
    with pytest.raises(CommandError, match="DEMO is off"):
        call_command("seed_demo")
    with pytest.raises(CommandError, match="DEMO is off"):
        call_command("demo_accounts")


def test_real_records_are_left_alone() -> None:
    with connections["owner"].cursor() as cursor, demo():
        cursor.execute("UPDATE accounts_user SET username = 'someone' WHERE username = 'quantri'")
        try:
            with pytest.raises(CommandError, match="did not make"):
                call_command("seed_demo", "--reset")
            call_command("seed_demo", "--if-empty", verbosity=0)
        finally:
            cursor.execute("UPDATE accounts_user SET username = 'quantri' WHERE username = 'someone'")
    assert Case.objects.exists()


def test_the_same_seed_gives_the_same_province() -> None:
    names = list(Case.objects.order_by("pk").values_list("applicant_name", "status", "area_code"))
    with demo():
        call_command("seed_demo", "--reset", "--people", "800", verbosity=0)
    assert list(Case.objects.order_by("pk").values_list("applicant_name", "status", "area_code")) == names
