"""What calamine does not tell about an .xlsx: hidden rows, old fonts, formulas that were never calculated.

The parts are scanned with patterns, not parsed: a sheet of 200,000 rows is a hundred megabytes of XML.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import Final

from core.spreadsheets.reading.grid import column_number
from core.spreadsheets.reading.refusals import MAX_COLUMNS, MAX_ROWS, refused

MAX_CELLS: Final = 12_000_000

_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE: Final = re.compile(rb"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_HIDDEN_ROW: Final = re.compile(rb"<(?:\w+:)?row\s(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*\br=\"(\d+)\"")
_FAR_COLUMN: Final = re.compile(rb' r="([A-Z]{3})\d')
_ANY_COLUMN: Final = re.compile(rb' r="([A-Z]+)\d')
_LAST_ROW: Final = re.compile(rb"<(?:\w+:)?row\s[^>]*\br=\"(\d+)\"")
_FONTS: Final = re.compile(rb"<fonts\b.*?</fonts>", re.DOTALL)
_FONT: Final = re.compile(rb"<font\s*/>|<font>.*?</font>", re.DOTALL)
_FONT_NAME: Final = re.compile(rb"<name\s[^>]*val=\"([^\"]*)\"")
_FORMATS: Final = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_FORMAT: Final = re.compile(rb"<xf\s([^>]*)>")
_EMPTY_FORMULA: Final = re.compile(
    rb"<c\s[^>]*\br=\"([A-Z]+\d+)\"[^>]*>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)
OLD_FONT: Final = re.compile(rb"^(?:\.Vn|VNI|VNtime|\.VN)", re.IGNORECASE)


@dataclass(slots=True)
class SheetExtras:
    hidden_rows: frozenset[int] = frozenset()
    fonts: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas_without_value: tuple[str, ...] = ()


def sheet_extras(archive: zipfile.ZipFile) -> dict[str, SheetExtras]:
    """Extras by sheet name. Refuses sheets whose cells lie so far out that reading them would exhaust the memory."""
    parts = _sheet_parts(archive)
    old_styles = _styles_in_old_fonts(archive)
    extras: dict[str, SheetExtras] = {}
    for name, path in parts.items():
        try:
            xml = archive.read(path)
        except KeyError:
            continue
        _refuse_far_cells(name, xml)
        extra = SheetExtras()
        if b"hidden=" in xml:
            extra.hidden_rows = frozenset(int(number) for number in _HIDDEN_ROW.findall(xml))
        if b"<f" in xml:
            extra.formulas_without_value = tuple(ref.decode() for ref in _EMPTY_FORMULA.findall(xml))
        if old_styles:
            extra.fonts = _cells_in_old_fonts(xml, old_styles)
        extras[name] = extra
    return extras


def _attributes(tag: bytes) -> dict[str, str]:
    return {key.decode(): value.decode("utf-8", "replace") for key, value in _ATTRIBUTE.findall(tag)}


def _unescape(text: str) -> str:
    import html

    return html.unescape(text)


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    try:
        book = archive.read("xl/workbook.xml")
        relations = archive.read("xl/_rels/workbook.xml.rels")
    except KeyError as error:
        raise refused("FILE_BROKEN") from error
    targets: dict[str, str] = {}
    for tag in _RELATION.findall(relations):
        attributes = _attributes(tag)
        target = attributes.get("Target", "")
        path = (
            target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        )
        targets[attributes.get("Id", "")] = path
    parts: dict[str, str] = {}
    for tag in _SHEET.findall(book):
        attributes = _attributes(tag)
        parts[_unescape(attributes.get("name", ""))] = targets.get(attributes.get("r:id", ""), "")
    return parts


def _styles_in_old_fonts(archive: zipfile.ZipFile) -> dict[bytes, str]:
    """Number of a cell format -> old font name."""
    try:
        styles = archive.read("xl/styles.xml")
    except KeyError:
        return {}
    fonts_block = _FONTS.search(styles)
    formats_block = _FORMATS.search(styles)
    if not fonts_block or not formats_block:
        return {}
    old_fonts: dict[str, str] = {}
    for number, font in enumerate(_FONT.findall(fonts_block.group())):
        name = _FONT_NAME.search(font)
        if name and OLD_FONT.match(name.group(1)):
            old_fonts[str(number)] = name.group(1).decode("utf-8", "replace")
    if not old_fonts:
        return {}
    found: dict[bytes, str] = {}
    for number, format_ in enumerate(_FORMAT.findall(formats_block.group())):
        font_id = _attributes(format_).get("fontId", "")
        if font_id in old_fonts:
            found[str(number).encode()] = old_fonts[font_id]
    return found


def _cells_in_old_fonts(xml: bytes, styles: dict[bytes, str]) -> dict[tuple[int, int], str]:
    wanted = b"|".join(sorted(styles, reverse=True))
    cells = re.compile(rb"<c\s+r=\"([A-Z]+)(\d+)\"\s+s=\"(" + wanted + rb")\"(?=[^>]*[^/]>)")
    return {
        (int(row), column_number(letters.decode())): styles[style]
        for letters, row, style in cells.findall(xml)
    }


def _refuse_far_cells(name: str, xml: bytes) -> None:
    """calamine holds a sheet as one dense rectangle: a single stray cell at XFD1048576 would ask for 17 billion cells."""
    tail = _LAST_ROW.findall(xml[-20_000:]) or _LAST_ROW.findall(xml)
    last = int(tail[-1]) if tail else 0
    pattern = _ANY_COLUMN if last > MAX_ROWS else _FAR_COLUMN
    widest = max((column_number(letters.decode()) for letters in set(pattern.findall(xml))), default=0)
    if widest > MAX_COLUMNS or widest * last > MAX_CELLS:
        raise refused("TOO_WIDE", sheet=name, limit=MAX_COLUMNS)
