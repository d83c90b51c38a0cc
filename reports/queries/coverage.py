"""How far the programmes reach those whom the registers name: in a register, with a case, approved, paid; by group and unit.

A human counts once, with everybody joined to them, in the area of the entry that stands for them. An entry counts on the day of
the figures, of a household for everybody who is a member of it then.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.core.cache import cache
from django.db import connection

from accounts.enums import AreaLevel
from beneficiaries.registers import register_of
from core.fence import area_bounds
from core.querysets import Viewer
from core.wording import Text
from reports.queries.areas import AreaChoice, Unit, level_of
from support_programs.enums import CaseStatus, EntitlementStatus
from support_programs.queries.unregistered import registered_programmes

CACHE_SECONDS: Final = 5
_SUMS: Final = """
WITH reads AS (
  SELECT * FROM unnest(%(programmes)s::text[], %(registers)s::text[]) AS r (programme, register)
), named AS MATERIALIZED (
  SELECT p.id AS person_id, s.register, s.category FROM beneficiaries_status s JOIN beneficiaries_person p ON p.id = s.person_id
   WHERE NOT s.is_replaced AND s.valid_from <= %(on)s AND (s.valid_to IS NULL OR s.valid_to >= %(on)s)
     AND s.register = ANY(%(registers)s)
  UNION
  SELECT m.person_id, s.register, s.category FROM beneficiaries_status s
    JOIN beneficiaries_householdmember m ON m.household_id = s.household_id
     AND NOT m.is_replaced AND m.valid_from <= %(on)s AND (m.valid_to IS NULL OR m.valid_to >= %(on)s)
   WHERE NOT s.is_replaced AND s.valid_from <= %(on)s AND (s.valid_to IS NULL OR s.valid_to >= %(on)s)
     AND s.register = ANY(%(registers)s)
), people AS MATERIALIZED (
  SELECT DISTINCT root.id AS root, left(root.area_code, %(digits)s) AS unit, named.register, named.category
    FROM named JOIN beneficiaries_person p ON p.id = named.person_id
    JOIN beneficiaries_person root ON root.id = COALESCE(p.joined_to_id, p.id)
   WHERE root.area_code >= %(low)s AND root.area_code < %(high)s
), roots AS MATERIALIZED (
  SELECT DISTINCT root FROM people
), entries AS MATERIALIZED (
  -- everybody whom a register names, with the entries that were joined to them
  SELECT root, root AS person_id FROM roots
  UNION ALL
  SELECT p.joined_to_id, p.id FROM beneficiaries_person p JOIN roots ON roots.root = p.joined_to_id
), claims AS MATERIALIZED (
  SELECT DISTINCT entries.root, c.programme_id AS programme
    FROM entries JOIN support_programs_case c ON c.person_id = entries.person_id
   WHERE c.programme_id = ANY(%(programmes)s) AND c.status <> ALL(%(ended)s)
), owed AS MATERIALIZED (
  SELECT e.claimant_id AS root, e.programme_id AS programme, bool_or(e.status = %(paid)s) AS is_paid
    FROM roots JOIN support_programs_entitlement e ON e.claimant_id = roots.root
   WHERE e.programme_id = ANY(%(programmes)s) AND e.status = ANY(%(decided)s) GROUP BY 1, 2
)
SELECT reads.programme, reads.register, people.category, people.unit, count(DISTINCT people.root),
       count(DISTINCT claims.root), count(DISTINCT owed.root), count(DISTINCT owed.root) FILTER (WHERE owed.is_paid)
  FROM reads JOIN people ON people.register = reads.register
  LEFT JOIN claims ON claims.root = people.root AND claims.programme = reads.programme
  LEFT JOIN owed ON owed.root = people.root AND owed.programme = reads.programme
 GROUP BY GROUPING SETS ((1, 2, 3, 4), (1, 2, 4))
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """People whom a register names, and how many of them have a case, a decision, their support."""

    named: int = 0
    with_case: int = 0
    approved: int = 0
    paid: int = 0

    @property
    def without_case(self) -> int:
        return self.named - self.with_case

    def __add__(self, other: "Reach") -> "Reach":
        return Reach(
            self.named + other.named,
            self.with_case + other.with_case,
            self.approved + other.approved,
            self.paid + other.paid,
        )


