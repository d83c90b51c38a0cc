"""What sheet of paper a report needs: upright or landscape, the size of its letters, and how a wide table is split.

Measured from the written cells, so that a number is never broken; letters as wide as those of Times New Roman on average.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from core.spreadsheets.tables import Column, Kind, header_groups
from reports.definitions.base import Report
from reports.renderers.sheet import FIXED, Sheet

_UPRIGHT_MM: Final = 165.0
_LANDSCAPE_MM: Final = 252.0
# (landscape, points), the first that fits; what fits none is split at the size of the last but one
_SIZES: Final = (
    (False, 12),
    (False, 11),
    (True, 12),
    (True, 11),
    (True, 10),
    (True, 9),
    (True, 8),
)
_SPLIT: Final = (True, 9)
_MM_PER_POINT: Final = 0.3528
_PADDING_MM: Final = 2.2
_BOLD: Final = 1.06
_NARROW: Final = frozenset(".,;:/-()ijltIr' ")
# a text may be broken between words down to this many em
_TEXT_EM: Final = 7.0
_NAME_EM: Final = 12.0


@dataclass(frozen=True, slots=True)
class Paper:
    """`points`: size of the table's letters. `parts`: the columns behind the name of each table, one where all fit."""

    is_landscape: bool
    points: int
    parts: tuple[tuple[Column, ...], ...]


def paper_of(report: Report, sheet: Sheet) -> Paper:
    """The paper for a report of which `sheet` has all columns."""
    needs = _needs(report, sheet)
    for is_landscape, points in _SIZES:
        if sum(_mm(need, points) for need in needs) <= (_LANDSCAPE_MM if is_landscape else _UPRIGHT_MM):
            return Paper(is_landscape, points, (report.figure_columns,))
    is_landscape, points = _SPLIT
    room = _LANDSCAPE_MM - sum(_mm(need, points) for need in needs[:FIXED])
    wide = {
        column.key: _mm(need, points)
        for column, need in zip(report.figure_columns, needs[FIXED:], strict=True)
    }
    return Paper(is_landscape, points, tuple(_split(report.figure_columns, wide, room)))


def _split(columns: Sequence[Column], wide: dict[str, float], room: float) -> Iterator[tuple[Column, ...]]:
    """Columns under one header stay together where they fit on a sheet."""
    part: list[Column] = []
    left = room
    for first, last, _group in header_groups(tuple(columns)):
        together = columns[first : last + 1]
        width = sum(wide[column.key] for column in together)
        for piece in [together] if width <= room else [[column] for column in together]:
            need = sum(wide[column.key] for column in piece)
            if part and need > left:
                yield tuple(part)
                part, left = [], room
            part += piece
            left -= need
    if part:
        yield tuple(part)


def _needs(report: Report, sheet: Sheet) -> list[float]:
    """The em that each column needs so that nothing in it is broken inside a word."""
    names = [row.label for row in sheet.rows]
    needs = [_em(str(len(names))) * _BOLD + 1, _need(report.columns[1], names, _NAME_EM)]
    for place, column in enumerate(report.figure_columns):
        texts = [row.cells[place].text for row in sheet.rows]
        texts += [sheet.totals[place].text] if sheet.totals else []
        needs.append(_need(column, texts, _TEXT_EM))
    return needs


def _need(column: Column, texts: Sequence[str], most: float) -> float:
    words = max((_em(word) for word in str(column.title).split()), default=0.0) * _BOLD
    if column.kind is Kind.TEXT:
        longest = max((_em(word) for text in texts for word in text.split()), default=0.0)
        whole = max((_em(text) for text in texts), default=0.0)
        return max(words, longest * _BOLD, min(whole, most))
    return max(words, max((_em(text) for text in texts), default=0.0) * _BOLD)


def _em(text: str) -> float:
    return sum(0.29 if letter in _NARROW else 0.72 if letter.isupper() else 0.5 for letter in text)


def _mm(em: float, points: int) -> float:
    return em * points * _MM_PER_POINT + _PADDING_MM
