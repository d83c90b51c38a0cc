"""The API as somebody who is signed in calls it."""

from typing import Any

from rest_framework.test import APIClient

from accounts.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Caller:
    """Calls `/api/v1/` as one person; answers are read as JSON."""

    def __init__(self, user: User) -> None:
        self.client = APIClient()
        self.client.force_login(user, backend=BACKEND)

    def get(self, path: str, expect: int = 200, **query: object) -> Any:
        return self._read(self.client.get(f"/api/v1/{path}", query), expect)

    def post(self, path: str, body: object = None, expect: int = 200) -> Any:
        return self._read(self.client.post(f"/api/v1/{path}", body or {}, format="json"), expect)

    @staticmethod
    def _read(response: Any, expect: int) -> Any:
        assert response.status_code == expect, response.content.decode()
        return response.json()
