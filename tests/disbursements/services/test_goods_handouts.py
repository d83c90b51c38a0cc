"""Rounds of handing out: asked for once, approved by others, out of the store, answered line by line, closed when they tie."""

import dataclasses
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Person
from core import crypto
from core.models import Event
from core.transitions import TransitionRefused
from disbursements.models import Handout, HandoutLine, StockMovement
from disbursements.queries.goods_people import preview
from disbursements.queries.goods_stock import goods_sums, on_hand
from disbursements.services.goods_handouts import (
    Leftovers,
    approve_handout,
    cancel_handout,
    close_handout,
    start_handout,
)
from disbursements.services.goods_requests import prepare_handout, request_handout
from disbursements.services.goods_results import (
    HandoutResults,
    Proxy,
    record_all_received_except,
    record_handout_results,
    record_proxy,
)
from disbursements.services.requests import RequestConflict
from tests.factories.goods import (
    PORTION,
    RiceList,
    approved_handout,
    prepared_handout,
    receipt,
    request_for,
    rice,
    rice_list,
    started_handout,
    store,
)
from tests.factories.pairs import pair
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, PROVINCE, promoted, user

pytestmark = pytest.mark.django_db


def refused(words: str) -> Any:
    return pytest.raises(TransitionRefused, match=words)


def lines_of(handout: Handout) -> list[HandoutLine]:
    return list(HandoutLine.objects.filter(handout=handout).order_by("position"))


def states(made: RiceList) -> list[str]:
    return [row.status for row in made.entitlements]


class TestAsking:
    def test_everybody_of_the_decision_is_in_with_their_snapshot(self) -> None:
        made = rice_list(3)
        out_of = store(made.staff, kg=100)
        handout = prepared_handout(made, out_of)
        assert (handout.status, handout.line_count, handout.total_quantity) == ("prepared", 3, 45)
        assert states(made) == ["committed"] * 3
        first, owed = lines_of(handout)[0], made.entitlements[0]
        assert (first.quantity, first.unit, first.payee_name, first.case_reference) == (
            PORTION, "kg", owed.payee_name, owed.reference,
        )  # fmt: skip
        assert (first.attempt, first.status, first.decision_number) == (1, "waiting", made.decision.number)
        assert on_hand(out_of, rice()) == 100, "nothing leaves the store before handing out begins"

    def test_the_same_key_is_the_same_round(self) -> None:
        made = rice_list(2)
        out_of = store(made.staff, kg=30)
        asked = request_for(made, out_of, "tab")
        first = request_handout(actor=made.staff.accountant, request=asked)
        assert request_handout(actor=made.staff.accountant, request=asked).pk == first.pk
        with pytest.raises(RequestConflict, match=first.reference):
            request_handout(actor=made.staff.accountant, request=dataclasses.replace(asked, title="Tên khác"))
        with refused(f"{first.reference} của địa bàn này đang được lập"):
            request_handout(actor=made.staff.accountant, request=request_for(made, out_of))
        assert prepare_handout(handout=first, actor=made.staff.accountant).line_count == 2
        assert prepare_handout(handout=first, actor=made.staff.accountant).line_count == 2
        with refused("Không có ai để cấp phát.*2 người: Đã ở trong một đợt cấp phát khác"):
            request_handout(actor=made.staff.accountant, request=request_for(made, out_of))

    def test_the_preview_names_who_is_left_out_and_what_is_lacking(self) -> None:
        made = rice_list(4)
        people = Person.objects.filter(pk__in=[row.claimant_id for row in made.entitlements]).order_by("pk")
        pair(people[0], people[1])
        out_of = store(made.staff, kg=20)
        asked = request_for(made, out_of)
        found = preview(asked.scope_of(made.staff.accountant), out_of, rice())
        assert (found.people, found.quantity, found.on_hand, found.lacking) == (2, 30, 20, 10)
        assert [(group.code, group.people) for group in found.left_out] == [("suspected", 2)]

    def test_who_may_not_ask(self) -> None:
        made = rice_list(1)
        out_of = store(made.staff, kg=15)
        with pytest.raises(PermissionDenied):
            request_handout(actor=made.staff.enterer, request=request_for(made, out_of))
        stranger = user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT)
        with refused("trong địa bàn của bạn"):
            request_handout(actor=stranger, request=request_for(made, out_of))
        with refused("Hãy chọn kho trong địa bàn"):
            request_handout(actor=stranger, request=request_for(made, out_of, area_code=OUTSIDE_DISTRICT))
        assert not Handout.objects.exists()

    def test_money_is_never_in_a_round_and_goods_never_in_a_batch(self) -> None:
        from disbursements.queries.payable import BatchScope, payable

        made = rice_list(1)
        assert payable(BatchScope("GAO_HO_TRO", DISTRICT, "", "cash", 0)).count() == 0
        assert states(made) == ["approved"]


