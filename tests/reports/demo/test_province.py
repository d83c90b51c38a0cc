"""What the demo writes past the services must be what they could have written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.db.models import Count
from django.test import override_settings

from accounts.demo import ACCOUNTS
from accounts.models import User
from beneficiaries.enums import RegisterCode
from beneficiaries.models import Care, Household, IdentityDocument, Person, Status
from core import clock, crypto
from core.models import Event
from core.queries.references import next_reference
from core.references import is_valid_reference
from disbursements.enums import BatchStatus, InstructionStatus
from disbursements.models import Batch, PaymentInstruction
from reports.demo.province import TABLES
from support_programs.enums import CaseStatus, EntitlementStatus, ListStatus
from support_programs.models import Case, CaseList, Entitlement, Outreach, ProgrammeVersion
from support_programs.queries.facts import facts_of, known_surroundings
from support_programs.queries.left_behind import Sought, left_behind
from support_programs.queries.programmes import definition_of
from support_programs.queries.unregistered import unregistered_cases
from support_programs.rules.judging import judge

pytestmark = pytest.mark.usefixtures("province")
CONTRADICTIONS = Path(__file__).with_name("contradictions.sql").read_text("utf-8").split("\n\n")[1:]


def rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


@contextmanager
def demo() -> Iterator[None]:
    with override_settings(DEMO=True):
        yield


def test_one_person_for_each_case_and_some_whom_only_the_registers_know() -> None:
    assert Case.objects.values("person").distinct().count() == Case.objects.count()
    assert 700 <= Case.objects.count() <= 900
    known_only_there = Person.objects.exclude(pk__in=Case.objects.values("person"))
    assert 40 <= known_only_there.count() <= 60


def test_every_register_has_entries_and_some_workers_have_none() -> None:
    found = dict(Status.objects.values_list("register").annotate(n=Count("pk")))
    assert set(found) == set(RegisterCode.values)
    assert min(found.values()) >= 3
    in_register = Status.objects.filter(register="free_workers").values("person")
    listed = Case.objects.filter(person__in=in_register).count()
    assert 0.5 < listed / Case.objects.count() < 0.8
    assert Household.objects.count() == Status.objects.filter(register="poor_households").count()
    assert Care.objects.exists()


def test_whom_the_demo_left_behind_is_found() -> None:
    rules = definition_of(ProgrammeVersion.objects.get(programme="LD_TU_DO", is_current=True).pk)
    found = left_behind(Sought(rules, "89", is_registered=True), on=clock.today(), limit=100)
    assert found.undetermined > 0
    assert found.with_case > 400
    handed = left_behind(
        Sought(rules, "89", is_registered=True, handed="waiting"), on=clock.today(), limit=100
    )
    assert 0 < handed.total < found.total
    for outreach in Outreach.objects.all():
        row = next(row for row in found.rows if row.reference == outreach.person.reference)
        assert (
            "".join({"met": "m", "unknown": "u", "review": "r"}[one] for one in row.outcomes)
            == outreach.letters
        )
    rows, total = unregistered_cases(rules, area_code="89", limit=10)
    assert len(rows) == 10
    assert 100 < total < 400


def test_the_registers_change_no_judgement() -> None:
    """A case judged anew says what it said: the entries tell what the lists told."""
    cases = Case.objects.filter(status="approved").order_by("pk")[:60]
    before = {case.pk: (case.result, case.outcomes) for case in cases}
    facts = known_surroundings([case.pk for case in cases])
    for case in cases:
        row = Case.objects.filter(pk=case.pk).values().get() | {"pk": case.pk}
        rules = definition_of(case.version_used_id)
        judgement = judge(rules, facts_of(row, rules, facts), case.received_on)
        assert (judgement.result, judgement.letters) == before[case.pk]
    assert any(facts.entries.values())


def test_work_lies_at_every_desk() -> None:
    # other agencies and the province itself decide lists of other policies: test_brought_in.py
    elsewhere = {ListStatus.AT_AGENCY, ListStatus.AT_PROVINCE}
    assert set(CaseList.objects.values_list("status", flat=True)) == set(ListStatus.values) - elsewhere
    assert set(Case.objects.values_list("status", flat=True)) >= set(CaseStatus.values) - {
        CaseStatus.WITHDRAWN,
        CaseStatus.DECIDED_ELSEWHERE,
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


@pytest.mark.parametrize("query", CONTRADICTIONS, ids=lambda query: query.splitlines()[0][:60])
def test_nothing_contradicts(query: str) -> None:
    assert rows(query) == []


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
        call_command("seed_demo", "--reset", "--people", "800", "--uploads", "0", verbosity=0)
    assert list(Case.objects.order_by("pk").values_list("applicant_name", "status", "area_code")) == names
