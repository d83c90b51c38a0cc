"""I18 and what guards goods, against raw SQL: what the services refuse the database refuses too."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from disbursements.models import Handout, HandoutLine, StockBalance, StockMovement, Store
from disbursements.services.goods_handouts import Leftovers, close_handout
from disbursements.services.goods_results import record_all_received_except
from tests.factories.goods import approved_handout, prepared_handout, rice, rice_list, started_handout, store
from tests.factories.payments import Staff, payable_list, prepared_batch
from tests.factories.people import COMMUNE, OUTSIDE_DISTRICT

pytestmark = pytest.mark.django_db
MOVE = """
INSERT INTO disbursements_stockmovement (reference, area_code, kind, store_id, goods_id, change, missing, document_number,
  moved_on, reason, recorded_by_id, recorded_by_name, created_at, source_id, other_store_id, sending_id, handout_id, corrects_id)
VALUES (next_reference('PK', 2021), %s, %s, %s, %s, %s, %s, '1/X', '2021-09-20', %s, 1, 'x', now(), %s, %s, %s, %s, %s)
"""


def run(sql: str, *params: object) -> None:
    """One statement as the application's role, its deferred checks included."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def move(kind: str, at: Store, change: int, **about: Any) -> None:
    run(
        MOVE,
        about.get("area", at.area_code), kind, at.pk, about.get("goods", rice()).pk, change, about.get("missing", 0),
        about.get("reason", ""), about.get("source"), about.get("other"), about.get("sending"), about.get("handout"),
        about.get("corrects"),
    )  # fmt: skip


def refused(match: str) -> Any:
    return pytest.raises(IntegrityError, match=match)


@pytest.fixture
def staff() -> Staff:
    return Staff()


