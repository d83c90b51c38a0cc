"""`make -s manage ARGS="..."`: one management command, with the embedded servers started when they aren't.

On a fresh checkout the database is first brought to the state that `make run` gives it; what that says goes to
var/log/prepare.log. Prints nothing of its own on standard output, and ends with the command's own exit status.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ops.children import last_lines
from ops.locks import exclusive_lock
from ops.servers import ROOT, ServersError, application_environment, has_outside_servers

VAR: Final = ROOT / "var"
STAMP: Final = VAR / "prepared.stamp"
LOG: Final = VAR / "log" / "prepare.log"
ACCOUNTS_FILE: Final = VAR / "demo-accounts.txt"
# these look at the code, or are what preparing is made of
UNPREPARED: Final = frozenset(
    {"check", "help", "makemigrations", "migrate", "showmigrations", "sqlmigrate", "spectacular"}
)


class NotPreparedError(Exception):
    """The database could not be brought to the state that this code needs; the message says why."""


def main() -> int:
    """Run `manage.py` with the given arguments in the caller's folder."""
    try:
        with application_environment() as environment:
            if not has_outside_servers() and not UNPREPARED.intersection(sys.argv[1:2]):
                prepare(environment)
            command = [sys.executable, str(ROOT / "manage.py"), *sys.argv[1:]]
            return subprocess.run(command, env=environment, check=False, cwd=os.getcwd()).returncode
    except (ServersError, NotPreparedError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def prepare(environment: Mapping[str, str]) -> None:
    """Migrate and load what every command needs, when the code has other migrations or data than the last time."""
    with exclusive_lock(VAR / "prepare.lock"):
        wanted = _state_of_code(environment)
        if STAMP.is_file() and STAMP.read_text() == wanted:
            return
        LOG.parent.mkdir(parents=True, exist_ok=True)
        with LOG.open("wb") as log:
            ended = subprocess.run(
                [sys.executable, "-m", "ops.prepare", str(ACCOUNTS_FILE)],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                check=False,
            )
        if ended.returncode:
            raise NotPreparedError(
                f"Preparing the database failed (var/log/prepare.log):\n{last_lines(LOG, 30)}"
            )
        STAMP.write_text(wanted)


def _state_of_code(environment: Mapping[str, str]) -> str:
    digest = hashlib.sha256(environment["DATABASE_URL"].encode())
    for path in _sources():
        digest.update(f"{path.relative_to(ROOT)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> list[Path]:
    patterns = (
        "*/migrations/*.py",
        "*/workflow.py",
        "*/workflow/*.py",
        "*/sql/*.sql",
        "*/data/*.csv",
        "support_programs/catalogue/*/*.toml",
    )
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern))


if __name__ == "__main__":
    sys.exit(main())
