"""What else a request names: source, account to pay from, people to pay again, the department's own, warnings taken note of."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import PayoutAccount
from core import clock, crypto
from core.transitions import TransitionRefused
from disbursements.enums import PayoutChannel
from disbursements.models import Batch, PayerAccount, PaymentInstruction
from disbursements.queries.lines import paying_lines
from disbursements.queries.payable import BatchScope, people_left_out, preview
from disbursements.services.batches import cancel_batch
from disbursements.services.budget import correct_allocation
from disbursements.services.budget_checks import MovementPaper
from disbursements.services.requests import BatchRequest, RequestConflict, request_batch
from disbursements.services.results import Results, record_results
from support_programs.models import Entitlement
from tests.factories import payments as make
from tests.factories.department import department_list, employer_list
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


def scope(made: make.ApprovedList, channel: str = "cash", **other: Any) -> BatchScope:
    return BatchScope(make.PROGRAMME, DISTRICT, "", channel, made.staff.accountant.pk, **other)


def left_out(made: make.ApprovedList, channel: str = "cash", **other: Any) -> dict[str, int]:
    return {group.code: group.people for group in preview(scope(made, channel, **other)).exclusions}


def payer(area: str = DISTRICT, **other: Any) -> PayerAccount:
    return PayerAccount.objects.create(
        area_code=area,
        bank_bin="970405",
        bank_name="Agribank",
        holder_name="Phòng LĐ-TBXH huyện Phú Tân",
        account_number="6700201000123",
        recorded_by_id=1,
        **{"valid_from": "2021-01-01", **other},
    )


def returned(made: make.ApprovedList, reason: str = "Vắng mặt", **options: Any) -> Batch:
    """A batch of which everybody's money came back."""
    batch = make.released_batch(made, **options)
    lines = PaymentInstruction.objects.filter(batch=batch).values_list("reference", flat=True)
    results = Results(paid=frozenset(), returned=dict.fromkeys(lines, reason))
    record_results(actor=made.staff.accountant, batch=batch, results=results)
    return batch


class TestSources:
    def two_sources(self) -> make.ApprovedList:
        made = make.approved_list(2)
        make.allocation(made, amount=make.AMOUNT)
        line = make.budget_line(made, "TW")
        make._allocate(line, made.staff.accountant.pk, make.AMOUNT)
        return made

    def test_several_sources_ask_for_one(self) -> None:
        made = self.two_sources()
        assert left_out(made) == {"several_sources": 2}
        found = preview(scope(made, source="TW"))
        assert (found.people, [short.source for short in found.shortfalls]) == (
            2,
            ["Ngân sách trung ương"],
        )
        with pytest.raises(TransitionRefused, match="Quyết định có nhiều nguồn kinh phí: hãy chọn một nguồn"):
            request_batch(actor=made.staff.accountant, request=make.request_for())

    def test_a_batch_draws_on_the_source_that_was_chosen(self) -> None:
        made = make.approved_list(2)
        make.allocation(made)
        make.budget_line(made, "TW")
        batch = make.prepared_batch(made, source="TINH")
        assert batch.source_code == "TINH"
        lines = PaymentInstruction.objects.filter(batch=batch)
        assert {line.budget_line.source.code for line in lines} == {"TINH"}
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            Batch.objects.filter(pk=batch.pk).update(source_code="TW")

    def test_a_record_taken_back_leaves_no_second_source(self) -> None:
        made = make.approved_list(2)
        make.allocation(made, amount=make.AMOUNT)
        wrong = make._allocate(make.budget_line(made, "TW"), made.staff.accountant.pk, make.AMOUNT)
        assert left_out(made) == {"several_sources": 2}
        wrong.refresh_from_db()
        paper = MovementPaper("9/PTC", clock.today(), "Ghi nhầm nguồn")
        correct_allocation(actor=made.staff.accountant, allocation=wrong, paper=paper)
        make.allocation(made, amount=make.AMOUNT)
        assert (left_out(made), preview(scope(made)).people) == ({}, 2)
        lines = PaymentInstruction.objects.filter(batch=make.prepared_batch(made))
        assert {line.budget_line.source.code for line in lines} == {"TINH"}

    def test_a_line_that_paid_everything_out_is_still_a_source(self) -> None:
        made = make.approved_list(2)
        make._allocate(make.budget_line(made, "TW"), made.staff.accountant.pk)
        batch = make.released_batch(made)
        lines = PaymentInstruction.objects.filter(batch=batch).values_list("reference", flat=True)
        record_results(actor=made.staff.accountant, batch=batch, results=Results(paid=frozenset(lines)))
        assert make.budget_line(made, "TW").available == 0
        assert [line.pk for line in paying_lines(make.PROGRAMME, DISTRICT)] == [
            make.budget_line(made, "TW").pk
        ]


