"""The way of a batch after it is built."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.enums import Role
from accounts.models import User
from core.models import Event, Job
from core.services.jobs import run_job
from core.transitions import StaleRecord, TransitionRefused
from disbursements.models import Batch, PaymentFile, PaymentInstruction
from disbursements.services.batches import approve_batch, cancel_batch, close_batch, release_batch
from disbursements.services.results import Results, record_all_paid_except, record_results
from support_programs.models import Entitlement
from tests.factories.payments import AMOUNT, Staff, payable_list, prepared_batch, released_batch
from tests.factories.people import PROVINCE, promoted, user

pytestmark = pytest.mark.django_db


def lines_of(batch: Batch) -> list[PaymentInstruction]:
    return list(PaymentInstruction.objects.filter(batch=batch).order_by("position"))


def statuses(batch: Batch) -> list[str]:
    return [line.status for line in lines_of(batch)]


def check_deferred() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class TestApproval:
    def test_somebody_else_approves_and_the_final_list_is_written(self) -> None:
        made = payable_list(2)
        batch = approve_batch(actor=made.staff.approver, batch=prepared_batch(made))
        assert (batch.status, batch.approved_by_name) == ("approved", "Trần Minh Đức")
        job = Job.objects.get(idempotency_key=f"files:{batch.pk}:final")
        run_job(job.pk)
        assert sorted(PaymentFile.objects.filter(is_draft=False).values_list("kind", flat=True)) == [
            "list_pdf",
            "list_xlsx",
        ]

    def test_who_made_the_batch_does_not(self) -> None:
        staff = Staff(accountant=user(Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER, area="89"))
        batch = prepared_batch(payable_list(staff=staff))
        with pytest.raises(TransitionRefused, match="Bạn đã lập đợt chi này"):
            approve_batch(actor=staff.accountant, batch=batch)

    def test_who_approved_its_money_does_not(self) -> None:
        made = payable_list()
        batch = prepared_batch(made)
        with pytest.raises(TransitionRefused, match="Bạn đã phê duyệt kinh phí"):
            approve_batch(actor=made.staff.money_approver, batch=batch)
        batch.refresh_from_db()
        assert batch.status == "prepared"

    @pytest.mark.parametrize("desk", ["enterer", "appraiser", "list_approver", "money_appraiser"])
    def test_who_worked_on_its_people_does_not_also_after_a_move_to_the_province(self, desk: str) -> None:
        made = payable_list()
        batch = prepared_batch(made)
        moved = promoted(getattr(made.staff, desk), Role.PROVINCIAL_APPROVER, area=PROVINCE)
        with pytest.raises(TransitionRefused, match="Bạn đã nhập, thẩm định hoặc duyệt hồ sơ"):
            approve_batch(actor=moved, batch=batch)
        batch.refresh_from_db()
        assert batch.status == "prepared"

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.PROVINCIAL_APPROVER])
    def test_no_other_role_does(self, role: Role) -> None:
        batch = prepared_batch(payable_list())
        with pytest.raises(PermissionDenied):
            approve_batch(actor=user(role), batch=batch)

    def test_the_second_of_two_hears_that_it_is_done(self) -> None:
        made = payable_list()
        batch = prepared_batch(made)
        approve_batch(actor=made.staff.approver, batch=batch)
        with pytest.raises(TransitionRefused, match="«Đã duyệt»"):
            approve_batch(actor=user(Role.PROVINCIAL_APPROVER), batch=batch)
        assert Event.objects.filter(action="batch.approve").count() == 1

    def test_a_page_opened_before_a_change_is_noticed(self) -> None:
        made = payable_list()
        batch = prepared_batch(made)
        with pytest.raises(StaleRecord):
            approve_batch(actor=made.staff.approver, batch=batch, expected_version=1)


class TestRelease:
    def test_every_line_is_sent(self) -> None:
        batch = released_batch(payable_list(3))
        check_deferred()
        assert (batch.status, str(batch.released_on), statuses(batch)) == (
            "released",
            "2021-09-27",
            ["sent"] * 3,
        )

    def test_not_before_it_is_approved(self) -> None:
        made = payable_list()
        batch = prepared_batch(made)
        with pytest.raises(TransitionRefused, match="«Chờ duyệt»"):
            release_batch(actor=made.staff.accountant, batch=batch)

    def test_not_by_who_entered_one_of_the_cases(self) -> None:
        made = payable_list()
        batch = approve_batch(actor=made.staff.approver, batch=prepared_batch(made))
        made.staff.enterer.role_assignments.create(role=Role.ACCOUNTANT)
        with pytest.raises(TransitionRefused, match="Bạn đã nhập hồ sơ"):
            release_batch(actor=User.objects.get(pk=made.staff.enterer.pk), batch=batch)


class TestResults:
    def test_paid_and_returned_with_their_entitlements(self) -> None:
        made = payable_list(3)
        batch = released_batch(made)
        first, second, third = (line.reference for line in lines_of(batch))
        report = record_results(
            actor=made.staff.accountant,
            batch=batch,
            results=Results(frozenset({first, second}), {third: "Vắng mặt"}),
        )
        check_deferred()
        assert (report.paid, report.returned, report.refused) == (2, 1, ())
        assert report.sentence == "Đã ghi 2 người đã nhận, 1 người chưa nhận."
        assert statuses(batch) == ["paid", "paid", "returned"]
        assert [e.status for e in made.entitlements] == ["paid", "paid", "approved"]
        assert lines_of(batch)[2].result_reason == "Vắng mặt"

    def test_the_same_results_twice_change_nothing(self) -> None:
        made = payable_list(1)
        batch = released_batch(made)
        results = Results(frozenset({lines_of(batch)[0].reference}))
        record_results(actor=made.staff.accountant, batch=batch, results=results)
        events = Event.objects.count()
        report = record_results(actor=made.staff.accountant, batch=batch, results=results)
        assert (report.paid, report.returned) == (0, 0)
        assert "«Đã chi trả»" in report.refused[0].reason
        assert Event.objects.count() == events

    def test_all_paid_except(self) -> None:
        made = payable_list(4)
        batch = released_batch(made)
        absent = lines_of(batch)[1].reference
        report = record_all_paid_except(
            actor=made.staff.accountant, batch=batch, exceptions={absent: "Vắng mặt"}
        )
        assert (report.paid, report.returned) == (3, 1)
        assert statuses(batch) == ["paid", "returned", "paid", "paid"]

    def test_the_payment_step_ends_when_everybody_is_paid(self) -> None:
        made = payable_list(1)
        type(made.case_list).objects.filter(pk=made.case_list.pk).update(
            current_step="payment", due_on="2021-09-29"
        )
        batch = released_batch(made)
        record_all_paid_except(actor=made.staff.accountant, batch=batch, exceptions={})
        made.case_list.refresh_from_db()
        assert made.case_list.due_on is None

    @pytest.mark.parametrize(
        ("results", "sentence"),
        [
            (Results(frozenset({"LC-2021-99999999"})), "không thuộc đợt chi"),
            (Results(frozenset(), {"LC": "  "}), "Hãy ghi lý do"),
            (Results(frozenset({"LC"}), {"LC": "Vắng"}), "vừa ghi đã nhận vừa ghi chưa nhận"),
        ],
    )
    def test_wrong_results_are_refused_as_a_whole(self, results: Results, sentence: str) -> None:
        made = payable_list(1)
        batch = released_batch(made)
        with pytest.raises(TransitionRefused, match=sentence):
            record_results(actor=made.staff.accountant, batch=batch, results=results)
        assert statuses(batch) == ["sent"]

    def test_a_line_of_another_batch_is_refused(self) -> None:
        staff = Staff()
        one = released_batch(payable_list(1, staff=staff))
        made = payable_list(1, staff=staff)
        other = released_batch(made)
        with pytest.raises(TransitionRefused, match="không thuộc đợt chi"):
            record_results(
                actor=staff.accountant, batch=other, results=Results(frozenset({lines_of(one)[0].reference}))
            )

    def test_nothing_is_recorded_before_paying_began(self) -> None:
        made = payable_list(1)
        batch = prepared_batch(made)
        with pytest.raises(TransitionRefused, match="đang chi trả"):
            record_all_paid_except(actor=made.staff.accountant, batch=batch, exceptions={})

    def test_who_was_not_paid_goes_into_a_new_batch_as_the_second_attempt(self) -> None:
        made = payable_list(2)
        batch = released_batch(made)
        absent = lines_of(batch)[0]
        record_all_paid_except(
            actor=made.staff.accountant, batch=batch, exceptions={absent.reference: "Vắng mặt"}
        )
        close_batch(actor=made.staff.accountant, batch=batch)
        again = released_batch(made)
        (line,) = lines_of(again)
        assert (line.entitlement_id, line.attempt, again.line_count) == (absent.entitlement_id, 2, 1)
        record_all_paid_except(actor=made.staff.accountant, batch=again, exceptions={})
        assert {e.status for e in made.entitlements} == {"paid"}

    @pytest.mark.parametrize("size", [1, 40])
    def test_the_number_of_statements_does_not_grow(
        self, size: int, django_assert_max_num_queries: Any
    ) -> None:
        made = payable_list(size)
        batch = released_batch(made)
        references = [line.reference for line in lines_of(batch)]
        results = Results(frozenset(references[1:]), {references[0]: "Vắng mặt"})
        with django_assert_max_num_queries(60):
            record_results(actor=made.staff.accountant, batch=batch, results=results)


class TestClose:
    def test_closes_when_every_line_has_its_answer(self) -> None:
        made = payable_list(2)
        batch = released_batch(made)
        record_all_paid_except(actor=made.staff.accountant, batch=batch, exceptions={})
        assert close_batch(actor=made.staff.accountant, batch=batch).status == "closed"

    def test_not_while_somebody_is_awaited(self) -> None:
        made = payable_list(2)
        batch = released_batch(made)
        record_results(
            actor=made.staff.accountant,
            batch=batch,
            results=Results(frozenset({lines_of(batch)[0].reference})),
        )
        with pytest.raises(TransitionRefused, match="Còn lệnh chi chưa có kết quả"):
            close_batch(actor=made.staff.accountant, batch=batch)


class TestCancel:
    def test_frees_its_people_for_another_batch(self) -> None:
        made = payable_list(2)
        batch = prepared_batch(made)
        cancelled = cancel_batch(actor=made.staff.accountant, batch=batch, reason="Nhầm hình thức chi")
        check_deferred()
        assert (cancelled.status, cancelled.cancel_reason) == ("cancelled", "Nhầm hình thức chi")
        assert statuses(batch) == ["cancelled"] * 2
        assert {e.status for e in Entitlement.objects.all()} == {"approved"}
        assert [line.attempt for line in lines_of(prepared_batch(made))] == [2, 2]

    def test_asks_for_a_reason(self) -> None:
        made = payable_list()
        batch = prepared_batch(made)
        with pytest.raises(TransitionRefused, match="lý do"):
            cancel_batch(actor=made.staff.accountant, batch=batch, reason=" ")

    def test_not_once_paying_began(self) -> None:
        made = payable_list()
        batch = released_batch(made)
        with pytest.raises(TransitionRefused, match="«Đang chi»"):
            cancel_batch(actor=made.staff.accountant, batch=batch, reason="x")
        assert batch.total_amount == 3 * AMOUNT
