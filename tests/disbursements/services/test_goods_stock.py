"""Stock papers: what each does to the stock, and what is refused with its sentence (I18)."""

import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from core.models import Event
from core.transitions import TransitionRefused
from disbursements.models import FundingSource, Goods, StockBalance, StockMovement, Store
from disbursements.queries.goods_stock import goods_sums, in_transit, movements_of, on_hand
from disbursements.services.goods_stock import (
    StockPaper,
    StorePlace,
    add_goods,
    add_store,
    correct_movement,
    receive_goods,
    record_arrival,
    record_loss,
    send_goods,
)
from tests.factories.goods import MOVED_ON, paper, receipt, rice, store
from tests.factories.payments import Staff
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_DISTRICT, PROVINCE, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Staff:
    return Staff()


def central() -> FundingSource:
    return FundingSource.objects.get(code="TW")


def refused(words: str):  # type: ignore[no-untyped-def]
    return pytest.raises(TransitionRefused, match=words)


class TestReceipts:
    def test_a_receipt_adds_to_the_stock_and_is_told(self, staff: Staff) -> None:
        made = store(staff)
        movement = receive_goods(
            actor=staff.accountant,
            store=made,
            paper=paper(1000),
            source=central(),
            estimated_value=12_000_000,
        )
        assert on_hand(made, rice()) == 1000
        assert (movement.change, movement.source, movement.estimated_value) == (1000, central(), 12_000_000)
        event = Event.objects.get(action="stock.received")
        assert (event.object_ref, event.change["quantity"]) == (movement.reference, 1000)

    def test_the_same_paper_twice_is_one_receipt(self, staff: Staff) -> None:
        made, said = store(staff), paper(1000)
        first = receive_goods(actor=staff.accountant, store=made, paper=said, source=central())
        with refused(f"đã được ghi ở phiếu {first.reference}"):
            receive_goods(actor=staff.accountant, store=made, paper=said, source=central())
        assert on_hand(made, rice()) == 1000

    def test_what_was_taken_back_can_be_recorded_again(self, staff: Staff) -> None:
        made, said = store(staff), paper(1000)
        wrong = receive_goods(actor=staff.accountant, store=made, paper=said, source=central())
        correct_movement(
            actor=staff.accountant,
            movement=wrong,
            document_number="1/BB",
            moved_on=MOVED_ON,
            reason="Ghi nhầm số lượng",
        )
        assert on_hand(made, rice()) == 0
        receive_goods(
            actor=staff.accountant,
            store=made,
            paper=dataclasses.replace(said, quantity=100),
            source=central(),
        )
        assert on_hand(made, rice()) == 100
        with refused("đã được hủy"):
            correct_movement(
                actor=staff.accountant,
                movement=wrong,
                document_number="1/BB",
                moved_on=MOVED_ON,
                reason="Ghi nhầm",
            )

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"quantity": 0}, "Số lượng phải lớn hơn 0"),
            ({"quantity": -5}, "Số lượng phải lớn hơn 0"),
            ({"document_number": "  "}, "Hãy ghi số chứng từ"),
            ({"moved_on": dt.date(2031, 1, 1)}, "ở sau ngày làm việc hiện tại"),
            ({"reason": "CCCD 089190000123"}, "Đừng ghi số CCCD"),
        ],
    )
    def test_what_a_paper_may_not_say(self, staff: Staff, change: dict[str, object], sentence: str) -> None:
        made = store(staff)
        with refused(sentence):
            receive_goods(
                actor=staff.accountant,
                store=made,
                paper=dataclasses.replace(paper(10), **change),
                source=central(),
            )
        assert not StockMovement.objects.exists()

    def test_who_keeps_no_store_there_writes_nothing(self, staff: Staff) -> None:
        made = store(staff)
        for actor in (
            user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT),
            user(Role.DISTRICT_OFFICER),
            user(Role.AUDITOR, area=PROVINCE),
            user(Role.COMMUNE_OFFICER),
        ):
            with pytest.raises(PermissionDenied):
                receive_goods(actor=actor, store=made, paper=paper(10), source=central())
        assert not StockBalance.objects.exists()


