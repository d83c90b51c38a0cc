"""The demo's people: roles that fit their places, everybody signs in and starts at work of their own."""

from collections import Counter

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from accounts.demo import ACCOUNTS, SIGN_IN_WORDS, DemoAccount
from accounts.enums import Role
from accounts.models import RoleAssignment, User
from accounts.permissions import staffing_problems

OUTSIDER = "chauphu"
# one of each combination of roles and level
KINDS = list({(len(account.area_code), account.roles): account for account in ACCOUNTS}.values())


def _seat(account: DemoAccount) -> User:
    user = User.objects.create(
        username=account.username,
        full_name=account.full_name,
        area_code=account.area_code,
        password=make_password(SIGN_IN_WORDS),
    )
    RoleAssignment.objects.bulk_create(RoleAssignment(user=user, role=role) for role in account.roles)
    return user


def test_every_role_fits_its_place_but_for_the_outsider_who_tries_them_all() -> None:
    odd = [account.username for account in ACCOUNTS if staffing_problems(account.roles, account.area_code)]
    assert odd == [OUTSIDER]


def test_two_people_of_each_deciding_role_in_each_place_that_has_one() -> None:
    """Three approvers: large batches are signed by two who did not approve the money."""
    deciding = {Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD, Role.PROVINCIAL_REVIEWER, Role.PROVINCIAL_APPROVER}
    places = Counter(
        (account.area_code, role)
        for account in ACCOUNTS
        for role in account.roles
        if role in deciding and account.username != OUTSIDER
    )
    approvers = places.pop(("89", Role.PROVINCIAL_APPROVER))
    assert (set(places.values()), approvers) == ({2}, 3)
    assert {role for _area, role in places} == deciding - {Role.PROVINCIAL_APPROVER}


@pytest.mark.django_db
@pytest.mark.parametrize("account", KINDS, ids=lambda account: account.username)
def test_everybody_signs_in_and_starts_at_work_of_their_own(client: Client, account: DemoAccount) -> None:
    _seat(account)
    answer = client.post(
        reverse("accounts:sign_in"),
        {"username": account.username, "password": SIGN_IN_WORDS},
        follow=True,
    )
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] != reverse("accounts:sign_in")
    html = answer.content.decode()
    assert account.full_name in html
    marked = [item for item in answer.context["nav_items"] if item.is_current]
    assert len(marked) == 1, "the page that they start at is one of their own entries"
