"""Typed reading of the environment.

Every name may also be given as NAME_FILE, the path of a file that holds the value (secrets mounted by a container engine).
A required name that is missing stops start-up with a message that names it.
"""

import datetime as dt
from typing import cast

import environ
from django.core.exceptions import ImproperlyConfigured

_env = environ.FileAwareEnv()


def text(name: str, default: str | None = None) -> str:
    """The value of a name; without a default it is required."""
    value = _env.str(name, default="" if default is None else default)
    if not value and default is None:
        raise ImproperlyConfigured(f"{name} (or {name}_FILE) must be set")
    return cast("str", value)


def flag(name: str, *, default: bool) -> bool:
    """True for 1, true, yes, on."""
    return bool(_env.bool(name, default=default))


def whole(name: str, default: int) -> int:
    """A whole number."""
    return int(_env.int(name, default=default))


def words(name: str, default: list[str]) -> list[str]:
    """A comma separated list."""
    return [str(word) for word in _env.list(name, default=default)]


def day(name: str) -> dt.date | None:
    """An ISO date, or None when the name is absent or empty."""
    value = text(name, "")
    return dt.date.fromisoformat(value) if value else None


def database(name: str) -> dict[str, object]:
    """Django's connection settings for a postgresql:// address."""
    return cast("dict[str, object]", _env.db_url_config(text(name)))
