"""Each role starts at its own work."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from tests.factories import people

pytestmark = pytest.mark.django_db

STARTS = {
    Role.AUDITOR: "accounts:audit_log",
    Role.LEADER: "reports:overview",
    Role.ADMINISTRATOR: "accounts:user_list",
}


def _home(*roles: Role) -> tuple[int, str]:
    client = Client()
    client.force_login(people.user(*roles), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("home"))
    return answer.status_code, answer.headers.get("Location", "")


@pytest.mark.parametrize("role", STARTS)
def test_who_has_no_work_of_their_own_starts_at_the_page_of_their_role(role: Role) -> None:
    assert _home(role) == (302, reverse(STARTS[role]))


@pytest.mark.parametrize("role", [role for role in Role if role not in STARTS])
def test_who_works_starts_at_the_worklist(role: Role) -> None:
    assert _home(role) == (200, "")
    assert _home(role, Role.LEADER, Role.AUDITOR) == (200, "")


def test_somebody_without_a_role_sees_an_empty_worklist() -> None:
    assert _home() == (200, "")
