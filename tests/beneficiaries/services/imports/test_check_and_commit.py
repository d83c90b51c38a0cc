"""From a commune's file to registered people, through the services and the real database."""

import pytest
from django.db import connection

from accounts.enums import Role
from beneficiaries.enums import ImportState, RowState
from beneficiaries.models import IdentityDocument, ImportRow, Person
from beneficiaries.services.imports.corrections import accept_warnings, correct_row
from tests.beneficiaries.lists import brought, codes, committed, person, use_profile, workbook
from tests.factories.people import COMMUNE, OTHER_COMMUNE, user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _profile() -> None:
    use_profile()


def test_ok_and_fixed_rows_go_in_and_others_wait() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    content = workbook(
        person("NGUYỄN VĂN AN", 89085000111),
        person("Trần Văn Bình", "089085000222", born=1985),
        person("Lê Văn Cường", "08908500033"),
    )
    list_import = brought(content, officer)
    assert list_import.state == ImportState.CHECKED
    assert list_import.totals == {"rows": 3, "ok": 0, "fix": 1, "warn": 1, "error": 1, "amount": 4_500_000}
    committed(list_import, officer)
    assert [p.full_name for p in Person.objects.filter(area_code=COMMUNE)] == ["Nguyễn Văn An"]
    assert IdentityDocument.objects.get().number_last3 == "111"
    accept_warnings(list_import=list_import, actor=officer)
    correct_row(list_import=list_import, row_number=4, fixes={"id_number": "089085000333"}, actor=officer)
    committed(list_import, officer)
    assert Person.objects.count() == 3
    assert set(ImportRow.objects.values_list("state", flat=True)) == {RowState.COMMITTED}


def test_the_same_file_twice_is_one_import() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    content = workbook(person("Nguyễn Văn An", "089085000111"))
    assert brought(content, officer).pk == brought(content, officer).pk
    assert ImportRow.objects.count() == 1


def test_a_corrected_file_makes_nobody_twice() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    first = brought(
        workbook(person("Nguyễn Văn An", "089085000111"), person("Trần Văn Bình", "08908500022")), officer
    )
    committed(first, officer)
    second = brought(
        workbook(person("Nguyễn Văn An", "089085000111"), person("Trần Văn Bình", "089085000222")), officer
    )
    assert codes(second, 2) == {"ALREADY_LISTED"}
    assert second.replaces_id == first.pk
    committed(second, officer)
    assert sorted(Person.objects.values_list("full_name", flat=True)) == ["Nguyễn Văn An", "Trần Văn Bình"]
    assert ImportRow.objects.get(list_import=first, row_number=3).state == RowState.SET_ASIDE


def test_the_later_commune_carries_the_duplicate() -> None:
    officer, other = user(Role.COMMUNE_OFFICER), user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE)
    first = brought(workbook(person("Nguyễn Văn An", "089085000111")), officer)
    second = brought(
        workbook(person("Nguyễn Văn An", 89085000111.0), person("Lê Thị Hoa", "089185000999", sex="Nữ")),
        other,
        OTHER_COMMUNE,
    )
    assert codes(second, 2) == {"ID_LOST_ZERO", "DUP_CROSS_COMMUNE"}
    assert codes(second, 3) == set()
    # the first list comes again, corrected: it keeps its place
    third = brought(
        workbook(person("Nguyễn Văn An", "089085000111"), person("Võ Văn Tư", "089085000777")), officer
    )
    assert codes(third, 2) == set()
    assert first.pk != third.pk


def test_a_number_of_another_person_is_refused() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    committed(brought(workbook(person("Nguyễn Văn An", "089085000111")), officer), officer)
    second = brought(workbook(person("Phạm Văn Khác", "089085000111")), officer)
    assert codes(second, 2) == {"ID_OTHER_PERSON"}


def test_correcting_the_first_of_two_frees_the_second() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    content = workbook(person("Nguyễn Văn An", "089085000111"), person("Nguyễn Văn Anh", "089085000111"))
    list_import = brought(content, officer)
    assert codes(list_import, 3) == {"DUP_IN_FILE"}
    correct_row(list_import=list_import, row_number=2, fixes={"id_number": "089085000112"}, actor=officer)
    assert codes(list_import, 3) == set()


def test_no_identity_number_is_stored_in_clear() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    list_import = brought(
        workbook(person("Nguyễn Văn An", "089085000111"), person("Lê Văn Ba", "08908500O113")), officer
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(r::text, ' ') FROM beneficiaries_importrow r WHERE list_import_id = %s",
            [list_import.pk],
        )
        text = cursor.fetchone()[0]
    assert "089085000111" not in text
    assert "08908500O113" not in text


def test_a_file_that_is_no_list_is_refused_in_words() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    list_import = brought(b"%PDF-1.7 x", officer)
    assert list_import.state == ImportState.REFUSED
    assert "PDF" in list_import.refusal
    assert not ImportRow.objects.exists()
