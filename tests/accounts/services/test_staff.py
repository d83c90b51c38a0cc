"""Accounts as the administrator keeps them: what is written, what is refused, whose sessions end."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from rest_framework.authtoken.models import Token

from accounts.enums import ROLE_LEVELS, AreaLevel, Role
from accounts.models import RoleAssignment, User
from accounts.permissions import staffing_problems
from accounts.services import staff
from core.audit import sentence_of
from core.models import Event
from tests.factories import people

pytestmark = pytest.mark.django_db

DETAILS = staff.StaffDetails(
    full_name="Nguyễn Thị Kim Lan",
    title="Chuyên viên",
    office="Phòng LĐ-TBXH huyện Phú Tân",
    phone="0296 3 827 001",
    area_code=people.DISTRICT,
    roles=frozenset({Role.DISTRICT_OFFICER}),
)


@pytest.fixture
def administrator() -> User:
    return people.user(Role.ADMINISTRATOR, name="Ngô Nhật Tân")


@pytest.fixture
def lan(administrator: User) -> User:
    return staff.create_user(actor=administrator, username="lan.ntk", details=DETAILS).user


def _sentences() -> list[str]:
    events = Event.objects.order_by("pk")
    return [sentence_of(e.action, e.actor_name, e.object_ref, e.change) for e in events]


def _roles(user: User) -> set[str]:
    return set(RoleAssignment.objects.filter(user=user).values_list("role", flat=True))


def test_a_new_account_has_its_roles_and_a_password_of_one_use(administrator: User) -> None:
    given = staff.create_user(actor=administrator, username="lan.ntk", details=DETAILS)
    stored = User.objects.get(username="lan.ntk")
    assert (stored.full_name, stored.area_code) == ("Nguyễn Thị Kim Lan", people.DISTRICT)
    assert _roles(stored) == {"district_officer"}
    assert stored.must_change_password
    assert stored.check_password(given.words)
    assert given.words not in str(Event.objects.values_list("change", "reason", "object_ref"))
    assert _sentences() == [
        "Ngô Nhật Tân lập tài khoản lan.ntk tại Huyện Phú Tân, vai trò: Chuyên viên Phòng LĐ-TBXH"
    ]


def test_passwords_are_long_and_never_the_same() -> None:
    words = {staff.new_words() for _try in range(200)}
    assert len(words) == 200
    assert {len(each) for each in words} == {19}
    assert not set("".join(words)) & set("01ilo")


def test_a_taken_name_is_refused(administrator: User, lan: User) -> None:
    with pytest.raises(staff.StaffRefused, match=r"«lan.ntk» đã có người dùng") as refusal:
        staff.create_user(actor=administrator, username="lan.ntk", details=DETAILS)
    assert refusal.value.field == "username"
    assert User.objects.filter(username="lan.ntk").count() == 1


@pytest.mark.parametrize("role", Role)
def test_each_role_fits_its_levels_and_no_other(role: Role) -> None:
    areas = {
        AreaLevel.PROVINCE: people.PROVINCE,
        AreaLevel.DISTRICT: people.DISTRICT,
        AreaLevel.COMMUNE: people.COMMUNE,
    }
    fitting = {level for level, area in areas.items() if not staffing_problems({role}, area)}
    assert fitting == set(ROLE_LEVELS[role])


def test_roles_of_another_level_are_refused_with_both_levels_named(administrator: User) -> None:
    details = replace(DETAILS, area_code=people.COMMUNE)
    with pytest.raises(staff.StaffRefused, match="chỉ dành cho cấp huyện; đơn vị đã chọn là cấp xã"):
        staff.create_user(actor=administrator, username="lan.ntk", details=details)
    assert not User.objects.filter(username="lan.ntk").exists()
    assert _sentences() == []


def test_who_keeps_accounts_holds_no_other_role(administrator: User) -> None:
    details = replace(DETAILS, area_code="89", roles=frozenset({Role.ADMINISTRATOR, Role.ACCOUNTANT}))
    with pytest.raises(staff.StaffRefused, match="không kiêm vai trò khác"):
        staff.create_user(actor=administrator, username="lan.ntk", details=details)


@pytest.mark.parametrize("area", ["", "79", "89999", "898883040"])
def test_an_area_that_is_not_in_the_province_is_refused(administrator: User, area: str) -> None:
    with pytest.raises(staff.StaffRefused, match="Hãy chọn một đơn vị"):
        staff.create_user(actor=administrator, username="lan.ntk", details=replace(DETAILS, area_code=area))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_write_accounts(role: Role, lan: User) -> None:
    somebody = people.user(role)
    with pytest.raises(PermissionDenied):
        staff.create_user(actor=somebody, username="moi", details=DETAILS)
    with pytest.raises(PermissionDenied):
        staff.update_user(actor=somebody, user=lan, details=DETAILS)
    with pytest.raises(PermissionDenied):
        staff.close_account(actor=somebody, user=lan, reason="thử")
    with pytest.raises(PermissionDenied):
        staff.reset_password(actor=somebody, user=lan)
    lan.refresh_from_db()
    assert lan.is_active
    assert not User.objects.filter(username="moi").exists()


def test_a_closed_administrator_writes_nothing(administrator: User) -> None:
    administrator.is_active = False
    with pytest.raises(PermissionDenied):
        staff.create_user(actor=administrator, username="moi", details=DETAILS)


def test_each_kind_of_change_is_its_own_event(administrator: User, lan: User) -> None:
    details = replace(
        DETAILS, title="Phó Trưởng phòng", phone="", area_code="89", roles=frozenset({Role.ACCOUNTANT})
    )
    staff.update_user(actor=administrator, user=lan, details=details)
    lan.refresh_from_db()
    assert (lan.title, lan.phone, lan.area_code) == ("Phó Trưởng phòng", "", "89")
    assert _roles(lan) == {"accountant"}
    assert _sentences()[1:] == [
        "Ngô Nhật Tân sửa tài khoản lan.ntk: chức vụ, số điện thoại",
        "Ngô Nhật Tân chuyển tài khoản lan.ntk từ Huyện Phú Tân sang Tỉnh An Giang",
        "Ngô Nhật Tân đổi vai trò của lan.ntk: từ Chuyên viên Phòng LĐ-TBXH thành Kế toán",
    ]


def test_saving_what_is_there_already_writes_nothing(administrator: User, lan: User) -> None:
    staff.update_user(actor=administrator, user=lan, details=DETAILS)
    assert len(_sentences()) == 1


def _own_details(user: User, **changes: object) -> staff.StaffDetails:
    details = staff.StaffDetails(
        user.full_name, user.title, user.office, user.phone, user.area_code, frozenset({Role.ADMINISTRATOR})
    )
    return replace(details, **changes)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_gives_themselves_a_role(administrator: User, role: Role) -> None:
    for roles in ({role}, {role, Role.ADMINISTRATOR}):
        with pytest.raises(staff.StaffRefused, match="không tự đổi vai trò"):
            staff.update_user(
                actor=administrator,
                user=administrator,
                details=_own_details(administrator, roles=frozenset(roles)),
            )
    assert _roles(administrator) == {"administrator"}
    assert _sentences() == []


def test_an_administrator_corrects_their_own_name_only(administrator: User) -> None:
    staff.update_user(
        actor=administrator,
        user=administrator,
        details=_own_details(administrator, full_name="Ngô Nhật Tân Anh"),
    )
    administrator.refresh_from_db()
    assert administrator.full_name == "Ngô Nhật Tân Anh"
    with pytest.raises(staff.StaffRefused):
        staff.close_account(actor=administrator, user=administrator, reason="thử")
    with pytest.raises(staff.StaffRefused):
        staff.reset_password(actor=administrator, user=administrator)


def test_an_account_of_another_province_is_out_of_reach(administrator: User) -> None:
    elsewhere = people.user(Role.LEADER, area="91")
    with pytest.raises(PermissionDenied):
        staff.close_account(actor=administrator, user=elsewhere, reason="thử")


def test_closing_needs_a_reason_and_ends_password_and_tokens(administrator: User, lan: User) -> None:
    with pytest.raises(staff.StaffRefused, match="Hãy ghi lý do"):
        staff.close_account(actor=administrator, user=lan, reason="  ")
    Token.objects.create(user=lan)
    closed = staff.close_account(actor=administrator, user=lan, reason="Chuyển công tác")
    assert not closed.is_active
    assert not closed.has_usable_password()
    assert not Token.objects.filter(user=lan).exists()
    staff.close_account(actor=administrator, user=lan, reason="lần nữa")
    assert _sentences()[1:] == ["Ngô Nhật Tân khóa tài khoản lan.ntk"]
    assert Event.objects.get(action="user.closed").reason == "Chuyển công tác"


def test_opening_gives_a_new_password_the_old_one_stays_void(administrator: User) -> None:
    first = staff.create_user(actor=administrator, username="lan.ntk", details=DETAILS)
    staff.close_account(actor=administrator, user=first.user, reason="Nghỉ thai sản")
    second = staff.open_account(actor=administrator, user=first.user)
    stored = User.objects.get(username="lan.ntk")
    assert stored.is_active
    assert stored.must_change_password
    assert stored.check_password(second.words)
    assert not stored.check_password(first.words)
    with pytest.raises(staff.StaffRefused, match="đang hoạt động"):
        staff.open_account(actor=administrator, user=stored)


def test_a_reset_password_replaces_the_lost_one(administrator: User, lan: User) -> None:
    Token.objects.create(user=lan)
    given = staff.reset_password(actor=administrator, user=lan)
    lan.refresh_from_db()
    assert lan.check_password(given.words)
    assert lan.must_change_password
    assert not Token.objects.filter(user=lan).exists()
    assert _sentences()[-1] == "Ngô Nhật Tân đặt lại mật khẩu của lan.ntk"


def test_the_shell_makes_the_first_administrator(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("create_administrator", "quantri", full_name="Ngô Nhật Tân")
    username, words = capsys.readouterr().out.split()
    made = User.objects.get(username=username)
    assert made.check_password(words)
    assert _roles(made) == {"administrator"}
    with pytest.raises(CommandError, match="đã có người dùng"):
        call_command("create_administrator", "quantri", full_name="Ngô Nhật Tân")
    with pytest.raises(CommandError, match="3 đến 40 ký tự"):
        call_command("create_administrator", "Q", full_name="Ngô Nhật Tân")