class TestPayerAccounts:
    def test_a_transfer_asks_for_the_account_once_the_office_has_one(self) -> None:
        made = make.payable_list(1, with_accounts=1)
        account = payer()
        with pytest.raises(TransitionRefused, match="Hãy chọn tài khoản chi"):
            request_batch(actor=made.staff.accountant, request=make.request_for(channel="bank"))
        batch = make.prepared_batch(made, channel="bank", payer_account=account.pk)
        assert batch.payer_account == account

    @pytest.mark.parametrize("other", [{"area": OUTSIDE_DISTRICT}, {"valid_to": "2021-02-01"}])
    def test_an_account_of_another_office_or_one_that_ended_is_refused(self, other: dict[str, str]) -> None:
        made = make.payable_list(1, with_accounts=1)
        account = payer(**other)
        asked = make.request_for(channel="bank", payer_account=account.pk)
        with pytest.raises(TransitionRefused, match="không phải của đơn vị bạn"):
            request_batch(actor=made.staff.accountant, request=asked)

    def test_cash_is_paid_from_none(self) -> None:
        made = make.payable_list(1)
        asked = make.request_for(payer_account=payer().pk)
        with pytest.raises(TransitionRefused, match="chỉ dùng cho đợt chi chuyển khoản"):
            request_batch(actor=made.staff.accountant, request=asked)


class TestWarnings:
    def test_an_unseen_warning_is_refused_and_named(self) -> None:
        made = make.payable_list(2, with_accounts=2)
        asked = make.request_for(channel="bank", warnings_seen=frozenset())
        with pytest.raises(TransitionRefused, match="2 người: Số tài khoản cũng là của người khác"):
            request_batch(actor=made.staff.accountant, request=asked)
        assert not Batch.objects.exists()

    def test_seen_ones_stay_on_the_batch(self) -> None:
        made = make.payable_list(2, with_accounts=2)
        asked = make.request_for(channel="bank", warnings_seen=frozenset({"shared_account"}))
        assert request_batch(actor=made.staff.accountant, request=asked).warnings == {"shared_account": 2}


class TestBanks:
    def test_a_bank_nobody_knows_keeps_its_people_out(self) -> None:
        made = make.payable_list(3, with_accounts=3)
        first = PayoutAccount.objects.order_by("pk")[0]
        PayoutAccount.objects.filter(pk=first.pk).update(bank_name="Tiệm vàng Kim Thanh")
        assert left_out(made, "bank") == {"unknown_bank": 1}
        assert [row.claimant_id for row in people_left_out(scope(made, "bank"), "unknown_bank")] == [
            first.person_id
        ]
        batch = make.prepared_batch(made, channel="bank")
        lines = PaymentInstruction.objects.filter(batch=batch)
        assert {(line.bank_bin, bytes(line.account_index or b"")) for line in lines} == {
            ("970405", bytes(crypto.blind_index("account", "6700205100927")))
        }

    def test_a_wrong_account_is_not_tried_again_until_it_was_corrected(self) -> None:
        made = make.payable_list(1, with_accounts=1)
        returned(made, "Sai số tài khoản", channel="bank")
        assert left_out(made, "bank") == {"same_wrong_account": 1}
        assert left_out(made, "cash") == {}
        number = "6700205100928"
        PayoutAccount.objects.update(
            account_index=crypto.blind_index("account", number),
            account_encrypted=crypto.encrypt("account", number),
        )
        assert left_out(made, "bank") == {}
        batch = make.prepared_batch(made, channel="bank")
        assert PaymentInstruction.objects.get(batch=batch).attempt == 2


