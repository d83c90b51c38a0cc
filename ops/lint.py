"""`make lint`: every static check, two at a time; what fails is shown whole, and the status says whether all passed."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ops.servers import ROOT

LONG_MODULE: Final = 300
LONGEST_MODULE: Final = 400
GIT: Final = shutil.which("git") or "git"
BIN: Final = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Check:
    """A tool, its arguments, and what it needs from the environment."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    check: Check
    has_passed: bool
    seconds: float
    output: str


# The slowest first.
CHECKS: Final = (
    # the Django plugin gives errors of its own from a cache made before a model changed
    Check("mypy --strict", ("mypy", "--cache-dir", "/dev/null", ".")),
    Check("ruff check", ("ruff", "check", "--output-format", "concise", ".")),
    Check("ruff format", ("ruff", "format", "--check", ".")),
    Check("import-linter", ("lint-imports", "--no-cache")),
    Check("templates (djlint)", ("djlint", ".", "--lint", "--quiet")),
    Check(
        "makemigrations --check",
        ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
        {"DJANGO_SETTINGS_MODULE": "config.settings.offline"},
    ),
)


def main() -> int:
    """Run all of them, or those whose name contains an argument."""
    wanted = [
        check for check in CHECKS if not sys.argv[1:] or any(word in check.name for word in sys.argv[1:])
    ]
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = []
        for outcome in pool.map(_run, wanted):
            outcomes.append(outcome)
            print(
                f"{'ok  ' if outcome.has_passed else 'FAIL'} {outcome.check.name} ({outcome.seconds:.0f} s)",
                flush=True,
            )
    for path, lines in _long_modules():
        print(
            f"note {path} has {lines} lines: split it by use-case before it reaches 400 (tests/architecture)"
        )
    failed = [outcome for outcome in outcomes if not outcome.has_passed]
    for outcome in failed:
        print(f"\n--- {outcome.check.name}\n{outcome.output.strip()}")
    return 1 if failed else 0


def _long_modules() -> list[tuple[str, int]]:
    listed = subprocess.run(
        [GIT, "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    paths = [path for path in listed.stdout.split() if "/migrations/" not in path and (ROOT / path).is_file()]
    sizes = [(path, len((ROOT / path).read_text().splitlines())) for path in paths]
    return [(path, lines) for path, lines in sizes if LONG_MODULE < lines <= LONGEST_MODULE]


def _run(check: Check) -> Outcome:
    began = time.monotonic()
    program, *arguments = check.command
    done = subprocess.run(
        [str(BIN / program), *arguments],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", **check.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(check, done.returncode == 0, time.monotonic() - began, done.stdout)


if __name__ == "__main__":
    sys.exit(main())
