"""Lists of an employer's people, brought in by a district or by the department: facts, corrections, templates, who may."""

import io
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from accounts.enums import Role
from accounts.models import User
from beneficiaries.enums import ImportState
from beneficiaries.imports.extra_columns import ExtraColumn
from beneficiaries.imports.profile import register_profile
from beneficiaries.imports.raw_rows import RawRow
from beneficiaries.models import Employer, ImportRow, ListImport, Person
from beneficiaries.queries.imports import import_report
from beneficiaries.services.employers import register_employer
from beneficiaries.services.imports.corrections import apply_suggestions, correct_row
from beneficiaries.services.imports.mappings import match_columns
from beneficiaries.services.imports.marked import marked_workbook
from beneficiaries.services.imports.refusals import ImportRefused
from beneficiaries.services.imports.templates import HEADER, template_workbook
from beneficiaries.services.imports.uploads import upload_list
from core import crypto
from core.services.jobs import run_job
from tests.beneficiaries.employer_lists import EXTRA, FIRST_ROW, SUSPENSION, form_05, worker
from tests.beneficiaries.lists import PROFILE, codes, committed, use_profile
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_DISTRICT, PROVINCE, user

pytestmark = pytest.mark.django_db

DEPARTMENT = replace(SUSPENSION, code="SO_THU", levels=("department",), needs_employer=False)


@pytest.fixture(autouse=True)
def _profiles() -> None:
    use_profile()
    register_profile(SUSPENSION)
    register_profile(DEPARTMENT)


@pytest.fixture
def officer() -> User:
    return user(Role.DISTRICT_OFFICER)


def employer(officer: User, tax_code: str = "0100233488") -> Employer:
    values = {"kind": "enterprise", "name": f"Công ty {tax_code}", "tax_code": tax_code}
    return register_employer(values=values, actor=officer)


def uploaded(content: bytes, officer: User, **options: object) -> ListImport:
    """Uploaded and checked in this process."""
    chosen = {"profile": SUSPENSION.code, "area_code": DISTRICT, **options}
    made = upload_list(content=content, name="mau 05.xlsx", actor=officer, is_background=False, **chosen)
    if made.state == ImportState.UPLOADED:
        run_job(made.job_id)
    made.refresh_from_db()
    return made


def facts(list_import: ListImport, row: int = FIRST_ROW) -> dict[str, object]:
    return ImportRow.objects.get(list_import=list_import, row_number=row).values["facts"]


def test_workers_go_in_with_their_facts_under_the_district(officer: User) -> None:
    company = employer(officer)
    content = form_05(worker("Nguyễn Văn An", is_pregnant="x"), worker("Lê Thị Ba", "089185000222"))
    list_import = uploaded(content, officer, employer_id=company.pk)
    assert (list_import.employer, list_import.area_code, list_import.totals["ok"]) == (company, DISTRICT, 2)
    assert facts(list_import)["event_start"] == "2021-08-01"
    assert facts(list_import)["is_pregnant"] is True
    report = import_report(list_import)
    assert report["employer"] == company.reference
    assert report["rows"][0]["values"]["facts"]["contract_kind"] == "fixed"
    committed(list_import, officer)
    assert set(Person.objects.values_list("area_code", flat=True)) == {DISTRICT}
    assert list_import.totals["amount"] == 0


def test_a_list_of_an_employer_without_one_is_refused(officer: User) -> None:
    with pytest.raises(ImportRefused, match="Bạn hãy chọn đơn vị"):
        uploaded(form_05(worker("Nguyễn Văn An")), officer)
    assert not ListImport.objects.exists()
    list_import = uploaded(form_05(worker("Nguyễn Văn An")), officer, employer_id=employer(officer).pk)
    ListImport.objects.update(employer=None)
    with pytest.raises(ImportRefused, match="chưa có đơn vị"):
        committed(list_import, officer)


def test_the_same_file_of_two_employers_is_two_lists_and_none_replaces_the_other(officer: User) -> None:
    first, second = employer(officer), employer(officer, "0312687878")
    content = form_05(worker("Nguyễn Văn An"))
    one = uploaded(content, officer, employer_id=first.pk)
    other = uploaded(content, officer, employer_id=second.pk)
    assert one != other
    assert other.replaces is None
    assert uploaded(content, officer, employer_id=first.pk) == one
    corrected = uploaded(form_05(worker("Nguyễn Văn An"), title="sửa"), officer, employer_id=first.pk)
    assert corrected.replaces == one


