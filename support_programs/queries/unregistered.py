"""The reverse of being left behind: live cases whose person no register names that the programme reads."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from accounts.queries import area_names
from beneficiaries.registers import Register, register_of
from core.fence import area_bounds
from support_programs.enums import CaseStatus
from support_programs.queries.left_behind import programmes_of_people
from support_programs.queries.register_entries import ENTRIES_OF, WHO_OF_CASES, registers_of
from support_programs.rules.definition import Definition

_ENTRIES: Final = ENTRIES_OF.format(who="who", more=" AND s.register = ANY(%(registers)s)")
_OPEN: Final = f"""
WITH live AS MATERIALIZED (
  SELECT c.id FROM support_programs_case c
   WHERE c.programme_id = %(programme)s AND c.area_code >= %(low)s AND c.area_code < %(high)s
     AND c.person_id IS NOT NULL AND c.status <> ALL(%(ended)s)
), {WHO_OF_CASES.format(cases="SELECT id FROM live")}, named AS MATERIALIZED (
  SELECT DISTINCT key FROM ({_ENTRIES}) AS entries
), unnamed AS MATERIALIZED (
  SELECT c.* FROM live JOIN support_programs_case c ON c.id = live.id
   WHERE NOT EXISTS (SELECT FROM named WHERE named.key = live.id)
)
"""
_ROWS: Final = f"""{_OPEN}
SELECT c.id, c.reference, c.applicant_name, c.birth_date, c.birth_year, c.number_last3, c.area_code, c.received_on, c.status,
       c.amount_proposed, p.reference, (SELECT count(*) FROM unnamed)
  FROM unnamed c JOIN beneficiaries_person p ON p.id = c.person_id
 ORDER BY c.name_sort, c.id LIMIT %(limit)s OFFSET %(offset)s
"""
_IDS: Final = f"{_OPEN} SELECT id FROM unnamed WHERE %(every)s OR reference = ANY(%(references)s) ORDER BY id"


@dataclass(frozen=True, slots=True)
class Unregistered:
    """A live case whose person is in none of the registers on the day of its receipt."""

    pk: int
    reference: str
    name: str
    birth: dt.date | int | None
    last3: str
    area_code: str
    area: str
    received_on: dt.date
    status: str
    amount: int
    person: str

    @property
    def status_label(self) -> str:
        return str(CaseStatus(self.status).label)


def unregistered_cases(
    definition: Definition, *, area_code: str, limit: int, offset: int = 0
) -> tuple[list[Unregistered], int]:
    """The cases of an area by name, and how many there are (0 beyond the last page). The caller has checked the area."""
    rows = _fetch(definition, area_code, _ROWS, {"limit": limit, "offset": offset})
    names = area_names({row[6] for row in rows})
    return [_case(row, names) for row in rows], rows[0][-1] if rows else 0


def unregistered_ids(
    definition: Definition, *, area_code: str, references: list[str], every: bool
) -> list[int]:
    """The ids of the named cases that still have no entry, or of all of the area."""
    found = _fetch(definition, area_code, _IDS, {"every": every, "references": references})
    return [row[0] for row in found]


def _fetch(
    definition: Definition, area_code: str, wanted: str, more: dict[str, Any]
) -> list[tuple[Any, ...]]:
    low, high = area_bounds(area_code)
    asked: dict[str, Any] = {
        "programme": definition.programme,
        "low": low,
        "high": high,
        "ended": [status.value for status in CaseStatus.ended()],
        "registers": list(registers_of([definition])),
    }
    with connection.cursor() as cursor:
        cursor.execute(wanted, {**asked, **more})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _case(row: tuple[Any, ...], names: dict[str, str]) -> Unregistered:
    pk, reference, name, born, year, last3, area_code, received_on, status, amount, person, _total = row
    return Unregistered(
        pk,
        reference,
        name,
        born or year,
        last3,
        area_code,
        names.get(area_code, area_code),
        received_on,
        status,
        amount,
        person,
    )


def registered_programmes() -> list[Definition]:
    """The rules of today of the programmes that read registers."""
    return [each for each in programmes_of_people() if each.registers]


def registers_read(definition: Definition) -> list[Register]:
    """The registers that tell a version something."""
    return [register_of(code) for code in registers_of([definition])]
