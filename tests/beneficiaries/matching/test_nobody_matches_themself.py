"""Whatever is registered: nobody is paired with themself, and asking a second time finds nothing new."""

import os
from random import Random

import pytest

from beneficiaries.models import DuplicateCandidate
from beneficiaries.services.duplicates.finding import find_for_people
from core import clock
from tests.beneficiaries.matching.labelled import make_labelled
from tests.beneficiaries.matching.registering import register_entries
from tests.factories.people import COMMUNE, OTHER_COMMUNE, OUTSIDE_COMMUNE

pytestmark = [pytest.mark.django_db, pytest.mark.scale]


@pytest.mark.parametrize("seed", range(10 if os.environ.get("SCALE") == "full" else 1))
def test_a_crowded_place(seed: int) -> None:
    """Three communes of namesakes, so that almost everybody looks like somebody."""
    communes = [COMMUNE, OTHER_COMMUNE, OUTSIDE_COMMUNE]
    labelled = make_labelled(seed=seed, people=300, newcomers=100, communes=communes)
    ids = register_entries([*labelled.register, *labelled.newcomers])
    Random(seed).shuffle(ids)
    assert find_for_people(ids, found_by="nightly", on=clock.today()) > 10
    pairs = list(DuplicateCandidate.objects.values_list("first_id", "second_id"))
    assert all(first < second for first, second in pairs)
    assert len(set(pairs)) == len(pairs)
    assert find_for_people(ids, found_by="nightly", on=clock.today()) == 0
