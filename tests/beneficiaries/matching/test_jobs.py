"""Searches that nobody waits for: after an import, at night, from a shell, and taken up again after a kill."""

import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.enums import Role
from beneficiaries import tasks
from beneficiaries.models import DuplicateCandidate, Person
from beneficiaries.services.duplicates import finding
from beneficiaries.services.duplicates.finding_jobs import changed_since, start_nightly_search, start_search
from core.models import Job
from core.services.jobs import run_job
from tests.beneficiaries.lists import brought, committed, use_profile, workbook
from tests.beneficiaries.lists import person as row
from tests.beneficiaries.matching.entered import entered
from tests.factories.people import OTHER_COMMUNE, user

pytestmark = pytest.mark.django_db


def searched(**options: object) -> dict[str, int]:
    out = io.StringIO()
    call_command("find_duplicates", stdout=out, **options)
    found: dict[str, int] = json.loads(out.getvalue())
    return found


def test_the_command_compares_everybody_or_who_changed_since_a_day() -> None:
    entered()
    entered(number="350123456")
    Person.objects.update(created_at=timezone.now(), updated_at=dt.datetime(2021, 9, 1, tzinfo=dt.UTC))
    assert searched(since="27/09/2021") == {"people": 0, "pairs": 0}
    assert searched(all=True) == {"people": 2, "pairs": 1}
    assert searched(all=True) == {"people": 2, "pairs": 0}
    with pytest.raises(CommandError, match="thiếu ngày"):
        searched(since="09/2021")


def test_a_correction_a_paper_or_an_account_is_a_change() -> None:
    corrected, with_paper, with_account, joined = (
        entered(),
        entered(number="1" * 9),
        entered(number=""),
        entered(name="Lê Út"),
    )
    moment = timezone.now() - dt.timedelta(minutes=1)
    Person.objects.update(updated_at=moment - dt.timedelta(days=30))
    assert changed_since(moment) == []
    Person.objects.filter(pk=corrected.pk).update(updated_at=timezone.now())
    with_paper.identity_documents.update(created_at=timezone.now())
    with_account.payout_accounts.update(created_at=timezone.now())
    Person.objects.filter(pk=joined.pk).update(updated_at=timezone.now(), joined_to=corrected)
    assert changed_since(moment) == [corrected.pk, with_paper.pk, with_account.pk]


def test_the_night_looks_at_who_changed_since_the_night_before() -> None:
    first, again = start_nightly_search(), start_nightly_search()
    assert first.pk == again.pk
    assert first.params == {"since": None}
    run_job(first.pk)
    Job.objects.filter(pk=first.pk).update(idempotency_key="duplicates:2021-09-26")
    second = start_nightly_search()
    started = Job.objects.get(pk=first.pk).started_at
    assert started is not None
    assert second.params == {"since": (started - dt.timedelta(hours=1)).isoformat()}


def test_a_search_that_was_killed_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in ("350123456", "350123465", "350123478"):
        entered(number=number)
    monkeypatch.setattr(finding, "CHUNK", 1)
    job = start_search(since=None, is_background=False)
    stale = timezone.now() - dt.timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(
        state="running", attempt=1, progress_done=2, progress_total=3, heartbeat_at=stale
    )
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.progress_done, job.result) == ("done", 3, {"people": 3, "pairs": 2})


def test_the_people_of_a_list_are_compared_once_it_is_in() -> None:
    use_profile()
    entered(area=OTHER_COMMUNE, name="Nguyễn Văn Ấn", birth_date=dt.date(1985, 3, 2), birth_year=1985)
    officer = user(Role.COMMUNE_OFFICER)
    in_list = committed(brought(workbook(row("Nguyễn Văn Ấn", "350123456")), officer), officer)
    assert tasks.find_duplicates_of_list(in_list.pk) == 1
    pair = DuplicateCandidate.objects.get()
    assert (pair.found_by, pair.second.area_code, pair.area_code) == ("import", officer.area_code, "89888")


def test_an_old_number_of_somebody_else_is_proof() -> None:
    """The list's old CMND belongs to an earlier entry: it was left to that one, and the row still says it."""
    use_profile()
    entered(
        number="350123456",
        name="Nguyễn Thị Ấn",
        birth_date=None,
        birth_year=1985,
        sex="",
        phone="",
        account="",
    )
    officer = user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE)
    header = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Số CMND cũ"]
    content = workbook(["Nguyễn Thị Ấn", "02/03/1985", "Nữ", "089185000111", "350123456"], header=header)
    in_list = committed(brought(content, officer, OTHER_COMMUNE), officer)
    assert tasks.find_duplicates_of_list(in_list.pk) == 1
    reasons = DuplicateCandidate.objects.get().reasons
    assert [reason["code"] for reason in reasons][:2] == ["SAME_NUMBER", "SAME_NAME"]
