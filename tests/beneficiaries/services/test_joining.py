"""Two entries of one human become one and apart again: what they are owed is kept once, and undoing gives back every row."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from beneficiaries.enums import PairState
from beneficiaries.models import Person, PersonJoin
from beneficiaries.queries.joining import JoinRefused
from beneficiaries.services.duplicates.answering import answer_pair
from beneficiaries.services.joining import join_people, undo_join
from core import clock
from core.models import Event
from disbursements.models import PaymentInstruction, Recovery
from disbursements.services.recoveries import MoneyPaper, record_receipt
from disbursements.services.results import Results, record_results
from support_programs.models import Case, CaseList, Entitlement, EntitlementDays
from support_programs.services.appraisal import verify_cases
from support_programs.services.lists import list_cases
from support_programs.services.posting import submit_list
from tests.factories import chains, claims
from tests.factories import payments as make
from tests.factories.pairs import all_rows, pair
from tests.factories.people import OTHER_COMMUNE, OUTSIDE_COMMUNE, user

pytestmark = pytest.mark.django_db


def officer(role: Role = Role.DISTRICT_OFFICER, **options: Any) -> Any:
    return user(role, **options)


def people_of(made: make.ApprovedList) -> list[Person]:
    return [Person.objects.get(pk=row.claimant_id) for row in made.entitlements]


def pay(made: make.ApprovedList) -> None:
    batch = make.released_batch(made)
    lines = PaymentInstruction.objects.filter(batch=batch).values_list("reference", flat=True)
    record_results(actor=made.staff.accountant, batch=batch, results=Results(frozenset(lines), {}))


def join(kept: Person, joined: Person, actor: Any = None) -> PersonJoin:
    return join_people(kept=kept, joined=joined, reason="Đối chiếu giấy tờ", actor=actor or officer())


def test_two_who_both_had_support_keep_one_and_undoing_gives_every_row_back() -> None:
    made = make.payable_list(3)
    first, second, third = people_of(made)
    before = all_rows()
    made_join = join(first, second)

    kept, doubled, other = made.entitlements
    assert (doubled.claimant_id, doubled.doubles_id) == (first.pk, kept.pk)
    assert (kept.doubles_id, other.claimant_id) == (None, third.pk)
    second.refresh_from_db()
    assert second.joined_to_id == first.pk
    told = Event.objects.filter(action__in=["person.joined", "case.doubled"]).order_by("id")
    assert [event.object_ref for event in told] == [doubled.reference, first.reference, second.reference]
    assert made_join.moved["claims"]["doubled"] == {str(doubled.pk): kept.pk}

    undo_join(join=made_join, reason="Là hai anh em", actor=officer())
    assert all_rows() == before
    assert Recovery.objects.count() == 0


def test_money_that_both_were_paid_is_to_come_back_until_the_join_is_undone() -> None:
    made = make.payable_list(2)
    first, second = people_of(made)
    pay(made)
    before = all_rows()
    # the later entry is kept: what was paid first stays paid all the same
    made_join = join(second, first)

    early, late = made.entitlements
    assert (early.doubles_id, late.doubles_id) == (None, early.pk)
    recovery = Recovery.objects.get()
    assert (recovery.entitlement_id, recovery.amount, recovery.state) == (late.pk, 1_500_000, "open")
    assert recovery.person_id == second.pk
    assert recovery.reason == f"Chi trùng với hồ sơ {early.reference} của cùng một người."

    undo_join(join=made_join, reason="Là hai người", actor=officer())
    assert all_rows() == before
    recovery.refresh_from_db()
    assert (recovery.state, recovery.ended_reason) == ("cancelled", "Gỡ gộp người: Là hai người")


def test_what_was_paid_stays_and_what_was_not_is_not_paid_any_more() -> None:
    made = make.payable_list(2)
    first, _second = people_of(made)
    paid = make.payable_list(1, staff=made.staff, area=OTHER_COMMUNE)
    (third,) = people_of(paid)
    make.prepared_batch(paid, area=OTHER_COMMUNE)
    before = all_rows()
    made_join = join(first, third)
    # the later one is in a batch already, so that the earlier one gives way
    early, _other = made.entitlements
    (late,) = paid.entitlements
    assert (early.doubles_id, late.doubles_id, late.claimant_id) == (late.pk, None, first.pk)
    undo_join(join=made_join, reason="Nhầm", actor=officer())
    assert all_rows() == before


@pytest.mark.parametrize("is_sent", [False, True])
def test_two_in_batches_are_not_joined_before_one_is_out(is_sent: bool) -> None:
    made = make.payable_list(2)
    first, second = people_of(made)
    batch = make.released_batch(made) if is_sent else make.prepared_batch(made)
    before = all_rows()
    with pytest.raises(JoinRefused) as refusal:
        join(first, second)
    assert batch.reference in str(refusal.value)
    way_out = "chờ ghi kết quả chi" if is_sent else "đề nghị kế toán hủy đợt chi đó"
    assert way_out in str(refusal.value)
    assert all_rows() == before
    assert not PersonJoin.objects.exists()


def test_those_who_counted_as_the_joined_one_come_along_and_go_back() -> None:
    made = make.payable_list(3)
    first, second, third = people_of(made)
    before = all_rows()
    inner = join(second, third)
    between = all_rows()
    outer = join(first, second)
    assert set(Person.objects.filter(joined_to=first).values_list("pk", flat=True)) == {second.pk, third.pk}
    assert {row.claimant_id for row in made.entitlements} == {first.pk}

    with pytest.raises(JoinRefused, match=f"đã gộp tiếp {second.reference} vào {first.reference}"):
        undo_join(join=inner, reason="Nhầm", actor=officer())
    undo_join(join=outer, reason="Nhầm", actor=officer())
    assert all_rows() == between
    undo_join(join=inner, reason="Nhầm", actor=officer())
    assert all_rows() == before
    with pytest.raises(JoinRefused, match="đã được gỡ"):
        undo_join(join=inner, reason="Nhầm", actor=officer())


def test_a_later_join_into_the_same_root_is_undone_first() -> None:
    made = make.payable_list(3)
    first, second, third = people_of(made)
    early = join(first, second)
    late = join(first, third)
    with pytest.raises(JoinRefused, match=f"gộp tiếp {third.reference}"):
        undo_join(join=early, reason="Nhầm", actor=officer())
    undo_join(join=late, reason="Nhầm", actor=officer())
    undo_join(join=early, reason="Nhầm", actor=officer())
    assert not Person.objects.filter(joined_to__isnull=False).exists()


def test_days_that_both_were_given_count_once() -> None:
    at = chains.desks("F0_F1")
    case_list = chains.verified("F0_F1", at, rows=2)
    first, second = (
        Person.objects.get(pk=pk)
        for pk in Case.objects.filter(case_list=case_list).order_by("pk").values_list("person", flat=True)
    )
    assert EntitlementDays.objects.filter(is_live=True).count() == 2
    before = all_rows()
    made_join = join(first, second)
    kept, doubled = Entitlement.objects.order_by("pk")
    assert doubled.doubles_id == kept.pk
    shown = EntitlementDays.objects.order_by("entitlement").values_list("claimant", "is_live")
    assert list(shown) == [(first.pk, True), (first.pk, False)]
    undo_join(join=made_join, reason="Nhầm", actor=officer())
    assert all_rows() == before


def test_different_programmes_are_both_owed() -> None:
    who = officer()
    (child_patient,) = Entitlement.objects.filter(case_list=chains.verified("F0_F1", chains.desks("F0_F1")))
    made = make.payable_list(1)
    (other,) = people_of(made)
    patient = Person.objects.get(pk=child_patient.claimant_id)
    join(patient, other, who)
    assert not Entitlement.objects.filter(doubles__isnull=False).exists()
    assert set(Entitlement.objects.values_list("claimant", flat=True)) == {patient.pk}


class TestRefused:
    def test_without_a_reason_and_by_other_desks(self) -> None:
        first, second = people_of(make.payable_list(2))
        with pytest.raises(JoinRefused, match="Hãy ghi lý do"):
            join_people(kept=first, joined=second, reason="  ", actor=officer())
        for who in (
            user(Role.COMMUNE_OFFICER),
            user(Role.DISTRICT_HEAD),
            user(Role.ACCOUNTANT),
            user(Role.AUDITOR),
            officer(area="89889"),
        ):
            with pytest.raises(PermissionDenied):
                join(first, second, who)
        made_join = join(first, second)
        with pytest.raises(PermissionDenied):
            undo_join(join=made_join, reason="x", actor=user(Role.DISTRICT_HEAD))

    def test_one_human_already(self) -> None:
        first, second, third = people_of(make.payable_list(3))
        join(first, second)
        join(first, third)
        for a, b in ((first, second), (second, first), (second, third)):
            with pytest.raises(JoinRefused, match="đã được gộp làm một"):
                join(a, b)

    def test_people_of_two_districts_are_the_departments(self) -> None:
        (near,) = people_of(make.payable_list(1))
        (far,) = people_of(make.approved_list(1, area=OUTSIDE_COMMUNE))
        with pytest.raises(PermissionDenied):
            join(near, far)
        made_join = join(near, far, officer(Role.PROVINCIAL_REVIEWER))
        assert made_join.area_code == "89"
        other = people_of(make.payable_list(1))[0]
        with pytest.raises(JoinRefused, match="ở ngoài địa bàn của bạn"):
            join(near, other)

    def test_support_outside_the_area_is_not_touched(self) -> None:
        first, second = people_of(make.payable_list(2))
        # filed in another district, as the list of an employer there is
        moved = claims.claim("F0_F1", user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE))
        Person.objects.filter(pk=moved.person_id).update(area_code=first.area_code)
        owed = _granted(moved)
        with pytest.raises(JoinRefused, match="có mức hưởng ở ngoài địa bàn"):
            join(second, owed)
        assert join(second, owed, officer(Role.PROVINCIAL_REVIEWER)).area_code == first.area_code

    def test_a_pair_among_them_said_to_be_two_people(self) -> None:
        first, second, third = people_of(make.payable_list(3))
        said = pair(second, third)
        answer_pair(candidate=said, answer="different", reason="Hai chị em", actor=officer())
        join(first, second)
        with pytest.raises(JoinRefused, match=f"Cặp {said.reference}"):
            join(first, third)

    def test_money_that_came_back_keeps_the_join(self) -> None:
        made = make.payable_list(2)
        first, second = people_of(made)
        pay(made)
        made_join = join(first, second)
        paper = MoneyPaper("PT-1", clock.today(), 500_000)
        record_receipt(actor=made.staff.accountant, recovery=Recovery.objects.get(), paper=paper)
        before = all_rows()
        with pytest.raises(JoinRefused, match="đã được thu hồi"):
            undo_join(join=made_join, reason="Nhầm", actor=officer())
        assert all_rows() == before


def _granted(case: Case) -> Person:
    """The case has its entitlement, where it was filed."""
    commune = user(Role.COMMUNE_OFFICER, area=case.area_code)
    list_cases(Case.objects.filter(pk=case.pk), actor=commune)
    case.refresh_from_db()
    assert case.case_list is not None
    submit_list(
        CaseList.objects.get(pk=case.case_list_id),
        letter_number="1",
        letter_date=clock.today(),
        actor=commune,
    )
    report = verify_cases(
        Case.objects.filter(pk=case.pk), actor=user(Role.DISTRICT_OFFICER, area=case.area_code[:5])
    )
    assert report.done == 1, report.needs_eyes
    return Person.objects.get(pk=case.person_id)


def test_other_pairs_among_them_are_settled_with_it_and_asked_again_after() -> None:
    first, second, third = people_of(make.payable_list(3))
    near, far, open_still = pair(first, second), pair(second, third), pair(first, third)
    answer_pair(candidate=far, answer="verifying", reason="Chờ xã xác minh", actor=officer())
    join(second, third)
    far.refresh_from_db()
    assert (far.state, far.answer_reason) == (
        PairState.SAME,
        "Đã gộp cùng một cặp khác của những người này.",
    )
    who = officer()
    answer_pair(candidate=near, answer="same", keep=first, reason="Một người", actor=who)
    open_still.refresh_from_db()
    assert open_still.state == PairState.SAME
    newest = PersonJoin.objects.latest("pk")
    assert newest.candidate == near
    undo_join(join=newest, reason="Nhầm", actor=who)
    near.refresh_from_db()
    open_still.refresh_from_db()
    assert (near.state, near.answered_by_id, near.answer_reason) == (PairState.OPEN, None, "")
    assert (open_still.state, open_still.answered_by_id) == (PairState.OPEN, None)
    undo_join(join=PersonJoin.objects.get(undone_at__isnull=True), reason="Nhầm", actor=who)
    far.refresh_from_db()
    assert (far.state, far.answer_reason) == (PairState.VERIFYING, "Chờ xã xác minh")
