"""Pages of files, lines, receipts, proxies and accounts that pay: who sees them, what they do, what strangers get."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from core.models import Event, Job
from core.services.jobs import run_job
from disbursements.models import Batch, CashProxy, PayerAccount, PaymentFile
from disbursements.services.batches import approve_batch, cancel_batch
from disbursements.services.rendering import start_rendering
from tests.factories.payments import ApprovedList, payable_list, prepared_batch, released_batch
from tests.factories.people import OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
PROXY = {
    "full_name": "Trần Thị Bé",
    "number": "089178000123",
    "relation": "spouse",
    "paper_number": "12/UQ",
    "paper_date": "25/09/2021",
}


@pytest.fixture
def as_(client: Client) -> SignIn:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def with_files(batch: Batch, made: ApprovedList) -> Batch:
    run_job(start_rendering(batch=batch, actor=made.staff.approver, is_draft=False).pk)
    return batch


def line_url(batch: Batch) -> str:
    return f"/batches/{batch.reference}/lines/{batch.instructions.order_by('position')[0].reference}/"


def test_an_outsider_gets_404_and_changes_nothing(as_: SignIn) -> None:
    made = payable_list(1)
    batch = with_files(released_batch(made), made)
    client = as_(user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT))
    base, line = f"/batches/{batch.reference}/", line_url(batch)
    for address in (
        f"{base}files/zip/",
        f"{base}files/bank_xlsx/970405/",
        line,
        f"{line}receipt/",
        f"{line}proxy/",
    ):
        assert client.get(address).status_code == 404, address
    assert client.post(f"{line}proxy/", PROXY).status_code == 404
    assert not CashProxy.objects.exists()
    assert not Event.objects.filter(action="instruction.receipt_made").exists()


def test_the_card_lists_files_with_sums_and_one_zip(as_: SignIn) -> None:
    made = payable_list(2)
    batch = with_files(released_batch(made), made)
    client = as_(made.staff.accountant)
    page = text_of(client.get(f"/batches/{batch.reference}/"))
    assert "Tệp chi trả" in page
    assert "2 dòng" in page
    assert "3.000.000" in page
    assert PaymentFile.objects.get(kind="list_pdf", is_draft=False).sha256[:8] in page
    answer = client.get(f"/batches/{batch.reference}/files/zip/")
    assert answer["Content-Type"] == "application/zip"
    assert as_(user(Role.LEADER, area="89")).get(f"/batches/{batch.reference}/files/zip/").status_code == 403


def test_files_of_a_cancelled_batch_order_no_payment(as_: SignIn) -> None:
    """Its people go into another batch: who opens the page of this one later finds nothing to send to a bank."""
    made = payable_list(1)
    batch = prepared_batch(made)
    approve_batch(actor=made.staff.approver, batch=batch)
    with_files(batch, made)
    client, base = as_(made.staff.accountant), f"/batches/{batch.reference}/"
    assert client.get(f"{base}files/list_xlsx/").status_code == 200
    cancel_batch(actor=made.staff.accountant, batch=batch, reason="Lập nhầm xã")
    recorded = Event.objects.filter(action="file.downloaded").count()
    for address in (f"{base}files/list_xlsx/", f"{base}files/zip/"):
        assert client.get(address)["Location"] == base
    assert client.get(f"/api/v1{base}files/list_xlsx/").status_code == 403
    assert Event.objects.filter(action="file.downloaded").count() == recorded
    assert f"{base}files/list_xlsx/" not in text_of(client.get(base))


def test_a_worker_that_could_not_says_why_on_the_page(as_: SignIn) -> None:
    made = payable_list(1)
    batch = released_batch(made)
    Job.objects.filter(idempotency_key__startswith=f"files:{batch.pk}:").update(
        state="failed", error_text="Máy chủ hết chỗ lưu tệp."
    )
    page = text_of(as_(made.staff.approver).get(f"/batches/{batch.reference}/"))
    assert "Máy chủ hết chỗ lưu tệp." in page
    assert "Lập tệp còn thiếu" in page


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_of_a_line_takes_a_constant_number_of_queries(
    people: int, as_: SignIn, django_assert_max_num_queries: Any
) -> None:
    batch = released_batch(payable_list(people))
    client = as_(user(Role.ACCOUNTANT))
    client.get("/payer-accounts/banks/")
    with django_assert_max_num_queries(14):
        page = client.get(line_url(batch))
    assert "Một triệu năm trăm nghìn đồng" in text_of(page)


def test_a_receipt_is_taken_and_recorded(as_: SignIn) -> None:
    made = payable_list(1)
    batch = released_batch(made)
    answer: HttpResponse = as_(made.staff.accountant).get(f"{line_url(batch)}receipt/")
    assert answer.content.startswith(b"%PDF")
    assert Event.objects.filter(action="instruction.receipt_made").count() == 1
    waiting = prepared_batch(payable_list(1))
    assert as_(made.staff.accountant).get(f"{line_url(waiting)}receipt/").status_code == 302


def test_who_received_instead_is_recorded_once_and_corrected_with_a_reason(as_: SignIn) -> None:
    made = payable_list(1)
    batch = released_batch(made)
    client, url = as_(made.staff.accountant), f"{line_url(batch)}proxy/"
    refused = client.post(url, {**PROXY, "number": "123"})
    assert refused.status_code == 422
    assert "cần 12 hoặc 9 chữ số" in text_of(refused)
    assert "Trần Thị Bé" in text_of(refused), "what was typed stays"
    assert client.post(url, PROXY).status_code == 302
    page = text_of(client.get(line_url(batch)))
    assert "Trần Thị Bé" in page
    assert "••• 123" in page
    assert "089178000123" not in page
    assert client.post(url, PROXY).status_code == 422
    assert client.post(url, {**PROXY, "reason": "Ghi nhầm"}).status_code == 302
    assert CashProxy.objects.count() == 2
    assert as_(user(Role.COMMUNE_OFFICER)).get(url).status_code in (403, 404)


def test_accounts_that_pay_are_kept_by_their_office(as_: SignIn) -> None:
    accountant = user(Role.ACCOUNTANT)
    form = {
        "bank": "970405",
        "holder_name": "Phòng LĐ-TBXH",
        "account_number": "6700 2011 2233",
        "pain_version": "09",
    }
    refused = as_(accountant).post("/payer-accounts/new/", {**form, "account_number": "12"})
    assert refused.status_code == 422
    assert "6 đến 19 chữ số" in text_of(refused)
    assert as_(accountant).post("/payer-accounts/new/", form).status_code == 302
    account = PayerAccount.objects.get()
    page = text_of(as_(accountant).get("/payer-accounts/"))
    assert "670020112233" in page
    assert "Đang dùng" in page
    end = f"/payer-accounts/{account.pk}/end/"
    assert as_(user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT)).post(end).status_code == 404
    assert as_(user(Role.ACCOUNTANT, area="89")).post(end).status_code == 403
    account.refresh_from_db()
    assert account.valid_to is None
    assert as_(accountant).post(end).status_code == 302
    assert as_(accountant).post(end).status_code == 422
    assert "670020112233" not in text_of(
        as_(user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT)).get("/payer-accounts/")
    )


def test_a_typed_bank_can_be_tried(as_: SignIn) -> None:
    client = as_(user(Role.AUDITOR))
    page = text_of(client.get("/payer-accounts/banks/", {"q": "NH Nông nghiệp CN Phú Tân"}))
    assert "mã 970405" in page
    assert "Chưa chắc chắn" in page
    assert "không chỉ rõ một ngân hàng nào" in text_of(client.get("/payer-accounts/banks/", {"q": "Kho bạc"}))
