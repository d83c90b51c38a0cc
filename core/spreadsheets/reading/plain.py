"""Sheets of text: CSV in the encodings that Vietnamese offices use, rows pasted from Excel, HTML saved as .xls."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import unicodedata
from collections import Counter
from typing import Final

import lxml.html
from lxml import etree

from core.spreadsheets.reading.grid import Merge, Sheet
from core.spreadsheets.reading.refusals import MAX_COLUMNS, MAX_ROWS, refused

_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_WINDOWS_1258_MARKS: Final = re.compile("[aăâeêioôơuưy][\u0300\u0301\u0303\u0309\u0323]", re.IGNORECASE)
_ANY_MARK: Final = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_DELIMITERS: Final = (",", ";", "\t", "|")
_SPACES: Final = re.compile(r"[ \t\r\n]+")


def decode(content: bytes) -> tuple[str, str]:
    """Text and the name of its encoding: by mark of order, UTF-8 if it is valid, else windows-1258 or cp1252 by its marks."""
    if content.startswith(b"\xef\xbb\xbf"):
        return content.decode("utf-8-sig", "replace"), "utf-8"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "utf-16"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    vietnamese = content.decode("cp1258", "replace")
    marks = len(_ANY_MARK.findall(vietnamese))
    if marks and len(_WINDOWS_1258_MARKS.findall(vietnamese)) >= 0.9 * marks:
        return unicodedata.normalize("NFC", vietnamese), "cp1258"
    return content.decode("cp1252", "replace"), "cp1252"


def delimiter_of(text: str) -> str:
    """The delimiter that splits most rows into the same number of columns."""
    best, best_score = ",", -1.0
    lines = "\n".join(text.splitlines()[:80])
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in csv.reader(io.StringIO(lines), delimiter=delimiter) if any(row)]
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        width, times = Counter(wide).most_common(1)[0]
        score = (times / len(widths)) ** 2 * min(width, 12)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def read_csv(content: bytes) -> tuple[Sheet, str]:
    """One sheet; a row's number is the number that Excel would show for it."""
    text, encoding = decode(content)
    first, _, rest = text.partition("\n")
    delimiter = ""
    if re.fullmatch(r"sep=(.)\r?", first.strip()):  # Excel's own hint
        delimiter, text = first.strip()[4], rest
    return read_delimited(text, delimiter or delimiter_of(text), "CSV"), encoding


def read_delimited(text: str, delimiter: str, name: str) -> Sheet:
    """Rows of text cells. Refuses what is too long or too wide; the zero character, which no database text can hold, goes."""
    text = text.replace("\0", "")
    csv.field_size_limit(1_000_000)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > MAX_ROWS:
                raise refused("TOO_MANY_ROWS", limit=f"{MAX_ROWS:,}".replace(",", "."))
            if len(row) > MAX_COLUMNS:
                raise refused("TOO_WIDE", sheet=name, limit=MAX_COLUMNS)
    except csv.Error as error:
        raise refused("TEXT_UNREADABLE") from error
    return Sheet(name=name, rows=rows, is_typed=False)


def read_html(content: bytes) -> tuple[tuple[Sheet, ...], str]:
    """Each table that holds cells, as a sheet of its own; spans become merges."""
    declared = _CHARSET.search(content[:4096])
    text, encoding = decode(content)
    if declared and encoding in {"cp1252", "cp1258"}:
        name = declared.group(1).decode("ascii", "replace").lower()
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            text, encoding = content.decode(name), name
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        document = lxml.html.document_fromstring(
            text, parser=lxml.html.HTMLParser(no_network=True, huge_tree=False)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise refused("FILE_BROKEN") from error
    sheets = []
    for number, table in enumerate(document.iter("table"), 1):
        if any(True for _ in table.iterdescendants("table")):
            continue  # a table for layout; its inner tables come by themselves
        sheet = _table_sheet(table, f"Bảng {number}")
        if any(any(row) for row in sheet.rows):
            sheets.append(sheet)
    return tuple(sheets), encoding


def _table_sheet(table: lxml.html.HtmlElement, name: str) -> Sheet:
    rows: list[list[str]] = []
    merges: list[Merge] = []
    taken: set[tuple[int, int]] = set()
    for r, line in enumerate(table.iter("tr")):
        if r >= MAX_ROWS:
            raise refused("TOO_MANY_ROWS", limit=f"{MAX_ROWS:,}".replace(",", "."))
        row: list[str] = []
        c = 0
        for cell in line.iterchildren("td", "th"):
            while (r, c) in taken:
                c += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            if c + across > MAX_COLUMNS:
                raise refused("TOO_WIDE", sheet=name, limit=MAX_COLUMNS)
            row.extend([""] * (c - len(row)))
            row.append(_SPACES.sub(" ", cell.text_content()).strip(" "))
            if down > 1 or across > 1:
                merges.append(Merge(r + 1, c + 1, r + down, c + across))
                taken.update((r + i, c + j) for i in range(down) for j in range(across) if i or j)
            c += across
        rows.append(row)
    return Sheet(name=name, rows=rows, merges=tuple(merges), is_typed=False)


def _span(cell: lxml.html.HtmlElement, attribute: str) -> int:
    value = cell.get(attribute, "1")
    return min(int(value), 200) if value.isdigit() and value != "0" else 1
