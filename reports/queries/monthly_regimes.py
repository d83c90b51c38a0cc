"""Monthly regimes: whom the register names in a month, who is entitled for it, who was paid.

A human counts once, with everybody joined to them: in the area of their own entry, in the first group of the register (in the
order of the law) that they are in. An entry counts that holds on any day of the month.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from accounts.queries import area_names
from beneficiaries.enums import RegisterCode
from beneficiaries.registers import register_of
from core.fence import area_bounds
from core.querysets import Viewer
from core.wording import Text
from reports.queries.areas import AreaChoice
from support_programs.enums import EntitlementStatus

REGISTERS: Final = {"BTXH_THANG": RegisterCode.SOCIAL_PROTECTION, "NCC_THANG": RegisterCode.MERIT}
# people who are entitled and whom the register doesn't name
UNNAMED: Final = ""
_SUMS: Final = """
WITH named AS MATERIALIZED (
  SELECT DISTINCT ON (root.id) root.id AS root, root.area_code, s.category
    FROM beneficiaries_status s JOIN beneficiaries_person p ON p.id = s.person_id
    JOIN beneficiaries_person root ON root.id = COALESCE(p.joined_to_id, p.id)
   WHERE NOT s.is_replaced AND s.register = %(register)s
     AND s.valid_from <= %(last)s AND (s.valid_to IS NULL OR s.valid_to >= %(first)s)
     AND root.area_code >= %(low)s AND root.area_code < %(high)s
   ORDER BY root.id, array_position(%(categories)s::text[], s.category::text), s.id
), owed AS MATERIALIZED (
  SELECT e.claimant_id AS root, min(e.area_code) AS area_code, sum(e.amount)::bigint AS amount,
         bool_or(e.status = %(paid)s) AS is_paid,
         COALESCE(sum(e.amount) FILTER (WHERE e.status = %(paid)s), 0)::bigint AS paid_amount
    FROM support_programs_entitlement e
   WHERE e.programme_id = %(programme)s AND e.period = %(month)s AND e.status = ANY(%(decided)s) AND e.claimant_id IS NOT NULL
     AND e.area_code >= %(low)s AND e.area_code < %(high)s
   GROUP BY 1
)
SELECT left(COALESCE(named.area_code, owed.area_code), %(digits)s) AS unit, COALESCE(named.category, '') AS category,
       count(named.root), count(owed.root), COALESCE(sum(owed.amount), 0)::bigint,
       count(*) FILTER (WHERE owed.is_paid), COALESCE(sum(owed.paid_amount), 0)::bigint,
       count(*) FILTER (WHERE owed.is_paid AND named.root IS NOT NULL)
  FROM named FULL JOIN owed ON owed.root = named.root
 GROUP BY 1, 2 ORDER BY 1, array_position(%(categories)s::text[], COALESCE(named.category, '')::text)
"""


@dataclass(frozen=True, slots=True)
class MonthSum:
    """One group in one unit. `paid_named` are people of the register who were paid: the share of the 100 % target."""

    area_code: str
    unit: str
    category: str
    group: Text
    named: int
    entitled: int
    entitled_amount: int
    paid: int
    paid_amount: int
    paid_named: int


def month_sums(viewer: Viewer, choice: AreaChoice, programme: str, month: dt.date) -> list[MonthSum]:
    """By unit and group, those without an entry last; `month` is any day of it. Nothing for who sees no records. Two queries."""
    if not viewer.sees_records:
        return []
    register = register_of(REGISTERS[programme])
    low, high = area_bounds(choice.unit.area_code)
    first, last = month_bounds(month)
    asked: dict[str, Any] = {
        "register": register.code.value,
        "categories": [code for code, _label in register.categories],
        "programme": programme,
        "month": f"{month:%Y-%m}",
        "first": first,
        "last": last,
        "low": low,
        "high": high,
        "digits": choice.prefix_length,
        "decided": [status.value for status in EntitlementStatus.after_decision()],
        "paid": EntitlementStatus.PAID.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, asked)
        rows: list[Any] = cursor.fetchall()
    names = area_names({row[0] for row in rows})
    return [MonthSum(row[0], names[row[0]], row[1], register.category_name(row[1]), *row[2:]) for row in rows]


def month_bounds(day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of the month of a day."""
    first = day.replace(day=1)
    return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
