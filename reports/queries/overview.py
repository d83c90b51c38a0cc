"""What the overview shows beside the progress: late lists, money that came back, payments by week."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Substr, TruncWeek

from accounts.enums import AreaLevel
from core import clock
from core.querysets import Viewer
from disbursements.enums import InstructionStatus
from disbursements.models import PaymentInstruction
from reports.queries.areas import AreaChoice, level_of
from reports.queries.progress import (
    PROGRAMME,
    Measure,
    Progress,
    UnitProgress,
    paid_postings,
    progress_by_unit,
)
from support_programs.models import CaseList

CACHE_SECONDS: Final = 5
BEGINNING: Final = dt.date(2021, 8, 6)
WEEKS_SHOWN: Final = 8
LATE_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class LateList:
    """A list that lies at a step beyond its due day."""

    reference: str
    area_code: str
    title: str
    step: str
    due_on: dt.date
    people: int


@dataclass(frozen=True, slots=True)
class Week:
    """What was paid in the week that starts on a Monday."""

    monday: dt.date
    paid: Measure


@dataclass(frozen=True, slots=True)
class Overview:
    """All figures of the overview, read together."""

    units: tuple[UnitProgress, ...]
    late_by_unit: dict[str, int]
    returned_by_unit: dict[str, Measure]
    late_lists: tuple[LateList, ...]
    weeks: tuple[Week, ...]
    read_at: dt.datetime

    @property
    def total(self) -> Progress:
        return sum((row.total for row in self.units), Progress())

    @property
    def late(self) -> int:
        return sum(self.late_by_unit.values())

    @property
    def returned(self) -> Measure:
        return sum(self.returned_by_unit.values(), Measure())


def overview(viewer: Viewer, choice: AreaChoice, first: dt.date, last: dt.date) -> Overview:
    """The figures of an area; those of the whole province are kept for some seconds, as everybody there asks for the same."""
    if level_of(choice.unit.area_code) != AreaLevel.PROVINCE or not viewer.sees_records:
        return _read(viewer, choice, first, last)
    key = f"overview:{choice.unit.area_code}:{first}:{last}:{clock.today()}"
    kept: Overview | None = cache.get(key)
    if kept is None:
        kept = _read(viewer, choice, first, last)
        cache.set(key, kept, CACHE_SECONDS)
    return kept


def late_lists(viewer: Viewer, area_code: str, on: dt.date) -> QuerySet[CaseList]:
    """Lists whose running step is beyond its due day."""
    shown: QuerySet[CaseList] = CaseList.objects.visible_to(viewer).in_area(area_code)
    return shown.filter(programme=PROGRAMME, due_on__lt=on)


def returned_instructions(viewer: Viewer, area_code: str) -> QuerySet[PaymentInstruction]:
    """Payments that came back or failed and that no later attempt has taken up; of several attempts the last."""
    unpaid = InstructionStatus.final_without_payment()
    later = PaymentInstruction.objects.filter(
        Q(status__in=InstructionStatus.live()) | Q(status__in=unpaid, attempt__gt=OuterRef("attempt")),
        entitlement=OuterRef("entitlement"),
    )
    shown: QuerySet[PaymentInstruction] = PaymentInstruction.objects.visible_to(viewer).in_area(area_code)
    return shown.filter(~Exists(later), batch__programme=PROGRAMME, status__in=unpaid)


def _read(viewer: Viewer, choice: AreaChoice, first: dt.date, last: dt.date) -> Overview:
    area_code, today = choice.unit.area_code, clock.today()
    unit = Substr("area_code", 1, choice.prefix_length)
    late = late_lists(viewer, area_code, today)
    returned = returned_instructions(viewer, area_code)
    return Overview(
        units=progress_by_unit(viewer, choice, first, last),
        late_by_unit=dict(Counter(late.annotate(unit=unit).values_list("unit", flat=True))),
        returned_by_unit={
            row["unit"]: Measure(row["people"], row["total"])
            for row in returned.annotate(unit=unit)
            .values("unit")
            .annotate(people=Count("entitlement", distinct=True), total=Sum("amount"))
        },
        late_lists=tuple(
            LateList(
                row.reference,
                row.area_code,
                row.title,
                row.get_current_step_display(),
                row.due_on,
                row.people,
            )
            for row in late.annotate(people=Count("cases")).order_by("due_on", "pk")[:LATE_SHOWN]
            if row.due_on
        ),
        weeks=_weeks(viewer, area_code, last),
        read_at=clock.now(),
    )


def _weeks(viewer: Viewer, area_code: str, last: dt.date) -> tuple[Week, ...]:
    monday = last - dt.timedelta(days=last.weekday())
    start = monday - dt.timedelta(weeks=WEEKS_SHOWN - 1)
    rows = (
        paid_postings(viewer, area_code)
        .filter(business_date__gte=start, business_date__lte=last)
        .annotate(week=TruncWeek("business_date"))
        .values("week")
        .annotate(heads=Sum("people"), dong=Sum("amount"))
    )
    found = {row["week"]: Measure(row["heads"], row["dong"]) for row in rows}
    mondays = (start + dt.timedelta(weeks=turn) for turn in range(WEEKS_SHOWN))
    return tuple(Week(day, found.get(day, Measure())) for day in mondays)
