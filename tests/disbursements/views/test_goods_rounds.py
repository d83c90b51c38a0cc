"""Pages of rounds of handing out and of donations."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from beneficiaries.queries.held_data import held_tables
from core.models import Event, Job
from core.services.files import read_file
from core.services.jobs import run_job
from disbursements.enums import DonorKind
from disbursements.models import (
    Donation,
    FundingSource,
    Handout,
    HandoutLine,
    HandoutUpload,
    StockMovement,
    Store,
)
from disbursements.queries.goods_stock import on_hand
from disbursements.services.goods_donations import DonationPaper, record_donation
from disbursements.services.goods_stock import send_goods
from tests.disbursements.services.test_goods_lists import uploaded
from tests.factories.goods import (
    MOVED_ON,
    approved_handout,
    paper,
    prepared_handout,
    rice,
    rice_list,
    started_handout,
    store,
)
from tests.factories.payments import Staff
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_COMMUNE, PROVINCE, user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def as_(client: Client) -> SignIn:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def staff() -> Staff:
    return Staff()


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


class TestRounds:
    def test_preview_then_round(self, as_: SignIn, staff: Staff) -> None:
        made = rice_list(3, staff=staff)
        out_of = store(staff, kg=40)
        typed = {
            "programme": "GAO_HO_TRO", "area": DISTRICT, "decision": made.decision.number, "goods": "GAO",
            "store": out_of.reference, "title": "", "key": "k1",
        }  # fmt: skip
        client = as_(staff.accountant)
        shown = text_of(client.post("/goods/handouts/new/", {**typed, "preview": "1"}))
        assert "Lập đợt cấp phát 3 người" in shown
        assert "Kho còn thiếu 5 kg" in shown
        assert not Handout.objects.exists()
        done = client.post("/goods/handouts/new/", {**typed, "confirm": "1"})
        handout = Handout.objects.get()
        assert done["Location"] == f"/goods/handouts/{handout.reference}/"
        assert "Đang lập" in text_of(client.get(done["Location"]))
        run_job(handout.job_id or 0)
        handout.refresh_from_db()
        assert handout.status == "prepared"
        client.post("/goods/handouts/new/", {**typed, "confirm": "1"})
        assert Handout.objects.count() == 1, "the same form sent twice is one round"

    def test_the_way_of_a_round_on_its_pages(self, as_: SignIn, staff: Staff) -> None:
        made = rice_list(3, staff=staff)
        handout = prepared_handout(made, store(staff, kg=100))
        base = f"/goods/handouts/{handout.reference}/"
        assert "Bạn đã lập đợt cấp phát này" not in text_of(as_(staff.approver).get(f"{base}approve/"))
        as_(staff.approver).post(f"{base}approve/", {"version": handout.version})
        client = as_(staff.accountant)
        refused = client.post(f"{base}start/", {"document_number": ""})
        assert refused.status_code == 422
        client.post(f"{base}start/", {"document_number": "7/PXK"})
        handout.refresh_from_db()
        assert handout.status == "handing"
        a, b, c = HandoutLine.objects.filter(handout=handout).order_by("position")
        asked = client.post(f"{base}results/", {"action": "received", "pick": [a.reference]})
        assert "Ghi đã nhận" in text_of(asked)
        client.post(f"{base}results/", {"action": "received", "pick": [a.reference], "confirm": "1"})
        nameless = {
            "action": "missed",
            "pick": [b.reference],
            "confirm": "1",
            f"{b.reference}-choice": "other",
        }
        assert client.post(f"{base}results/", nameless).status_code == 422
        client.post(f"{base}results/", {**nameless, f"{b.reference}-choice": "absent"})
        address = f"{base}lines/{c.reference}/"
        assert "Ghi người nhận thay" in text_of(client.get(address))
        assert client.post(address, {"name": "Lê Thị Ba", "relation": ""}).status_code == 422
        client.post(address, {"name": "Lê Thị Ba", "relation": "con", "number": "089190000123"})
        assert [line.status for line in HandoutLine.objects.order_by("position")] == [
            "received",
            "missed",
            "received",
        ]
        page = client.get(address).content.decode()
        assert "089190000123" not in page
        assert "••• 123" in page
        form = text_of(client.get(f"{base}close/"))
        assert "Còn lại sau cấp phát" in form
        wrong = client.post(f"{base}close/", {"document_number": "", "quantity": ""})
        assert wrong.status_code == 422
        assert "Hãy ghi số phiếu nhập lại kho" in text_of(wrong)
        client.post(f"{base}close/", {"document_number": "8/PNK", "quantity": ""})
        handout.refresh_from_db()
        assert (handout.status, on_hand(handout.store, rice())) == ("closed", 70)

    def test_the_list_comes_back_as_a_file(self, as_: SignIn, staff: Staff) -> None:
        handout = started_handout(rice_list(2, staff=staff))
        run_job(Job.objects.get(idempotency_key=f"handout-files:{handout.pk}").pk)
        client = as_(staff.accountant)
        base = f"/goods/handouts/{handout.reference}/"
        assert client.get(f"{base}files/list_xlsx/").status_code == 200
        assert Event.objects.filter(action="file.downloaded").count() == 1
        assert as_(user(Role.DISTRICT_OFFICER)).get(f"{base}files/list_xlsx/").status_code == 403
        client = as_(staff.accountant)
        content = read_file(handout.files.get(kind="list_xlsx").file)
        filled = uploaded(content, {line.reference: {"Kết quả nhận": "x"} for line in handout.lines.all()})
        done = client.post(f"{base}upload/", {"file": SimpleUploadedFile("ds.xlsx", filled)})
        upload = HandoutUpload.objects.get()
        assert done["Location"] == f"{base}upload/{upload.pk}/"
        assert "Ghi kết quả 2 dòng" in text_of(client.get(done["Location"]))
        client.post(f"{base}upload/{upload.pk}/record/")
        assert set(handout.lines.values_list("status", flat=True)) == {"received"}
        assert client.post(f"{base}upload/{upload.pk}/record/").status_code == 422
        bad = client.post(f"{base}upload/", {"file": SimpleUploadedFile("x.xlsx", b"nothing")})
        assert bad.status_code == 422

    def test_queries_do_not_grow_with_the_rows(
        self, as_: SignIn, staff: Staff, django_assert_num_queries: Any
    ) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        small = approved_handout(rice_list(1, staff=staff), store(staff, kg=15))
        large = approved_handout(rice_list(3, staff=staff), store(staff, kg=45))
        client = as_(staff.accountant)
        client.get(f"/goods/handouts/{small.reference}/")
        with CaptureQueriesContext(connection) as of_one:
            client.get(f"/goods/handouts/{small.reference}/")
        with django_assert_num_queries(len(of_one)):
            client.get(f"/goods/handouts/{large.reference}/")
        assert len(of_one) <= 30

    def test_the_case_and_the_worklist_know(self, as_: SignIn, staff: Staff) -> None:
        made = rice_list(2, staff=staff)
        client = as_(staff.accountant)
        assert "Chờ cấp phát hiện vật" in text_of(client.get("/"))
        handout = started_handout(made)
        assert "Đợt đang cấp phát" in text_of(client.get("/"))
        line = HandoutLine.objects.filter(handout=handout)[0]
        page = text_of(client.get(f"/cases/{line.case_reference}/"))
        assert "Cấp phát hiện vật" in page
        assert line.reference in page
        copy = {str(table.title): table.rows for table in held_tables(line.entitlement.case.person)}
        assert [row[:3] for row in copy["Cấp phát hiện vật"]] == [
            [line.reference, line.case_reference, "15 kg"]
        ]


class TestDonations:
    CASH = {
        "kind": "cash", "donor_name": "Công ty Xổ số B", "donor_kind": "organisation", "receipt_number": "15/PT",
        "received_on": "20/09/2021", "amount": "50.000.000",
    }  # fmt: skip

    def test_money_becomes_a_source(self, as_: SignIn, staff: Staff) -> None:
        client = as_(staff.accountant)
        client.post("/donations/new/", self.CASH)
        donation = Donation.objects.get()
        source = FundingSource.objects.get(name="Công ty Xổ số B")
        assert (donation.amount, donation.source, source.kind) == (50_000_000, source, "donor")
        again = client.post("/donations/new/", self.CASH)
        assert again.status_code == 422
        assert f"đã được ghi ở khoản {donation.reference}" in text_of(again)
        page = text_of(client.get(f"/donations/{donation.reference}/"))
        assert "Năm mươi triệu đồng" in page

    def test_goods_go_into_the_store(self, as_: SignIn, staff: Staff) -> None:
        made = store(staff)
        typed = {
            **self.CASH, "kind": "goods", "amount": "12.000.000", "goods": "GAO", "quantity": "1.000", "store": made.reference,
        }  # fmt: skip
        client = as_(staff.accountant)
        missing = client.post("/donations/new/", {**typed, "store": "", "quantity": ""})
        assert missing.status_code == 422
        assert "Hãy chọn kho nhận hàng" in text_of(missing)
        client.post("/donations/new/", typed)
        assert on_hand(made, rice()) == 1000
        donation = Donation.objects.get()
        movement = StockMovement.objects.get(donation=donation)
        assert (movement.document_number, movement.estimated_value) == ("15/PT", 12_000_000)
        client.post(f"/donations/{donation.reference}/", {"reason": "Nhầm phiếu"})
        assert on_hand(made, rice()) == 0
        assert "Nhầm phiếu" in text_of(client.get(f"/donations/{donation.reference}/"))
        client.post("/donations/new/", {**typed, "quantity": "900"})
        assert on_hand(made, rice()) == 900

    def test_goods_that_are_gone_are_not_taken_back(self, as_: SignIn, staff: Staff) -> None:
        made = store(staff)
        said = DonationPaper(
            "Bà Tư", DonorKind.PERSON, "2/PT", MOVED_ON, goods=rice(), quantity=100, store=made
        )
        donation = record_donation(actor=staff.accountant, paper=said)
        send_goods(actor=staff.accountant, store=made, to_store=store(staff, COMMUNE), paper=paper(1))
        answer = as_(staff.accountant).post(f"/donations/{donation.reference}/", {"reason": "Nhầm"})
        assert answer.status_code == 422
        assert "còn 99 kg gạo" in text_of(answer)

    def test_a_commune_takes_goods_but_no_money(self, as_: SignIn) -> None:
        officer = user(Role.COMMUNE_OFFICER)
        client = as_(officer)
        answer = client.post("/donations/new/", self.CASH)
        assert answer.status_code == 422
        assert "do kế toán ghi" in text_of(answer)
        client.post(
            "/goods/stores/new/", {"area": COMMUNE, "name": "Kho xã", "address": "", "keeper_name": ""}
        )
        typed = {
            **self.CASH,
            "kind": "goods",
            "goods": "GAO",
            "quantity": "50",
            "store": Store.objects.get().reference,
        }
        client.post("/donations/new/", typed)
        assert Donation.objects.get().area_code == COMMUNE
        assert not Donation.objects.visible_to(user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE)).exists()

    def test_the_register_is_filtered_and_taken_out_as_excel(self, as_: SignIn, staff: Staff) -> None:
        for number, name in enumerate(("Bà Tư", "Ông Năm", "Công ty C")):
            said = DonationPaper(name, DonorKind.PERSON, f"{number}/PT", MOVED_ON, amount=1_000_000)
            record_donation(actor=staff.accountant, paper=said)
        client = as_(staff.accountant)
        page = text_of(client.get("/donations/?q=ba tu&since=01/09/2021&until=30/09/2021&kind=cash"))
        assert "Bà Tư" in page
        assert "Ông Năm" not in page
        assert "Bà Tư" not in text_of(client.get("/donations/?since=21/09/2021"))
        answer = client.get("/donations/?export=xlsx")
        assert answer["Content-Type"].endswith("spreadsheetml.sheet")
        assert Event.objects.get(action="donation.exported").change == {"rows": 3}
        department = text_of(as_(user(Role.ACCOUNTANT, area=PROVINCE)).get("/donations/"))
        assert "Tiền ủng hộ đã phân bổ" in department
