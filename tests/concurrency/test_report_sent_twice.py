"""«Phát hành» pressed twice: both presses get the one report."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from accounts.enums import Role
from core import clock
from core.models import Event, Job
from reports.definitions import DEFINITIONS
from reports.definitions.base import Params
from reports.models import ReportRun
from reports.queries.areas import area_choice
from reports.services.list_runs import issue
from tests.factories.people import user

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_db")]
PRESSES = 3


@pytest.mark.parametrize(("code", "programmes"), [("poverty", ()), ("programme_list", ("LD_TU_DO",))])
def test_pressed_at_once(code: str, programmes: tuple[str, ...]) -> None:
    leader, today = user(Role.LEADER, area="89"), clock.today()
    choice = area_choice(leader, "", today)
    assert choice is not None
    params = Params(today.replace(day=1), today, choice, programmes)
    barrier = Barrier(PRESSES)

    def press(_number: int) -> str:
        barrier.wait(timeout=30)
        try:
            made = issue(definition=DEFINITIONS[code], params=params, actor=leader, request_key="pressed")
            return str(made.reference)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PRESSES) as pool:
        references = set(pool.map(press, range(PRESSES)))
    assert len(references) == 1
    assert ReportRun.objects.count() + Job.objects.count() == 1
    assert Event.objects.filter(action__in=["report.made", "job.started"]).count() == 1
