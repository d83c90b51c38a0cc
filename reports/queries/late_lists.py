"""The lists that are late, as rows of a report."""

import datetime as dt

from django.db.models import QuerySet

from accounts.queries import area_names
from core.querysets import Viewer, area_filter
from core.spreadsheets.tables import Cell
from support_programs.models import CaseList
from support_programs.queries.late_work import late_list_rows


def late_list_lines(
    viewer: Viewer, area_code: str, on: dt.date, programmes: tuple[str, ...] = ()
) -> list[dict[str, Cell]]:
    """Lists whose running step was due before a day, the longest late first, each with the office that has it now."""
    seen: QuerySet[CaseList] = CaseList.objects.visible_to(viewer)
    lists = seen.filter(area_filter(area_code), due_on__lt=on)
    rows = late_list_rows(lists.filter(programme__in=programmes) if programmes else lists, on)
    names = area_names(row.holder for row in rows)
    return [
        {
            "reference": row.reference,
            "title": row.title,
            "place": row.place,
            "holder": names[row.holder],
            "step": row.step,
            "due_on": row.due_on,
            "days_late": row.days_late,
            "people": row.people,
        }
        for row in rows
    ]
