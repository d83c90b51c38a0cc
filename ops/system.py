"""What the project needs from the system, for bootstrap.py: found, installed as root on Debian, or named with the command.

Standard library only.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

PANGO_LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0",
    "libfontconfig.so.1",
)
PANGO_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
CHROMIUM_NAMES = (
    "chromium",
    "chromium-headless-shell",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
)
# Debian keeps the headless shell out of the path; it is the smaller of the two (163 MB against 205 MB).
CHROMIUM_PLACES = (
    "/usr/bin/chromium",
    "/usr/lib/chromium/chromium-headless-shell",
    "/usr/bin/chromium-headless-shell",
)
CHROMIUM_PACKAGES = ("chromium-headless-shell",)


class BootstrapError(Exception):
    """What is missing, and the command that brings it."""


def say(text: str) -> None:
    """Report on standard error: `make -s manage` must print nothing but its command's own output."""
    print(f"bootstrap: {text}", file=sys.stderr, flush=True)


def run(command: Sequence[str | Path], *, environment: dict[str, str] | None = None) -> None:
    """Run quietly. On failure raise with the last lines of what it said."""
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env={**os.environ, **(environment or {})},
        check=False,
    )
    if done.returncode != 0:
        tail = "\n".join(done.stdout.strip().splitlines()[-15:])
        raise BootstrapError(
            f"{' '.join(str(part) for part in command)} ended with {done.returncode}\n{tail}"
        )


def is_root() -> bool:
    return os.geteuid() == 0


def can_install_packages() -> bool:
    return is_root() and shutil.which("apt-get") is not None


def apt_command(packages: Sequence[str]) -> str:
    prefix = "" if is_root() else "sudo "
    return f"{prefix}apt-get install -y --no-install-recommends {' '.join(packages)}"


def install_packages(packages: Sequence[str]) -> None:
    """Install with apt-get as root; the package lists are refreshed only when the first try fails."""
    say(f"installing {' '.join(packages)}")
    apt = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run(install, environment=quiet)
    except BootstrapError:
        run([*apt, "update"], environment=quiet)
        run(install, environment=quiet)


def missing_libraries(names: Sequence[str]) -> list[str]:
    missing = []
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def find_chromium() -> str | None:
    """Path of a Chromium: `CHROMIUM_PATH`, then the usual names and places."""
    asked = os.environ.get("CHROMIUM_PATH")
    if asked:
        return asked if os.access(asked, os.X_OK) else None
    for name in CHROMIUM_NAMES:
        found = shutil.which(name)
        if found:
            return found
    return next((place for place in CHROMIUM_PLACES if os.access(place, os.X_OK)), None)


def ensure_system(
    *, purpose: str, packages: Sequence[str], is_there: Callable[[], bool], required: bool
) -> None:
    """Install what is missing as root, else print the command; stop only where it is required."""
    if is_there():
        return
    reason = ""
    if can_install_packages():
        try:
            install_packages(packages)
        except BootstrapError as error:
            reason = f"\n{error}"
        else:
            if is_there():
                return
    message = f"missing for {purpose}. Run:  {apt_command(packages)}{reason}"
    if required:
        raise BootstrapError(message)
    say(message)


def ensure_system_libraries(*, for_tests: bool) -> None:
    ensure_system(
        purpose="PDF files (Pango)",
        packages=PANGO_PACKAGES,
        is_there=lambda: not missing_libraries(PANGO_LIBRARIES),
        required=for_tests,
    )
    if not for_tests:
        return
    if os.environ.get("CHROMIUM_PATH") and find_chromium() is None:
        raise BootstrapError(f"CHROMIUM_PATH={os.environ['CHROMIUM_PATH']} is no program that can be run")
    ensure_system(
        purpose="browser tests (Chromium; or set CHROMIUM_PATH)",
        packages=CHROMIUM_PACKAGES,
        is_there=lambda: find_chromium() is not None,
        required=True,
    )
    ensure_system(
        purpose="browser tests (playwright)",
        packages=("libatomic1",),
        is_there=lambda: not missing_libraries(["libatomic.so.1"]),
        required=True,
    )
