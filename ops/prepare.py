"""Bring the database to the state that this code needs: migrations, reference data, the demo; then the static files.

One process, because starting Django five times would cost as many seconds: `python -m ops.prepare FILE`. The demo's accounts
are written to FILE, to be shown when everything runs.
"""

import hashlib
import io
import os
import sys
import time
from operator import itemgetter
from pathlib import Path

import django
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands


def main() -> int:
    """Run the commands in order; each may be run again and then changes nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    from django.conf import settings

    known = get_commands()
    _step("database", "migrate", "--database", "owner", "--no-input", "--verbosity", "0")
    if "load_reference" in known:
        _step("areas, calendar, catalogue", "load_reference", "--verbosity", "0")
    if settings.DEMO and "seed_demo" in known:
        _step("demo province", "seed_demo", "--if-empty", "--verbosity", "0")
    _collect_static_files(settings.STATIC_ROOT)
    with Path(sys.argv[1]).open("w") as accounts:
        if settings.DEMO and "demo_accounts" in known:
            call_command("demo_accounts", stdout=accounts)
    return 0


def _step(what: str, command: str, *arguments: str) -> None:
    began = time.monotonic()
    print(f"  {what} ...", end="", flush=True)
    call_command(command, *arguments, stdout=io.StringIO())
    print(f" {time.monotonic() - began:.1f} s", flush=True)


def _collect_static_files(target: Path) -> None:
    """Hashing and compressing takes seconds, so only when a file is new, changed or gone."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=itemgetter(0)):
            stat = os.stat(storage.path(path))
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    stamp = target.with_name(f"{target.name}.stamp")
    if stamp.is_file() and stamp.read_text() == digest.hexdigest() and target.is_dir():
        return
    _step("static files", "collectstatic", "--no-input", "--clear", "--verbosity", "0")
    stamp.write_text(digest.hexdigest())


if __name__ == "__main__":
    sys.exit(main())
