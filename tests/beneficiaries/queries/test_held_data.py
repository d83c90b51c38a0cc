"""The copy of somebody's data: its days are the business days of what was done, and a replaced entry is told as such."""

import pytest

from accounts.enums import Role
from beneficiaries.models import Person
from beneficiaries.queries.held_data import HeldTable, held_tables
from beneficiaries.services.reveals import reveal_number, revealables
from tests.beneficiaries.services.registers.lists import sheet, taken_in
from tests.beneficiaries.services.registers.test_person_lists import HEADER, recipient
from tests.factories.people import user

pytestmark = pytest.mark.django_db


def test_days_are_those_of_the_business_and_a_replaced_entry_is_named() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    first = taken_in(sheet(HEADER, recipient()), "social_protection", officer)
    taken_in(
        sheet(HEADER, recipient(amount="720.000"), title="DANH SÁCH BỔ SUNG"), "social_protection", officer
    )
    person = Person.objects.get()
    code = revealables(person, officer)[0].code
    reveal_number(person=person, code=code, purpose="papers", note="", actor=officer)
    tables = {str(table.title): table for table in held_tables(person)}
    lists = tables["Danh sách đã nhập"]
    assert lists.rows[0][0] == first.reference
    assert [row[-1] for row in lists.rows] == ["27/09/2021", "27/09/2021"]
    assert tables["Những lần cán bộ xem số đầy đủ"].rows[0][0] == "27/09/2021"
    assert states(tables["Các sổ đối tượng"]) == ["Đã được thay", ""]


def states(table: HeldTable) -> list[str]:
    return [row[-1] for row in table.rows]
