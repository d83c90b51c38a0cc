"""The figures that criteria are scored by: of each unit how many of how many; what the engine of figures knows comes from it."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr
from django.urls import reverse

from accounts.enums import DISTRICT_DIGITS
from core.querysets import area_filter
from core.workflow import Actor
from disbursements.enums import InstructionStatus
from disbursements.models import PaymentInstruction
from reports.enums.emulation import FigureCode, ParticipantGroup
from reports.models import Criterion
from reports.queries.areas import AreaChoice, area_choice
from reports.queries.coverage import coverage
from reports.queries.figures import Dimension, Fact, FigureQuery, What, measure, read_figures
from support_programs.enums import GrievanceKind, GrievanceStatus, ListStatus, Step
from support_programs.models import CaseList, Grievance
from support_programs.queries.late_work import late_lists
from support_programs.queries.programmes import definition_of

# how many of how many, by the area code of the unit
Shares = dict[str, tuple[int, int]]
Period = tuple[dt.date, dt.date]
Reader = Callable[[Actor, AreaChoice, Period, Criterion], Shares]


def shares_of(criterion: Criterion, group: str, areas: Iterable[str], period: Period, actor: Actor) -> Shares:
    """The figure of a criterion for the units of a group that take part; a unit without any row is (0, 0).

    One or a few statements for all districts; of communes as many for each district that has one among `areas`.
    """
    wanted = set(areas)
    found: Shares = {}
    for choice in _choices(group, wanted, period[1], actor):
        found |= READERS[criterion.figure](actor, choice, period, criterion)
    return {area: found.get(area, (0, 0)) for area in wanted}


def _choices(group: str, areas: set[str], on: dt.date, actor: Actor) -> list[AreaChoice]:
    if group == ParticipantGroup.DISTRICT:
        above = [actor.area_code] if areas else []
    else:
        above = sorted({area[:DISTRICT_DIGITS] for area in areas})
    found = [area_choice(actor, code, on) for code in above]
    return [choice for choice in found if choice is not None]


def _paid_share(actor: Actor, choice: AreaChoice, period: Period, _criterion: Criterion) -> Shares:
    paid, approved = measure(Fact.PAID, What.PEOPLE), measure(Fact.APPROVED, What.PEOPLE)
    figures = read_figures(actor, FigureQuery(choice, *period, (paid, approved), (Dimension.UNIT,)))
    return {
        unit.area_code: (figures.of(paid, unit.area_code), figures.of(approved, unit.area_code))
        for unit in choice.units
    }


def _paid_in_time(actor: Actor, choice: AreaChoice, period: Period, criterion: Criterion) -> Shares:
    """Of the payments of the period those made within so many calendar days after the dossier came in."""
    limit = dt.timedelta(days=criterion.within_days or 0)
    rows = PaymentInstruction.objects.visible_to(actor).filter(
        area_filter(choice.unit.area_code), status=InstructionStatus.PAID, resulted_on__range=period
    )
    in_time = Q(resulted_on__lte=F("entitlement__case__received_on") + limit)
    return _counted(rows, choice, in_time)


def _coverage(actor: Actor, choice: AreaChoice, period: Period, _criterion: Criterion) -> Shares:
    """Over all registers that a programme reads: how many of whom they name have an approved claim."""
    sums: Shares = {}
    for register in coverage(actor, choice, period[1]):
        for area, reach in register.by_unit.items():
            part, whole = sums.get(area, (0, 0))
            sums[area] = part + reach.approved, whole + reach.named
    return sums


def _late(actor: Actor, choice: AreaChoice, period: Period, _criterion: Criterion) -> Shares:
    late = Counter(_unit_of(late_lists(actor, choice.unit.area_code, period[1]), choice))
    drawn_up = Counter(_unit_of(_lists(actor, choice, period[1]), choice))
    return {area: (late[area], count) for area, count in drawn_up.items()}


def _posted(actor: Actor, choice: AreaChoice, period: Period, _criterion: Criterion) -> Shares:
    """Of the lists that left their drawing-up and whose programme posts lists: those that were posted."""
    rows = _lists(actor, choice, period[1]).exclude(status=ListStatus.DRAFT)
    versions = rows.order_by().values_list("version_used_id", flat=True).distinct()
    posting = [version for version in versions if definition_of(version).has_step(Step.POSTING)]
    return _counted(rows.filter(version_used__in=posting), choice, Q(posting_from__isnull=False))


def _complaints(actor: Actor, choice: AreaChoice, period: Period, _criterion: Criterion) -> Shares:
    """Of the complaints and reports whose answer was due in the period: those answered by their day."""
    rows = (
        Grievance.objects.visible_to(actor)
        .filter(area_filter(choice.unit.area_code), due_on__range=period)
        .exclude(kind=GrievanceKind.DENUNCIATION)
        .exclude(status__in=[GrievanceStatus.DECLINED, GrievanceStatus.WITHDRAWN])
    )
    return _counted(rows, choice, Q(answered_on__lte=F("due_on")))


def _lists(actor: Actor, choice: AreaChoice, on: dt.date) -> QuerySet[CaseList]:
    rows: QuerySet[CaseList] = CaseList.objects.visible_to(actor).filter(
        area_filter(choice.unit.area_code), list_date__lte=on
    )
    return rows


def _unit_of(rows: QuerySet[CaseList], choice: AreaChoice) -> Iterable[str]:
    unit = Substr("area_code", 1, choice.prefix_length)
    return rows.order_by().annotate(unit=unit).values_list("unit", flat=True)


def _counted(
    rows: "QuerySet[PaymentInstruction] | QuerySet[CaseList] | QuerySet[Grievance]",
    choice: AreaChoice,
    part: Q,
) -> Shares:
    unit = Substr("area_code", 1, choice.prefix_length)
    grouped = rows.order_by().annotate(unit=unit).values("unit")
    counted = grouped.annotate(part=Count("pk", filter=part), whole=Count("pk"))
    return {row["unit"]: (row["part"], row["whole"]) for row in counted}


READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        FigureCode.PAID_SHARE: _paid_share,
        FigureCode.PAID_IN_TIME: _paid_in_time,
        FigureCode.COVERAGE: _coverage,
        FigureCode.LATE_LISTS: _late,
        FigureCode.POSTED: _posted,
        FigureCode.COMPLAINTS_IN_TIME: _complaints,
    }
)


def list_behind(figure: str, area_code: str, period: Period) -> str:
    """The address of the page with the rows behind a figure, as near as there is one."""
    first, last = (day.strftime("%d/%m/%Y") for day in period)
    if figure == FigureCode.LATE_LISTS:
        return f"{reverse('support_programs:list_list')}?{urlencode({'area': area_code, 'late': 1})}"
    if figure == FigureCode.POSTED:
        return f"{reverse('support_programs:list_list')}?{urlencode({'area': area_code})}"
    if figure == FigureCode.COMPLAINTS_IN_TIME:
        return f"/grievances/?{urlencode({'area': area_code})}"
    return f"{reverse('reports:overview')}?{urlencode({'area': area_code, 'first': first, 'last': last})}"
