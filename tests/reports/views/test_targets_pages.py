"""Pages of the targets: who opens them, typing, tables in and out, approval, the plan, the words; constant query counts."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from reports.models import TargetEntry, TargetIndicator, TargetPlan, TargetText
from tests.factories import targets as make
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, PROVINCE, user
from tests.factories.targets import AUGUST, JOBS, JULY

pytestmark = pytest.mark.django_db
SHEET = {"kind": "month", "year": "2021", "number": "8"}


@pytest.fixture(autouse=True)
def _on_a_day(settings: Any) -> None:
    settings.BUSINESS_DATE = dt.date(2021, 9, 27)


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_progress_says_what_was_planned_and_done_of_province_and_district() -> None:
    make.planned(1_000, area=PROVINCE)
    make.planned(120, area=DISTRICT)
    make.approved(make.officer(), 50, JULY)
    make.approved(make.officer(), 40, AUGUST)
    make.approved(make.officer(OUTSIDE_DISTRICT), 300, AUGUST)
    page = browser(user(Role.LEADER)).get("/targets/")
    rows = {row.line.indicator.code: row for _label, group in page.context["groups"] for row in group}
    jobs = rows[JOBS]
    assert (jobs.plan, jobs.done, jobs.share) == ("1.000", "390", "39,0%")
    assert (jobs.reporting, jobs.until, jobs.trend) == ("2/11 huyện có số liệu", "Tháng 8/2021", "tăng")
    assert len(rows) == TargetIndicator.objects.count()
    assert "Chưa chắc chắn" in page.content.decode()
    own = browser(make.head()).get("/targets/")
    assert "Châu Phú" not in own.content.decode()
    rows = {row.line.indicator.code: row for _label, group in own.context["groups"] for row in group}
    assert (rows[JOBS].done, rows[JOBS].share, rows[JOBS].line.standing) == ("90", "75,0%", "on_track")
    assert "vocational_enrolment" not in rows, "a figure of the province has no line in a district"


def test_an_indicator_has_chart_table_and_districts() -> None:
    make.planned(120, area=DISTRICT)
    make.approved(make.officer(), 50, JULY)
    html = browser(user(Role.LEADER)).get(f"/targets/indicators/{JOBS}/").content.decode()
    assert html.count('<svg class="chart"') == 1
    assert "Số lao động được giải quyết việc làm: 50 lao động; kế hoạch năm 2021: chưa giao." in html
    assert "Tháng 7/2021" in html
    assert "50 / 120" in html
    assert "Cần xác minh" in html


@pytest.mark.parametrize("area", [OUTSIDE_DISTRICT, PROVINCE, "xx"])
@pytest.mark.parametrize(
    "path", ["/targets/", "/targets/file/", f"/targets/indicators/{JOBS}/", "/targets/missing/"]
)
def test_beyond_the_own_district_is_404(path: str, area: str) -> None:
    assert browser(make.officer()).get(path, {"area": area}).status_code == 404


def test_the_outsider_gets_404_for_a_figure_and_its_paper_and_changes_nothing() -> None:
    row = make.submitted(make.officer(), 5)
    for stranger in (make.outsider(), make.head(OUTSIDE_DISTRICT)):
        client = browser(stranger)
        for path in ("", "evidence/", "correct/"):
            expected = 403 if path == "correct/" and stranger.has_role(Role.DISTRICT_HEAD) else 404
            assert client.get(f"/targets/figures/{row.reference}/{path}").status_code == expected
        assert client.post(f"/targets/figures/{row.reference}/", {"action": "approve"}).status_code == 404
        client.post("/targets/figures/", {"action": "approve", "pick": row.reference})
    row.refresh_from_db()
    assert row.status == "submitted"


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.ADMINISTRATOR])
def test_who_reads_no_figures_is_kept_out(role: Role) -> None:
    client = browser(user(role))
    for path in ("", "figures/", "figures/new/", "plan/", "missing/", "words/", f"indicators/{JOBS}/"):
        assert client.get(f"/targets/{path}").status_code == 403


def test_the_unit_types_and_submits_and_what_is_wrong_is_said_at_its_cell() -> None:
    client = browser(make.officer())
    assert client.get("/targets/figures/new/").context["period"] == AUGUST, "the month that ended last"
    wrong = client.post(
        "/targets/figures/new/",
        {**SHEET, "action": "save", f"value_{JOBS}": "mười", "value_workers_abroad": "4"},
    )
    assert wrong.status_code == 422
    html = wrong.content.decode()
    assert "Đây không phải là số" in html
    assert 'value="mười"' in html
    assert 'value="4"' in html
    assert not TargetEntry.objects.exists()
    evidence = SimpleUploadedFile("bao cao.pdf", b"%PDF-1.4 x", "application/pdf")
    kept = client.post(
        "/targets/figures/new/",
        {**SHEET, "action": "submit", f"value_{JOBS}": "1.250", f"note_{JOBS}": "ước", "evidence": evidence},
    )
    assert kept.status_code == 302
    row = TargetEntry.objects.get()
    assert (row.value, row.note, row.status) == (1250, "ước", "submitted")
    page = client.get(f"/targets/figures/{row.reference}/")
    assert "bao cao.pdf" in page.content.decode()
    assert client.get(f"/targets/figures/{row.reference}/evidence/").content == b"%PDF-1.4 x"
    assert Event.objects.filter(action="file.downloaded").count() == 1
    assert f'name="value_{JOBS}"' not in client.get("/targets/figures/new/", SHEET).content.decode()


def test_the_page_opens_at_a_period_that_is_asked_for() -> None:
    client = browser(make.officer())
    for kind, expected in (("half", (2021, 1)), ("quarter", (2021, 2)), ("year", (2021, 1))):
        page = client.get("/targets/figures/new/", {"kind": kind})
        period = page.context["period"]
        assert (period.year, period.number) == expected
        assert period.year in page.context["years"]


def test_a_filled_workbook_fills_the_sheet_and_its_wrong_cells_are_refused_one_by_one() -> None:
    client = browser(make.officer())
    book = load_workbook(io.BytesIO(client.get("/targets/figures/file/", SHEET).content))
    cells = book.active
    assert cells is not None
    lines = {row[0].value: row for row in cells.iter_rows()}
    lines[JOBS][3].value, lines[JOBS][4].value = 75, "đủ xã"
    lines["workers_abroad"][3].value = 2.5
    cells.cell(row=cells.max_row + 1, column=1, value="khong_co")
    cells.cell(row=cells.max_row, column=4, value=1)
    filled = io.BytesIO()
    book.save(filled)
    sent = SimpleUploadedFile("so-lieu.xlsx", filled.getvalue())
    answer = client.post("/targets/figures/new/", {**SHEET, "action": "read", "table": sent})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="75"' in html
    assert 'value="đủ xã"' in html
    assert 'value="2,5"' in html
    assert "Chỉ tiêu này là số nguyên" in html
    assert "không có chỉ tiêu «khong_co»" in html
    assert not TargetEntry.objects.exists(), "reading keeps nothing"
    pasted = client.post("/targets/figures/new/", {**SHEET, "action": "read", "pasted": f"{JOBS}\t80\tdán"})
    assert pasted.status_code == 200
    assert 'value="80"' in pasted.content.decode()
    assert client.post("/targets/figures/new/", {**SHEET, "action": "read"}).status_code == 422


def test_heads_approve_several_at_once_and_send_back_with_a_reason() -> None:
    officer = make.officer()
    rows = [
        make.submitted(officer, 5, JULY),
        make.submitted(officer, 6),
        make.submitted(officer, 2, code="workers_abroad"),
    ]
    client = browser(make.head())
    picked = {"pick": [row.reference for row in rows[:2]]}
    assert client.post("/targets/figures/", {"action": "approve", **picked}).status_code == 302
    client.post(f"/targets/figures/{rows[2].reference}/", {"action": "send_back", "reason": ""})
    rows[2].refresh_from_db()
    assert rows[2].status == "submitted"
    client.post(f"/targets/figures/{rows[2].reference}/", {"action": "send_back", "reason": "Sai tháng"})
    states = dict(TargetEntry.objects.values_list("reference", "status"))
    assert [states[row.reference] for row in rows] == ["approved", "approved", "sent_back"]
    assert "Sai tháng" in browser(officer).get(f"/targets/figures/{rows[2].reference}/").content.decode()
    correct = f"/targets/figures/{rows[1].reference}/correct/"
    assert browser(officer).post(correct, {"value": "7", "reason": ""}).status_code == 422
    assert browser(officer).post(correct, {"value": "7", "reason": "Thiếu một xã"}).status_code == 302
    assert TargetEntry.objects.get(corrects=rows[1]).correction_reason == "Thiếu một xã"


def test_the_plan_is_typed_read_from_a_table_and_kept_by_its_paper() -> None:
    planner = browser(user(Role.PROVINCIAL_REVIEWER))
    paper = {"paper_number": "30/NQ-HĐND", "paper_on": "12/07/2021", "year": "2021"}
    cell = f"plan_{JOBS}_{DISTRICT}"
    assert planner.post("/targets/plan/", {**paper, "action": "save", cell: "x"}).status_code == 422
    assert not TargetPlan.objects.exists()
    book = load_workbook(io.BytesIO(planner.get("/targets/plan/file/?year=2021").content))
    sheet = book.active
    assert sheet is not None
    heads = next(row for row in sheet.iter_rows() if row[0].value == "Mã")
    column = next(place for place, head in enumerate(heads) if head.value == "Phú Tân")
    next(row for row in sheet.iter_rows() if row[0].value == JOBS)[column].value = 2000
    filled = io.BytesIO()
    book.save(filled)
    read = planner.post(
        "/targets/plan/",
        {"year": "2021", "action": "read", "table": SimpleUploadedFile("k.xlsx", filled.getvalue())},
    )
    assert read.status_code == 200
    assert f'name="{cell}" value="2.000"' in read.content.decode()
    assert planner.post("/targets/plan/", {**paper, "action": "save", cell: "2.000"}).status_code == 302
    assert list(TargetPlan.objects.values_list("value", "paper_number")) == [(Decimal(2000), "30/NQ-HĐND")]
    assert "30/NQ-HĐND" in planner.get("/targets/plan/history/").content.decode()
    district = browser(make.officer())
    assert "2.000" in district.get("/targets/plan/").content.decode()
    assert district.post("/targets/plan/", {**paper, "action": "save", cell: "1"}).status_code == 403
    assert TargetPlan.objects.count() == 1


def test_tables_are_taken_as_workbooks_and_the_log_says_by_whom() -> None:
    make.planned(120, area=DISTRICT)
    make.approved(make.officer(), 40)
    officer = make.officer()
    client = browser(officer)
    for path, name in (("file/", "Tiến độ"), ("plan/file/", "Kế hoạch"), ("figures/file/", "Tháng 8/2021")):
        book = load_workbook(io.BytesIO(client.get(f"/targets/{path}").content))
        assert book.active is not None
        assert any(row[0].value == JOBS for row in book.active.iter_rows())
        event = Event.objects.filter(action="target_table.exported").latest("pk")
        assert (event.actor_id, event.change) == (officer.pk, {"name": name, "year": 2021})
    progress = load_workbook(io.BytesIO(client.get("/targets/file/").content)).active
    assert progress is not None
    row = next(row for row in progress.iter_rows() if row[0].value == JOBS)
    assert [cell.value for cell in row[3:]] == [120, 40, 0.3333, "Chậm"]


def test_units_that_have_not_reported_are_named_with_the_day() -> None:
    leader = browser(user(Role.LEADER))
    before = leader.get("/targets/missing/").context
    row = make.submitted(make.officer(), 5)
    after = leader.get("/targets/missing/").context
    assert before["count"] - after["count"] == 1
    district = browser(make.officer()).get("/targets/missing/")
    html = district.content.decode()
    assert "10/09/2021" in html
    assert "Quá hạn" in html
    missing = {
        (r.missing.indicator.code, r.label) for _unit, rows in district.context["by_unit"] for r in rows
    }
    assert missing == {
        (JOBS, "Tháng 7/2021"),
        ("workers_abroad", "Tháng 7/2021"),
        ("workers_abroad", "Tháng 8/2021"),
    }
    assert row.area_code == DISTRICT


def test_reminders_stand_on_the_worklist_of_who_must_act() -> None:
    officer, head = make.officer(), make.head()
    assert "Chỉ tiêu chưa báo cáo" in browser(officer).get("/").content.decode()
    make.submitted(officer, 5)
    make.submitted(officer, 1, code="workers_abroad")
    assert "Chỉ tiêu chưa báo cáo" not in browser(officer).get("/").content.decode()
    html = browser(head).get("/").content.decode()
    assert "Số liệu chỉ tiêu chờ duyệt" in html
    assert "/targets/figures/?status=submitted" in html


def test_the_department_writes_the_words_and_changes_an_indicator() -> None:
    client = browser(user(Role.PROVINCIAL_REVIEWER))
    words = {
        "year": "2021",
        "half": "2",
        "general": "Đạt khá.",
        "results": "",
        "obstacles": "",
        "next": "",
        "proposals": "",
    }
    assert client.post("/targets/words/", words).status_code == 302
    assert TargetText.objects.get().body == "Đạt khá."
    changed = {
        "title": "Việc làm mới",
        "legal_basis": "",
        "verify": "",
        "due_days": "5",
        "reported_from": "01/07/2021",
        "is_active": "on",
    }
    assert client.post(f"/targets/indicators/{JOBS}/edit/", changed).status_code == 302
    assert TargetIndicator.objects.get(code=JOBS).title == "Việc làm mới"
    leader = browser(user(Role.LEADER))
    assert "Đạt khá." in leader.get("/targets/words/?year=2021&half=2").content.decode()
    assert leader.post("/targets/words/", words).status_code == 403
    assert browser(make.officer()).post(f"/targets/indicators/{JOBS}/edit/", changed).status_code == 403
    assert browser(make.officer()).get("/targets/words/").status_code == 403


@pytest.mark.parametrize("path", ["/targets/", "/targets/figures/", "/targets/missing/", "/targets/plan/"])
def test_the_number_of_statements_does_not_grow(path: str) -> None:
    client = browser(user(Role.LEADER))
    make.approved(make.officer(), 5, JULY)
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(path)
    for code in (JOBS, "workers_abroad"):
        make.approved(make.officer(), 6, AUGUST, code)
        make.approved(make.officer(OUTSIDE_DISTRICT), 6, AUGUST, code)
        make.planned(10, area=DISTRICT, code=code)
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few)
