"""Lists that officers really send and no generator makes: what must not pass as `ok`, and what must not be refused."""

import datetime as dt

import pytest

from tests.beneficiaries.imports.sheets import checked, findings, opened, xlsx

HEADER = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CMND/CCCD", "Địa chỉ", "Số tiền", "Ghi chú"]
WIDTH = len(HEADER)


def person(name: str = "Nguyễn Văn An", number: object = "351234567", **other: object) -> list[object]:
    row = {"born": "02/03/1985", "sex": "Nam", "address": "Khóm Mỹ Lương", "amount": 1_500_000, "note": ""}
    row.update(other)
    return [1, name, row["born"], row["sex"], number, row["address"], row["amount"], row["note"]]


def line(text: str, place: int = 1, amount: object = "") -> list[object]:
    cells: list[object] = [""] * WIDTH
    cells[place], cells[6] = text, amount
    return cells


def only(*rows: list[object], header: list[str] = HEADER) -> list[tuple[str, set[str]]]:
    return [(row.outcome, findings(row)) for row in checked(opened(xlsx([header, *rows])))]


def file_codes(*rows: list[object]) -> set[str]:
    check = opened(xlsx(list(rows)))
    checked(check)
    return {finding.code for finding, _row in check.file_findings()}


@pytest.mark.parametrize(
    "note", ["chết", "Đã chết 5/8", "chuyển đi nơi khác", "đã nhận", "không đủ điều kiện", "đề nghị xóa"]
)
def test_a_note_against_the_payment_waits_for_a_person(note: str) -> None:
    assert only(person(note=note)) == [("warn", {"NOTE_AGAINST"})]


@pytest.mark.parametrize(
    "note", ["hộ nghèo", "F0", "Mất CMND", "không biết chữ", "chưa nhận hỗ trợ", "mất việc từ tháng 7"]
)
def test_other_notes_stop_nobody(note: str) -> None:
    assert only(person(note=note)) == [("ok", set())]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Nguyễn Văn An (chết)", "NAME_ODD_SIGNS"),
        ("Nguyễn Văn An - đã chết", "NAME_ODD_SIGNS"),
        ("Nguyễn Văn An / Lê Thị Bé", "NAME_ODD_SIGNS"),
        ("Nguyễn Văn An 2", "NAME_ODD_SIGNS"),
        ("Nguy?n V?n An", "NAME_ODD_SIGNS"),
        ("Nguyễn Vаn An", "NAME_ODD_SIGNS"),  # a Cyrillic a
        ("Nguyễn Văn An chuyển đi", "NAME_WITH_NOTE"),
        ("Bà Lê Thị Bé", "NAME_WITH_NOTE"),
        ("Hộ ông An", "NAME_WITH_NOTE"),
        ("Nguyễn V. An", "NAME_WITH_NOTE"),
        ("nt", "NAME_WITH_NOTE"),
    ],
)
def test_a_name_that_may_not_be_one_whole_name_is_looked_at(name: str, code: str) -> None:
    [(outcome, codes)] = only(person(name))
    assert outcome == "warn"
    assert code in codes


@pytest.mark.parametrize(
    "name", ["Út", "Y", "Chau Sóc Phia", "Néang Sóc Kha", "Mohamad Sa Lêh", "Tổng Hữu Phước"]
)
def test_names_of_all_peoples_pass(name: str) -> None:
    assert only(person(name)) == [("ok", set())]


@pytest.mark.parametrize(
    ("cell", "number", "code"),
    [
        ("CMND số 351234567", "351234567", "ID_SEPARATORS"),
        ("351234567 cấp ngày 12/3/2010 CA An Giang", "351234567", "ID_SEPARATORS"),
        ("０８９０８５０００１１１", "089085000111", "ID_SEPARATORS"),
        ("089085000\u200d111", "089085000111", "ID_SEPARATORS"),
        ("89085000111.0", "089085000111", "ID_LOST_ZERO"),
        ("CMND: 351234567 (CCCD 089085000111)", "089085000111", "ID_SEVERAL"),
        ("351234567-089085000111", "089085000111", "ID_SEVERAL"),
        ("089085000111, 351234567", "089085000111", "ID_SEVERAL"),
    ],
)
def test_numbers_with_words_around_them_are_read(cell: str, number: str, code: str) -> None:
    row = checked(opened(xlsx([HEADER, person(number=cell)])))[0]
    assert (row.values["id_number"], row.outcome) == (number, "fix")
    assert code in findings(row)


