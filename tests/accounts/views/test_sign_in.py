"""Signing in, the throttle, signing out, changing the password."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from tests.factories import people

pytestmark = pytest.mark.django_db

PASSWORD = "nuoc-noi-mua-ca-linh"
SIGN_IN = reverse("accounts:sign_in")
CHANGE = reverse("accounts:password_change")


@pytest.fixture
def officer() -> User:
    user = people.user(Role.DISTRICT_OFFICER)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


def _actions() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


def test_the_page_allows_password_managers_and_shows_no_hint_of_accounts(client: Client) -> None:
    html = client.get(SIGN_IN).content.decode()
    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html
    assert "quantri" not in html


def test_the_demo_shows_its_accounts(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    assert "quantri" in client.get(SIGN_IN).content.decode()


def test_signing_in_goes_to_the_asked_page_and_is_logged(client: Client, officer: User) -> None:
    response = client.post(
        SIGN_IN, {"username": officer.username, "password": PASSWORD, "next": "/account/password/"}
    )
    assert (response.status_code, response["Location"]) == (302, "/account/password/")
    assert _actions() == ["user.signed_in"]


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client: Client, officer: User, address: str) -> None:
    response = client.post(SIGN_IN, {"username": officer.username, "password": PASSWORD, "next": address})
    assert "example.org" not in response["Location"]
    assert "javascript" not in response["Location"]


def test_a_wrong_password_says_neither_which_was_wrong_nor_logs_anybody_in(
    client: Client, officer: User
) -> None:
    wrong = client.post(SIGN_IN, {"username": officer.username, "password": "sai"})
    nobody = client.post(SIGN_IN, {"username": "khongco", "password": "sai"})
    assert wrong.status_code == nobody.status_code == 422
    message = "Tên đăng nhập hoặc mật khẩu chưa đúng."
    assert message in wrong.content.decode()
    assert message in nobody.content.decode()
    assert _actions() == []


def test_too_many_tries_are_stopped_also_with_the_right_password(
    client: Client, officer: User, settings: Settings
) -> None:
    for _try in range(settings.AXES_FAILURE_LIMIT):
        client.post(SIGN_IN, {"username": officer.username, "password": "sai"})
    response = client.post(SIGN_IN, {"username": officer.username, "password": PASSWORD})
    assert response.status_code == 429
    assert "Vui lòng thử lại sau 10 phút." in response.content.decode()
    assert _actions() == []


def test_behind_the_proxy_a_stranger_locks_nobody_out(
    client: Client, officer: User, settings: Settings
) -> None:
    """Every request comes from the proxy's address; what a client claims of itself stands before what the proxy saw."""
    settings.BEHIND_TLS = True
    settings.SECURE_SSL_REDIRECT = False
    stranger, office = {"X-Forwarded-For": "10.0.0.7, 203.0.113.9"}, {"X-Forwarded-For": "10.0.0.7"}
    for _try in range(settings.AXES_FAILURE_LIMIT):
        client.post(SIGN_IN, {"username": officer.username, "password": "sai"}, headers=stranger)
    words = {"username": officer.username, "password": PASSWORD}
    assert client.post(SIGN_IN, words, headers=stranger).status_code == 429
    assert client.post(SIGN_IN, words, headers=office).status_code == 302


def test_an_inactive_person_stays_out(client: Client, officer: User) -> None:
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    assert client.post(SIGN_IN, {"username": officer.username, "password": PASSWORD}).status_code == 422


def test_a_given_password_is_changed_first(client: Client, officer: User) -> None:
    officer.must_change_password = True
    officer.save(update_fields=["must_change_password"])
    response = client.post(SIGN_IN, {"username": officer.username, "password": PASSWORD, "next": "/cases/"})
    assert response["Location"] == CHANGE
    assert client.get(reverse("styleguide"))["Location"] == CHANGE
    assert client.get(CHANGE).status_code == 200


def test_a_fragment_after_the_session_ended_opens_the_sign_in_page(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "https://elsewhere.example/cases/?q=an"}
    response = client.get(CHANGE, headers=headers)
    assert response.headers["HX-Redirect"] == f"{SIGN_IN}?next=%2Fcases%2F"
    assert "Location" not in response.headers


def test_signing_out_takes_a_post_and_is_logged(client: Client, officer: User) -> None:
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    assert client.post(reverse("accounts:sign_out"))["Location"] == SIGN_IN
    assert _actions() == ["user.signed_out"]
    assert client.get(CHANGE).status_code == 302


def _change(client: Client, old: str, new: str, again: str | None = None) -> int:
    return client.post(
        CHANGE, {"old_password": old, "new_password1": new, "new_password2": again or new}
    ).status_code


def test_a_new_password_ends_the_other_sessions(client: Client, officer: User) -> None:
    elsewhere = Client()
    for each in (client, elsewhere):
        each.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert _change(client, PASSWORD, "chin-dong-cuu-long-2021") == 302
    officer.refresh_from_db()
    assert officer.check_password("chin-dong-cuu-long-2021")
    assert client.get(CHANGE).status_code == 200
    assert elsewhere.get(CHANGE).status_code == 302
    assert _actions() == ["user.password_changed"]


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        (PASSWORD, "ngan-11-chu", None),
        (PASSWORD, "1q2w3e4r5t6y", None),
        (PASSWORD, "chin-dong-cuu-long-2021", "chin-dong-cuu-long-2022"),
        ("sai", "chin-dong-cuu-long-2021", None),
    ],
    ids=["short", "common", "mistyped", "wrong old one"],
)
def test_bad_new_passwords_change_nothing(
    client: Client, officer: User, old: str, new: str, again: str | None
) -> None:
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert _change(client, old, new, again) == 422
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)
    assert _actions() == []
