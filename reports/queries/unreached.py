"""Nobody left behind, as figures: people of the registers who qualify or may and have no case, and what communes found."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from core.querysets import Viewer, area_filter
from support_programs.enums import CaseStatus, OutreachState, Result
from support_programs.models import Case, Outreach
from support_programs.queries.left_behind import programmes_of_people
from support_programs.queries.qualifying import judged_sql
from support_programs.rules.definition import Definition

_BY_UNIT: Final = """
SELECT left(area_code, %(width)s), count(*) FILTER (WHERE result = %(eligible)s AND NOT has_case),
       count(*) FILTER (WHERE result = %(open)s AND NOT has_case), count(*) FILTER (WHERE has_case)
  FROM judged WHERE is_registered GROUP BY 1
"""


@dataclass(slots=True)
class Unreached:
    """Of one unit; the first three are people of registers today, the rest those handed to communes in a period.

    `opened`: of those handed over, who has a claim of the programme that was not refused or withdrawn.
    """

    eligible: int = 0
    undetermined: int = 0
    with_case: int = 0
    handed: int = 0
    waiting: int = 0
    invited: int = 0
    declined: int = 0
    not_entitled: int = 0
    moved: int = 0
    opened: int = 0


Found = dict[str, Unreached]


def programmes_with_registers() -> list[Definition]:
    """The programmes of which a register tells who may be entitled; of others nobody can be missed by a register."""
    return [definition for definition in programmes_of_people() if definition.registers]


def unreached(
    viewer: Viewer, area_code: str, width: int, first: dt.date, last: dt.date, programme: str
) -> Found:
    """By unit: people as the registers stand on the last day, and those handed over in the period; two statements.

    Nothing for who reads no records, and for a programme that reads no register; the area must lie within the viewer's.
    """
    found: Found = defaultdict(Unreached)
    if not viewer.sees_records or not area_code.startswith(viewer.area_code):
        return {}
    for definition in programmes_with_registers():
        if definition.programme == programme:
            _add_people(found, definition, area_code, width, last)
    handed: QuerySet[Any] = Outreach.objects.visible_to(viewer).filter(
        area_filter(area_code), programme=programme, handed_on__gte=first, handed_on__lte=last
    )
    _add_outreach(found, handed, width)
    return dict(found)


def _add_people(found: Found, definition: Definition, area_code: str, width: int, on: dt.date) -> None:
    judged, asked = judged_sql(definition, on=on, area_code=area_code)
    asked |= {"width": width, "eligible": Result.ELIGIBLE.value, "open": Result.UNDETERMINED.value}
    with connection.cursor() as cursor:
        cursor.execute(judged + _BY_UNIT, asked)
        for unit, eligible, undetermined, with_case in cursor.fetchall():
            line = found[unit]
            line.eligible, line.undetermined, line.with_case = eligible, undetermined, with_case


def _add_outreach(found: Found, handed: QuerySet[Any], width: int) -> None:
    live = Case.objects.filter(programme=OuterRef("programme"), person=OuterRef("person")).exclude(
        status__in=CaseStatus.ended()
    )
    counts = {state.value: Count("pk", filter=Q(state=state)) for state in OutreachState}
    grouped: Iterable[Any] = (
        handed.order_by()
        .annotate(of_unit=Substr("area_code", 1, width), has_case=Exists(live))
        .values("of_unit")
        .annotate(handed=Count("pk"), opened=Count("pk", filter=Q(has_case=True)), **counts)
    )
    for row in grouped:
        line = found[row["of_unit"]]
        for name in ("handed", "opened", *counts):
            setattr(line, name, row[name])
