"""Pages of goods: who sees what, what a post changes, that a refusal keeps what was typed, how many queries a list takes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from disbursements.enums import DonorKind
from disbursements.models import (
    Donation,
    Goods,
    Handout,
    HandoutLine,
    StockMovement,
    Store,
)
from disbursements.queries.goods_stock import on_hand
from disbursements.services.goods_donations import DonationPaper, record_donation
from disbursements.services.goods_stock import send_goods
from tests.factories.goods import (
    MOVED_ON,
    paper,
    rice,
    rice_list,
    started_handout,
    store,
)
from tests.factories.payments import Staff
from tests.factories.people import COMMUNE, OUTSIDE_DISTRICT, PROVINCE, user

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


class TestStock:
    def test_the_page_shows_sums_stores_and_what_is_on_its_way(self, as_: SignIn, staff: Staff) -> None:
        district, commune = store(staff, kg=1000), store(staff, COMMUNE)
        send_goods(actor=staff.accountant, store=district, to_store=commune, paper=paper(400))
        page = text_of(as_(staff.accountant).get("/goods/"))
        assert district.name in page
        assert commune.name in page
        assert "Hàng đang đi đường" in page
        assert "318.165" in page, "the district's quota of the letter"
        officer = text_of(as_(user(Role.COMMUNE_OFFICER)).get("/goods/"))
        assert district.reference not in officer
        assert commune.reference in officer

    def test_queries_do_not_grow_with_the_rows(
        self, as_: SignIn, staff: Staff, django_assert_num_queries: Any
    ) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        store(staff, kg=10)
        client = as_(staff.accountant)
        client.get("/goods/")
        with CaptureQueriesContext(
            connection,
        ) as first:
            client.get("/goods/")
        for _more in range(3):
            made = store(staff, kg=10)
            send_goods(actor=staff.accountant, store=made, to_store=store(staff, COMMUNE), paper=paper(5))
        with django_assert_num_queries(len(first)):
            client.get("/goods/")

    def test_a_paper_is_shown_before_it_is_recorded(self, as_: SignIn, staff: Staff) -> None:
        made = store(staff, kg=100)
        client = as_(staff.accountant)
        typed = {
            "store": made.reference, "goods": "GAO", "quantity": "1.500", "document_number": "12/PNK",
            "moved_on": "20/09/2021", "source": "TW", "estimated_value": "18.000.000",
        }  # fmt: skip
        shown = text_of(client.post("/goods/papers/new/receipt/", {**typed, "preview": "1"}))
        assert "1.600" in shown
        assert on_hand(made, rice()) == 100
        done = client.post("/goods/papers/new/receipt/", {**typed, "confirm": "1"})
        movement = StockMovement.objects.get(document_number="12/PNK")
        assert done["Location"] == f"/goods/papers/{movement.reference}/"
        assert (on_hand(made, rice()), movement.estimated_value) == (1600, 18_000_000)
        twice = client.post("/goods/papers/new/receipt/", {**typed, "confirm": "1"})
        assert twice.status_code == 422
        assert f"đã được ghi ở phiếu {movement.reference}" in text_of(twice)
        assert on_hand(made, rice()) == 1600

    @pytest.mark.parametrize(
        ("field", "typed", "sentence"),
        [
            ("quantity", "mười", "Số lượng phải là số nguyên"),
            ("quantity", "-5", "Số lượng phải là số nguyên"),
            ("quantity", "1,5", "Số lượng phải là số nguyên"),
            ("quantity", "0", "Số lượng phải lớn hơn 0"),
            ("moved_on", "31/02/2021", "31/02/2021"),
            ("document_number", "", "Số chứng từ"),
            ("estimated_value", "abc", "Số tiền chưa đúng"),
        ],
    )  # fmt: skip
    def test_bad_input_is_named_and_kept(
        self, as_: SignIn, staff: Staff, field: str, typed: str, sentence: str
    ) -> None:
        made = store(staff)
        given = {
            "store": made.reference, "goods": "GAO", "quantity": "15", "document_number": "12/PNK", "moved_on": "20/09/2021",
            "source": "TW", "confirm": "1", field: typed,
        }  # fmt: skip
        answer = as_(staff.accountant).post("/goods/papers/new/receipt/", given)
        assert answer.status_code == 422
        assert sentence in text_of(answer)
        assert 'value="' + (typed if field == "quantity" else "15") + '"' in answer.content.decode()
        assert not StockMovement.objects.exists()

    def test_losing_more_than_there_is_offers_no_button(self, as_: SignIn, staff: Staff) -> None:
        made = store(staff, kg=10)
        typed = {
            "store": made.reference, "goods": "GAO", "quantity": "11", "document_number": "1/BB", "moved_on": "20/09/2021",
            "reason": "Mọt",
        }  # fmt: skip
        page = text_of(as_(staff.accountant).post("/goods/papers/new/loss/", {**typed, "preview": "1"}))
        assert "Kho không đủ hàng" in page
        assert "Ghi phiếu" not in page

    def test_the_receiver_records_the_arrival_of_a_paper_of_another_area(
        self, as_: SignIn, staff: Staff
    ) -> None:
        province = Staff(accountant=user(Role.ACCOUNTANT, area=PROVINCE))
        above, district = store(province, PROVINCE, kg=500), store(staff)
        sent = send_goods(actor=province.accountant, store=above, to_store=district, paper=paper(300))
        client = as_(staff.accountant)
        assert "Ghi nhận hàng" in text_of(client.get(f"/goods/papers/{sent.reference}/"))
        typed = {"quantity": "290", "document_number": "3/PNK", "moved_on": "21/09/2021", "reason": ""}
        refused = client.post(f"/goods/papers/{sent.reference}/arrive/", typed)
        assert refused.status_code == 422
        assert "Thiếu 10 kg" in text_of(refused)
        client.post(f"/goods/papers/{sent.reference}/arrive/", {**typed, "reason": "Rách bao"})
        assert on_hand(district, rice()) == 290

    def test_a_wrong_receipt_is_taken_back(self, as_: SignIn, staff: Staff) -> None:
        made = store(staff, kg=100)
        first = StockMovement.objects.get()
        client = as_(staff.accountant)
        address = f"/goods/papers/{first.reference}/correct/"
        assert "Tồn sau khi hủy" in text_of(client.get(address))
        client.post(address, {"document_number": "1/BB", "moved_on": "20/09/2021", "reason": "Nhầm kho"})
        assert on_hand(made, rice()) == 0
        again = client.post(
            address, {"document_number": "1/BB", "moved_on": "20/09/2021", "reason": "Nhầm kho"}
        )
        assert again.status_code == 422
        assert "đã được hủy" in text_of(again)

    def test_stores_and_kinds_of_goods(self, as_: SignIn, staff: Staff) -> None:
        client = as_(staff.accountant)
        client.post(
            "/goods/stores/new/", {"area": COMMUNE, "name": "Kho xã", "address": "", "keeper_name": "Anh Ba"}
        )
        made = Store.objects.get()
        assert "Anh Ba" in text_of(client.get(f"/goods/stores/{made.reference}/"))
        assert client.get("/goods/kinds/new/").status_code == 403
        department = as_(user(Role.ACCOUNTANT, area=PROVINCE))
        department.post("/goods/kinds/new/", {"code": "MI", "name": "Mì gói", "unit": "thùng"})
        assert Goods.objects.filter(code="MI").exists()


class TestOutsiders:
    def addresses(self, handout: Handout, donation: Donation) -> list[str]:
        line = HandoutLine.objects.get(handout=handout)
        base = f"/goods/handouts/{handout.reference}/"
        movement = StockMovement.objects.filter(handout=handout).get()
        return [
            base, *(f"{base}{act}/" for act in ("approve", "start", "close", "cancel")), f"{base}upload/", f"{base}upload/1/",
            f"{base}files/list_xlsx/", f"{base}lines/{line.reference}/", f"/goods/stores/{handout.store.reference}/",
            f"/goods/papers/{movement.reference}/", f"/goods/papers/{movement.reference}/correct/",
            f"/donations/{donation.reference}/",
        ]  # fmt: skip

    def test_an_outsider_gets_404_and_changes_nothing(self, as_: SignIn, staff: Staff) -> None:
        handout = started_handout(rice_list(1, staff=staff))
        donation = record_donation(
            actor=staff.accountant,
            paper=DonationPaper("Công ty A", DonorKind.ORGANISATION, "1/PT", MOVED_ON, amount=5_000_000),
        )
        client = as_(user(Role.ACCOUNTANT, Role.COMMUNE_OFFICER, area=OUTSIDE_DISTRICT))
        before = list(Handout.objects.values()), list(HandoutLine.objects.values("status"))
        addresses = self.addresses(handout, donation)
        for address in addresses:
            assert client.get(address).status_code == 404, address
        base = f"/goods/handouts/{handout.reference}/"
        posts = [f"{base}{part}/" for part in ("results", "files", "close", "upload", "upload/1/record")]
        for address in [*posts, addresses[8], f"/donations/{donation.reference}/"]:
            assert client.post(address, {"reason": "x", "name": "x", "relation": "x"}).status_code == 404, (
                address
            )
        assert before == (list(Handout.objects.values()), list(HandoutLine.objects.values("status")))
        assert donation.reference not in text_of(client.get("/donations/"))

    def test_readers_write_nothing(self, as_: SignIn, staff: Staff) -> None:
        made = store(staff, kg=10)
        client = as_(user(Role.AUDITOR, area=PROVINCE))
        assert made.name in text_of(client.get("/goods/"))
        for address in (
            "/goods/papers/new/receipt/",
            "/goods/stores/new/",
            "/goods/handouts/new/",
            "/donations/new/",
        ):
            assert client.get(address).status_code == 403, address
            assert client.post(address, {}).status_code == 403, address
        assert client.get("/goods/papers/new/gift/").status_code == 404
