"""Child processes: started in a session of their own, told to stop when their parent dies, stopped in bounded time."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
LONGEST_LOG_BYTES: Final = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Child:
    """One running program and the file that its output goes to."""

    name: str
    popen: subprocess.Popen[bytes]
    log: Path

    def is_running(self) -> bool:
        return self.popen.poll() is None

    def stop(self, steps: Sequence[tuple[signal.Signals, float]]) -> None:
        """Send each signal in turn and wait that many seconds; at last kill what is left of its session, and reap it."""
        for number, seconds in steps:
            if not self.is_running():
                break
            self.popen.send_signal(number)
            try:
                self.popen.wait(timeout=seconds)
            except subprocess.TimeoutExpired:
                continue
        if self.is_running():
            self.kill_session()
        self.popen.wait()

    def kill_session(self) -> None:
        """Kill the program and everything it started."""
        try:
            os.killpg(self.popen.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


def start_child(
    name: str,
    command: Sequence[str | Path],
    *,
    log: Path,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    run_as: int | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> Child:
    """Start a program in its own session, as user `run_as` when given, its output appended to `log`.

    Its own session keeps a Ctrl-C in the terminal from reaching it: its parent stops it in order. On Linux it gets
    `death_signal` when the parent dies without that chance.
    """
    if log.exists() and log.stat().st_size > LONGEST_LOG_BYTES:
        log.replace(log.with_suffix(log.suffix + ".1"))
    with log.open("ab") as output:
        popen = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=dict(environment) if environment is not None else None,
            start_new_session=True,
            user=run_as,
            group=run_as,
            extra_groups=[] if run_as is not None else None,
            preexec_fn=_die_with_parent(death_signal),
        )
    return Child(name=name, popen=popen, log=log)


def _die_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def prepare() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def last_lines(log: Path, count: int = 15) -> str:
    """The end of a log, for a message that says why something stopped."""
    try:
        with log.open("rb") as handle:
            handle.seek(0, os.SEEK_END)
            handle.seek(max(0, handle.tell() - 20_000))
            text = handle.read().decode("utf-8", "replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-count:])


def wait_until(is_true: Callable[[], bool], *, seconds: float, step: float = 0.05) -> bool:
    """Ask until the answer is yes; False when the time is over."""
    end = time.monotonic() + seconds
    while True:
        if is_true():
            return True
        if time.monotonic() > end:
            return False
        time.sleep(step)
