"""A whole journey in a browser, with a real web server and worker: no log line and no address holds a number."""

from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.enums import Role
from beneficiaries.models import IdentityDocument, ImportRow
from ops.places import places_for
from tests.infrastructure.programs import Site, Worker
from tests.infrastructure.slots import ROOT
from tests.journeys.desk import Desk, Office
from tests.security.story import ACCOUNTS, NUMBERS, OLD_NUMBERS, STRAY, WRONG, workbook
from tests.security.walking import numbers_in

pytestmark = pytest.mark.browser
TYPED = {"child": "089218000777", "applicant": "089190000778", "employer": "0151000123456"}


class Ears:
    """Every address that the browser asked for, and what was written to the logs meanwhile."""

    def __init__(self, logs: list[Path]) -> None:
        self.addresses: list[str] = []
        self.begun = {log: log.stat().st_size if log.exists() else 0 for log in logs}

    def listen(self, page: Page) -> None:
        page.context.on("request", lambda request: self.addresses.append(unquote(request.url)))

    def lines(self) -> str:
        parts = []
        for log, start in self.begun.items():
            with log.open("rb") as handle:
                handle.seek(start)
                parts.append(handle.read().decode(errors="replace"))
        return "\n".join(parts)


@pytest.fixture
def ears(site: str, _site_of_session: Site, celery_worker_process: Worker) -> Ears:
    postgres = places_for(ROOT).logs / "postgres.log"
    programs = [_site_of_session.child.log, celery_worker_process.child.log]
    return Ears([*programs, *([postgres] if postgres.exists() else [])])


def bring_in(clerk: Desk, folder: Path) -> None:
    """The list from the file to the register, a wrong number corrected on the way."""
    path = folder / "danh sach.xlsx"
    path.write_bytes(workbook())
    page = clerk.open("/imports/new/")
    page.locator("[name=profile]").select_option("LD_TU_DO")
    page.locator("[name=file]").set_input_files(path)
    page.locator("main form button.btn-p").first.click()
    page.wait_for_url("**/rows/**", timeout=60_000)
    address = clerk.path.split("rows/")[0]
    clerk.open(f"{address}rows/?view=all")
    cell = page.locator("input[data-column=id_number]").first
    cell.fill(WRONG)
    cell.press("Enter")
    clerk.open(f"{address}columns/")
    clerk.open(f"{address}rows/?view=warn")
    while page.get_by_role("button", name="Giữ nguyên").count():
        before = page.get_by_role("button", name="Giữ nguyên").count()
        page.get_by_role("button", name="Giữ nguyên").first.click()
        page.wait_for_load_state()
        clerk.open(f"{address}rows/?view=warn")
        if page.get_by_role("button", name="Giữ nguyên").count() >= before:
            break
    clerk.open(f"{address}rows/")
    page.get_by_role("button", name="dòng hợp lệ").click()
    expect(page.locator("main a[href^='/lists/DS-']").first).to_be_visible(timeout=60_000)


def look_for(clerk: Desk, number: str) -> None:
    """By the masthead's search, whole and with spaces."""
    for typed in (number, f"{number[:3]} {number[3:6]} {number[6:]}"):
        page = clerk.open("/")
        box = page.locator("header input[name=q], form[role=search] input[name=q]").first
        box.fill(typed)
        box.press("Enter")
        page.wait_for_load_state()


def look_in_lists(clerk: Desk, number: str) -> None:
    """A number typed into the search of a list is looked for by the masthead's, which is sent by POST."""
    for path in ("/cases/", "/lists/", "/employers/", "/people/", "/registers/free_workers/", "/households/"):
        page = clerk.open(path)
        page.locator("main input[name=q]").fill(f"{number[:3]} {number[3:]}")
        page.locator("main input[name=q]").press("Enter")
        page.wait_for_load_state()
        expect(page.locator("main")).to_contain_text("Lê Văn Cường")


def test_no_log_line_and_no_address_holds_a_number(
    site: str, browser: Browser, ears: Ears, tmp_path: Path
) -> None:
    office = Office(site, browser)
    clerk = office.seat(Role.COMMUNE_OFFICER)
    ears.listen(clerk.page)
    bring_in(clerk, tmp_path)
    look_for(clerk, NUMBERS[1])
    look_for(clerk, "089999888777")
    look_in_lists(clerk, NUMBERS[2])
    person = IdentityDocument.objects.get(number_last3=NUMBERS[1][-3:], is_current=True).person
    page = clerk.open(f"/people/{person.reference}/")
    page.locator("#reveal button[name=code]").first.click()
    expect(page.locator("#reveal")).to_contain_text("089 085 000 222")
    clerk.shoot("reveal")
    clerk.open(f"/people/{person.reference}/")
    assert "089 085 000 222" not in page.locator("main").inner_text()
    # what the pages refuse is told in words, not in the log
    for path, form in (
        ("/cases/new/?programme=LD_TU_DO", {"applicant-id_number": TYPED["applicant"]}),
        ("/data-requests/new/", {"person": TYPED["applicant"], "asked_by": TYPED["child"]}),
        (f"/people/{person.reference}/reveal/", {"code": "x", "note": ACCOUNTS[0]}),
        ("/api/v1/cases/", {"applicant": {"id_number": TYPED["applicant"]}}),
        ("/imports/khong-co/", {"account": TYPED["employer"]}),
    ):
        token = next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")
        page.request.post(f"{site}{path}", form=form, headers={"X-CSRFToken": token, "Referer": site})
    numbers = {*NUMBERS, *OLD_NUMBERS, *ACCOUNTS, STRAY, WRONG, *TYPED.values(), "089999888777"}
    lines = ears.lines()
    assert "core.run_job" in lines, "the worker's log is read"
    assert "/imports/khong-co/" in lines, "the web server's log is read"
    assert numbers_in(lines, numbers) == set()
    assert len(ears.addresses) > 20
    assert numbers_in("\n".join(ears.addresses), numbers) == set()
    assert ImportRow.objects.filter(state="committed").count() >= 3
