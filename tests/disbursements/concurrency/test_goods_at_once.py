"""Many hands at one stock: what there is goes out once, the rest hear that it does not suffice (I18, F1)."""

import pytest

from core.fence import fenced
from disbursements.models import Handout, HandoutLine, StockBalance, StockMovement
from disbursements.queries.goods_stock import goods_sums
from disbursements.services.goods_handouts import start_handout
from disbursements.services.goods_requests import prepare_handout, request_handout
from disbursements.services.goods_results import record_all_received_except
from disbursements.services.goods_stock import record_loss
from tests.disbursements.concurrency.test_at_once import at_once
from tests.factories.goods import (
    PORTION,
    approved_handout,
    paper,
    request_for,
    rice_list,
    started_handout,
    store,
)
from tests.factories.payments import Staff
from tests.factories.people import DISTRICT

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_db")]
THREADS = 50


def test_fifty_threads_hand_out_the_same_stock() -> None:
    staff = Staff()
    out_of = store(staff, kg=7 * PORTION)
    rounds = [approved_handout(rice_list(1, staff=staff), out_of) for _ in range(10)]

    def start(number: int) -> int:
        with fenced(staff.accountant.pk, DISTRICT):
            handout = rounds[number % 10]
            return start_handout(actor=staff.accountant, handout=handout, document_number=f"{number}/PXK").pk

    results, refusals = at_once(start, threads=THREADS)
    assert (len(results), len(set(results))) == (7, 7)
    assert len(refusals) == THREADS - 7
    assert all("không đủ để xuất 15 kg" in words or "«Đang cấp phát»" in words for words in refusals)
    assert StockBalance.objects.get().on_hand == 0
    assert StockMovement.objects.filter(kind="issue").count() == 7
    (sums,) = goods_sums(DISTRICT)
    assert (sums.out, sums.difference) == (7 * PORTION, 0)


def test_losses_at_once_take_no_more_than_there_is() -> None:
    staff = Staff()
    made = store(staff, kg=100)
    papers = [paper(30, reason="Mọt") for _ in range(8)]

    def lose(number: int) -> int:
        with fenced(staff.accountant.pk, DISTRICT):
            return record_loss(actor=staff.accountant, store=made, paper=papers[number]).pk

    results, refusals = at_once(lose)
    assert (len(results), len(refusals)) == (3, 5)
    assert StockBalance.objects.get().on_hand == 10


def test_one_round_from_many_tabs_takes_everybody_once() -> None:
    made = rice_list(20)
    out_of = store(made.staff, kg=300)
    asked = request_for(made, out_of, "tab")

    def ask(number: int) -> int:
        with fenced(made.staff.accountant.pk, DISTRICT):
            handout = request_handout(actor=made.staff.accountant, request=asked)
            return prepare_handout(handout=handout, actor=made.staff.accountant).pk

    results, refusals = at_once(ask)
    assert (len(set(results)), refusals) == (1, [])
    assert Handout.objects.get().line_count == HandoutLine.objects.count() == 20


def test_results_at_once_are_recorded_once() -> None:
    made = rice_list(10)
    handout = started_handout(made)

    def record(number: int) -> int:
        with fenced(made.staff.accountant.pk, DISTRICT):
            return record_all_received_except(
                actor=made.staff.accountant, handout=handout, exceptions={}
            ).received

    results, _refusals = at_once(record)
    assert sorted(results) == [0] * 7 + [10]  # type: ignore[type-var]
