"""Secrets of one checkout, made once and kept in `var/secrets`, readable by their owner only."""

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final


def _password() -> str:
    return secrets.token_urlsafe(24)


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


# Those in capitals are the application's settings of the same name (config/env.py).
MAKERS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "SECRET_KEY": lambda: secrets.token_urlsafe(48),
        "FIELD_KEYS": lambda: f"1:{_key()}",
        "BLIND_INDEX_KEY": _key,
        "postgres_password": _password,
        "owner_password": _password,
        "app_password": _password,
        "valkey_password": _password,
    }
)


def secret(folder: Path, name: str) -> str:
    """The value of a secret; the first call makes it."""
    path = folder / name
    if not path.exists():
        _write_once(path, MAKERS[name]())
    return path.read_text().strip()


def _write_once(path: Path, value: str) -> None:
    """Write in one step, so that a crash or a second process never leaves half a key or changes one in use."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(value + "\n")
        handle.flush()
        os.fsync(handle.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
