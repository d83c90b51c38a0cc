"""Duplicates among 100,000 newcomers against a register of 1,000,000: seconds, true pairs found, false pairs shown.

The labelled set is that of the tests (tests/beneficiaries/matching/labelled.py): one newcomer in five is registered already,
under another number and with what else goes wrong in a commune's list.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db import connections

from accounts.models import AdministrativeUnit
from benchmarks.harness import Measurement, case
from beneficiaries.models import DuplicateCandidate
from beneficiaries.services.duplicates.finding import find_for_people
from core import clock
from tests.beneficiaries.matching.entries import Entry
from tests.beneficiaries.matching.labelled import make_labelled, measure
from tests.beneficiaries.matching.registering import register_entries

# BENCH_PEOPLE=100000 for a quick look at a tenth
PEOPLE: Final = int(os.environ.get("BENCH_PEOPLE", "1000000"))
NEWCOMERS: Final = PEOPLE // 10
TABLES: Final = ("beneficiaries_person", "beneficiaries_identitydocument", "beneficiaries_payoutaccount")
SLICE: Final = 100_000


@case("duplicates: 100,000 newcomers against 1,000,000 people", seconds=30)
def newcomers(measured: Measurement) -> None:
    units = AdministrativeUnit.objects.communes().within("89").valid_on(clock.today())
    labelled = make_labelled(
        seed=2021,
        people=PEOPLE,
        newcomers=NEWCOMERS,
        communes=sorted(units.values_list("area_code", flat=True)),
    )
    with _indexes_later():
        ids = _registered(labelled.register)
    new_ids = _registered(labelled.newcomers)
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {', '.join(TABLES)}")
    truth = labelled.true_pairs(ids, new_ids)
    del labelled
    gc.collect()
    own = time.process_time()
    with measured.ours():
        find_for_people(new_ids, found_by="nightly", on=clock.today())
    # the database's sessions work beside it
    measured.note(f"{time.process_time() - own:.1f} s of a core in Python")
    found = set(DuplicateCandidate.objects.values_list("first_id", "second_id"))
    result = measure(found, truth)
    measured.note(f"{len(ids)} people, {len(new_ids)} newcomers: {result}")
    if result.recall < 0.97 or result.false_per_true > 0.5:
        raise RuntimeError(f"{result}; missed: {result.missed}")
    began = time.perf_counter()
    again = find_for_people(new_ids[:5000], found_by="nightly", on=clock.today())
    measured.note(f"5,000 of them again: {time.perf_counter() - began:.1f} s, {again} new pairs")
    if path := os.environ.get("BENCH_MISSED"):
        with open(path, "w") as report:
            report.writelines(f"{number}\t{dirt}\n" for dirt, number in result.missed.items())


def _registered(entries: Sequence[Entry]) -> list[int]:
    ids: list[int] = []
    for start in range(0, len(entries), SLICE):
        ids += register_entries(entries[start : start + SLICE], using="owner")
    return ids


@contextmanager
def _indexes_later() -> Iterator[None]:
    """Fill the tables first and build their indexes afterwards."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT i.indexname, i.indexdef FROM pg_indexes AS i WHERE i.tablename = ANY(%s) AND NOT EXISTS"
            " (SELECT FROM pg_constraint AS c WHERE c.conname = i.indexname)",
            [list(TABLES)],
        )
        indexes: list[tuple[Any, ...]] = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _name, definition in indexes:
            cursor.execute(definition)
