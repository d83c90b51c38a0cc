"""`make run`: servers, database, web server, worker and beat, until Ctrl-C.

make run                                  embedded servers under var/, the demo province, port 8000 or the next free one
PORT=9000 HOST=0.0.0.0 make run           another address
DEMO=0 make run                           no demo, the real day
DATABASE_URL=... DATABASE_OWNER_URL=... BROKER_URL=... make run      servers from outside
"""

import ipaddress
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ops.children import Child, last_lines, start_child, wait_until
from ops.locks import try_exclusive_lock
from ops.ports import LOOPBACK, answers_http, free_port
from ops.servers import (
    ROOT,
    ServersError,
    application_environment,
    stop_unused_servers,
)

VAR: Final = ROOT / "var"
LOGS: Final = VAR / "log"
RUN_LOCK: Final = VAR / "run.lock"
ADDRESS_FILE: Final = VAR / "run.json"
ACCOUNTS_FILE: Final = VAR / "demo-accounts.txt"
PORTS_TRIED: Final = 50
EVERY_INTERFACE: Final = str(ipaddress.IPv4Address(0))
USUAL_PORT: Final = 8000
SECONDS_TO_ANSWER: Final = 180.0

# The web server finishes its requests; a worker gives its task back to the broker when it is not done in time.
STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STOP_STEPS: Final = ((signal.SIGTERM, 6.0), (signal.SIGQUIT, 2.0))


class RunError(Exception):
    """Why the application can't run, for the person at the terminal."""


@dataclass(frozen=True, slots=True)
class Address:
    host: str
    port: int

    @property
    def reachable_host(self) -> str:
        """Every interface includes loopback."""
        return LOOPBACK if self.host == EVERY_INTERFACE else self.host

    def __str__(self) -> str:
        shown = "localhost" if self.reachable_host == LOOPBACK else self.host
        return f"http://{shown}:{self.port}/"


def main() -> int:
    """Run until stopped; 0 when stopped by hand, 1 when something could not start or ended by itself."""
    VAR.mkdir(exist_ok=True)
    LOGS.mkdir(exist_ok=True)
    lock = try_exclusive_lock(RUN_LOCK)
    if lock is None:
        print(f"make run is at work already in this folder, at {_noted_address()}", file=sys.stderr)
        return 1
    for number in STOP_SIGNALS:
        signal.signal(number, _stop)
    children: list[Child] = []
    try:
        with application_environment() as environment:
            try:
                _run(environment, children)
            finally:
                _stop_children(children)
    except KeyboardInterrupt:
        stop_unused_servers()
        print("stopped", flush=True)
        return 0
    except (RunError, ServersError) as error:
        print(f"\n{error}", file=sys.stderr, flush=True)
        stop_unused_servers()
        return 1
    finally:
        ADDRESS_FILE.unlink(missing_ok=True)
        lock.close()
    return 0


def _run(environment: Mapping[str, str], children: list[Child]) -> None:
    began = time.monotonic()
    print("preparing", flush=True)
    address = _choose_address()
    # the addresses in QR codes of papers lead here, those that the demo issues too
    environment = {"PUBLIC_URL": str(address).removesuffix("/"), **environment}
    accounts = _prepare(environment)
    children.append(_start_web(environment, address))
    children.append(
        _start_celery("worker", environment, "--concurrency", "2", "--without-gossip", "--without-mingle")
    )
    children.append(
        _start_celery("beat", environment, "--schedule", str(VAR / "beat-schedule"), "--pidfile=")
    )
    wait_until(
        lambda: _ended(children) is not None or answers_http(address.port, address.reachable_host),
        seconds=SECONDS_TO_ANSWER,
    )
    _raise_if_ended(children)
    ADDRESS_FILE.write_text(json.dumps({"address": str(address), "pid": os.getpid()}))
    print(accounts)
    print(
        f"\nReady after {time.monotonic() - began:.0f} s:  {address}\nCtrl-C stops it. Logs: var/log/",
        flush=True,
    )
    while True:
        time.sleep(0.5)
        _raise_if_ended(children)


def _prepare(environment: Mapping[str, str]) -> str:
    """Run ops.prepare, its steps shown as they come; gives the demo's accounts."""
    log = LOGS / "prepare.log"
    with log.open("wb") as errors:
        step = subprocess.Popen(
            [sys.executable, "-m", "ops.prepare", str(ACCOUNTS_FILE)],
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
        try:
            step.wait()
        except KeyboardInterrupt:
            step.terminate()
            step.wait()
            raise
    if step.returncode != 0:
        raise RunError(f"\nPreparing the database failed (var/log/prepare.log):\n{last_lines(log, 30)}")
    return ACCOUNTS_FILE.read_text()


def _choose_address() -> Address:
    host = os.environ.get("HOST", LOOPBACK)
    wished = int(os.environ.get("PORT", USUAL_PORT))
    following = range(wished, min(wished + PORTS_TRIED, 65_536))
    port = free_port(*following, host=host)
    if port != wished:
        print(f"  port {wished} is taken, using {port}", flush=True)
    return Address(host=host, port=port)


def _start_web(environment: Mapping[str, str], address: Address) -> Child:
    return start_child(
        "web",
        [
            *(sys.executable, "-m", "gunicorn", "config.wsgi", "--worker-class", "gthread"),
            *("--workers", "2", "--threads", "4", "--bind", f"{address.host}:{address.port}"),
            *("--timeout", "120", "--graceful-timeout", "4", "--no-control-socket", "--access-logfile", "-"),
            # without what follows the "?": people's names are searched there
            *("--access-logformat", "%(t)s %(m)s %(U)s %(s)s %(b)s %(M)sms"),
        ],
        log=LOGS / "web.log",
        folder=ROOT,
        environment=environment,
    )


def _start_celery(part: str, environment: Mapping[str, str], *options: str) -> Child:
    return start_child(
        part,
        [sys.executable, "-m", "celery", "-A", "config", part, "--loglevel", "INFO", *options],
        log=LOGS / f"{part}.log",
        folder=ROOT,
        environment=environment,
    )


def _ended(children: Sequence[Child]) -> Child | None:
    return next((child for child in children if not child.is_running()), None)


def _raise_if_ended(children: Sequence[Child]) -> None:
    child = _ended(children)
    if child is not None:
        where = child.log.relative_to(ROOT)
        raise RunError(
            f"{child.name} ended by itself ({where}); everything is stopped:\n{last_lines(child.log, 20)}"
        )


def _stop_children(children: Sequence[Child]) -> None:
    """Ask all at once, then wait for each. A second Ctrl-C must not leave one behind."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    if children:
        print("\nstopping", flush=True)
    for child in children:
        if child.is_running():
            child.popen.send_signal(signal.SIGTERM)
    for child in children:
        child.stop(STOP_STEPS)
        child.kill_session()


def _noted_address() -> str:
    try:
        return str(json.loads(ADDRESS_FILE.read_text())["address"])
    except (OSError, ValueError, KeyError):
        return "an address that it has not printed yet"


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
