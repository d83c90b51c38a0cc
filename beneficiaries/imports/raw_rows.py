"""A row as the file held it, kept whole beside its clean values, with every correction made since."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.spreadsheets.reading import Cell, column_letter


@dataclass(frozen=True, slots=True)
class RawRow:
    """Cells by column letter, old encodings by field, the heading above; and what was typed since, by field."""

    cells: Mapping[str, Cell]
    fonts: Mapping[str, str] = field(default_factory=dict)
    hamlet: str = ""
    fixes: Mapping[str, str] = field(default_factory=dict)

    def packed(self) -> str:
        return _as_json([self.cells, self.fonts, self.hamlet, self.fixes])

    @staticmethod
    def packed_cells(first_column: int, cells: Sequence[Cell], fonts: Mapping[str, str], hamlet: str) -> str:
        """A row straight from the sheet, packed without a letter for each cell: it is done for every row of a list."""
        return _as_json([first_column, cells, fonts, hamlet, {}])

    @classmethod
    def unpacked(cls, text: str) -> RawRow:
        """Either form."""
        loaded = json.loads(text)
        if len(loaded) == 4:
            return cls(*loaded)
        first, row, *rest = loaded
        filled = (
            (column_letter(first + place), cell) for place, cell in enumerate(row) if cell not in (None, "")
        )
        return cls(dict(filled), *rest)


def _cell_text(cell: object) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, dt.date | dt.datetime) else str(cell)


_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_cell_text).encode
