"""Reading a hand-out list that came back: where its columns are, and what each row says. Knows no round and no database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from core.references import parse_reference
from core.spreadsheets.reading.grid import Cell, Sheet, Workbook, is_blank
from core.text import clean_text, search_key

_TITLES: Final = {
    "reference": ("ma dong cap phat", "ma cap phat", "ma dong"),
    "name": ("ho va ten", "ho ten", "nguoi nhan"),
    "quantity": ("so luong", "so luong kg", "khoi luong", "so kg"),
    "result": ("ket qua nhan", "ket qua", "ket qua cap phat"),
    "reason": ("ly do chua nhan", "li do chua nhan", "ly do", "li do", "ghi chu"),
}
_RECEIVED_WORDS: Final = frozenset(
    {
        "x",
        "v",
        "1",
        "co",
        "roi",
        "da",
        "da nhan",
        "da ki",
        "da ki nhan",
        "da ky",
        "da ky nhan",
        "nhan",
        "true",
    }
)
_MISSED_WORDS: Final = frozenset(
    {"0", "k", "ko", "khong", "khong nhan", "chua", "chua nhan", "vang", "vang mat", "false"}
)


class Told(Enum):
    """What the result cell of a row says."""

    RECEIVED = "received"
    MISSED = "missed"
    NOTHING = "nothing"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class HandedRow:
    """One row as read; `reference` in its one written form, or "" when the cell holds none; `quantity` None where the cell is
    empty, -1 where it is no whole number.
    """

    row: int
    typed_reference: str
    reference: str
    name: str
    quantity: int | None
    told: Told
    typed_result: str
    reason: str


class NoListHeader(ValueError):
    """No sheet has a row with the reference and the result column."""


def read_handout_list(workbook: Workbook) -> list[HandedRow]:
    """The rows of the first sheet that has a heading with reference and result; rows that say nothing are left out."""
    for sheet in workbook.sheets:
        for index, cells in enumerate(sheet.rows):
            columns = _columns(cells)
            if {"reference", "result"} <= columns.keys():
                return list(_rows(sheet, index + 1, columns))
    raise NoListHeader


def told_by(cell: Cell) -> Told:
    """What a result cell says: "x" and "Đã nhận" are received, "Chưa nhận" is not, empty is nothing."""
    if is_blank(cell):
        return Told.NOTHING
    words = search_key(_text(cell))
    if words in _RECEIVED_WORDS:
        return Told.RECEIVED
    return Told.MISSED if words in _MISSED_WORDS else Told.UNREADABLE


def quantity_in(cell: Cell) -> int | None:
    """Whole units of a cell: a number, or a text such as "1.500"; None where it is empty, -1 for anything else."""
    if is_blank(cell):
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return int(cell) if float(cell).is_integer() else -1
    words = _text(cell).split()
    digits = words[0].replace(".", "") if words else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 15 else -1


def _columns(cells: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        title = search_key(_text(cell)) if not is_blank(cell) else ""
        for key, titles in _TITLES.items():
            if title in titles and key not in found:
                found[key] = place
    return found


def _rows(sheet: Sheet, start: int, columns: Mapping[str, int]) -> Iterator[HandedRow]:
    def cell_of(cells: Sequence[Cell], key: str) -> Cell:
        place = columns.get(key)
        return cells[place] if place is not None and place < len(cells) else None

    for index in range(start, len(sheet.rows)):
        cells = sheet.rows[index]
        typed = _text(cell_of(cells, "reference"))
        result = cell_of(cells, "result")
        if typed.startswith("(") or (not typed and told_by(result) not in (Told.RECEIVED, Told.MISSED)):
            continue
        reference = parse_reference(typed)
        yield HandedRow(
            row=sheet.row_number(index),
            typed_reference=typed[:40],
            reference=str(reference) if reference and reference.prefix == "LP" else "",
            name=_text(cell_of(cells, "name"))[:150],
            quantity=quantity_in(cell_of(cells, "quantity")),
            told=told_by(result),
            typed_result=_text(result)[:100],
            reason=_text(cell_of(cells, "reason"))[:300],
        )


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean_text(str(cell))
