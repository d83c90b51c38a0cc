"""The schedule is data, nothing in it pretends to be law, and its command takes away what is over and nothing else."""

import datetime as dt
import io
import os
from pathlib import Path
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings as project
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone
from rest_framework.authtoken.models import Token

from accounts.enums import Role
from beneficiaries.models import ImportRow, ListImport, Person
from beneficiaries.services.imports.marked import marked_workbook
from beneficiaries.services.imports.refusals import ImportRefused
from beneficiaries.services.imports.uploads import cancel_import, upload_list
from core.models import Event, StoredFile
from core.services import retention
from core.services.files import read_file
from core.services.jobs import run_job
from core.tasks import report_retention
from disbursements.models import PaymentInstruction
from support_programs.models import Case, Entitlement
from tests.factories.people import OTHER_COMMUNE, user
from tests.security.story import whole_story, workbook

pytestmark = pytest.mark.django_db


def command(*options: str) -> str:
    out = io.StringIO()
    call_command("apply_retention", *options, stdout=out)
    return out.getvalue()


def aged(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


@pytest.fixture
def given_up() -> ListImport:
    """A list of another commune, checked and cancelled 31 days ago."""
    officer = user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE)
    made = upload_list(
        content=workbook(),
        name="huy.xlsx",
        profile="LD_TU_DO",
        area_code=OTHER_COMMUNE,
        actor=officer,
        stream="VE_SO",
        is_background=False,
    )
    run_job(made.job_id)
    made.refresh_from_db()
    cancel_import(list_import=made, actor=officer)
    ListImport.objects.filter(pk=made.pk).update(created_at=aged(31))
    made.refresh_from_db()
    return made


def kept() -> dict[str, int]:
    models = (Person, Case, Entitlement, PaymentInstruction, StoredFile, ListImport)
    return {model.__name__: model.objects.count() for model in models}


def test_no_entry_claims_a_law_that_nobody_read() -> None:
    entries = retention.schedule()
    assert {entry.code for entry in entries if entry.action == "keep"} >= {
        "people",
        "cases_and_payments",
        "audit",
    }
    assert [entry.code for entry in entries if entry.verified or entry.basis] == []
    assert all("cần xác minh" in retention.said(retention.Outcome(entry, None, 0)) for entry in entries)


def test_a_list_that_was_given_up_goes_and_its_record_stays(given_up: ListImport) -> None:
    assert ImportRow.objects.filter(list_import=given_up).count() == 5
    before = kept()
    told = command("--dry-run")
    assert "cancelled_rows: 5." in told
    assert "cancelled_files: 1." in told
    assert "6 mục sẽ được xóa" in told
    assert ImportRow.objects.filter(list_import=given_up).count() == 5
    assert not Event.objects.filter(action="retention.applied").exists()
    assert "6 mục đã xóa" in command()
    assert not ImportRow.objects.filter(list_import=given_up).exists()
    assert not (project.STORAGE_DIR / given_up.file.path).exists()
    assert kept() == before
    event = Event.objects.get(action="retention.applied")
    assert event.change == {"removed": 6, "by_code": {"cancelled_rows": 5, "cancelled_files": 1}}
    with pytest.raises(ImportRefused, match="đã được xóa khi hết hạn lưu"):
        marked_workbook(list_import=given_up, actor=user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE))
    assert "0 mục đã xóa" in command()


def test_a_fresh_one_stays(given_up: ListImport) -> None:
    ListImport.objects.filter(pk=given_up.pk).update(created_at=aged(29))
    assert "0 mục đã xóa" in command()
    assert read_file(given_up.file)


def test_of_a_list_that_went_in_only_what_nobody_took_in_goes() -> None:
    story = whole_story()
    before, rows = kept(), story.list_import.rows
    assert sorted(rows.values_list("state", flat=True)) == [*["committed"] * 4, "staged"]
    ListImport.objects.filter(pk=story.list_import.pk).update(committed_at=aged(181), created_at=aged(181))
    assert "1 mục đã xóa" in command()
    assert list(rows.values_list("state", flat=True)) == ["committed"] * 4
    assert kept() == before
    assert read_file(story.list_import.file)


def test_sessions_attempts_and_tokens() -> None:
    live, dead = SessionStore(), SessionStore()
    live.create()
    dead.create()
    Session.objects.filter(session_key=dead.session_key).update(expire_date=aged(1))
    for days in (89, 91):
        attempt = AccessAttempt.objects.create(
            username=f"n{days}", ip_address="127.0.0.1", failures_since_start=1
        )
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=aged(days))
        token = Token.objects.create(user=user(Role.COMMUNE_OFFICER))
        Token.objects.filter(pk=token.pk).update(created=aged(days + 275))
    assert "3 mục đã xóa" in command()
    assert list(Session.objects.values_list("session_key", flat=True)) == [live.session_key]
    assert [attempt.username for attempt in AccessAttempt.objects.all()] == ["n89"]
    assert Token.objects.count() == 1


def test_bytes_without_a_record_go_after_a_week() -> None:
    folder = Path(project.STORAGE_DIR) / "ab"
    folder.mkdir(exist_ok=True)
    old, new = folder / ("ab" + "0" * 30), folder / ("ab" + "1" * 30)
    for path in (old, new):
        path.write_bytes(b"\x01")
    os.utime(old, (aged(8).timestamp(),) * 2)
    try:
        assert "stray_files: 1." in command("--dry-run")
        command()
        assert (old.exists(), new.exists()) == (False, True)
    finally:
        new.unlink()


def test_an_installation_sets_its_own_days(given_up: ListImport, settings: Any) -> None:
    settings.RETENTION_DAYS = ["cancelled_rows=40", "cancelled_files=40"]
    assert "0 mục đã xóa" in command()
    settings.RETENTION_DAYS = ["nothing=40"]
    with pytest.raises(CommandError, match="RETENTION_DAYS names nothing"):
        command()
    settings.RETENTION_DAYS = ["cancelled_rows=x"]
    with pytest.raises(CommandError, match="is not code=days"):
        command()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("verified = false", "verified = true"), "a basis when verified"),
        (('action = "remove"', 'action = "burn"'), "action is keep or remove"),
        (('code = "tokens"', 'code = "people_too"'), "nothing removes it"),
        (('since = "ngày cấp"\n', ""), "needs exactly"),
    ],
)
def test_a_broken_schedule_is_refused_by_its_entry(
    tmp_path: Path, change: tuple[str, str], words: str
) -> None:
    text = retention.SCHEDULE.read_text("utf-8")
    head, mark, entry = text.partition('code = "tokens"')
    broken = tmp_path / "retention.toml"
    broken.write_text(head + (mark + entry).replace(*change, 1), "utf-8")
    with pytest.raises(retention.RetentionError, match=words):
        retention.schedule(broken)


def test_once_a_month_the_worker_tells_what_is_over(
    given_up: ListImport, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", logger="core.tasks"):
        report_retention()
    assert "retention: cancelled_rows: 5." in caplog.text
    assert ImportRow.objects.filter(list_import=given_up).count() == 5
    assert project.CELERY_BEAT_SCHEDULE["report-retention"]["task"] == "core.report_retention"
