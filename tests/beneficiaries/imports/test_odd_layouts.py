"""Layouts as offices really make them: titles, three-row headers, groups by ấp, several sheets, columns in any order."""

import pytest

from core.spreadsheets.reading import SpreadsheetRefused
from tests.beneficiaries.imports.sheets import checked, findings, opened, pasted, xlsx

AN = ["Nguyễn Văn An", "02/03/1985", "Nam", "089085000111", "Khóm Mỹ Lương", "Phụ hồ", 1_500_000]
BA = ["Lê Thị Ba", "05/06/1990", "Nữ", "089190000222", "Khóm Mỹ Lương", "Bán vé số", 1_500_000]
HEADER = ["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Địa chỉ", "Nghề nghiệp", "Số tiền"]


def test_a_header_at_row_15_below_a_long_letterhead() -> None:
    top = [
        ["UBND THỊ TRẤN PHÚ MỸ", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["TỔ RÀ SOÁT"],
        [],
        ["DANH SÁCH"],
    ]
    rows = [
        *top,
        *[["(kèm theo Tờ trình số 12/TTr-UBND ngày 20 tháng 8 năm 2021)"]] * 1,
        *[[]] * 9,
        HEADER,
        AN,
        BA,
    ]
    check = opened(xlsx(rows))
    assert check.layout.header_rows == (15, 15)
    assert [row.row_number for row in checked(check)] == [16, 17]
    assert str(check.list_date) == "2021-08-20"
    assert all(row.outcome == "ok" for row in checked(check))


def test_the_table_may_begin_anywhere_on_the_sheet() -> None:
    check = opened(xlsx([HEADER, AN], first_row=7, first_column=4))
    assert check.layout.letters["full_name"] == "D"
    assert checked(check)[0].row_number == 8


def test_three_header_rows_with_merged_groups() -> None:
    rows = [
        ["STT", "THÔNG TIN NGƯỜI LAO ĐỘNG", "", "", "", "", "HỖ TRỢ", ""],
        ["", "Họ và tên", "Năm sinh", "", "CMND/CCCD", "", "Số tiền", "Ký nhận"],
        ["", "", "Nam", "Nữ", "Số", "Ngày cấp", "", ""],
        ["A", "B", "1", "2", "3", "4", "5", "6"],
        [1, "Nguyễn Văn An", "1985", "", "089085000111", "01/04/2021", 1_500_000, ""],
        [2, "Lê Thị Ba", "", "05/06/1990", "089190000222", "", 1_500_000, ""],
    ]
    merges = ["A1:A3", "B1:F1", "G1:H1", "B2:B3", "C2:D2", "E2:F2", "G2:G3", "H2:H3"]
    check = opened(xlsx(rows, merges=merges))
    assert check.layout.header_rows == (1, 4)
    assert check.layout.letters == {
        "stt": "A", "full_name": "B", "dob_m": "C", "dob_f": "D", "id_number": "E", "id_issued": "F", "amount": "G", "sign": "H",
    }  # fmt: skip
    first, second = checked(check)
    assert (first.values["sex"], first.outcome) == ("M", "warn")
    assert (second.values["sex"], second.values["dob"], second.outcome) == ("F", "1990-06-05", "ok")


def test_columns_in_another_order_with_strange_ones_between() -> None:
    header = [
        "Số tiền (đồng)",
        "Mã hộ",
        "CMND hoặc CCCD",
        "Tổ",
        "Họ tên người lao động",
        "Sinh năm",
        "Phái",
        "SĐT liên hệ",
    ]
    rows = [header, [1_500_000, "H01", "351234567", 3, "Trần Văn Tư", "09-08-1979", "nam", "0912 345 678"]]
    check = opened(xlsx(rows))
    assert check.layout.letters == {
        "amount": "A", "id_number": "C", "full_name": "E", "dob": "F", "sex": "G", "phone": "H",
    }  # fmt: skip
    row = checked(check)[0]
    assert findings(row) == {"DOB_OTHER_FORMAT"}
    assert row.values["phone"] == "0912345678"
    assert "COLUMNS_IGNORED" in {finding.code for finding, _row in check.file_findings()}


def test_surname_and_given_name_in_two_columns() -> None:
    header = ["TT", "Họ và chữ lót", "Tên", "Ngày tháng năm sinh", "Số CMND", "Ấp", "Mức hỗ trợ"]
    check = opened(
        xlsx([header, [1, "Nguyễn Thị Kim", "Loan", "01/02/1970", "351234567", "Khóm 3", 1_500_000]])
    )
    assert checked(check)[0].values["full_name"] == "Nguyễn Thị Kim Loan"


def test_one_name_header_merged_over_two_columns() -> None:
    header = ["TT", "Họ và tên", "", "Năm sinh", "Số CMND", "Địa chỉ", "Số tiền"]
    people = [
        [n, "Nguyễn Thị Kim", name, "01/02/1970", f"35123456{n}", "Khóm 3", 1_500_000]
        for n, name in enumerate(["Loan", "Hoa", "Mai"])
    ]
    check = opened(xlsx([header, *people], merges=["B1:C1"]))
    assert [row.values["full_name"] for row in checked(check)] == [
        f"Nguyễn Thị Kim {name}" for name in ("Loan", "Hoa", "Mai")
    ]


def test_groups_by_hamlet_with_subtotals_and_a_total() -> None:
    header = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Nghề", "Số tiền"]
    rows = [
        header,
        ["I", "KHÓM MỸ LƯƠNG"],
        [1, "Nguyễn Văn An", "02/03/1985", "Nam", "089085000111", "Phụ hồ", 1_500_000],
        [2, "Lê Thị Ba", "05/06/1990", "Nữ", "089190000222", "Phụ hồ", 1_500_000],
        ["", "Cộng khóm Mỹ Lương", "", "", "", "", 3_000_000],
        ["II", "Khóm 2"],
        [1, "Võ Văn Tư", "05/06/1991", "Nam", "089091000333", "Phụ hồ", 1_500_000],
        ["", "Cộng:", "", "", "", "", 2_000_000],
        ["", "TỔNG CỘNG", "", "", "", "", "4.500.000"],
        ["", "Bằng chữ: Bốn triệu năm trăm nghìn đồng"],
        [],
        ["", "NGƯỜI LẬP BIỂU", "", "", "", "Phú Mỹ, ngày 20 tháng 8 năm 2021"],
        ["", "Nguyễn Thị Thu", "", "", "", "CHỦ TỊCH"],
    ]
    check = opened(xlsx(rows))
    people = checked(check)
    assert [row.row_number for row in people] == [3, 4, 7]
    assert [row.values["address"] for row in people] == ["Khóm MỸ LƯƠNG", "Khóm MỸ LƯƠNG", "Khóm 2"]
    assert [
        (finding.code, row) for finding, row in check.file_findings() if finding.code == "TOTAL_MISMATCH"
    ] == [("TOTAL_MISMATCH", 8)]
    assert str(check.list_date) == "2021-08-20"


def test_nam_and_nu_without_a_group_above() -> None:
    header = ["TT", "Họ và tên", "Nam", "Nữ", "Số CMND"]
    births = opened(
        xlsx(
            [
                header,
                [1, "Lê Thị Ba", "", "05/06/1990", "351234567"],
                [2, "Lê Văn Tư", "1980", "", "351234568"],
            ]
        )
    )
    assert [(row.values["sex"], row.values["dob"]) for row in checked(births)] == [
        ("F", "1990-06-05"),
        ("M", "1980"),
    ]
    header = ["TT", "Họ và tên", "Ngày sinh", "Nam", "Nữ", "Số CMND"]
    ticks = opened(xlsx([header, [1, "Lê Thị Ba", "05/06/1990", "", "x", "351234567"]]))
    assert checked(ticks)[0].values["sex"] == "F"
    assert checked(ticks)[0].outcome == "ok"


def test_one_address_merged_over_its_people() -> None:
    people = [
        [name, "02/03/1985", "Nam", f"35123456{n}", "Khóm 3" if n == 0 else ""]
        for n, name in enumerate(["Lê An", "Lê Bảo", "Lê Công"])
    ]
    check = opened(xlsx([HEADER[:5], *people], merges=["E2:E4"]))
    assert [row.values["address"] for row in checked(check)] == ["Khóm 3"] * 3


def test_the_header_printed_again_on_each_page_is_no_person() -> None:
    check = opened(xlsx([HEADER, AN, HEADER, BA]))
    assert [row.row_number for row in checked(check)] == [2, 4]


def test_prenumbered_empty_lines_and_blank_rows_are_left_out() -> None:
    header = ["STT", *HEADER]
    check = opened(xlsx([header, [1, *AN], [], [2, *BA], [3], [4], [5, "", "", "", "", "", "", 1_500_000]]))
    assert [row.row_number for row in checked(check)] == [2, 4]


def test_a_person_without_number_or_birth_is_still_a_person() -> None:
    check = opened(xlsx([["STT", *HEADER], [1, *AN], [2, "Trần Văn Tèo", "", "Nam", "", "Khóm 2", "", ""]]))
    assert findings(checked(check)[1]) == {"ID_MISSING", "DOB_MISSING", "AMOUNT_MISSING"}


def test_the_sheet_with_the_list_is_found_among_others() -> None:
    content = xlsx(
        [["Hướng dẫn"], ["Ghi chú cách lập"]],
        title="HD",
        more={"Tổng hợp": [["Xã", "Số người"], ["A", 3]], "DS": [HEADER, AN]},
    )
    check = opened(content)
    assert check.layout.sheet.name == "DS"
    assert "SHEETS_IGNORED" in {finding.code for finding, _row in check.file_findings()}


def test_amounts_in_thousands_are_read_by_the_header() -> None:
    header = [*HEADER[:-1], "Số tiền (nghìn đồng)"]
    check = opened(xlsx([header, [*AN[:-1], 1500], ["Tổng cộng", "", "", "", "", "", 1500]]))
    row = checked(check)[0]
    assert row.values["amount"] == 1_500_000
    assert row.outcome == "ok"
    assert "TOTAL_MISMATCH" not in {finding.code for finding, _row in check.file_findings()}


def test_old_and_new_number_in_two_columns() -> None:
    header = ["Họ và tên", "Ngày sinh", "Số CMND", "Số CCCD", "Số tiền"]
    rows = [
        header,
        ["Nguyễn Văn An", "02/03/1985", "351234567", "089085000111", 1_500_000],
        ["Lê Văn Ba", "02/03/1986", "351234568", "", 1_500_000],
    ]
    first, second = checked(opened(xlsx(rows)))
    assert (first.values["id_number"], first.values["id_number_old"]) == ("089085000111", "351234567")
    assert (second.values["id_number"], second.values["id_type"]) == ("351234568", "CMND")


def test_day_month_and_year_in_three_columns() -> None:
    header = [["Họ và tên", "Ngày sinh", "", "", "Số CCCD"], ["", "Ngày", "Tháng", "Năm", ""]]
    check = opened(
        xlsx([*header, ["Nguyễn Văn An", 2, 3, 1985, "089085000111"]], merges=["B1:D1", "A1:A2", "E1:E2"])
    )
    assert checked(check)[0].values["dob"] == "1985-03-02"


def test_a_whole_list_in_an_old_font() -> None:
    from tests.generator.make_commune_lists import to_tcvn3

    names = ["Hồ Kim Cúc", "Bùi Thị Út", "Nguyễn Văn Được", "Trần Thị Bé", "Đỗ Hữu Phước"]
    people = [[name, f"02/03/198{n}", f"351234{n}67"] for n, name in enumerate(names)]
    rows = [
        [to_tcvn3(text) for text in ("Họ và tên", "Ngày sinh", "Số CCCD")],
        *[[to_tcvn3(name), *rest] for name, *rest in people],
    ]
    check = opened(xlsx(rows))
    assert [row.values["full_name"] for row in checked(check)] == names


def test_pasted_rows_without_a_header() -> None:
    lines = [["1", *map(str, AN[:5]), "1500000"], ["2", *map(str, BA[:5]), "1500000"]]
    text = "\n".join("\t".join(line) for line in lines)
    check = pasted(text)
    assert check.layout.header_rows is None
    assert [row.values["full_name"] for row in checked(check)] == ["Nguyễn Văn An", "Lê Thị Ba"]
    assert [row.values["id_number"] for row in checked(check)] == ["089085000111", "089190000222"]
    assert all(row.outcome == "ok" for row in checked(check))


def test_a_csv_with_semicolons_in_windows_1258() -> None:
    import unicodedata

    text = "Họ và tên;Ngày sinh;Số CCCD;Số tiền\nNguyễn Văn An;02/03/1985;089085000111;1.500.000\n"
    marked = "".join(_windows_1258(letter) for letter in unicodedata.normalize("NFC", text))
    row = checked(opened(marked.encode("cp1258")))[0]
    assert row.values["full_name"] == "Nguyễn Văn An"
    assert findings(row) == {"AMOUNT_TEXT"}


def _windows_1258(letter: str) -> str:
    """A letter as windows-1258 has it: with its tone as a mark of its own."""
    import unicodedata

    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(sign for sign in parts if sign in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(sign for sign in parts if sign not in tones))
        return base + tones
    return letter


def test_html_saved_as_xls() -> None:
    html = """<html><head><meta charset="utf-8"></head><body><table><tr><td colspan="4">DANH SÁCH</td></tr>
    <tr><th rowspan="2">Họ và tên</th><th colspan="2">Năm sinh</th><th rowspan="2">Số CMND/CCCD</th></tr>
    <tr><th>Nam</th><th>Nữ</th></tr>
    <tr><td>Nguyễn Văn An</td><td>02/03/1985</td><td></td><td>089085000111</td></tr></table></body></html>"""
    check = opened(html.encode())
    assert check.layout.header_rows == (2, 3)
    row = checked(check)[0]
    assert (row.row_number, row.values["sex"], row.outcome) == (4, "M", "ok")


def test_a_list_of_another_commune_is_named() -> None:
    content = xlsx([["UBND XÃ PHÚ AN"], ["DANH SÁCH"], HEADER, AN])
    found = {finding.code: finding for finding, _row in opened(content).file_findings()}
    assert found["OTHER_COMMUNE_LIST"].found == "Xã Phú An"
    assert "OTHER_COMMUNE_LIST" not in {f.code for f, _row in opened(content, "30436").file_findings()}


def test_a_list_from_the_future_is_named() -> None:
    content = xlsx([["(Kèm theo Tờ trình số 3/TTr-UBND ngày 05/10/2021)"], HEADER, AN])
    assert "LIST_DATE_FUTURE" in {finding.code for finding, _row in opened(content).file_findings()}


@pytest.mark.parametrize("rows", [[["Báo cáo tháng 8"], ["Số liệu", 3]], [["a", "b"], [1, 2]]])
def test_what_is_no_list_is_refused(rows: list[list[object]]) -> None:
    with pytest.raises(SpreadsheetRefused) as refusal:
        opened(xlsx(rows))
    assert refusal.value.code == "NO_LIST"


def test_a_header_without_people_is_refused() -> None:
    with pytest.raises(SpreadsheetRefused) as refusal:
        opened(xlsx([HEADER]))
    assert refusal.value.code == "NO_ROWS"
