"""Numbers, dates, phones, amounts, addresses: each form that lists use, and what is refused."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.rules.addresses import Commune, Communes
from beneficiaries.rules.amounts import read_amount
from beneficiaries.rules.dates import age_on, read_birth
from beneficiaries.rules.identity import check_number, read_number, read_several
from beneficiaries.rules.phones import read_phone
from beneficiaries.rules.sexes import read_sex

ON = dt.date(2021, 9, 20)


@pytest.mark.parametrize(
    ("cell", "number", "codes"),
    [
        ("089185000111", "089185000111", []),
        ("351234567", "351234567", []),
        (351234567.0, "351234567", []),
        (89185000111, "089185000111", ["ID_LOST_ZERO"]),
        ("89185000111", "089185000111", ["ID_LOST_ZERO"]),
        (1185000111, "001185000111", ["ID_LOST_ZERO"]),
        ("'089185000111", "089185000111", ["ID_APOSTROPHE"]),
        ("089 185 000 111", "089185000111", ["ID_SEPARATORS"]),
        ("089.185.000.111 ", "089185000111", ["ID_SEPARATORS"]),
        ("CCCD: 089185000111", "089185000111", ["ID_SEPARATORS"]),
        ('="089185000111"', "089185000111", ["ID_SEPARATORS"]),
        ("351234567/089185000111", "089185000111", ["ID_SEVERAL"]),
        ("08918500011", "08918500011", ["ID_BAD_LENGTH"]),
        ("35123456", "35123456", ["ID_BAD_LENGTH"]),
        ("0891850001112", "0891850001112", ["ID_BAD_LENGTH"]),
        ("O89185000111", "O89185000111", ["ID_NOT_DIGITS"]),
        ("003185000111", "003185000111", ["ID_BAD_PROVINCE"]),
        ("301185000111", "301185000111", ["ID_FOREIGN_BIRTH"]),
        ("", "", ["ID_MISSING"]),
        (None, "", ["ID_MISSING"]),
        (" - ", "", ["ID_MISSING"]),
    ],
)
def test_identity_numbers(cell: object, number: str, codes: list[str]) -> None:
    found, findings = read_number(cell)
    assert (found, [finding.code for finding in findings]) == (number, codes)


def test_letters_for_digits_are_suggested_and_not_put_in() -> None:
    number, findings = read_number("O89185OOO1l1")
    assert number == "O89185OOO1l1"
    assert findings[0].suggestion == "089185000111"


def test_two_numbers_in_a_cell() -> None:
    assert read_several("351234567 / 089185000111") == ("089185000111", "351234567")
    assert read_several("089185000111") == ()


@pytest.mark.parametrize(
    ("number", "sex", "birth", "codes"),
    [
        ("089185000111", "F", "1985-03-02", []),
        ("089185000111", "M", "1985-03-02", ["ID_SEX_MISMATCH"]),
        ("089185000111", "F", "1984", ["ID_YEAR_MISMATCH"]),
        ("089203000111", "M", "2003-01-01", []),
        ("089203000111", "M", "1903-01-01", ["ID_YEAR_MISMATCH"]),
        ("089185000111", "", "", []),
        ("351234567", "M", "1985", []),
    ],
)
def test_the_number_against_the_row(number: str, sex: str, birth: str, codes: list[str]) -> None:
    assert [finding.code for finding in check_number(number, sex, birth)] == codes


@pytest.mark.parametrize(
    ("cell", "born", "codes"),
    [
        ("02/03/1985", "1985-03-02", []),
        (dt.date(1985, 3, 2), "1985-03-02", []),
        (dt.datetime(1985, 3, 2, tzinfo=dt.UTC), "1985-03-02", []),
        ("2/3/1985", "1985-03-02", ["DOB_OTHER_FORMAT"]),
        ("02-03-1985", "1985-03-02", ["DOB_OTHER_FORMAT"]),
        ("02.03.1985", "1985-03-02", ["DOB_OTHER_FORMAT"]),
        ("02 / 03 / 1985", "1985-03-02", ["DOB_OTHER_FORMAT"]),
        ("02031985", "1985-03-02", ["DOB_OTHER_FORMAT"]),
        (2031985, "1985-03-02", ["DOB_OTHER_FORMAT"]),
        (31108, "1985-03-02", ["DOB_OTHER_FORMAT"]),
        ("1985-03-02", "1985-03-02", ["DOB_OTHER_FORMAT"]),
        ("19850302", "1985-03-02", ["DOB_OTHER_FORMAT"]),
        ("ngày 2 tháng 3 năm 1985", "1985-03-02", ["DOB_OTHER_FORMAT"]),
        ("02/03/85", "1985-03-02", ["DOB_OTHER_FORMAT"]),
        ("02/03/03", "2003-03-02", ["DOB_OTHER_FORMAT"]),
        (1985, "1985", ["DOB_YEAR_ONLY"]),
        ("1985", "1985", ["DOB_YEAR_ONLY"]),
        ("năm 1985", "1985", ["DOB_YEAR_ONLY"]),
        ("00/00/1985", "1985", ["DOB_YEAR_ONLY"]),
        ("3/1985", "1985", ["DOB_YEAR_ONLY"]),
        ("31/02/1985", "", ["DOB_INVALID"]),
        ("30/13/1985", "", ["DOB_INVALID"]),
        ("00/08/1985", "", ["DOB_INVALID"]),
        ("02/03/2022", "", ["DOB_INVALID"]),
        ("02/03/1885", "", ["DOB_INVALID"]),
        ("không rõ", "", ["DOB_INVALID"]),
        ("", "", ["DOB_MISSING"]),
        (None, "", ["DOB_MISSING"]),
        ("//", "", ["DOB_MISSING"]),
    ],
)
def test_births(cell: object, born: str, codes: list[str]) -> None:
    found, findings = read_birth(cell, ON)
    assert (found, [finding.code for finding in findings]) == (born, codes)


def test_a_swapped_day_and_month_is_suggested() -> None:
    assert read_birth("03/25/1985", ON)[1][0].suggestion == "25/03/1985"


def test_the_number_decides_the_century_of_two_digits() -> None:
    assert read_birth("02/03/15", ON)[0] == "2015-03-02"
    assert read_birth("02/03/15", ON, year_hint=1915)[0] == "1915-03-02"


@given(st.dates(dt.date(1900, 1, 1), ON))
def test_every_real_day_is_read_as_itself(day: dt.date) -> None:
    for form in (f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%d-%m-%Y}", f"{day:%d%m%Y}"):
        assert read_birth(form, ON)[0] == day.isoformat()
    assert age_on(day.isoformat(), ON) == ON.year - day.year - ((ON.month, ON.day) < (day.month, day.day))


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_finding(text: str) -> None:
    born, findings = read_birth(text, ON)
    assert born or findings


@pytest.mark.parametrize(
    ("cell", "phone", "codes"),
    [
        ("0912345678", "0912345678", []),
        (912345678, "0912345678", ["PHONE_LOST_ZERO"]),
        ("0912.345.678", "0912345678", []),
        ("+84 912 345 678", "0912345678", []),
        ("01621234567", "0321234567", ["PHONE_OLD_PREFIX"]),
        (1621234567, "0321234567", ["PHONE_LOST_ZERO", "PHONE_OLD_PREFIX"]),
        ("02963852123", "02963852123", []),
        ("0912345678 / 0987654321", "0912345678", ["PHONE_SEVERAL"]),
        ("12345", "12345", ["PHONE_UNUSUAL"]),
        ("", "", []),
        ("không có", "", []),
    ],
)
def test_phones(cell: object, phone: str, codes: list[str]) -> None:
    found, findings = read_phone(cell)
    assert (found, [finding.code for finding in findings]) == (phone, codes)


@pytest.mark.parametrize(
    ("cell", "amount", "codes"),
    [
        (1_500_000, 1_500_000, []),
        (1_500_000.0, 1_500_000, []),
        ("1.500.000", 1_500_000, ["AMOUNT_TEXT"]),
        ("1,500,000", 1_500_000, ["AMOUNT_TEXT"]),
        ("1 500 000", 1_500_000, ["AMOUNT_TEXT"]),
        ("1.500.000đ", 1_500_000, ["AMOUNT_TEXT"]),
        ("1.500.000 đồng", 1_500_000, ["AMOUNT_TEXT"]),
        ("1500.000", 1_500_000, ["AMOUNT_TEXT"]),
        ("1500000 ", 1_500_000, ["AMOUNT_TEXT"]),
        ("1.500.000,00", 1_500_000, ["AMOUNT_TEXT"]),
        ("1,5 triệu", 1_500_000, ["AMOUNT_TEXT"]),
        ("1tr5", 1_500_000, ["AMOUNT_TEXT"]),
        ("1500 nghìn", 1_500_000, ["AMOUNT_TEXT"]),
        ("một triệu rưỡi", None, ["AMOUNT_WRONG"]),
        (1.5, None, ["AMOUNT_WRONG"]),
        ("", None, ["AMOUNT_MISSING"]),
        (None, None, ["AMOUNT_MISSING"]),
    ],
)
def test_amounts(cell: object, amount: int | None, codes: list[str]) -> None:
    found, findings = read_amount(cell)
    assert (found, [finding.code for finding in findings]) == (amount, codes)


@given(st.integers(1, 10**11))
def test_every_amount_survives_its_dots(amount: int) -> None:
    dotted = f"{amount:,}".replace(",", ".")
    assert read_amount(dotted)[0] == amount
    assert read_amount(dotted + " đồng")[0] == amount


@pytest.mark.parametrize(
    ("cell", "sex"), [("Nam", "M"), ("NỮ", "F"), ("nu", "F"), ("f", "F"), ("Nữ ", "F"), ("x", ""), (None, "")]
)
def test_sexes(cell: object, sex: str) -> None:
    assert read_sex(cell)[0] == sex


COMMUNES = [
    Commune("A1", "A", "Xã Phú Thạnh", "Phú Thạnh"),
    Commune("A2", "A", "Xã Phú Thành", "Phú Thành"),
    Commune("A3", "A", "Xã Hoà Lạc", "Hoà Lạc"),
    Commune("B1", "B", "Xã Vĩnh Trạch", "Vĩnh Trạch"),
]


@pytest.mark.parametrize(
    ("cell", "address", "codes"),
    [
        ("Ấp Phú Hiệp", "Ấp Phú Hiệp", []),
        ("A.Phú Hiệp", "Ấp Phú Hiệp", ["ADDRESS_ABBREVIATED"]),
        ("Ap Phú Hiệp", "Ấp Phú Hiệp", ["ADDRESS_ABBREVIATED"]),
        ("ấp 3", "Ấp 3", ["ADDRESS_ABBREVIATED"]),
        ("K.2", "Khóm 2", ["ADDRESS_ABBREVIATED"]),
        ("Tổ 5, ấp 3, xã Phú Thạnh", "Tổ 5, Ấp 3, xã Phú Thạnh", ["ADDRESS_ABBREVIATED"]),
        ("Ấp 3 xã Phú Thạnh huyện Phú Tân", "Ấp 3, xã Phú Thạnh, huyện Phú Tân", []),
        ("Ấp 3, Xã Phú Thành", "Ấp 3, Xã Phú Thành", ["WRONG_COMMUNE"]),
        ("Ấp 3, Hòa Lạc", "Ấp 3, Hòa Lạc", ["WRONG_COMMUNE"]),
        ("Ấp Phú Thành", "Ấp Phú Thành", []),
        ("Ấp 3, X. Vĩnh Trạch", "Ấp 3, X. Vĩnh Trạch", ["WRONG_COMMUNE"]),
        ("Phú Thành", "Phú Thành", []),
        ("", "", []),
    ],
)
def test_addresses(cell: str, address: str, codes: list[str]) -> None:
    found, findings = Communes(COMMUNES, "A1", ["Huyện Phú Tân", "Phú Tân"]).read(cell)
    assert (found, [finding.code for finding in findings]) == (address, codes)


def test_an_address_without_marks_may_be_the_own_commune() -> None:
    assert Communes(COMMUNES, "A1").read("Ap 3, xa Phu Thanh")[1][0].code == "ADDRESS_ABBREVIATED"
