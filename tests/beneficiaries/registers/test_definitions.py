"""The four registers: each is whole, says its law and what is unsure, and reads what is typed into its form."""

import datetime as dt

import pytest

from beneficiaries.enums import RegisterCode
from beneficiaries.registers import REGISTERS, Register, read_details, register_of, shown_details
from beneficiaries.registers.showing import typed_detail

ALL = pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.code)


def test_there_is_a_register_for_every_code() -> None:
    assert {register.code for register in REGISTERS} == set(RegisterCode)
    assert register_of("merit").title == RegisterCode.MERIT.label
    with pytest.raises(KeyError):
        register_of("none")


@ALL
def test_each_names_its_law_its_doubts_and_its_groups_once(register: Register) -> None:
    assert register.legal_basis
    assert register.unsure
    codes = [code for code, _label in register.categories]
    fields = [field.code for field in register.entry_fields]
    assert len(codes) == len(set(codes)) > 1
    assert len(fields) == len(set(fields))
    assert all(field.choices for field in register.entry_fields if field.kind == "choice")
    assert set(register.category_notes) <= set(codes)
    assert (register.subject == "household") == (register.code == RegisterCode.POOR_HOUSEHOLDS)


def test_merit_has_the_twelve_categories_and_the_relatives() -> None:
    merit = register_of("merit")
    assert len(merit.categories) == 13
    assert merit.categories[-1][0] == "relative"
    assert merit.category_notes["helped_revolution"] == "Điểm m khoản 1 Điều 3"


def test_what_is_typed_is_read_by_kind() -> None:
    values, errors = read_details(
        register_of("free_workers"),
        {
            "occupation": "  bán vé   số ",
            "lost_work_on": "15/7/2021",
            "monthly_income": "1.200.000 đ",
            "has_labour_contract": "no",
            "workplace": "",
            "unknown": "x",
        },
    )
    assert errors == {}
    assert values == {
        "occupation": "bán vé số",
        "lost_work_on": "2021-07-15",
        "monthly_income": 1_200_000,
        "has_labour_contract": False,
    }


@pytest.mark.parametrize(
    ("register", "field", "text", "part"),
    [
        ("free_workers", "lost_work_on", "31/02/2021", "Không đọc được ngày"),
        ("free_workers", "lost_work_on", "07/15/2021", "15/07/2021"),
        ("free_workers", "monthly_income", "ít", "Không đọc được số tiền"),
        ("free_workers", "has_labour_contract", "biết đâu", "Hãy chọn Có hoặc Không"),
        ("free_workers", "workplace", "x" * 251, "Không quá 250 ký tự"),
        ("poor_households", "year", "", "Hãy ghi năm công nhận"),
        ("poor_households", "year", "2015", "từ 2016 đến 2030"),
        ("merit", "injury_rate", "101%", "từ 1 đến 100"),
        ("merit", "kinship", "hàng xóm", "Hãy chọn một mục"),
    ],
)
def test_what_can_t_be_taken_gets_a_sentence_at_its_field(
    register: str, field: str, text: str, part: str
) -> None:
    _values, errors = read_details(register_of(register), {"year": "2021", field: text})
    assert list(errors) == [field]
    assert part in errors[field][0]


def test_an_identity_number_typed_into_a_text_is_masked() -> None:
    values, _errors = read_details(register_of("free_workers"), {"occupation": "bán vé số 089085000123"})
    assert values == {"occupation": "bán vé số •••"}


def test_details_are_shown_in_words_and_typed_again() -> None:
    register = register_of("social_protection")
    details = {"disability_degree": "severe", "monthly_amount": 540_000}
    lines = [
        (str(label), text)
        for label, text in shown_details(register, "k6_severe", details, dt.date(2021, 9, 1))
    ]
    assert lines == [
        ("Mức độ khuyết tật", "Nặng"),
        ("Mức trợ cấp mỗi tháng theo quyết định", "540.000 đ"),
        ("Hệ số", "1,5"),
        ("Mức chuẩn nhân hệ số mỗi tháng", "540.000 đ"),
    ]
    assert typed_detail(register_of("free_workers").field_of("lost_work_on"), "2021-07-15") == "15/07/2021"
    assert typed_detail(register_of("free_workers").field_of("has_labour_contract"), False) == "no"
