"""Employers: once in the province by their tax code, in the area of who registers them, corrected with a reason."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from accounts.enums import Role
from beneficiaries.models import Employer, Person
from beneficiaries.queries.employers import find_employers
from beneficiaries.services.employers import EmployerRefused, correct_employer, register_employer
from core import crypto
from core.models import Event
from core.queries.references import next_reference
from core.transitions import StaleRecord
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, PROVINCE, user

pytestmark = pytest.mark.django_db

TAX_CODE = "0100233488"
ANOTHER = "0312687878"
TYPED = {
    "kind": "enterprise",
    "name": "Công ty TNHH MTV Á Châu",
    "tax_code": TAX_CODE,
    "address": "Số 12, đường Tôn Đức Thắng",
}


def refusal(**values: str) -> dict[str, list[str]]:
    with pytest.raises(EmployerRefused) as refused:
        register_employer(values={**TYPED, **values}, actor=user(Role.DISTRICT_OFFICER))
    assert not Employer.objects.exists()
    return dict(refused.value.errors)


def test_an_officer_registers_an_employer_of_the_district() -> None:
    made = register_employer(
        values={**TYPED, "bank_name": "Agribank", "account": "6700-2051 23456", "phone": "913456789"},
        actor=user(Role.DISTRICT_OFFICER),
    )
    made.refresh_from_db()
    assert made.reference.startswith("DV-")
    assert (made.area_code, made.kind, made.tax_code) == (DISTRICT, "enterprise", TAX_CODE)
    assert (made.phone, made.account_last3) == ("0913456789", "456")
    assert crypto.decrypt("account", made.account_encrypted) == "6700205123456"
    event = Event.objects.get(action="employer.registered")
    assert (event.object_ref, event.area_code) == (made.reference, DISTRICT)


def test_the_same_tax_code_is_the_same_employer() -> None:
    first = register_employer(values=TYPED, actor=user(Role.DISTRICT_OFFICER))
    for values in (
        {**TYPED, "name": "CTY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN Á CHÂU", "address": "khác"},
        {"tax_code": "01.00.233.488"},
    ):
        assert register_employer(values=values, actor=user(Role.DISTRICT_OFFICER)) == first
    # another district knows it by code and name only
    other = user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)
    assert register_employer(values=TYPED, actor=other) == first
    with pytest.raises(EmployerRefused) as refused:
        register_employer(values={"tax_code": TAX_CODE}, actor=other)
    assert "name" in refused.value.errors
    assert Event.objects.filter(action="employer.registered").count() == 1


def test_a_tax_code_of_another_name_is_refused_and_of_other_areas_no_name_is_told() -> None:
    register_employer(values=TYPED, actor=user(Role.DISTRICT_OFFICER))
    told = []
    for area in (DISTRICT, OUTSIDE_DISTRICT):
        with pytest.raises(EmployerRefused) as refused:
            register_employer(
                values={**TYPED, "name": "Hợp tác xã Phú Thạnh"},
                actor=user(Role.DISTRICT_OFFICER, area=area),
            )
        assert list(refused.value.errors) == ["tax_code"]
        told.append("Á Châu" in str(refused.value))
    assert told == [True, False]
    assert Employer.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("tax_code", "0100233480", "chữ số thứ mười không khớp"),
        ("tax_code", "12345", "10 chữ số"),
        ("tax_code", "", "Hãy ghi mã số thuế."),
        ("name", " ", "Hãy ghi tên đơn vị."),
        ("name", "A" * 201, "200 ký tự"),
        ("kind", "bank", "Hãy chọn loại hình"),
        ("account", "12", "6 đến 19"),
        ("area_code", "8988899999", "Không có đơn vị hành chính này"),
    ],
)
def test_what_can_not_be_taken_is_said_at_its_field(field: str, text: str, sentence: str) -> None:
    errors = refusal(**{field: text})
    assert list(errors) == [field]
    assert sentence in errors[field][0]


def test_a_branch_has_a_code_of_its_own() -> None:
    officer = user(Role.DISTRICT_OFFICER)
    head = register_employer(values=TYPED, actor=officer)
    branch = register_employer(
        values={**TYPED, "tax_code": f"{TAX_CODE}001", "name": "Chi nhánh"}, actor=officer
    )
    assert branch != head
    assert branch.tax_code == f"{TAX_CODE}-001"


def test_a_household_business_needs_no_tax_code_and_sent_twice_is_one() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    values = {"kind": "household_business", "name": "Hộ kinh doanh Minh Tâm", "address": "Chợ Phú Mỹ"}
    first = register_employer(values=values, actor=officer)
    assert register_employer(values={**values, "name": "HKD Minh Tâm"}, actor=officer) == first
    assert register_employer(values={**values, "address": "Ấp khác"}, actor=officer) != first
    assert first.area_code == COMMUNE


def test_the_owner_of_a_household_business_is_kept_and_another_is_refused() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    values = {"kind": "household_business", "name": "HKD Minh Tâm", "tax_code": TAX_CODE}
    first = register_employer(values=values, actor=officer)
    owner, stranger = (
        Person.objects.create(
            reference=next_reference("NT"), area_code=COMMUNE, full_name=name, name_key=name, name_sort=name
        )
        for name in ("a", "b")
    )
    assert register_employer(values=values, actor=officer, owner=owner).owner == owner
    first.refresh_from_db()
    assert (first.owner, first.version) == (owner, 2)
    assert Event.objects.get(action="employer.corrected").change == {"fields": ["owner"]}
    with pytest.raises(EmployerRefused, match="chủ hộ khác"):
        register_employer(values=values, actor=officer, owner=stranger)
    without = {**values, "tax_code": ""}
    made = [register_employer(values=without, actor=officer, owner=one) for one in (owner, stranger, owner)]
    assert made[0] == made[2] != made[1]


@pytest.mark.parametrize(
    ("role", "area"),
    [
        (Role.DISTRICT_OFFICER, OUTSIDE_COMMUNE),
        (Role.COMMUNE_OFFICER, DISTRICT),
        (Role.DISTRICT_HEAD, DISTRICT),
        (Role.AUDITOR, PROVINCE),
    ],
)
def test_outside_their_area_and_without_the_role_nobody_registers(role: Role, area: str) -> None:
    with pytest.raises(PermissionDenied):
        register_employer(values={**TYPED, "area_code": area}, actor=user(role))
    assert not Employer.objects.exists()


@pytest.mark.parametrize("area", [PROVINCE, DISTRICT, COMMUNE])
def test_the_department_registers_in_the_whole_province(area: str) -> None:
    made = register_employer(values={**TYPED, "area_code": area}, actor=user(Role.PROVINCIAL_REVIEWER))
    assert made.area_code == area


def test_a_correction_tells_what_changed_and_keeps_the_account_secret() -> None:
    officer = user(Role.DISTRICT_OFFICER)
    made = register_employer(values={**TYPED, "account": "6700205123456"}, actor=officer)
    typed = {"name": "Công ty CP Á Châu", "account": "6700205999888"}
    done = correct_employer(
        employer=made, values=typed, actor=officer, reason="Đổi loại hình", expected_version=1
    )
    done.refresh_from_db()
    assert (done.name, done.version, done.address) == (typed["name"], 2, TYPED["address"])
    assert crypto.decrypt("account", done.account_encrypted) == "6700205999888"
    event = Event.objects.get(action="employer.corrected")
    assert event.reason == "Đổi loại hình"
    assert event.change["fields"] == ["name", "account"]
    assert "6700205999888" not in str(event.change)
    assert "888" in event.change["after"]["account"]
    # nothing changed: the blank account is the one that is there
    again = correct_employer(employer=done, values={**typed, "account": ""}, actor=officer, reason="Lại")
    assert again.version == 2
    assert Event.objects.filter(action="employer.corrected").count() == 1


def test_a_correction_is_refused_without_reason_out_of_date_and_with_the_code_of_another() -> None:
    officer = user(Role.DISTRICT_OFFICER)
    made = register_employer(values=TYPED, actor=officer)
    register_employer(values={**TYPED, "tax_code": ANOTHER, "name": "Công ty khác"}, actor=officer)
    with pytest.raises(EmployerRefused) as refused:
        correct_employer(employer=made, values={"tax_code": ANOTHER}, actor=officer, reason=" ")
    assert sorted(refused.value.errors) == ["reason", "tax_code"]
    with pytest.raises(StaleRecord):
        correct_employer(
            employer=made, values={"name": "Khác"}, actor=officer, reason="x", expected_version=7
        )
    stranger = user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)
    with pytest.raises(PermissionDenied):
        correct_employer(employer=made, values={"name": "Khác"}, actor=stranger, reason="x")
    with pytest.raises(PermissionDenied):
        correct_employer(employer=made, values={"area_code": OUTSIDE_DISTRICT}, actor=officer, reason="x")
    made.refresh_from_db()
    assert (made.name, made.version) == (TYPED["name"], 1)


def test_employers_are_found_by_name_without_marks_or_by_tax_code_in_the_own_area() -> None:
    officer = user(Role.DISTRICT_OFFICER)
    made = register_employer(values=TYPED, actor=officer)
    for text in ("a chau", "Cty trach nhiem huu han Á", "0100", "0100.233.488"):
        assert find_employers(officer, text) == [made]
    for text in ("", "  ", "phú tân", "031"):
        assert find_employers(officer, text) == []
    assert find_employers(user(Role.PROVINCIAL_REVIEWER), "a chau") == [made]
    assert find_employers(user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT), "0100233488") == []
    assert find_employers(user(Role.ADMINISTRATOR), "0100233488") == []


def test_the_database_keeps_a_tax_code_once_and_in_its_form() -> None:
    officer = user(Role.DISTRICT_OFFICER)
    register_employer(values=TYPED, actor=officer)
    other = register_employer(values={**TYPED, "tax_code": ANOTHER, "name": "Công ty khác"}, actor=officer)
    for code in (TAX_CODE, "12345", "0100233488001"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE beneficiaries_employer SET tax_code = %s WHERE id = %s", [code, other.pk])