def test_a_correction_reads_the_fact_anew_and_keeps_the_cell(officer: User) -> None:
    content = form_05(worker("Nguyễn Văn An", event_start="31/09/2021"))
    list_import = uploaded(content, officer, employer_id=employer(officer).pk)
    assert codes(list_import, FIRST_ROW) == {"EXTRA_NO_DATE"}
    row = correct_row(
        list_import=list_import, row_number=FIRST_ROW, fixes={"event_start": "30/08/2021"}, actor=officer
    )
    assert (row.outcome, row.values["facts"]["event_start"]) == ("ok", "2021-08-30")
    raw = RawRow.unpacked(crypto.decrypt("row", row.raw_encrypted))
    assert (raw.cells["I"], raw.fixes) == ("31/09/2021", {"event_start": "30/08/2021"})
    # a column that the list lacks can be told too; an emptied one is not known
    row = correct_row(
        list_import=list_import,
        row_number=FIRST_ROW,
        fixes={"wage": "4.420.000", "children_under_6": ""},
        actor=officer,
    )
    assert row.values["facts"]["wage"] == 4_420_000
    assert "children_under_6" not in row.values["facts"]
    with pytest.raises(ImportRefused):
        correct_row(list_import=list_import, row_number=FIRST_ROW, fixes={"la": "x"}, actor=officer)


def test_turned_days_are_put_right_by_one_click(officer: User) -> None:
    content = form_05(worker("Nguyễn Văn An", event_start="08/25/2021"))
    list_import = uploaded(content, officer, employer_id=employer(officer).pk)
    assert apply_suggestions(list_import=list_import, code="EXTRA_NO_DATE", actor=officer) == 1
    assert facts(list_import)["event_start"] == "2021-08-25"


def test_the_marked_workbook_marks_the_further_cell_and_comes_back_corrected(officer: User) -> None:
    company = employer(officer)
    content = form_05(worker("Nguyễn Văn An", event_end="31/07/2021"))
    list_import = uploaded(content, officer, employer_id=company.pk)
    _name, marked = marked_workbook(list_import=list_import, actor=officer)
    sheet = load_workbook(io.BytesIO(marked)).active
    assert sheet.cell(FIRST_ROW, 10).fill.fill_type == "solid"
    reasons = [str(cell.value) for cell in sheet[FIRST_ROW] if cell.value]
    assert any("trước ngày bắt đầu 01/08/2021" in text for text in reasons)
    sheet.cell(FIRST_ROW, 10).value = "31/08/2021"
    target = io.BytesIO()
    sheet.parent.save(target)
    again = uploaded(target.getvalue(), officer, employer_id=company.pk)
    assert facts(again)["event_end"] == "2021-08-31"
    assert codes(again, FIRST_ROW) == set()
    assert again.replaces == list_import


def test_columns_are_matched_by_hand_for_further_fields_too(officer: User) -> None:
    list_import = uploaded(form_05(worker("Nguyễn Văn An")), officer, employer_id=employer(officer).pk)
    columns = {**list_import.columns, "first_month": list_import.columns["insurance_number"]}
    del columns["insurance_number"]
    job = match_columns(list_import=list_import, columns=columns, actor=officer, is_background=False)
    run_job(job.pk)
    assert codes(list_import, FIRST_ROW) == {"EXTRA_NO_MONTH"}
    with pytest.raises(ImportRefused, match="không hợp lệ"):
        match_columns(list_import=list_import, columns={**columns, "la": "P"}, actor=officer)


def test_no_identity_number_stands_in_clear_in_a_fact(officer: User) -> None:
    cells = {"department": "Tổ 2, CMND 351234567", "insurance_number": "089085000111"}
    list_import = uploaded(
        form_05(worker("Nguyễn Văn An", **cells)), officer, employer_id=employer(officer).pk
    )
    assert facts(list_import)["department"] == "Tổ 2, CMND •••"
    assert facts(list_import)["insurance_number"] == "•••"
    # nine digits stay where the column is for a number of its own, unless they are the person's
    card = ExtraColumn("guide_card_number", "Số thẻ hướng dẫn viên", "text", ("số sổ bhxh",))
    register_profile(replace(DEPARTMENT, extra=(card,)))
    reviewer = user(Role.PROVINCIAL_REVIEWER)
    for number, kept in (("101234567", "101234567"), ("351234567", "•••")):
        content = form_05(worker("Nguyễn Văn An", "351234567", insurance_number=number))
        list_import = uploaded(content, reviewer, profile=DEPARTMENT.code, area_code=PROVINCE)
        assert facts(list_import) == {"guide_card_number": kept}


