"""Payments of which nobody knows what became of them: in doubt until somebody records the bank's answer (F17)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.queries import area_name
from core.queries.calendar import working_calendar
from core.querysets import Viewer
from disbursements.enums import InstructionStatus
from disbursements.models import PaymentInstruction


@dataclass(frozen=True, slots=True)
class UnknownRow:
    """One line in doubt; `age` in working days since the day from which nobody knew."""

    line: PaymentInstruction
    area: str
    age: int


def unknown_lines(viewer: Viewer) -> QuerySet[PaymentInstruction]:
    """Lines in doubt of one's area, the oldest first."""
    seen: QuerySet[PaymentInstruction] = PaymentInstruction.objects.visible_to(viewer)
    return seen.filter(status=InstructionStatus.UNKNOWN).order_by("unknown_since", "pk")


def unknown_rows(lines: Iterable[PaymentInstruction], today: dt.date) -> list[UnknownRow]:
    """Rows of a page with their age."""
    calendar = working_calendar()
    return [
        UnknownRow(
            line,
            area_name(line.area_code),
            calendar.working_days_between(line.unknown_since, today) if line.unknown_since else 0,
        )
        for line in lines
    ]