class TestTransfers:
    def test_goods_are_on_their_way_until_they_arrive(self, staff: Staff) -> None:
        district = store(staff, kg=1000)
        commune = store(staff, COMMUNE)
        sent = send_goods(actor=staff.accountant, store=district, to_store=commune, paper=paper(400))
        officer = user(Role.COMMUNE_OFFICER)
        assert (on_hand(district, rice()), on_hand(commune, rice())) == (600, 0)
        assert list(in_transit(officer)) == [sent]
        assert [row.in_transit for row in goods_sums(DISTRICT)] == [400]
        record_arrival(actor=officer, sending=sent, paper=paper(400))
        assert (on_hand(district, rice()), on_hand(commune, rice())) == (600, 400)
        assert not in_transit(officer).exists()

    def test_what_is_missing_needs_a_reason_and_is_lost(self, staff: Staff) -> None:
        district, commune = store(staff, kg=1000), store(staff, COMMUNE)
        sent = send_goods(actor=staff.accountant, store=district, to_store=commune, paper=paper(400))
        officer = user(Role.COMMUNE_OFFICER)
        with refused("Thiếu 10 kg so với phiếu xuất"):
            record_arrival(actor=officer, sending=sent, paper=paper(390))
        with refused("không thể nhận 401"):
            record_arrival(actor=officer, sending=sent, paper=paper(401))
        with refused("không được trước ngày xuất"):
            record_arrival(actor=officer, sending=sent, paper=paper(400, on=dt.date(2021, 9, 1)))
        record_arrival(actor=officer, sending=sent, paper=paper(390, reason="Rách bao, biên bản 2/BB"))
        with refused("đã được ghi nhận"):
            record_arrival(actor=officer, sending=sent, paper=paper(390, reason="Rách bao"))
        (sums,) = goods_sums(DISTRICT)
        assert (sums.received, sums.on_hand, sums.lost, sums.difference) == (1000, 990, 10, 0)

    def test_more_than_there_is_stays(self, staff: Staff) -> None:
        district, commune = store(staff, kg=100), store(staff, COMMUNE)
        with refused("còn 100 kg gạo, không đủ để xuất 101 kg"):
            send_goods(actor=staff.accountant, store=district, to_store=commune, paper=paper(101))
        with refused("phải khác kho xuất"):
            send_goods(actor=staff.accountant, store=district, to_store=district, paper=paper(1))
        assert on_hand(district, rice()) == 100

    def test_nothing_goes_to_the_neighbour_district_but_up(self, staff: Staff) -> None:
        district = store(staff, kg=100)
        province = Staff(accountant=user(Role.ACCOUNTANT, area=PROVINCE))
        foreign, above = store(province, OUTSIDE_DISTRICT), store(province, PROVINCE)
        with refused("trong địa bàn của bạn hoặc của cấp trên"):
            send_goods(actor=staff.accountant, store=district, to_store=foreign, paper=paper(1))
        send_goods(actor=staff.accountant, store=district, to_store=above, paper=paper(40))
        (mine,) = goods_sums(DISTRICT)
        assert (mine.went, mine.in_transit, mine.on_hand, mine.difference) == (40, 0, 60, 0)

    def test_a_province_s_rice_reaches_the_district(self, staff: Staff) -> None:
        province = Staff(accountant=user(Role.ACCOUNTANT, area=PROVINCE))
        above, district = store(province, PROVINCE, kg=500), store(staff)
        sent = send_goods(actor=province.accountant, store=above, to_store=district, paper=paper(300))
        record_arrival(actor=staff.accountant, sending=sent, paper=paper(299, reason="Hao hụt khi bốc xếp"))
        (mine,) = goods_sums(DISTRICT)
        (whole,) = goods_sums(PROVINCE)
        assert (mine.received, mine.came, mine.on_hand, mine.difference) == (0, 299, 299, 0)
        assert (whole.received, whole.lost, whole.on_hand, whole.difference) == (500, 1, 499, 0)


class TestLossesAndCorrections:
    def test_a_loss_needs_a_reason_and_stock(self, staff: Staff) -> None:
        made = store(staff, kg=50)
        with refused("Hãy ghi lý do hao hụt"):
            record_loss(actor=staff.accountant, store=made, paper=paper(5))
        with refused("còn 50 kg gạo"):
            record_loss(actor=staff.accountant, store=made, paper=paper(51, reason="Ngập nước"))
        record_loss(actor=staff.accountant, store=made, paper=paper(5, reason="Ngập nước"))
        assert on_hand(made, rice()) == 45

    def test_a_receipt_whose_goods_are_gone_is_not_taken_back(self, staff: Staff) -> None:
        made = store(staff)
        first = receipt(staff, made, 100)
        loss = record_loss(actor=staff.accountant, store=made, paper=paper(1, reason="Mọt"))
        with refused("còn 99 kg gạo"):
            correct_movement(
                actor=staff.accountant,
                movement=first,
                document_number="3/BB",
                moved_on=MOVED_ON,
                reason="Nhầm",
            )
        correct_movement(
            actor=staff.accountant,
            movement=loss,
            document_number="4/BB",
            moved_on=MOVED_ON,
            reason="Không hao hụt",
        )
        (sums,) = goods_sums(DISTRICT)
        assert (sums.received, sums.lost, sums.on_hand, sums.difference) == (100, 0, 100, 0)
        assert [row.after for row in movements_of(made)] == [100, 99, 100]


class TestStoresAndGoods:
    def test_a_store_s_name_is_there_once(self, staff: Staff) -> None:
        add_store(actor=staff.accountant, place=StorePlace(DISTRICT, "Kho huyện"))
        with refused("đã có ở đơn vị này"):
            add_store(actor=staff.accountant, place=StorePlace(DISTRICT, "kho  huyện"))
        with pytest.raises(PermissionDenied):
            add_store(actor=staff.accountant, place=StorePlace(OUTSIDE_DISTRICT, "Kho khác"))
        assert Store.objects.count() == 1

    def test_the_department_keeps_the_catalogue_of_goods(self, staff: Staff) -> None:
        with pytest.raises(PermissionDenied, match="do kế toán của Sở ghi"):
            add_goods(actor=staff.accountant, code="MI", name="Mì gói", unit="thùng")
        department = user(Role.ACCOUNTANT, area=PROVINCE)
        add_goods(actor=department, code="mi", name="Mì gói", unit="thùng")
        with refused("Mã hàng MI đã có"):
            add_goods(actor=department, code="MI", name="Mì", unit="gói")
        assert str(Goods.objects.get(code="MI")) == "Mì gói (thùng)"

    def test_other_goods_have_a_stock_of_their_own(self, staff: Staff) -> None:
        made = store(staff, kg=10)
        noodles = add_goods(
            actor=user(Role.ACCOUNTANT, area=PROVINCE), code="MI", name="Mì gói", unit="thùng"
        )
        said = StockPaper(noodles, 7, "9/PNK", MOVED_ON)
        receive_goods(actor=staff.accountant, store=made, paper=said, source=central())
        assert (on_hand(made, rice()), on_hand(made, noodles)) == (10, 7)
