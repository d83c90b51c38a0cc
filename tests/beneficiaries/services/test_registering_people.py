"""One applicant typed by hand: the import's rules, the person who has the number already, the account."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import IdentityDocument, ListImport, PayoutAccount, Person
from beneficiaries.services.accounts import end_account
from beneficiaries.services.people import PersonRefused
from beneficiaries.services.registering_people import register_person
from core import crypto
from core.models import Event
from core.text import search_key
from tests.beneficiaries.lists import PROFILE, brought, committed, use_profile, workbook
from tests.beneficiaries.lists import person as row
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, OUTSIDE_COMMUNE, PROVINCE, user

pytestmark = pytest.mark.django_db

TYPED = {
    "full_name": "Nguyễn Văn An",
    "dob": "02/03/1985",
    "sex": "Nam",
    "id_number": "089085000111",
    "address": "Khóm Mỹ Lương",
    "job": "Bán vé số",
    "phone": "0913456789",
}
ON = dt.date(2021, 9, 27)


@pytest.fixture(autouse=True)
def _profile() -> None:
    use_profile()


def register(
    officer: User | None = None,
    *,
    area: str = COMMUNE,
    keeps: bool = False,
    profile: str = PROFILE.code,
    **typed: str,
) -> Person:
    return register_person(
        typed={**TYPED, **typed},
        profile=profile,
        on=ON,
        area_code=area,
        actor=officer or user(Role.COMMUNE_OFFICER),
        keeps_warnings=keeps,
    )


def refused(**typed: str) -> PersonRefused:
    with pytest.raises(PersonRefused) as refusal:
        register(**typed)
    assert not Person.objects.exists()
    return refusal.value


def listed(officer: User) -> ListImport:
    content = workbook(row("Nguyễn Văn An", "089085000111"))
    return brought(content, officer, officer.area_code)


def test_a_new_person_with_paper_account_and_event() -> None:
    made = register(
        bank="Agribank",
        account="6700 2051 23456",
        account_holder="NGUYEN THI B",
        permanent_address="Xã Phú An",
    )
    made.refresh_from_db()
    assert (made.full_name, made.birth_date, made.sex, made.hamlet) == (
        "Nguyễn Văn An",
        dt.date(1985, 3, 2),
        "M",
        "Khóm Mỹ Lương",
    )
    assert (made.area_code, made.permanent_address) == (COMMUNE, "Xã Phú An")
    assert made.name_key == search_key("Nguyễn Văn An")
    paper = IdentityDocument.objects.get(person=made)
    assert (paper.kind, crypto.decrypt("number", paper.number_encrypted)) == ("CCCD", "089085000111")
    account = PayoutAccount.objects.get(person=made)
    assert (account.bank_name, account.holder_name, account.account_last3) == (
        "Agribank",
        "NGUYEN THI B",
        "456",
    )
    assert crypto.decrypt("account", account.account_encrypted) == "6700205123456"
    event = Event.objects.get(action="person.registered")
    assert (event.object_ref, event.area_code) == (made.reference, COMMUNE)


def test_both_numbers_of_a_cell_are_kept() -> None:
    made = register(id_number="351234567 / 089085000111")
    papers = IdentityDocument.objects.filter(person=made).order_by("-is_current")
    assert [(paper.kind, paper.is_current) for paper in papers] == [("CCCD", True), ("CMND", False)]


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("id_number", " ", "Hãy ghi số CCCD, CMND."),
        ("id_number", "08908500011", "11 chữ số"),
        ("full_name", "", "họ và tên"),
        ("dob", "31/02/1985", "không có thật"),
        ("sex", "Nữ", "giới tính"),
        ("job", "a" * 151, "150 ký tự"),
    ],
)
def test_errors_stand_at_their_field(field: str, text: str, sentence: str) -> None:
    refusal = refused(**{field: text})
    at = "id_number" if field == "sex" else field
    assert sentence in refusal.errors[at][0]
    assert not refusal.errors[at][0].startswith(("Dòng", " "))


def test_warnings_are_taken_once_they_are_kept() -> None:
    refusal = refused(dob="1985", account="12")
    assert sorted(refusal.warnings) == ["account", "dob"]
    assert not refusal.errors
    made = register(dob="1985", account="12", keeps=True)
    assert (made.birth_date, made.birth_year) == (None, 1985)


def test_who_is_registered_already_is_linked() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    committed(listed(officer), officer)
    known = Person.objects.get()
    assert register(officer, job="Khác", account="6700205123456", bank="Agribank") == known
    known.refresh_from_db()
    assert known.occupation == "Bán hàng rong"
    assert PayoutAccount.objects.get(person=known).account_last3 == "456"
    # another account is asked about, and the old one stays
    with pytest.raises(PersonRefused) as refusal:
        register(officer, account="6700205999888")
    assert "456" in refusal.value.warnings["account"][0]
    assert register(officer, account="6700205999888", keeps=True) == known
    assert PayoutAccount.objects.get(person=known).account_last3 == "456"
    assert Event.objects.filter(action="person.registered").count() == 1


def test_the_first_account_of_who_is_registered_already_stands_in_their_history() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    committed(listed(officer), officer)
    known = register(officer, account="6700205123456", bank="Agribank")
    event = Event.objects.get(action="person.account_changed")
    assert (event.object_ref, event.actor_id) == (known.reference, officer.pk)
    assert (event.change["before"], event.change["after"][:8]) == ("", "Agribank")
    assert PayoutAccount.objects.get(person=known).recorded_by_id == officer.pk
    # once it was given up, another one needs a reason and is not written in passing
    end_account(person=known, reason="Mất thẻ", actor=officer)
    with pytest.raises(PersonRefused) as refusal:
        register(officer, account="6700205999888", bank="Agribank")
    assert "cần lý do" in refusal.value.warnings["account"][0]
    register(officer, account="6700205999888", bank="Agribank", keeps=True)
    assert PayoutAccount.objects.get(person=known).account_last3 == "456"


def test_nobody_writes_the_account_of_a_person_of_another_commune() -> None:
    stranger, officer = user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE), user(Role.COMMUNE_OFFICER)
    committed(listed(stranger), stranger)
    with pytest.raises(PersonRefused) as refusal:
        register(officer, account="6700205123456", bank="Agribank")
    assert "không được ghi" in refusal.value.warnings["account"][0]
    known = register(officer, account="6700205123456", bank="Agribank", keeps=True)
    assert known.area_code == OUTSIDE_COMMUNE
    assert not PayoutAccount.objects.exists()


def test_a_person_of_another_commune_is_linked_after_a_warning_that_tells_no_more() -> None:
    stranger = user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE)
    committed(listed(stranger), stranger)
    with pytest.raises(PersonRefused) as refusal:
        register()
    assert list(refusal.value.warnings) == ["id_number"]
    assert "ở nơi khác" in refusal.value.warnings["id_number"][0]
    made = register(keeps=True)
    assert made.area_code == OUTSIDE_COMMUNE
    assert Person.objects.count() == 1


def test_the_number_of_another_name_is_refused() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    committed(listed(officer), officer)
    with pytest.raises(PersonRefused) as refusal:
        register(officer, full_name="Lê Văn Ba", keeps=True)
    assert "họ tên khác" in refusal.value.errors["id_number"][0]
    assert Person.objects.count() == 1


def test_a_number_in_a_list_on_its_way_in_is_asked_about() -> None:
    listed(user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE))
    assert "đang chờ nhập" in refused().warnings["id_number"][0]
    assert register(keeps=True).pk


def test_a_district_registers_its_own_and_addresses_name_any_commune() -> None:
    made = register(
        user(Role.DISTRICT_OFFICER),
        area=DISTRICT,
        address="Ấp 1, xã Phú Hội, huyện An Phú",
        profile="KHONG_CO_MAU",
    )
    assert (made.area_code, made.hamlet) == (DISTRICT, "Ấp 1, xã Phú Hội, huyện An Phú")


@pytest.mark.parametrize(
    ("role", "area"),
    [
        (Role.COMMUNE_OFFICER, OTHER_COMMUNE),
        (Role.COMMUNE_OFFICER, DISTRICT),
        (Role.DISTRICT_OFFICER, OUTSIDE_COMMUNE),
        (Role.DISTRICT_HEAD, DISTRICT),
        (Role.AUDITOR, PROVINCE),
    ],
)
def test_outside_their_area_and_without_the_role_nobody_registers(role: Role, area: str) -> None:
    with pytest.raises(PermissionDenied):
        register(user(role), area=area)
    assert not Person.objects.exists()
