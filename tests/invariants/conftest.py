"""Raw SQL is tried by whoever could write it: the application's role, and the owner of the tables."""

from collections.abc import Iterator

import pytest
from django.db import connections
from django.db.utils import load_backend


@pytest.fixture(params=["app", "owner"])
def _writing_as(request: pytest.FixtureRequest, django_db_setup: None) -> Iterator[str]:
    """The connection of the whole test is that of this role; made before `db` opens its transaction, and back after its end."""
    usual = connections["default"]
    if request.param == "owner":
        found = connections["owner"].settings_dict
        connections["default"] = load_backend(found["ENGINE"]).DatabaseWrapper(dict(found), alias="default")
    yield request.param
    if request.param == "owner":
        connections["default"].close()
        connections["default"] = usual


@pytest.fixture
def role(_writing_as: str, db: None) -> str:
    """The test runs twice in a transaction that is taken back: as `app` and as `owner`."""
    return _writing_as
