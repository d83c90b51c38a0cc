"""The empty lists of the registers: what drops down, what the guide says, and that a filled one is read back whole."""

import io
from functools import cache

import pytest
from django.utils.translation import get_language, override
from openpyxl import Workbook, load_workbook

from accounts.enums import Role
from beneficiaries.imports.profile import profile_of
from beneficiaries.models import ImportRow, Status
from beneficiaries.registers import REGISTERS, Register
from beneficiaries.services.imports.template_guide import GUIDE
from beneficiaries.services.imports.templates import CHOICES, HEADER, template_workbook
from tests.beneficiaries.lists import codes
from tests.beneficiaries.services.registers.lists import NUMBERS, taken_in
from tests.factories.people import user

ALL = pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.code)


@cache
def written(code: str, language: str | None) -> bytes:
    """What an office downloads while its pages are in that language."""
    with override(language):
        return template_workbook(profile_of(code))


def empty(code: str) -> Workbook:
    return load_workbook(io.BytesIO(written(code, get_language())))


def headers(book: Workbook) -> list[str]:
    return [str(cell.value) for cell in book["DS"][HEADER]]


def choices_of(book: Workbook, title: str) -> list[str]:
    """What drops down in a column, from the rule itself or from the range that it names."""
    letter = book["DS"].cell(HEADER, headers(book).index(title) + 1).column_letter
    rules = book["DS"].data_validations.dataValidation
    rule = next(rule for rule in rules if str(rule.sqref).startswith(f"{letter}{HEADER + 1}:"))
    formula = str(rule.formula1)
    if formula.startswith('"'):
        return formula.strip('"').split(",")
    name, _sign, area = formula.partition("!")
    cells = book[name.strip("'")][area.replace("$", "")]
    return [str(row[0].value) for row in cells]


@ALL
def test_every_column_of_choices_drops_down_whole(register: Register) -> None:
    book = empty(register.code)
    for field in register.entry_fields:
        if field.kind == "choice":
            assert choices_of(book, str(field.label)) == [str(label) for _code, label in field.choices]
    if CHOICES in book.sheetnames:
        assert book[CHOICES].sheet_state == "hidden"


@ALL
def test_the_guide_names_every_column_group_article_and_doubt(register: Register) -> None:
    book = empty(register.code)
    lines = [[str(cell or "") for cell in row] for row in book[GUIDE].iter_rows(values_only=True)]
    first = [line[0] for line in lines]
    assert [title for title in headers(book) if title not in first] == []
    assert f"Căn cứ: {register.legal_basis}" in first
    for code, label in register.categories:
        assert [str(label), str(register.category_notes.get(code, ""))] in [
            [line[0], line[3]] for line in lines
        ]
    assert all(f"– {sentence}" in first for sentence in register.unsure)
    needed = {line[0]: line[1] for line in lines if line[1]}
    assert needed[str(register.category_label)] == "Bắt buộc"
    assert needed["Số CMND/CCCD"] == ("Bắt buộc" if register.needs_number else "Nếu có")


@ALL
def test_the_list_is_the_same_form_for_who_reads_the_pages_in_english(register: Register) -> None:
    with override("en"):
        english = [
            [cell.value for cell in row] for row in empty(register.code)["DS"].iter_rows(max_row=HEADER)
        ]
    assert english == [
        [cell.value for cell in row] for row in empty(register.code)["DS"].iter_rows(max_row=HEADER)
    ]


FILLED: dict[str, dict[str, object]] = {
    "free_workers": {"Nhóm công việc": "Thợ hồ, phụ hồ", "Công việc cụ thể": "phụ hồ",
                     "Ngày mất việc, mất thu nhập": "15/07/2021", "Có giao kết hợp đồng lao động": "không"},
    "poor_households": {"Mã hộ": "H-01", "Quan hệ với chủ hộ": "Chủ hộ", "Diện hộ": "Hộ nghèo", "Năm công nhận": "2021",
                        "Thu nhập bình quân một người mỗi tháng": "600000", "Số chỉ số thiếu hụt dịch vụ xã hội cơ bản": "4"},
    "social_protection": {"Nhóm đối tượng": "Người khuyết tật nặng", "Hệ số": "1,5", "Dạng khuyết tật": "Nghe, nói",
                          "Mức độ khuyết tật": "Nặng", "Từ ngày": "01/07/2021", "Ngày quyết định": "20/06/2021"},
    "merit": {"Diện người có công": "Bệnh binh", "Tỷ lệ tổn thương cơ thể (%)": "61%", "Từ ngày": "01/07/2021",
              "Số quyết định": "15/QĐ-SLĐTBXH"},
}  # fmt: skip
DETAILS: dict[str, tuple[str, dict[str, object]]] = {
    "free_workers": (
        "tho_ho_phu_ho",
        {"occupation": "phụ hồ", "lost_work_on": "2021-07-15", "has_labour_contract": False},
    ),
    "poor_households": (
        "poor",
        {"year": 2021, "monthly_income": 600_000, "deprivations": 4, "standard": "qd59_2015"},
    ),
    "social_protection": (
        "k6_severe",
        {"disability_kind": "hearing_speech", "disability_degree": "severe", "coefficient": "1.5"},
    ),
    "merit": ("sick_soldier", {"injury_rate": 61}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("code", FILLED)
def test_a_filled_template_goes_in_without_a_question(code: str) -> None:
    book = empty(code)
    row = {
        "STT": 1, "Họ và tên": "Trần Văn Bảy", "Ngày, tháng, năm sinh": "02/03/1985", "Giới tính": "Nam",
        "Số CMND/CCCD": NUMBERS[0], "Nơi ở hiện nay (ấp, khóm)": "Khóm Mỹ Lương", **FILLED[code],
    }  # fmt: skip
    titles = headers(book)
    assert set(row) <= set(titles)
    for title, value in row.items():
        book["DS"].cell(HEADER + 1, titles.index(title) + 1, value)
    target = io.BytesIO()
    book.save(target)
    made = taken_in(target.getvalue(), code, user(Role.COMMUNE_OFFICER))
    assert codes(made, HEADER + 1) == set()
    assert ImportRow.objects.get(list_import=made).state == "committed"
    entry = Status.objects.get()
    assert (entry.category, entry.details) == DETAILS[code]