@pytest.mark.parametrize(
    "cell",
    ["351234567/351234568", "351234567 - 0912345678", "8.9085E+10", "351234567 (mất)", "GKS 123456789"],
)
def test_nobody_chooses_between_numbers(cell: str) -> None:
    assert only(person(number=cell))[0][0] == "error"


@pytest.mark.parametrize("number", ["000000000", "111111111", "123456789", 89_085_000_000])
def test_made_up_and_rounded_numbers_are_looked_at(number: object) -> None:
    [(outcome, codes)] = only(person(number=number))
    assert (outcome, "ID_UNUSUAL" in codes) == ("warn", True)


@pytest.mark.parametrize(
    ("cell", "born"),
    [
        ("2-Mar-85", "1985-03-02"),
        ("Mar 2, 1985", "1985-03-02"),
        ("1985/03/02", "1985-03-02"),
        ("02/03/1985 00:00:00", "1985-03-02"),
        ("NS 1965", "1965"),
        ("…/…/1965", "1965"),
    ],
)
def test_births_in_other_words(cell: str, born: str) -> None:
    assert checked(opened(xlsx([HEADER, person(born=cell)])))[0].values["dob"] == born


@pytest.mark.parametrize("cell", ["1965?", "~1965"])
def test_a_doubtful_year_is_only_suggested(cell: str) -> None:
    row = checked(opened(xlsx([HEADER, person(born=cell)])))[0]
    assert (row.outcome, row.findings[0].suggestion) == ("error", "1965")


def test_month_first_dates_are_never_passed_silently() -> None:
    written = ["03/15/1985", "10/25/1990", "03/02/1985", "05/05/1970"]
    rows = [
        person(f"Trần Văn {name}", f"35123456{n}", born=born)
        for n, (name, born) in enumerate(zip(["An", "Ba", "Tư", "Sáu"], written, strict=True))
    ]
    assert [outcome for outcome, _codes in only(*rows)] == ["error", "error", "warn", "ok"]


def test_dates_that_a_foreign_excel_turned_are_looked_at() -> None:
    real = [dt.date(1980 + n, 1 + n, 3) for n in range(5)]
    born = [*real, "15/03/1985", "28/02/1990"]
    rows = [
        person(f"Trần Văn {name}", f"35123456{n}", born=day)
        for n, (name, day) in enumerate(zip("BCDĐGHK", born, strict=True))
    ]
    assert [codes for _outcome, codes in only(*rows)].count(
        {"DOB_MONTH_FIRST"}
    ) == 4  # 3/3 reads the same both ways


def test_people_below_a_heading_that_excludes_them() -> None:
    rows = only(
        person(),
        line("DANH SÁCH KHÔNG ĐỦ ĐIỀU KIỆN"),
        person("Lê Thị Ba", "351234568", sex="Nữ"),
        line("III. ĐỐI TƯỢNG BỔ SUNG"),
        person("Trần Văn Tư", "351234569"),
    )
    assert [codes for _outcome, codes in rows] == [set(), {"SECTION_AGAINST"}, set()]


def test_a_title_that_excludes_the_whole_list_is_said() -> None:
    assert "LIST_AGAINST" in file_codes(["DANH SÁCH KHÔNG ĐỦ ĐIỀU KIỆN HỖ TRỢ"], HEADER, person())
    assert "LIST_AGAINST" not in file_codes(
        ["DANH SÁCH LAO ĐỘNG KHÔNG CÓ GIAO KẾT HỢP ĐỒNG BỊ MẤT VIỆC LÀM"], HEADER, person()
    )


def test_pages_with_header_numbers_and_running_sums() -> None:
    index = [f"({n})" for n in range(1, WIDTH + 1)]
    rows = [
        HEADER,
        index,
        person(),
        line("Cộng trang", amount=1_500_000),
        HEADER,
        index,
        line("Mang sang", amount=1_500_000),
    ]
    check = opened(xlsx([*rows, person("Lê Văn Ba", "351234568"), line("Cộng lũy kế", amount=3_000_000)]))
    assert [row.row_number for row in checked(check)] == [3, 8]
    assert "TOTAL_MISMATCH" not in {finding.code for finding, _row in check.file_findings()}


