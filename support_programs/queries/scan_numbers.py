"""Numbers that a machine can read in a scan: where a PDF has text, its pages with something like an identity number in it."""

import re
from dataclasses import dataclass
from typing import Final

import pypdfium2

from support_programs.queries.paper_pages import PDFIUM

# nine digits, or twelve to nineteen, in one run or with spaces; ten or twelve that begin with 0, however they are grouped. Digits
# grouped by points are money in a decision (1.500.000.000), unless they begin with 0
_SUSPECT: Final = re.compile(
    r"(?<![\w.,])(?:\d{9}|\d(?: ?\d){11,18}|0\d{2}[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}|0\d{2,3}[ .]?\d{3}[ .]?\d{3,4})(?![\w]|[.,]\d)"
)


@dataclass(frozen=True, slots=True)
class ScanRead:
    """How many pages a PDF has, how many of them a machine can read, and on which (from 1) something like a number stands."""

    pages: int
    readable: int
    with_numbers: tuple[int, ...]


def read_scan(content: bytes) -> ScanRead:
    """What a machine sees in a PDF that was found to be a sound one; a page that is a picture has no text."""
    texts = _texts(content)
    found = tuple(number for number, text in enumerate(texts, start=1) if _SUSPECT.search(text))
    return ScanRead(len(texts), sum(1 for text in texts if text.strip()), found)


def _texts(content: bytes) -> list[str]:
    with PDFIUM:
        document = pypdfium2.PdfDocument(content)
        try:
            texts = []
            for page in document:
                part = page.get_textpage()
                texts.append(str(part.get_text_range()))
                part.close()
                page.close()
            return texts
        finally:
            document.close()
