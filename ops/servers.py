"""The embedded servers as the other commands see them.

`with running_servers(root) as urls:` starts them or joins those that run already; `urls.environment()` is what Django needs.
Several commands share one pair of servers safely: see ops.supervisor.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ops.children import last_lines, wait_until
from ops.demo import demo_environment
from ops.keys import secret
from ops.locks import exclusive_lock, shared_lock, try_exclusive_lock
from ops.places import Places, places_for
from ops.postgres import database_url
from ops.supervisor import SUPERVISOR_LOCK, USERS_LOCK, State, read_state
from ops.valkey import broker_url

ROOT: Final = Path(__file__).resolve().parent.parent
SECONDS_TO_START: Final = 330.0

# A server installation gives these; then nothing is started here.
OUTSIDE: Final = ("DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL")
KEYS: Final = ("SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY")


class ServersError(Exception):
    """The servers can't be started; the message says why and where to look."""


@dataclass(frozen=True, slots=True)
class ServerUrls:
    """Addresses of the database for both roles and of the broker, and the keys of this checkout."""

    database: str
    database_owner: str
    broker: str
    keys: Mapping[str, str]

    def environment(self) -> dict[str, str]:
        """The application's settings by name (config/env.py)."""
        return {
            "DATABASE_URL": self.database,
            "DATABASE_OWNER_URL": self.database_owner,
            "BROKER_URL": self.broker,
            **self.keys,
        }


def has_outside_servers() -> bool:
    """Whether the environment names servers of its own. Some of the three, but not all, is refused."""
    named = [name for name in OUTSIDE if os.environ.get(name) or os.environ.get(f"{name}_FILE")]
    if named and len(named) < len(OUTSIDE):
        missing = ", ".join(name for name in OUTSIDE if name not in named)
        raise ServersError(f"{', '.join(named)} given, but not {missing}: give all three or none")
    return bool(named)


@contextlib.contextmanager
def running_servers(root: Path = ROOT) -> Iterator[ServerUrls]:
    """Use the embedded servers inside the block; start them when they aren't running.

    They go on for some seconds after the last user has left. What holds them is an open file of this process, so they are let
    go of even when it is killed.
    """
    places = places_for(root)
    with shared_lock(places.var / USERS_LOCK):
        yield _urls(places, _running_state(places))


@contextlib.contextmanager
def application_environment(root: Path = ROOT) -> Iterator[dict[str, str]]:
    """The environment in which `manage.py` and its relatives run: outside servers when named, else the embedded ones."""
    if has_outside_servers():
        places = places_for(root)
        yield {**_keys(places, only_missing=True), **demo_environment(), **os.environ}
        return
    with running_servers(root) as urls:
        yield {**urls.environment(), **demo_environment(), **os.environ}


def stop_unused_servers(root: Path = ROOT) -> None:
    """End them now unless another command uses them; none can join while they are ending."""
    places = places_for(root)
    alone = try_exclusive_lock(places.var / USERS_LOCK)
    if alone is not None:
        stop_servers(root)
        alone.close()


def stop_servers(root: Path = ROOT) -> bool:
    """End them now, whoever uses them; False when none were running."""
    places = places_for(root)
    state = read_state(places.var)
    if state is None or not _is_supervised(places):
        return False
    os.kill(state.supervisor_pid, signal.SIGTERM)
    return wait_until(lambda: not _is_supervised(places), seconds=30)


def _running_state(places: Places) -> State:
    with exclusive_lock(places.var / "start.lock"):
        # Twice more when the servers were just being stopped by somebody.
        for _ in range(3):
            stale = None if _is_supervised(places) else read_state(places.var)
            if not _is_supervised(places):
                _start_supervisor(places)
            state = _published_state(places, stale)
            if state is not None:
                return state
    log = last_lines(places.logs / "supervisor.log")
    raise ServersError(f"The embedded servers did not start (var/log/supervisor.log):\n{log}")


def _published_state(places: Places, stale: State | None) -> State | None:
    """Wait for the supervisor to write down a state other than its predecessor's; None when it ended instead."""

    def is_settled() -> bool:
        return read_state(places.var) not in {None, stale} or not _is_supervised(places)

    wait_until(is_settled, seconds=SECONDS_TO_START)
    state = read_state(places.var)
    return state if state != stale and _is_supervised(places) else None


def _start_supervisor(places: Places) -> None:
    """Returns when the supervisor has its lock and goes on by itself."""
    with (places.logs / "supervisor.log").open("ab") as output:
        subprocess.run(
            [sys.executable, "-m", "ops.supervisor", str(places.root)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            start_new_session=True,
            check=False,
        )


def _is_supervised(places: Places) -> bool:
    free = try_exclusive_lock(places.var / SUPERVISOR_LOCK)
    if free is None:
        return True
    free.close()
    return False


def _urls(places: Places, state: State) -> ServerUrls:
    return ServerUrls(
        database=database_url(places, state.postgres_port, "app"),
        database_owner=database_url(places, state.postgres_port, "owner"),
        broker=broker_url(places, state.valkey_port),
        keys=_keys(places, only_missing=False),
    )


def _keys(places: Places, *, only_missing: bool) -> dict[str, str]:
    return {
        name: secret(places.secrets, name)
        for name in KEYS
        if not only_missing or not (os.environ.get(name) or os.environ.get(f"{name}_FILE"))
    }


def main() -> int:
    """`python -m ops.servers status | stop`."""
    asked = sys.argv[1] if len(sys.argv) > 1 else "status"
    if asked == "stop":
        print("stopped" if stop_servers() else "not running")
        return 0
    places = places_for(ROOT)
    print(read_state(places.var) if _is_supervised(places) else "not running")
    return 0


if __name__ == "__main__":
    sys.exit(main())
