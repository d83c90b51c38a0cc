"""Employers typed by hand on the pages: a new one, one that is there already, corrections with a reason, stop orders."""

import pytest
from django.test import Client

from accounts.enums import Role
from beneficiaries.models import Employer
from core.models import Event
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_DISTRICT, PROVINCE, user

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Công ty TNHH Á Châu",
    "kind": "enterprise",
    "tax_code": "0100233488",
    "business_lines": "may mặc; in ấn",
    "area_code": DISTRICT,
    "address": "Số 12, thị trấn Phú Mỹ",
    "phone": "02963827123",
    "bank_name": "Agribank",
    "account": "6700205123456",
}


def signed_in(*roles: Role, area: str | None = None) -> Client:
    client = Client()
    client.force_login(user(*roles, area=area), backend="django.contrib.auth.backends.ModelBackend")
    return client


def registered(client: Client) -> Employer:
    assert client.post("/employers/new/", TYPED).status_code == 302
    return Employer.objects.get()


def test_an_officer_registers_an_employer_and_finds_it_in_the_list() -> None:
    client = signed_in(Role.DISTRICT_OFFICER)
    assert 'href="/employers/new/"' in client.get("/employers/").content.decode()
    assert client.get("/employers/new/").status_code == 200
    employer = registered(client)
    assert (employer.area_code, employer.business_lines) == (DISTRICT, "may mặc; in ấn")
    page = client.get(f"/employers/{employer.reference}/").content.decode()
    assert "Đã ghi đơn vị Công ty TNHH Á Châu." in page
    assert f"/employers/{employer.reference}/correct/" in page
    assert "6700205123456" not in page
    assert "Công ty TNHH Á Châu" in client.get("/employers/?q=a chau").content.decode()


def test_a_known_tax_code_opens_the_one_that_is_there() -> None:
    client = signed_in(Role.DISTRICT_OFFICER)
    employer = registered(client)
    answer = client.post("/employers/new/", TYPED, follow=True)
    assert answer.redirect_chain == [(f"/employers/{employer.reference}/", 302)]
    assert "đã có từ trước nên không ghi lại" in answer.content.decode()
    # another district: it stays where it is, and only that is told
    elsewhere = signed_in(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)
    answer = elsewhere.post("/employers/new/", {**TYPED, "area_code": OUTSIDE_DISTRICT}, follow=True)
    assert answer.redirect_chain == [("/employers/", 302)]
    assert "thuộc địa bàn khác" in answer.content.decode()
    assert Employer.objects.count() == 1


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost() -> None:
    client = signed_in(Role.DISTRICT_OFFICER)
    answer = client.post("/employers/new/", {**TYPED, "tax_code": "0100233489", "kind": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy chọn loại hình của đơn vị." in page
    assert 'value="may mặc; in ấn"' in page
    answer = client.post("/employers/new/", {**TYPED, "tax_code": "0100233489"})
    assert answer.status_code == 422
    assert "Mã số thuế sai: chữ số thứ mười không khớp." in answer.content.decode()
    assert not Employer.objects.exists()


def test_a_commune_registers_its_household_business_without_choosing_an_area() -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    assert 'name="area_code"' not in client.get("/employers/new/").content.decode()
    typed = {"name": "HKD Bảy Hoa", "kind": "household_business", "address": "Ấp Phú Lợi"}
    assert client.post("/employers/new/", typed).status_code == 302
    assert Employer.objects.get().area_code == COMMUNE


def test_a_correction_needs_a_reason_and_an_empty_account_keeps_the_old_one() -> None:
    client = signed_in(Role.DISTRICT_OFFICER)
    employer = registered(client)
    address = f"/employers/{employer.reference}/correct/"
    page = client.get(address).content.decode()
    assert 'value="Công ty TNHH Á Châu"' in page
    assert "6700205123456" not in page
    assert "••• 456" in page
    changed = {**TYPED, "account": "", "address": "Số 20, thị trấn Phú Mỹ", "version": "1"}
    answer = client.post(address, changed)
    assert answer.status_code == 422
    assert "Hãy ghi lý do sửa." in answer.content.decode()
    assert 'value="Số 20, thị trấn Phú Mỹ"' in answer.content.decode()
    reason = "theo giấy đăng ký thay đổi lần 2"
    assert client.post(address, {**changed, "reason": reason}).status_code == 302
    employer.refresh_from_db()
    assert (employer.address, employer.account_last3, employer.version) == (
        "Số 20, thị trấn Phú Mỹ",
        "456",
        2,
    )
    assert Event.objects.get(action="employer.corrected").reason == reason
    # somebody else was faster
    answer = client.post(address, {**changed, "reason": "sửa nữa", "address": "Số 30"})
    assert answer.status_code == 422
    assert "Có người vừa sửa bản ghi này." in answer.content.decode()
    employer.refresh_from_db()
    assert employer.address == "Số 20, thị trấn Phú Mỹ"


def test_who_may_not_register_finds_no_form_and_an_outsider_no_employer() -> None:
    employer = registered(signed_in(Role.DISTRICT_OFFICER))
    correct = f"/employers/{employer.reference}/correct/"
    for client, expected in (
        (signed_in(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT), 404),
        (signed_in(Role.AUDITOR, area=PROVINCE), 403),
        (signed_in(Role.DISTRICT_HEAD), 403),
    ):
        assert client.get(correct).status_code == expected
        assert client.post(correct, {**TYPED, "reason": "thử", "version": "1"}).status_code == expected
    reader = signed_in(Role.DISTRICT_HEAD)
    assert reader.get("/employers/new/").status_code == 403
    assert "/employers/new/" not in reader.get("/employers/").content.decode()
    assert "/correct/" not in reader.get(f"/employers/{employer.reference}/").content.decode()
    assert Event.objects.filter(action="employer.corrected").count() == 0
