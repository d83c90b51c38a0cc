"""Whatever stands in the cells, a row is judged and never fails: cells of any kind, in any column."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from beneficiaries.imports.checking import CheckRules, RowChecker
from beneficiaries.imports.duplicates import DuplicateSearch
from beneficiaries.imports.file_check import open_list
from beneficiaries.imports.findings import message_of, outcome_of, stored
from beneficiaries.imports.layout import layout_of
from beneficiaries.imports.profile import LABELS
from beneficiaries.imports.raw_rows import RawRow
from core.spreadsheets.reading import Sheet, SpreadsheetRefused, Workbook
from tests.beneficiaries.imports.truth import BUSINESS_DATE, PROFILE, communes_seen_from

CELLS = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.sampled_from(
        [
            "Nam",
            "Nữ",
            "1985",
            "02/03/1985",
            "089185000111",
            "1.500.000đ",
            "Ấp 3, xã Phú An",
            "NguyÔn",
            "",
            "  ",
        ]
    ),
    st.integers(-(10**15), 10**15),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
COMMUNES = communes_seen_from("30406")
RULES = CheckRules(PROFILE, COMMUNES, BUSINESS_DATE)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(LABELS)), CELLS, min_size=1))
def test_any_row_is_judged(cells: dict[str, object]) -> None:
    row = RowChecker(RULES, frozenset(cells)).check(7, cells)
    assert row.outcome == outcome_of(row.findings)
    for finding in row.findings:
        assert message_of(finding, 7)
        stored(finding)
    DuplicateSearch().mark(row)
    packed = RawRow.packed_cells(1, list(cells.values()), {}, "")
    assert RawRow.unpacked(packed).fixes == {}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=12))
def test_any_sheet_is_a_list_or_is_not(rows: list[list[object]]) -> None:
    sheet = Sheet("S", rows)
    layout_of(sheet)
    header = ["Họ và tên", "Ngày sinh", "Số CCCD", "Số tiền"]
    try:
        check = open_list(
            Workbook("x", "xlsx", (Sheet("S", [header, *rows]),)),
            profile=PROFILE,
            communes=COMMUNES,
            business_date=dt.date(2021, 9, 27),
        )
    except SpreadsheetRefused:
        return
    assert len(list(check.rows())) == len(check.data.indexes)
    check.file_findings()
