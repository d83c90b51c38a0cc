"""Asking for a batch and building it."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from accounts.enums import Role
from core.models import Event, Job
from core.services.jobs import run_job
from core.transitions import TransitionRefused
from disbursements.enums import PayoutChannel
from disbursements.models import Batch, PaymentInstruction
from disbursements.queries.payable import preview
from disbursements.queries.request_choices import decision_choices
from disbursements.services.batches import approve_batch
from disbursements.services.building import prepare_batch
from disbursements.services.requests import BatchRequest, RequestConflict, request_batch
from support_programs.models import Entitlement
from tests.factories.payments import (
    AMOUNT,
    PROGRAMME,
    Staff,
    allocation,
    approved_list,
    payable_list,
    prepared_batch,
    request_for,
    two_decisions,
)
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


def nothing_was_made() -> bool:
    return not (Batch.objects.exists() or Job.objects.exists() or PaymentInstruction.objects.exists())


class TestRequest:
    def test_makes_a_batch_in_preparation_and_a_job(self) -> None:
        made = payable_list(3)
        batch = request_batch(actor=made.staff.accountant, request=request_for())
        assert (batch.status, batch.area_code, batch.created_by_id) == (
            "preparing",
            DISTRICT,
            made.staff.accountant.pk,
        )
        assert batch.title == "Đợt 1 huyện Phú Tân, lao động tự do"
        assert batch.job is not None
        assert batch.job.kind == "disbursements.build_batch"
        assert Event.objects.get(action="batch.created").change == {"people": 3, "amount": 3 * AMOUNT}

    def test_the_same_request_twice_is_one_batch(self) -> None:
        made = payable_list()
        first = request_batch(actor=made.staff.accountant, request=request_for())
        again = request_batch(actor=made.staff.accountant, request=request_for())
        assert again.pk == first.pk
        assert (Batch.objects.count(), Job.objects.count()) == (1, 1)

    def test_the_same_key_for_another_request_is_refused(self) -> None:
        made = payable_list()
        request_batch(actor=made.staff.accountant, request=request_for())
        with pytest.raises(RequestConflict, match="nội dung khác"):
            request_batch(actor=made.staff.accountant, request=request_for(area=COMMUNE))

    def test_a_second_batch_waits_until_the_first_is_built(self) -> None:
        made = payable_list()
        request_batch(actor=made.staff.accountant, request=request_for("a"))
        with pytest.raises(TransitionRefused, match="đang được lập"):
            request_batch(actor=made.staff.accountant, request=request_for("b", area=COMMUNE))

    def test_a_batch_over_nothing_leaves_nothing(self) -> None:
        accountant = user(Role.ACCOUNTANT)
        with pytest.raises(TransitionRefused, match="Không có ai để chi"):
            request_batch(actor=accountant, request=request_for())
        assert nothing_was_made()

    def test_money_that_has_not_arrived_is_named(self) -> None:
        made = approved_list(2)
        with pytest.raises(
            TransitionRefused, match="2 người: Kinh phí của quyết định chưa được phân bổ về huyện"
        ):
            request_batch(actor=made.staff.accountant, request=request_for())
        assert nothing_was_made()

    def test_less_money_than_people_is_refused(self) -> None:
        made = approved_list(3)
        allocation(made, amount=2 * AMOUNT)
        with pytest.raises(
            TransitionRefused, match=r"còn 3\.000\.000 đồng, đợt chi này cần 4\.500\.000 đồng"
        ):
            request_batch(actor=made.staff.accountant, request=request_for())
        assert nothing_was_made()

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ACCOUNTANT])
    def test_only_an_accountant_asks(self, role: Role) -> None:
        payable_list()
        with pytest.raises(PermissionDenied):
            request_batch(actor=user(role, area=DISTRICT), request=request_for())
        assert nothing_was_made()

    @pytest.mark.parametrize("area", ["89", OUTSIDE_DISTRICT, "8988"])
    def test_an_area_outside_ones_own_is_refused(self, area: str) -> None:
        made = payable_list()
        with pytest.raises(TransitionRefused, match="địa bàn của bạn"):
            request_batch(actor=made.staff.accountant, request=request_for(area=area))

    def test_who_entered_the_cases_pays_nobody(self) -> None:
        staff = Staff()
        staff.accountant = user(Role.ACCOUNTANT)
        staff.enterer = staff.accountant
        payable_list(staff=staff)
        with pytest.raises(TransitionRefused, match="Bạn đã nhập hồ sơ"):
            request_batch(actor=staff.accountant, request=request_for())

    def test_bank_transfer_takes_who_has_an_account(self) -> None:
        made = payable_list(3, with_accounts=2)
        batch = prepared_batch(made, channel="bank")
        lines = PaymentInstruction.objects.filter(batch=batch)
        assert {(line.bank_name, line.account_last3) for line in lines} == {("Agribank", "927")}
        assert batch.line_count == 2

    def test_one_stream_or_one_commune(self) -> None:
        staff = Staff()
        payable_list(2, staff=staff, stream="VE_SO")
        made = payable_list(3, staff=staff, area=OTHER_COMMUNE)
        assert prepared_batch(made, stream="VE_SO").line_count == 2
        assert prepared_batch(made, area=OTHER_COMMUNE).line_count == 3


class TestDecisions:
    def test_what_nobody_could_approve_is_refused_with_the_remedy(self) -> None:
        first, second = two_decisions()
        found = preview(request_for().scope_of(first.staff.accountant))
        assert found.is_mixed
        assert (found.approvers_left, found.is_possible) == (0, False)
        assert [(share.number, share.people, share.approver) for share in found.decisions] == [
            (made.decision.number, people, made.staff.money_approver.full_name)
            for made, people in ((first, 2), (second, 3))
        ]
        with pytest.raises(TransitionRefused, match="Hãy chọn một quyết định") as refusal:
            request_batch(actor=first.staff.accountant, request=request_for())
        assert first.decision.number in str(refusal.value)
        assert second.decision.number in str(refusal.value)
        assert nothing_was_made()

    def test_one_decision_takes_its_own_people_and_the_other_approver_approves(self) -> None:
        first, second = two_decisions()
        batches = [prepared_batch(made, decision=made.decision.number) for made in (first, second)]
        assert [(batch.line_count, batch.decision_number) for batch in batches] == [
            (2, first.decision.number),
            (3, second.decision.number),
        ]
        lines = PaymentInstruction.objects.filter(batch=batches[0])
        assert set(lines.values_list("decision_number", flat=True)) == {first.decision.number}
        for made, batch in zip((first, second), batches, strict=True):
            assert approve_batch(actor=made.staff.approver, batch=batch).status == "approved"

    def test_a_third_approver_may_approve_the_mixture(self) -> None:
        first, _second = two_decisions()
        third = user(Role.PROVINCIAL_APPROVER)
        found = preview(request_for().scope_of(first.staff.accountant))
        assert (found.is_mixed, found.approvers_left, found.is_possible) == (True, 1, True)
        assert approve_batch(actor=third, batch=prepared_batch(first)).status == "approved"

    def test_who_has_left_or_appraised_does_not_count_as_an_approver(self) -> None:
        first, _second = two_decisions()
        former = user(Role.PROVINCIAL_APPROVER)
        former.is_active = False
        former.save()
        first.staff.appraiser.role_assignments.create(role=Role.PROVINCIAL_APPROVER)
        assert preview(request_for().scope_of(first.staff.accountant)).approvers_left == 0

    def test_one_decision_without_another_approver_is_made_and_says_so(self) -> None:
        made = payable_list(1)
        made.staff.approver.is_active = False
        made.staff.approver.save()
        found = preview(request_for().scope_of(made.staff.accountant))
        assert (found.is_mixed, found.lacks_approver, found.is_possible) == (False, True, True)

    def test_the_decision_belongs_to_the_request(self) -> None:
        first, second = two_decisions()
        actor = first.staff.accountant
        asked = request_for(decision=first.decision.number)
        batch = request_batch(actor=actor, request=asked)
        assert request_batch(actor=actor, request=asked).pk == batch.pk
        for other in ("", second.decision.number):
            with pytest.raises(RequestConflict, match="nội dung khác"):
                request_batch(actor=actor, request=request_for(decision=other))
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            Batch.objects.filter(pk=batch.pk).update(decision_number=second.decision.number)

    def test_choices_are_the_decisions_that_wait_in_ones_own_area(self) -> None:
        first, second = two_decisions()
        numbers = {first.decision.number, second.decision.number}
        assert {number for number, _label in decision_choices(DISTRICT)} == numbers
        assert decision_choices(OUTSIDE_DISTRICT, first.decision.number) == []
        prepared_batch(first, decision=first.decision.number)
        assert [number for number, _label in decision_choices(DISTRICT)] == [second.decision.number]
        assert {number for number, _label in decision_choices(DISTRICT, first.decision.number)} == numbers

    def test_a_decision_without_people_here_pays_nobody(self) -> None:
        made = payable_list(1)
        with pytest.raises(TransitionRefused, match="Không có ai để chi"):
            request_batch(actor=made.staff.accountant, request=request_for(decision="9/QĐ-UBND"))
        assert nothing_was_made()


class TestBuild:
    def test_every_line_is_a_snapshot_of_what_was_approved(self) -> None:
        made = payable_list(3)
        batch = prepared_batch(made)
        assert (batch.status, batch.line_count, batch.total_amount) == ("prepared", 3, 3 * AMOUNT)
        lines = list(PaymentInstruction.objects.filter(batch=batch).order_by("position"))
        assert [line.position for line in lines] == [1, 2, 3]
        for line, entitlement in zip(lines, made.entitlements, strict=True):
            assert line.reference.startswith("LC-2021-")
            assert (line.status, line.attempt, line.amount, line.cap) == ("queued", 1, AMOUNT, AMOUNT)
            assert (line.payee_name, line.case_reference) == (entitlement.payee_name, entitlement.reference)
            assert bytes(line.payee_number_encrypted) == bytes(entitlement.payee_number_encrypted)
            assert (line.decision_number, line.area_code) == (made.decision.number, COMMUNE)
            assert (line.entered_by_id, line.batched_by_id) == (
                made.staff.enterer.pk,
                made.staff.accountant.pk,
            )
            assert entitlement.status == "committed"

    def test_the_job_does_it_and_a_second_delivery_changes_nothing(self) -> None:
        made = payable_list(3)
        batch = request_batch(actor=made.staff.accountant, request=request_for())
        assert batch.job_id is not None
        run_job(batch.job_id)
        batch.refresh_from_db()
        events = Event.objects.count()
        assert Job.objects.get(pk=batch.job_id).state == "done"
        prepare_batch(batch=batch, actor=made.staff.accountant)
        run_job(batch.job_id)
        assert (PaymentInstruction.objects.count(), Event.objects.count()) == (3, events)

    def test_a_build_that_finds_nobody_ends_as_a_cancelled_batch(self) -> None:
        made = payable_list(2)
        batch = request_batch(actor=made.staff.accountant, request=request_for())
        Entitlement.objects.update(status="cancelled")
        run_job(batch.job_id or 0)
        batch.refresh_from_db()
        job = Job.objects.get(pk=batch.job_id)
        assert (batch.status, job.state, PaymentInstruction.objects.count()) == ("cancelled", "failed", 0)
        assert "Không còn ai để chi" in job.error_text

    def test_people_already_in_a_batch_are_not_taken_twice(self) -> None:
        staff = Staff()
        first = payable_list(2, staff=staff)
        prepared_batch(first)
        second = payable_list(1, staff=staff)
        assert prepared_batch(second).line_count == 1
        assert PaymentInstruction.objects.count() == 3

    def test_the_number_of_statements_does_not_grow(self, django_assert_num_queries: Any) -> None:
        counts = []
        for size in (1, 30):
            made = payable_list(size)
            batch = request_batch(actor=made.staff.accountant, request=request_for(f"n{size}"))
            assert made.staff.accountant.role_codes
            with django_assert_num_queries(33, exact=False) as captured:
                prepare_batch(batch=batch, actor=made.staff.accountant)
            counts.append(len(captured))
        assert counts[0] == counts[1]


def test_a_request_names_its_content() -> None:
    actor = user(Role.ACCOUNTANT)
    hashes = {
        BatchRequest(PROGRAMME, area, stream, channel, "k", decision=decision).content_hash(actor)
        for decision in ("", "1/QĐ-UBND", "2/QĐ-UBND")
        for area in (COMMUNE, DISTRICT)
        for stream in ("", "VE_SO")
        for channel in PayoutChannel
    }
    assert len(hashes) == 3 * 2 * 2 * len(PayoutChannel)
