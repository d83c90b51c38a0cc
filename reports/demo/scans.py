"""Papers of the demo as somebody scanned or photographed them: a sheet with a few lines, a real JPEG or PDF."""

import io
from collections.abc import Sequence
from typing import Final

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont

_FONT: Final = "pdf/fonts/Tinos-Regular.ttf"
_SHEET: Final = (620, 877)  # A4 at 75 dots to the inch: enough to be read, a few kilobytes
_PAPER, _INK = 248, 40


def draw_sheet(title: str, lines: Sequence[str]) -> Image.Image:
    """A sheet of an invented paper; every one says that it is not real."""
    sheet = Image.new("L", _SHEET, _PAPER)
    pen = ImageDraw.Draw(sheet)
    found = finders.find(_FONT)
    large, usual = (
        (ImageFont.truetype(found, 26), ImageFont.truetype(found, 19))
        if found
        else (ImageFont.load_default(),) * 2
    )
    pen.text((_SHEET[0] / 2, 90), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", _INK, usual, anchor="mm")
    pen.text((_SHEET[0] / 2, 116), "Độc lập - Tự do - Hạnh phúc", _INK, usual, anchor="mm")
    pen.text((_SHEET[0] / 2, 190), title.upper(), _INK, large, anchor="mm")
    for place, line in enumerate([*lines, "", "(Bản dùng thử, không phải giấy tờ thật)"]):
        pen.text((70, 250 + 34 * place), line, _INK, usual)
    pen.rectangle((40, 40, _SHEET[0] - 40, _SHEET[1] - 40), outline=170)
    return sheet


def photographed(sheet: Image.Image) -> bytes:
    """The sheet as a telephone gives it."""
    target = io.BytesIO()
    sheet.save(target, "JPEG", quality=70)
    return target.getvalue()


def scanned(*sheets: Image.Image) -> bytes:
    """The sheets as a scanner gives them."""
    target = io.BytesIO()
    sheets[0].save(target, "PDF", save_all=True, append_images=sheets[1:], resolution=75)
    return target.getvalue()
