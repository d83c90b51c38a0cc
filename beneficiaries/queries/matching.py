"""The search over the province for people who may be one human, set by set: facts, and pairs worth a closer look.

Both statements are functions of the database that see past the area fence (`sql/match_people.sql`); what they give is compared
by `rules/matching.py` and shown to nobody as it is.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from beneficiaries.models import Person
from beneficiaries.rules.matching import MatchFacts
from beneficiaries.rules.matching_numbers import NumberDistance, nearest_of
from beneficiaries.rules.name_variants import variants_of
from core import crypto

_FACTS: Final = """
SELECT person_id, root_id, name, name_key, birth_date, birth_year, sex, area_code, hamlet_key, phone, accounts, numbers,
       claimed, tails, sealed
  FROM match_facts(%s::bigint[])
"""
_PAIRS: Final = "SELECT asked_id, person_id FROM match_people(%s::jsonb)"
_NOTHING: Final[frozenset[bytes]] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody's facts, and what only the search and the distance of digits need: tails (keyed), numbers (encrypted).

    `sought` are keyed indexes of numbers to look up besides: what a list called their old number and somebody else has, and
    while one person is typed the neighbours of their number, too many for a whole list.
    """

    facts: MatchFacts
    tails: frozenset[bytes] = _NOTHING
    sealed: tuple[bytes, ...] = ()
    sought: frozenset[bytes] = _NOTHING

    @property
    def is_root(self) -> bool:
        return self.facts.person_id == self.facts.root_id


def facts_of(person_ids: Collection[int]) -> dict[int, Known]:
    """What is compared of each of these people, wherever in the province they are registered."""
    if not person_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [list(person_ids)])
        return {row[0]: _known(row) for row in cursor.fetchall()}


def candidate_pairs(asked: Iterable[Known]) -> list[tuple[int, int]]:
    """(asked id, id of somebody registered) for all that share enough to be compared; an asked id may be any number."""
    rows = [_asked(known) for known in asked]
    if not rows:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, [json.dumps(rows)])
        return list(cursor.fetchall())


def _known(row: Sequence[Any]) -> Known:
    claimed = _set(row[12])
    facts = MatchFacts(*row[:10], *[_set(row[10]), _set(row[11]) | claimed])
    return Known(facts, _set(row[13]), tuple(bytes(value) for value in row[14] or ()), claimed)


def _set(values: Iterable[memoryview | None] | None) -> frozenset[bytes]:
    if not values:
        return _NOTHING
    return frozenset(bytes(value) for value in values if value is not None)


def _asked(known: Known) -> dict[str, Any]:
    facts = known.facts
    return {
        "id": facts.person_id,
        "name": facts.name_key,
        "birth": facts.birth_date.isoformat() if facts.birth_date else None,
        "year": facts.birth_year,
        "area": facts.area_code,
        "hamlet": facts.hamlet_key or None,
        "phone": facts.phone or None,
        "births": _near_years(facts.birth_date),
        "keys": _keys_of(facts.name_key),
        "tails": [tail.hex() for tail in known.tails],
        "numbers": [number.hex() for number in known.sought],
        "accounts": [account.hex() for account in facts.accounts],
    }


def _near_years(born: dt.date | None) -> list[str]:
    """The same day of the years that one digit makes of this one, the likely ones; 29 February has none."""
    if born is None or (born.month, born.day) == (2, 29):
        return []
    return [born.replace(year=born.year + years).isoformat() for years in (-10, -1, 1, 10)]


def _keys_of(name_key: str) -> list[str]:
    """The words in order of the alphabet, as the database's `sorted_words` has them; then with other spellings of a surname."""
    words = name_key.split()
    if not words:
        return []
    others = [[variant, *words[1:]] for variant in sorted(variants_of(words[0]))] if len(words) > 1 else []
    return [" ".join(sorted(spelling)) for spelling in (words, *others)]


class Digits:
    """Numbers in clear for the time of a comparison, each decrypted once."""

    __slots__ = ("_clear",)

    def __init__(self, people: Iterable[Known]) -> None:
        sealed = [known.sealed for known in people if known.sealed]
        clear = iter(crypto.decrypt_many("number", [value for values in sealed for value in values]))
        self._clear = {values: [next(clear) or "" for _value in values] for values in sealed}

    def distance(self, a: Known, b: Known) -> NumberDistance:
        """The nearest two numbers; UNKNOWN when one has none, or both have the same."""
        if not a.sealed or not b.sealed or a.facts.numbers & b.facts.numbers:
            return NumberDistance.UNKNOWN
        return nearest_of(self._clear[a.sealed], self._clear[b.sealed])


def references_of(person_ids: Collection[int]) -> dict[int, str]:
    """The references of people whom the asker sees."""
    return dict(Person.objects.filter(pk__in=person_ids).values_list("pk", "reference"))
