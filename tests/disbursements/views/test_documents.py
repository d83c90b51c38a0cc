"""The papers of a batch: who drafts them, when, what they say, and that nobody else sees a draft."""

import io

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from core.services.files import read_file
from core.transitions import TransitionRefused
from disbursements.enums import BatchStatus
from disbursements.models import Batch
from disbursements.services.batches import approve_batch, close_batch, release_batch
from disbursements.services.results import record_all_paid_except
from support_programs.enums import DocumentKind, DocumentStatus
from support_programs.models import OfficialDocument
from support_programs.queries.documents import details_of
from support_programs.services import documents as service
from tests.factories import payments as make
from tests.factories.people import OTHER_COMMUNE, OUTSIDE_COMMUNE, user

pytestmark = pytest.mark.django_db
SIGNED = {
    "number": "14/GĐN",
    "dated": "27/9/2021",
    "signer_office": "Trưởng phòng",
    "signer_name": "Lê Thị Hoa",
}


@pytest.fixture
def made() -> make.ApprovedList:
    return make.payable_list(4)


def closed(made: make.ApprovedList, batch: Batch) -> Batch:
    """One of the four was away; the rest have their money, the batch is locked."""
    approve_batch(actor=made.staff.approver, batch=batch)
    batch = release_batch(actor=made.staff.accountant, batch=batch)
    away = batch.instructions.order_by("pk")[0].reference
    record_all_paid_except(
        actor=made.staff.accountant, batch=batch, exceptions={away: "Vắng mặt khi chi trả"}
    )
    return close_batch(actor=made.staff.accountant, batch=batch)


def words_of(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_an_accountant_drafts_and_issues_the_request_to_pay(client: Client, made: make.ApprovedList) -> None:
    batch = make.prepared_batch(made)
    client.force_login(made.staff.accountant)
    page = client.get(f"/batches/{batch.reference}/").content.decode()
    address = f"/documents/new/payout_request/{batch.reference}/"
    assert address in page
    assert "Chỉ lập khi đợt chi đã khóa" in page
    form = client.get(address).content.decode()
    assert "Chưa chắc chắn" in form
    assert f"Quyết định số {made.decision.number} ngày 20 tháng 9 năm 2021" in form
    client.post(address, {"addressee": "Sở Lao động - Thương binh và Xã hội"})
    draft = OfficialDocument.objects.get()
    assert (draft.kind, draft.about_refs, draft.area_code) == (
        DocumentKind.PAYOUT_REQUEST,
        [batch.reference],
        batch.area_code,
    )
    assert batch.reference in client.get("/documents/").content.decode()
    shown = client.get(f"/documents/{draft.reference}/").content.decode()
    assert f'href="/batches/{batch.reference}/"' in shown
    client.post(f"/documents/{draft.reference}/issue/", {**SIGNED, "version": "1"})
    draft.refresh_from_db()
    assert draft.status == DocumentStatus.ISSUED
    assert draft.file is not None
    said = words_of(read_file(draft.file))
    assert "Số người được chi: 4 người" in said
    assert "6.000.000 đồng (Bằng chữ: Sáu triệu đồng)" in said
    assert "Ngân sách tỉnh 4 6.000.000" in said
    assert "0890" not in said
    assert draft.reference in client.get(f"/batches/{batch.reference}/").content.decode()


def test_the_minutes_say_what_the_ledger_says(made: make.ApprovedList) -> None:
    make.payable_list(2, staff=made.staff, area=OTHER_COMMUNE)
    batch = closed(made, make.prepared_batch(made))
    paper = service.draft_document(
        kind=DocumentKind.RECONCILIATION,
        record=batch,
        actor=made.staff.accountant,
        content={"payer": "UBND xã"},
    )
    said = details_of(paper).values
    money = said["money"]
    assert (money.total.people, money.total.amount) == (6, 9_000_000)
    assert (money.paid.people, money.paid.amount) == (5, 7_500_000)
    assert (money.unpaid.people, money.unpaid.amount) == (1, 1_500_000)
    assert said["difference"] == 0
    assert said["paid_words"] == "Bảy triệu năm trăm nghìn đồng"
    assert [(one.words, one.people, one.amount) for one in said["reasons"]] == [
        ("Vắng mặt khi chi trả", 1, 1_500_000)
    ]
    found = [(row.taken.amount, row.paid.amount, row.back.amount) for row in said["results"]]
    assert sorted(found) == [(3_000_000, 3_000_000, 0), (6_000_000, 4_500_000, 1_500_000)]
    assert "Chênh lệch (dòng 1 - 2 - 3 - 4) 0" in words_of(
        service.preview_document(paper, actor=made.staff.accountant)
    )


def test_each_paper_has_its_time(made: make.ApprovedList) -> None:
    batch = make.prepared_batch(made)
    accountant = made.staff.accountant
    with pytest.raises(TransitionRefused, match="Chỉ lập khi đợt chi đã khóa"):
        service.draft_document(kind=DocumentKind.RECONCILIATION, record=batch, actor=accountant)
    request = service.draft_document(kind=DocumentKind.PAYOUT_REQUEST, record=batch, actor=accountant)
    closed(made, batch)
    # what was asked for before is not asked for any more
    with pytest.raises(TransitionRefused, match="chưa khóa"):
        service.issue_document(
            request,
            number="",
            dated=batch.made_on,
            signer_office="Trưởng phòng",
            signer_name="Lê Thị Hoa",
            actor=accountant,
        )
    assert OfficialDocument.objects.get().status == DocumentStatus.DRAFT
    assert Batch.objects.get().status == BatchStatus.CLOSED


@pytest.mark.parametrize(
    ("role", "area"),
    [
        (Role.COMMUNE_OFFICER, OTHER_COMMUNE),
        (Role.DISTRICT_OFFICER, "89888"),
        (Role.PROVINCIAL_APPROVER, "89"),
        (Role.PROVINCIAL_REVIEWER, "89"),
        (Role.LEADER, "89"),
    ],
)
def test_others_draft_no_papers_of_money(
    client: Client, made: make.ApprovedList, role: Role, area: str
) -> None:
    batch = make.prepared_batch(made)
    client.force_login(user(role, area=area))
    answer = client.post(f"/documents/new/payout_request/{batch.reference}/", {"addressee": "Sở"})
    assert answer.status_code in (403, 404)
    assert not OfficialDocument.objects.exists()


def test_a_draft_is_seen_by_the_body_that_signs_it_alone(client: Client, made: make.ApprovedList) -> None:
    batch = make.prepared_batch(made)
    draft = service.draft_document(
        kind=DocumentKind.PAYOUT_REQUEST, record=batch, actor=made.staff.accountant
    )
    for role, area, status in (
        (Role.ACCOUNTANT, "89888", 200),
        (Role.AUDITOR, "89", 200),
        (Role.PROVINCIAL_APPROVER, "89", 404),
        (Role.ACCOUNTANT, "89889", 404),
        (Role.COMMUNE_OFFICER, OUTSIDE_COMMUNE, 404),
    ):
        client.force_login(user(role, area=area))
        assert client.get(f"/documents/{draft.reference}/").status_code == status, (role, area)


def test_the_page_of_a_batch_asks_once_for_its_papers(client: Client, made: make.ApprovedList) -> None:
    batch = make.prepared_batch(made)
    client.force_login(made.staff.accountant)
    counts = []
    for _papers in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(f"/batches/{batch.reference}/")
        counts.append(len(asked))
        for _number in range(3):
            service.draft_document(
                kind=DocumentKind.PAYOUT_REQUEST, record=batch, actor=made.staff.accountant
            )
    assert counts[0] == counts[1]
