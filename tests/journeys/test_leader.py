"""A leader's morning in a browser: from the overview to a late commune, its list, and the weekly report as PDF."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from accounts.enums import Role
from core import clock
from core.dates import format_date
from core.money import format_dong
from reports.models import ReportRun
from reports.queries.periods import monday_of
from reports.services.plans import PlanCell, save_plan
from support_programs.models import CaseList
from tests.factories.people import user
from tests.journeys.desk import Desk, Office

pytestmark = pytest.mark.browser


@pytest.fixture
def leader(site: str, browser: Browser) -> Desk:
    with override_settings(DEMO=True):
        call_command("seed_demo", "--people", "800", "--uploads", "0", verbosity=0)
    officer = user(Role.PROVINCIAL_REVIEWER)
    for weeks in range(4):
        monday = monday_of(clock.today()) - dt.timedelta(weeks=weeks)
        cells = {code: PlanCell(30, 45_000_000) for code in ("89886", "89888", "89889", "89893")}
        save_plan(
            actor=officer, programme="LD_TU_DO", week=monday, cells=cells, document_number="12/KH-SLĐTBXH"
        )
    return Office(site, browser).seat(Role.LEADER)


def late_commune() -> tuple[str, list[CaseList]]:
    """A commune of the district with most late lists, and its late lists."""
    late = list(CaseList.objects.filter(due_on__lt=clock.today()).order_by("due_on", "pk"))
    [(district, _count)] = Counter(row.area_code[:5] for row in late).most_common(1)
    inside = [row for row in late if row.area_code.startswith(district)]
    commune = inside[0].area_code
    return commune, [row for row in inside if row.area_code == commune]


def test_from_the_overview_to_a_late_commune_its_list_and_the_weekly_pdf(
    leader: Desk, tmp_path: Path
) -> None:
    commune, lists = late_commune()
    page = leader.page
    # the overview is where a leader starts; the whole period, free workers
    expect(page).to_have_url(re.compile("/reports/overview/"))
    leader.shoot("overview")
    page.get_by_label("Chính sách", exact=True).select_option("LD_TU_DO")
    page.wait_for_url(re.compile("programme=LD_TU_DO"))
    page.get_by_role("link", name="Bản đồ", exact=True).click()
    expect(page.locator("svg.map-real a")).to_have_count(11)
    leader.shoot("overview-map")

    # down to the district and its late commune: figures in đồng on the way, then back to people
    page.locator(f"svg.map-real a[href*='area={commune[:5]}&']").click()
    page.wait_for_url(re.compile(f"area={commune[:5]}&.*programme=LD_TU_DO"))
    page.get_by_role("link", name="Số tiền (đồng)", exact=True).click()
    expect(page.locator("tfoot").first).to_contain_text("00.000")
    leader.shoot("overview-district")
    page.get_by_role("link", name="Số người", exact=True).click()
    page.locator(f"table a.name[href*='area={commune}&']").click()
    page.wait_for_url(re.compile(f"area={commune}&"))
    expect(page.locator("h1")).to_contain_text("Tiến độ chi hỗ trợ,")
    leader.shoot("overview-commune")

    # the late lists of the commune, and the first of them
    page.locator(f"tbody a[href*='/lists/?area={commune}']").first.click()
    expect(page.locator("main table tbody tr")).to_have_count(len(lists))
    page.locator(f"main a[href^='/lists/{lists[0].reference}/']").first.click()
    page.wait_for_url(re.compile(f"/lists/{lists[0].reference}/"))
    expect(page.locator("h1")).to_contain_text(lists[0].title)
    leader.shoot("late-list")

    # the weekly report, issued and downloaded
    page = leader.open("/reports/weekly-progress/")
    leader.press("Phát hành báo cáo")
    page.wait_for_url(re.compile("/reports/runs/BC-"))
    run = ReportRun.objects.get(definition="weekly_progress")
    leader.shoot("weekly-report")
    text = "".join(sheet.extract_text() for sheet in PdfReader(leader.download("Tải PDF", tmp_path)).pages)
    assert f"lũy kế đến hết ngày {format_date(clock.today())}" in " ".join(text.split())
    assert run.totals
    for figure in run.totals.values():
        assert format_dong(int(figure)) in text


def test_the_list_behind_a_figure_is_as_long_as_it_says(leader: Desk) -> None:
    page = leader.open("/reports/overview/?period=week&programme=LD_TU_DO")
    figure = page.locator("tfoot").first.locator("a[href*='stage=paid']").last
    said = figure.inner_text()
    figure.click()
    expect(page.locator("h1")).to_have_text(re.compile(rf"^Đã chi: {re.escape(said)} người, [\d.]+ đ$"))
    expect(page.locator("main .sub").first).to_contain_text("trong tuần này")
    leader.shoot("people-behind")
    page = leader.open("/reports/plan/LD_TU_DO/?week=2021-09-27")
    expect(page.locator("main")).to_contain_text("Kế hoạch chi do chuyên viên Sở nhập.")
    leader.shoot("plan")
