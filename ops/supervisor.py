"""The process that owns the embedded servers of one checkout: `python -m ops.supervisor ROOT`, started by ops.servers.

It starts PostgreSQL and Valkey as its children, writes down where they listen, brings back one that dies, and stops both when
no command has used them for some seconds.

Who uses them is answered by a lock, not by counting: every command holds `var/servers.lock` together with the others for as
long as it lives, so a killed command lets go of it too. When the supervisor can take it alone, nobody is left.
"""

import json
import os
import signal
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Final

from ops.locks import try_exclusive_lock
from ops.places import Places, places_for
from ops.postgres import Postgres, prepare_roles, start_postgres
from ops.valkey import Valkey, start_valkey

USERS_LOCK: Final = "servers.lock"
SUPERVISOR_LOCK: Final = "supervisor.lock"
STATE_FILE: Final = "servers.json"

# Long enough that a chain of short commands meets running servers, short enough that nothing stays behind unnoticed.
LINGER_SECONDS: Final = float(os.environ.get("SERVERS_LINGER_SECONDS", "15"))
LOOK_EVERY_SECONDS: Final = 0.5
RESTARTS_IN_A_ROW: Final = 5
QUICK_DEATH_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class State:
    """What other commands need to know; written once both servers answer."""

    supervisor_pid: int
    postgres_pid: int
    postgres_port: int
    valkey_pid: int
    valkey_port: int


def read_state(var: Path) -> State | None:
    """The last written state, whether or not those servers still run."""
    try:
        return State(**json.loads((var / STATE_FILE).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def write_state(var: Path, state: State) -> None:
    """Replace the state in one step."""
    draft = var / f"{STATE_FILE}.new"
    draft.write_text(json.dumps(asdict(state)))
    draft.replace(var / STATE_FILE)


class Supervisor:
    """Two servers, watched."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.must_stop = False
        self.last_lock: IO[str] | None = None
        last = read_state(places.var)
        (places.var / STATE_FILE).unlink(missing_ok=True)
        self.postgres: Postgres = start_postgres(places, wished_port=last.postgres_port if last else None)
        self.started = {"postgres": time.monotonic()}
        self.quick_deaths = {"postgres": 0, "valkey": 0}
        try:
            prepare_roles(places, self.postgres.port)
            self.valkey: Valkey = start_valkey(places, wished_port=last.valkey_port if last else None)
        except BaseException:
            self.postgres.stop()
            raise
        self.started["valkey"] = time.monotonic()
        self.publish()

    def publish(self) -> None:
        write_state(
            self.places.var,
            State(
                supervisor_pid=os.getpid(),
                postgres_pid=self.postgres.child.popen.pid,
                postgres_port=self.postgres.port,
                valkey_pid=self.valkey.child.popen.pid,
                valkey_port=self.valkey.port,
            ),
        )

    def watch(self) -> None:
        """Return when the servers are to be stopped, with the users' lock held, so that nobody joins them any more."""
        unused_since: float | None = None
        while not self.must_stop:
            time.sleep(LOOK_EVERY_SECONDS)
            self.bring_back_dead()
            if not (self.places.var / USERS_LOCK).exists():
                return  # the checkout was removed
            alone = try_exclusive_lock(self.places.var / USERS_LOCK)
            if alone is None:
                unused_since = None
                continue
            now = time.monotonic()
            unused_since = now if unused_since is None else unused_since
            if now - unused_since >= LINGER_SECONDS:
                self.last_lock = alone
                return
            alone.close()

    def bring_back_dead(self) -> None:
        """Start a server that died again, at the same port: a killed PostgreSQL recovers what was committed."""
        if not self.postgres.child.is_running():
            self.count_death("postgres")
            self.postgres = start_postgres(self.places, wished_port=self.postgres.port)
            self.publish()
        if not self.valkey.child.is_running():
            self.count_death("valkey")
            self.valkey = start_valkey(self.places, wished_port=self.valkey.port)
            self.publish()

    def count_death(self, name: str) -> None:
        was_quick = time.monotonic() - self.started[name] < QUICK_DEATH_SECONDS
        self.quick_deaths[name] = self.quick_deaths[name] + 1 if was_quick else 0
        print(f"{name} ended by itself, starting it again", flush=True)
        if self.quick_deaths[name] > RESTARTS_IN_A_ROW:
            raise SystemExit(f"{name} keeps ending; see var/log/{name}.log")
        self.started[name] = time.monotonic()

    def stop(self) -> None:
        (self.places.var / STATE_FILE).unlink(missing_ok=True)
        self.valkey.stop()
        self.postgres.stop()


def main() -> int:
    """Supervise until nobody uses the servers, or SIGTERM."""
    places = places_for(Path(sys.argv[1]))
    mine = _take_lock(places)
    if mine is None:
        print("another supervisor is at work", flush=True)
        return 0
    # The lock passes to the child; who started us returns at once, finds it taken, and has no child to look after.
    if os.fork():
        return 0
    supervisor = Supervisor(places)

    def ask_to_stop(*_: object) -> None:
        supervisor.must_stop = True

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    try:
        supervisor.watch()
    finally:
        supervisor.stop()
        # In this order: who waits for the users' lock must find no supervisor.
        mine.close()
        if supervisor.last_lock is not None:
            supervisor.last_lock.close()
    return 0


def _take_lock(places: Places) -> IO[str] | None:
    """None when another supervisor is at work. A command that merely looks holds the lock for a moment, too."""
    end = time.monotonic() + 2
    while time.monotonic() < end:
        mine = try_exclusive_lock(places.var / SUPERVISOR_LOCK)
        if mine is not None:
            return mine
        time.sleep(0.05)
    return None


if __name__ == "__main__":
    sys.exit(main())
