"""`make demo-reset`: throw the embedded demo away and build it anew."""

import shutil
import subprocess
import sys

from ops.demo import demo_environment
from ops.locks import try_exclusive_lock
from ops.places import places_for
from ops.postgres import create_database, drop_database
from ops.run import ACCOUNTS_FILE, RUN_LOCK
from ops.servers import ROOT, ServersError, application_environment, has_outside_servers, running_servers
from ops.supervisor import read_state


def main() -> int:
    """Refused while `make run` is at work, with servers from outside, and with DEMO=0: those may hold somebody's work."""
    try:
        refusal = _refusal()
        if refusal:
            print(refusal, file=sys.stderr)
            return 1
        with running_servers():
            _empty()
            with application_environment() as environment:
                done = subprocess.run(
                    [sys.executable, "-m", "ops.prepare", str(ACCOUNTS_FILE)],
                    cwd=ROOT,
                    env=environment,
                    check=False,
                )
    except ServersError as error:
        print(error, file=sys.stderr)
        return 1
    if done.returncode == 0:
        print(ACCOUNTS_FILE.read_text())
    return done.returncode


def _empty() -> None:
    places = places_for(ROOT)
    state = read_state(places.var)
    if state is None:
        raise ServersError("The embedded servers ended meanwhile; try again")
    drop_database(places, state.postgres_port)
    create_database(places, state.postgres_port)
    shutil.rmtree(places.var / "files", ignore_errors=True)


def _refusal() -> str:
    if has_outside_servers():
        return "demo-reset empties embedded servers only; DATABASE_URL names one from outside"
    if not demo_environment():
        return "DEMO is off: there is no demo to reset"
    lock = try_exclusive_lock(RUN_LOCK)
    if lock is None:
        return "Stop make run first (Ctrl-C there)"
    lock.close()
    return ""


if __name__ == "__main__":
    sys.exit(main())
