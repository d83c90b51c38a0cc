"""A worker killed in the middle of a check or of a commit, and started again, ends as one that was not killed."""

import datetime as dt
import time
from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.enums import Role
from beneficiaries.enums import ImportState, RowState
from beneficiaries.models import IdentityDocument, ImportRow, ListImport, Person
from beneficiaries.services.imports.commits import start_commit
from beneficiaries.services.imports.uploads import upload_list
from core.enums import JobState
from core.models import Job
from core.services.jobs import run_job, sweep_jobs
from support_programs.models import Case
from tests.factories.people import COMMUNE, user
from tests.infrastructure.programs import Worker

pytestmark = pytest.mark.faults
ROWS = 20_000


_WORDS = (
    "Anh Bình Chi Dung Giang Hà Hải Hoa Hùng Khánh Lan Linh Long Mai "
    "Minh Nam Nga Ngọc Oanh Phúc Quân Sơn Tâm Thu Tú Vân Xuân Yến"
)
WORDS = _WORDS.split()


def long_list() -> bytes:
    """Everybody has a name, a number and a birth date of their own."""
    lines = ["Họ và tên,Ngày sinh,Giới tính,Số CCCD,Công việc,Số tiền"]
    for n in range(ROWS):
        year, rest = 1960 + n % 30, n // 30
        given = f"{WORDS[rest % 28]} {WORDS[rest // 28 % 28]} {WORDS[rest // 784 % 28]}"
        lines.append(
            f"Nguyễn {given},{1 + n % 28:02d}/03/{year},Nam,0890{year % 100}{n + 1:06d},Phụ hồ,1500000"
        )
    return "\n".join(lines).encode()


def wait_until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def time_passes(job_id: int) -> None:
    """As if the killed worker had not been heard of for a while; the next sweep hands its job over."""
    Job.objects.filter(pk=job_id).update(heartbeat_at=timezone.now() - dt.timedelta(minutes=5))
    assert sweep_jobs() == 1


def is_finished(job_id: int) -> bool:
    return Job.objects.get(pk=job_id).state == JobState.DONE


def test_check_and_commit_survive_a_kill(launch_worker: Callable[..., Worker]) -> None:
    officer = user(Role.COMMUNE_OFFICER)
    worker = launch_worker()
    list_import = upload_list(
        content=long_list(), name="ds.csv", profile="LD_TU_DO", area_code=COMMUNE, actor=officer
    )
    wait_until(lambda: ImportRow.objects.filter(list_import=list_import).exists())
    worker.kill()
    staged = ImportRow.objects.filter(list_import=list_import).count()
    assert 0 < staged < ROWS, "killed in the middle"
    time_passes(list_import.job_id)
    worker = launch_worker()
    wait_until(lambda: is_finished(list_import.job_id))
    list_import.refresh_from_db()
    assert list_import.state == ImportState.CHECKED
    assert list_import.totals["rows"] == list_import.totals["ok"] == ROWS

    job = start_commit(list_import=list_import, actor=officer)
    wait_until(lambda: Job.objects.get(pk=job.pk).state == JobState.RUNNING)
    time.sleep(0.3)
    worker.kill()
    assert not Person.objects.exists(), "nothing half done"
    time_passes(job.pk)
    launch_worker()
    wait_until(lambda: is_finished(job.pk))
    assert Person.objects.count() == IdentityDocument.objects.count() == Case.objects.count() == ROWS
    assert ImportRow.objects.filter(list_import=list_import, state=RowState.COMMITTED).count() == ROWS
    run_job(job.pk)  # delivered once more: its work is found done
    assert Person.objects.count() == ROWS
    assert ListImport.objects.get().state == ImportState.COMMITTED
