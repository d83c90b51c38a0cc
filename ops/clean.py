"""`make clean`: remove the run-time state of this checkout, also what root's closed checkout keeps below /var/lib."""

import shutil
import sys

from ops.locks import try_exclusive_lock
from ops.run import RUN_LOCK, VAR


def main() -> int:
    """Refused while `make run` is at work."""
    if not VAR.exists():
        return 0
    lock = try_exclusive_lock(RUN_LOCK)
    if lock is None:
        print("Stop make run first (Ctrl-C there)", file=sys.stderr)
        return 1
    outside = VAR / "state"
    if outside.is_symlink():
        shutil.rmtree(outside.resolve(), ignore_errors=True)
    shutil.rmtree(VAR)
    lock.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
