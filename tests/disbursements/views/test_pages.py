"""Pages of payouts: who sees what, what a post changes, and that a second post changes nothing."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from core.services.jobs import run_job
from disbursements.models import Allocation, Batch, PaymentInstruction, StatementImport
from disbursements.payment_lists.content import payment_list_of
from disbursements.payment_lists.xlsx import write_xlsx
from disbursements.services.rendering import start_rendering
from tests.factories.payments import (
    AMOUNT,
    PROGRAMME,
    ApprovedList,
    approved_list,
    payable_list,
    prepared_batch,
    released_batch,
)
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def as_(client: Client) -> SignIn:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def line_references(batch: Batch) -> list[str]:
    return list(
        PaymentInstruction.objects.filter(batch=batch)
        .order_by("position")
        .values_list("reference", flat=True)
    )


def filled_list(batch: Batch, word: str = "x") -> SimpleUploadedFile:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(payment_list_of(batch, is_draft=False))))
    sheet: Any = book.active
    place = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == "Kết quả chi")
    for row in sheet.iter_rows():
        if str(row[1].value).startswith("LC-"):
            sheet.cell(row[0].row, place).value = word
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile("danh-sach.xlsx", target.getvalue())


class TestWhoSeesWhat:
    def addresses(self, batch: Batch) -> list[str]:
        base = f"/batches/{batch.reference}/"
        acts = [f"{base}{act}/" for act in ("approve", "release", "close", "cancel")]
        return [base, *acts, f"{base}statement/", f"{base}files/list_xlsx/", f"{base}statement/1/"]

    def test_an_outsider_gets_404_and_changes_nothing(self, as_: SignIn) -> None:
        batch = released_batch(payable_list(1))
        before = Batch.objects.values().get()
        client = as_(user(Role.ACCOUNTANT, Role.COMMUNE_OFFICER, area=OUTSIDE_DISTRICT))
        base = f"/batches/{batch.reference}/"
        for address in self.addresses(batch):
            assert client.get(address).status_code == 404, address
        posts = [
            f"{base}{path}/"
            for path in (
                "approve",
                "release",
                "close",
                "cancel",
                "results",
                "files",
                "statement",
                "statement/1/record",
            )
        ]
        for address in posts:
            assert (
                client.post(address, {"confirm": "1", "action": "except", "reason": "x"}).status_code == 404
            ), address
        assert Batch.objects.values().get() == before
        assert set(PaymentInstruction.objects.values_list("status", flat=True)) == {"sent"}
        assert Event.objects.filter(action="access.denied").count() == len(self.addresses(batch)) + len(posts)

    def test_the_list_holds_batches_of_ones_area(self, as_: SignIn) -> None:
        made = payable_list(1)
        batch = prepared_batch(made)
        assert batch.reference in text_of(as_(made.staff.accountant).get("/batches/"))
        assert batch.reference not in text_of(
            as_(user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT)).get("/batches/")
        )

    @pytest.mark.parametrize("role", list(Role))
    def test_every_role_gets_its_page(self, role: Role, as_: SignIn) -> None:
        batch = prepared_batch(payable_list(1))
        client = as_(user(role, area="89"))
        is_administrator = role is Role.ADMINISTRATOR
        assert client.get(f"/batches/{batch.reference}/").status_code == (404 if is_administrator else 200)
        assert client.get("/batches/new/").status_code == (200 if role is Role.ACCOUNTANT else 403)
        assert client.get("/allocations/").status_code == (403 if is_administrator else 200)
        for page in ("/payments/returned/", "/payments/unclaimed/", "/recoveries/", "/callbacks/"):
            assert client.get(page).status_code == (403 if is_administrator else 200), page

    @pytest.mark.parametrize("people", [1, 30])
    def test_pages_take_a_constant_number_of_queries(
        self, people: int, as_: SignIn, django_assert_max_num_queries: Any
    ) -> None:
        made = payable_list(people)
        batch = released_batch(made)
        client = as_(made.staff.accountant)
        client.get(f"/batches/{batch.reference}/")
        with django_assert_max_num_queries(20):
            client.get(f"/batches/{batch.reference}/")
        with django_assert_max_num_queries(12):
            client.get("/batches/")

    def test_the_worklist_counts_what_waits(self, as_: SignIn) -> None:
        made = payable_list(3)
        client = as_(made.staff.accountant)
        assert "Chờ vào đợt chi: lao động tự do" in text_of(client.get("/"))
        preview = client.get(f"/batches/new/?programme={PROGRAMME}&area={DISTRICT}&stream=&channel=cash")
        assert "Lập đợt chi 3 người" in text_of(preview)
        prepared_batch(made)
        assert "Đợt chi chờ duyệt" in text_of(as_(made.staff.approver).get("/"))

    def test_the_case_page_shows_its_payments(self, as_: SignIn) -> None:
        made = payable_list(1)
        batch = prepared_batch(made)
        case = made.case_list.cases.get()
        assert batch.reference in text_of(as_(made.staff.appraiser).get(f"/cases/{case.reference}/"))
        assert batch.reference in text_of(
            as_(made.staff.appraiser).get(f"/lists/{made.case_list.reference}/")
        )


class TestActs:
    def test_the_approval_page_states_people_and_money_in_words(self, as_: SignIn) -> None:
        made = payable_list(2)
        batch = prepared_batch(made)
        page = text_of(as_(made.staff.approver).get(f"/batches/{batch.reference}/approve/"))
        assert "3.000.000" in page
        assert "Ba triệu đồng" in page

    def test_approve_twice_is_once(self, as_: SignIn) -> None:
        made = payable_list(2)
        batch = prepared_batch(made)
        client = as_(made.staff.approver)
        address = f"/batches/{batch.reference}/approve/"
        assert client.post(address, {"version": batch.version}).status_code == 302
        again = client.post(address, {"version": batch.version})
        assert again.status_code == 422
        assert Event.objects.filter(action="batch.approve").count() == 1

    def test_a_blocked_button_says_why(self, as_: SignIn) -> None:
        made = payable_list(1)
        batch = prepared_batch(made)
        client = as_(made.staff.money_approver)
        page = text_of(client.get(f"/batches/{batch.reference}/"))
        assert "Bạn đã phê duyệt kinh phí của danh sách trong đợt này" in page
        assert 'aria-disabled="true"' in page
        assert client.post(f"/batches/{batch.reference}/approve/", {}).status_code == 422

    def test_another_role_is_kept_out(self, as_: SignIn) -> None:
        batch = prepared_batch(payable_list(1))
        response = as_(user(Role.DISTRICT_HEAD)).post(f"/batches/{batch.reference}/approve/", {})
        assert response.status_code == 403
        batch.refresh_from_db()
        assert batch.status == "prepared"

    def test_cancel_needs_a_reason(self, as_: SignIn) -> None:
        made = payable_list(1)
        batch = prepared_batch(made)
        client = as_(made.staff.accountant)
        assert client.post(f"/batches/{batch.reference}/cancel/", {"reason": ""}).status_code == 422
        assert client.post(f"/batches/{batch.reference}/cancel/", {"reason": "Nhầm"}).status_code == 302
        batch.refresh_from_db()
        assert (batch.status, batch.cancel_reason) == ("cancelled", "Nhầm")


class TestResults:
    @pytest.fixture
    def made(self) -> ApprovedList:
        return payable_list(3)

    @pytest.fixture
    def batch(self, made: ApprovedList) -> Batch:
        return released_batch(made)

    def test_ticked_lines_are_confirmed_first(self, made: ApprovedList, batch: Batch, as_: SignIn) -> None:
        client = as_(made.staff.accountant)
        picked = {"action": "paid", "pick": line_references(batch)[:2]}
        page = text_of(client.post(f"/batches/{batch.reference}/results/", picked))
        assert "2 người" in page
        assert "Ba triệu đồng" in page
        assert [f"Nguyễn Văn {n} <" in page for n in (1, 2, 3)] == [True, True, False]
        assert not PaymentInstruction.objects.filter(status="paid").exists()
        assert (
            client.post(f"/batches/{batch.reference}/results/", {**picked, "confirm": "1"}).status_code == 302
        )
        assert PaymentInstruction.objects.filter(status="paid").count() == 2

    def test_all_paid_except(self, made: ApprovedList, batch: Batch, as_: SignIn) -> None:
        client = as_(made.staff.accountant)
        absent = line_references(batch)[0]
        form = {"action": "except", "pick": [absent], "confirm": "1"}
        assert (
            client.post(
                f"/batches/{batch.reference}/results/", {**form, f"{absent}-choice": "other"}
            ).status_code
            == 422
        )
        done = client.post(
            f"/batches/{batch.reference}/results/",
            {**form, f"{absent}-choice": "absent", f"{absent}-words": "đi làm xa"},
        )
        assert done.status_code == 302
        assert (
            PaymentInstruction.objects.get(status="returned").result_reason
            == "Vắng mặt khi chi trả: đi làm xa"
        )
        assert PaymentInstruction.objects.filter(status="paid").count() == 2

    def test_an_uploaded_list_is_checked_then_recorded(
        self, made: ApprovedList, batch: Batch, as_: SignIn
    ) -> None:
        client = as_(made.staff.accountant)
        checked = client.post(f"/batches/{batch.reference}/statement/", {"file": filled_list(batch)})
        assert checked.status_code == 302
        assert "Ghi kết quả 3 dòng" in text_of(client.get(checked["Location"]))
        address = f"{checked['Location']}record/"
        assert client.post(address).status_code == 302
        again = client.post(address)
        assert again.status_code == 422
        assert "đã được ghi từ trước, không có gì thay đổi" in text_of(again)
        assert PaymentInstruction.objects.filter(status="paid").count() == 3

    def test_a_returned_list_already_paid_says_so(
        self, made: ApprovedList, batch: Batch, as_: SignIn
    ) -> None:
        client = as_(made.staff.accountant)
        first = client.post(f"/batches/{batch.reference}/statement/", {"file": filled_list(batch)})
        client.post(f"{first['Location']}record/")
        second = client.post(
            f"/batches/{batch.reference}/statement/", {"file": filled_list(batch, "Đã nhận")}
        )
        assert "đã được ghi từ trước, không có gì thay đổi" in text_of(client.get(second["Location"]))

    def test_the_list_of_another_batch_is_refused(
        self, made: ApprovedList, batch: Batch, as_: SignIn
    ) -> None:
        other = released_batch(payable_list(1, staff=made.staff))
        response = as_(made.staff.accountant).post(
            f"/batches/{batch.reference}/statement/", {"file": filled_list(other)}
        )
        assert response.status_code == 422
        assert f"là danh sách của đợt chi {other.reference}" in text_of(response)
        assert not StatementImport.objects.exists()

    def test_the_reconciliation_closes_to_nothing(
        self, made: ApprovedList, batch: Batch, as_: SignIn
    ) -> None:
        client = as_(made.staff.accountant)
        client.post(f"/batches/{batch.reference}/results/", {"action": "except", "confirm": "1"})
        assert client.post(f"/batches/{batch.reference}/close/", {}).status_code == 302
        page = text_of(client.get(f"/batches/{batch.reference}/"))
        assert "Đã khóa đối soát" in page
        assert "4.500.000" in page


class TestFilesAndMoney:
    def test_a_download_is_recorded_and_always_the_same(self, as_: SignIn) -> None:
        made = payable_list(1)
        batch = released_batch(made)
        run_job(start_rendering(batch=batch, actor=made.staff.approver, is_draft=False).pk)
        client = as_(made.staff.accountant)
        first = client.get(f"/batches/{batch.reference}/files/list_xlsx/")
        assert first.content == client.get(f"/batches/{batch.reference}/files/list_xlsx/").content
        assert Event.objects.filter(action="file.downloaded", actor_id=made.staff.accountant.pk).count() == 2
        assert (
            as_(user(Role.LEADER, area=DISTRICT))
            .get(f"/batches/{batch.reference}/files/list_xlsx/")
            .status_code
            == 403
        )

    def test_the_page_masks_numbers(self, as_: SignIn) -> None:
        made = payable_list(1)
        batch = released_batch(made)
        number = payment_list_of(batch, is_draft=False).groups[0].lines[0].number
        page = text_of(as_(made.staff.accountant).get(f"/batches/{batch.reference}/"))
        assert number not in page
        assert f"••• {number[-3:]}" in page

    def test_an_allocation_starts_the_clock_of_payment(self, as_: SignIn) -> None:
        made = approved_list(2)
        client = as_(made.staff.accountant)
        form = {
            "money": f"{made.decision.pk}-{DISTRICT}",
            "source": "HUYEN",
            "document_number": "12/TB-TCKH",
            "allocated_on": "24/09/2021",
            "amount": "3.000.000",
        }
        assert client.post("/allocations/", {**form, "amount": "3.000.001"}).status_code == 422
        assert client.post("/allocations/", form).status_code == 200, "a confirmation first"
        assert not Allocation.objects.exists()
        assert client.post("/allocations/", {**form, "confirmed": "1"}).status_code == 302
        assert client.post("/allocations/", {**form, "confirmed": "1"}).status_code == 422
        assert Allocation.objects.get().amount == 2 * AMOUNT
        made.case_list.refresh_from_db()
        assert (made.case_list.current_step, str(made.case_list.due_on)) == ("payment", "2021-09-29")

    def test_returned_payments_are_listed_until_paid_again(self, as_: SignIn) -> None:
        made = payable_list(1)
        batch = released_batch(made)
        (reference,) = line_references(batch)
        client = as_(made.staff.accountant)
        client.post(
            f"/batches/{batch.reference}/results/",
            {"action": "returned", "pick": [reference], "confirm": "1", f"{reference}-choice": "moved"},
        )
        assert "Đã chuyển đi nơi khác" in text_of(client.get("/payments/returned/"))
        prepared_batch(made)
        assert "Đã chuyển đi nơi khác" not in text_of(client.get("/payments/returned/"))
