"""Pages of a paper as pictures, so that it is seen without being opened on the officer's computer."""

import io
from threading import Lock
from typing import Final

import pypdfium2
from PIL import Image

from core.models import StoredFile
from core.services.files import read_file

# PDFium is not made for two threads
PDFIUM: Final = Lock()
THUMB: Final = 240
LARGE: Final = 1600
_PDF: Final = "application/pdf"


def page_count(content: bytes, content_type: str) -> int:
    """1 for a picture."""
    if content_type != _PDF:
        return 1
    with PDFIUM:
        document = pypdfium2.PdfDocument(content)
        try:
            return len(document)
        finally:
            document.close()


def page_picture(content: bytes, content_type: str, number: int, longest: int) -> bytes:
    """Page `number` (from 1) as a JPEG whose longer side has at most `longest` pixels. IndexError for a page that isn't there, or
    can't be drawn.
    """
    if number < 1:
        raise IndexError(number)
    picture = _of_pdf(content, number, longest) if content_type == _PDF else _of_picture(content, number)
    picture.thumbnail((longest, longest))
    target = io.BytesIO()
    picture.convert("RGB").save(target, "JPEG", quality=80)
    return target.getvalue()


def _of_picture(content: bytes, number: int) -> Image.Image:
    if number > 1:
        raise IndexError(number)
    return Image.open(io.BytesIO(content), formats=["JPEG", "PNG"])


def _of_pdf(content: bytes, number: int, longest: int) -> Image.Image:
    with PDFIUM:
        document = pypdfium2.PdfDocument(content)
        try:
            if number > len(document):
                raise IndexError(number)
            page = document[number - 1]
            # a page may say that it is kilometres wide: it is drawn small, whatever it says
            scale = min(longest / max(*page.get_size(), 1), 4)
            picture: Image.Image = page.render(scale=scale).to_pil()
            page.close()
        except pypdfium2.PdfiumError as error:
            raise IndexError(number) from error
        finally:
            document.close()
    return picture


def content_of(stored: StoredFile) -> bytes:
    """The plain bytes; FileNotFoundError when they were taken away."""
    return read_file(stored)
