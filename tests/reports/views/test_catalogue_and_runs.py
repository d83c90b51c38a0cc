"""The catalogue, lists in the background, what was issued: found, narrowed, kept from whom it doesn't concern."""

import csv
import io
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.enums import JobState
from core.models import Event, Job
from core.services.files import read_file
from core.services.jobs import run_job
from reports.definitions import DEFINITIONS
from reports.definitions.base import ReportGroup
from reports.models import ReportRun
from reports.services.kept import report_of_run
from support_programs.models import Case
from tests.reports.conftest import browser_of, person

pytestmark = pytest.mark.usefixtures("province")
LIST = "/reports/programme-list/"
ASKED = {"first": "01/08/2021", "last": "27/09/2021", "programme": "LD_TU_DO"}
TOKEN = "0123456789abcdef0123456789abcdef"


def issue_list(username: str, token: str, **other: str) -> ReportRun:
    """Send the form, let the worker work, follow the request."""
    browser = browser_of(username)
    sent = browser.post(LIST, {**ASKED, **other, "token": token})
    assert sent.status_code == 302, sent.content.decode()
    job = Job.objects.get(reference=sent["Location"].rstrip("/").rsplit("/", 1)[-1])
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error_text
    followed = browser.get(f"/reports/requests/{token}/")
    return ReportRun.objects.get(reference=followed["Location"].rstrip("/").rsplit("/", 1)[-1])


def test_the_catalogue_holds_every_report_by_subject() -> None:
    html = browser_of("lanhdao").get("/reports/").content.decode()
    for definition in DEFINITIONS.values():
        if definition.group != ReportGroup.AUDIT:
            assert f'href="/reports/{definition.slug}/"' in html, definition.code
    assert "Kinh phí, chi trả" in html


def test_a_report_is_found_without_marks() -> None:
    html = browser_of("lanhdao").get("/reports/", {"q": "lao dong tu do"}).content.decode()
    assert "/reports/free-workers/" in html
    assert "/reports/poverty/" not in html
    assert "Không có mẫu báo cáo nào khớp" in browser_of("lanhdao").get("/reports/?q=zzz").content.decode()


def test_reports_of_auditors_are_theirs_alone() -> None:
    leader, auditor = browser_of("lanhdao"), browser_of("thanhtra")
    assert "/reports/audit-people/" not in leader.get("/reports/").content.decode()
    assert "/reports/audit-people/" in auditor.get("/reports/").content.decode()
    assert leader.get("/reports/audit-people/").status_code == 404
    assert leader.get("/api/v1/reports/definitions/audit_people/preview/").status_code == 404
    sent = auditor.post("/reports/audit-people/", {"first": "01/09/2021", "last": "27/09/2021"})
    path = sent["Location"]
    assert auditor.get(path).status_code == 200
    assert leader.get(path).status_code == 404
    assert leader.get(f"{path}csv/").status_code == 404
    assert path not in leader.get("/reports/runs/").content.decode()


def test_the_preview_of_a_list_shows_its_beginning_and_how_long_it_is() -> None:
    page = browser_of("lanhdao").get(LIST, ASKED)
    html = page.content.decode()
    count = page.context["row_count"]
    assert count > 50
    assert len(re.findall(r'<tr><td class="center">\d+</td>', html)) == 50
    assert f"{count} dòng" in html
    assert ReportRun.objects.filter(definition="programme_list").count() == 0


def test_a_list_is_made_once_however_often_it_is_sent() -> None:
    run = issue_list("lanhdao", TOKEN)
    jobs = Job.objects.count()
    again = browser_of("lanhdao").post(LIST, {**ASKED, "token": TOKEN})
    assert again.status_code == 302
    assert again["Location"] == f"/reports/runs/{run.reference}/"
    assert Job.objects.count() == jobs
    assert ReportRun.objects.filter(request_key=run.request_key).count() == 1
    # the same token of somebody else is another request
    assert issue_list("xem888", TOKEN).reference != run.reference


