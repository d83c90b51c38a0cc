"""Two connections to one database.

`default` works as the role app, which owns no table; `owner` runs migrations and nothing else.
"""

from typing import Any

from config import env


def _connection(name: str) -> dict[str, Any]:
    return {
        **env.database(name),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


DATABASES = {"default": _connection("DATABASE_URL"), "owner": _connection("DATABASE_OWNER_URL")}
DATABASES["owner"]["CONN_MAX_AGE"] = 0