class TestStock:
    def test_stock_does_not_fall_below_zero(self, staff: Staff) -> None:
        made = store(staff, kg=100)
        with refused("stock_not_below_zero"):
            move("loss", made, -101, reason="x")
        with refused("stock_not_below_zero"):
            move("sending", made, -101, other=store(staff, COMMUNE).pk)
        move("loss", made, -100, reason="x")
        assert StockBalance.objects.get().on_hand == 0

    def test_the_application_does_not_write_balances(self, staff: Staff) -> None:
        made = store(staff, kg=100)
        for sql in (
            "UPDATE disbursements_stockbalance SET on_hand = 1000",
            f"INSERT INTO disbursements_stockbalance (area_code, store_id, goods_id, on_hand) VALUES ('89', {made.pk}, 1, 5)",
            "DELETE FROM disbursements_stockbalance",
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                run(sql)

    @pytest.mark.parametrize(
        ("kind", "change", "match"),
        [
            ("leftover", -5, "fits neither its store"),
            ("loss", 5, "stock_change_has_its_sign"),
            ("receipt", 5, "receipt_names_its_source"),
            ("loss", -5, "stock_movement_has_paper"),
            ("sending", -5, "transfer_has_two_stores"),
            ("arrival", 5, "fits neither its store"),
            ("issue", -5, "fits neither its store"),
            ("correction", -5, "fits neither its store"),
            ("gift", 5, "stock_change_has_its_sign|stock_kind_known"),
        ],
    )
    def test_a_paper_is_whole(self, staff: Staff, kind: str, change: int, match: str) -> None:
        made = store(staff, kg=100)
        with refused(match):
            move(kind, made, change)

    def test_a_paper_is_of_its_store_s_area(self, staff: Staff) -> None:
        made = store(staff, kg=100)
        with refused("fits neither its store"):
            move("loss", made, -1, reason="x", area=OUTSIDE_DISTRICT)

    def test_an_arrival_is_what_was_sent(self, staff: Staff) -> None:
        district, commune = store(staff, kg=100), store(staff, COMMUNE)
        move("sending", district, -40, other=commune.pk)
        sending = StockMovement.objects.get(kind="sending")
        about = {"other": district.pk, "sending": sending.pk}
        for change, missing in ((41, 0), (40, 1), (30, 0)):
            with refused("fits neither its store"):
                move("arrival", commune, change, missing=missing, reason="x", **about)
        with refused("missing_goods_have_reason"):
            move("arrival", commune, 30, missing=10, **about)
        move("arrival", commune, 30, missing=10, reason="x", **about)
        with refused("sending_id"):
            move("arrival", commune, 40, **about)

    @pytest.mark.parametrize(
        "sql",
        ["UPDATE disbursements_stockmovement SET change = 1", "DELETE FROM disbursements_stockmovement"],
    )
    def test_papers_stay(self, staff: Staff, sql: str) -> None:
        store(staff, kg=10)
        with pytest.raises(DatabaseError, match=r"a correction is a new row|permission denied"):
            run(sql)


class TestRounds:
    def test_a_round_starts_only_with_its_goods_out_of_the_store(self, staff: Staff) -> None:
        made = rice_list(2, staff=staff)
        handout = approved_handout(made, store(staff, kg=100))
        with refused("does not tie"):
            run("UPDATE disbursements_handout SET status = 'handing', started_by_id = 1")
        with refused("started_handout_names_who"):
            run("UPDATE disbursements_handout SET status = 'handing'")
        with refused("fits neither its store"):
            move("issue", handout.store, -30, handout=handout.pk)

    def test_issue_and_leftovers_are_what_the_lines_say(self, staff: Staff) -> None:
        made = rice_list(2, staff=staff)
        handout = started_handout(made, store(staff, kg=100))
        with refused("handout_moves_once"):
            move("issue", handout.store, -30, handout=handout.pk)
        with refused("fits neither its store"):
            move("leftover", handout.store, 15, handout=handout.pk)
        first = HandoutLine.objects.filter(handout=handout).order_by("position")[0].reference
        record_all_received_except(actor=staff.accountant, handout=handout, exceptions={first: "Vắng"})
        with refused("fits neither its store"):
            move("leftover", handout.store, 16, handout=handout.pk)
        with refused("does not tie"):
            run("UPDATE disbursements_handout SET status = 'closed'")
        close_handout(actor=staff.accountant, handout=handout, leftovers=Leftovers("8/PNK"))
        assert StockBalance.objects.get().on_hand == 85

    def test_a_line_is_received_only_while_it_is_handed_out(self, staff: Staff) -> None:
        prepared_handout(rice_list(1, staff=staff), store(staff, kg=15))
        result = "status = 'received', resulted_on = '2021-09-20', recorded_by_id = 1"
        with refused("moved in a round that does not allow it"):
            run(f"UPDATE disbursements_handoutline SET {result}")

    @pytest.mark.parametrize(
        "change",
        ["quantity = 30", "payee_name = 'Kẻ khác'", "payee_number_last3 = '999'", "entitlement_id = entitlement_id + 1",
         "attempt = 9", "position = 99", f"area_code = '{COMMUNE[:5]}'", "version_hash = 'x'", "hamlet = 'x'"],
    )  # fmt: skip
    def test_a_line_never_changes(self, staff: Staff, change: str) -> None:
        prepared_handout(rice_list(1, staff=staff), store(staff, kg=15))
        with refused("hand-out lines are snapshots"):
            run(f"UPDATE disbursements_handoutline SET {change}")

    def test_a_result_is_final(self, staff: Staff) -> None:
        handout = started_handout(rice_list(1, staff=staff))
        record_all_received_except(actor=staff.accountant, handout=handout, exceptions={})
        for change in (
            "status = 'missed', result_reason = 'x'",
            "resulted_on = '2021-01-01'",
            "proxy_name = 'x'",
        ):
            with refused("results are final|not allowed|handout_proxy_is_whole"):
                run(f"UPDATE disbursements_handoutline SET {change}")
        with refused("not allowed"):
            run("UPDATE support_programs_entitlement SET status = 'approved'")

    @pytest.mark.parametrize(
        "change", ["line_count = 2", "total_quantity = 1", "store_id = store_id + 1", "request_hash = 'x'"]
    )
    def test_a_prepared_round_is_frozen(self, staff: Staff, change: str) -> None:
        prepared_handout(rice_list(1, staff=staff), store(staff, kg=15))
        with refused("a prepared round is frozen"):
            run(f"UPDATE disbursements_handout SET {change}")

    def test_who_made_it_or_worked_on_its_people_approves_nothing(self, staff: Staff) -> None:
        handout = prepared_handout(rice_list(1, staff=staff), store(staff, kg=15))
        for person, match in (
            (handout.created_by_id, "handout_approver_did_not_make_it"),
            (staff.enterer.pk, "worked on its people"),
            (staff.appraiser.pk, "worked on its people"),
            (staff.money_appraiser.pk, "worked on its people"),  # who concluded the list
            (staff.money_approver.pk, "worked on its people"),
        ):
            with refused(match):
                run("UPDATE disbursements_handout SET status = 'approved', approved_by_id = %s", person)

    def test_one_live_line_for_an_entitlement(self, staff: Staff) -> None:
        made = rice_list(1, staff=staff)
        handout = prepared_handout(made, store(staff, kg=15))
        other = Handout.objects.get(pk=handout.pk)
        other.pk, other.reference, other.status, other.idempotency_key = (
            None,
            "CP-2021-99999990",
            "preparing",
            "other",
        )
        other.line_count = other.total_quantity = 0
        other.save()
        line = HandoutLine.objects.get(handout=handout)
        line.pk, line.reference, line.attempt = None, "LP-2021-99999990", 2
        line.handout, line.handout_reference = other, other.reference
        with refused("one_live_handout_line"), transaction.atomic():
            line.save()

    def test_a_line_of_money_or_of_another_quantity_joins_no_round(self, staff: Staff) -> None:
        made = rice_list(1, staff=staff)
        handout = prepared_handout(made, store(staff, kg=15))
        other = Handout.objects.get(pk=handout.pk)
        other.pk, other.reference, other.status, other.idempotency_key = (
            None,
            "CP-2021-99999990",
            "preparing",
            "other",
        )
        other.line_count = other.total_quantity = 0
        other.save()
        spare = rice_list(1, staff=staff)
        line = HandoutLine.objects.get(handout=handout)
        line.pk, line.reference = None, "LP-2021-99999990"
        line.handout, line.handout_reference = other, other.reference
        line.entitlement, line.quantity = spare.entitlements[0], 30
        with refused("fit neither an open round nor their entitlement"), transaction.atomic():
            line.save()

    def test_entitlements_in_kind_follow_their_lines(self, staff: Staff) -> None:
        made = rice_list(1, staff=staff)
        prepared_handout(made, store(staff, kg=15))
        with refused("still has a live line"):
            run("UPDATE support_programs_entitlement SET status = 'approved'")
        with refused("is paid by no line"):
            run("UPDATE support_programs_entitlement SET status = 'paid'")

    def test_money_follows_its_lines_as_before(self) -> None:
        prepared_batch(payable_list(1))
        with refused("still has a live line"):
            run("UPDATE support_programs_entitlement SET status = 'approved'")
        with refused("is paid by no line"):
            run("UPDATE support_programs_entitlement SET status = 'paid'")
