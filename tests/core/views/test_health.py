"""What the container engine asks every 20 seconds."""

import pytest
from django.core.cache import caches
from django.test import Client


@pytest.mark.django_db
def test_says_that_all_is_there(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "broker": True})


@pytest.mark.django_db
def test_says_which_part_is_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(caches.settings["default"], "LOCATION", "redis://127.0.0.1:1/0")
    del caches["default"]
    answer = client.get("/health/")
    del caches["default"]
    assert (answer.status_code, answer.json()) == (503, {"database": True, "broker": False})