def test_the_template_holds_every_further_column_and_is_read_again(officer: User) -> None:
    book = load_workbook(io.BytesIO(template_workbook(SUSPENSION)))
    sheet = book.active
    titles = [str(cell.value) for cell in sheet[HEADER]]
    assert {str(extra.label) for extra in EXTRA} <= set(titles)
    assert not any("Số tiền hỗ trợ" in title for title in titles)
    prompts = {rule.promptTitle: rule.prompt for rule in sheet.data_validations.dataValidation if rule.prompt}
    assert "Thời vụ" in prompts["Loại hợp đồng"]
    assert "để trống khi chưa biết" in prompts["Đang mang thai"]
    filled = {
        "Họ và tên": "Nguyễn Văn An", "Ngày, tháng, năm sinh": "02/03/1985", "Số CMND/CCCD": "089085000111",
        "Loại hợp đồng": "Thời vụ", "Ngày bắt đầu tạm hoãn": "01/08/2021", "Ngày kết thúc": "20/08/2021",
        "Đóng BHXH tháng liền kề": "có", "Tiền lương": "4420000", "Tháng đóng đầu": "04/2019",
    }  # fmt: skip
    for title, text in filled.items():
        sheet.cell(HEADER + 1, titles.index(title) + 1).value = text
    target = io.BytesIO()
    book.save(target)
    list_import = uploaded(target.getvalue(), officer, employer_id=employer(officer).pk)
    assert facts(list_import, HEADER + 1) == {
        "contract_kind": "season",
        "event_start": "2021-08-01",
        "event_end": "2021-08-20",
        "insured_month_before": True,
        "wage": 4_420_000,
        "first_month": "2019-04",
    }
    assert {extra.code for extra in EXTRA} <= set(list_import.columns)


@pytest.mark.parametrize(
    ("profile", "role", "home", "area"),
    [
        (SUSPENSION.code, Role.DISTRICT_OFFICER, DISTRICT, COMMUNE),
        (SUSPENSION.code, Role.DISTRICT_OFFICER, DISTRICT, OUTSIDE_DISTRICT),
        (SUSPENSION.code, Role.COMMUNE_OFFICER, COMMUNE, COMMUNE),
        (SUSPENSION.code, Role.COMMUNE_OFFICER, COMMUNE, DISTRICT),
        (SUSPENSION.code, Role.PROVINCIAL_REVIEWER, PROVINCE, DISTRICT),
        (SUSPENSION.code, Role.DISTRICT_HEAD, DISTRICT, DISTRICT),
        (DEPARTMENT.code, Role.DISTRICT_OFFICER, DISTRICT, DISTRICT),
        (DEPARTMENT.code, Role.PROVINCIAL_REVIEWER, PROVINCE, DISTRICT),
        (DEPARTMENT.code, Role.PROVINCIAL_APPROVER, PROVINCE, PROVINCE),
        (PROFILE.code, Role.PROVINCIAL_REVIEWER, PROVINCE, COMMUNE),
        (PROFILE.code, Role.DISTRICT_OFFICER, DISTRICT, DISTRICT),
    ],
)
def test_only_the_desk_that_receives_such_lists_brings_them_in(
    profile: str, role: Role, home: str, area: str
) -> None:
    company = employer(user(Role.DISTRICT_OFFICER))
    with pytest.raises(PermissionDenied):
        uploaded(
            form_05(worker("Nguyễn Văn An")),
            user(role, area=home),
            profile=profile,
            area_code=area,
            employer_id=company.pk,
        )
    assert not ListImport.objects.exists()


def test_the_department_brings_its_own_lists_in() -> None:
    reviewer = user(Role.PROVINCIAL_REVIEWER)
    content = form_05(worker("Nguyễn Văn An"))
    list_import = uploaded(content, reviewer, profile=DEPARTMENT.code, area_code=PROVINCE)
    assert list_import.employer is None
    committed(list_import, reviewer)
    assert Person.objects.get().area_code == PROVINCE


def test_a_second_spell_in_a_later_list_is_no_repetition() -> None:
    reviewer, officer = user(Role.PROVINCIAL_REVIEWER), user(Role.DISTRICT_OFFICER)
    for may_repeat, expected in ((False, {"DUP_CROSS_COMMUNE"}), (True, set())):
        code = f"DOT_{may_repeat}"
        levels = ("district", "department")
        register_profile(
            replace(SUSPENSION, code=code, levels=levels, needs_employer=False, may_repeat=may_repeat)
        )
        content = form_05(worker("Nguyễn Văn An"))
        committed(uploaded(content, officer, profile=code, area_code=DISTRICT), officer)
        later = uploaded(content, reviewer, profile=code, area_code=PROVINCE)
        assert codes(later, FIRST_ROW) == expected
