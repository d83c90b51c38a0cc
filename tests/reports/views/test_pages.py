"""Overview and report pages: who opens them, what they lead to, how many queries they take."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from core.dates import format_date
from core.models import Event
from core.services.files import read_file
from reports.models import ReportRun
from support_programs.models import Case, CaseList
from tests.reports.conftest import browser_of

pytestmark = pytest.mark.usefixtures("province")
OVERVIEW = "/reports/overview/"
FORM = "/reports/free-workers/"
PERIOD = {"first": "01/09/2021", "last": "27/09/2021"}


def issue(username: str, **other: str) -> ReportRun:
    response = browser_of(username).post(FORM, {**PERIOD, **other})
    assert response.status_code == 302, response.content.decode()
    found = ReportRun.objects.filter(reference=response["Location"].rstrip("/").rsplit("/", 1)[-1]).first()
    assert found is not None
    return found


def test_leaders_start_at_the_overview_and_officers_at_their_work() -> None:
    assert browser_of("lanhdao").get("/")["Location"] == OVERVIEW
    assert browser_of("xem888").get("/")["Location"] == OVERVIEW
    assert browser_of("cv888a").get("/").status_code == 200


def test_overview_of_the_province_has_map_table_and_words() -> None:
    page = browser_of("lanhdao").get(OVERVIEW)
    html = page.content.decode()
    assert page.status_code == 200
    assert html.count('class="name" href="/reports/overview/?area=89') == 11
    assert "<svg" in html
    assert 'class="map"' in html
    assert "Đến ngày 27/09/2021, tỉnh An Giang đã đề nghị" in html
    assert "Số liệu đến ngày 27/09/2021" in html


def test_a_figure_opens_as_many_people_as_it_says() -> None:
    browser = browser_of("lanhdao")
    html = browser.get(OVERVIEW, {"area": "89888"}).content.decode()
    row = re.search(r"<tfoot>.*?</tfoot>", html, re.DOTALL)
    assert row is not None
    figures = re.findall(r'<a href="([^"]+people/[^"]+)">([\d.]+)</a>', row[0])
    stages = [url.partition("stage=")[2].partition("&")[0] for url, _text in figures]
    # a figure of 0 leads nowhere: nothing came back here
    assert stages == ["proposed", "approved", "paid", "paid", "late"]
    for url, text in figures:
        behind = browser.get(url.replace("&amp;", "&"))
        assert behind.context["page"].paginator.count == int(text.replace(".", ""))


def test_every_link_keeps_period_and_programme() -> None:
    browser = browser_of("lanhdao")
    asked = {
        "period": "free",
        "first": "01/09/2021",
        "last": "20/09/2021",
        "programme": "LD_TU_DO",
        "what": "amount",
    }
    html = browser.get(OVERVIEW, asked).content.decode()
    links = [url.replace("&amp;", "&") for url in re.findall(r'href="(/reports/overview/[^"]*)"', html)]
    onward = [url for url in links if "coverage" not in url and url != OVERVIEW]
    assert len(onward) > 60
    for url in onward:
        assert "programme=LD_TU_DO" in url, url
        if "stage=returned" not in url and "stage=late" not in url:
            assert "period=free&first=01%2F09%2F2021&last=20%2F09%2F2021" in url, url
    assert "Số liệu đến ngày 20/09/2021" in html
    assert html.count("stage=paid") > 11


def test_the_list_behind_a_figure_in_dong_says_the_same_sum() -> None:
    browser = browser_of("lanhdao")
    total = browser.get(OVERVIEW, {"what": "amount"}).context["total"]
    for figure in (total.proposed, total.approved, total.paid, total.in_period, total.waiting):
        assert figure.value > 0
        behind = browser.get(figure.url)
        assert behind.context["amount"] == figure.value, figure.url
        assert f"{figure.value:,} đ".replace(",", ".") in behind.content.decode()


def test_figures_in_dong_are_those_of_the_people() -> None:
    browser = browser_of("lanhdao")
    people = browser.get(OVERVIEW, {"programme": "LD_TU_DO"}).context["total"]
    dong = browser.get(OVERVIEW, {"programme": "LD_TU_DO", "what": "amount"}).context["total"]
    assert dong.paid.value == people.paid.value * 1_500_000 > 0
    assert dong.waiting.value == people.waiting.value * 1_500_000


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"first": "20/09/2021", "last": "01/09/2021"}, "Ngày cuối phải bằng hoặc sau ngày đầu."),
        ({"first": "20/09/2021", "last": "28/09/2021"}, "Ngày cuối ở sau ngày làm việc hiện tại."),
        ({"first": "31/02/2021", "last": "27/09/2021"}, "Không đọc được ngày."),
        ({"first": "", "last": "27/09/2021"}, "Hãy nhập ngày."),
    ],
)
def test_a_free_period_that_cannot_be_is_said_and_the_month_is_shown(
    asked: dict[str, str], words: str
) -> None:
    page = browser_of("lanhdao").get(OVERVIEW, {"period": "free", **asked})
    html = page.content.decode()
    assert page.status_code == 422
    assert words in html
    assert "Đang xem số liệu của tháng này." in html
    assert f'value="{asked["first"]}"' in html
    assert page.context["asked"].period.first.isoformat() == "2021-09-01"


def test_a_free_period_that_was_just_chosen_begins_with_the_days_of_the_month() -> None:
    page = browser_of("lanhdao").get(OVERVIEW, {"period": "free"})
    html = page.content.decode()
    assert page.status_code == 200
    assert 'name="first" value="01/09/2021"' in html
    assert f'name="last" value="{format_date(clock.today())}"' in html
    assert 'role="alert"' not in html
    assert page.context["asked"].period.kind == "free"


def test_the_real_map_is_a_second_view_with_a_link_per_district() -> None:
    html = browser_of("lanhdao").get(OVERVIEW, {"map": "real"}).content.decode()
    drawn = re.search(r'<svg class="map map-real".*?</svg>', html, re.DOTALL)
    assert drawn is not None
    assert drawn[0].count("<a class=") == drawn[0].count('<path class="t"') == 11
    assert "Ranh giới:" in html
    assert html.count("map=real") > 11


def test_a_commune_has_neither_map_nor_units_below() -> None:
    html = browser_of("lanhdao").get(OVERVIEW, {"area": "8988830406"}).content.decode()
    assert 'class="map' not in html
    assert "Thị trấn Phú Mỹ" in html


def test_late_lists_open_the_same_lists() -> None:
    browser = browser_of("lanhdao")
    found = browser.get(OVERVIEW).context["found"]
    behind = browser.get("/lists/", {"area": "89", "late": "1"})
    assert behind.context["page"].paginator.count == found.late


@pytest.mark.parametrize("area", ["89888", "8988830406", "89", "89889999999", "xx"])
@pytest.mark.parametrize("path", [OVERVIEW, "/reports/overview/people/", FORM, "/api/v1/reports/progress/"])
def test_an_outsider_gets_404_beyond_the_own_district(path: str, area: str) -> None:
    assert browser_of("chauphu").get(path, {"area": area}).status_code == 404


def test_an_outsider_sees_the_own_district_only() -> None:
    browser = browser_of("chauphu")
    html = browser.get(OVERVIEW).content.decode()
    assert "Huyện Châu Phú" in html
    assert "Phú Tân" not in html
    assert [unit["area_code"][:5] for unit in browser.get("/api/v1/reports/progress/").json()["units"]] == [
        "89889"
    ] * 13


def test_a_report_of_another_district_is_404() -> None:
    run = issue("xem888")
    outsider = browser_of("chauphu")
    for path in (
        f"/reports/runs/{run.reference}/",
        f"/reports/runs/{run.reference}/xlsx/",
        f"/api/v1/reports/runs/{run.reference}/",
        f"/api/v1/reports/runs/{run.reference}/pdf/",
    ):
        assert outsider.get(path).status_code == 404
    assert run.reference not in outsider.get("/reports/runs/").content.decode()
    assert run.reference in browser_of("lanhdao").get("/reports/runs/").content.decode()


@pytest.mark.parametrize("username", ["xa30406", "quantri"])
@pytest.mark.parametrize("path", [OVERVIEW, "/reports/", FORM, "/reports/runs/", "/api/v1/reports/progress/"])
def test_who_reads_no_figures_is_kept_out(path: str, username: str) -> None:
    assert browser_of(username).get(path).status_code == 403


def test_a_stranger_is_sent_to_the_sign_in_page() -> None:
    assert Client().get(OVERVIEW)["Location"].startswith("/sign-in/")
    assert Client().get("/api/v1/reports/progress/").status_code in (401, 403)


@pytest.mark.parametrize("role", ["xem888", "lanhdao", "thanhtra"])
def test_a_leader_reads_and_changes_no_record(role: str) -> None:
    """Issuing a report is the one thing that leaders write."""
    before = (
        list(Case.objects.values_list("pk", "status", "version")),
        list(CaseList.objects.values_list("pk", "status", "version")),
    )
    browser = browser_of(role)
    case = Case.objects.filter(area_code__startswith="89888", status="appraising").first()
    posted = CaseList.objects.filter(area_code__startswith="89888", status="at_district").first()
    assert case is not None
    assert posted is not None
    answers = [
        browser.post(f"/cases/{case.reference}/mark-eligible/"),
        browser.post(f"/lists/{posted.reference}/approve/", {"number": "1/QĐ-UBND", "date": "27/09/2021"}),
        browser.post(
            f"/api/v1/lists/{posted.reference}/approve/", {"number": "1/QĐ-UBND", "date": "2021-09-27"}
        ),
    ]
    assert all(answer.status_code >= 400 or _is_refusal(answer) for answer in answers)
    after = (
        list(Case.objects.values_list("pk", "status", "version")),
        list(CaseList.objects.values_list("pk", "status", "version")),
    )
    assert after == before


def _is_refusal(answer: Any) -> bool:
    return bool(answer.status_code == 302)


def test_an_issued_report_keeps_its_figures_and_its_bytes() -> None:
    run = issue("lanhdao", area="89886")
    assert run.area_code == "89886"
    browser = browser_of("lanhdao")
    first = browser.get(f"/reports/runs/{run.reference}/xlsx/")
    assert first["Content-Disposition"].endswith(f"{run.reference}.xlsx")
    assert run.xlsx is not None
    assert first.content == read_file(run.xlsx) == browser.get(f"/reports/runs/{run.reference}/xlsx/").content
    shown = browser.get(f"/reports/runs/{run.reference}/").content.decode()
    assert run.xlsx.sha256 in shown
    told = Event.objects.filter(object_ref=run.reference).values_list("action", flat=True)
    assert sorted(told) == ["report.downloaded", "report.downloaded", "report.made"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"first": "27/09/2021", "last": "01/09/2021"}, "Ngày cuối phải bằng hoặc sau ngày đầu."),
        ({"first": "01/09/2021", "last": "28/09/2021"}, "Ngày cuối ở sau ngày làm việc hiện tại."),
        ({"first": "31/02/2021", "last": "27/09/2021"}, "Không đọc được ngày."),
        ({"first": "", "last": "27/09/2021"}, "Hãy nhập ngày."),
    ],
)
def test_a_wrong_period_is_said_in_words_and_issues_nothing(asked: dict[str, str], words: str) -> None:
    before = ReportRun.objects.count()
    page = browser_of("lanhdao").post(FORM, asked)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert ReportRun.objects.count() == before


def test_unknown_forms_and_files_are_404() -> None:
    browser = browser_of("lanhdao")
    assert browser.get("/reports/no-such-form/").status_code == 404
    run = issue("lanhdao")
    assert browser.get(f"/reports/runs/{run.reference}/docx/").status_code == 404
    assert browser.get("/reports/runs/BC-2021-99999999/").status_code == 404


@pytest.mark.parametrize(
    ("path", "most"),
    [
        (OVERVIEW, 17),
        # goods beside payments, plan, days waited, freshness, who waits; those of the whole province are kept for seconds
        (f"{OVERVIEW}?area=89888", 28),
        (f"{OVERVIEW}people/?area=89&stage=paid", 12),
        ("/reports/runs/", 12),
    ],
)
def test_queries_do_not_grow_with_the_rows(path: str, most: int) -> None:
    browser = browser_of("lanhdao")
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    assert len(queries) <= most