class TestApproving:
    def test_who_made_it_or_worked_on_its_people_does_not_approve(self) -> None:
        made = rice_list(1)
        handout = prepared_handout(made, store(made.staff, kg=15))
        with refused("nhập, thẩm định hoặc duyệt hồ sơ"):
            approve_handout(actor=made.staff.money_approver, handout=handout)
        with pytest.raises(PermissionDenied):
            approve_handout(actor=made.staff.accountant, handout=handout)
        approved = approve_handout(actor=made.staff.approver, handout=handout)
        assert (approved.status, approved.approved_by_name) == ("approved", "Trần Minh Đức")
        with refused("Không làm được khi đang ở trạng thái «Đã duyệt»"):
            approve_handout(actor=user(Role.PROVINCIAL_APPROVER), handout=handout)

    def test_cancelling_frees_everybody(self) -> None:
        made = rice_list(2)
        out_of = store(made.staff, kg=30)
        handout = approved_handout(made, out_of)
        with refused("Hãy ghi lý do"):
            cancel_handout(actor=made.staff.accountant, handout=handout, reason=" ")
        cancel_handout(actor=made.staff.accountant, handout=handout, reason="Gạo chưa về")
        assert states(made) == ["approved"] * 2
        again = prepared_handout(made, out_of)
        assert [line.attempt for line in lines_of(again)] == [2, 2]


class TestStarting:
    def test_the_goods_leave_the_store_at_once(self) -> None:
        made = rice_list(3)
        out_of = store(made.staff, kg=100)
        handout = approved_handout(made, out_of)
        start_handout(actor=made.staff.accountant, handout=handout, document_number="7/PXK")
        issue = StockMovement.objects.get(kind="issue")
        assert (issue.change, issue.document_number, on_hand(out_of, rice())) == (-45, "7/PXK", 55)
        (sums,) = goods_sums(DISTRICT)
        assert (sums.out, sums.on_hand, sums.difference) == (45, 55, 0)

    def test_who_approved_it_does_not_start_it_from_the_accountants_desk(self) -> None:
        made = rice_list(2)
        handout = approved_handout(made, store(made.staff, kg=100))
        both = promoted(User.objects.get(pk=handout.approved_by_id), Role.ACCOUNTANT, area=PROVINCE)
        with refused("Bạn đã duyệt đợt cấp phát này"):
            start_handout(actor=both, handout=handout, document_number="7/PXK")
        with pytest.raises(IntegrityError, match="handout_starter_did_not_approve_it"), transaction.atomic():
            Handout.objects.filter(pk=handout.pk).update(started_by_id=F("approved_by_id"))

    def test_too_little_in_the_store_starts_nothing(self) -> None:
        made = rice_list(3)
        out_of = store(made.staff, kg=44)
        handout = approved_handout(made, out_of)
        with refused("còn 44 kg gạo, không đủ để xuất 45 kg"):
            start_handout(actor=made.staff.accountant, handout=handout, document_number="7/PXK")
        handout.refresh_from_db()
        assert (handout.status, on_hand(out_of, rice())) == ("approved", 44)
        receipt(made.staff, out_of, 1)
        start_handout(actor=made.staff.accountant, handout=handout, document_number="7/PXK")
        with refused("Không làm được khi đang ở trạng thái «Đang cấp phát»"):
            start_handout(actor=made.staff.accountant, handout=handout, document_number="7/PXK")
        with refused("Không làm được khi đang ở trạng thái «Đang cấp phát»"):
            cancel_handout(actor=made.staff.accountant, handout=handout, reason="Muộn")

    def test_a_suspected_pair_found_later_stops_it(self) -> None:
        made = rice_list(2)
        handout = approved_handout(made, store(made.staff, kg=30))
        first, second = Person.objects.filter(pk__in=[row.claimant_id for row in made.entitlements])
        pair(first, second)
        with refused("nghi trùng chưa có câu trả lời"):
            start_handout(actor=made.staff.accountant, handout=handout, document_number="7/PXK")


