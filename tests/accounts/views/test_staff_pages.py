"""The administrator's pages of accounts: who opens them, what the forms do, whose sessions end."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from tests.factories import people

pytestmark = pytest.mark.django_db

USERS = reverse("accounts:user_list")
NEW = reverse("accounts:user_create")
TYPED = {
    "username": "lan.ntk",
    "full_name": "  Nguyễn Thị  Kim Lan ",
    "title": "Chuyên viên",
    "office": "",
    "phone": "",
    "area_code": people.DISTRICT,
    "roles": ["district_officer"],
}


def page_of(user: User, name: str = "user_page") -> str:
    return reverse(f"accounts:{name}", args=[user.username])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def administrator() -> User:
    return people.user(Role.ADMINISTRATOR)


@pytest.fixture
def officer() -> User:
    return people.user(Role.DISTRICT_OFFICER, name="Trần Thị Mỹ Duyên")


@pytest.fixture
def desk(administrator: User) -> Client:
    return signed_in(administrator)


def _words(html: str) -> str:
    found = re.search(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", html)
    assert found, "the answer shows a one-time password"
    return found[0]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
@pytest.mark.parametrize("name", ["user_list", "user_create", "calendar", "area_list", "job_list"])
def test_the_pages_are_the_administrators(role: Role, name: str) -> None:
    assert signed_in(people.user(role)).get(reverse(f"accounts:{name}")).status_code == 403


def test_the_list_finds_names_without_marks_and_filters(desk: Client, officer: User) -> None:
    people.user(Role.COMMUNE_OFFICER, name="Lê Văn Tám")
    html = desk.get(USERS, {"q": "my duyen"}).content.decode()
    assert "Trần Thị Mỹ Duyên" in html
    assert "Lê Văn Tám" not in html
    assert "Lê Văn Tám" in desk.get(USERS, {"role": "commune_officer"}).content.decode()
    assert "Lê Văn Tám" not in desk.get(USERS, {"role": "district_officer"}).content.decode()
    assert "Lê Văn Tám" not in desk.get(USERS, {"area": people.OUTSIDE_DISTRICT}).content.decode()
    assert "Lê Văn Tám" not in desk.get(USERS, {"state": "closed"}).content.decode()
    assert desk.get(USERS, {"role": "boss", "area": "x", "state": "?", "page": "z"}).status_code == 200


def test_the_list_stays_at_its_queries(
    administrator: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk = signed_in(administrator)
    desk.get(USERS)
    for _more in range(3):
        people.user(Role.DISTRICT_OFFICER)
    # savepoint and release, session, user, scope, roles, accounts, units of rows, units of the filter
    with django_assert_num_queries(9):
        desk.get(USERS)


def test_a_new_account_signs_in_and_sets_a_password_of_its_own(desk: Client) -> None:
    answer = desk.post(NEW, TYPED)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    words = _words(answer.content.decode())
    assert User.objects.get(username="lan.ntk").full_name == "Nguyễn Thị Kim Lan"
    assert words not in desk.get(reverse("accounts:user_page", args=["lan.ntk"])).content.decode()

    theirs = Client()
    answer = theirs.post(reverse("accounts:sign_in"), {"username": "lan.ntk", "password": words})
    assert answer["Location"] == reverse("accounts:password_change")
    own = "chin-dong-cuu-long-2021"
    answer = theirs.post(
        reverse("accounts:password_change"),
        {"old_password": words, "new_password1": own, "new_password2": own},
    )
    assert answer.status_code == 302
    assert not User.objects.get(username="lan.ntk").must_change_password


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"username": "Lan NTK"}, "Tên đăng nhập gồm 3 đến 40 ký tự"),
        ({"username": "new"}, "Tên đăng nhập gồm 3 đến 40 ký tự"),
        ({"full_name": " "}, "Trường này là bắt buộc"),
        ({"roles": []}, "Trường này là bắt buộc"),
        ({"area_code": "79"}, "79"),
        ({"area_code": people.COMMUNE}, "chỉ dành cho cấp huyện"),
        ({"roles": ["boss"]}, "boss"),
    ],
)
def test_bad_entries_are_named_and_nothing_typed_is_lost(
    desk: Client, change: dict[str, object], message: str
) -> None:
    answer = desk.post(NEW, {**TYPED, **change, "title": "Phó Trưởng phòng"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert message in html
    assert "Phó Trưởng phòng" in html
    assert User.objects.count() == 1
    assert Event.objects.count() == 0


def test_a_taken_name_is_a_message_at_its_field(desk: Client, officer: User) -> None:
    answer = desk.post(NEW, {**TYPED, "username": officer.username})
    assert answer.status_code == 422
    assert "đã có người dùng" in answer.content.decode()


def _edit(desk: Client, user: User, **changes: object) -> int:
    typed = {
        "full_name": user.full_name,
        "title": "",
        "office": "",
        "phone": "",
        "area_code": user.area_code,
        "roles": sorted(user.role_codes),
    }
    return desk.post(page_of(user), {**typed, **changes}).status_code


def test_a_changed_role_counts_from_the_next_page(desk: Client, officer: User) -> None:
    theirs = signed_in(officer)
    assert _edit(desk, officer, area_code="89", roles=["auditor"]) == 302
    assert theirs.get(reverse("accounts:audit_log")).status_code == 200


def test_an_administrator_does_not_make_themselves_an_approver(desk: Client, administrator: User) -> None:
    assert _edit(desk, administrator, roles=["administrator", "provincial_approver"]) == 422
    assert _edit(desk, administrator, roles=["provincial_approver"]) == 422
    assert User.objects.get(pk=administrator.pk).role_codes == {"administrator"}


def test_closing_ends_the_sessions_for_good(desk: Client, officer: User) -> None:
    own_page = reverse("accounts:password_change")
    theirs = signed_in(officer)
    assert theirs.get(own_page).status_code == 200
    assert desk.post(page_of(officer, "user_close"), {"reason": "Chuyển công tác"}).status_code == 302
    assert theirs.get(own_page).status_code == 302
    answer = desk.post(page_of(officer, "user_open"))
    assert _words(answer.content.decode())
    assert theirs.get(own_page).status_code == 302, "an old session does not come back with the account"


def test_closing_without_a_reason_is_refused(desk: Client, officer: User) -> None:
    assert desk.post(page_of(officer, "user_close"), {"reason": ""}).status_code == 422
    assert User.objects.get(pk=officer.pk).is_active


def test_a_reset_ends_the_sessions(desk: Client, officer: User) -> None:
    theirs = signed_in(officer)
    words = _words(desk.post(page_of(officer, "user_password")).content.decode())
    assert theirs.get(reverse("accounts:password_change")).status_code == 302
    assert User.objects.get(pk=officer.pk).check_password(words)


@pytest.mark.parametrize("name", ["user_close", "user_open", "user_password"])
def test_ways_to_change_an_account_take_a_post_only(desk: Client, officer: User, name: str) -> None:
    assert desk.get(page_of(officer, name)).status_code == 405


def test_oneself_can_not_be_closed_or_reset(desk: Client, administrator: User) -> None:
    assert desk.post(page_of(administrator, "user_close"), {"reason": "thử"}).status_code == 422
    assert desk.post(page_of(administrator, "user_password")).status_code == 302
    assert User.objects.get(pk=administrator.pk).is_active
    assert Event.objects.count() == 0


def test_an_account_of_another_province_is_not_found(desk: Client) -> None:
    elsewhere = people.user(Role.LEADER, area="91")
    assert desk.get(page_of(elsewhere)).status_code == 404
    assert desk.post(page_of(elsewhere, "user_close"), {"reason": "thử"}).status_code == 404
    assert User.objects.get(pk=elsewhere.pk).is_active
