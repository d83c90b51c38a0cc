"""Reading a payment list that came back: where its columns are, and what each row says. Knows no batch and no database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from core.references import parse_reference
from core.spreadsheets.reading.grid import Cell, Sheet, Workbook, is_blank
from core.text import clean_text, search_key

_TITLES: Final = {
    "reference": ("ma lenh chi", "ma chi", "lenh chi"),
    "name": ("ho va ten", "ho ten", "nguoi nhan"),
    "amount": ("so tien dong", "so tien", "so tien d"),
    "result": ("ket qua chi", "ket qua", "ket qua chi tra"),
    "reason": ("ly do chua nhan", "li do chua nhan", "ly do", "li do", "ghi chu"),
}
_PAID_WORDS: Final = frozenset(
    {
        "x",
        "v",
        "1",
        "co",
        "roi",
        "da",
        "da nhan",
        "da chi",
        "da chi tra",
        "da ki",
        "da ki nhan",
        "da ky",
        "da ky nhan",
        "nhan",
        "true",
    }
)
_UNPAID_WORDS: Final = frozenset(
    {
        "0",
        "k",
        "ko",
        "khong",
        "khong nhan",
        "chua",
        "chua nhan",
        "chua chi",
        "vang",
        "vang mat",
        "tra lai",
        "false",
    }
)


class Said(Enum):
    """What the result cell of a row says."""

    PAID = "paid"
    UNPAID = "unpaid"
    NOTHING = "nothing"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row as read; `reference` in its one written form, or "" when the cell holds none; `amount` None without a number."""

    row: int
    typed_reference: str
    reference: str
    name: str
    amount: int | None
    said: Said
    typed_result: str
    reason: str


class NoHeader(ValueError):
    """No sheet has a row with the reference and the result column."""


def read_returned_list(workbook: Workbook) -> list[ReturnedRow]:
    """The rows of the first sheet that has a heading with reference and result; rows without either are left out.

    Rows of groups, totals and signatures have no reference and say nothing. NoHeader when no sheet fits.
    """
    for sheet in workbook.sheets:
        for index, cells in enumerate(sheet.rows):
            columns = _columns(cells)
            if {"reference", "result"} <= columns.keys():
                return list(_rows(sheet, index + 1, columns))
    raise NoHeader


def said_by(cell: Cell) -> Said:
    """What a result cell says: "x" and "Đã nhận" are paid, "Chưa nhận" is not, empty is nothing."""
    if is_blank(cell):
        return Said.NOTHING
    words = search_key(_text(cell))
    if words in _PAID_WORDS:
        return Said.PAID
    return Said.UNPAID if words in _UNPAID_WORDS else Said.UNREADABLE


def amount_in(cell: Cell) -> int | None:
    """Whole đồng of a cell: a number, or a text such as "1.500.000 đ"; None for anything else."""
    if isinstance(cell, bool) or is_blank(cell):
        return None
    if isinstance(cell, int | float):
        return int(cell) if float(cell).is_integer() else None
    digits = _text(cell).casefold().removesuffix("đồng").removesuffix("đ").strip()
    plain = digits.replace(".", "").replace(",", "").replace(" ", "")
    return int(plain) if plain.isascii() and plain.isdigit() else None


def _columns(cells: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        title = search_key(_text(cell)) if not is_blank(cell) else ""
        for key, titles in _TITLES.items():
            if title in titles and key not in found:
                found[key] = place
    return found


def _rows(sheet: Sheet, start: int, columns: Mapping[str, int]) -> Iterator[ReturnedRow]:
    def cell_of(cells: Sequence[Cell], key: str) -> Cell:
        place = columns.get(key)
        return cells[place] if place is not None and place < len(cells) else None

    for index in range(start, len(sheet.rows)):
        cells = sheet.rows[index]
        typed = _text(cell_of(cells, "reference"))
        result = cell_of(cells, "result")
        if typed.startswith("(") or (not typed and said_by(result) not in (Said.PAID, Said.UNPAID)):
            continue
        reference = parse_reference(typed)
        yield ReturnedRow(
            row=sheet.row_number(index),
            typed_reference=typed,
            reference=str(reference) if reference and reference.prefix == "LC" else "",
            name=_text(cell_of(cells, "name")),
            amount=amount_in(cell_of(cells, "amount")),
            said=said_by(result),
            typed_result=_text(result),
            reason=_text(cell_of(cells, "reason"))[:300],
        )


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean_text(str(cell))
