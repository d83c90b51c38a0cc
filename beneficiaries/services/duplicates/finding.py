"""Finding people who may be one human: everybody in question against the whole register, pairs kept for an answer."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Literal

from django.db import connection

from beneficiaries.queries.matching import Digits, Known, candidate_pairs, facts_of
from beneficiaries.rules.matching import Match, area_of_both, facts_key, match
from beneficiaries.services.duplicates.finding_rows import FoundPair, keep_pairs
from core.audit import PROVINCE
from core.fence import fenced

FoundBy = Literal["import", "entry", "nightly"]
CHUNK: Final = 4_000
# at a time, each with its own session of the database
SEARCHERS: Final = 2
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Searched:
    """One chunk as the database gave it: who was asked about and everybody they may be, and the pairs."""

    people: dict[int, Known]
    pairs: list[tuple[int, int]]


def find_for_people(
    person_ids: Sequence[int], *, found_by: FoundBy, on: dt.date, progress: Progress | None = None
) -> int:
    """Look for everybody whom these people may be, and keep each likely pair; gives how many pairs are new or asked again.

    Works chunk by chunk for the province (call it outside any transaction), the database searching the next chunks while the
    rules look at one. Running it again finds nothing new. Who is joined to another is not asked about, but
    may be found: a third entry that looks like the joined one alone.
    """
    ids = sorted(set(person_ids))
    kept = 0
    for done, pairs in likely_pairs(ids):
        with fenced(None, PROVINCE):
            kept += keep_pairs(pairs, found_by=found_by, on=on)
        if progress:
            progress(done, len(ids))
    return kept


def likely_pairs(ids: Sequence[int]) -> Iterator[tuple[int, list[FoundPair]]]:
    """Chunk by chunk: how many of the people have been compared, and the likely pairs among these."""
    chunks = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
    seen: set[tuple[int, int]] = set()
    told: set[frozenset[int]] = set()
    done = 0
    for chunk, searched in zip(chunks, _searches(chunks), strict=True):
        done += len(chunk)
        yield done, list(_compare(searched, seen, told))


def _searches(chunks: Sequence[Sequence[int]]) -> Iterator[Searched]:
    """The chunks in their order, searched two at a time on connections of their own.

    Inside a transaction, whose rows no other connection sees, one after the other.
    """
    if connection.in_atomic_block:
        yield from map(_search, chunks)
        return
    with ThreadPoolExecutor(max_workers=SEARCHERS) as pool:
        running: deque[Future[Searched]] = deque()
        for chunk in chunks:
            running.append(pool.submit(_search_apart, chunk))
            # one waits for the next free thread, no more: a chunk's people take memory
            if len(running) > SEARCHERS:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()


def _search_apart(chunk: Sequence[int]) -> Searched:
    try:
        return _search(chunk)
    finally:
        connection.close()


def _search(chunk: Sequence[int]) -> Searched:
    with fenced(None, PROVINCE):
        people = facts_of(chunk)
        pairs = candidate_pairs(known for known in people.values() if known.is_root)
        others = {other for _asked, other in pairs} - people.keys()
        people.update(facts_of(others))
    return Searched(people, pairs)


def _compare(
    searched: Searched, seen: set[tuple[int, int]], told: set[frozenset[int]]
) -> Iterator[FoundPair]:
    """An entry that counts as somebody speaks for them where their own entry doesn't: one pair for two humans."""
    people = searched.people
    compared = {pk for pair in searched.pairs for pk in pair}
    digits = Digits(known for pk, known in people.items() if pk in compared)
    for asked, other in sorted(searched.pairs, key=lambda pair: (not people[pair[1]].is_root, pair)):
        pair = (asked, other) if asked < other else (other, asked)
        if pair in seen:
            continue
        seen.add(pair)
        first, second = people[pair[0]], people[pair[1]]
        humans = frozenset((first.facts.root_id, second.facts.root_id))
        if humans in told:
            continue
        found = compare_known(first, second, digits)
        if found:
            told.add(humans)
            yield FoundPair(
                pair[0],
                pair[1],
                area_of_both(first.facts.area_code, second.facts.area_code),
                found.score,
                found.reasons,
                facts_key(first.facts, second.facts, found),
            )


def compare_known(a: Known, b: Known, digits: Digits) -> Match | None:
    """The rules, with the distance of the digits."""
    return match(a.facts, b.facts, digits.distance(a, b))
