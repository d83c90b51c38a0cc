"""Which rows of a sheet are people: the data rows, and between them headings, subtotals, totals and signatures."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from beneficiaries.imports.checking import SECTION_END
from beneficiaries.imports.headers import header_key
from beneficiaries.imports.layout import Layout, is_index_row
from beneficiaries.rules.amounts import read_amount
from beneficiaries.rules.doubts import heading_against
from beneficiaries.rules.encodings import read_text
from beneficiaries.rules.identity import kind_of, read_number
from core.spreadsheets.reading import Cell, is_blank

_TOTAL: Final = re.compile(
    r"^\W*(?:tổng|tong\b|cộng|cong(?: cong)?\s*[:.(]|cong\s*$|tc\s*:"
    r"|mang sang|(?:cộng )?(?:chuyển|lũy kế|luỹ kế)(?: trang| sang|\s*$|\s*:))",
    re.IGNORECASE,
)
_RUNNING: Final = re.compile(r"mang sang|chuyển|lũy kế|luỹ kế", re.IGNORECASE)
_GRAND: Final = re.compile(r"^\W*(?:tổng|tong\b)", re.IGNORECASE)
_HAMLET: Final = re.compile(r"(?:\b|\.)(ấp|khóm|ap|khom)\b[\s:.]*\S", re.IGNORECASE)
_ROMAN: Final = re.compile(r"^(?:[IVX]{1,5}|[A-Z]|\d{1,2})[\s.):\-]+")
_SECTION_NUMBER: Final = re.compile(r"[IVX]{1,5}[.)]?")
# a heading of its own over a group of rows: "II. ĐỐI TƯỢNG KHÁC", "B. Danh sách bổ sung"
_GROUP: Final = re.compile(
    r"^\s*(?:[IVX]{1,5}|[A-Z])[\s.):\-]+\S|^\s*(?:phần|mục|nhóm|danh sách|các trường hợp)\b", re.IGNORECASE
)
_DAY: Final = re.compile(
    r"ngày\s*(\d{1,2})\s*(?:/|-|\.|tháng)\s*(\d{1,2})\s*(?:/|-|\.|năm)\s*(\d{4})", re.IGNORECASE
)
_LEGAL: Final = re.compile(
    r"quyết định|nghị quyết|nghị định|thông tư|công văn|kế hoạch|luật|qđ-|nq-|nq/", re.IGNORECASE
)
_PROPOSAL: Final = re.compile(r"tờ trình|kèm theo|công văn số", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Total:
    """A row that sums up: its spreadsheet row, the đồng it declares, and the data rows (positions) that it is about.

    `section` is where the rows since the last sum begin: a list with a second list below it has two grand totals.
    """

    row_number: int
    declared: int
    first: int
    last: int
    is_grand: bool
    section: int = 0


@dataclass(frozen=True, slots=True)
class DataRows:
    """`indexes` point into the sheet's rows; `hamlets` gives for each the ấp or khóm of the heading above it."""

    indexes: tuple[int, ...]
    hamlets: tuple[str, ...]
    totals: tuple[Total, ...]
    skipped: tuple[int, ...]

    def row_range(self, layout: Layout) -> tuple[int, int] | None:
        if not self.indexes:
            return None
        return layout.sheet.row_number(self.indexes[0]), layout.sheet.row_number(self.indexes[-1])


class _Columns:
    """Positions of the columns that tell a person's row from others."""

    def __init__(self, layout: Layout) -> None:
        def places(*fields: str) -> tuple[int, ...]:
            return tuple(
                index for field in fields if (index := layout.index_of(field)) is not None and index >= 0
            )

        self.names = places("full_name", "surname")
        self.numbers = places("id_number", "id_number_old")
        self.births = places("dob", "dob_m", "dob_f", "dob_year")
        self.amounts = places("amount")
        self.counters = places("stt")


def _text(row: Sequence[Cell], places: tuple[int, ...]) -> bool:
    return any(place < len(row) and not is_blank(row[place]) for place in places)


