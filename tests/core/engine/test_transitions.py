"""The one door for every change of state, on the batch's table."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from core.transitions import StaleRecord, TransitionRefused, perform, perform_many
from disbursements.models import Batch, BatchSignature
from disbursements.workflow import BATCH_WORKFLOW
from tests.factories.payments import SIGNED_ON, bare_batch
from tests.factories.people import DISTRICT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def accountant() -> User:
    return user(Role.ACCOUNTANT)


@pytest.fixture
def approver() -> User:
    return user(Role.PROVINCIAL_APPROVER)


def make_batch(maker: User, status: str = "preparing") -> Batch:
    batch = bare_batch(maker, is_prepared=status == "prepared")
    if status == "prepared":
        # the names that its amount asks for stand under it, so that what is left is the step itself
        signer = user(Role.PROVINCIAL_APPROVER)
        BatchSignature.objects.create(
            batch=batch,
            area_code=DISTRICT,
            ordinal=1,
            signer_id=signer.pk,
            signer_name="x",
            signed_on=SIGNED_ON,
        )
    return batch


class TestOneRecord:
    def test_writes_state_version_and_event_together(self, accountant: User) -> None:
        done = perform(
            BATCH_WORKFLOW, make_batch(accountant), "batch.prepare", actor=accountant, event={"lines": 3}
        )
        assert (done.status, done.version) == ("prepared", 2)
        event = Event.objects.get(action="batch.prepare")
        assert (event.object_ref, event.actor_id, event.area_code) == (
            done.reference,
            accountant.pk,
            DISTRICT,
        )
        assert event.change == {"lines": 3}

    def test_refuses_a_role_that_the_table_does_not_name(self, accountant: User, approver: User) -> None:
        batch = make_batch(accountant)
        with pytest.raises(PermissionDenied, match="kế toán"):
            perform(BATCH_WORKFLOW, batch, "batch.prepare", actor=approver)
        batch.refresh_from_db()
        assert (batch.status, Event.objects.count()) == ("preparing", 0)

    def test_refuses_a_state_that_the_action_does_not_start_from(self, accountant: User) -> None:
        with pytest.raises(TransitionRefused, match="«Đang lập»"):
            perform(BATCH_WORKFLOW, make_batch(accountant), "batch.release", actor=accountant)

    def test_refuses_whoever_made_the_batch_even_with_both_roles(self) -> None:
        both = user(Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER, area=DISTRICT)
        batch = make_batch(both, status="prepared")
        with pytest.raises(TransitionRefused, match="Bạn đã lập đợt chi này"):
            perform(BATCH_WORKFLOW, batch, "batch.approve", actor=both)

    def test_asks_for_a_reason_where_the_table_does(self, accountant: User) -> None:
        with pytest.raises(TransitionRefused, match="lý do"):
            perform(BATCH_WORKFLOW, make_batch(accountant), "batch.cancel", actor=accountant, reason="  ")

    def test_notices_a_record_changed_since_the_page_was_opened(
        self, accountant: User, approver: User
    ) -> None:
        batch = make_batch(accountant)
        perform(BATCH_WORKFLOW, batch, "batch.prepare", actor=accountant)
        with pytest.raises(
            StaleRecord, match=rf"{accountant.full_name} vừa ghi «Lập xong đợt chi» lúc \d\d:\d\d\."
        ):
            perform(BATCH_WORKFLOW, batch, "batch.approve", actor=approver, expected_version=1)
        with pytest.raises(StaleRecord, match=r"Bạn vừa ghi «Lập xong đợt chi» lúc .* ở một trang khác"):
            perform(BATCH_WORKFLOW, batch, "batch.release", actor=accountant, expected_version=1)

    def test_refuses_a_closed_account(self, accountant: User) -> None:
        accountant.is_active = False
        with pytest.raises(PermissionDenied):
            perform(BATCH_WORKFLOW, make_batch(accountant), "batch.prepare", actor=accountant)


class TestManyRecords:
    def test_does_what_it_can_and_names_the_rest(self, accountant: User, approver: User) -> None:
        both = user(Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER, area=DISTRICT)
        ready, mine, early = (
            make_batch(accountant, "prepared"),
            make_batch(both, "prepared"),
            make_batch(accountant),
        )
        result = perform_many(
            BATCH_WORKFLOW,
            Batch.objects.all(),
            "batch.approve",
            actor=both,
            changes={"approved_by_id": both.pk},
        )
        assert result.done == 1
        assert {(r.reference, r.reason) for r in result.refused} == {
            (mine.reference, "Bạn đã lập đợt chi này nên không được duyệt."),
            (early.reference, "Không làm được khi đang ở trạng thái «Đang lập»."),
        }
        assert [e.object_ref for e in Event.objects.filter(action="batch.approve")] == [ready.reference]

    @pytest.mark.parametrize("size", [1, 30])
    def test_takes_a_constant_number_of_queries(
        self, size: int, accountant: User, approver: User, django_assert_num_queries: Any
    ) -> None:
        for _ in range(size):
            make_batch(accountant, "prepared")
        assert approver.role_codes
        with django_assert_num_queries(6):
            done = perform_many(
                BATCH_WORKFLOW,
                Batch.objects.all(),
                "batch.approve",
                actor=approver,
                changes={"approved_by_id": approver.pk},
            ).done
        assert done == size


_EVENT = """
INSERT INTO core_event ({column}, business_date, actor_name, action, object_type, object_ref, area_code, reason, change)
VALUES ({value}, now(), '', '', '', '', '', '', '{{}}')
"""


class TestDatabase:
    def test_refuses_a_jump_that_the_table_does_not_list(self, accountant: User) -> None:
        batch = make_batch(accountant)
        with pytest.raises(IntegrityError, match="not allowed"), connection.cursor() as cursor:
            cursor.execute("UPDATE disbursements_batch SET status = 'closed' WHERE id = %s", [batch.pk])

    def test_refuses_a_first_state_that_the_table_does_not_list(self, accountant: User) -> None:
        batch = make_batch(accountant)
        batch.pk, batch.reference, batch.idempotency_key, batch.status = (
            None,
            "DC-2021-9",
            "other",
            "released",
        )
        with pytest.raises(IntegrityError, match="not allowed"):
            batch.save(force_insert=True)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE core_event SET reason = 'x'",
            "DELETE FROM core_event",
            "TRUNCATE core_event",
            _EVENT.format(column="id", value="1"),
            _EVENT.format(column="at", value="now()"),
            "DELETE FROM disbursements_batch",
            "ALTER TABLE disbursements_batch DISABLE TRIGGER ALL",
        ],
    )
    def test_keeps_the_application_from_what_is_not_its_own(self, statement: str, accountant: User) -> None:
        make_batch(accountant, "prepared")
        with (
            pytest.raises(Exception, match=r"permission denied|must be owner"),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
