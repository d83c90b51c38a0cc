"""Make `.venv` from the lock file and make sure of the system libraries that the project needs.

Standard library only, because it runs before anything is installed: `python3 bootstrap.py [--test]`.
It is safe to run again at any time and takes well under a second when nothing has changed.

* Python older than 3.11 is refused.
* `.venv` is filled from `requirements.lock` (every file is checked against its hash) by the first of
  `uv`, `python -m venv`, or a throw-away `virtualenv` that works; as root on Debian also after installing `python3-venv`.
* WeasyPrint needs Pango from the system. As root it is installed; otherwise the exact command is printed and the
  application starts without PDF files.
* `--test` also needs Chromium and libatomic, and there a missing library is an error: no test is skipped for want of one.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from ops.system import (
    BootstrapError,
    apt_command,
    can_install_packages,
    ensure_system_libraries,
    install_packages,
    run,
    say,
)

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / ".bootstrap-stamp"
OLDEST_PYTHON = (3, 11)


def expected_stamp() -> str:
    """Hash of the lock and the Python series.

    Not of `sys.version`: a security update of Python's patch level must not make everything again.
    """
    digest = hashlib.sha256(LOCK.read_bytes())
    digest.update(repr(sys.version_info[:2]).encode())
    return digest.hexdigest()


def is_venv_current() -> bool:
    """Whether `.venv` was finished from this very lock and still starts."""
    try:
        return STAMP.read_text().strip() == expected_stamp() and VENV_PYTHON.exists()
    except OSError:
        return False


def is_venv_usable() -> bool:
    """Whether `.venv` has a working Python of our series, so that it can be brought up to date in place."""
    if not VENV_PYTHON.exists():
        return False
    probe = subprocess.run(
        [VENV_PYTHON, "-c", "import sys; print(sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=False,
    )
    return probe.returncode == 0 and probe.stdout.strip() == repr(sys.version_info[:2])


def remove_venv() -> None:
    if VENV.is_symlink():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)


def make_with_uv() -> None:
    uv = shutil.which("uv")
    if uv is None:
        raise BootstrapError("uv is not on the path")
    if not is_venv_usable():
        remove_venv()
        run([uv, "venv", "--quiet", "--no-project", "--python", sys.executable, VENV])
    run([uv, "pip", "sync", "--quiet", "--require-hashes", "--python", VENV_PYTHON, LOCK])


def install_with_pip() -> None:
    run(
        [
            VENV_PYTHON,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            LOCK,
        ]
    )


def make_with_venv() -> None:
    run([sys.executable, "-c", "import ensurepip"])
    remove_venv()
    run([sys.executable, "-m", "venv", VENV])
    install_with_pip()


def make_with_virtualenv() -> None:
    """Debian splits ensurepip off; pip alone can still fetch virtualenv into a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        # --target is allowed where PEP 668 forbids installing into the system.
        run([sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, "virtualenv"])
        remove_venv()
        run([sys.executable, "-m", "virtualenv", "--quiet", VENV], environment={"PYTHONPATH": folder})
    install_with_pip()


def make_with_apt() -> None:
    install_packages(["python3-venv"])
    make_with_venv()


def ensure_venv() -> None:
    """Bring `.venv` to the state of the lock, or say the one command that is missing."""
    if is_venv_current():
        return
    say("preparing .venv from requirements.lock")
    STAMP.unlink(missing_ok=True)
    ways: list[Callable[[], None]] = [make_with_uv, make_with_venv, make_with_virtualenv]
    if can_install_packages():
        ways.append(make_with_apt)
    refusals = []
    for way in ways:
        try:
            way()
        except BootstrapError as error:
            refusals.append(f"- {way.__name__}: {error}")
            continue
        STAMP.write_text(expected_stamp() + "\n")
        say("the environment is ready")
        return
    reasons = "\n".join(refusals)
    raise BootstrapError(
        f"could not make .venv. Run:  {apt_command(['python3-venv'])}\nand start again.\n{reasons}"
    )


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two commands started together must not fill the same `.venv`."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    with (folder / "bootstrap.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def main() -> int:
    parser = argparse.ArgumentParser(description="Prepare the environment of the project.")
    parser.add_argument(
        "--test", action="store_true", help="also what the tests need: Chromium and libatomic"
    )
    options = parser.parse_args()
    if sys.version_info[:2] < OLDEST_PYTHON:
        say(
            f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}. Run:  make PYTHON=python3.11 ..."
        )
        return 1
    try:
        with one_at_a_time():
            ensure_venv()
            ensure_system_libraries(for_tests=options.test)
    except (BootstrapError, OSError) as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
