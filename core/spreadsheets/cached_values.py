"""Carry the last computed values of formulas over to a workbook that openpyxl has written: it writes formulas alone.

Without them the officer's totals would be blank in every reader that doesn't calculate, our own import first of all.
"""

import io
import posixpath
import re
import zipfile
from typing import IO, Final
from xml.sax.saxutils import escape

from lxml import etree

from core.spreadsheets.fixed_bytes import Edit

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_EMPTY_FORMULA: Final = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f(?:\s[^>]*)?(?:/>|>[^<]*</f>))<v\s*(?:/>|></v>)</c>'
)
_TYPE: Final = re.compile(rb'\s+t="[a-z]+"')
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"

# Reference of a cell to the type and value of its formula, as the file has them.
Values = dict[str, tuple[str, str]]


def keep_cached_values(source: bytes, written: bytes) -> dict[str, Edit]:
    """Return the edits that put the values of the source's formulas into the parts of the written workbook.

    Sheets are matched by name, cells by reference. Formulas that had no value keep none.
    """
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(io.BytesIO(written)) as new:
        targets = _sheet_parts(new)
        edits: dict[str, Edit] = {}
        for name, part in _sheet_parts(old).items():
            with old.open(part) as file:
                values = _formula_values(file)
            if values and name in targets:
                edits[targets[name]] = _filler(values)
    return edits


def _parse(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _sheet_parts(book: zipfile.ZipFile) -> dict[str, str]:
    """Sheet names to the names of their parts."""
    targets = {
        str(relation.get("Id")): posixpath.normpath(
            posixpath.join("/xl", str(relation.get("Target")))
        ).lstrip("/")
        for relation in _parse(book.read(_RELATIONS))
    }
    sheets = _parse(book.read(_WORKBOOK)).iter(f"{_MAIN}sheet")
    parts = {str(sheet.get("name")): targets[str(sheet.get(_RELATION_ID))] for sheet in sheets}
    known = set(book.namelist())
    return {name: part for name, part in parts.items() if part in known}


def _formula_values(file: IO[bytes]) -> Values:
    values: Values = {}
    for _event, cell in etree.iterparse(file, tag=f"{_MAIN}c", resolve_entities=False, no_network=True):
        if cell.find(f"{_MAIN}f") is not None:
            value = cell.findtext(f"{_MAIN}v")
            if value:
                values[str(cell.get("r"))] = (str(cell.get("t") or "n"), value)
        cell.clear()
    return values


def _filler(values: Values) -> Edit:
    def fill(match: re.Match[bytes]) -> bytes:
        known = values.get(match[1].decode())
        if known is None:
            return match[0]
        kind, value = known
        attributes = _TYPE.sub(b"", match[2]) + f' t="{kind}"'.encode()
        return (
            b'<c r="'
            + match[1]
            + b'"'
            + attributes
            + b">"
            + match[3]
            + f"<v>{escape(value)}</v></c>".encode()
        )

    return lambda part: _EMPTY_FORMULA.sub(fill, part)
