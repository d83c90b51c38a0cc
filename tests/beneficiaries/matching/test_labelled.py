"""The labelled set through the real search: how many true pairs are found, how many false ones are shown."""

from collections.abc import Callable

import pytest

from accounts.models import AdministrativeUnit
from beneficiaries.models import DuplicateCandidate
from beneficiaries.services.duplicates.finding import find_for_people
from core import clock
from tests.beneficiaries.matching.labelled import Measured, make_labelled, measure
from tests.beneficiaries.matching.registering import register_entries

pytestmark = pytest.mark.django_db


def communes() -> list[str]:
    units = AdministrativeUnit.objects.communes().within("89").valid_on(clock.today())
    return sorted(units.values_list("area_code", flat=True))


def found_pairs() -> set[tuple[int, int]]:
    return set(DuplicateCandidate.objects.values_list("first_id", "second_id"))


@pytest.mark.parametrize("seed", [1, 2])
def test_true_pairs_are_found_and_few_others_shown(
    seed: int, record_property: Callable[[str, object], None]
) -> None:
    labelled = make_labelled(seed=seed, people=12_000, newcomers=3_000, communes=communes())
    ids = register_entries(labelled.register)
    new_ids = register_entries(labelled.newcomers)
    find_for_people(new_ids, found_by="nightly", on=clock.today())
    measured: Measured = measure(found_pairs(), labelled.true_pairs(ids, new_ids))
    print(f"\nlabelled set, seed {seed}: {measured}; missed: {measured.missed}")  # noqa: T201
    record_property("matching", str(measured))
    assert measured.true == 600
    assert measured.recall >= 0.97, measured.missed
    assert measured.false_per_true <= 0.5