class TestResults:
    def test_received_missed_and_the_rest(self) -> None:
        made = rice_list(4)
        handout = started_handout(made)
        a, b, c, d = (line.reference for line in lines_of(handout))
        report = record_handout_results(
            actor=made.staff.accountant,
            handout=handout,
            results=HandoutResults(frozenset({a}), {b: "Vắng mặt khi cấp phát"}),
        )
        assert report.sentence == "Đã ghi 1 người đã nhận, 1 người chưa nhận."
        assert states(made) == ["paid", "approved", "committed", "committed"]
        again = record_handout_results(
            actor=made.staff.accountant, handout=handout, results=HandoutResults(frozenset({a, b}))
        )
        assert (again.received, len(again.refused)) == (0, 2)
        rest = record_all_received_except(
            actor=made.staff.accountant, handout=handout, exceptions={d: "Đã mất"}
        )
        assert (rest.received, rest.missed) == (1, 1)
        assert [line.status for line in lines_of(handout)] == ["received", "missed", "received", "missed"]
        assert HandoutLine.objects.get(reference=c).recorded_by_id == made.staff.accountant.pk

    def test_what_results_may_not_say(self) -> None:
        made, other = rice_list(1), rice_list(1)
        handout, foreign = started_handout(made), started_handout(other)
        (line,), (strange,) = lines_of(handout), lines_of(foreign)
        for results, sentence in (
            (
                HandoutResults(frozenset({line.reference}), {line.reference: "x"}),
                "vừa ghi đã nhận vừa ghi chưa nhận",
            ),
            (HandoutResults(missed={line.reference: " "}), "Hãy ghi lý do chưa nhận"),
            (HandoutResults(missed={line.reference: "CCCD 089190000123"}), "Đừng ghi số CCCD"),
            (HandoutResults(frozenset({strange.reference})), "không thuộc đợt cấp phát"),
        ):
            with refused(sentence):
                record_handout_results(actor=made.staff.accountant, handout=handout, results=results)
        with pytest.raises(PermissionDenied):
            record_handout_results(
                actor=user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT),
                handout=handout,
                results=HandoutResults(frozenset({line.reference})),
            )
        assert states(made) == ["committed"]

    def test_a_proxy_is_named_and_their_number_sealed(self) -> None:
        made = rice_list(2)
        handout = started_handout(made)
        line, other = lines_of(handout)
        with refused("quan hệ với người được nhận"):
            record_proxy(actor=made.staff.accountant, line=line, proxy=Proxy("Lê Thị Ba", ""))
        with refused("CCCD có 12 chữ số"):
            record_proxy(actor=made.staff.accountant, line=line, proxy=Proxy("Lê Thị Ba", "con", number="12"))
        proxy = Proxy("Lê Thị Ba", "con", "Giấy ủy quyền 12/GUQ", "089190000123")
        got = record_proxy(actor=made.staff.accountant, line=line, proxy=proxy)
        assert (got.status, got.proxy_name, got.proxy_number_last3) == ("received", "Lê Thị Ba", "123")
        assert crypto.decrypt("number", got.proxy_number_encrypted) == "089190000123"
        told = Event.objects.get(action="handout_line.receive")
        assert "089190000123" not in str(told.change)
        with refused("Không làm được khi đang ở trạng thái «Đã nhận»"):
            record_proxy(actor=made.staff.accountant, line=line, proxy=proxy)
        assert sorted(states(made)) == ["committed", "paid"]
        assert other.status == "waiting"


class TestClosing:
    def test_leftovers_go_back_and_the_round_ties(self) -> None:
        made = rice_list(3)
        handout = started_handout(made)
        a = lines_of(handout)[0].reference
        with refused("Còn người chưa có kết quả"):
            close_handout(actor=made.staff.accountant, handout=handout, leftovers=Leftovers())
        record_all_received_except(actor=made.staff.accountant, handout=handout, exceptions={a: "Đã mất"})
        with refused("Còn lại 15 kg. Hãy ghi số phiếu nhập lại kho"):
            close_handout(actor=made.staff.accountant, handout=handout, leftovers=Leftovers())
        with refused("không thể nhập lại 16"):
            close_handout(actor=made.staff.accountant, handout=handout, leftovers=Leftovers("8/PNK", 16))
        closed = close_handout(actor=made.staff.accountant, handout=handout, leftovers=Leftovers("8/PNK"))
        assert closed.status == "closed"
        (sums,) = goods_sums(DISTRICT)
        assert (sums.received, sums.handed, sums.on_hand, sums.out, sums.difference) == (45, 30, 15, 0, 0)

    def test_what_did_not_come_back_is_written_off_with_a_reason(self) -> None:
        made = rice_list(2)
        handout = started_handout(made)
        refs = {line.reference: "Vắng mặt khi cấp phát" for line in lines_of(handout)}
        record_handout_results(
            actor=made.staff.accountant, handout=handout, results=HandoutResults(missed=refs)
        )
        with refused("Thiếu 2 kg so với số còn lại"):
            close_handout(actor=made.staff.accountant, handout=handout, leftovers=Leftovers("8/PNK", 28))
        leftovers = Leftovers("8/PNK", 28, "3/BB", "Rách bao")
        close_handout(actor=made.staff.accountant, handout=handout, leftovers=leftovers)
        (sums,) = goods_sums(DISTRICT)
        assert (sums.lost, sums.on_hand, sums.handed, sums.difference) == (2, 28, 0, 0)
        assert states(made) == ["approved"] * 2

    def test_who_missed_it_is_in_the_next_round(self) -> None:
        made = rice_list(1)
        handout = started_handout(made)
        (line,) = lines_of(handout)
        record_handout_results(
            actor=made.staff.accountant,
            handout=handout,
            results=HandoutResults(missed={line.reference: "Vắng"}),
        )
        close_handout(actor=made.staff.accountant, handout=handout, leftovers=Leftovers("8/PNK"))
        again = started_handout(made, handout.store)
        (second,) = lines_of(again)
        assert (second.attempt, second.status) == (2, "waiting")
        record_handout_results(
            actor=made.staff.accountant, handout=again, results=HandoutResults(frozenset({second.reference}))
        )
        assert states(made) == ["paid"]
