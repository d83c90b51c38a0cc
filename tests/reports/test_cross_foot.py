"""Page, Excel, PDF, CSV and API of one issued report say the same, figure by figure, and its totals are those of the ledger.

Every report of the catalogue is issued once on random data. A report that isn't in `LEDGER` fails: whoever adds one says what
its money must equal (tests/reports/ledger_checks.py).
"""

import csv
import datetime as dt
import io
import re
from functools import cache
from typing import Any

import pytest
from django.utils.html import escape
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from pypdf import PdfReader

from accounts.models import User
from core.services.files import read_file
from core.spreadsheets.csv_writing import guard_text
from core.spreadsheets.tables import Cell, Column, Kind
from reports.definitions import DEFINITIONS, ReportDefinition
from reports.definitions.base import Ask, Params, Report
from reports.models import ReportRun
from reports.queries.areas import area_choice
from reports.renderers.html import render_report_html
from reports.renderers.paper import paper_of
from reports.renderers.pdf import MOST_ROWS, render_report_pdf
from reports.renderers.sheet import FIXED, Sheet, sheet_of, written
from reports.renderers.xlsx import render_xlsx
from reports.services.kept import file_of_run, report_of_run
from reports.services.runs import make_report_run, may_open
from tests.reports.conftest import browser_of, person
from tests.reports.ledger_checks import LEDGER

pytestmark = pytest.mark.usefixtures("province")
TODAY = dt.date(2021, 9, 27)
FIRST = dt.date(2021, 9, 1)
READERS = ("lanhdao", "thanhtra")


def reader_of(definition: ReportDefinition) -> User:
    """Who opens this report."""
    return next(person(name) for name in READERS if may_open(definition, person(name)))


@cache
def issued(code: str) -> ReportRun:
    """One run of each report, made once."""
    definition = DEFINITIONS[code]
    actor = reader_of(definition)
    choice = area_choice(actor, "", TODAY)
    assert choice is not None
    programmes = definition.programmes[:1] or ("LD_TU_DO",) if Ask.PROGRAMME in definition.asks else ()
    return make_report_run(
        definition=definition, params=Params(FIRST, TODAY, choice, programmes), actor=actor
    )


@pytest.fixture(scope="module", autouse=True)
def forget(province: None) -> Any:
    """Runs are of this module's province only."""
    issued.cache_clear()
    yield
    issued.cache_clear()


@pytest.fixture(params=sorted(DEFINITIONS))
def run(request: pytest.FixtureRequest) -> ReportRun:
    return issued(str(request.param))


def report_of(run: ReportRun) -> Report:
    report = report_of_run(run)
    assert report is not None
    return report


def lines_of(report: Report) -> list[dict[str, Cell]]:
    """Every line as it stands below the other, the unit's before its lines'; the total is not among them."""
    label = report.columns[1].key
    if report.rows is not None:
        return [dict(row) for row in report.rows]
    lines: list[dict[str, Cell]] = []
    for section in report.sections:
        if section.label:
            lines.append({**section.sums, label: section.label})
        lines += [dict(line) for line in section.lines]
    return lines


def test_excel_cell_by_cell(run: ReportRun) -> None:
    assert run.xlsx is not None
    content = read_file(run.xlsx)
    report, book = report_of(run), load_workbook(io.BytesIO(content), data_only=True)
    formulas: Any = load_workbook(io.BytesIO(content)).active
    values: Any = book.active
    numbered = next(row for row in values.iter_rows() if row[0].value == "(1)")
    assert [cell.value for cell in numbered] == [f"({n})" for n in range(1, len(report.columns) + 1)]
    start, expected = numbered[0].row + 1, lines_of(report)
    for offset, line in enumerate(expected):
        for column, cell in zip(report.columns[1:], values[start + offset][1:], strict=True):
            assert as_told(column, cell.value) == as_told(column, line.get(column.key)), (offset, column.key)
    if report.has_totals:
        total = start + len(expected)
        assert values.cell(total, 2).value == report.total_label
        for place, column in enumerate(report.columns[FIXED:], start=FIXED + 1):
            told = values.cell(total, place).value
            assert as_told(column, told) == as_told(column, report.totals.get(column.key)), column.key
    for row in formulas.iter_rows(min_row=start):
        for cell in row:
            check_formula(cell, values)
    end = start + len(expected) + report.has_totals
    data = [merged for merged in values.merged_cells.ranges if start <= merged.min_row < end]
    assert data == []
    assert values.freeze_panes == f"C{start}"
    assert values.print_title_rows


def as_told(column: Column, value: Any) -> Any:
    """A cell as it was meant: a day without its midnight, nothing as nothing."""
    if isinstance(value, dt.datetime):
        return value.date()
    if value in (None, "") or column.kind is Kind.ORDINAL:
        return None
    return pytest.approx(value) if isinstance(value, float) else value


