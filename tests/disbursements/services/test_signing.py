"""Signatures by amount: all of different people, none of who made the batch or worked on it; who may change the number."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from accounts.enums import Role
from core.models import Event
from core.transitions import TransitionRefused
from disbursements.models import Batch, BatchSignature, SignatureRule
from disbursements.queries.payable import preview
from disbursements.queries.signatures import changes_since, communes_paid, signing_of
from disbursements.services.batches import approve_batch, release_batch
from disbursements.services.signatures import set_signature_rule
from tests.disbursements.services.test_asking import returned
from tests.factories import payments as make
from tests.factories.people import OTHER_COMMUNE, user

pytestmark = pytest.mark.django_db
LARGE = 300_000_000


def large_batch() -> tuple[make.ApprovedList, Batch]:
    """Two people, 600 million: two signatures."""
    made = make.payable_list(2, amount=LARGE)
    return made, make.prepared_batch(made)


def sign_by_hand(batch: Batch, signer: int, ordinal: int = 1) -> None:
    with transaction.atomic():
        BatchSignature.objects.create(
            batch=batch,
            area_code=batch.area_code,
            ordinal=ordinal,
            signer_id=signer,
            signer_name="x",
            signed_on="2021-09-27",
        )


class TestTwoSignatures:
    def test_the_second_approves(self) -> None:
        made, batch = large_batch()
        assert batch.signatures_needed == 2
        second = user(Role.PROVINCIAL_APPROVER, name="Phạm Thị Sáu")
        assert approve_batch(actor=made.staff.approver, batch=batch).status == "prepared"
        with pytest.raises(TransitionRefused, match="trạng thái «Chờ duyệt»"):
            release_batch(actor=made.staff.accountant, batch=batch)
        approved = approve_batch(actor=second, batch=batch)
        assert (approved.status, approved.approved_by_id) == ("approved", second.pk)
        assert [name for name, _day in signing_of(batch).names] == ["Trần Minh Đức", "Phạm Thị Sáu"]
        assert Event.objects.filter(action="batch.signed").count() == 2

    def test_one_person_signs_once(self) -> None:
        made, batch = large_batch()
        approve_batch(actor=made.staff.approver, batch=batch)
        with pytest.raises(TransitionRefused, match="Bạn đã ký duyệt đợt chi này"):
            approve_batch(actor=made.staff.approver, batch=batch)
        assert signing_of(batch).given == 1

    def test_a_page_opened_before_the_first_signature_is_out_of_date(self) -> None:
        made, batch = large_batch()
        approve_batch(actor=made.staff.approver, batch=batch, expected_version=batch.version)
        with pytest.raises(TransitionRefused, match="xem lại rồi quyết định"):
            approve_batch(actor=user(Role.PROVINCIAL_APPROVER), batch=batch, expected_version=batch.version)

    @pytest.mark.parametrize(
        "column", ["enterer", "appraiser", "list_approver", "money_appraiser", "money_approver"]
    )
    def test_who_worked_on_its_people_signs_nothing(self, column: str) -> None:
        made, batch = large_batch()
        person = getattr(made.staff, column)
        person.role_assignments.get_or_create(role=Role.PROVINCIAL_APPROVER)
        with pytest.raises(TransitionRefused, match="không được duyệt đợt chi"):
            approve_batch(actor=person, batch=batch)
        with pytest.raises(DatabaseError, match="worked on its people"):
            sign_by_hand(batch, person.pk)

    def test_the_database_wants_both_names_and_keeps_them(self) -> None:
        made, batch = large_batch()
        approve_batch(actor=made.staff.approver, batch=batch)
        for change in ({"status": "approved", "approved_by_id": 99}, {"signatures_needed": 1}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Batch.objects.filter(pk=batch.pk).update(**change)
        with pytest.raises(DatabaseError, match="signatures stay"), transaction.atomic():
            BatchSignature.objects.update(signer_id=98)
        with pytest.raises(DatabaseError, match="signs_a_batch_once"):
            sign_by_hand(batch, made.staff.approver.pk, 2)


def test_the_preview_counts_who_may_sign_against_the_signatures() -> None:
    made = make.payable_list(2, amount=LARGE)
    scope = make.request_for().scope_of(made.staff.accountant)
    found = preview(scope)
    assert (found.signatures, found.approvers_left, found.lacks_approver) == (2, 1, True)
    user(Role.PROVINCIAL_APPROVER)
    assert not preview(scope).lacks_approver


def test_an_approver_sees_what_changed_since_the_attempt_before() -> None:
    made = make.payable_list(2, with_accounts=2)
    returned(made, "Tài khoản tạm khóa vì cập nhật giấy tờ", channel="bank")
    make.payable_list(1, staff=made.staff, area=OTHER_COMMUNE)
    batch = make.prepared_batch(made)
    count, changes = changes_since(batch)
    assert (count, len(changes), changes[0].attempt, changes[0].is_same) == (2, 2, 2, False)
    assert changes[0].before == "Chuyển khoản, Agribank ••• ••• ••• 927"
    assert changes[0].now == "Tiền mặt tại xã"
    assert changes[0].reason == "Tài khoản tạm khóa vì cập nhật giấy tờ"
    assert [(share.people, share.amount) for share in communes_paid(batch)] == [
        (2, 2 * make.AMOUNT), (1, make.AMOUNT),
    ]  # fmt: skip


class TestRules:
    def test_the_administrator_sets_a_threshold_with_its_paper(self) -> None:
        admin = user(Role.ADMINISTRATOR)
        rule = set_signature_rule(actor=admin, from_amount=2 * 10**9, signatures=3, note="QĐ 12/QĐ-LĐTBXH")
        assert (rule.signatures, SignatureRule.objects.count()) == (3, 3)
        event = Event.objects.get(action="signature_rule.changed")
        assert event.change == {"from_amount": "2.000.000.000", "signatures": 3, "before": 0}
        set_signature_rule(actor=admin, from_amount=2 * 10**9, signatures=2, note="QĐ 13/QĐ-LĐTBXH")
        assert SignatureRule.objects.get(from_amount=2 * 10**9).signatures == 2

    def test_a_batch_that_is_prepared_keeps_its_number(self) -> None:
        _made, batch = large_batch()
        set_signature_rule(
            actor=user(Role.ADMINISTRATOR), from_amount=500_000_000, signatures=1, note="QĐ 12"
        )
        batch.refresh_from_db()
        assert batch.signatures_needed == 2

    @pytest.mark.parametrize(
        ("amount", "signatures", "note", "words"),
        [
            (10**9, 1, "QĐ 12", "Từ 500.000.000 đồng đang cần 2 chữ ký"),
            (10**8, 3, "QĐ 12", "Từ 500.000.000 đồng đang cần 2 chữ ký"),
            (10**9, 6, "QĐ 12", "từ 1 đến 5"),
            (10**9, 0, "QĐ 12", "từ 1 đến 5"),
            (10**9, 3, " ", "Hãy ghi căn cứ"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, amount: int, signatures: int, note: str, words: str) -> None:
        with pytest.raises(TransitionRefused, match=words):
            set_signature_rule(
                actor=user(Role.ADMINISTRATOR), from_amount=amount, signatures=signatures, note=note
            )
        assert SignatureRule.objects.count() == 2

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
    def test_nobody_else_may(self, role: Role) -> None:
        with pytest.raises(PermissionDenied):
            set_signature_rule(actor=user(role), from_amount=0, signatures=2, note="QĐ 12")
