"""What is kept of an uploaded paper is told by its content, and only what is in it."""

import io
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from core.transitions import TransitionRefused
from support_programs.services.papers.content import checked_content
from tests.factories import uploads

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(40)


def refusal(content: bytes) -> str:
    with pytest.raises(TransitionRefused) as refused:
        checked_content(content)
    return str(refused.value)


def test_a_photograph_is_turned_upright_and_says_nothing_of_place_and_camera() -> None:
    """Held upright, a phone writes the picture lying and notes how to turn it: the dark left half belongs to the top."""
    kept = checked_content(uploads.photo(width=60, height=40))
    made = Image.open(io.BytesIO(kept.content))
    assert (kept.content_type, kept.ending, made.size) == ("image/jpeg", ".jpg", (40, 60))
    assert dict(made.getexif()) == {}
    assert b"Exif" not in kept.content
    assert "Máy ảnh".encode() not in kept.content
    top, bottom = made.convert("L").getpixel((20, 10)), made.convert("L").getpixel((20, 50))
    assert top < 60 < 150 < bottom


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "RGB", "I;16"])
def test_drawings_of_every_kind_lose_all_but_their_pixels(mode: str) -> None:
    kept = checked_content(uploads.drawing(mode=mode))
    made = Image.open(io.BytesIO(kept.content))
    assert (kept.content_type, made.format, made.size) == ("image/png", "PNG", (20, 20))
    assert made.mode in ("L", "RGB")
    assert made.info == {}


def test_what_is_transparent_is_white() -> None:
    made = Image.open(io.BytesIO(checked_content(uploads.drawing(mode="RGBA")).content))
    assert made.getpixel((5, 5)) == (255, 255, 255)


def test_the_same_file_gives_the_same_bytes() -> None:
    assert checked_content(uploads.photo()) == checked_content(uploads.photo())


def test_a_pdf_stays_as_it_is() -> None:
    sent = uploads.pdf(3)
    kept = checked_content(sent)
    assert (kept.content, kept.content_type, kept.ending) == (sent, "application/pdf", ".pdf")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Tệp trống"),
        (b"MZ" + bytes(200), "Không phải tệp PDF, JPG hoặc PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "Không phải tệp PDF, JPG hoặc PNG"),
        (b"<html><script>alert(1)</script></html>", "Không phải tệp PDF, JPG hoặc PNG"),
        (b"GIF89a" + bytes(60), "Không phải tệp PDF, JPG hoặc PNG"),
        (HEIC, "Ảnh dạng HEIC"),
        (uploads.photo()[:200], "Ảnh bị hỏng"),
        (uploads.drawing()[:40], "Ảnh bị hỏng"),
        (b"\xff\xd8\xff\xe0" + b"x" * 300, "Ảnh bị hỏng"),
        (b"%PDF-1.7\n" + b"x" * 300, "Tệp PDF bị hỏng"),
        (uploads.pdf(1)[:150], "Tệp PDF bị hỏng"),
        (uploads.pdf(1, password="bi mat"), "Tệp PDF có mật khẩu"),
        (uploads.pdf(1, script="app.alert('x')"), "Tệp PDF có mã lệnh"),
        (uploads.pdf(1, attached=b"MZ"), "Tệp PDF có mã lệnh hoặc tệp đính kèm"),
        (uploads.launching_pdf(), "Tệp PDF có mã lệnh"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    sentence = refusal(content)
    assert sentence.startswith(said)
    assert "Hãy" in sentence


def test_limits_are_settings(settings: Any) -> None:
    settings.PAPER_LIMIT_PIXELS = 60 * 40
    assert checked_content(uploads.photo(width=60, height=40)).content_type == "image/jpeg"
    settings.PAPER_LIMIT_PIXELS = 60 * 40 - 1
    assert refusal(uploads.photo(width=60, height=40)).startswith("Ảnh quá lớn")
    settings.PAPER_LIMIT_PAGES = 2
    assert checked_content(uploads.pdf(2)).content_type == "application/pdf"
    assert "có 3 trang, nhiều hơn 2" in refusal(uploads.pdf(3))
    settings.PAPER_LIMIT_MB = 0
    assert refusal(uploads.pdf(1)).startswith("Tệp lớn hơn 0 MB")


def test_a_picture_that_would_burst_the_memory_is_not_unpacked() -> None:
    """A few kilobytes that say they are 30,000 pixels wide and high."""
    packed = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(packed, "PNG")
    assert refusal(packed.getvalue()).startswith("Ảnh quá lớn")


def test_notes_colours_and_comments_go_with_the_rest() -> None:
    """What stands beside the pixels of a picture that needs no change of its own."""
    said = PngInfo()
    said.add_text("Author", "089085000111")
    for kind, beside in (("PNG", {"pnginfo": said}), ("JPEG", {"comment": b"089085000111"})):
        sent = io.BytesIO()
        Image.new("RGB", (8, 8)).save(sent, kind, icc_profile=b"089085000111", **beside)
        assert b"089085000111" in sent.getvalue()
        assert b"089085000111" not in checked_content(sent.getvalue()).content


def test_a_page_that_cannot_be_shown_is_told_at_once() -> None:
    """The first page is well, the second is none: whoever looks at it later would see nothing."""
    assert refusal(uploads.broken_pdf()).startswith("Tệp PDF bị hỏng")