class TestPaidAgain:
    def test_only_people_whose_money_came_back(self) -> None:
        made = make.payable_list(2)
        returned(made)
        make.payable_list(3, staff=made.staff)
        assert preview(scope(made)).people == 5
        batch = make.prepared_batch(made, is_retry=True)
        assert (batch.line_count, batch.is_retry) == (2, True)
        assert batch.title.endswith(", chi lại")
        assert {line.attempt for line in PaymentInstruction.objects.filter(batch=batch)} == {2}

    def test_a_cancelled_batch_is_no_attempt_that_failed(self) -> None:
        made = make.payable_list(2)
        cancel_batch(actor=made.staff.accountant, batch=make.prepared_batch(made), reason="Sai ngày")
        assert preview(scope(made, is_retry=True)).people == 0
        with pytest.raises(TransitionRefused, match="Không có ai để chi"):
            request_batch(actor=made.staff.accountant, request=make.request_for(is_retry=True))


class TestEmployers:
    def test_only_people_on_the_list_of_an_employer(self) -> None:
        made = employer_list(2, staff=make.Staff())
        make.payable_list(1, staff=made.staff)
        assert left_out(made, "employer") == {"not_by_employer": 1}
        assert make.prepared_batch(made, channel="employer").line_count == 2


class TestTheDepartment:
    def its_own(self) -> tuple[make.ApprovedList, User]:
        staff = make.Staff(accountant=user(Role.ACCOUNTANT, area="89"))
        return department_list(2, staff=staff), staff.accountant

    def test_its_people_are_asked_for_with_the_provinces_code_and_nobody_elses(self) -> None:
        make.payable_list(3)
        _made, accountant = self.its_own()
        batch = request_batch(actor=accountant, request=make.request_for(area="89"))
        assert batch.title == "Đợt 1 Sở, lao động tự do"
        assert make.prepare_batch(batch=batch, actor=accountant).line_count == 2
        assert set(PaymentInstruction.objects.values_list("area_code", flat=True)) == {"89"}
        assert Entitlement.objects.filter(status="approved", area_code=COMMUNE).count() == 3

    def test_a_batch_of_a_district_in_preparation_does_not_stop_it(self) -> None:
        make.payable_list(3)
        _made, accountant = self.its_own()
        request_batch(actor=accountant, request=make.request_for("district"))
        request_batch(actor=accountant, request=make.request_for("own", area="89"))
        assert Batch.objects.filter(status="preparing").count() == 2

    def test_an_accountant_of_a_district_may_not(self) -> None:
        made, _accountant = self.its_own()
        with pytest.raises(TransitionRefused, match="địa bàn của bạn"):
            request_batch(actor=user(Role.ACCOUNTANT), request=make.request_for(area="89"))
        assert made.entitlements


def test_everything_that_is_chosen_belongs_to_the_request() -> None:
    made = make.payable_list(1)
    actor = made.staff.accountant
    asked = {"source": "TINH", "is_retry": True, "payer_account": 7}
    hashes = {
        BatchRequest(make.PROGRAMME, DISTRICT, "", PayoutChannel.CASH, "k", **{name: asked[name]}).content_hash(actor)
        for name in asked
    }  # fmt: skip
    assert len(hashes | {make.request_for().content_hash(actor)}) == 4
    request_batch(actor=actor, request=make.request_for())
    with pytest.raises(RequestConflict, match="nội dung khác"):
        request_batch(actor=actor, request=make.request_for(source="TINH"))
