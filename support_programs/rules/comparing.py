"""Versions of one thing side by side: which parts are new, dropped or changed against the version before, and which words."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_WORDS: Final = re.compile(r"\S+\s*")
# of sentences that share less than this single words would only look like changes: short ones are marked whole, long ones not
_ALIKE: Final = 0.5
_SHORT: Final = 12


class Change(StrEnum):
    """What became of a part against the version before. FIRST: nothing stands before it; ABSENT: in neither of both."""

    FIRST = "first"
    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    DROPPED = "dropped"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a version in sentences. Parts of the same section and code are the same part in two versions."""

    section: str
    code: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a sentence; `is_different` where the version before has others."""

    text: str
    is_different: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A part in one version: what became of it, and its sentences; none where the version hasn't got it."""

    change: Change
    lines: tuple[tuple[Piece, ...], ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple("".join(piece.text for piece in line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """A part through all versions, oldest first."""

    section: str
    cells: tuple[Cell, ...]

    @property
    def is_same(self) -> bool:
        """Whether no version changed it."""
        return all(cell.change in (Change.FIRST, Change.SAME) for cell in self.cells)


def compare(versions: Sequence[Sequence[Part]]) -> tuple[Row, ...]:
    """The parts of versions (oldest first) row by row, in the order of the newest; what is gone follows in its section."""
    columns = [{(part.section, part.code): part for part in parts} for parts in versions]
    keys = list(dict.fromkeys(key for column in reversed(columns) for key in column))
    sections = list(dict.fromkeys(section for section, _code in keys))
    keys.sort(key=lambda key: sections.index(key[0]))
    return tuple(Row(key[0], _cells(key, columns)) for key in keys)


def _cells(key: tuple[str, str], columns: Sequence[Mapping[tuple[str, str], Part]]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for number, column in enumerate(columns):
        part = column.get(key)
        if number == 0:
            cells.append(Cell(Change.FIRST if part else Change.ABSENT, _plain(part)))
            continue
        cells.append(_cell(columns[number - 1].get(key), part))
    return tuple(cells)


def _cell(before: Part | None, now: Part | None) -> Cell:
    if now is None:
        return Cell(Change.DROPPED if before else Change.ABSENT, ())
    if before is None:
        return Cell(Change.NEW, _plain(now))
    if before.lines == now.lines:
        return Cell(Change.SAME, _plain(now))
    return Cell(Change.CHANGED, _marked(before.lines, now.lines))


def _plain(part: Part | None) -> tuple[tuple[Piece, ...], ...]:
    return tuple((Piece(line),) for line in part.lines) if part else ()


def _marked(before: tuple[str, ...], now: tuple[str, ...]) -> tuple[tuple[Piece, ...], ...]:
    """Each sentence against the one of the version before that is most like it."""
    return tuple(
        (Piece(line),) if line in before else different_words(_nearest(line, before), line) for line in now
    )


def _nearest(line: str, others: tuple[str, ...]) -> str:
    return max(others, key=lambda other: difflib.SequenceMatcher(None, other, line).ratio(), default="")


def different_words(before: str, now: str) -> tuple[Piece, ...]:
    """The sentence of now in pieces, those that the one before hasn't got marked; a long one that is new whole bears no marks."""
    old, new = _WORDS.findall(before), _WORDS.findall(now)
    matcher = difflib.SequenceMatcher(
        None, [w.strip() for w in old], [w.strip() for w in new], autojunk=False
    )
    if matcher.ratio() < _ALIKE:
        return (Piece(now, is_different=len(new) <= _SHORT),)
    pieces: list[Piece] = []
    for kind, _old_start, _old_end, start, end in matcher.get_opcodes():
        text = "".join(new[start:end])
        if kind == "equal":
            pieces.append(Piece(text))
        elif text:
            words = text.rstrip()
            pieces += [Piece(words, is_different=True), Piece(text[len(words) :])]
    return tuple(piece for piece in pieces if piece.text)