def test_a_list_is_kept_whole_with_masked_numbers() -> None:
    run = issue_list("xem888", "a" * 32)
    report = report_of_run(run)
    assert report is not None
    rows = list(report.rows or ())
    assert len(rows) == run.row_count == report.row_count > 0
    assert run.is_personal
    assert run.totals["amount"] == sum(int(row["amount"] or 0) for row in rows)  # type: ignore[arg-type]
    told = {str(row["number"]) for row in rows if row["number"]}
    assert all(re.fullmatch(r"\D*\d{3}", number) for number in told), told
    browser = browser_of("xem888")
    page = browser.get(f"/reports/runs/{run.reference}/").content.decode()
    assert "dòng đầu của" in page or run.row_count <= 50
    sent = browser.get(f"/reports/runs/{run.reference}/csv/")
    lines = list(csv.reader(io.StringIO(b"".join(sent.streaming_content).decode("utf-8-sig"))))
    assert len(lines) == run.row_count + 1
    assert Event.objects.filter(object_ref=run.reference, action="report.downloaded").count() == 1
    assert run.rows_file is not None
    assert read_file(run.rows_file)[:2] == b"\x1f\x8b"


def test_a_list_of_another_district_is_404() -> None:
    run = issue_list("xem888", "b" * 32)
    outsider = browser_of("chauphu")
    for path in (f"/reports/runs/{run.reference}/", f"/reports/runs/{run.reference}/csv/"):
        assert outsider.get(path).status_code == 404
    assert outsider.get(f"/reports/requests/{'b' * 32}/").status_code == 404


def test_a_list_that_could_not_be_made_says_why() -> None:
    browser = browser_of("xem888")
    token = "c" * 32
    sent = browser.post(LIST, {**ASKED, "token": token})
    job = Job.objects.get(reference=sent["Location"].rstrip("/").rsplit("/", 1)[-1])
    Job.objects.filter(pk=job.pk).update(params={**job.params, "definition": "gone"})
    before = ReportRun.objects.count()
    run_job(job.pk)
    page = browser.get(f"/reports/requests/{token}/")
    assert page.status_code == 200
    assert "Mẫu báo cáo này không còn được dùng." in page.content.decode()
    assert ReportRun.objects.count() == before


def test_issued_reports_are_narrowed() -> None:
    run = issue_list("xem888", "d" * 32)
    browser = browser_of("lanhdao")

    def found(**asked: str) -> bool:
        return run.reference in browser.get("/reports/runs/", asked).content.decode()

    assert found(definition="programme_list")
    assert not found(definition="free_workers")
    assert found(first="01/08/2021", last="31/08/2021")
    assert not found(last="31/07/2021")
    assert found(who=run.made_by_name[:5])
    assert not found(who="Không ai cả")
    wrong = browser.get("/reports/runs/", {"first": "31/02/2021"})
    assert wrong.status_code == 422
    assert "31/02/2021" in wrong.content.decode()


def test_a_wrong_programme_is_refused_in_words() -> None:
    before = ReportRun.objects.count(), Job.objects.count()
    page = browser_of("lanhdao").post(LIST, {**ASKED, "programme": "F0_F1"})
    assert page.status_code == 422
    assert "Không có chính sách này trong mẫu báo cáo." in page.content.decode()
    assert (ReportRun.objects.count(), Job.objects.count()) == before


def test_a_district_may_be_shown_by_communes() -> None:
    asked = {**ASKED, "units": "communes"}
    html = browser_of("lanhdao").get("/reports/programme-summary/", asked).content.decode()
    assert "Phú Thọ" in html
    assert "Phú Thọ" not in browser_of("lanhdao").get("/reports/programme-summary/", ASKED).content.decode()


def test_kept_reports_are_made_again(capsys: Any) -> None:
    run = issue_list("lanhdao", "e" * 32)
    call_command("verify_reports", run.reference)
    assert "1 reports came out in the same bytes" in capsys.readouterr().out
    ReportRun.objects.filter(pk=run.pk).update(shape={**run.shape, "title": "Khác"}, software="weasyprint 1")
    with pytest.raises(CommandError, match=rf"{run.reference}: .*xlsx.*software has changed") as refused:
        call_command("verify_reports", "--newest", "1")
    ReportRun.objects.filter(pk=run.pk).update(shape=run.shape, software=run.software)
    assert "weasyprint 1 then" in str(refused.value)


@pytest.mark.parametrize(("path", "most"), [("/reports/", 12), ("/reports/runs/", 14)])
def test_queries_do_not_grow_with_reports(path: str, most: int) -> None:
    browser = browser_of("lanhdao")
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    assert len(queries) <= most, len(queries)


def test_leaders_issue_and_change_nothing_else() -> None:
    """The list of a leader's district is theirs to make; the dossiers stay as they are."""
    before = list(Case.objects.values_list("pk", "status", "version"))
    issue_list("xem888", "f" * 32)
    assert list(Case.objects.values_list("pk", "status", "version")) == before
    assert person("xem888").reads_only
