"""Pages of budget lines and the ledger: who sees what, each paper confirmed before it is recorded, nothing typed is lost."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from disbursements.models import Allocation, BudgetLine, BudgetMovement, FundingSource, PaymentInstruction
from disbursements.queries.ledger import line_money
from disbursements.services.results import Results, record_results
from tests.factories.payments import (
    AMOUNT,
    PROGRAMME,
    ApprovedList,
    approved_list,
    budget_line,
    payable_list,
    prepared_batch,
    released_batch,
)
from tests.factories.people import DISTRICT, OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def as_(client: Client) -> SignIn:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def paid_out() -> ApprovedList:
    """Five people: one paid, one returned, three awaited."""
    made = payable_list(5)
    batch = released_batch(made)
    first, second, *_rest = PaymentInstruction.objects.filter(batch=batch).order_by("position")
    results = Results(frozenset([first.reference]), {second.reference: "Vắng mặt"})
    record_results(actor=made.staff.accountant, batch=batch, results=results)
    return made


class TestReading:
    def test_a_line_shows_where_its_money_is(self, paid_out: ApprovedList, as_: SignIn) -> None:
        line = budget_line(paid_out)
        page = text_of(as_(paid_out.staff.accountant).get("/budget/"))
        for figure in ("7.500.000", "4.500.000", "1.500.000"):
            assert figure in page
        assert f"/budget/{line.reference}/" in page
        book = text_of(as_(paid_out.staff.accountant).get(f"/budget/{line.reference}/"))
        for words in (
            "Phân bổ kinh phí",
            "Đưa vào đợt chi",
            "Gửi chi",
            "Chi chưa được, trả lại",
            "Một triệu năm trăm nghìn đồng",
            f"/batches/{PaymentInstruction.objects.values_list('batch_reference', flat=True)[0]}/",
        ):
            assert words in book

    @pytest.mark.parametrize("by", ["line", "line_area", "programme", "source", "decision"])
    def test_each_way_of_summing_has_the_same_total(
        self, paid_out: ApprovedList, as_: SignIn, by: str
    ) -> None:
        payable_list(2, staff=paid_out.staff)
        response = as_(paid_out.staff.accountant).get("/budget/", {"by": by})
        total, rows = response.context["total"], response.context["rows"]
        assert total.given == sum(row.money.given for row in rows) == 7 * AMOUNT
        assert total.paid.amount == sum(row.money.paid.amount for row in rows) == AMOUNT
        assert total.left == sum(row.money.left for row in rows) == 3 * AMOUNT

    def test_filters_leave_what_fits_and_nonsense_filters_nothing(
        self, paid_out: ApprovedList, as_: SignIn
    ) -> None:
        other = payable_list(2, staff=paid_out.staff)
        client = as_(paid_out.staff.accountant)
        for query, given in (
            ({"decision": other.decision.pk}, 2),
            ({"source": "TINH"}, 7),
            ({"source": "TW"}, 0),
            ({"area": DISTRICT, "programme": PROGRAMME}, 7),
            ({"area": OUTSIDE_DISTRICT}, 0),
            ({"decision": "abc", "area": "x", "by": "y"}, 7),
            ({"decision": "9" * 30}, 7),
        ):
            response = client.get("/budget/", query)
            assert (response.status_code, response.context["total"].given) == (200, given * AMOUNT), query

    def test_the_outsider_sees_nothing_and_gets_404(self, paid_out: ApprovedList, as_: SignIn) -> None:
        line = budget_line(paid_out)
        client = as_(user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT))
        assert line.reference not in text_of(client.get("/budget/"))
        assert "7.500.000" not in text_of(client.get("/ledger/"))
        paper = Allocation.objects.get()
        for address in (
            f"/budget/{line.reference}/",
            f"/budget/{line.reference}/transfer/",
            f"/budget/{line.reference}/return/",
            f"/allocations/{paper.reference}/correct/",
        ):
            assert client.get(address).status_code == 404
            assert client.post(address, {"confirmed": "1"}).status_code in (404, 405)
        assert not BudgetMovement.objects.exists()

    @pytest.mark.parametrize("role", list(Role))
    def test_readers_read_and_only_accountants_write(
        self, paid_out: ApprovedList, as_: SignIn, role: Role
    ) -> None:
        client, line = as_(user(role, area="89")), budget_line(paid_out)
        reads = role is not Role.ADMINISTRATOR
        for address in ("/budget/", "/ledger/", "/budget/export/", "/allocations/"):
            assert client.get(address).status_code == (200 if reads else 403)
        assert client.get(f"/budget/{line.reference}/").status_code == (200 if reads else 403)
        writes = role is Role.ACCOUNTANT
        expected = 200 if writes else (403 if reads else 404)
        assert client.get(f"/budget/{line.reference}/transfer/").status_code == expected
        assert ("Điều chuyển" in text_of(client.get(f"/budget/{line.reference}/"))) is writes

    def test_the_ledger_shows_both_legs_and_filters(self, paid_out: ApprovedList, as_: SignIn) -> None:
        client, line = as_(paid_out.staff.accountant), budget_line(paid_out)
        response = client.get("/ledger/")
        entries = response.context["entries"]
        assert [entry.kind for entry in entries] == [
            "return",
            "payment",
            "sending",
            "commitment",
            "allocation",
        ]
        assert all(sum(leg.amount for leg in entry.legs) == 0 for entry in entries)
        assert {kind: amount for kind, amount, _people in response.context["sums"]} == {
            "allocation": 5 * AMOUNT,
            "commitment": 5 * AMOUNT,
            "sending": 5 * AMOUNT,
            "payment": AMOUNT,
            "return": AMOUNT,
        }
        for query, kinds in (
            ({"kind": "payment"}, ["payment"]),
            ({"account": "paid"}, ["payment"]),
            ({"line": line.reference, "kind": "return"}, ["return"]),
            ({"ref": Allocation.objects.get().reference.lower()}, ["allocation"]),
            ({"last": "24/09/2021"}, ["allocation"]),
            ({"kind": "x", "account": "y", "area": "z"}, [entry.kind for entry in entries]),
        ):
            found = client.get("/ledger/", query)
            assert [entry.kind for entry in found.context["entries"]] == kinds, query
        wrong = client.get("/ledger/", {"first": "ngày mai"})
        assert wrong.status_code == 422
        assert "Từ ngày" in text_of(wrong)

    def test_the_book_runs_on_over_its_pages(self, paid_out: ApprovedList, as_: SignIn) -> None:
        line = budget_line(paid_out)
        rows = as_(paid_out.staff.accountant).get(f"/budget/{line.reference}/").context["book"]
        assert [(row.entry.kind, row.change, row.left) for row in rows] == [
            ("allocation", 5 * AMOUNT, 5 * AMOUNT),
            ("commitment", -5 * AMOUNT, 0),
            ("sending", 0, 0),
            ("payment", 0, 0),
            ("return", AMOUNT, AMOUNT),
        ]
        assert rows[-1].left == line_money([line])[line.pk].left

    def test_the_workbook_holds_real_numbers_and_is_recorded(
        self, paid_out: ApprovedList, as_: SignIn
    ) -> None:
        response = as_(paid_out.staff.accountant).get("/budget/export/", {"by": "source"})
        sheet = openpyxl.load_workbook(io.BytesIO(response.content), data_only=True).active
        cells = [cell.value for row in sheet.iter_rows() for cell in row]
        assert cells.count(5 * AMOUNT) == 2, "the row and the total"
        assert "Kinh phí còn lại bằng chữ: Một triệu năm trăm nghìn đồng" in cells
        assert Event.objects.get(action="budget.exported").change == {"rows": "1"}

    def test_more_lines_ask_no_more_questions(self, paid_out: ApprovedList, as_: SignIn) -> None:
        client, line = as_(paid_out.staff.accountant), budget_line(paid_out)
        addresses = ("/budget/", "/budget/?by=decision", "/ledger/", f"/budget/{line.reference}/")
        counts = []
        for _turn in range(2):
            found = []
            for address in addresses:
                client.get(address)
                # kept for a minute, which may end here: asked for anew each time
                cache.delete("programmes")
                with CaptureQueriesContext(connection) as queries:
                    client.get(address)
                found.append(len(queries))
            counts.append(found)
            for _more in range(3):
                payable_list(2, staff=paid_out.staff)
        assert counts[0] == counts[1]


class TestPapers:
    def test_a_transfer_is_confirmed_in_words_and_then_recorded(
        self, paid_out: ApprovedList, as_: SignIn
    ) -> None:
        line, other = budget_line(paid_out), budget_line(paid_out, source="HUYEN")
        client = as_(paid_out.staff.accountant)
        address = f"/budget/{line.reference}/transfer/"
        form = {
            "to": other.reference,
            "amount": "1.000.000",
            "document_number": "88/QĐ-UBND",
            "moved_on": "27/09/2021",
            "reason": "Điều chỉnh nguồn",
        }
        asked = client.post(address, form)
        page = text_of(asked)
        assert asked.status_code == 200
        for words in ("Một triệu đồng", "1.500.000", "500.000", "khác nguồn kinh phí", "88/QĐ-UBND"):
            assert words in page
        assert not BudgetMovement.objects.exists(), "nothing is recorded before it was confirmed"
        edited = text_of(client.post(address, {**form, "edit": "1"}))
        assert 'value="88/QĐ-UBND"' in edited
        assert client.post(address, {**form, "confirmed": "1"}).status_code == 302
        assert line_money([line, other])[other.pk].left == 1_000_000
        again = client.post(address, {**form, "confirmed": "1"})
        assert again.status_code == 422
        assert "đã được ghi cho dòng này" in text_of(again)
        assert BudgetMovement.objects.count() == 1

    @pytest.mark.parametrize(
        ("amount", "sentence"),
        [
            ("abc", "Số tiền chưa đúng"),
            ("-5", "Số tiền chưa đúng"),
            ("1,5", "Số tiền chưa đúng"),
            ("0", "lớn hơn 0"),
            ("1.500.001", "chỉ còn 1.500.000 đồng"),
            ("9" * 16, "Số tiền chưa đúng"),
        ],
    )
    def test_a_wrong_amount_is_named_and_what_was_typed_stays(
        self, paid_out: ApprovedList, as_: SignIn, amount: str, sentence: str
    ) -> None:
        line = budget_line(paid_out)
        response = as_(paid_out.staff.accountant).post(
            f"/budget/{line.reference}/return/",
            {"amount": amount, "document_number": "9/CV", "moved_on": "27/09/2021", "reason": "Thừa tiền"},
        )
        page = text_of(response)
        assert response.status_code == 422
        assert sentence in page
        assert "Thừa tiền" in page
        assert 'value="9/CV"' in page
        assert not BudgetMovement.objects.exists()

    def test_a_return_to_the_budget(self, paid_out: ApprovedList, as_: SignIn) -> None:
        line = budget_line(paid_out)
        form = {
            "amount": "1500000",
            "document_number": "9/CV",
            "moved_on": "27/09/2021",
            "reason": "Không còn người",
        }
        client = as_(paid_out.staff.accountant)
        client.post(f"/budget/{line.reference}/return/", {**form, "confirmed": "1"})
        page = text_of(client.get(f"/budget/{line.reference}/"))
        assert "Hoàn trả ngân sách" in page
        assert "-1.500.000" in page
        assert line_money([line])[line.pk].left == 0

    def test_a_wrong_paper_is_taken_back_whole(self, as_: SignIn) -> None:
        made = payable_list(2)
        wrong = Allocation.objects.get()
        client = as_(made.staff.accountant)
        form = {"document_number": "1/BB", "moved_on": "27/09/2021", "reason": "Nhầm huyện"}
        asked = client.post(f"/allocations/{wrong.reference}/correct/", form)
        assert "Ba triệu đồng" in text_of(asked)
        assert (
            client.post(f"/allocations/{wrong.reference}/correct/", {**form, "confirmed": "1"}).status_code
            == 302
        )
        assert "Đã hủy ghi nhận" in text_of(client.get("/allocations/"))
        assert "Đã hủy ghi nhận" in text_of(client.get(f"/budget/{wrong.line.reference}/"))
        assert BudgetLine.objects.get().allotted == 0

    def test_what_a_batch_holds_can_not_be_taken_back(self, as_: SignIn) -> None:
        made = payable_list(2)
        prepared_batch(made)
        wrong = Allocation.objects.get()
        form = {"document_number": "1/BB", "moved_on": "27/09/2021", "reason": "Nhầm", "confirmed": "1"}
        response = as_(made.staff.accountant).post(f"/allocations/{wrong.reference}/correct/", form)
        assert response.status_code == 422
        assert "hủy đợt chi chưa bắt đầu" in text_of(response)

    def test_the_department_moves_money_to_another_district(self, as_: SignIn) -> None:
        made = payable_list(2)
        approved_list(1, staff=made.staff, area=OUTSIDE_COMMUNE, decision=made.decision)
        line = budget_line(made)
        client = as_(user(Role.ACCOUNTANT, area="89"))
        form = {
            "to": f"new-{made.decision.pk}-{OUTSIDE_DISTRICT}",
            "amount": str(AMOUNT),
            "document_number": "5/QĐ-UBND",
            "moved_on": "27/09/2021",
            "reason": "Huyện thiếu",
            "confirmed": "1",
        }
        assert client.post(f"/budget/{line.reference}/transfer/", form).status_code == 302
        assert BudgetLine.objects.get(area_code=OUTSIDE_DISTRICT).available == AMOUNT
        district = as_(made.staff.accountant)
        response = district.post(f"/budget/{line.reference}/transfer/", {**form, "amount": "1"})
        assert response.status_code == 422, "not offered to the district"

    def test_an_allocation_is_confirmed_first(self, as_: SignIn) -> None:
        made = approved_list(2)
        client = as_(made.staff.accountant)
        form = {
            "money": f"{made.decision.pk}-{DISTRICT}",
            "source": "HUYEN",
            "document_number": "12/TB-TCKH",
            "allocated_on": "24/09/2021",
            "amount": "3.000.000",
        }
        page = text_of(client.post("/allocations/", form))
        assert "Ba triệu đồng" in page
        assert "Ngân sách huyện" in page
        assert not Allocation.objects.exists()
        assert client.post("/allocations/", {**form, "confirmed": "1"}).status_code == 302
        assert Allocation.objects.get().amount == 2 * AMOUNT
        reader = as_(made.staff.approver)
        assert reader.post("/allocations/", {**form, "confirmed": "1"}).status_code == 403

    def test_a_donor_is_added(self, as_: SignIn) -> None:
        client = as_(user(Role.ACCOUNTANT))
        form = {"name": "Công ty Lộc Trời", "kind": "donor", "note": ""}
        assert client.post("/allocations/sources/new/", form).status_code == 302
        assert FundingSource.objects.get(name="Công ty Lộc Trời").kind == "donor"
        again = client.post("/allocations/sources/new/", form)
        assert again.status_code == 422
        assert "đã có trong danh mục" in text_of(again)
        assert client.post("/allocations/sources/new/", {**form, "kind": "central"}).status_code == 422
        assert as_(user(Role.AUDITOR)).get("/allocations/sources/new/").status_code == 403
