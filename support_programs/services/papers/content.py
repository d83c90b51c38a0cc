"""What an uploaded paper really is: told by its content, decoded, and kept without what a camera writes beside the picture."""

import io
import warnings
from dataclasses import dataclass
from typing import Final

import filetype
from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from core.transitions import TransitionRefused
from support_programs.services.papers.pdfs import check_pdf

PDF: Final = "application/pdf"
JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
_FORMATS: Final = {JPEG: "JPEG", PNG: "PNG"}
_ENDINGS: Final = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png"}
_OF_PHONES: Final = ("image/heic", "image/heif", "image/avif")
_QUALITY: Final = 85


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes that are kept, and what they are."""

    content: bytes
    content_type: str

    @property
    def ending(self) -> str:
        return _ENDINGS[self.content_type]


def checked_content(content: bytes) -> Content:
    """The paper as it is kept. A picture is made anew: upright, without place, time and owner of the camera.

    TransitionRefused with what to do instead: empty, too large, neither PDF nor JPEG nor PNG whatever its name says, damaged,
    more pixels or pages than the settings allow, a PDF that is locked or would run something.
    """
    if not content:
        raise TransitionRefused(_("Tệp trống. Hãy chụp hoặc quét lại."))
    if len(content) > settings.PAPER_LIMIT_MB * 1024 * 1024:
        raise TransitionRefused(
            _("Tệp lớn hơn %(n)d MB. Hãy quét lại với độ phân giải thấp hơn.")
            % {"n": settings.PAPER_LIMIT_MB}
        )
    kind = filetype.guess_mime(content)
    if kind in _OF_PHONES:
        raise TransitionRefused(
            _(
                "Ảnh dạng HEIC của điện thoại chưa đọc được. Hãy đặt máy ảnh của điện thoại lưu dạng JPG (Tương thích nhất), "
                "rồi chụp lại."
            )
        )
    if kind == PDF:
        check_pdf(content)
        return Content(content, PDF)
    if kind in _FORMATS:
        return Content(_made_anew(content, _FORMATS[kind]), kind)
    raise TransitionRefused(_("Không phải tệp PDF, JPG hoặc PNG. Hãy chọn bản chụp hoặc bản quét khác."))


def _made_anew(content: bytes, kind: str) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=[kind])
        if picture.width * picture.height > settings.PAPER_LIMIT_PIXELS:
            raise _too_many_pixels()
        picture.load()
        # a picture has a hundred megabytes and more: it is turned where it stands
        ImageOps.exif_transpose(picture, in_place=True)
        kept = _plain(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_many_pixels() from bomb
    except (OSError, SyntaxError, ValueError, EOFError) as broken:
        raise TransitionRefused(_("Ảnh bị hỏng, không mở được. Hãy chụp hoặc quét lại.")) from broken
    target = io.BytesIO()
    if kind == "JPEG":
        kept.save(target, kind, quality=_QUALITY)
    else:
        kept.save(target, kind)
    return target.getvalue()


def _plain(picture: Image.Image) -> Image.Image:
    """Only the pixels: on white where it is transparent, without palette, profile or notes."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        seen = picture if picture.mode == "RGBA" else picture.convert("RGBA")
        white = Image.new("RGB", seen.size, "white")
        white.paste(seen, mask=seen.getchannel("A"))
        picture = white
    mode = "L" if picture.mode in ("1", "L") else "RGB"
    made = picture if picture.mode == mode else picture.convert(mode)
    made.info = {}
    return made


def _too_many_pixels() -> TransitionRefused:
    return TransitionRefused(
        _("Ảnh quá lớn (trên %(n)d triệu điểm ảnh). Hãy chụp hoặc quét lại với độ phân giải thấp hơn.")
        % {"n": settings.PAPER_LIMIT_PIXELS // 1_000_000}
    )
