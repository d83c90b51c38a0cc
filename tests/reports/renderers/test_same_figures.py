"""Page, Excel, PDF, CSV and API of one issued report say the same, figure by figure."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from core.money import amount_in_words, format_dong
from core.services.files import read_file
from reports.definitions import DEFINITIONS
from reports.definitions.base import Params, Report
from reports.models import ReportRun
from reports.queries.areas import area_choice
from reports.renderers.csv import render_csv
from reports.renderers.html import render_report_html
from reports.renderers.xlsx import render_xlsx
from reports.services.kept import report_of_run
from reports.services.runs import make_report_run
from tests.reports.conftest import browser_of, person

pytestmark = pytest.mark.usefixtures("province")
TODAY = dt.date(2021, 9, 27)
FIRST = TODAY.replace(day=1)


@pytest.fixture(scope="module", params=["lanhdao", "xem888"])
def run(request: pytest.FixtureRequest, province: None) -> ReportRun:
    actor = person(request.param)
    choice = area_choice(actor, "", TODAY)
    assert choice is not None
    return make_report_run(
        definition=DEFINITIONS["free_workers"], params=Params(FIRST, TODAY, choice), actor=actor
    )


def report_of(run: ReportRun) -> Report:
    report = report_of_run(run)
    assert report is not None
    return report


def lines_of(report: Report) -> list[tuple[str, list[int]]]:
    """Every line as it is written: label and figures, the unit's before its lines'."""
    keys = [column.key for column in report.figure_columns]
    lines: list[tuple[str, list[int]]] = []
    for section in report.sections:
        rows = [{"label": section.label, **section.sums}, *section.lines]
        lines += [(str(row["label"]), [int(row[key]) for key in keys]) for row in rows]
    return [*lines, (report.total_label, [int(report.totals[key]) for key in keys])]


def test_excel_cell_by_cell(run: ReportRun) -> None:
    assert run.xlsx is not None
    content = read_file(run.xlsx)
    values = load_workbook(io.BytesIO(content), data_only=True).active
    formulas = load_workbook(io.BytesIO(content)).active
    assert values is not None
    assert formulas is not None
    numbered = next(row for row in values.iter_rows() if row[0].value == "(1)")
    assert [cell.value for cell in numbered] == [f"({place})" for place in range(1, 17)]
    start = numbered[0].row + 1
    expected = lines_of(report_of(run))
    for offset, (label, figures) in enumerate(expected):
        row = [cell.value for cell in values[start + offset]]
        assert row[1] == label
        assert row[2:] == figures
        assert all(isinstance(value, int) for value in row[2:])
    ordinals = [values.cell(start + place, 1).value for place in range(len(expected))]
    assert [value for value in ordinals if value is not None] == list(
        range(1, len(report_of(run).sections) + 1)
    )
    total = formulas[start + len(expected) - 1]
    assert all(str(cell.value).startswith("=SUBTOTAL(9,") for cell in total[2:])
    assert values.freeze_panes == f"C{start}"
    assert values.print_title_rows
    assert values.page_setup.orientation == "landscape"
    words = " ".join(str(cell.value) for row in values.iter_rows(min_row=start) for cell in row if cell.value)
    assert amount_in_words(int(run.totals["paid_amount"])) in words


def test_pdf_holds_the_same_figures(run: ReportRun) -> None:
    assert run.pdf is not None
    pages = PdfReader(io.BytesIO(read_file(run.pdf))).pages
    text = "\n".join(page.extract_text() for page in pages)
    flat = " ".join(text.split())
    for label, figures in lines_of(report_of(run)):
        # a name that takes two lines of its cell has no space between them
        assert "".join(label.split()) in "".join(text.split())
        for figure in figures:
            assert format_dong(figure) in flat
    # the order too: the totals' figures stand one behind the other in the last row
    totals = [format_dong(figure) for figure in lines_of(report_of(run))[-1][1]]
    assert " ".join(["Tổng cộng", *totals]) in flat
    assert "DỰ THẢO" in flat
    assert "Số: …………" in flat
    assert "ngày …… tháng …… năm 2021" in flat
    assert amount_in_words(int(run.totals["paid_amount"])) in flat
    box = pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (842, 595)


def test_page_csv_and_api_hold_the_same_figures(run: ReportRun) -> None:
    report = report_of(run)
    html = " ".join(render_report_html(report).split())
    for label, figures in lines_of(report):
        assert label in html
        assert all(f">{format_dong(figure)}<" in html for figure in figures)
    table = list(csv.reader(io.StringIO(render_csv(report).decode("utf-8-sig"))))
    keys = [column.key for column in report.figure_columns]
    written = [(line[0], line[1], [int(value) for value in line[2:]]) for line in table[1:]]
    assert written == [
        (section.label, str(line["label"]), [int(line[key]) for key in keys])
        for section in report.sections
        for line in section.lines
    ]
    owner = "lanhdao" if run.area_code == "89" else "xem888"
    answer: Any = browser_of(owner).get(f"/api/v1/reports/runs/{run.reference}/").json()
    assert answer["totals"] == dict(report.totals)
    figures_now = browser_of(owner).get("/api/v1/reports/progress/", {"first": FIRST.isoformat()}).json()
    for stage in ("proposed", "approved", "paid", "remaining"):
        cumulative = figures_now["total"]["cumulative"][stage]
        assert cumulative["people"] == report.totals[f"{stage}_people"]
        assert cumulative["amount"] == report.totals[f"{stage}_amount"]
        if stage != "remaining":
            assert figures_now["total"]["period"][stage]["people"] == report.totals[f"period_{stage}_people"]


def test_lines_add_up_across_and_down(run: ReportRun) -> None:
    report = report_of(run)
    for section in report.sections:
        for key in section.sums:
            assert section.sums[key] == sum(int(line[key]) for line in section.lines)
        for line in section.lines:
            assert line["remaining_people"] == int(line["approved_people"]) - int(line["paid_people"])
            assert line["remaining_amount"] == int(line["approved_amount"]) - int(line["paid_amount"])
    for key, total in report.totals.items():
        assert total == sum(int(section.sums[key]) for section in report.sections)


def test_a_kept_report_is_written_the_same_again(run: ReportRun) -> None:
    assert run.xlsx is not None
    assert render_xlsx(report_of(run)) == read_file(run.xlsx)
