"""What a file is, from its content; its name and extension are not trusted."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from core.spreadsheets.reading.refusals import MAX_RATIO, MAX_UNPACKED, refused

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTITY: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BINARY_STARTS: Final = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
    b"\x7fELF",
    b"ID3",
    b"SQLite",
)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def kind_of(content: bytes) -> str:
    """xlsx, xlsb, xls, ods, html or csv. Refuses everything else, encrypted files and zip bombs."""
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise refused("FILE_EMPTY")
    if content.startswith(b"PK"):
        return _kind_of_zip(content)
    if content.startswith(_OLE):
        return _kind_of_ole(content)
    if content.startswith(b"%PDF"):
        raise refused("FILE_IS_PDF")
    if content.startswith(_BINARY_STARTS):
        raise refused("NOT_SPREADSHEET")
    if content[:2] in (b"\x09\x08", b"\x09\x04", b"\x09\x02"):  # BIFF without its OLE envelope
        raise refused("FILE_BROKEN")
    return _kind_of_text(content)


def _kind_of_ole(content: bytes) -> str:
    if _utf16("EncryptedPackage") in content or _utf16("EncryptionInfo") in content:
        raise refused("FILE_ENCRYPTED")
    if _utf16("WordDocument") in content:
        raise refused("FILE_IS_WORD")
    if _utf16("Workbook") in content or _utf16("Book") in content:
        return "xls"
    raise refused("NOT_SPREADSHEET")


def _kind_of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            unpacked = sum(member.file_size for member in members)
            if unpacked > MAX_UNPACKED or (unpacked > 50_000_000 and unpacked > MAX_RATIO * len(content)):
                raise refused("FILE_BOMB")
            if any(member.flag_bits & 1 for member in members):
                raise refused("FILE_ENCRYPTED")
            _refuse_entities(archive, members)
            if "mimetype" in names:
                mimetype = archive.read("mimetype").strip()
                if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read(
                        "META-INF/manifest.xml"
                    ):
                        raise refused("FILE_ENCRYPTED")
                    return "ods"
                raise refused("NOT_SPREADSHEET")
    except zipfile.BadZipFile as error:
        raise refused("FILE_BROKEN") from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "word/document.xml" in names:
        raise refused("FILE_IS_WORD")
    raise refused("NOT_SPREADSHEET")


def _refuse_entities(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Excel never writes a document type; one that declares entities is an attack on the reader."""
    for member in members:
        if member.filename.endswith((".xml", ".rels", ".vml")):
            with archive.open(member) as part:
                if _ENTITY.search(part.read(4096)):
                    raise refused("FILE_ENTITIES")


def _kind_of_text(content: bytes) -> str:
    head = content[:8192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = head.decode("utf-16", "replace").encode("utf-8", "replace")
    else:
        plain = head
        if b"\x00" in head:
            raise refused("NOT_SPREADSHEET")
    lowered = plain.lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in lowered and b"<workbook" in lowered:
        raise refused("FILE_IS_XML")
    start = lowered.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(
        (b"<!doctype html", b"<html", b"<table", b"<meta", b"<style", b"<head", b"<?xml", b"<div", b"<body")
    ):
        if b"<!entity" in lowered:
            raise refused("FILE_ENTITIES")
        if b"<table" in content.lower() or b"<\x00t\x00a\x00b\x00l\x00e" in content.lower():
            return "html"
        raise refused("NOT_SPREADSHEET")
    if start.startswith((b"{\\rtf", b"mime-version:")):
        raise refused("NOT_SPREADSHEET")
    controls = sum(byte < 9 or 13 < byte < 32 for byte in plain)
    if controls > len(plain) // 200:
        raise refused("NOT_SPREADSHEET")
    return "csv"
