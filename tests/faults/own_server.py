"""A PostgreSQL of the test's own, with a copy of the session's empty database: to be killed like a machine whose power is cut."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.db import connections

from ops.keys import secret
from ops.places import Places, places_for
from ops.ports import LOOPBACK
from ops.postgres import DATABASE, Postgres, _programs, prepare_roles, start_postgres

ALIASES: Final = ("default", "owner")


@dataclass(slots=True)
class OwnServer:
    """A running cluster; Django's connections lead to it."""

    places: Places
    server: Postgres
    before: dict[str, dict[str, Any]] = field(default_factory=dict)

    def kill(self) -> None:
        """SIGKILL to every process of the server: nothing is written, synced or said good-bye to."""
        pid = self.server.child.popen.pid
        backends = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for number in (pid, *map(int, backends)):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self.server.child.popen.wait()

    def start_again(self) -> None:
        """As after a power cut: the server replays its log by itself."""
        self.server = start_postgres(self.places)
        self._lead()

    def _lead(self) -> None:
        """What this process asks from now on is asked of this server; committed is on the disk."""
        for alias in ALIASES:
            connections[alias].close()
            found = {
                "HOST": LOOPBACK,
                "PORT": str(self.server.port),
                "USER": "app" if alias == "default" else "owner",
                "PASSWORD": secret(
                    self.places.secrets, f"{'app' if alias == 'default' else 'owner'}_password"
                ),
                "NAME": DATABASE,
                "OPTIONS": {"options": "-c synchronous_commit=on"},
            }
            connections[alias].settings_dict.update(found)
            connections.databases[alias].update(found)


@contextmanager
def own_server(root: Path) -> Iterator[OwnServer]:
    """The cluster below `root` and everything of it; afterwards the connections lead where they led before."""
    names = ("HOST", "PORT", "USER", "PASSWORD", "NAME", "OPTIONS")
    before = {alias: {name: connections[alias].settings_dict[name] for name in names} for alias in ALIASES}
    places = places_for(root)
    made = OwnServer(places, start_postgres(places))
    try:
        prepare_roles(places, made.server.port)
        _copy(places, made.server.port, before["owner"])
        made._lead()
        yield made
    finally:
        for alias, found in before.items():
            connections[alias].close()
            connections[alias].settings_dict.update(found)
            connections.databases[alias].update(found)
        made.server.stop()


def _copy(places: Places, port: int, source: dict[str, Any]) -> None:
    """The session's database as it is now, with its owner's tables and the rights of `app`."""
    programs = _programs(places)
    dump = subprocess.run(
        [programs / "pg_dump", "-Fc", "-Z0", "-h", source["HOST"], "-p", str(source["PORT"]), "-U", "owner", source["NAME"]],
        env={"PGPASSWORD": source["PASSWORD"], "PATH": os.defpath},
        check=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    subprocess.run(
        [programs / "pg_restore", "--exit-on-error", "-h", LOOPBACK, "-p", str(port), "-U", "owner", "-d", DATABASE],
        env={"PGPASSWORD": secret(places.secrets, "owner_password"), "PATH": os.defpath},
        input=dump.stdout,
        check=True,
    )  # fmt: skip