def check_formula(cell: Any, values: Any) -> None:
    """What a sum carries is what it adds up; inner sums count once."""
    found = re.fullmatch(r"=(SUM|SUBTOTAL)\((?:9,)?([A-Z]+\d+:[A-Z]+\d+)\)", str(cell.value))
    if found is None:
        return
    left, top, right, bottom = range_boundaries(found[2])
    sheet = cell.parent
    added = [
        values.cell(row, left).value or 0
        for row in range(top, bottom + 1)
        if not str(sheet.cell(row, left).value).startswith("=SUBTOTAL")
    ]
    assert left == right
    assert values.cell(cell.row, cell.column).value == sum(added), cell.coordinate


def test_page_holds_every_cell(run: ReportRun) -> None:
    report = report_of(run)
    shown = re.findall(r"<td[^>]*data-l=[^>]*>(?:<b>)?(.*?)(?:</b>)?</td>", render_report_html(report))
    sheet = sheet_of(report, most=50 if report.is_list else None)
    assert shown == [escape(cell.text) for cell in cells_of(sheet)]


def cells_of(sheet: Sheet) -> list[Any]:
    return [cell for row in sheet.rows for cell in row.cells] + list(sheet.totals)


def test_pdf_holds_every_figure_in_order(run: ReportRun) -> None:
    report = report_of(run)
    if run.row_count > MOST_ROWS:
        assert run.pdf is None
        return
    assert run.pdf is not None
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(read_file(run.pdf))).pages)
    flat = re.sub(r"\s+", "", text)
    parts = paper_of(report, sheet_of(report)).parts
    place = 0
    for part in parts:
        sheet = sheet_of(report, columns=part)
        for row in sheet.rows:
            place = found_after(flat, row.label, place)
            for cell in row.cells:
                place = found_after(flat, cell.text, place)
        for cell in sheet.totals:
            place = found_after(flat, cell.text, place)
    for line in report.in_words:
        assert re.sub(r"\s+", "", line) in flat
    assert "DỰTHẢO" in flat


def found_after(flat: str, text: str, place: int) -> int:
    """Where a cell's text ends, looked for behind the one before it."""
    wanted = re.sub(r"\s+", "", text)
    found = flat.find(wanted, place)
    assert found >= 0, (text, flat[place : place + 200])
    return found + len(wanted)


def test_csv_holds_every_line(run: ReportRun) -> None:
    report = report_of(run)
    response: Any = file_of_run(run, "csv")
    content = response.getvalue() if response.streaming else response.content
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    is_plain = report.is_list or report.is_flat
    columns = report.columns[2:] if is_plain else report.columns[1:]
    lines = lines_of(report) if is_plain else [line for section in report.sections for line in section.lines]
    assert len(table) == len(lines) + 1
    for told, line in zip(table[1:], lines, strict=True):
        assert told[-len(columns) :] == [plain(column, line.get(column.key)) for column in columns]


def plain(column: Column, value: Cell) -> str:
    if isinstance(value, int | float):
        return str(value)
    return guard_text(written(column, value))


def test_api_holds_the_same(run: ReportRun) -> None:
    report = report_of(run)
    browser = browser_of(reader_of(DEFINITIONS[run.definition]).username)
    answer: Any = browser.get(f"/api/v1/reports/runs/{run.reference}/").json()
    assert [column["key"] for column in answer["columns"]] == [column.key for column in report.columns]
    assert answer["totals"] == run.totals
    assert answer["sections"] == run.rows
    assert answer["row_count"] == len(lines_of(report)) * report.is_list


def test_lines_add_up_to_units_and_units_to_totals(run: ReportRun) -> None:
    report = report_of(run)
    for column in report.columns:
        if not column.total:
            continue
        for section in report.sections:
            added = sum(int(line.get(column.key) or 0) for line in section.lines)  # type: ignore[arg-type]
            assert section.sums[column.key] == added, (section.label, column.key)
        rows = report.rows if report.rows is not None else [section.sums for section in report.sections]
        assert report.totals[column.key] == sum(int(row.get(column.key) or 0) for row in rows), column.key  # type: ignore[arg-type]


def test_money_is_that_of_the_ledger(run: ReportRun) -> None:
    check = LEDGER.get(run.definition)
    assert check is not None, (
        f"tests/reports/ledger_checks.py doesn't say what the money of {run.definition} equals"
    )
    check(report_of(run))


def test_the_same_bytes_again(run: ReportRun) -> None:
    report = report_of(run)
    assert run.xlsx is not None
    assert render_xlsx(report) == read_file(run.xlsx)
    if run.definition in ("free_workers", "programme_list"):
        assert run.pdf is not None
        assert render_report_pdf(report) == read_file(run.pdf)