def test_signatures_below_the_total_are_no_people_and_a_second_list_is_read() -> None:
    rows = [
        HEADER,
        person(),
        line("Tổng cộng", amount=1_500_000),
        line("Người lập"),
        [1, "Nguyễn Thị Thu", "20/08/2021"],
    ]
    second = [
        HEADER,
        person("Lê Văn Ba", "351234568"),
        line("Tổng cộng", amount=1_500_000),
        ["", "Lê Văn Tám", "0912345678"],
    ]
    check = opened(xlsx([*rows, *second]))
    assert [row.row_number for row in checked(check)] == [2, 7]
    codes = {finding.code for finding, _row in check.file_findings()}
    assert "ROWS_SKIPPED" in codes
    assert "TOTAL_MISMATCH" not in codes


def test_a_total_above_the_people_is_about_them() -> None:
    assert "TOTAL_MISMATCH" not in file_codes(HEADER, line("TỔNG CỘNG", amount=1_500_000), person())
    assert "TOTAL_MISMATCH" in file_codes(HEADER, line("TỔNG CỘNG", amount=3_000_000), person())


def test_a_number_alone_on_its_row_is_not_lost() -> None:
    rows = only(person(), ["", "", "", "", "351234999"], person("Lê Văn Ba", "351234568"))
    assert [outcome for outcome, _codes in rows] == ["ok", "error", "ok"]


def test_other_sheets_with_people_are_counted() -> None:
    content = xlsx(
        [HEADER, person(), person("Lê Văn Ba", "351234568")],
        title="2021",
        more={"2020": [HEADER, person()], "TT": [["Kính gửi"]]},
    )
    found = {finding.code: finding.found for finding, _row in opened(content).file_findings()}
    assert (found["OTHER_LIST_SHEETS"], found["SHEETS_IGNORED"]) == ("“2020” (1)", "TT")


@pytest.mark.parametrize("address", ["Huyện Chợ Mới", "Khóm 3, TP Long Xuyên", "Ấp 2, tỉnh Đồng Tháp"])
def test_addresses_in_other_districts_are_looked_at(address: str) -> None:
    assert only(person(address=address)) == [("warn", {"ADDRESS_ELSEWHERE"})]


@pytest.mark.parametrize(
    "address", ["Khóm 3, H. Phú Tân, T. An Giang", "Tinh lộ 954, Khóm 3", "Khóm 3, huyện Phú Tân"]
)
def test_the_own_district_and_roads_are_no_other_place(address: str) -> None:
    assert only(person(address=address)) == [("ok", set())]


def test_ditto_marks_take_the_address_above_with_its_faults() -> None:
    rows = [
        person(),
        person("Lê Văn Ba", "351234568", address="nt"),
        person("Lê Văn Tư", "351234569", address="Xã Phú Lâm"),
    ]
    check = checked(opened(xlsx([HEADER, *rows, person("Lê Văn Sáu", "351234560", address='"')])))
    assert (check[1].values["address"], findings(check[1])) == ("Khóm Mỹ Lương", {"ADDRESS_DITTO"})
    assert findings(check[3]) == {"ADDRESS_DITTO", "WRONG_COMMUNE"}


@pytest.mark.parametrize(
    "title",
    ["UBND HUYỆN CHỢ MỚI", "DANH SÁCH NGƯỜI LAO ĐỘNG XÃ PHÚ LÂM", "Đơn vị: xã Long Điền A - huyện Chợ Mới"],
)
def test_titles_of_other_places_are_named(title: str) -> None:
    assert "OTHER_COMMUNE_LIST" in file_codes([title], HEADER, person())


@pytest.mark.parametrize(
    "title",
    [
        "UBND HUYỆN PHÚ TÂN",
        "Danh sách thị trấn Phú Mỹ (giáp xã Phú Lâm)",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ],
)
def test_titles_of_the_own_place_are_not(title: str) -> None:
    assert "OTHER_COMMUNE_LIST" not in file_codes([title], HEADER, person())


def test_amounts_in_millions_of_a_line_above_the_table() -> None:
    rows = [
        ["Đơn vị tính: triệu đồng"],
        HEADER,
        person(amount="1,5"),
        person("Lê Văn Ba", "351234568", amount=1.5),
        line("Tổng cộng", amount=3),
    ]
    check = opened(xlsx(rows))
    assert [(row.values["amount"], row.outcome) for row in checked(check)] == [
        (1_500_000, "fix"),
        (1_500_000, "ok"),
    ]
    assert "TOTAL_MISMATCH" not in {finding.code for finding, _row in check.file_findings()}
    assert "triệu đồng" in check.layout.header_letters["G"]  # where a correction of one row finds it


