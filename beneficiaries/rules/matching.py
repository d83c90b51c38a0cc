"""Are two entries of the register one human? Scored by rules that an officer can read (`matching_table.py`).

Two independent families (number, name, birth, telephone or account) must agree, and the points of what agrees and what
differs reach `LEAST_SCORE`. A name that many share, with a birth year in another commune, is no match.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from beneficiaries.rules.matching_names import compare_names, have_other_marks
from beneficiaries.rules.matching_numbers import NumberDistance
from beneficiaries.rules.matching_table import INDEPENDENT, LEAST_SCORE, RULES

_COMMUNE_CODE = 10
_DISTRICT_CODE = 5


@dataclass(frozen=True, slots=True)
class MatchFacts:
    """What is compared of somebody. `root_id` is who they count as: themself, or who they are joined to.

    A row that is not registered yet has the ids 0. `accounts` and `numbers` are keyed indexes, never digits.
    """

    person_id: int
    root_id: int
    name: str
    name_key: str
    birth_date: dt.date | None = None
    birth_year: int | None = None
    sex: str = ""
    area_code: str = ""
    hamlet_key: str = ""
    phone: str = ""
    accounts: frozenset[bytes] = frozenset()
    numbers: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """A likely pair: 0 to 100 points, and the codes of what agrees and what differs, strongest first."""

    score: int
    agreements: tuple[str, ...]
    differences: tuple[str, ...]

    @property
    def reasons(self) -> list[dict[str, str | int]]:
        """As a pair keeps them: code and points, without any value that was compared."""
        return [
            {"code": code, "points": RULES[code].points} for code in (*self.agreements, *self.differences)
        ]


def match(a: MatchFacts, b: MatchFacts, distance: NumberDistance = NumberDistance.UNKNOWN) -> Match | None:
    """The pair, or None when they are one entry already, joined, or agree in too little.

    `distance` is what a caller who may read the digits found (`matching_numbers.nearest_of`); without it only numbers whose
    indexes are equal count. Neither order nor anything else but these facts makes a difference.
    """
    if a.root_id and a.root_id == b.root_id:
        return None
    codes = list(compared(a, b, distance))
    agreements = [code for code in codes if RULES[code].points > 0]
    if len({RULES[code].family for code in agreements} & INDEPENDENT) < 2:
        return None
    score = sum(RULES[code].points for code in codes)
    if score < LEAST_SCORE:
        return None
    differences = [code for code in codes if RULES[code].points < 0]
    return Match(
        min(score, 100),
        tuple(sorted(agreements, key=lambda code: -RULES[code].points)),
        tuple(sorted(differences, key=lambda code: RULES[code].points)),
    )


def compared(a: MatchFacts, b: MatchFacts, distance: NumberDistance) -> Iterator[str]:
    """Every rule that these two meet: at most one of number, name, birth, sex and place each, account and phone both."""
    if a.numbers & b.numbers:
        yield "SAME_NUMBER"
    elif distance.value:
        yield distance.value
    name = compare_names(a.name_key, b.name_key)
    if name:
        yield name
    if name == "SAME_NAME" and have_other_marks(a.name, b.name):
        yield "OTHER_MARKS"
    yield from _births(a, b)
    if a.sex and b.sex and a.sex != b.sex:
        yield "OTHER_SEX"
    if a.accounts & b.accounts:
        yield "SAME_ACCOUNT"
    if a.phone and a.phone == b.phone:
        yield "SAME_PHONE"
    yield from _places(a, b)


def _births(a: MatchFacts, b: MatchFacts) -> Iterator[str]:
    if not a.birth_year or not b.birth_year:
        return
    ours, theirs = a.birth_date, b.birth_date
    if ours is None or theirs is None:
        yield "SAME_BIRTH_YEAR" if a.birth_year == b.birth_year else "OTHER_BIRTH_YEAR"
    elif ours == theirs:
        yield "SAME_BIRTH_DATE"
    elif ours.year == theirs.year:
        if (ours.day, ours.month) == (theirs.month, theirs.day):
            yield "BIRTH_SWAPPED"
        else:
            is_near = ours.day == theirs.day or ours.month == theirs.month
            yield "BIRTH_NEAR" if is_near else "OTHER_BIRTH_DATE"
    else:
        is_near = (ours.day, ours.month) == (theirs.day, theirs.month) and _is_one_digit(
            ours.year, theirs.year
        )
        yield "BIRTH_YEAR_NEAR" if is_near else "OTHER_BIRTH_YEAR"


def _is_one_digit(a: int, b: int) -> bool:
    return sum(ours != theirs for ours, theirs in zip(str(a), str(b), strict=True)) == 1


def _places(a: MatchFacts, b: MatchFacts) -> Iterator[str]:
    ours, theirs = a.area_code, b.area_code
    if len(ours) == len(theirs) == _COMMUNE_CODE and ours == theirs:
        yield "SAME_HAMLET" if a.hamlet_key and a.hamlet_key == b.hamlet_key else "SAME_COMMUNE"
    elif ours[:_DISTRICT_CODE] == theirs[:_DISTRICT_CODE] and len(ours) >= _DISTRICT_CODE <= len(theirs):
        yield "SAME_DISTRICT"


def facts_key(a: MatchFacts, b: MatchFacts, found: Match) -> bytes:
    """Sixteen bytes that stand for what was compared, in either order: an answered pair is asked again when they change.

    Names, births and sexes themselves, of the rest only what agreed or differed; moving house changes nothing. No keyed index
    is in it, so a new index key leaves every answer standing.
    """
    people = sorted(repr((who.name, who.birth_date or who.birth_year, who.sex)) for who in (a, b))
    codes = sorted(code for code in (*found.agreements, *found.differences) if RULES[code].family != "place")
    return hashlib.sha256("\0".join([*people, *codes]).encode()).digest()[:16]


def area_of_both(a: str, b: str) -> str:
    """The smallest area that holds both: the commune, the district, else the province."""
    for length in (_COMMUNE_CODE, _DISTRICT_CODE):
        if len(a) >= length and a[:length] == b[:length]:
            return a[:length]
    return a[:2]