def _digits(row: Sequence[Cell], places: tuple[int, ...]) -> bool:
    for place in places:
        if place < len(row):
            cell = row[place]
            if isinstance(cell, str):
                if any(letter.isdigit() for letter in cell):
                    return True
            elif cell is not None:
                return True
    return False


def _is_counter(row: Sequence[Cell], places: tuple[int, ...]) -> bool:
    for place in places:
        cell = row[place] if place < len(row) else None
        if isinstance(cell, int | float) or (isinstance(cell, str) and cell.strip(" .)\u00a0").isdigit()):
            return True
    return False


def find_rows(layout: Layout) -> DataRows:
    """Sort the rows below the header. A row is a person's when two of counter, name, number, birth and amount are filled,
    one of them more than the counter and the amount; so pre-numbered empty lines, headings and signatures stay out."""
    search = _RowSearch(layout)
    columns = search.columns
    rows = layout.sheet.rows
    for index in range(layout.first_data, len(rows)):
        row = rows[index]
        if (
            _text(row, columns.names)
            and (_digits(row, columns.numbers) or _digits(row, columns.births))
            and search.is_open(row)
        ):
            search.add(index)
        elif any(not is_blank(cell) for cell in row):
            search.judge(index, row)
    return search.found()


class _RowSearch:
    """What find_rows has seen so far, and its judgement of the rows that are not plainly a person's."""

    def __init__(self, layout: Layout) -> None:
        self.columns = _Columns(layout)
        self._layout = layout
        self._header = frozenset(header_key(text) for text in layout.headers.values()) - {""}
        self._indexes: list[int] = []
        self._hamlets: list[str] = []
        self._totals: list[Total] = []
        self._unclear: list[int] = []
        self._hamlet = ""
        self._against = ""
        self._section = 0
        self._is_closed = False
        self._late: list[int] = []

    def add(self, index: int) -> None:
        self._indexes.append(index)
        self._hamlets.append(f"{self._against}{SECTION_END}{self._hamlet}" if self._against else self._hamlet)

    def is_open(self, row: Sequence[Cell]) -> bool:
        """False for what looks like a person but may be none: "(2)" for a name, or a signature below the grand total."""
        name = row[self.columns.names[0]]
        if isinstance(name, str) and name[:1] in "(0123456789" and is_index_row(row):
            return False
        return not self._is_closed or self._has_card(row)

    def _has_card(self, row: Sequence[Cell]) -> bool:
        return any(
            bool(kind_of(read_number(row[place])[0])) for place in self.columns.numbers if place < len(row)
        )

    def judge(self, index: int, row: Sequence[Cell]) -> None:
        """A row without both name and digits of number or birth: total, heading, repeated header, or a person with gaps."""
        columns = self.columns
        filled = [cell for cell in row if not is_blank(cell)]
        has_number, has_birth = _digits(row, columns.numbers), _digits(row, columns.births)
        if not has_birth and not has_number and self._is_total(index, row, filled):
            return
        if self._repeats_header(filled) or is_index_row(row):
            self._is_closed = False
            return
        if not has_number and not has_birth and self._is_heading(filled):
            return
        has_name = _text(row, columns.names)
        evidence = (
            has_name
            + (has_number or _text(row, columns.numbers))
            + (has_birth or _text(row, columns.births))
            + _digits(row, columns.amounts)
            + _is_counter(row, columns.counters)
        )
        has_card = has_number and self._has_card(row)
        if self._is_closed and not has_card:
            if evidence >= 2:
                self._late.append(index)
        elif has_card or (evidence >= 2 and (has_name or has_number or has_birth)):
            self.add(index)
        else:
            self._unclear.append(index)

    def _is_heading(self, filled: Sequence[Cell]) -> bool:
        """A heading over the rows below: an ấp or khóm, or a group that is not to be paid; its end is the next such group."""
        has_section = isinstance(filled[0], str) and bool(_SECTION_NUMBER.fullmatch(filled[0].strip()))
        if (len(filled) > 2 and not has_section) or not (
            texts := [cell for cell in filled if isinstance(cell, str)]
        ):
            return False
        text = max(texts, key=len)
        is_hamlet = bool(heading := _hamlet_heading(filled))
        against = heading_against(text)
        if is_hamlet:
            self._hamlet = heading
            self._against = against or self._against
        elif against or _GROUP.match(" ".join(texts)):
            self._against = against
        return is_hamlet or has_section or bool(against)

    def found(self) -> DataRows:
        last = self._indexes[-1] if self._indexes else -1
        skipped = (*(index for index in self._unclear if index < last), *self._late)
        return DataRows(tuple(self._indexes), tuple(self._hamlets), tuple(self._totals), skipped)

    def _is_total(self, index: int, row: Sequence[Cell], filled: Sequence[Cell]) -> bool:
        words = (read_text(cell)[0] for cell in filled if isinstance(cell, str))
        summed = next((text for text in words if _TOTAL.match(text)), None)
        if summed is None:
            return False
        total = _total(self._layout, row, index, self.columns, summed, self._section, len(self._indexes))
        if total:
            self._totals.append(total)
        self._section = len(self._indexes)
        self._is_closed = bool(self._indexes) and bool(_GRAND.match(summed)) and not _HAMLET.search(summed)
        return True

    def _repeats_header(self, filled: Sequence[Cell]) -> bool:
        """The header printed again on a new page."""
        words = [header_key(cell) for cell in filled if isinstance(cell, str)]
        return len(words) >= 3 and sum(word in self._header for word in words) >= 0.7 * len(words)


