"""PDFs: every Vietnamese letter, the same bytes each time, nothing loaded but static files."""

import io
import os
import subprocess
import sys

import pytest
from pypdf import PdfReader

from core import documents
from core.documents import DocumentError, RendererMissingError, render_html

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậđeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ₫"
FACES = {
    "Regular": "",
    "Bold": "font-weight:bold",
    "Italic": "font-style:italic",
    "BoldItalic": "font-weight:bold;font-style:italic",
}


def page(body: str, head: str = "") -> str:
    faces = "".join(
        f"@font-face{{font-family:Tinos;{style};src:url(pdf/fonts/Tinos-{name}.ttf)}}"
        for name, style in FACES.items()
    )
    return (
        f'<!doctype html><html lang="vi"><head><title>Thử</title>'
        f"<style>{faces} @page{{size:A4}} body{{font-family:Tinos}}</style>{head}</head><body>{body}</body></html>"
    )


@pytest.mark.parametrize("style", FACES.values(), ids=FACES)
def test_every_letter_comes_out_in_every_style(style: str) -> None:
    letters = sorted({*LETTERS, *LETTERS.upper()})
    reader = PdfReader(io.BytesIO(render_html(page(f'<p style="{style}">{" ".join(letters)}</p>'))))
    assert set(reader.pages[0].extract_text().split()) == set(letters)
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    assert all("Tinos" in font.get_object()["/BaseFont"] for font in fonts)


def test_a_document_is_tagged_and_says_its_language() -> None:
    root = PdfReader(io.BytesIO(render_html(page("<h1>Tờ trình</h1>")))).trailer["/Root"]
    assert root["/Lang"] == "vi"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root


def test_the_same_document_is_the_same_file_in_another_process() -> None:
    html = page("<p>Ặ Ệ đồng</p>")
    script = (
        "import sys, django; django.setup();"
        "from core.documents import render_html; sys.stdout.buffer.write(render_html(sys.stdin.read()))"
    )
    other = subprocess.run(
        [sys.executable, "-c", script],
        input=html.encode(),
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONUTF8": "1", "TZ": "Asia/Tokyo"},
    )
    assert other.stdout == render_html(html)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/a.png",
        "http://127.0.0.1/a.png",
        "file:///etc/hostname",
        "ftp://example.com/a.png",
        "pdf/fonts/Missing.png",
        "../manage.py",
        "/static/%2e%2e/manage.py",
        "//etc/hostname",
    ],
)
@pytest.mark.parametrize(
    "form", ['<img alt="" src="{}">', '<link rel="stylesheet" href="{}">', "<style>@import '{}';</style>"]
)
def test_nothing_is_loaded_but_static_files(address: str, form: str) -> None:
    with pytest.raises(DocumentError):
        render_html(page(form.format(address)))


def test_addresses_made_by_the_static_tag_work_too() -> None:
    assert render_html(page("<p>Thử</p>").replace("pdf/fonts", "/static/pdf/fonts")) == render_html(
        page("<p>Thử</p>")
    )


def test_pictures_inside_the_document_are_allowed() -> None:
    picture = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
    assert render_html(page(f'<img alt="Sơ đồ" src="{picture}">')).startswith(b"%PDF")


def test_without_pango_the_officer_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "is_renderer_installed", lambda: False)
    with pytest.raises(RendererMissingError, match="Pango"):
        render_html(page(""))
