"""Finding the columns of a list by the words of its heading, and its cells as text."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Final

from beneficiaries.rules.encodings import read_text
from core.spreadsheets.reading.grid import Cell, Sheet, column_letter
from core.text import clean_text, search_key
from disbursements.rules.statements.lines import Unreadable

Columns = Mapping[str, int]
Titles = Mapping[str, Sequence[str]]
_SHOWN_CELLS: Final = 3
_DAY: Final = re.compile(
    r"(?:(?P<d1>[0-9]{1,2})[-/.](?P<m1>[0-9]{1,2})[-/.](?P<y1>20[0-9]{2})|(?P<y2>20[0-9]{2})[-/.]?(?P<m2>[0-9]{2})[-/.]?(?P<d2>[0-9]{2}))"
    r"(?![0-9])"
)


def columns_of(cells: Sequence[Cell], titles: Titles) -> dict[str, int]:
    """Place of each known column in a heading row; the first of two columns with one meaning counts."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        title = search_key(text_of(cell))
        for key, known in titles.items():
            if title and title in known and key not in found:
                found[key] = place
    return found


def text_of(cell: Cell) -> str:
    """A cell as people see it: composed letters, old fonts read as meant, whole numbers without a fraction, dates dd/mm/yyyy."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell:%d/%m/%Y}"
    text = clean_text(str(cell))
    return text if text.isascii() else read_text(text)[0]


def cell_of(cells: Sequence[Cell], columns: Columns, key: str) -> Cell:
    place = columns.get(key)
    return cells[place] if place is not None and place < len(cells) else None


def day_of(cell: Cell) -> dt.date | None:
    """The day in a cell: a date, or "28/09/2021", "28-09-2021 08:15", "2021-09-28", "20210928"; None for anything else."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    found = _DAY.match(text_of(cell))
    if found is None:
        return None
    year, month, day = (found["y1"] or found["y2"], found["m1"] or found["m2"], found["d1"] or found["d2"])
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


class Formulas:
    """Cells of a sheet that hold a formula which nobody has computed: read as empty, they would say something else."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self._open = frozenset(sheet.formulas_without_value)
        self._letters = [column_letter(sheet.first_column + place) for place in columns.values()]
        self._met: list[str] = []

    def look(self, row: int) -> None:
        """Remember the open formulas of a row that is about a payment."""
        if self._open:
            self._met += [name for letter in self._letters if (name := f"{letter}{row}") in self._open]

    def refuse(self) -> None:
        """Unreadable where there were any."""
        if self._met:
            raise Unreadable("FORMULAS", cells=", ".join(self._met[:_SHOWN_CELLS]), count=len(self._met))
