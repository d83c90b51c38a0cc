"""The wizard's pages as an officer uses them, and as an outsider meets them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from beneficiaries.enums import ImportState, RowState
from beneficiaries.models import ImportRow, ListImport
from core.models import Job
from core.services.jobs import run_job
from tests.beneficiaries.lists import PROFILE, brought, codes, committed, person, use_profile, workbook
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_COMMUNE, user

pytestmark = pytest.mark.django_db

PAGES = ["", "rows/", "columns/", "marked/"]
ACTIONS = ["commit/", "cancel/", "check/", "rows/action/", "rows/2/", "columns/"]


@pytest.fixture(autouse=True)
def _profile() -> None:
    use_profile()


def signed_in(someone: object) -> Client:
    client = Client()
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_officer_brings_a_file_in() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    client = signed_in(officer)
    assert client.get("/imports/new/").status_code == 200
    file = SimpleUploadedFile("danh sách.xlsx", workbook(person("Nguyễn Văn An", "089085000111")))
    answer = client.post("/imports/new/", {"profile": PROFILE.code, "file": file})
    list_import = ListImport.objects.get()
    assert answer.headers["Location"] == f"/imports/{list_import.reference}/"
    assert client.get(answer.headers["Location"]).status_code == 200
    run_job(list_import.job_id)
    assert client.get(answer.headers["Location"]).headers["Location"].endswith("/rows/")
    page = client.get(f"/imports/{list_import.reference}/rows/").content.decode()
    assert "Nguyễn Văn An" in page
    assert "Nhập 1 dòng hợp lệ" in page
    assert "danh sách.xlsx" in client.get("/imports/").content.decode()


def test_pasted_rows_are_a_list_too() -> None:
    client = signed_in(user(Role.COMMUNE_OFFICER))
    text = "Họ và tên\tNăm sinh\tSố CCCD\nNguyễn Văn An\t02/03/1985\t089085000111\n"
    client.post("/imports/new/", {"profile": PROFILE.code, "pasted": text})
    list_import = ListImport.objects.get()
    run_job(list_import.job_id)
    assert ImportRow.objects.get().full_name == "Nguyễn Văn An"


def test_nothing_chosen_is_refused_and_changes_nothing() -> None:
    client = signed_in(user(Role.COMMUNE_OFFICER))
    answer = client.post("/imports/new/", {"profile": PROFILE.code})
    assert answer.status_code == 422
    assert "Bạn hãy chọn tệp danh sách" in answer.content.decode()
    assert not ListImport.objects.exists()


def test_a_cell_is_corrected_and_judged_at_once() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    list_import = brought(workbook(person("Nguyễn Văn An", "08908500011")), officer)
    client = signed_in(officer)
    address = f"/imports/{list_import.reference}/rows/2/"
    answer = client.post(address, {"id_number": "089085000111"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert 'id="row-2"' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert codes(list_import, 2) == set()


def test_warnings_are_kept_by_group_and_taken_in() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    rows = [
        person("Nguyễn Văn An", "089085000111", born=1985),
        person("Lê Văn Ba", "089085000222", born=1985),
    ]
    list_import = brought(workbook(*rows), officer)
    client = signed_in(officer)
    action = f"/imports/{list_import.reference}/rows/action/"
    answer = client.post(
        action, {"action": "accept", "code": "DOB_YEAR_ONLY", "shown_code": "DOB_YEAR_ONLY"}, follow=True
    )
    assert "Đã cập nhật 2 dòng." in answer.content.decode()
    client.post(f"/imports/{list_import.reference}/commit/")
    list_import.refresh_from_db()
    assert list_import.state == ImportState.COMMITTING
    run_job(list_import.job_id)
    assert "Đã nhập 2 dòng" in client.get(f"/imports/{list_import.reference}/").content.decode()


def test_columns_matched_by_hand_are_remembered() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    header = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CMND/CCCD", "Cột lạ", "Công việc", "Số tiền"]
    list_import = brought(workbook(person("Nguyễn Văn An", "089085000111"), header=header), officer)
    assert "address" not in list_import.columns
    client = signed_in(officer)
    page = client.get(f"/imports/{list_import.reference}/columns/").content.decode()
    assert "Cột lạ" in page
    chosen = {f"column_{letter}": field for field, letter in list_import.columns.items()} | {
        "column_F": "address"
    }
    client.post(f"/imports/{list_import.reference}/columns/", chosen)
    list_import.refresh_from_db()
    run_job(list_import.job_id)
    assert ImportRow.objects.get(list_import=list_import).values["address"] == "Khóm Mỹ Lương"
    later = brought(workbook(person("Lê Văn Ba", "089085000222"), header=header), officer)
    assert later.columns["address"] == "F"


def test_two_columns_for_one_field_are_refused() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    list_import = brought(workbook(person("Nguyễn Văn An", "089085000111")), officer)
    chosen = {"column_B": "full_name", "column_C": "full_name", "column_E": "id_number"}
    answer = signed_in(officer).post(f"/imports/{list_import.reference}/columns/", chosen)
    assert answer.status_code == 422
    assert ImportRow.objects.filter(list_import=list_import).count() == 1


def test_the_marked_workbook_names_the_reasons() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    list_import = brought(workbook(person("Nguyễn Văn An", "08908500011")), officer)
    answer = signed_in(officer).get(f"/imports/{list_import.reference}/marked/")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet["I1"].value == "Lý do cần sửa"
    assert "11 chữ số" in sheet["I2"].value
    assert sheet["E2"].fill.fgColor.rgb.endswith("FFC7CE")
    again = brought(answer.content, officer)
    assert again.state == ImportState.CHECKED
    assert codes(again, 2) == {"ID_BAD_LENGTH"}


def test_a_cancelled_list_keeps_its_rows_aside() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    list_import = brought(workbook(person("Nguyễn Văn An", "089085000111")), officer)
    signed_in(officer).post(f"/imports/{list_import.reference}/cancel/")
    list_import.refresh_from_db()
    assert list_import.state == ImportState.CANCELLED
    assert ImportRow.objects.get().state == RowState.SET_ASIDE


def test_a_list_that_went_in_is_not_cancelled() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    list_import = committed(brought(workbook(person("Nguyễn Văn An", "089085000111")), officer), officer)
    signed_in(officer).post(f"/imports/{list_import.reference}/cancel/")
    list_import.refresh_from_db()
    assert list_import.state == ImportState.COMMITTED


@pytest.mark.parametrize("page", PAGES)
def test_an_outsider_gets_404(page: str) -> None:
    list_import = brought(workbook(person("Nguyễn Văn An", "089085000111")), user(Role.COMMUNE_OFFICER))
    outsider = signed_in(user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE))
    assert outsider.get(f"/imports/{list_import.reference}/{page}").status_code == 404


@pytest.mark.parametrize("action", ACTIONS)
def test_an_outsider_changes_nothing(action: str) -> None:
    list_import = brought(workbook(person("Nguyễn Văn An", "08908500011")), user(Role.COMMUNE_OFFICER))
    outsider = signed_in(user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE))
    answer = outsider.post(
        f"/imports/{list_import.reference}/{action}", {"id_number": "089085000111", "action": "accept"}
    )
    assert answer.status_code == 404
    assert codes(list_import, 2) == {"ID_BAD_LENGTH"}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEADER])
def test_who_reads_does_not_write(role: Role) -> None:
    list_import = brought(workbook(person("Nguyễn Văn An", "08908500011")), user(Role.COMMUNE_OFFICER))
    reader = signed_in(user(role, area=DISTRICT))
    assert reader.get(f"/imports/{list_import.reference}/rows/").status_code == 200
    assert reader.post(f"/imports/{list_import.reference}/commit/").status_code == 403
    assert reader.get("/imports/new/").status_code == 403


@pytest.mark.parametrize("people", [1, 3])
def test_the_rows_page_asks_a_fixed_number_of_queries(
    people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    officer = user(Role.COMMUNE_OFFICER)
    rows = [person(f"Nguyễn Văn {name}", f"0890850001{number}") for number, name in enumerate("ABC"[:people])]
    list_import = brought(workbook(*rows), officer)
    client = signed_in(officer)
    client.get(f"/imports/{list_import.reference}/rows/")
    with django_assert_num_queries(11):
        assert client.get(f"/imports/{list_import.reference}/rows/").status_code == 200
    assert list_import.area_code == COMMUNE


def test_a_repair_of_capitals_can_be_taken_back() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    list_import = brought(workbook(person("SA LÊH", "089085000111")), officer)
    client = signed_in(officer)
    assert (
        "Hoàn tác họ tên" in client.get(f"/imports/{list_import.reference}/rows/?view=all").content.decode()
    )
    client.post(f"/imports/{list_import.reference}/rows/2/", {"full_name": "SA LÊH"})
    row = ImportRow.objects.get()
    assert (row.full_name, row.outcome) == ("SA LÊH", "ok")


def test_the_sex_of_the_number_is_offered_not_put_in() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    list_import = brought(workbook(person("Nguyễn Thị An", "089185000111", sex="Nam")), officer)
    client = signed_in(officer)
    page = client.get(f"/imports/{list_import.reference}/rows/").content.decode()
    assert "Đổi giới tính thành Nữ" in page
    assert "Giữ nguyên</button>" not in page
    client.post(f"/imports/{list_import.reference}/rows/2/", {"sex": "Nữ"})
    assert codes(list_import, 2) == set()


def test_the_template_is_read_back_as_a_list() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    answer = signed_in(officer).get(f"/imports/templates/{PROFILE.code}.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    row = ["Nguyễn Văn An", "02/03/1985", "Nam", "089085000111", "Khóm 2", "Phụ hồ", "0912345678", 1_500_000]
    for column, value in enumerate([1, *row], 1):
        book.active.cell(4, column, value)
    target = io.BytesIO()
    book.save(target)
    list_import = brought(target.getvalue(), officer)
    assert list_import.header_rows == [3, 3]
    assert codes(list_import, 4) == set()
    assert ImportRow.objects.count() == 1


def test_a_stopped_check_leaves_a_cancelled_import() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    file = SimpleUploadedFile("ds.xlsx", workbook(person("Nguyễn Văn An", "089085000111")))
    signed_in(officer).post("/imports/new/", {"profile": PROFILE.code, "file": file})
    list_import = ListImport.objects.get()
    Job.objects.filter(pk=list_import.job_id).update(cancel_requested=True)
    run_job(list_import.job_id)
    list_import.refresh_from_db()
    assert list_import.state == ImportState.CANCELLED
    assert not ImportRow.objects.filter(state=RowState.STAGED).exists()


def test_a_stopped_queued_check_can_go_on() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    client = signed_in(officer)
    file = SimpleUploadedFile("ds.xlsx", workbook(person("Nguyễn Văn An", "089085000111")))
    client.post("/imports/new/", {"profile": PROFILE.code, "file": file})
    list_import = ListImport.objects.get()
    client.post(f"/jobs/{list_import.job.reference}/cancel/")
    page = client.get(f"/imports/{list_import.reference}/").content.decode()
    assert "Làm tiếp" in page
    client.post(f"/imports/{list_import.reference}/check/")
    list_import.refresh_from_db()
    run_job(list_import.job_id)
    list_import.refresh_from_db()
    assert list_import.state == ImportState.CHECKED


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEADER, Role.ACCOUNTANT])
def test_who_only_looks_sees_masked_numbers(role: Role) -> None:
    officer = user(Role.COMMUNE_OFFICER)
    list_import = brought(workbook(person("Nguyễn Văn An", "089085000111")), officer)
    address = f"/imports/{list_import.reference}/rows/?view=all"
    page = signed_in(user(role, area=DISTRICT)).get(address).content.decode()
    assert "Nguyễn Văn An" in page
    assert "089085000111" not in page
    assert "••• ••• ••• 111" in page
    assert "089085000111" in signed_in(officer).get(address).content.decode()
