"""A row as the file held it, kept whole beside its clean values, with every correction made since."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.spreadsheets.reading import Cell


@dataclass(frozen=True, slots=True)
class RawRow:
    """Cells by column letter, old encodings by field, the heading above; and what was typed since, by field."""

    cells: Mapping[str, Cell]
    fonts: Mapping[str, str] = field(default_factory=dict)
    hamlet: str = ""
    fixes: Mapping[str, str] = field(default_factory=dict)

    def packed(self) -> str:
        return _as_json([self.cells, self.fonts, self.hamlet, self.fixes])

    @classmethod
    def unpacked(cls, text: str) -> RawRow:
        return cls(*json.loads(text))


def _cell_text(cell: object) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, dt.date | dt.datetime) else str(cell)


_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_cell_text).encode
