"""The labelled set through the real search: how many true pairs are found, how many false ones are shown."""

from collections.abc import Callable

import pytest
from django.db import connections

from accounts.models import AdministrativeUnit
from beneficiaries.models import DuplicateCandidate
from beneficiaries.services.duplicates.finding import find_for_people
from core import clock
from tests.beneficiaries.matching.labelled import Measured, make_labelled, measure
from tests.beneficiaries.matching.registering import register_entries

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.scale]


def communes() -> list[str]:
    units = AdministrativeUnit.objects.communes().within("89").valid_on(clock.today())
    return sorted(units.values_list("area_code", flat=True))


def found_pairs() -> set[tuple[int, int]]:
    return set(DuplicateCandidate.objects.values_list("first_id", "second_id"))


def searched(seed: int) -> Measured:
    """One labelled set through the register and the search."""
    labelled = make_labelled(seed=seed, people=12_000, newcomers=3_000, communes=communes())
    known = found_pairs()
    ids = register_entries(labelled.register, using="owner")
    new_ids = register_entries(labelled.newcomers, using="owner")
    # as after any large import: the planner knows how many people there are
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "ANALYZE beneficiaries_person, beneficiaries_identitydocument, beneficiaries_payoutaccount"
        )
    find_for_people(new_ids, found_by="nightly", on=clock.today())
    return measure(found_pairs() - known, labelled.true_pairs(ids, new_ids))


def test_true_pairs_are_found_and_few_others_shown(record_property: Callable[[str, object], None]) -> None:
    """Two registers, 1,200 humans written twice: at least 97 % of them found, at most one false pair per two true ones."""
    first, second = searched(seed=1), searched(seed=2)
    both = Measured(
        first.true + second.true,
        first.found + second.found,
        first.false + second.false,
        {**first.missed, **second.missed},
    )
    print(f"\nlabelled set: {both}; missed: {both.missed}")  # noqa: T201
    record_property("matching", str(both))
    assert both.true == 1_200
    assert both.recall >= 0.97, both.missed
    assert both.false_per_true <= 0.5
