"""Nobody left behind: the people of an area who qualify for a programme, or may, and have no case of it."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _

from accounts.queries import area_names
from support_programs.enums import OutreachState, Result
from support_programs.queries.claims import rules_of_today
from support_programs.queries.qualifying import judged_sql
from support_programs.rules.definition import Definition
from support_programs.rules.parts import Criterion

RESULTS: Final = (Result.ELIGIBLE.value, Result.UNDETERMINED.value)
# not handed to the commune yet
UNHANDED: Final = "none"
LETTER_OUTCOMES: Final = {"m": "met", "n": "not_met", "u": "unknown", "r": "review"}
_LEFT: Final = """
, counts AS (
  SELECT COALESCE(jsonb_object_agg(result, jsonb_build_array(people, with_case)), '{}') AS sums FROM (
    SELECT result, count(*) AS people, count(*) FILTER (WHERE has_case) AS with_case FROM judged
     WHERE is_registered OR NOT %(registered)s GROUP BY result) AS by_result
), handed AS MATERIALIZED (
  -- who was handed over before they were joined to another was handed over as that one; the newest counts
  SELECT DISTINCT ON (people.root) people.root, o.state
    FROM people JOIN support_programs_outreach o ON o.programme_id = %(programme)s AND o.person_id = people.person_id
   ORDER BY people.root, o.id DESC
), left_behind AS MATERIALIZED (
  SELECT j.id, j.reference, j.full_name, j.name_sort, j.birth_date, j.birth_year, j.hamlet, j.area_code, j.result, j.letters,
         j.is_registered, COALESCE(handed.state, 'none') AS outreach
    FROM judged j LEFT JOIN handed ON handed.root = j.id
   WHERE j.result = ANY(%(results)s) AND NOT j.has_case AND (j.is_registered OR NOT %(registered)s)
     AND (%(handed)s = '' OR COALESCE(handed.state, 'none') = %(handed)s)
)
"""
_PAGE: Final = """
SELECT counts.sums, (SELECT count(*) FROM left_behind), shown.* FROM counts LEFT JOIN LATERAL (
  SELECT id, reference, full_name, birth_date, birth_year, hamlet, area_code, result, letters, is_registered, outreach
    FROM left_behind ORDER BY name_sort, id LIMIT %(limit)s OFFSET %(offset)s) AS shown ON true
"""
_CHOSEN: Final = """
SELECT id, area_code, result, letters FROM left_behind
 WHERE outreach = 'none' AND (%(every)s OR reference = ANY(%(references)s)) ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom to look for: an area, by which results, only those whom a register names, by how the commune answered.

    `handed` is a state of `OutreachState`, `UNHANDED`, or "" for all.
    """

    definition: Definition
    area_code: str
    results: tuple[str, ...] = RESULTS
    is_registered: bool = False
    handed: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A condition of which a fact is missing, and what to do about it."""

    statement: str
    remedy: str


@dataclass(frozen=True, slots=True)
class LeftPerson:
    """Somebody without a case, and what the rules say of them."""

    reference: str
    full_name: str
    birth: dt.date | int | None
    hamlet: str
    area_code: str
    area: str
    result: str
    outcomes: tuple[str, ...]
    missing: tuple[Missing, ...]
    to_look_at: tuple[str, ...]
    is_registered: bool
    outreach: str


@dataclass(frozen=True, slots=True)
class Found:
    """People page by page, how many there are, and how many of the area would get which result: (people, of them with a case)."""

    rows: tuple[LeftPerson, ...]
    total: int
    counts: Mapping[str, tuple[int, int]]

    @property
    def eligible(self) -> int:
        """How many would get it and have no case."""
        return self._without_case(Result.ELIGIBLE)

    @property
    def undetermined(self) -> int:
        """Of how many without a case facts are missing."""
        return self._without_case(Result.UNDETERMINED)

    @property
    def with_case(self) -> int:
        """How many have a live case."""
        return sum(with_case for _people, with_case in self.counts.values())

    def _without_case(self, result: str) -> int:
        people, with_case = self.counts.get(result, (0, 0))
        return people - with_case


def left_behind(sought: Sought, *, on: dt.date, limit: int, offset: int = 0) -> Found:
    """The people whom the rules let qualify on a day, or may, and who have no live case; in the order of their names.

    The caller gives an area that its user may see. One statement, beside the list of versions and the names of areas.
    """
    rows = _fetch(sought, on, _PAGE, {"limit": limit, "offset": offset})
    sums, total = rows[0][:2]
    counts = json.loads(sums) if isinstance(sums, str) else sums
    shown = [row[2:] for row in rows if row[2] is not None]
    names = area_names({row[6] for row in shown})
    people = tuple(_person(sought.definition, row, names) for row in shown)
    return Found(people, total, {result: (both[0], both[1]) for result, both in counts.items()})


def chosen_people(
    sought: Sought, references: Collection[str], *, every: bool, on: dt.date
) -> list[tuple[int, str, str, str]]:
    """(id, area, result, letters) of those who are sought and not handed over yet: the named ones, or every one."""
    return _fetch(sought, on, _CHOSEN, {"every": every, "references": [*references]})


def _fetch(sought: Sought, on: dt.date, wanted: str, more: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    judged, asked = judged_sql(sought.definition, on=on, area_code=sought.area_code)
    asked |= {
        "results": [*sought.results],
        "registered": sought.is_registered,
        "handed": sought.handed,
    }
    with connection.cursor() as cursor:
        cursor.execute(judged + _LEFT + wanted, {**asked, **more})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _person(definition: Definition, row: Sequence[Any], names: Mapping[str, str]) -> LeftPerson:
    _pk, reference, name, born, year, hamlet, area_code, result, letters, is_registered, outreach = row
    return LeftPerson(
        reference=reference,
        full_name=name,
        birth=born or year,
        hamlet=hamlet,
        area_code=area_code,
        area=names.get(area_code, area_code),
        result=result,
        outcomes=tuple(LETTER_OUTCOMES[letter] for letter in letters),
        missing=missing_of(definition, letters, result),
        to_look_at=tuple(each.statement for each in _with(definition, letters, "r")),
        is_registered=is_registered,
        outreach="" if outreach == UNHANDED else outreach,
    )


def missing_of(definition: Definition, letters: str, result: str) -> tuple[Missing, ...]:
    """The conditions that can't be told yet, with the remedy of each; what keeps the amount open where no condition does."""
    open_ones = tuple(
        Missing(each.statement, each.remedy or getattr(each.test, "missing", ""))
        for each in _with(definition, letters, "u")
    )
    if not open_ones and result == Result.UNDETERMINED:
        return (Missing(_("Mức hỗ trợ"), _("Chưa tính được mức: bổ sung thông tin của hồ sơ.")),)
    return open_ones


def _with(definition: Definition, letters: str, letter: str) -> Iterable[Criterion]:
    told = zip(letters, definition.criteria, strict=False)
    return [criterion for found, criterion in told if found == letter]


def programmes_of_people() -> list[Definition]:
    """The rules of today of programmes whose claimants are people; first those that a register tells something of."""
    people = [each for each in rules_of_today().values() if each.beneficiary_kind == "person"]
    return sorted(people, key=lambda each: (not each.registers, each.short_name))


def outreach_label(state: str) -> str:
    """A state of a handed-over person in words; "" for somebody who was not handed over."""
    return str(OutreachState(state).label) if state else ""
