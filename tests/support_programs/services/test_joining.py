"""Which of what two entries had is kept: regimes that shut each other out, whatever the programme."""

import pytest

from accounts.enums import Role
from beneficiaries.models import Person
from beneficiaries.services.joining import join_people, undo_join
from core.models import Event
from support_programs.models import Case, Entitlement
from support_programs.services.entitlements import cancel_entitlements
from support_programs.services.joining import find_doubles
from tests.factories import cases as make
from tests.factories import chains
from tests.factories.pairs import all_rows
from tests.factories.people import user

pytestmark = pytest.mark.django_db


def owner_of(entitlement: Entitlement) -> Person:
    return Person.objects.get(pk=entitlement.claimant_id)


@pytest.fixture
def two_regimes() -> tuple[Entitlement, Entitlement]:
    """A free worker and a suspended worker: of these two cash regimes one human has one (NQ 68, Mục I)."""
    free = Entitlement.objects.get(case_list=make.verified_list(make.staff()))
    suspended = Entitlement.objects.get(case_list=chains.verified("TAM_HOAN", chains.desks("TAM_HOAN")))
    assert free.exclusive_group == suspended.exclusive_group != ""
    return free, suspended


def test_of_two_regimes_that_exclude_each_other_the_earlier_is_kept(
    two_regimes: tuple[Entitlement, Entitlement],
) -> None:
    free, suspended = two_regimes
    before = all_rows()
    officer = user(Role.DISTRICT_OFFICER)
    join = join_people(kept=owner_of(suspended), joined=owner_of(free), reason="Một người", actor=officer)
    free.refresh_from_db()
    suspended.refresh_from_db()
    assert (free.doubles_id, suspended.doubles_id) == (None, free.pk)
    assert free.claimant_id == suspended.claimant_id
    event = Event.objects.get(action="case.doubled")
    assert (event.object_ref, event.change) == (suspended.reference, {"other": free.reference})
    undo_join(join=join, reason="Nhầm", actor=officer)
    assert all_rows() == before
    assert Event.objects.get(action="case.undoubled").object_ref == suspended.reference


def test_what_was_cancelled_shuts_nobody_out(two_regimes: tuple[Entitlement, Entitlement]) -> None:
    free, suspended = two_regimes
    cancel_entitlements(
        [free.case_id], actor=user(Role.DISTRICT_OFFICER), reason="Kết luận lại: không đủ điều kiện"
    )
    join_people(
        kept=owner_of(free),
        joined=owner_of(suspended),
        reason="Một người",
        actor=user(Role.DISTRICT_OFFICER),
    )
    assert not Entitlement.objects.filter(doubles__isnull=False).exists()
    assert set(Entitlement.objects.values_list("claimant", flat=True)) == {free.claimant_id}


def test_what_was_cancelled_while_it_doubled_comes_back_cancelled(
    two_regimes: tuple[Entitlement, Entitlement],
) -> None:
    free, suspended = two_regimes
    owner = suspended.claimant_id
    officer = user(Role.DISTRICT_OFFICER)
    join = join_people(kept=owner_of(free), joined=owner_of(suspended), reason="Một người", actor=officer)
    cancel_entitlements([suspended.case_id], actor=officer, reason="Hưởng trùng")
    undo_join(join=join, reason="Nhầm", actor=officer)
    suspended.refresh_from_db()
    assert (suspended.status, suspended.claimant_id, suspended.doubles_id) == ("cancelled", owner, None)


def test_what_is_paid_is_kept_then_what_is_in_a_batch_then_the_earlier() -> None:
    make.verified_list(make.staff(), rows=4)
    rows = list(Entitlement.objects.order_by("pk"))
    for row, status in zip(rows, ("proposed", "approved", "committed", "paid"), strict=True):
        row.status = status
    kept = rows[3].pk
    assert find_doubles(rows) == {rows[2].pk: kept, rows[0].pk: kept, rows[1].pk: kept}
    assert find_doubles(rows[:3]) == {rows[0].pk: rows[2].pk, rows[1].pk: rows[2].pk}
    assert find_doubles(rows[:2]) == {rows[1].pk: rows[0].pk}
    assert find_doubles(rows[:1]) == {}


def test_a_case_without_entitlement_moves_nothing() -> None:
    make.list_at_district(make.staff(), rows=2)
    one, other = Case.objects.order_by("pk")
    before = all_rows()
    officer = user(Role.DISTRICT_OFFICER)
    join = join_people(
        kept=Person.objects.get(pk=one.person_id),
        joined=Person.objects.get(pk=other.person_id),
        reason="Một người",
        actor=officer,
    )
    assert join.moved["claims"] == {"moved": [], "doubled": {}}
    undo_join(join=join, reason="Nhầm", actor=officer)
    assert all_rows() == before
