"""Random people with random support are joined and taken apart: one human is never owed twice, undoing gives every row back."""

import random

import pytest

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Person, PersonJoin
from beneficiaries.queries.joining import JoinRefused
from beneficiaries.services.joining import join_people, undo_join
from disbursements.models import PaymentInstruction, Recovery
from disbursements.services.results import Results, record_results
from support_programs.models import Case, Entitlement, EntitlementDays
from tests.factories import chains
from tests.factories import payments as make
from tests.factories.pairs import all_rows
from tests.factories.people import COMMUNE, OTHER_COMMUNE, user

pytestmark = pytest.mark.django_db
STEPS = 14
Rows = dict[str, dict[int, str]]


def population(chance: random.Random) -> list[Person]:
    """Eight people: paid, in a batch, waiting, and two treated patients with days."""
    staff = make.Staff()
    paid = make.payable_list(chance.randint(1, 3), staff=staff)
    batch = make.released_batch(paid)
    lines = PaymentInstruction.objects.filter(batch=batch).values_list("reference", flat=True)
    record_results(actor=staff.accountant, batch=batch, results=Results(frozenset(lines)))
    make.prepared_batch(make.payable_list(1, staff=staff, area=OTHER_COMMUNE), area=OTHER_COMMUNE)
    make.payable_list(chance.randint(1, 3), staff=staff, area=COMMUNE)
    chains.verified("F0_F1", chains.desks("F0_F1"), rows=2)
    cases = Case.objects.filter(person__isnull=False).values("person")
    return list(Person.objects.filter(pk__in=cases).order_by("pk"))


def check_each_human_is_owed_once() -> None:
    roots = dict(Person.objects.values_list("pk", "joined_to_id"))
    assert all(roots[root] is None for root in roots.values() if root is not None), "a chain"
    for row in Entitlement.objects.select_related("case"):
        person = row.case.person_id
        assert person is not None
        assert row.claimant_id == (roots[person] or person)
        if row.doubles is not None:
            assert row.doubles.claimant_id == row.claimant_id
    live = Entitlement.objects.filter(doubles__isnull=True).exclude(status="cancelled")
    owed = list(live.values_list("programme", "claimant", "period"))
    assert len(owed) == len(set(owed))
    for days in EntitlementDays.objects.select_related("entitlement"):
        assert days.claimant_id == days.entitlement.claimant_id
        assert days.is_live == (days.entitlement.doubles_id is None)
    twice = set(Entitlement.objects.filter(doubles__isnull=False, status="paid").values_list("pk", flat=True))
    asked = Recovery.objects.exclude(state="cancelled").values_list("entitlement", flat=True)
    assert set(asked) == twice


def one_step(
    people: list[Person],
    before: list[tuple[PersonJoin, Rows | None]],
    chance: random.Random,
    officer: User,
) -> str:
    """A join, or the undoing of one; gives what came of it."""
    if before and chance.random() < 0.35:
        join, _rows = chance.choice(before)
        is_newest = join.pk == before[-1][0].pk
        try:
            undo_join(join=join, reason="Thử", actor=officer)
        except JoinRefused:
            assert not is_newest, "the newest join can be undone"
            return "later join first"
        place = [row[0].pk for row in before].index(join.pk)
        _join, rows = before.pop(place)
        if is_newest and rows is not None:
            assert all_rows() == rows
        # those that came after it, of other people, don't lead back to where they started
        before[place:] = [(later, None) for later, _rows in before[place:]]
        return "undone"
    kept, joined = chance.sample(people, 2)
    rows = all_rows()
    try:
        made = join_people(kept=kept, joined=joined, reason="Thử", actor=officer)
    except JoinRefused as refusal:
        assert all_rows() == rows, "a refused join leaves nothing"
        return "one already" if "đã được gộp" in str(refusal) else "in a batch"
    before.append((made, rows))
    return "joined"


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_joined_comes_apart_again(seed: int) -> None:
    chance = random.Random(seed)
    people = population(chance)
    start, officer = all_rows(), user(Role.DISTRICT_OFFICER)
    before: list[tuple[PersonJoin, Rows | None]] = []
    told = []
    for _step in range(STEPS):
        told.append(one_step(people, before, chance, officer))
        check_each_human_is_owed_once()
    assert "joined" in told
    while before:
        join, _rows = before.pop()
        undo_join(join=join, reason="Thử", actor=officer)
        check_each_human_is_owed_once()
    assert all_rows() == start
    assert not Recovery.objects.exclude(state="cancelled").exists()
