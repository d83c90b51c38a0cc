"""Whatever takes people's data out of the system leaves a line in the log: who, what, by which filter, how many."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts.enums import Role
from accounts.models import User
from core import clock
from core.models import Event
from reports.models import ReportRun
from support_programs.services.documents import draft_document, issue_document
from tests.factories.people import PROVINCE, user
from tests.security.story import Story, whole_story
from tests.security.test_data_requests import received
from tests.security.walking import signed_in

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
APPS = ("core", "accounts", "beneficiaries", "support_programs", "disbursements", "reports")
GIVING = {"attachment", "download", "FileResponse", "StreamingHttpResponse"}
# every module that answers with a file, and the addresses here that prove its line in the log
GIVERS = {
    "accounts/views/audit.py": "the log itself",
    "beneficiaries/views/data_requests.py": "the copy of one's own data",
    "beneficiaries/views/imports.py": "the marked workbook; the template holds nobody",
    "beneficiaries/views/registers.py": "a register; its template holds nobody",
    "core/downloads.py": "records by itself",
    "disbursements/api/batches.py": "payment lists",
    "disbursements/views/budget.py": "budget lines, figures only (tests/disbursements/views/test_budget_pages.py)",
    "disbursements/views/after_returned.py": "who was not paid (tests/disbursements/views/test_after_pages.py)",
    "disbursements/views/after_unclaimed.py": "whose money went back, to sign (tests/disbursements/views/test_after_pages.py)",
    "disbursements/views/files.py": "payment files, one by one and together",
    "disbursements/views/goods_donations.py": "the register of donations (tests/disbursements/views/test_goods_rounds.py)",
    "disbursements/views/goods_handouts.py": "lists of a round of handing out",
    "disbursements/views/lines.py": "one person's receipt (tests/disbursements/views/test_files.py)",
    "reports/services/kept.py": "reports; recorded by both of its callers",
    "reports/views/emulation_acts.py": "scans of achievements and decisions (tests/reports/views/test_emulation_pages.py)",
    "reports/views/emulation_scoring.py": "the ranking (tests/reports/services/test_emulation.py)",
    "reports/views/overview.py": "the coverage of the registers, figures only",
    "reports/views/targets.py": "progress of targets, figures only (tests/reports/views/test_targets_pages.py)",
    "reports/views/targets_figures.py": "the evidence of a figure (tests/reports/views/test_targets_pages.py)",
    "reports/views/targets_plan.py": "the plan of targets, figures only (tests/reports/views/test_targets_pages.py)",
    "reports/views/targets_sheet.py": "figures of a unit and period (tests/reports/views/test_targets_pages.py)",
    "support_programs/views/bulk.py": "what became of each case of a bulk action",
    "support_programs/views/case_exports.py": "the cases of a filter, numbers masked",
    "support_programs/views/case_papers.py": "papers of a case, from an address of ten minutes",
    "support_programs/views/documents.py": "official papers, as drafts and as issued",
    "support_programs/views/left_behind.py": "who has no case",
    "support_programs/views/lists.py": "scans",
    "support_programs/views/papers.py": "lists to sign and to hang out",
    "support_programs/views/public_decisions.py": "published scans of decisions: by nobody who is known",
    "support_programs/views/public_lists.py": "what hangs out in public, masked: by nobody who is known",
    "support_programs/views/publishing.py": "scans of decisions (tests/support_programs/views/public/test_decisions.py)",
    "support_programs/views/unregistered.py": "who is in no register",
}


def calls_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def test_every_module_that_gives_a_file_is_known() -> None:
    found = {
        str(path.relative_to(ROOT))
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if GIVING & set(calls_of(path))
    }
    assert found == set(GIVERS), "a new download gets its line in the log, and its address in this test"


def last_event() -> int:
    return Event.objects.latest("pk").pk


def taken(story: Story, someone: User, path: str, action: str, *, posted: bool = False) -> Event:
    """Take a file as somebody; gives its one line in the log."""
    last = last_event()
    client = signed_in(someone)
    answer = client.post(path) if posted else client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    assert answer.headers["Content-Disposition"].startswith("attachment"), path
    (event,) = Event.objects.filter(pk__gt=last)
    assert (event.action, event.actor_id) == (action, someone.pk)
    text = f"{event.change} {event.reason} {event.object_ref}"
    assert not [number for number in story.numbers if number in text]
    return event


def test_each_download_is_recorded() -> None:
    story = whole_story()
    officer, auditor = user(Role.DISTRICT_OFFICER), user(Role.AUDITOR, area=PROVINCE)
    marked = taken(
        story, officer, f"/imports/{story.list_import.reference}/marked/", "import.marked_downloaded"
    )
    assert marked.object_ref == story.list_import.reference
    for kind in ("proposal", "posting"):
        printed = taken(story, officer, f"/lists/{story.case_list.reference}/paper/{kind}/", "list.printed")
        assert printed.change["people"] == 4
    for kind in ("list_xlsx", "list_pdf"):
        batch = f"batches/{story.batch.reference}/files/{kind}/"
        accountant = story.who.accountant
        assert taken(story, accountant, f"/{batch}", "file.downloaded").change["name"]
        assert taken(story, accountant, f"/api/v1/{batch}", "file.downloaded").change["sha256"]
    log = taken(story, auditor, "/settings/audit/?export=xlsx", "audit.exported")
    assert set(log.change) == {"rows", "filters"}
    request = received(officer, story.people[0])
    copied = taken(
        story, officer, f"/data-requests/{request.reference}/copy/", "person.data_exported", posted=True
    )
    assert copied.change["rows"] >= 7
    for code in ("free_workers", "merit"):
        register = taken(story, officer, f"/registers/{code}/export/", "register.exported")
        assert {"register", "rows", "filters"} <= set(register.change)


def test_lists_of_who_is_left_behind_are_recorded() -> None:
    story = whole_story()
    officer = user(Role.DISTRICT_OFFICER)
    asked = "programme=LD_TU_DO"
    for path in ("/left-behind/export/", "/left-behind/unregistered/export/"):
        event = taken(story, officer, f"{path}?{asked}", "outreach.exported")
        assert event.area_code.startswith("89888")


def test_cases_and_official_papers_are_recorded() -> None:
    story = whole_story()
    officer = story.who.officer
    cases = taken(story, officer, "/cases/export/?programme=LD_TU_DO", "cases.exported")
    assert cases.change["rows"] == "4"
    letter = draft_document(kind="receipt", case=story.case_list.cases.first(), actor=story.who.commune)
    taken(story, story.who.commune, f"/documents/{letter.reference}/preview/", "document.previewed")
    issued = issue_document(
        letter,
        number="12/TN",
        dated=clock.today(),
        signer_office="Chủ tịch",
        signer_name="Lê Văn A",
        actor=story.who.commune,
    )
    assert taken(story, officer, f"/documents/{issued.reference}/file/", "file.downloaded").change["sha256"]


def test_reports_are_recorded() -> None:
    story = whole_story()
    leader = user(Role.LEADER, area=PROVINCE)
    client = signed_in(leader)
    taken(story, leader, "/reports/overview/coverage/", "report.coverage_exported")
    answer = client.post("/reports/free-workers/", {"first": "01/09/2021", "last": "27/09/2021"})
    assert answer.status_code == 302
    run = ReportRun.objects.get()
    for file_format in ("xlsx", "pdf", "csv"):
        event = taken(story, leader, f"/reports/runs/{run.reference}/{file_format}/", "report.downloaded")
        assert event.change == {"format": file_format}
        taken(story, leader, f"/api/v1/reports/runs/{run.reference}/{file_format}/", "report.downloaded")
