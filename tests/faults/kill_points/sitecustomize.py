"""Put in the path of a worker that is to die at an exact moment: with half of a file's bytes on the disk.

`KILL_AT_FSYNC=n`: the n-th time that a file is to be synced, its second half is cut off and the whole session gets SIGKILL, as
when the power goes between two writes. Python imports this by itself; nothing of the project knows of it.
"""

import os
import signal

_left = int(os.environ.get("KILL_AT_FSYNC", "0"))
_sync = os.fsync


def _die(descriptor: int) -> None:
    global _left
    _left -= 1
    if _left == 0:
        os.ftruncate(descriptor, os.fstat(descriptor).st_size // 2)
        os.killpg(os.getpgrp(), signal.SIGKILL)
    _sync(descriptor)


if _left:
    os.fsync = _die
