"""Identity numbers stand encrypted wherever a commune wrote them: in the name, a note, the address, a shifted row, a heading."""

import pytest
from django.db import connection

from accounts.enums import Role
from beneficiaries.imports.findings import stored
from beneficiaries.models import ImportRow
from beneficiaries.rules.findings import Finding
from beneficiaries.services.imports.corrections import correct_row
from core import crypto
from tests.beneficiaries import lists
from tests.factories.people import user

pytestmark = pytest.mark.django_db

NUMBER, OLD, SHIFTED = "089085002003", "351234567", "089 085 002 004"
HEADER = [*lists.HEADER, "Ghi chú", f"Tổ 5 {OLD}"]
ROWS = [
    [*lists.person(f"Nguyễn Văn An {NUMBER}", NUMBER), f"CMND cũ {OLD}", ""],
    [NUMBER, "Lê Văn Bình", SHIFTED, "Nam", f"Khóm {OLD}", OLD, NUMBER, SHIFTED, ""],
]


@pytest.fixture(autouse=True)
def profile() -> None:
    lists.use_profile()


def in_clear(number: str) -> list[str]:
    """The tables of the import that hold this number as text."""
    tables = ("beneficiaries_importrow", "beneficiaries_listimport", "core_event", "core_job")
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"SELECT count(*) FROM {table} AS t WHERE t::text ~ %s", [rf"(?<!\w){number}(?!\w)"]
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_a_number_outside_its_column_is_kept_encrypted_only() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    list_import = lists.brought(lists.workbook(*ROWS, header=HEADER), officer)
    row = ImportRow.objects.get(list_import=list_import, row_number=2)
    assert row.full_name == "Nguyễn Văn An •••"
    assert row.values["note"] == "CMND cũ •••"
    assert f"Nguyễn Văn An {NUMBER}" in crypto.decrypt("row", row.raw_encrypted)
    correct_row(list_import=list_import, row_number=2, fixes={"full_name": f"Lê An {OLD}"}, actor=officer)
    assert {number: in_clear(number) for number in (NUMBER, OLD, SHIFTED)} == {
        NUMBER: [],
        OLD: [],
        SHIFTED: [],
    }


def test_sums_of_nine_digits_stay_readable() -> None:
    mismatch = Finding("TOTAL_MISMATCH", "amount", "150.000.000", "148.500.000")
    assert stored(mismatch)["found"] == "150.000.000"
