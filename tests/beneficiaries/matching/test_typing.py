"""Somebody being typed: the warning before a second entry is made, and the hint beside the form."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Person
from beneficiaries.services.duplicates import hinting
from beneficiaries.services.people import PersonRefused
from beneficiaries.services.registering_people import register_person
from core import clock
from core.models import Event
from tests.beneficiaries.matching.entered import entered
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, user

pytestmark = pytest.mark.django_db

TYPED = {
    "full_name": "Huỳnh Văn Tâm",
    "dob": "12/05/1980",
    "sex": "Nam",
    "id_number": "350123456",
    "address": "Ấp 3",
    "phone": "0912345678",
}


@pytest.fixture(autouse=True)
def _nothing_told_before() -> None:
    cache.clear()


def registered(officer: User, *, keeps: bool = False, **typed: str) -> Person:
    return register_person(
        typed={**TYPED, **typed},
        profile="",
        on=clock.today(),
        area_code=officer.area_code,
        actor=officer,
        keeps_warnings=keeps,
    )


def asked(officer: User, **typed: str) -> tuple[int, str]:
    client = Client()
    client.force_login(officer)
    response = client.post(reverse("beneficiaries:duplicate_hint"), {**TYPED, **typed})
    return response.status_code, response.content.decode()


def test_a_second_entry_is_made_only_when_the_officer_means_it() -> None:
    known = entered()
    officer = user(Role.COMMUNE_OFFICER)
    with pytest.raises(PersonRefused) as refusal:
        registered(officer)
    assert refusal.value.errors == {}
    assert refusal.value.warnings == {
        "full_name": [
            (
                f"Có thể đã ghi rồi: Huỳnh Văn Tâm, {known.reference} (cùng họ tên; cùng ngày sinh; cùng số điện thoại; "
                "cùng khóm, ấp). Hãy đối chiếu giấy tờ trước khi ghi."
            )
        ]
    }
    assert registered(officer, keeps=True).pk != known.pk


def test_of_another_commune_no_name_is_told() -> None:
    known = entered(name="Huỳnh Văn Tâm", area=OTHER_COMMUNE)
    with pytest.raises(PersonRefused) as refusal:
        registered(user(Role.COMMUNE_OFFICER), full_name="Hoàng Văn Tâm")
    (sentence,) = refusal.value.warnings["full_name"]
    assert sentence.startswith("Có thể đã ghi ở xã khác (cùng ngày sinh;")
    assert known.reference not in sentence
    assert "Huỳnh" not in sentence.replace("Huỳnh, Hoàng; Võ, Vũ", "")


def test_one_wrong_digit_is_found_by_the_number_itself() -> None:
    """Another birth and home: only the neighbours of the number lead to the first entry."""
    entered()
    with pytest.raises(PersonRefused) as refusal:
        registered(
            user(Role.COMMUNE_OFFICER),
            id_number="089083001234",
            dob="01/02/1983",
            address="",
            phone="0987654321",
        )
    (sentence,) = refusal.value.warnings["full_name"]
    assert "số CCCD, CMND lệch một chữ số; cùng họ tên" in sentence


def test_who_looks_like_nobody_is_registered_without_a_word() -> None:
    entered()
    person = registered(user(Role.COMMUNE_OFFICER), full_name="Lê Thị Bông", sex="Nữ", phone="0987654321")
    assert person.full_name == "Lê Thị Bông"


def test_the_hint_names_people_of_the_own_area_and_is_logged_once() -> None:
    known = entered()
    officer = user(Role.COMMUNE_OFFICER)
    status, page = asked(officer, id_number="")
    assert status == 200
    assert (
        f'<a href="/people/{known.reference}/" target="_blank">Huỳnh Văn Tâm</a>, 12/05/1980, Ấp 3:' in page
    )
    assert "Cùng họ tên · Cùng ngày sinh · Cùng số điện thoại · Cùng khóm, ấp (100 điểm)" in page
    asked(officer, id_number="350123456")
    event = Event.objects.get(action="person.hinted")
    assert (event.object_id, event.object_ref, event.area_code) == (known.pk, known.reference, COMMUNE)
    assert "350123456" not in str(event.change)


def test_the_hint_of_another_area_has_no_name() -> None:
    known = entered(area=OTHER_COMMUNE)
    status, page = asked(user(Role.COMMUNE_OFFICER))
    assert status == 200
    assert "Một người ở xã khác: Cùng họ tên" in page
    assert known.reference not in page
    event = Event.objects.get(action="person.hinted")
    assert (event.object_id, event.object_ref, event.area_code) == (known.pk, "", COMMUNE)
    assert known.full_name in asked(user(Role.DISTRICT_OFFICER, area=DISTRICT), area=COMMUNE)[1]


def test_the_warning_of_a_refused_form_is_logged_too() -> None:
    """The form changes nothing and its transaction is rolled back; that the officer was told of somebody stays."""
    known = entered(area=OTHER_COMMUNE)
    officer = user(Role.COMMUNE_OFFICER)
    client = Client()
    client.force_login(officer)
    for _turn in range(2):
        page = client.post(reverse("beneficiaries:person_new"), {**TYPED, "area": COMMUNE})
        assert page.status_code == 422
        assert "Có thể đã ghi ở xã khác" in page.content.decode()
    event = Event.objects.get(action="person.hinted")
    assert (event.actor_id, event.object_id, event.object_ref) == (officer.pk, known.pk, "")
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    "typed", [{"full_name": ""}, {"full_name": "H"}, {"dob": "", "phone": ""}, {"dob": "abc", "phone": "0"}]
)
def test_half_typed_forms_get_an_empty_answer(typed: dict[str, str]) -> None:
    entered()
    assert asked(user(Role.COMMUNE_OFFICER), **{"id_number": "", "address": "", **typed}) == (200, "\n")


def test_only_who_registers_there_is_told_and_not_endlessly(monkeypatch: pytest.MonkeyPatch) -> None:
    entered()
    assert asked(user(Role.ACCOUNTANT))[0] == 403
    assert asked(user(Role.COMMUNE_OFFICER), area=OTHER_COMMUNE)[0] == 403
    monkeypatch.setattr(hinting, "MOST_PER_MINUTE", 2)
    officer = user(Role.COMMUNE_OFFICER)
    assert [asked(officer)[0] for _try in range(3)] == [200, 200, 429]
    assert "sau một phút" in asked(officer)[1]
