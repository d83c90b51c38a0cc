"""Somebody on a list who may be registered under another number: said on the row, which goes in all the same."""

import pytest

from accounts.enums import Role
from beneficiaries import tasks
from beneficiaries.enums import ImportState
from beneficiaries.imports import likely
from beneficiaries.imports.wording import finding_texts
from beneficiaries.models import ImportRow, ListImport, Person
from beneficiaries.services.imports import likely_rows
from beneficiaries.services.imports.corrections import correct_row
from tests.beneficiaries.lists import brought, codes, committed, person, use_profile, workbook
from tests.factories.people import COMMUNE, OTHER_COMMUNE, user

pytestmark = pytest.mark.django_db
LIKELY = "LIKELY_SAME_PERSON"


@pytest.fixture(autouse=True)
def _profile() -> None:
    use_profile()


def listed(name: str, number: str, area: str = COMMUNE) -> ListImport:
    officer = user(Role.COMMUNE_OFFICER, area=area)
    return brought(workbook(person(name, number)), officer, area)


def sentence(list_import: ListImport) -> str:
    row = ImportRow.objects.get(list_import=list_import)
    return next(told["message"] for told in finding_texts(row.findings, 2) if told["code"] == LIKELY)


def test_the_row_names_who_it_may_be_and_stays_as_it_was() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    committed(listed("Nguyễn Văn Ấn", "089085000111"), officer)
    reference = Person.objects.get().reference
    again = listed("Nguyễn Văn Ấn", "350123456")
    row = ImportRow.objects.get(list_import=again)
    assert (row.outcome, codes(again, 2)) == ("ok", {LIKELY})
    assert sentence(again) == (
        f"Dòng 2: có thể là {reference}, đã có trong hệ thống dưới số khác (Cùng họ tên; Cùng ngày sinh; Cùng khóm, ấp). Dòng "
        "vẫn nhập được; bạn hãy đối chiếu giấy tờ, và sau khi nhập, huyện được hỏi đó là một hay hai người."
    )
    assert "085000111" not in str(row.findings)
    committed(again, officer)
    assert Person.objects.count() == 2


def test_of_another_commune_nothing_but_that_is_told() -> None:
    committed(listed("Nguyễn Văn Ấn", "089085000111"), user(Role.COMMUNE_OFFICER))
    again = listed("Nguyễn Văn Ấn", "350123456", OTHER_COMMUNE)
    assert "có thể là một người ở xã khác, đã có trong hệ thống" in sentence(again)
    assert "NT-" not in sentence(again)


def test_whose_number_is_registered_is_found_by_it() -> None:
    committed(listed("Nguyễn Văn Ấn", "089085000111"), user(Role.COMMUNE_OFFICER))
    assert codes(listed("NGUYỄN VĂN ẤN", "089085000111"), 2) == {"NAME_UPPER", "ALREADY_LISTED"}


def test_a_namesake_with_another_card_is_nobody_else() -> None:
    committed(listed("Nguyễn Văn Ấn", "089085000111"), user(Role.COMMUNE_OFFICER))
    assert codes(listed("Nguyễn Văn Ấn", "089085777666", OTHER_COMMUNE), 2) == set()


def test_a_correction_takes_it_off_and_puts_it_on() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    committed(listed("Nguyễn Văn Ấn", "089085000111"), officer)
    again = listed("Nguyễn Văn Ấn", "350123456")
    correct_row(
        list_import=again, row_number=2, fixes={"full_name": "Lê Thị Bông", "sex": "Nữ"}, actor=officer
    )
    assert codes(again, 2) == set()
    correct_row(
        list_import=again, row_number=2, fixes={"full_name": "Nguyễn Văn Ấn", "sex": "Nam"}, actor=officer
    )
    assert codes(again, 2) == {LIKELY}


def test_a_long_list_is_compared_by_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = user(Role.COMMUNE_OFFICER)
    committed(listed("Nguyễn Văn Ấn", "089085000111"), officer)
    monkeypatch.setattr(likely_rows, "AT_ONCE", 0)
    monkeypatch.setattr(likely, "CHUNK", 1)
    content = workbook(person("Lê Văn Út", "351000111"), person("Nguyễn Văn Ấn", "350123456"))
    again = brought(content, officer)
    assert codes(again, 3) == set()
    tasks.mark_likely_rows(again.pk)
    assert (codes(again, 2), codes(again, 3)) == (set(), {LIKELY})
    again.refresh_from_db()
    assert again.totals["ok"] == 2


def test_a_cancelled_list_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = user(Role.COMMUNE_OFFICER)
    committed(listed("Nguyễn Văn Ấn", "089085000111"), officer)
    monkeypatch.setattr(likely_rows, "AT_ONCE", 0)
    again = listed("Nguyễn Văn Ấn", "350123456")
    ListImport.objects.filter(pk=again.pk).update(state=ImportState.CANCELLED)
    tasks.mark_likely_rows(again.pk)
    assert codes(again, 2) == set()
