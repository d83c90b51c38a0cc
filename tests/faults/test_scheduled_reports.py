"""Reports that come by themselves: a worker killed in the middle of a file, and several rounds at once; each report once."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from celery import signature

from accounts.enums import Role
from core import clock
from core.models import Event
from core.services.files import read_file
from reports.models import ReportRun, ScheduledDelivery, ScheduledRun
from reports.services.schedules import SchedulePlan, set_up_schedule
from tests.factories.people import user
from tests.faults.workers import dying_at_sync, half_written, happens
from tests.infrastructure.programs import Worker, start_worker

pytestmark = pytest.mark.faults
DAYS = 4


@pytest.fixture
def doomed_worker(
    committed_db: None, session_environment: Mapping[str, str], tmp_path: Path
) -> Iterator[Worker]:
    """It dies, with its pool, in the middle of the second file of the second report."""
    worker = start_worker(dying_at_sync(session_environment, 4), log_folder=tmp_path)
    yield worker
    worker.stop()


def test_killed_in_the_middle_of_the_second_report_then_three_rounds_at_once(
    doomed_worker: Worker, launch_worker: Callable[..., Worker]
) -> None:
    before = half_written()
    officer, leader = user(Role.PROVINCIAL_REVIEWER), user(Role.LEADER)
    plan = SchedulePlan(
        definition="free_workers",
        area_code="89",
        every="day",
        at_time=dt.time(0, 0),
        recipients=(leader.pk,),
        counts_from=clock.today() - dt.timedelta(days=DAYS - 1),
    )
    schedule = set_up_schedule(plan=plan, actor=officer)
    signature("reports.make_due_reports").apply_async()
    happens(lambda: not doomed_worker.child.is_running())
    # the first report is whole, of the second there is half a file that nothing points to
    assert ScheduledRun.objects.count() == ReportRun.objects.count() == ScheduledDelivery.objects.count() == 1
    assert len(half_written() - before) == 1

    for worker in (launch_worker(), launch_worker()):
        assert worker.child.is_running()
    for _round in range(3):
        signature("reports.make_due_reports").apply_async()
    happens(lambda: ScheduledRun.objects.filter(run__isnull=False).count() == DAYS)
    signature("reports.make_due_reports").apply_async()

    made = list(ScheduledRun.objects.order_by("pk").select_related("run__xlsx"))
    assert [one.due_on for one in made] == sorted({one.due_on for one in made})
    assert ReportRun.objects.count() == ScheduledDelivery.objects.filter(user=leader).count() == DAYS
    assert Event.objects.filter(action="schedule.made", object_id=schedule.pk).count() == DAYS
    for one in made:
        assert one.run is not None
        assert one.run.xlsx is not None
        assert read_file(one.run.xlsx).startswith(b"PK")