def _hamlet_heading(filled: Sequence[Cell]) -> str:
    """ "I. ẤP PHÚ THẠNH" -> "Ấp PHÚ THẠNH"; "" when the row is no heading of an ấp or khóm."""
    for cell in reversed(filled):
        if isinstance(cell, str):
            text = _ROMAN.sub("", read_text(cell.strip())[0])
            if _HAMLET.match(text):
                return text.strip(" :.")
    return ""


def _total(
    layout: Layout, row: Sequence[Cell], index: int, columns: _Columns, words: str, section: int, count: int
) -> Total | None:
    is_grand = bool(_GRAND.match(words) or _RUNNING.search(words))
    for place in columns.amounts:
        if place < len(row):
            declared, _findings = read_amount(row[place], unit=layout.amount_unit)
            if declared is not None:
                return Total(
                    layout.sheet.row_number(index),
                    declared,
                    0 if is_grand else section,
                    count,
                    is_grand,
                    section,
                )
    return None


def list_date_of(layout: Layout, data: DataRows) -> dt.date | None:
    """The day of the list: that of its letter ("Kèm theo Tờ trình ... ngày"), else of the line above the signatures."""
    first = layout.first_data
    last = data.indexes[-1] + 1 if data.indexes else first
    rows = [*layout.sheet.rows[:first][:60], *layout.sheet.rows[last:][:60]]
    texts = [read_text(cell)[0] for row in rows for cell in row if isinstance(cell, str) and len(cell) > 8]
    found = [(text, match) for text in texts for match in _DAY.finditer(text)]
    preferred = [item for item in found if _PROPOSAL.search(item[0])] or [
        item for item in found if not _LEGAL.search(item[0])
    ]
    for text, match in preferred:
        letter = _PROPOSAL.search(text)
        if letter and match.start() < letter.start():
            continue
        try:
            return dt.date(int(match[3]), int(match[2]), int(match[1]))
        except ValueError:
            continue
    return None


def title_texts(layout: Layout) -> list[str]:
    """The texts above the header, where the list says whose it is."""
    last = layout.first_data
    return [
        read_text(cell)[0]
        for row in layout.sheet.rows[:last][:60]
        for cell in row
        if isinstance(cell, str) and len(cell) > 5
    ]
