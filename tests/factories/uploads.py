"""Files as scanners, phones and bad people send them."""

import io

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NullObject, TextStringObject

ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def photo(*, width: int = 60, height: int = 40, shade: int = 200, orientation: int = 6) -> bytes:
    """A JPEG that a phone held upright, with the camera's name and the place; its left half is dark."""
    picture = Image.new("RGB", (width, height), (shade, shade, shade))
    picture.paste((10, 10, 10), (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = "Máy ảnh bí mật"
    exif.get_ifd(GPS).update({1: "N", 2: (10.0, 22.0, 30.0)})
    target = io.BytesIO()
    picture.save(target, "JPEG", exif=exif, quality=95)
    return target.getvalue()


def drawing(*, mode: str = "RGBA", side: int = 20) -> bytes:
    target = io.BytesIO()
    Image.new(mode, (side, side)).save(target, "PNG")
    return target.getvalue()


def pdf(pages: int = 1, *, script: str = "", attached: bytes = b"", password: str = "") -> bytes:
    """A PDF of empty pages, with a script at its opening, a file inside, or a lock, as asked."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=300, height=400)
    if script:
        _opens_with(writer, "/JavaScript", "/JS", script)
    if attached:
        writer.add_attachment("kem.exe", attached)
    if password:
        writer.encrypt(password)
    return _written(writer)


def launching_pdf() -> bytes:
    """A PDF that starts a program when it is opened."""
    writer = PdfWriter()
    writer.add_blank_page(width=300, height=400)
    _opens_with(writer, "/Launch", "/F", "cmd.exe")
    return _written(writer)


def broken_pdf() -> bytes:
    """A PDF of two pages, of which the second isn't there."""
    writer = PdfWriter()
    for _page in range(2):
        writer.add_blank_page(width=300, height=400)
    writer._root_object["/Pages"]["/Kids"][1] = NullObject()  # type: ignore[index]
    return _written(writer)


def _opens_with(writer: PdfWriter, action: str, key: str, what: str) -> None:
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject(action), NameObject(key): TextStringObject(what)}
    )


def _written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
