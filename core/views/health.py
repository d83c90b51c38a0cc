"""Whether this web server can do its work, for the container engine and the proxy."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import OperationalError, connection
from django.http import HttpRequest, JsonResponse
from redis import RedisError


@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database and the broker answer, else 503; says which one is missing and nothing more."""
    answers = {"database": _is_database_there(), "broker": _is_broker_there()}
    return JsonResponse(
        answers, status=200 if all(answers.values()) else 503, headers={"Cache-Control": "no-store"}
    )


def _is_database_there() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return False
    return True


def _is_broker_there() -> bool:
    try:
        cache.get("health")
    except (RedisError, OSError):
        return False
    return True
