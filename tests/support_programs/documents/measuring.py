"""A PDF as a ruler sees it: runs of text with font, size in points and place in millimetres, and what is drawn where."""

import ctypes
import unicodedata
from dataclasses import dataclass
from typing import Final

import pypdfium2
from pypdfium2 import raw

MM: Final = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring signs of one line in one font and size; distances in mm from the left and from the top of the page."""

    text: str
    font: str
    size: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its box in mm, its runs, and the box of everything but the margin's page number."""

    width: float
    height: float
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return " ".join(" ".join(run.text for run in self.runs).split())

    def find(self, text: str) -> Run:
        """The one run in which these words stand; fails when there is none."""
        found = [run for run in self.runs if text in run.text]
        assert found, f"{text!r} is not on the page: {self.text[:400]}"
        return found[0]

    def inside(self) -> list[Run]:
        """What stands below the top margin."""
        return [run for run in self.runs if run.top >= 17]


def read(content: bytes) -> list[Sheet]:
    """Every page of a PDF."""
    document = pypdfium2.PdfDocument(content)
    return [_sheet(document[number]) for number in range(len(document))]


def _sheet(page: pypdfium2.PdfPage) -> Sheet:
    width, height = page.get_size()
    words = page.get_textpage()
    runs: list[Run] = []
    for index in range(words.count_chars()):
        run = _char(words, index, height)
        last = runs[-1] if runs else None
        if run is None:
            continue
        if last and _continues(last, run):
            runs[-1] = Run(
                last.text + run.text,
                last.font,
                last.size,
                min(last.left, run.left),
                max(last.right, run.right),
                min(last.top, run.top),
                max(last.bottom, run.bottom),
            )
        elif run.text.strip():
            runs.append(run)
    return Sheet(round(width * MM), round(height * MM), tuple(runs))


def _continues(last: Run, run: Run) -> bool:
    same_font = (last.font, last.size) == (run.font, run.size)
    return same_font and run.top < last.bottom and run.bottom > last.top and -1 < run.left - last.right < 4


def _char(words: pypdfium2.PdfTextPage, index: int, height: float) -> Run | None:
    sign = unicodedata.normalize("NFC", chr(raw.FPDFText_GetUnicode(words.raw, index)))
    if sign in "\r\n\0":
        return None
    name, flags, matrix = ctypes.create_string_buffer(120), ctypes.c_int(), raw.FS_MATRIX()
    raw.FPDFText_GetFontInfo(words.raw, index, name, len(name), flags)
    raw.FPDFText_GetMatrix(words.raw, index, matrix)
    size = raw.FPDFText_GetFontSize(words.raw, index) * matrix.d
    left, bottom, right, top = words.get_charbox(index, loose=True)
    font = name.value.decode().split("+")[-1]
    return Run(sign, font, round(size, 1), left * MM, right * MM, (height - top) * MM, (height - bottom) * MM)