@dataclass(frozen=True, slots=True)
class CategoryReach:
    """One group of a register in one unit."""

    category: Text
    unit: Unit
    reach: Reach


@dataclass(frozen=True, slots=True)
class RegisterReach:
    """A programme among those whom one register names, by unit and by group of the register.

    `by_group` counts whoever is in two groups in both, so it has no sum; `by_category` has each group in each unit.
    """

    programme: str
    programme_name: str
    register: str
    register_title: Text
    by_unit: dict[str, Reach]
    by_group: tuple[tuple[Text, Reach], ...]
    by_category: tuple[CategoryReach, ...]

    @property
    def total(self) -> Reach:
        return sum(self.by_unit.values(), Reach())


def coverage(viewer: Viewer, choice: AreaChoice, on: dt.date) -> tuple[RegisterReach, ...]:
    """Every programme that reads a register, with each of its registers; those of the whole province are kept for some seconds.

    Nothing for who sees no records. One statement beside the list of versions.
    """
    if not viewer.sees_records:
        return ()
    if level_of(choice.unit.area_code) != AreaLevel.PROVINCE:
        return _read(choice, on)
    key = f"coverage:{choice.unit.area_code}:{on}"
    kept: tuple[RegisterReach, ...] | None = cache.get(key)
    if kept is None:
        kept = _read(choice, on)
        cache.set(key, kept, CACHE_SECONDS)
    return kept


def _read(choice: AreaChoice, on: dt.date) -> tuple[RegisterReach, ...]:
    rules = registered_programmes()
    pairs = list(
        dict.fromkeys((each.programme, source.register) for each in rules for source in each.registers)
    )
    names = {each.programme: each.short_name for each in rules}
    rows = _sums(choice, on, pairs)
    return tuple(
        _register(choice, names[programme], programme, register, rows) for programme, register in pairs
    )


def _sums(choice: AreaChoice, on: dt.date, pairs: list[tuple[str, str]]) -> list[tuple[Any, ...]]:
    low, high = area_bounds(choice.unit.area_code)
    asked: dict[str, Any] = {
        "programmes": [programme for programme, _register in pairs],
        "registers": [register for _programme, register in pairs],
        "on": on,
        "low": low,
        "high": high,
        "digits": choice.prefix_length,
        "ended": [status.value for status in CaseStatus.ended()],
        "decided": [status.value for status in EntitlementStatus.after_decision()],
        "paid": EntitlementStatus.PAID.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, asked)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _register(
    choice: AreaChoice, name: str, programme: str, register: str, rows: Iterable[tuple[Any, ...]]
) -> RegisterReach:
    known, units = register_of(register), {unit.area_code: unit for unit in choice.units}
    mine = [row for row in rows if row[:2] == (programme, register)]
    order = {code: place for place, (code, _label) in enumerate(known.categories)}
    groups = sorted(
        (row for row in mine if row[2] is not None and row[3] in units),
        key=lambda row: (order.get(row[2], 99), row[3]),
    )
    totals: dict[str, Reach] = {}
    for row in mine:
        if row[2] is not None:
            totals[row[2]] = totals.get(row[2], Reach()) + Reach(*row[4:])
    return RegisterReach(
        programme=programme,
        programme_name=name,
        register=register,
        register_title=known.title,
        by_unit={row[3]: Reach(*row[4:]) for row in mine if row[2] is None},
        by_group=tuple(
            (known.category_name(code), totals[code])
            for code in sorted(totals, key=lambda code: order.get(code, 99))
        ),
        by_category=tuple(
            CategoryReach(known.category_name(row[2]), units[row[3]], Reach(*row[4:])) for row in groups
        ),
    )
