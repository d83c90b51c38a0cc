"""What the department set up of reports in the demo: the proposed schedules, made since three days, and a report of its own."""

import datetime as dt
from typing import Final

from accounts.models import User
from core import clock
from reports.definitions.own import OwnSpec
from reports.demo.acting import acting
from reports.queries.figures import Dimension
from reports.services.own_reports import make_own_report
from reports.services.scheduled_runs import make_due_reports, read_report
from reports.services.suggested_schedules import open_suggestions, take_suggestion

_OFFICER: Final = "so-a"
_LEADER: Final = "lanhdao"
_DAYS: Final = dt.timedelta(days=2)
_NOON: Final = dt.time(12, 0)
_OWN: Final = OwnSpec(
    code="",
    title="Đã chi theo tuần và chính sách",
    purpose="Mỗi tuần trong kỳ, từng chính sách chi bao nhiêu lượt, bao nhiêu tiền.",
    rows=(Dimension.WEEK, Dimension.PROGRAMME),
    measures=("paid_people_period", "paid_amount_period"),
    every="quarter",
)


def bring_schedules() -> str:
    """The schedules and what they made until today's noon; the leader has opened the oldest report. Gives in words how much."""
    today = clock.today()
    with acting(_OFFICER, today - _DAYS) as officer:
        schedules = [take_suggestion(suggestion=one, actor=officer) for one in open_suggestions()]
        make_own_report(spec=_OWN, actor=officer)
    made = make_due_reports(dt.datetime.combine(today, _NOON)).made
    leader = User.objects.get(username=_LEADER)
    with acting(_LEADER):
        oldest = schedules[0].runs.order_by("due_on").first() if schedules else None
        if oldest and oldest.run:
            read_report(oldest.run, actor=leader)
    return f"{len(schedules)} schedules with {made} reports"
