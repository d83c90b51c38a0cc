"""The style of official papers: every Vietnamese letter in each style, page box, page numbers, repeated table head."""

import io
import re
import unicodedata

import pytest
from pypdf import PdfReader

from core.documents import render_html

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def _vietnamese_letters() -> list[str]:
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    small = [unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in tones] + ["đ"]
    return small + [letter.upper() for letter in small] + ["₫"]


LETTERS = _vietnamese_letters()


def _document(body: str, page_class: str = "") -> PdfReader:
    html = (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Thử</title>'
        f'<link rel="stylesheet" href="pdf/official.css"></head><body class="{page_class}">{body}</body></html>'
    )
    return PdfReader(io.BytesIO(render_html(html)))


@pytest.mark.parametrize(
    ("open_tag", "close_tag"),
    [("", ""), ("<b>", "</b>"), ("<i>", "</i>"), ("<b><i>", "</i></b>")],
    ids=["regular", "bold", "italic", "both"],
)
def test_every_letter_comes_out_right_in_each_style(open_tag: str, close_tag: str) -> None:
    reader = _document(f"<p>{open_tag}{' '.join(LETTERS)}{close_tag}</p>")
    found = unicodedata.normalize("NFC", reader.pages[0].extract_text()).split()
    assert found == LETTERS


def test_only_tinos_is_used_in_one_file_per_style() -> None:
    reader = _document("<p>Ặ <b>Ệ</b> <i>Ộ</i> <b><i>Ữ</i></b></p>")
    names = {str(font["/BaseFont"]).split("+")[-1] for font in _fonts(reader)}
    assert names == {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"}


def _fonts(reader: PdfReader) -> list[dict[str, object]]:
    fonts = reader.pages[0]["/Resources"]["/Font"]
    return [fonts[key].get_object() for key in fonts]


def test_page_box_and_number_in_the_top_margin_from_page_two() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>Nguyễn Văn Phước</td></tr>" for n in range(120))
    reader = _document(
        f'<table class="list"><thead><tr><th>STT</th><th>Họ và tên</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    first, second = reader.pages[0], reader.pages[1]
    assert [round(float(side) / 72 * 25.4) for side in first.mediabox[2:]] == [210, 297]
    assert "Họ và tên" in second.extract_text()
    placed: list[tuple[str, float, float]] = []
    second.extract_text(
        visitor_text=lambda text, cm, tm, font, size: placed.append(
            (text.strip(), tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5])
        )
    )
    height, width = float(second.mediabox[3]), float(second.mediabox[2])
    top = [(text, x, y) for text, x, y in placed if text == "2" and height - y < 20 / 25.4 * 72]
    assert len(top) == 1
    middle = (30 + (210 - 45) / 2) / 210 * width
    assert abs(top[0][1] - middle) < 12
    assert not re.match(r"\s*1\b", first.extract_text().split("STT")[0])


def test_landscape_for_wide_lists() -> None:
    page = _document("<p>Danh sách</p>", "landscape").pages[0]
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [297, 210]
