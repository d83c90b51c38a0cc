"""Bringing in a list of an employer's people on the page: who is offered what, the employer's fields, rows with facts."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from beneficiaries.imports.profile import register_profile
from beneficiaries.models import Employer, ImportRow, ListImport
from core.services.jobs import run_job
from tests.beneficiaries.employer_lists import FIRST_ROW, SUSPENSION, form_05, worker
from tests.beneficiaries.lists import PROFILE, use_profile
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_DISTRICT, PROVINCE, user

pytestmark = pytest.mark.django_db

DEPARTMENT = replace(SUSPENSION, code="SO_THU", title="Danh sách của Sở", levels=("department",))
NEW = {
    "employer_tax_code": "0100233488",
    "employer_name": "Công ty TNHH Á Châu",
    "employer_kind": "enterprise",
    "employer_address": "Số 12, thị trấn Phú Mỹ",
}


@pytest.fixture(autouse=True)
def _profiles() -> None:
    use_profile()
    register_profile(SUSPENSION)
    register_profile(DEPARTMENT)


def signed_in(someone: object) -> Client:
    client = Client()
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent(client: Client, content: bytes | None = None, **typed: str) -> HttpResponse:
    file = SimpleUploadedFile("mau 05.xlsx", content or form_05(worker("Nguyễn Văn An", is_pregnant="x")))
    return client.post("/imports/new/", {"profile": SUSPENSION.code, "file": file, **typed})


def test_a_district_brings_in_a_list_of_a_new_employer_then_of_the_known_one() -> None:
    client = signed_in(user(Role.DISTRICT_OFFICER))
    page = client.get("/imports/new/").content.decode()
    for part in (
        "Đơn vị sử dụng lao động",
        "Tạm hoãn thử",
        'name="employer_tax_code"',
        "Danh sách của huyện",
    ):
        assert part in page
    assert "Danh sách của Sở" not in page
    answer = sent(client, **NEW)
    list_import = ListImport.objects.get()
    assert answer.headers["Location"] == f"/imports/{list_import.reference}/"
    assert (list_import.area_code, list_import.employer.name) == (DISTRICT, NEW["employer_name"])
    assert list_import.employer.area_code == DISTRICT
    # the second list needs the tax code only; the commune that stood chosen is none of its business
    answer = sent(
        client, form_05(worker("Lê Thị Ba", "089185000222")), employer_tax_code="0100233488", area=COMMUNE
    )
    assert answer.status_code == 302
    assert Employer.objects.count() == 1
    assert set(ListImport.objects.values_list("area_code", "employer")) == {
        (DISTRICT, list_import.employer_id)
    }
    shown = client.get("/imports/").content.decode()
    assert shown.count(NEW["employer_name"]) == 2


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "employer_tax_code", "Hãy ghi mã số thuế của đơn vị."),
        ({**NEW, "employer_tax_code": "0100233480"}, "employer_tax_code", "chữ số thứ mười không khớp"),
        ({"employer_tax_code": "0312687878"}, "employer_name", "Hãy ghi tên đơn vị."),
        ({**NEW, "employer_kind": ""}, "employer_kind", "Hãy chọn loại hình"),
        ({**NEW, "employer_kind": "household_business", "employer_name": ""}, "employer_name", "Hãy ghi tên"),
    ],
)
def test_what_is_wrong_with_the_employer_stands_at_its_field(
    typed: dict[str, str], field: str, sentence: str
) -> None:
    answer = sent(signed_in(user(Role.DISTRICT_OFFICER)), **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    error = page[page.index(f'id="id_{field}_error"') :]
    assert sentence in error[: error.index("</div>")]
    assert 'id="employer" open' in page
    assert not ListImport.objects.exists()
    assert not Employer.objects.exists()


def test_a_list_of_a_commune_still_asks_a_district_for_the_commune_and_for_no_employer() -> None:
    client = signed_in(user(Role.DISTRICT_OFFICER))
    file = SimpleUploadedFile("ds.xlsx", form_05(worker("Nguyễn Văn An")))
    answer = client.post("/imports/new/", {"profile": PROFILE.code, "file": file})
    assert answer.status_code == 422
    assert "Hãy chọn xã, phường, thị trấn của danh sách." in answer.content.decode()
    file.seek(0)
    client.post("/imports/new/", {"profile": PROFILE.code, "file": file, "area": COMMUNE, **NEW})
    assert ListImport.objects.get().area_code == COMMUNE
    assert not Employer.objects.exists()


def test_a_commune_is_offered_its_own_lists_only() -> None:
    client = signed_in(user(Role.COMMUNE_OFFICER))
    page = client.get("/imports/new/").content.decode()
    assert "employer_tax_code" not in page
    assert "Tạm hoãn thử" not in page
    assert sent(client, **NEW).status_code == 422
    assert client.get(f"/imports/templates/{SUSPENSION.code}.xlsx").status_code == 404
    assert not ListImport.objects.exists()


def test_the_department_says_where_the_head_office_is() -> None:
    client = signed_in(user(Role.PROVINCIAL_REVIEWER))
    assert client.get(f"/imports/templates/{DEPARTMENT.code}.xlsx").status_code == 200
    answer = sent(client, profile=DEPARTMENT.code, employer_area_code=OUTSIDE_DISTRICT, **NEW)
    assert answer.status_code == 302
    list_import = ListImport.objects.get()
    assert (list_import.area_code, list_import.employer.area_code) == (PROVINCE, OUTSIDE_DISTRICT)


@pytest.mark.parametrize("role", [Role.DISTRICT_HEAD, Role.PROVINCIAL_APPROVER, Role.AUDITOR, Role.LEADER])
def test_who_brings_no_list_in_is_kept_out(role: Role) -> None:
    client = signed_in(user(role))
    assert client.get("/imports/new/").status_code == 403
    assert sent(client, **NEW).status_code == 403
    assert not ListImport.objects.exists()
    assert not Employer.objects.exists()


def test_the_rows_show_the_facts_and_correct_them_in_place() -> None:
    officer = user(Role.DISTRICT_OFFICER)
    client = signed_in(officer)
    sent(client, form_05(worker("Nguyễn Văn An", is_pregnant="x", event_start="31/09/2021")), **NEW)
    list_import = ListImport.objects.get()
    run_job(list_import.job_id)
    address = f"/imports/{list_import.reference}/"
    page = client.get(f"{address}rows/").content.decode()
    for part in (
        "Công ty TNHH Á Châu",
        "Ngày bắt đầu tạm hoãn",
        "Xác định thời hạn",
        "10/09/2021",
        "31/09/2021",
    ):
        assert part in page
    assert "không phải một ngày có thật" in page
    answer = client.post(
        f"{address}rows/{FIRST_ROW}/", {"event_start": "30/08/2021"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert ImportRow.objects.get().values["facts"]["event_start"] == "2021-08-30"
    columns = client.get(f"{address}columns/").content.decode()
    assert '<option value="event_start" selected>' in columns


def test_strangers_get_404_and_readers_of_the_district_change_nothing() -> None:
    officer = user(Role.DISTRICT_OFFICER)
    sent(signed_in(officer), form_05(worker("Nguyễn Văn An", event_start="31/09/2021")), **NEW)
    list_import = ListImport.objects.get()
    run_job(list_import.job_id)
    address = f"/imports/{list_import.reference}/"
    change = {"event_start": "30/08/2021"}
    for stranger, status in (
        (user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT), 404),
        (user(Role.COMMUNE_OFFICER), 404),
        (user(Role.DISTRICT_HEAD), 403),
        (user(Role.PROVINCIAL_REVIEWER), 403),
    ):
        assert signed_in(stranger).post(f"{address}rows/{FIRST_ROW}/", change).status_code == status
        assert signed_in(stranger).post(f"{address}commit/").status_code == status
    assert signed_in(user(Role.DISTRICT_HEAD)).get(f"{address}rows/").status_code == 200
    assert "event_start" not in ImportRow.objects.get().values["facts"]


@pytest.mark.parametrize("lists", [1, 3])
def test_the_list_of_imports_asks_for_all_employers_at_once(
    lists: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    officer = user(Role.DISTRICT_OFFICER)
    client = signed_in(officer)
    for number in range(lists):
        sent(client, form_05(worker("Nguyễn Văn An", f"08908500011{number}")), **NEW)
    client.get("/imports/")
    with django_assert_num_queries(8):
        page = client.get("/imports/").content.decode()
    assert page.count(NEW["employer_name"]) == lists
