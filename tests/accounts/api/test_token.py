"""A token for the API: right words, wrong words, too many of them."""

import pytest
from django.conf import settings
from django.test import Client
from rest_framework.authtoken.models import Token

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from tests.factories.people import user

pytestmark = pytest.mark.django_db
WORDS = "mot cau dai de nho"


@pytest.fixture
def officer() -> User:
    made = user(Role.DISTRICT_OFFICER)
    made.set_password(WORDS)
    made.save()
    return made


def ask(username: str, password: str) -> tuple[int, dict[str, str]]:
    answer = Client().post(
        "/api/v1/token/", {"username": username, "password": password}, content_type="application/json"
    )
    return answer.status_code, answer.json()


def test_the_token_signs_its_owner_in(officer: User) -> None:
    status, answer = ask(officer.username, WORDS)
    assert status == 200
    headers = {"Authorization": f"Token {answer['token']}"}
    assert Client().get("/api/v1/programmes/", headers=headers).status_code == 200
    assert ask(officer.username, WORDS)[1] == answer
    assert Event.objects.filter(action="user.signed_in", actor_id=officer.pk).count() == 2


def test_wrong_words_never_say_which_was_wrong(officer: User) -> None:
    assert ask(officer.username, "x" * 12) == ask("nobody", "x" * 12)
    assert ask(officer.username, "x" * 12)[0] == 400
    assert not Token.objects.exists()


def test_too_many_tries_are_stopped_even_with_the_right_words(officer: User) -> None:
    for _turn in range(settings.AXES_FAILURE_LIMIT):
        status, answer = ask(officer.username, "x" * 12)
    assert status == 429
    status, answer = ask(officer.username, WORDS)
    assert status == 429
    assert "Hãy chờ" in answer["detail"]
    assert not Token.objects.exists()


def test_a_given_password_is_changed_on_the_page_first(officer: User) -> None:
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    assert ask(officer.username, WORDS)[0] == 403


def test_a_locked_account_gets_none(officer: User) -> None:
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert ask(officer.username, WORDS)[0] == 400


def test_a_token_ends_with_its_account(officer: User) -> None:
    token = ask(officer.username, WORDS)[1]["token"]
    User.objects.filter(pk=officer.pk).update(is_active=False)
    answer = Client().get("/api/v1/programmes/", headers={"Authorization": f"Token {token}"})
    assert answer.status_code in (401, 403)
