"""SIGKILL while the files of a list are written: taken up where it was, one report, the same rows in each file."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.enums import Role
from core import clock
from core.enums import JobState
from core.models import Job, StoredFile
from core.services.files import read_file
from reports.definitions import DEFINITIONS
from reports.definitions.base import Params
from reports.models import ReportRun
from reports.queries.areas import area_choice
from reports.services.kept import file_of_run
from reports.services.list_runs import start_list_run
from tests.factories.payments import payable_list
from tests.factories.people import user
from tests.faults.workers import dying_at_sync, happens, swept
from tests.infrastructure.programs import Worker, start_worker

pytestmark = pytest.mark.faults
PEOPLE = 30


@pytest.fixture
def doomed_worker(
    committed_db: None, session_environment: Mapping[str, str], tmp_path: Path
) -> Iterator[Worker]:
    """A worker that dies in the middle of the second file: the rows are kept, the workbook is not."""
    worker = start_worker(dying_at_sync(session_environment, 2), log_folder=tmp_path)
    yield worker
    worker.stop()


def test_killed_in_the_middle_of_the_workbook(doomed_worker: Worker, launch_worker: Any) -> None:
    payable_list(PEOPLE)
    leader = user(Role.LEADER, area="89")
    today = clock.today()
    choice = area_choice(leader, "", today)
    assert choice is not None
    params = Params(today.replace(month=1, day=1), today, choice, ("LD_TU_DO",))
    job = start_list_run(
        definition=DEFINITIONS["programme_list"], params=params, actor=leader, request_key="once"
    )
    happens(lambda: not doomed_worker.child.is_running())
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    assert set(job.result) >= {"rows_file", "shape"}
    rows = StoredFile.objects.get(pk=job.result["rows_file"])
    assert ReportRun.objects.count() == 0
    launch_worker()
    assert swept(job.pk).state == JobState.DONE
    again = start_list_run(
        definition=DEFINITIONS["programme_list"], params=params, actor=leader, request_key="once"
    )
    assert again.pk == job.pk
    run = ReportRun.objects.get()
    assert run.rows_file == rows
    assert run.row_count == PEOPLE
    assert run.xlsx is not None
    response: Any = file_of_run(run, "csv")
    lines = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))[1:]
    sheet: Any = load_workbook(io.BytesIO(read_file(run.xlsx))).active
    start = next(row[0].row for row in sheet.iter_rows() if row[0].value == "(1)") + 1
    names = [sheet.cell(start + place, 2).value for place in range(PEOPLE)]
    assert names == [line[1] for line in lines]
    assert Job.objects.get(pk=job.pk).result == {"report": run.reference}
