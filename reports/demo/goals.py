"""The sector's targets of the demo: a plan of the year, figures of July and August, some approved, one sent back, some missing.

Plan and figures are invented, and the paper's number says so.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Final

from django.db.models import QuerySet

from accounts.demo import PHU_TAN, PROVINCE
from accounts.models import AdministrativeUnit, User
from reports.demo.acting import acting
from reports.enums.targets import TargetPeriod, TargetStatus
from reports.models import TargetEntry
from reports.services.targets_entry import FigureCell, PeriodOf, save_figures, submit_figures
from reports.services.targets_plan import PlanPaper, save_target_plan
from reports.services.targets_review import approve_figures, send_back_figures

_YEAR: Final = 2021
_PAPER: Final = PlanPaper("DEMO-30/KH-SLĐTBXH", dt.date(2021, 7, 5))
_PLANNED, _TODAY = dt.date(2021, 7, 6), dt.date(2021, 9, 27)
# by month: the day on which districts hand in, and how many of them have
_MONTHS: Final = ((7, dt.date(2021, 8, 6), 11), (8, dt.date(2021, 9, 8), 9))
# what one district is given for the year, at least and at most
_PLAN: Final = {"jobs_created": (900, 2400), "workers_abroad": (10, 60)}
_SENT_BACK: Final = "Số việc làm mới khác báo cáo của Trung tâm Dịch vụ việc làm. Hãy đối chiếu lại."


def bring_goals(seed: int) -> str:
    """All of it; gives in words how much."""
    random = Random(seed + 30)
    with acting("so-a", _PLANNED) as actor:
        units = AdministrativeUnit.objects.valid_on(_PLANNED).within(PROVINCE).filter(level=2)
        districts = list(units.order_by("area_code").values_list("area_code", flat=True))
        cells = {
            (code, area): Decimal(random.randrange(least, most, 10))
            for code, (least, most) in _PLAN.items()
            for area in districts
        }
        planned = save_target_plan(actor=actor, year=_YEAR, cells=cells, paper=_PAPER)
    # who hands in late is never the district that the demo is shown from
    order = sorted(districts, key=lambda area: (area != PHU_TAN, area))
    for month, day, reporting in _MONTHS:
        for area in order[:reporting]:
            _report(area, month, day, cells, random)
    _send_one_back()
    with acting("so-a", _TODAY):
        reported = TargetEntry.objects.count()
    return f"{planned} planned targets, {reported} reported figures"


def _report(
    area: str, month: int, day: dt.date, plan: Mapping[tuple[str, str], Decimal], random: Random
) -> None:
    """An officer types and hands in; July is approved by the district's head, August of half of them."""
    period = PeriodOf(TargetPeriod.MONTH, _YEAR, month)
    figures = {
        code: FigureCell(Decimal(int(plan[code, area] * random.randint(5, 10) / 100))) for code in _PLAN
    }
    with acting(_of(area, "cv"), day) as officer:
        save_figures(actor=officer, period=period, cells=figures)
        submit_figures(actor=officer, period=period)
    if month == _MONTHS[0][0] or random.random() < 0.5:
        with acting(_of(area, "ld"), day) as head:
            approve_figures(actor=head, rows=_waiting(area))


def _waiting(area: str) -> QuerySet[TargetEntry]:
    return TargetEntry.objects.filter(area_code=area, status=TargetStatus.SUBMITTED)


def _send_one_back() -> None:
    """One that waits comes back to its officer with the reason."""
    with acting("so-a", _TODAY):
        waiting = TargetEntry.objects.filter(status=TargetStatus.SUBMITTED, indicator__code="jobs_created")
        found = waiting.order_by("area_code").values_list("area_code", flat=True).first()
    if found is not None:
        with acting(_of(found, "ld"), _TODAY) as head:
            rows = _waiting(found).filter(indicator__code="jobs_created")
            send_back_figures(actor=head, rows=rows, reason=_SENT_BACK)


def _of(area: str, kind: str) -> str:
    """The name at sign-in of a district's first officer or head."""
    return str(
        User.objects.filter(area_code=area, username__startswith=kind)
        .order_by("username")
        .values_list("username", flat=True)
        .first()
    )
