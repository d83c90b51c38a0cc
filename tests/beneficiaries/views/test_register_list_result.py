"""The pages around a register's list: which lists are offered, and what the result says that it did and left alone."""

import pytest

from accounts.enums import Role
from beneficiaries.models import ListImport
from tests.beneficiaries.services.registers.lists import NUMBERS, checked, sheet, taken_in
from tests.beneficiaries.services.registers.test_household_lists import CHILD, HEADER, head, member
from tests.beneficiaries.views.registered import signed_in
from tests.factories.people import user

pytestmark = pytest.mark.django_db


def test_the_kinds_of_list_stand_in_two_groups_each_with_its_empty_list() -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    page = client.get("/imports/new/").content.decode()
    programmes, _sign, registers = page.partition('<optgroup label="Sổ đối tượng">')
    assert '<optgroup label="Danh sách đề nghị hỗ trợ">' in programmes
    assert 'value="LD_TU_DO"' in programmes
    for code in ("free_workers", "poor_households", "social_protection", "merit"):
        assert f'value="{code}"' not in programmes
        assert f'value="{code}"' in registers
        answer = client.get(f"/imports/templates/{code}.xlsx")
        assert answer.status_code == 200
        assert f"mau-danh-sach-{code}.xlsx" in answer["Content-Disposition"]


def test_the_rows_of_a_register_have_no_column_of_work_that_it_does_not_ask() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    made = checked(sheet(HEADER, head()), "poor_households", officer)
    answer = signed_in(someone=officer).get(f"/imports/{made.reference}/rows/?view=all")
    shown = [str(label) for label in answer.context["labels"]]
    assert shown == ["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD, CMND", "Khóm, ấp (nơi ở)"]


def test_the_result_says_what_was_entered_and_what_was_left_alone() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    taken_in(sheet(HEADER, head(), CHILD), "poor_households", officer)
    second = sheet(
        HEADER,
        head("Lê Văn Tám", NUMBERS[1]),
        head("Cao Văn Chín", NUMBERS[2], code="H-002"),
        member("Trần Thị Bé", "", "cháu", born="05/06/2019", code="H-002"),
        head("Đỗ Văn Mười", NUMBERS[3], code="H-003"),
        member("Đỗ Văn Hai", NUMBERS[4], "em", code="H-003", group="Hộ cận nghèo", year=2021),
    )
    made = taken_in(second, "poor_households", officer)
    page = signed_in(someone=officer).get(f"/imports/{made.reference}/").content.decode()
    assert "Đã nhập 5 dòng vào hệ thống. 2 hộ mới, 3 thành viên mới. Ghi mới 1 mục vào sổ." in page
    assert "1 người đang là thành viên của hộ khác" in page
    assert "1 mã hộ đã ghi cho hộ có chủ hộ khác" in page
    assert "1 hộ ghi cả hộ nghèo và hộ cận nghèo trong một năm" in page
    assert "/registers/poor_households/" in page
    first = ListImport.objects.order_by("pk")[0]
    assert (
        "Chưa ghi, bạn hãy xem"
        not in signed_in(someone=officer).get(f"/imports/{first.reference}/").content.decode()
    )
