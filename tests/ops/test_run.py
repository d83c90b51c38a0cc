"""`make run` as somebody starts it: in a checkout of its own, with servers, web, worker and beat, and Ctrl-C at the end."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest

from ops.children import wait_until
from ops.ports import answers_http, free_port, is_free
from ops.supervisor import read_state
from tests.infrastructure.slots import ROOT

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The working files as they are now, without `var/`, beside our own `.venv`."""
    target = tmp_path_factory.mktemp("run") / "checkout"
    shutil.copytree(
        ROOT, target, ignore=shutil.ignore_patterns(".venv", "var", ".git", "__pycache__", ".*_cache", "docs")
    )
    yield target
    outside = target / "var" / "state"
    if outside.is_symlink():
        shutil.rmtree(outside.resolve())


@pytest.fixture
def environment() -> dict[str, str]:
    given = {
        "DATABASE_URL",
        "DATABASE_OWNER_URL",
        "BROKER_URL",
        "SECRET_KEY",
        "FIELD_KEYS",
        "BLIND_INDEX_KEY",
    }
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in given | {"DJANGO_SETTINGS_MODULE", "STORAGE_DIR"}
    }
    return {**kept, "DEMO": "0", "PORT": str(free_port()), "PYTHONUNBUFFERED": "1"}


class Run:
    """One `python -m ops.run` and what it has said so far."""

    def __init__(self, checkout: Path, environment: dict[str, str]) -> None:
        self.output = checkout / "said.txt"
        with self.output.open("wb") as said:
            self.popen = subprocess.Popen(
                [sys.executable, "-m", "ops.run"],
                cwd=checkout,
                env=environment,
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    def said(self) -> str:
        return self.output.read_text()

    def address(self) -> str:
        assert wait_until(lambda: "Ready" in self.said() or self.popen.poll() is not None, seconds=300), (
            self.said()
        )
        found = re.search(r"Ready after \d+ s:  (http://localhost:\d+/)", self.said())
        assert found, self.said()
        return found.group(1)

    def children(self) -> dict[int, str]:
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if int(fields[1]) == self.popen.pid:
                found[int(folder.name)] = command
        return found

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        if self.popen.poll() is None:
            self.popen.send_signal(number)
        return self.popen.wait(timeout=60)


@pytest.fixture
def start(checkout: Path, environment: dict[str, str]) -> Iterator[Any]:
    runs: list[Run] = []

    def starter() -> Run:
        runs.append(Run(checkout, environment))
        return runs[-1]

    yield starter
    for run in runs:
        run.end()


def test_starts_answers_and_ends_without_leaving_anything(
    start: Any, checkout: Path, environment: dict[str, str]
) -> None:
    run = start()
    address = run.address()
    assert address == f"http://localhost:{environment['PORT']}/"
    assert answers_http(int(environment["PORT"]))
    parts = run.children()
    assert len(parts) == 3
    assert sum("gunicorn" in command for command in parts.values()) == 1
    state = read_state(checkout / "var")
    assert state is not None

    second = subprocess.run(
        [sys.executable, "-m", "ops.run"],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert address in second.stderr

    assert run.end(signal.SIGINT) == 0
    assert "stopped" in run.said()
    for pid in (*parts, state.supervisor_pid, state.postgres_pid, state.valkey_pid):
        assert wait_until(lambda pid=pid: not Path(f"/proc/{pid}").exists(), seconds=5), (
            f"{pid} was left behind"
        )
    assert is_free(int(environment["PORT"]))


def test_takes_another_port_and_says_which_part_ended(start: Any, environment: dict[str, str]) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(environment["PORT"])))
        taken.listen()
        run = start()
        assert run.address() != f"http://localhost:{environment['PORT']}/"
        assert f"port {environment['PORT']} is taken" in run.said()
        worker = next(pid for pid, command in run.children().items() if " worker " in command)
        others = set(run.children()) - {worker}
        os.kill(worker, signal.SIGKILL)
        assert run.popen.wait(timeout=60) == 1
    assert "worker ended by itself" in run.said()
    for pid in others:
        assert not Path(f"/proc/{pid}").exists()


def test_killed_without_a_chance_its_parts_end_too(start: Any) -> None:
    run = start()
    run.address()
    parts = run.children()
    assert len(parts) == 3
    run.end(signal.SIGKILL)
    for pid in parts:
        assert wait_until(lambda pid=pid: not Path(f"/proc/{pid}").exists(), seconds=20), (
            f"{pid} was left behind"
        )


def test_a_management_command_prints_its_own_output_only(checkout: Path, environment: dict[str, str]) -> None:
    (checkout / ".venv").symlink_to(ROOT / ".venv")
    done = subprocess.run(
        ["make", "-s", "manage", f"PYTHON={sys.executable}", "ARGS=version"],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == (f"{django.__version__}\n", "", 0)
    refused = subprocess.run(
        [sys.executable, "-m", "ops.manage", "no_such_command"],
        cwd=checkout,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert refused.returncode == 1


def test_the_demo_is_not_reset_under_a_running_site(
    start: Any, checkout: Path, environment: dict[str, str]
) -> None:
    def reset(**more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "ops.demo_reset"],
            cwd=checkout,
            env={**environment, **more},
            capture_output=True,
            text=True,
            check=False,
        )

    assert "DEMO is off" in reset().stderr
    outside = {
        "DATABASE_URL": "postgresql://a@b/c",
        "DATABASE_OWNER_URL": "postgresql://o@b/c",
        "BROKER_URL": "redis://b/0",
    }
    assert "from outside" in reset(DEMO="1", **outside).stderr
    start().address()
    assert "Stop make run first" in reset(DEMO="1").stderr
