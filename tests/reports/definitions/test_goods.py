"""Rice and goods: what came in, went out and is there, and whom it reached, by hand-counted papers."""

import datetime as dt

import pytest

from accounts.enums import Role
from accounts.models import User
from disbursements.models import FundingSource, HandoutLine, Store
from disbursements.queries.goods_stock import on_hand
from disbursements.services.goods_results import HandoutResults, record_handout_results
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
from tests.factories.goods import (
    MOVED_ON,
    paper,
    prepared_handout,
    receipt,
    rice,
    rice_list,
    started_handout,
    store,
)
from tests.factories.payments import Staff
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_DISTRICT, PROVINCE, user
from tests.reports.definitions.reading import FIRST, body_of, line_of, params_for, total_of

pytestmark = pytest.mark.django_db
AUGUST = dt.date(2021, 8, 20)


@pytest.fixture
def leader() -> User:
    return user(Role.LEADER, area=PROVINCE)


def central() -> FundingSource:
    return FundingSource.objects.get(code="TW")


def test_stock_of_a_period_is_the_sum_of_its_papers(leader: User) -> None:
    staff = Staff()
    main, other = store(staff), store(staff)
    receive_goods(actor=staff.accountant, store=main, paper=paper(1000, on=AUGUST), source=central())
    receipt(staff, main, 500)
    wrong = receipt(staff, main, 70)
    correct_movement(
        actor=staff.accountant, movement=wrong, document_number="1/HG", moved_on=MOVED_ON, reason="Nhầm kho"
    )
    record_loss(actor=staff.accountant, store=main, paper=paper(20, reason="Ẩm mốc"))
    arrived = send_goods(actor=staff.accountant, store=main, to_store=other, paper=paper(300))
    record_arrival(actor=staff.accountant, sending=arrived, paper=paper(300))
    send_goods(actor=staff.accountant, store=main, to_store=other, paper=paper(100))
    body = body_of("rice_stock", leader)
    line = line_of(body, main.name, "Huyện Phú Tân")
    assert {key: value for key, value in line.items() if value and key != "label"} == {
        "before": 1000,
        "received": 570,
        "went": 400,
        "lost": 20,
        "corrected": -70,
        "left": 1080,
        "underway": 100,
    }
    assert line_of(body, other.name)["came"] == 300
    for made in (main, other):
        assert line_of(body, made.name)["left"] == on_hand(made, rice())
    assert body.sections[0].sums["left"] == 1380
    # to the end of August there was the first receipt only
    august = params_for(leader, first=dt.date(2021, 8, 1), last=dt.date(2021, 8, 31))
    assert line_of(body_of("rice_stock", leader, august), main.name)["left"] == 1000


def test_kilograms_and_boxes_are_never_added(leader: User) -> None:
    staff = Staff()
    made = store(staff, kg=90)
    keeper = user(Role.ACCOUNTANT, area=PROVINCE)
    boxes = add_goods(actor=keeper, code="MI", name="Mì gói", unit="thùng")

    receive_goods(
        actor=staff.accountant,
        store=made,
        paper=StockPaper(boxes, 12, "9/PNK", FIRST),
        source=central(),
    )
    body = body_of("goods_stock", leader)
    assert [(line["goods"], line["unit"], line["left"]) for line in body.sections[0].lines] == [
        ("Gạo", "kg", 90),
        ("Mì gói", "thùng", 12),
    ]
    assert body.sections[0].sums == {}
    assert total_of(body_of("rice_stock", leader), "left") == 90


def test_rice_is_counted_against_the_quota(leader: User) -> None:
    made = rice_list(3)
    handout = started_handout(made)
    first, second, _third = HandoutLine.objects.filter(handout=handout).order_by("position")
    record_handout_results(
        actor=made.staff.accountant,
        handout=handout,
        results=HandoutResults(frozenset({first.reference}), {second.reference: "Vắng mặt khi cấp phát"}),
    )
    prepared_handout(rice_list(2, staff=made.staff), store(made.staff, kg=30))
    line = line_of(body_of("rice_quota", leader), "Huyện Phú Tân")
    assert (line["quota_people"], line["quota_kg"]) == (21_211, 318_165)
    assert (line["waiting_people"], line["waiting_kg"]) == (3, 45)
    assert (line["received_people"], line["received_kg"], line["period_kg"]) == (1, 15, 15)
    assert (line["missed_people"], line["left_kg"]) == (1, 318_165 - 60)
    assert total_of(body_of("rice_quota", leader), "quota_kg") == 3_362_280
    # of a district the quota stands by itself: the letter gives none to communes
    here = body_of("rice_quota", leader, params_for(leader, DISTRICT))
    assert line_of(here, "Chỉ tiêu chung của Huyện Phú Tân")["quota_kg"] == 318_165
    assert (total_of(here, "quota_kg"), total_of(here, "received_kg")) == (318_165, 15)
    rounds = body_of("rice_rounds", leader)
    figures = [
        (line["planned_kg"], line["received_kg"], line["missed_kg"]) for line in rounds.sections[0].lines
    ]
    assert sorted(figures) == [(30, 0, 0), (45, 15, 15)]


def test_an_outsider_sees_nothing_of_it() -> None:
    made = rice_list(1)
    started_handout(made)
    outsider = user(Role.LEADER, area=OUTSIDE_DISTRICT)
    assert body_of("rice_stock", outsider).sections == ()
    assert body_of("rice_rounds", outsider).sections == ()
    quota = body_of("rice_quota", outsider)
    assert total_of(quota, "waiting_kg") == 0
    assert total_of(quota, "quota_kg") == 394_155


def test_a_store_above_the_units_has_its_own_heading(leader: User) -> None:
    keeper = user(Role.ACCOUNTANT, area=PROVINCE)
    common: Store = add_store(actor=keeper, place=StorePlace(PROVINCE, "Kho tỉnh"))
    receive_goods(actor=keeper, store=common, paper=paper(40), source=central())
    store(Staff(), COMMUNE, kg=5)
    assert [part.label for part in body_of("rice_stock", leader).sections] == [
        "Kho chung (Tỉnh An Giang)",
        "Huyện Phú Tân",
    ]
