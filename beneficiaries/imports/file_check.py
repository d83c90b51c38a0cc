"""The check of a whole file: layout, data rows, each row, the list's own findings, totals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from beneficiaries.imports.checking import SECTION_END, CheckedRow, CheckRules, RowChecker
from beneficiaries.imports.duplicates import DuplicateSearch
from beneficiaries.imports.headers import amount_unit, field_of, is_of_another, is_of_household
from beneficiaries.imports.layout import Layout, find_layout, layout_of, with_columns
from beneficiaries.imports.profile import NOT_TAKEN, ImportProfile
from beneficiaries.imports.raw_rows import RawRow
from beneficiaries.imports.rows import DataRows, find_rows, list_date_of, title_texts
from beneficiaries.rules.addresses import Communes, is_ditto
from beneficiaries.rules.dates import are_month_first
from beneficiaries.rules.doubts import heading_against
from beneficiaries.rules.encodings import encoding_of_font, read_text
from beneficiaries.rules.findings import Finding
from core.spreadsheets.reading import Cell, Sheet, Workbook, column_number, is_blank
from core.spreadsheets.reading.refusals import refused

_NO_FONTS: Final[dict[str, str]] = {}


@dataclass(slots=True)
class ListCheck:
    """One list under check. `rows()` judges row after row, in order; the findings of the file are complete after the last."""

    workbook: Workbook
    layout: Layout
    data: DataRows
    profile: ImportProfile
    communes: Communes
    business_date: dt.date
    list_date: dt.date | None
    name_hint: str = ""
    is_month_first: bool = False
    _amounts: list[int] = field(default_factory=list)
    _fonts: dict[int, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        sheet = self.layout.sheet
        self._fonts = _fonts_by_row(self.layout) if sheet.fonts else {}

    @property
    def rules(self) -> CheckRules:
        on = self.list_date if self.list_date and self.list_date <= self.business_date else self.business_date
        return CheckRules(
            self.profile,
            self.communes,
            on,
            self.layout.sheet.is_typed,
            self.layout.amount_unit,
            self.name_hint,
            self.is_month_first,
            business_date=self.business_date,
            units={
                extra.code: amount_unit([self.layout.headers.get(self.layout.columns.get(extra.code, 0), "")])
                for extra in self.profile.extra
            },
            is_of_list=True,
        )

    def rows(self) -> Iterator[tuple[CheckedRow, dict[str, Cell]]]:
        """Each data row, judged, with its cells by field. Also remembers the amounts for the total."""
        layout, sheet = self.layout, self.layout.sheet
        places = [
            (name, index)
            for name in layout.columns
            if name not in NOT_TAKEN and (index := layout.index_of(name)) is not None and index >= 0
        ]
        checker = RowChecker(self.rules, frozenset(layout.columns))
        search = DuplicateSearch(takes_no_number=not self.profile.needs_number)
        fonts = self._fonts
        self._amounts = []
        for index, hamlet in zip(self.data.indexes, self.data.hamlets, strict=True):
            row = sheet.rows[index]
            width = len(row)
            cells = {name: row[place] for name, place in places if place < width}
            number = sheet.first_row + index
            checked = search.mark(checker.check(number, cells, fonts.get(number), hamlet))
            self._amounts.append(checked.values["amount"] or 0)
            yield checked, cells

    def packed_row(self, position: int) -> str:
        """All that the file holds of a data row, as it is kept beside the clean values (RawRow)."""
        sheet, index = self.layout.sheet, self.data.indexes[position]
        fonts = self._fonts.get(sheet.first_row + index, _NO_FONTS)
        if self.name_hint:
            fonts = {"full_name": self.name_hint, "address": self.name_hint, **fonts}
        return RawRow.packed_cells(sheet.first_column, sheet.rows[index], fonts, self.data.hamlets[position])

    def file_findings(self) -> list[tuple[Finding, int | None]]:
        """What is to be said about the list as a whole, each with the spreadsheet row it is about."""
        return [*self._letter_findings(), *self._total_findings(), *self._sheet_findings()]

    def _letter_findings(self) -> list[tuple[Finding, int | None]]:
        found: list[tuple[Finding, int | None]] = []
        if self.list_date and self.list_date > self.business_date:
            found.append((Finding("LIST_DATE_FUTURE", "list_date", f"{self.list_date:%d/%m/%Y}"), None))
        if self.is_month_first:
            found.append((Finding("DATES_MONTH_FIRST", "dob"), None))
        beside = [
            letter
            for letter, text in self.layout.unmapped.items()
            if field_of([text]) == "full_name" and not is_of_another([text]) and not is_of_household([text])
        ]
        if beside:
            found.append((Finding("SECOND_TABLE", "", _some(beside)), None))
        titles = title_texts(self.layout)
        stranger = self.communes.stranger_in(titles)
        if stranger:
            found.append((Finding("OTHER_COMMUNE_LIST", "", stranger.name, self.communes.own_name), None))
        against = next(
            (heading for title in titles if not field_of([title]) and (heading := heading_against(title))), ""
        )
        if against:
            found.append((Finding("LIST_AGAINST", "", against), None))
        return found

    def _total_findings(self) -> list[tuple[Finding, int | None]]:
        if "amount" not in self.layout.columns:
            return []
        found: list[tuple[Finding, int | None]] = []
        for total in self.data.totals:
            actual = sum(self._amounts[total.first : total.last])
            of_section = sum(self._amounts[total.section : total.last])
            if total.last == 0:  # the sum stands above the people
                actual = of_section = sum(self._amounts)
            if total.declared not in (actual, of_section):
                found.append(
                    (
                        Finding("TOTAL_MISMATCH", "amount", _dots(total.declared), _dots(actual)),
                        total.row_number,
                    )
                )
        return found

    def _sheet_findings(self) -> list[tuple[Finding, int | None]]:
        sheet, columns = self.layout.sheet, self.layout.columns
        found: list[Finding] = []
        hidden = sorted(sheet.hidden_rows & {sheet.first_row + index for index in self.data.indexes})
        if hidden:
            found.append(Finding("ROWS_HIDDEN", "", str(len(hidden)), _some(hidden)))
        if self.data.skipped:
            found.append(
                Finding("ROWS_SKIPPED", "", _some([sheet.row_number(index) for index in self.data.skipped]))
            )
        if sheet.formulas_without_value:
            found.append(Finding("FORMULA_WITHOUT_VALUE", "", _some(sheet.formulas_without_value)))
        others = {
            other.name: _people_on(other, self.profile)
            for other in self.workbook.sheets
            if other.name != sheet.name
        }
        lists = [f"“{name}” ({people})" for name, people in others.items() if people]
        if lists:
            found.append(Finding("OTHER_LIST_SHEETS", "", _some(lists), sheet.name))
        if len(others) > len(lists):
            rest = [name for name, people in others.items() if not people]
            found.append(Finding("SHEETS_IGNORED", "", _some(rest), sheet.name))
        if self.layout.unmapped:
            found.append(
                Finding(
                    "COLUMNS_IGNORED",
                    "",
                    _some([f"{letter} ({text})" for letter, text in self.layout.unmapped.items()]),
                )
            )
        if not {"sex", "sex_m", "dob_m"} & set(columns):
            found.append(Finding("SEX_COLUMN_MISSING", "sex"))
        if "amount" not in columns:
            found.append(Finding("AMOUNT_COLUMN_MISSING", "amount"))
        if self.workbook.encoding in {"cp1258", "cp1252"}:
            found.append(Finding("TEXT_ENCODING", "", self.workbook.encoding))
        return [(finding, None) for finding in found]


def open_list(
    workbook: Workbook,
    *,
    profile: ImportProfile,
    communes: Communes,
    business_date: dt.date,
    sheet_name: str = "",
    columns: Mapping[str, str] | None = None,
) -> ListCheck:
    """Find the list in a workbook and make it ready to be checked; `columns` (field -> letter) overrides the guess.

    Raises SpreadsheetRefused when no sheet holds a list of people, or the list holds nobody.
    """
    layout = find_layout(workbook, sheet_name=sheet_name, extras=profile.extra)
    if layout is None:
        raise refused("NO_LIST")
    if columns:
        layout = with_columns(layout, {name: column_number(letter) for name, letter in columns.items()})
    data = find_rows(layout)
    if not data.indexes:
        raise refused("NO_ROWS")
    data = replace(data, hamlets=_with_addresses(layout, data))
    return ListCheck(
        workbook,
        layout,
        data,
        profile,
        communes,
        business_date,
        list_date_of(layout, data),
        _name_hint(layout, data),
        are_month_first(_births(layout, data)),
    )


def _births(layout: Layout, data: DataRows) -> Iterator[Cell]:
    for name in ("dob", "dob_m", "dob_f"):
        place = layout.index_of(name)
        if place is not None and place >= 0:
            for index in data.indexes[:1000]:
                row = layout.sheet.rows[index]
                yield row[place] if place < len(row) else None


def _name_hint(layout: Layout, data: DataRows) -> str:
    """The old encoding of the whole column of names, when most of its marked names are written in one."""
    place = layout.index_of("full_name")
    if place is None or place < 0:
        return ""
    counts: dict[str, int] = {}
    seen = 0
    for index in data.indexes[:400]:
        row = layout.sheet.rows[index]
        cell = row[place] if place < len(row) else None
        if isinstance(cell, str) and not cell.isascii():
            seen += 1
            encoding = read_text(cell)[1]
            counts[encoding] = counts.get(encoding, 0) + 1
    best = max(("TCVN3", "VNI"), key=lambda name: counts.get(name, 0))
    return best if seen >= 4 and counts.get(best, 0) > 0.6 * seen else ""


def _fonts_by_row(layout: Layout) -> dict[int, dict[str, str]]:
    by_number = {number: name for name, number in layout.columns.items()}
    fonts: dict[int, dict[str, str]] = {}
    for (row, column), font in layout.sheet.fonts.items():
        name = by_number.get(column)
        if name:
            fonts.setdefault(row, {})[name] = encoding_of_font(font)
    return fonts


def _people_on(sheet: Sheet, profile: ImportProfile) -> int:
    """How many rows of people another sheet holds."""
    layout = layout_of(sheet, profile.extra)
    return len(find_rows(layout).indexes) if layout else 0


def _with_addresses(layout: Layout, data: DataRows) -> tuple[str, ...]:
    """The heading of each row, or the address that it takes from a merged cell or from the row above ("nt")."""
    place = layout.index_of("address")
    if place is None or place < 0:
        return data.hamlets
    spread, above = _spread_addresses(layout), ""
    headings: list[str] = []
    for index, heading in zip(data.indexes, data.hamlets, strict=True):
        row = layout.sheet.rows[index]
        cell = spread.get(layout.sheet.row_number(index)) or (row[place] if place < len(row) else None)
        if is_ditto(cell):
            taken = above
        else:
            taken = above = "" if is_blank(cell) else str(cell)
            if layout.sheet.row_number(index) not in spread:
                taken = ""
        section, mark, _hamlet = heading.rpartition(SECTION_END)
        headings.append(f"{section}{mark}{' '.join(taken.split())}" if taken else heading)
    return tuple(headings)


def _spread_addresses(layout: Layout) -> dict[int, Cell]:
    """Spreadsheet row -> address, for rows below the first of a merged cell: one ấp written once for all its people."""
    column, sheet = layout.columns.get("address"), layout.sheet
    spread: dict[int, Cell] = {}
    for merge in sheet.merges:
        index = merge.first_row - sheet.first_row
        if merge.first_column == column and merge.last_row > merge.first_row and index >= layout.first_data:
            place = merge.first_column - sheet.first_column
            cell = sheet.rows[index][place] if place < len(sheet.rows[index]) else None
            spread.update(dict.fromkeys(range(merge.first_row + 1, merge.last_row + 1), cell))
    return spread


def _some(items: object) -> str:
    texts = [str(item) for item in items] if isinstance(items, list | tuple) else [str(items)]
    return ", ".join(texts[:20]) + ("…" if len(texts) > 20 else "")


def _dots(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
