"""Who reports and approves targets in the tests, and figures in any state."""

import datetime as dt
from decimal import Decimal

from accounts.enums import Role
from accounts.models import User
from reports.models import TargetEntry
from reports.services.targets_entry import FigureCell, PeriodOf, save_figures, submit_figures
from reports.services.targets_plan import PlanPaper, save_target_plan
from reports.services.targets_review import approve_figures
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, user

AUGUST = PeriodOf("month", 2021, 8)
JULY = PeriodOf("month", 2021, 7)
PAPER = PlanPaper("30/NQ-HĐND", dt.date(2021, 7, 12))
JOBS = "jobs_created"


def officer(area: str = DISTRICT) -> User:
    return user(Role.DISTRICT_OFFICER, area=area)


def head(area: str = DISTRICT) -> User:
    return user(Role.DISTRICT_HEAD, area=area)


def outsider() -> User:
    return user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)


def submitted(actor: User, value: int, period: PeriodOf = AUGUST, code: str = JOBS) -> TargetEntry:
    """A figure that waits for its approver."""
    (row,) = save_figures(actor=actor, period=period, cells={code: FigureCell(Decimal(value))})
    submit_figures(actor=actor, period=period)
    row.refresh_from_db()
    return row


def approved(actor: User, value: int, period: PeriodOf = AUGUST, code: str = JOBS) -> TargetEntry:
    """A figure that counts."""
    row = submitted(actor, value, period, code)
    approve_figures(actor=head(actor.area_code), rows=TargetEntry.objects.filter(pk=row.pk))
    row.refresh_from_db()
    return row


def planned(value: int, *, area: str, code: str = JOBS, year: int = 2021) -> None:
    """A plan of one unit."""
    planner = user(Role.PROVINCIAL_REVIEWER)
    save_target_plan(actor=planner, year=year, cells={(code, area): Decimal(value)}, paper=PAPER)
