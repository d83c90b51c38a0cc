"""What comes into the demo from outside: dossiers of other policies, uploaded lists, and what banks answered to Phú Tân."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from beneficiaries.enums import ImportState, Outcome, RowState
from beneficiaries.models import ImportRow, ListImport
from core import clock
from core.documents import is_renderer_installed
from core.models import Event
from core.services.files import read_file
from disbursements.enums import BatchStatus, InstructionStatus, StatementRow, StatementState
from disbursements.models import (
    Batch,
    BatchSignature,
    PaymentFile,
    PaymentInstruction,
    StatementImport,
    StatementLine,
)
from disbursements.queries.ledger_check import first_difference
from disbursements.services.rendering import lacks_files
from ops.demo import DEFAULTS
from reports.demo import spending
from reports.demo.uploads import ROWS
from support_programs.enums import CaseStatus, DocumentKind, EntitlementStatus, ListStatus
from support_programs.models import Case, CaseChild, CaseList, EmployerMonth, Entitlement, OfficialDocument
from tests.infrastructure.databases import Cleaner
from tests.reports.conftest import browser_of, person

pytestmark = pytest.mark.usefixtures("brought_in")
PHU_TAN = "89888"


@pytest.fixture(scope="module")
def brought_in(
    cleaner: Cleaner, django_db_blocker: DjangoDbBlocker, session_environment: dict[str, str]
) -> Iterator[None]:
    """A province large enough that Phú Tân awaits some transfers; emptied again after the module."""
    with django_db_blocker.unblock():
        with override_settings(DEMO=True):
            call_command("seed_demo", "--people", "4000", "--uploads", "2", "--no-reports", verbosity=0)
        yield
        connections.close_all()
        cleaner.clean()


def test_every_policy_has_dossiers_and_every_step_a_list() -> None:
    others = Case.objects.exclude(programme="LD_TU_DO")
    found = Counter(others.values_list("programme", flat=True))
    assert found == {
        "TAM_HOAN": 16,
        "F0_F1": 3,
        "HO_KD": 3,
        "HDV_DL": 4,
        "CHAM_DUT": 1,
        "DAO_TAO": 1,
        "HTTT": 1,
        "VAY_VON": 1,
        "GAO_HO_TRO": 12,
    }
    assert all(case.outcomes for case in others)
    lists = CaseList.objects.filter(cases__in=others).distinct()
    states = {row.programme_id: set() for row in lists} | {}
    for row in lists:
        states[row.programme_id].add(row.status)
    assert states["TAM_HOAN"] == {
        ListStatus.DRAFT,
        ListStatus.AT_AGENCY,
        ListStatus.AT_DISTRICT,
        ListStatus.AT_PROVINCE,
    }
    assert states["HO_KD"] == {ListStatus.AT_DISTRICT}
    assert states["HDV_DL"] == {ListStatus.AT_DEPARTMENT}
    assert states["GAO_HO_TRO"] == {ListStatus.MONEY_APPROVED}
    refused = Case.objects.get(programme="HO_KD", status=CaseStatus.INELIGIBLE)
    assert refused.facts["stop_cause"]["value"] == "directive_16"
    assert CaseChild.objects.filter(is_live=True).count() == 3
    owed = Entitlement.objects.filter(programme="TAM_HOAN", status=EntitlementStatus.PROPOSED)
    assert {row.amount for row in owed} <= {1_855_000, 2_855_000, 3_710_000, 4_710_000}
    assert owed.exists()
    assert Case.objects.filter(status=CaseStatus.DECIDED_ELSEWHERE).count() == 2
    assert EmployerMonth.objects.filter(is_current=True).count() == 4


def test_one_list_waits_and_one_is_taken_in_but_for_its_wrong_rows() -> None:
    checked, committed = ListImport.objects.order_by("pk")
    assert (checked.state, committed.state) == (ImportState.CHECKED, ImportState.COMMITTED)
    assert ImportRow.objects.filter(list_import=checked).count() == ROWS
    wrong = ImportRow.objects.filter(list_import=committed, outcome=Outcome.ERROR)
    assert wrong.count() >= 4
    assert set(wrong.values_list("state", flat=True)) == {RowState.STAGED}
    taken = ImportRow.objects.filter(list_import=committed, state=RowState.COMMITTED)
    assert Case.objects.filter(import_row__in=taken).count() == taken.count() > 10


def test_a_result_file_has_every_kind_of_trouble_of_which_half_is_settled() -> None:
    statement = StatementImport.objects.get()
    rows = StatementLine.objects.filter(statement=statement)
    assert (statement.state, statement.batch.status) == (StatementState.RECORDED, BatchStatus.RELEASED)
    waiting = rows.filter(outcome__in=StatementRow.refused(), resolved_by_id=None)
    assert set(waiting.values_list("outcome", flat=True)) == {
        StatementRow.OTHER_AMOUNT,
        StatementRow.OTHER_ACCOUNT,
        StatementRow.UNREADABLE,
        StatementRow.CONTRADICTION,
    }
    settled = rows.filter(resolved_by_id__isnull=False)
    assert Counter(settled.values_list("outcome", flat=True)) == {"set_aside": 2, "paid": 2}
    assert set(settled.values_list("resolved_by_name", flat=True)) == {
        person("kt888a").full_name,
        person("kt888b").full_name,
    }
    assert all(settled.values_list("resolution", flat=True))
    assert rows.filter(recorded_at__isnull=False).count() == statement.paid_count + statement.failed_count


def test_the_page_of_the_result_file_shows_what_waits_and_the_batch_cannot_be_locked() -> None:
    statement = StatementImport.objects.get()
    page = browser_of("kt888a").get(f"/batches/{statement.batch.reference}/statement/{statement.pk}/")
    assert page.status_code == 200
    assert str(StatementRow.CONTRADICTION.label) in page.content.decode()
    elsewhere = browser_of("kt886a").get(f"/batches/{statement.batch.reference}/statement/{statement.pk}/")
    assert elsewhere.status_code == 404


def test_payments_hang_since_three_different_days() -> None:
    rows = PaymentInstruction.objects.filter(
        area_code__startswith=PHU_TAN, status=InstructionStatus.UNKNOWN
    ).select_related("batch")
    assert len(set(rows.values_list("unknown_since", flat=True))) >= 3
    for line in rows:
        assert line.unknown_since
        assert line.batch.released_on
        assert line.batch.released_on <= line.unknown_since <= clock.today()
    shown = browser_of("kt888a").get("/payments/unknown/").content.decode()
    assert all(line.reference in shown for line in rows)


def test_people_are_left_whose_money_may_go_back() -> None:
    days = int(DEFAULTS["UNCLAIMED_DAYS"])
    assert days == spending._WAITED
    with override_settings(UNCLAIMED_DAYS=days):
        page = browser_of("kt-tinh-a").get("/payments/unclaimed/").content.decode()
    assert f"đã chờ quá {days} ngày" in page
    assert re.search(r"/payments/unclaimed/of/89\d{3}/LD_TU_DO/", page)


def test_the_batches_of_phu_tan_have_their_files() -> None:
    if not is_renderer_installed():
        pytest.skip("no Pango: the worker can't write PDF files")
    batches = Batch.objects.in_area(PHU_TAN).exclude(status=BatchStatus.CLOSED)
    assert {batch.status for batch in batches} >= {BatchStatus.PREPARED, BatchStatus.RELEASED}
    assert not any(lacks_files(batch) for batch in batches)
    drafts = PaymentFile.objects.filter(is_draft=True)
    assert set(drafts.values_list("batch__status", flat=True)) == {BatchStatus.PREPARED}
    bank = PaymentFile.objects.filter(batch__channel="bank", is_draft=False, kind="list_pdf").get()
    assert read_file(bank.file).startswith(b"%PDF")


def test_the_history_of_every_batch_names_who_signed_it() -> None:
    told: dict[int, list[tuple[str, int]]] = {}
    for event in Event.objects.filter(action="batch.signed").order_by("pk"):
        told.setdefault(event.object_id, []).append((event.actor_name, event.change["given"]))
    approved = Batch.objects.filter(approved_by_id__isnull=False)
    assert approved.exists()
    for batch in approved:
        signed = BatchSignature.objects.filter(batch=batch).order_by("ordinal")
        names = list(signed.values_list("signer_name", "ordinal"))
        assert told.pop(batch.pk) == names
        assert len(names) == batch.signatures_needed
        assert batch.approved_by_name == names[-1][0]
        if batch.released_on:
            assert batch.released_by_id not in {row.signer_id for row in signed}
    assert told == {}


def test_each_paper_of_the_money_is_there() -> None:
    found = Counter(
        OfficialDocument.objects.filter(number__startswith="DEMO-3").values_list("kind", flat=True)
    )
    papers = OfficialDocument.objects.filter(
        kind__in=(DocumentKind.PAYOUT_REQUEST, DocumentKind.RECONCILIATION)
    )
    assert Counter(papers.values_list("kind", flat=True)) == {
        DocumentKind.PAYOUT_REQUEST: 2,
        DocumentKind.RECONCILIATION: 1,
    }
    if is_renderer_installed():
        assert found == {DocumentKind.PAYOUT_REQUEST: 1, DocumentKind.RECONCILIATION: 1}


def test_the_ledger_says_what_the_tables_say() -> None:
    assert first_difference() is None
