"""The API's description: a schema without warnings, a page without scripts."""

import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

from accounts.enums import Role
from tests.factories.people import user

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_every_endpoint_is_described() -> None:
    GENERATOR_STATS.reset()
    schema = SchemaGenerator().get_schema(request=None, public=True)
    assert {"/api/v1/token/", "/api/v1/reports/progress/", "/api/v1/lists/", "/api/v1/cases/"} <= set(
        schema["paths"]
    )
    assert not GENERATOR_STATS


def test_the_page_lists_them_for_staff_only() -> None:
    assert Client().get("/api/docs/").status_code == 302
    client = Client()
    client.force_login(user(Role.AUDITOR), backend=BACKEND)
    html = client.get("/api/docs/").content.decode()
    assert "/api/v1/reports/runs/" in html
    assert client.get("/api/schema/").status_code == 200
