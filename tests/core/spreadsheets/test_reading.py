"""Reading what offices send: by content, with the spreadsheet's own row numbers; and refusing what can't be read, in words."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from core.spreadsheets.reading import (
    SpreadsheetRefused,
    column_letter,
    column_number,
    read_pasted,
    read_workbook,
)
from core.spreadsheets.reading.refusals import MAX_BYTES, MAX_ROWS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def with_part(content: bytes, name: str, change: dict[bytes, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {member: archive.read(member) for member in archive.namelist()}
    for old, new in change.items():
        parts[name] = parts[name].replace(old, new)
    return zipped(parts)


def refusal_of(content: bytes, name: str = "ds.xlsx") -> SpreadsheetRefused:
    with pytest.raises(SpreadsheetRefused) as refusal:
        read_workbook(content, name)
    assert refusal.value.message.startswith(("Tệp", "Danh sách", "Đây", "Không", "Trang"))
    assert "Bạn hãy" in refusal.value.message
    return refusal.value


def a_workbook() -> Workbook:
    book = Workbook()
    book.active["C4"] = "Họ và tên"
    book.active["C6"] = "Nguyễn Văn An"
    book.active["D6"] = 89085000111
    return book


class TestWorkbooks:
    def test_rows_and_columns_keep_their_numbers(self) -> None:
        sheet = read_workbook(saved(a_workbook()), "ds.xlsx").sheets[0]
        assert (sheet.first_row, sheet.first_column) == (4, 3)
        assert sheet.row_number(2) == 6
        assert list(sheet.rows[2]) == ["Nguyễn Văn An", 89085000111.0]

    def test_the_name_does_not_decide(self) -> None:
        assert read_workbook(saved(a_workbook()), "ds.xls").kind == "xlsx"
        assert read_workbook(b"a;b\n1;2\n", "ds.xlsx").kind == "csv"

    def test_hidden_rows_are_read_and_named(self) -> None:
        book = a_workbook()
        book.active.row_dimensions[6].hidden = True
        sheet = read_workbook(saved(book), "ds.xlsx").sheets[0]
        assert sheet.hidden_rows == {6}
        assert sheet.rows[2][0] == "Nguyễn Văn An"

    def test_cells_in_old_fonts_are_named(self) -> None:
        book = a_workbook()
        book.active["C6"].font = Font(name=".VnTime")
        assert read_workbook(saved(book), "ds.xlsx").sheets[0].fonts == {(6, 3): ".VnTime"}

    def test_formulas_that_were_never_calculated_are_named(self) -> None:
        book = a_workbook()
        book.active["E6"] = "=1+1"
        assert read_workbook(saved(book), "ds.xlsx").sheets[0].formulas_without_value == ("E6",)

    def test_merged_cells_are_known(self) -> None:
        book = a_workbook()
        book.active.merge_cells("C1:D2")
        book.active["C1"] = "DANH SÁCH"
        merge = read_workbook(saved(book), "ds.xlsx").sheets[0].merges[0]
        assert (merge.first_row, merge.first_column, merge.last_row, merge.last_column) == (1, 3, 2, 4)

    def test_opendocument(self) -> None:
        rows = "".join(
            "<table:table-row>"
            + "".join(
                f"<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>"
                for text in row
            )
            + "</table:table-row>"
            for row in (["Họ và tên", "Số CCCD"], ["Nguyễn Văn An", "089085000111"])
        )
        names = "".join(
            f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
            for name in ("office", "table", "text")
        )
        table = f"<table:table table:name='DS'>{rows}</table:table>"
        body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
        content = f"<office:document-content{names}>{body}</office:document-content>"
        parts = {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
        }
        parts["META-INF/manifest.xml"] = (
            b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
        book = read_workbook(zipped(parts), "ds.ods")
        assert book.kind == "ods"
        assert list(book.sheets[0].rows[1]) == ["Nguyễn Văn An", "089085000111"]

    def test_an_encrypted_opendocument_is_refused(self) -> None:
        parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"x"}
        parts["META-INF/manifest.xml"] = b"<manifest:encryption-data/>"
        assert refusal_of(zipped(parts)).code == "FILE_ENCRYPTED"


class TestText:
    def test_delimiters_are_found(self) -> None:
        for delimiter in ",;\t|":
            rows = (
                read_workbook(f"a{delimiter}b{delimiter}c\n1{delimiter}2{delimiter}3\n".encode(), "x")
                .sheets[0]
                .rows
            )
            assert list(rows[1]) == ["1", "2", "3"]

    def test_amounts_with_commas_stay_whole_between_semicolons(self) -> None:
        rows = read_workbook("Tên;Tiền\nAn;1,500,000\nBa;1,500,000\n".encode(), "x").sheets[0].rows
        assert list(rows[1]) == ["An", "1,500,000"]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_unicode(self, encoding: str) -> None:
        rows = read_workbook("Họ tên,Số\nNguyễn,1\n".encode(encoding), "x").sheets[0].rows
        assert list(rows[0]) == ["Họ tên", "Số"]

    def test_excels_own_hint_is_followed(self) -> None:
        assert list(read_workbook(b"sep=;\na,1;b\n", "x").sheets[0].rows[0]) == ["a,1", "b"]

    def test_pasted_cells_may_hold_line_breaks(self) -> None:
        assert list(read_pasted('"a\nb"\tc\n').sheets[0].rows[0]) == ["a\nb", "c"]

    def test_zero_characters_are_dropped(self) -> None:
        assert list(read_pasted("a\0b\tc\n").sheets[0].rows[0]) == ["ab", "c"]

    def test_html_spans_become_merges(self) -> None:
        html = (
            b"<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
        )
        sheet = read_workbook(html, "x.xls").sheets[0]
        assert [list(row) for row in sheet.rows] == [["a", "b"], ["", "c", "d"]]
        assert len(sheet.merges) == 2


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "FILE_EMPTY"),
            (b" \r\n", "FILE_EMPTY"),
            (b"%PDF-1.7\n", "FILE_IS_PDF"),
            (b"\x89PNG\r\n\x1a\n00", "NOT_SPREADSHEET"),
            (b"\x00\x01\x02\x03" * 50, "NOT_SPREADSHEET"),
            (b"PK\x03\x04broken", "FILE_BROKEN"),
            (OLE + "EncryptedPackage".encode("utf-16-le"), "FILE_ENCRYPTED"),
            (OLE + "WordDocument".encode("utf-16-le"), "FILE_IS_WORD"),
            (OLE + "Workbook".encode("utf-16-le") + b"\x00" * 600, "FILE_BROKEN"),
            (b"<html><body>no list</body></html>", "NOT_SPREADSHEET"),
            (b"{\\rtf1 x}", "NOT_SPREADSHEET"),
        ],
    )
    def test_what_is_no_spreadsheet(self, content: bytes, code: str) -> None:
        assert refusal_of(content).code == code

    def test_a_zip_of_something_else(self) -> None:
        assert refusal_of(zipped({"word/document.xml": b"<x/>"})).code == "FILE_IS_WORD"
        assert refusal_of(zipped({"a.txt": b"x"})).code == "NOT_SPREADSHEET"

    def test_an_empty_workbook(self) -> None:
        assert refusal_of(saved(Workbook())).code == "FILE_EMPTY"

    def test_too_many_bytes(self) -> None:
        assert refusal_of(b"a" * (MAX_BYTES + 1)).code == "FILE_TOO_LARGE"

    def test_too_many_rows(self) -> None:
        assert refusal_of(b"a,b\n" * (MAX_ROWS + 1)).code == "TOO_MANY_ROWS"

    def test_a_zip_bomb(self) -> None:
        assert (
            refusal_of(zipped({"xl/workbook.xml": b"<x/>", "xl/a.xml": b" " * 120_000_000})).code
            == "FILE_BOMB"
        )

    def test_entities(self) -> None:
        bad = {b"<workbook": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook'}
        assert refusal_of(with_part(saved(a_workbook()), "xl/workbook.xml", bad)).code == "FILE_ENTITIES"

    def test_a_stray_cell_at_the_end_of_the_sheet(self) -> None:
        far = with_part(saved(a_workbook()), "xl/worksheets/sheet1.xml", {b'r="D6"': b'r="XFD6"'})
        assert refusal_of(far).code == "TOO_WIDE"

    def test_a_stray_row_far_below_is_no_reason(self, tmp_path: Path) -> None:
        book = a_workbook()
        book.active["A210000"] = "x"
        assert len(read_workbook(saved(book), "ds.xlsx").sheets[0].rows) > 200_000


def test_column_letters_go_both_ways() -> None:
    assert [column_letter(number) for number in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]
    assert [column_number(letters) for letters in ("A", "Z", "AA", "AAA")] == [1, 26, 27, 703]