def test_day_month_and_year_side_by_side_without_a_group() -> None:
    header = ["Họ và tên", "Ngày", "Tháng", "Năm", "Số CMND", "Số tiền"]
    row = checked(opened(xlsx([header, ["Nguyễn Văn An", 2, 3, 1985, "351234567", 1_500_000]])))[0]
    assert row.values["dob"] == "1985-03-02"


def test_sex_and_hamlet_of_a_list_in_an_old_font() -> None:
    from tests.generator.make_commune_lists import to_tcvn3, to_vni

    for encoded in (to_tcvn3, to_vni):
        people = [
            person(name, f"35123456{n}", sex="Nữ", address="Khóm 2")
            for n, name in enumerate(["Lê Thị Út", "Bùi Thị Được", "Đỗ Thị Bé", "Võ Thị Hồng"])
        ]
        rows = [
            [encoded(cell) if isinstance(cell, str) else cell for cell in row] for row in [HEADER, *people]
        ]
        assert {
            (row.values["sex"], row.values["address"], row.outcome) for row in checked(opened(xlsx(rows)))
        } == {("F", "Khóm 2", "fix")}


def test_a_second_table_beside_the_first_is_said_and_not_mixed_in() -> None:
    check = opened(xlsx([[*HEADER, "", *HEADER], [*person(), "", *person("Lê Văn Ba", "089085000222")]]))
    row = checked(check)[0]
    assert (row.values["id_number"], row.values.get("id_number_old", "")) == ("351234567", "")
    assert "SECOND_TABLE" in {finding.code for finding, _row in check.file_findings()}


def test_numbers_of_other_people_are_never_the_row_s_own() -> None:
    header = [
        "STT",
        "Họ và tên chủ hộ",
        "Số CMND chủ hộ",
        "Họ và tên",
        "Ngày sinh",
        "Số CCCD",
        "Số tiền",
        "Họ tên người nhận thay",
        "CMND người nhận thay",
    ]
    cells = [
        1,
        "Lê Văn Chủ",
        "351111222",
        "Nguyễn Văn An",
        "02/03/1985",
        "089085000111",
        1_500_000,
        "Lê Thị Ba",
        "351234568",
    ]
    row = checked(opened(xlsx([header, cells])))[0]
    assert (row.values["full_name"], row.values["id_number"], row.outcome) == (
        "Nguyễn Văn An",
        "089085000111",
        "ok",
    )
    assert not row.values.get("id_number_old")


def test_two_cards_of_one_kind_are_looked_at() -> None:
    header = ["Họ và tên", "Ngày sinh", "Số CCCD", "Số CCCD mới", "Số tiền"]
    row = checked(
        opened(xlsx([header, ["Nguyễn Văn An", "02/03/1985", "089085000111", "089085000222", 1_500_000]]))
    )[0]
    assert (row.outcome, row.values["id_number_old"]) == ("warn", "")


def test_the_amount_is_what_is_to_be_paid() -> None:
    header = ["Họ và tên", "Ngày sinh", "Số CMND", "Số tiền đã nhận", "Mức hỗ trợ", "Thành tiền"]
    check = opened(xlsx([header, ["Nguyễn Văn An", "02/03/1985", "351234567", 900_000, 500_000, 1_500_000]]))
    assert (checked(check)[0].outcome, check.layout.letters["amount"]) == ("ok", "F")


def test_groups_with_their_sum_in_the_heading() -> None:
    rows = [
        ["I", "Bán vé số", "", "", "", "", 1_500_000],
        person(),
        ["II", "Khác", "", "", "", "", 1_500_000],
        person("Lê Văn Ba", "351234568"),
    ]
    check = opened(xlsx([HEADER, *rows, line("TỔNG", amount=3_000_000)]))
    assert [row.outcome for row in checked(check)] == ["ok", "ok"]
    assert "TOTAL_MISMATCH" not in {finding.code for finding, _row in check.file_findings()}


@pytest.mark.parametrize("cell", ["9" * 30_000, 1e300, True, dt.time(3, 4), "x" * 30_000])
def test_any_cell_in_any_column_is_judged(cell: object) -> None:
    rows = only([cell] * WIDTH, person())
    assert [outcome for outcome, _codes in rows][-1] == "ok"
    assert "ok" not in [outcome for outcome, _codes in rows][:-1]
