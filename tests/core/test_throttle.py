"""So many tries in so many minutes, counted apart for each page and each asker; nothing of the asker is kept."""

import pytest
from django.core.cache import cache
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from core.requests import client_address
from core.throttle import Limit, is_too_often

# the cache is the session's; the database fixture points this process at it
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _usual(settings: Settings) -> None:
    settings.THROTTLE_FACTOR = 1


def test_the_try_after_the_last_is_one_too_many() -> None:
    limit = Limit("test.one", tries=3)
    assert [is_too_often(limit, "10.1.1.1") for _try in range(5)] == [False, False, False, True, True]


def test_pages_and_askers_are_counted_apart() -> None:
    first, second = Limit("test.first", tries=1), Limit("test.second", tries=1)
    assert not is_too_often(first, "10.1.1.1")
    assert not is_too_often(second, "10.1.1.1")
    assert not is_too_often(first, "10.1.1.2")
    assert is_too_often(first, "10.1.1.1")


def test_a_subscriber_of_ipv6_is_one_asker() -> None:
    """A connection has a whole /64: the last half of the address is the subscriber's own to choose."""
    limit = Limit("test.new_kind", tries=1)
    assert not is_too_often(limit, "2001:db8:0:7::1")
    assert is_too_often(limit, "2001:db8:0:7:ffff:1:2:3")
    assert not is_too_often(limit, "2001:db8:0:8::1")


def test_an_installation_allows_more(settings: Settings) -> None:
    settings.THROTTLE_FACTOR = 2
    limit = Limit("test.factor", tries=2)
    assert [is_too_often(limit, "10.1.1.1") for _try in range(5)] == [False] * 4 + [True]


def test_it_ends_with_its_time_and_keeps_no_address() -> None:
    limit = Limit("test.time", tries=1, minutes=3)
    is_too_often(limit, "10.1.1.9")
    redis = cache._cache.get_client()  # type: ignore[attr-defined]
    keys = list(redis.scan_iter("*throttle*"))
    assert keys
    assert not [key for key in keys if b"10.1.1.9" in key]
    assert all(redis.ttl(key) > 0 for key in keys)


@pytest.mark.parametrize(("is_behind", "seen"), [(True, "203.0.113.7"), (False, "10.0.0.1")])
def test_a_claimed_address_is_not_believed(settings: Settings, is_behind: bool, seen: str) -> None:
    settings.BEHIND_TLS = is_behind
    request: HttpRequest = RequestFactory().get(
        "/public/", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.7", REMOTE_ADDR="10.0.0.1"
    )
    assert client_address(request) == seen
