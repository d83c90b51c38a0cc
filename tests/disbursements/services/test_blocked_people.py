"""Who may be somebody else is not paid until that is settled or let pass; what doubles another is never paid."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.enums import Role
from beneficiaries.models import DuplicateCandidate, PayoutAccount, Person, PersonJoin
from beneficiaries.services.duplicates.answering import answer_pair, let_pass
from beneficiaries.services.joining import join_people, undo_join
from core import crypto
from core.transitions import TransitionRefused
from disbursements.models import PaymentInstruction, Recovery
from disbursements.queries.payable import BatchPreview, BatchScope, payable, preview, suspected_pairs
from disbursements.services.batches import approve_batch, release_batch
from disbursements.services.requests import request_batch
from disbursements.services.results import record_all_paid_except
from support_programs.models import Entitlement
from tests.factories import payments as make
from tests.factories import registered
from tests.factories.pairs import pair
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, user

pytestmark = pytest.mark.django_db


def scope(made: make.ApprovedList, channel: str = "cash") -> BatchScope:
    return BatchScope(make.PROGRAMME, DISTRICT, "", channel, made.staff.accountant.pk)


def people_of(made: make.ApprovedList) -> list[Person]:
    return [Person.objects.get(pk=row.claimant_id) for row in made.entitlements]


def left_out(found: BatchPreview) -> dict[str, tuple[int, int]]:
    return {group.code: (group.people, group.amount) for group in found.exclusions}


def answered(candidate: DuplicateCandidate, answer: str, keep: Person | None = None) -> None:
    answer_pair(
        candidate=candidate,
        answer=answer,
        keep=keep,
        reason="Đối chiếu giấy tờ",
        actor=user(Role.DISTRICT_OFFICER),
    )


def run(sql: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_two_who_may_be_one_wait_and_the_others_are_paid() -> None:
    made = make.payable_list(4)
    first, second, *_others = people_of(made)
    candidate = pair(first, second)
    found = preview(scope(made))
    assert (found.people, found.amount) == (2, 3_000_000)
    assert left_out(found) == {"suspected": (2, 3_000_000)}
    assert suspected_pairs(scope(made), made.staff.accountant) == [candidate]
    batch = make.prepared_batch(made)
    assert batch.line_count == 2
    assert not PaymentInstruction.objects.filter(entitlement__claimant__in=[first, second]).exists()


@pytest.mark.parametrize(
    ("answer", "people", "out"),
    [
        ("verifying", 2, {"suspected": (2, 3_000_000)}),
        ("different", 4, {}),
        ("same", 3, {"doubled": (1, 1_500_000)}),
    ],
)
def test_what_an_answer_does_to_their_money(
    answer: str, people: int, out: dict[str, tuple[int, int]]
) -> None:
    made = make.payable_list(4)
    first, second, *_others = people_of(made)
    answered(pair(first, second), answer, first if answer == "same" else None)
    found = preview(scope(made))
    assert (found.people, left_out(found)) == (people, out)


def test_a_pair_that_was_let_pass_blocks_nobody() -> None:
    made = make.payable_list(2)
    candidate = pair(*people_of(made))
    let_pass(candidate=candidate, reason="Cần chi gấp", actor=user(Role.DISTRICT_HEAD))
    assert preview(scope(made)).people == 2
    assert make.prepared_batch(made).line_count == 2


def test_a_join_that_is_undone_blocks_again_whom_somebody_let_pass_before() -> None:
    made = make.payable_list(2)
    people = people_of(made)
    candidate = let_pass(candidate=pair(*people), reason="Cần chi gấp", actor=user(Role.DISTRICT_HEAD))
    answered(candidate, "same", people[0])
    assert preview(scope(made)).people == 1
    undo_join(join=PersonJoin.objects.get(), reason="Nhầm", actor=user(Role.DISTRICT_OFFICER))
    assert left_out(preview(scope(made))) == {"suspected": (2, 3_000_000)}


def test_a_pair_with_a_joined_entry_blocks_the_one_it_counts_as() -> None:
    made = make.payable_list(3)
    first, second, third = people_of(made)
    join_people(kept=first, joined=second, reason="Một người", actor=user(Role.DISTRICT_OFFICER))
    pair(second, third)
    found = preview(scope(made))
    assert found.people == 0
    assert left_out(found) == {"doubled": (1, 1_500_000), "suspected": (2, 3_000_000)}
    with pytest.raises(TransitionRefused, match="2 người: Nghi trùng với người khác"):
        request_batch(actor=made.staff.accountant, request=make.request_for())


def test_the_account_of_a_joined_entry_is_paid_into_where_the_root_has_none() -> None:
    made = make.payable_list(2)
    first, second = people_of(made)
    # the later entry is the one whose account the bank knows
    PayoutAccount.objects.create(
        area_code=COMMUNE,
        person=second,
        bank_name="Vietcombank",
        holder_name="NGUYEN VAN HAI",
        account_encrypted=crypto.encrypt("account", "0071000123456"),
        account_index=crypto.blind_index("account", "0071000123456"),
        account_last3="456",
        valid_from="2021-08-01",
    )
    assert preview(scope(made, "bank")).people == 1
    join_people(kept=first, joined=second, reason="Một người", actor=user(Role.DISTRICT_OFFICER))
    found = preview(scope(made, "bank"))
    assert (found.people, left_out(found)) == (1, {"doubled": (1, 1_500_000)})
    batch = make.prepared_batch(made, channel="bank")
    (line,) = PaymentInstruction.objects.filter(batch=batch)
    assert (line.entitlement.claimant_id, line.bank_name, line.account_last3) == (
        first.pk,
        "Vietcombank",
        "456",
    )


class TestTheDatabaseRefuses:
    """The last line: plain SQL against what the services keep."""

    def line_of(self, made: make.ApprovedList, place: int) -> None:
        other = make.payable_list(1, staff=made.staff, area=OTHER_COMMUNE)
        batch = make.bare_batch(made.staff.accountant)
        assert other
        make.bare_line(batch, made.entitlements[place])

    @pytest.mark.parametrize("state", ["open", "verifying"])
    def test_a_line_for_somebody_in_an_unsettled_pair(self, state: str) -> None:
        made = make.approved_list(2)
        first, second = people_of(made)
        candidate = pair(first, second)
        if state == "verifying":
            answered(candidate, state)
        for place in (0, 1):
            with pytest.raises(DatabaseError, match="may be the same human"), transaction.atomic():
                self.line_of(made, place)
        let_pass(candidate=DuplicateCandidate.objects.get(), reason="Chi gấp", actor=user(Role.DISTRICT_HEAD))
        self.line_of(made, 0)

    def test_a_line_for_whom_a_joined_entry_is_in_an_unsettled_pair(self) -> None:
        made = make.approved_list(3)
        first, second, third = people_of(made)
        join_people(kept=first, joined=second, reason="Một người", actor=user(Role.DISTRICT_OFFICER))
        pair(second, third)
        with pytest.raises(DatabaseError, match="may be the same human"), transaction.atomic():
            self.line_of(made, 0)

    def test_a_line_for_what_doubles_another(self) -> None:
        made = make.approved_list(2)
        first, second = people_of(made)
        join_people(kept=first, joined=second, reason="Một người", actor=user(Role.DISTRICT_OFFICER))
        with pytest.raises(DatabaseError, match="doubles another entitlement is not paid"):
            self.line_of(made, 1)

    def test_doubling_what_is_in_a_batch_or_of_somebody_else(self) -> None:
        made = make.payable_list(2)
        one, other = made.entitlements
        with pytest.raises(DatabaseError, match="doubles one of another human"):
            run("UPDATE support_programs_entitlement SET doubles_id = %s WHERE id = %s", one.pk, other.pk)
        make.prepared_batch(made)
        with pytest.raises(DatabaseError, match="is in a batch and can not double another"):
            run("UPDATE support_programs_entitlement SET doubles_id = %s WHERE id = %s", one.pk, other.pk)

    def test_a_claimant_who_is_not_the_cases_person(self) -> None:
        made = make.approved_list(2)
        one, other = made.entitlements
        with pytest.raises(DatabaseError, match="claimant of an entitlement is the person of its case"):
            run(
                "UPDATE support_programs_entitlement SET claimant_id = %s WHERE id = %s",
                one.claimant_id,
                other.pk,
            )

    def test_the_release_of_a_batch_with_an_unsettled_pair(self) -> None:
        made = make.payable_list(3)
        batch = make.prepared_batch(made)
        approve_batch(actor=made.staff.approver, batch=batch)
        first, _second, third = people_of(made)
        # found under the entry that was joined to a payee
        twin = registered.person("Trần Văn Bính", joined_to=first)
        pair(twin, third)
        by = made.staff.accountant.pk
        released = f"UPDATE disbursements_batch SET status = 'released', released_by_id = {by} WHERE id = %s"
        with pytest.raises(DatabaseError, match="pays somebody who may be the same human"):
            run(released, batch.pk)
        let_pass(candidate=DuplicateCandidate.objects.get(), reason="Chi gấp", actor=user(Role.DISTRICT_HEAD))
        with pytest.raises(DatabaseError, match="stand in the way of its state"):
            run(released, batch.pk)

    def test_a_line_for_an_entry_that_counts_as_another(self) -> None:
        made = make.approved_list(2)
        first, second = people_of(made)
        Person.objects.filter(pk=second.pk).update(joined_to=first)
        with pytest.raises(DatabaseError, match="a payee counts as another person"):
            self.line_of(made, 1)

    def test_a_recovery_that_changes_or_goes(self) -> None:
        made = make.payable_list(1)
        batch = make.released_batch(made)
        record_all_paid_except(actor=made.staff.accountant, batch=batch, exceptions={})
        (owed,) = made.entitlements
        recovery = Recovery.objects.create(
            reference="TH-1",
            area_code=COMMUNE,
            entitlement=owed,
            instruction=owed.instructions.get(),
            person_id=owed.claimant_id,
            amount=1_500_000,
            reason="Chi trùng",
            opened_by_id=1,
            opened_on="2021-09-27",
        )
        with pytest.raises(DatabaseError, match="stays as it was opened"):
            run("UPDATE disbursements_recovery SET amount = 1 WHERE id = %s", recovery.pk)
        with pytest.raises(DatabaseError):
            run("DELETE FROM disbursements_recovery WHERE id = %s", recovery.pk)
        ended = "UPDATE disbursements_recovery SET state = 'cancelled', ended_on = '2021-10-01', ended_reason = 'x'"
        run(ended)
        with pytest.raises(DatabaseError, match="stays as it was opened"):
            run("UPDATE disbursements_recovery SET state = 'open'")

    def test_an_answer_and_a_pass_by_one_person(self) -> None:
        made = make.approved_list(2)
        pair(*people_of(made))
        with pytest.raises(DatabaseError, match="pair_passed_by_another"):
            run(
                "UPDATE beneficiaries_duplicatecandidate SET state = 'verifying', answered_by_id = 5, answer_reason = 'x',"
                " passed_by_id = 5, passed_reason = 'x'"
            )
        with pytest.raises(DatabaseError, match="answered_pair_has_reason"):
            run("UPDATE beneficiaries_duplicatecandidate SET state = 'different'")

    def test_a_second_live_entitlement_of_one_human(self) -> None:
        made = make.approved_list(2)
        first, second = people_of(made)
        join_people(kept=first, joined=second, reason="Một người", actor=user(Role.DISTRICT_OFFICER))
        with pytest.raises(DatabaseError, match="one_live_entitlement_per_period"):
            run("UPDATE support_programs_entitlement SET doubles_id = NULL")
        assert Entitlement.objects.filter(doubles__isnull=False).count() == 1


def test_a_preview_asks_a_constant_number_of_queries(django_assert_max_num_queries: object) -> None:
    made = make.payable_list(3)
    with django_assert_max_num_queries(12) as few:  # type: ignore[operator]
        preview(scope(made))
    pair(*people_of(made)[:2])
    with django_assert_max_num_queries(12) as more:  # type: ignore[operator]
        preview(scope(made))
    assert len(few) == len(more)
    assert payable(scope(made)).count() == 1


def test_a_pair_that_is_found_after_the_batch_was_built_stops_its_payout() -> None:
    made = make.payable_list(3)
    batch = make.prepared_batch(made)
    approve_batch(actor=made.staff.approver, batch=batch)
    first, second, _third = people_of(made)
    candidate = pair(first, second)
    with pytest.raises(TransitionRefused, match="Trong đợt có người nghi trùng"):
        release_batch(actor=made.staff.accountant, batch=batch)
    answered(candidate, "different")
    assert release_batch(actor=made.staff.accountant, batch=batch).status == "released"
