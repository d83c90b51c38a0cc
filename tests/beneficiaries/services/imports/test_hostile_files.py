"""Odd lists through the services: what the check found must survive a correction, a second sheet, a second upload."""

import pytest

from accounts.enums import Role
from beneficiaries.models import ImportRow
from beneficiaries.services.imports.corrections import correct_row
from tests.beneficiaries.imports.sheets import xlsx
from tests.beneficiaries.lists import HEADER, brought, codes, committed, person, use_profile
from tests.factories.people import user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _profile() -> None:
    use_profile()


def rows(*people: list[object]) -> list[list[object]]:
    return [HEADER, *([number, *row] for number, row in enumerate(people, 1))]


def test_a_corrected_row_keeps_the_unit_of_the_list() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    content = xlsx(
        [["ĐVT: nghìn đồng"], *rows(person("Nguyễn Văn An", "351234567", amount=1500, born="1965?"))]
    )
    list_import = brought(content, officer)
    assert codes(list_import, 3) == {"DOB_INVALID"}
    correct_row(list_import=list_import, row_number=3, fixes={"dob": "02/03/1965"}, actor=officer)
    row = ImportRow.objects.get(list_import=list_import)
    assert (row.amount, row.outcome) == (1_500_000, "ok")


def test_a_corrected_row_stays_below_the_heading_that_excludes_it() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    lines = rows(person("Nguyễn Văn An", "351234567"), person("Lê Văn Ba", "35123456"))
    lines.insert(2, ["", "II. DANH SÁCH KHÔNG ĐỦ ĐIỀU KIỆN"])
    list_import = brought(xlsx(lines), officer)
    correct_row(list_import=list_import, row_number=4, fixes={"id_number": "351234568"}, actor=officer)
    assert codes(list_import, 4) == {"SECTION_AGAINST"}
    list_import = committed(list_import, officer)
    assert ImportRow.objects.get(list_import=list_import, row_number=4).state == "staged"


def test_the_second_sheet_of_the_same_file_is_a_list_of_its_own() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    content = xlsx(
        rows(person("Nguyễn Văn An", "351234567"), person("Lê Văn Ba", "351234568")),
        title="Ấp 1",
        more={"Ấp 2": rows(person("Trần Văn Tư", "351234569"))},
    )
    first = committed(brought(content, officer), officer)
    second = brought(content, officer, sheet="Ấp 2")
    assert (second.sheet, second.pk == first.pk) == ("Ấp 2", False)
    assert [row.full_name for row in ImportRow.objects.filter(list_import=second)] == ["Trần Văn Tư"]
    assert brought(content, officer, sheet="Ấp 2").pk == second.pk


def test_a_corrected_list_after_the_commit_makes_nobody_twice() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    people = [
        person("Nguyễn Văn An", "351234567"),
        person("Lê Văn Ba", "351234568"),
        person("Trần Văn Tư", "không nhớ"),
    ]
    committed(brought(xlsx(rows(*people)), officer), officer)
    people[2] = person("Trần Văn Tư", "351234569")
    again = committed(brought(xlsx(rows(*people)), officer), officer)
    states = (
        ImportRow.objects.filter(list_import=again).order_by("row_number").values_list("person_id", "state")
    )
    assert len({person_id for person_id, _state in states}) == 3
    assert ImportRow.objects.exclude(person_id=None).values("person_id").distinct().count() == 3
